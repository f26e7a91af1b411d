//! Files of resources.

use crate::harness::{Setup, TestPortal};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A small book with a picture and a drawing that holds a script.
fn book(folder: &Path, picture: &[u8]) -> PathBuf {
    let book = folder.join("book");
    for inner in ["collections", "modules/m1", "media"] {
        std::fs::create_dir_all(book.join(inner)).unwrap();
    }
    let write = |name: &str, content: &[u8]| std::fs::write(book.join(name), content).unwrap();
    write("collections/leaves.collection.xml", COLLECTION.as_bytes());
    write("modules/m1/index.cnxml", MODULE.as_bytes());
    write("media/leaf.png", picture);
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
    let (portal, files) = with_book(PNG);
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

/// A portal with the book, and the addresses of its files.
fn with_book(picture: &[u8]) -> (TestPortal, BTreeSet<String>) {
    let folder = tempfile::tempdir().unwrap();
    let import = Some(book(folder.path(), picture));
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
    (portal, files)
}

/// What a browser says when a page shows a picture.
const SHOWN: [(&str, &str); 2] = [
    ("sec-fetch-dest", "image"),
    ("accept", "image/avif,image/webp,*/*;q=0.8"),
];

/// A picture of hills, as a PNG.
fn hills() -> Vec<u8> {
    let hill = |x: u32, y: u32| {
        let height =
            400.0 + 150.0 * (f64::from(x) / 90.0).sin() + 60.0 * (f64::from(x) / 17.0).cos();
        let shade = (f64::from(y) / 4.0 + 20.0 * (f64::from(x * y) / 977.0).sin()) as u8;
        match f64::from(y) < height {
            true => image::Rgb([90, 140, 200_u8.saturating_sub(shade / 3)]),
            false => image::Rgb([shade / 2, 120, shade]),
        }
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(2000, 1200, hill);
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[test]
fn pages_show_pictures_no_larger_than_their_place() {
    let kept = hills();
    let (portal, files) = with_book(&kept);
    let picture = files
        .iter()
        .find(|file| file.ends_with("leaf.png"))
        .unwrap();
    let mut before = kept.len();
    for (more, width) in [
        (None, 1408),
        (Some(("sec-ch-ua-mobile", "?1")), 960),
        (Some(("save-data", "on")), 640),
    ] {
        let said: Vec<_> = SHOWN.into_iter().chain(more).collect();
        let shown = portal.ask("GET", picture, &said, "");
        assert_eq!(
            (shown.status, shown.header("content-type")),
            (200, "image/webp")
        );
        assert!(shown.header("vary").contains("sec-fetch-dest"));
        assert_eq!(imagesize::blob_size(&shown.body).unwrap().width, width);
        assert!(
            shown.body.len() < before,
            "{} of {before}",
            shown.body.len()
        );
        before = shown.body.len();
    }
    // Who saves the picture gets the file as its author gave it.
    let saved = portal.get(picture);
    assert_eq!(
        (saved.header("content-type"), &saved.body),
        ("image/png", &kept)
    );
    assert!(saved.header("vary").contains("sec-fetch-dest"));
}

#[test]
fn what_is_no_picture_is_sent_as_it_is() {
    let damaged: Vec<u8> = hills().into_iter().take(60_000).collect();
    let (portal, files) = with_book(&damaged);
    let picture = files
        .iter()
        .find(|file| file.ends_with("leaf.png"))
        .unwrap();
    let shown = portal.ask("GET", picture, &SHOWN, "");
    assert_eq!((shown.status, &shown.body), (200, &damaged));
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
