//! Files of resources.

use crate::harness::{Setup, TestPortal};
use std::path::{Path, PathBuf};

/// A small book with a picture and a drawing that holds a script.
fn book(folder: &Path) -> PathBuf {
    let book = folder.join("book");
    for inner in ["collections", "modules/m1", "media"] {
        std::fs::create_dir_all(book.join(inner)).unwrap();
    }
    let write = |name: &str, content: &[u8]| std::fs::write(book.join(name), content).unwrap();
    write("collections/leaves.collection.xml", COLLECTION.as_bytes());
    write("modules/m1/index.cnxml", MODULE.as_bytes());
    write("media/leaf.png", PNG);
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    write("media/flower.svg", drawing.as_bytes());
    book
}

const COLLECTION: &str = r#"<col:collection xmlns:col="http://cnx.rice.edu/collxml" xmlns:md="http://cnx.rice.edu/mdml">
<col:metadata><md:title>Leaves</md:title><md:slug>leaves</md:slug><md:language>en</md:language>
<md:license url="http://creativecommons.org/licenses/by/4.0/"/></col:metadata>
<col:content><col:module document="m1"/></col:content></col:collection>"#;

const MODULE: &str = r#"<document xmlns="http://cnx.rice.edu/cnxml"><title>A leaf under the lens</title>
<metadata xmlns:md="http://cnx.rice.edu/mdml"><md:title>A leaf under the lens</md:title><md:content-id>m1</md:content-id></metadata>
<content><para id="p1">Look at the veins.</para>
<media alt="Veins"><image mime-type="image/png" src="../../media/leaf.png"/></media>
<media alt="Stamens"><image mime-type="image/svg+xml" src="../../media/flower.svg"/></media></content></document>"#;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\
    \x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82";

#[test]
fn kept_files_are_sent_safely() {
    let folder = tempfile::tempdir().unwrap();
    let import = Some(book(folder.path()));
    let portal = TestPortal::start(Setup {
        import,
        ..Setup::default()
    });
    let found = portal
        .get("/api/v1/resources?q=leaf%20under%20the%20lens")
        .json();
    let id = found["items"][0]["id"].as_str().unwrap().to_owned();
    let page = portal.get(&format!("/resources/{id}")).page();
    let mut files = page.attributes("main img[src^='/files/']", "src");
    files.extend(page.attributes("main a[href^='/files/']", "href"));
    assert!(
        files.iter().any(|file| file.ends_with("leaf.png")),
        "{files:?}"
    );
    for file in &files {
        check(&portal, file);
    }
    let picture = files
        .iter()
        .find(|file| file.ends_with("leaf.png"))
        .unwrap();
    assert_eq!(portal.get(picture).body, PNG);
    parts_can_be_had(&portal, picture);
}

fn check(portal: &TestPortal, file: &str) {
    let answer = portal.get(file);
    assert_eq!(answer.status, 200, "{file}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{file}");
    assert!(
        answer.header("cache-control").contains("immutable"),
        "{file}"
    );
    let policy = answer.header("content-security-policy");
    assert!(
        policy.contains("sandbox") || policy.contains("script-src 'none'"),
        "{file}: {policy}"
    );
    let shown = answer.header("content-disposition").starts_with("inline");
    assert_eq!(
        shown,
        file.ends_with(".png"),
        "{file}: {}",
        answer.header("content-disposition")
    );
    let again = portal.ask("GET", file, &[("if-none-match", answer.header("etag"))], "");
    assert_eq!(again.status, 304, "{file}");
}

fn parts_can_be_had(portal: &TestPortal, file: &str) {
    let part = portal.ask("GET", file, &[("range", "bytes=1-3")], "");
    assert_eq!((part.status, part.body.as_slice()), (206, &PNG[1..4]));
    assert_eq!(
        portal
            .ask("GET", file, &[("range", "bytes=9999-")], "")
            .status,
        416
    );
}

#[test]
fn files_that_nobody_keeps_are_not_found() {
    let portal = TestPortal::shared();
    for path in [
        format!("/files/{}/a.pdf", "0".repeat(64)),
        "/files/x/a.pdf".to_owned(),
    ] {
        assert_eq!(portal.get(&path).status, 404, "{path}");
    }
}
