//! Files that are shown in place, and packages that run apart.

use crate::harness::{Answer, Setup, TestPortal, ask_anywhere, encode, material, shown_files};
use std::collections::HashMap;

fn started(variables: Vec<(&'static str, String)>) -> (TestPortal, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let import = Some(material::folder(folder.path()));
    let portal = TestPortal::start(Setup {
        import,
        variables,
        ..Setup::default()
    });
    (portal, folder)
}

#[test]
fn every_kind_of_file_is_shown_in_place() {
    let (portal, _folder) = started(Vec::new());
    let shown: HashMap<String, String> = shown_files(&portal).into_iter().collect();
    a_pdf_is_framed_and_read(&portal, &shown["hai-trang.pdf"]);
    pictures_and_sounds_have_words(&portal, &shown);
    documents_are_read_as_pages(&portal, &shown);
    a_package_runs_apart(&portal, &shown["goi-thu.zip"]);
    courses_have_their_parts(&portal, &shown);
    if let Some(h5p) = shown.get("h5p-test.h5p") {
        let page = portal.get(h5p).page();
        assert!(page.all("iframe").is_empty() && page.text("main").contains("H5P"));
    }
    files_of_other_resources_are_not_there(&portal, &shown);
}

/// What a page may frame.
fn framed(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy").to_owned();
    let part = policy
        .split(';')
        .map(str::trim)
        .find(|part| part.starts_with("frame-src"));
    part.unwrap_or_default().to_owned()
}

/// The page of the resource that a file's page belongs to.
fn resource(path: &str) -> &str {
    path.split("/files/").next().unwrap()
}

fn a_pdf_is_framed_and_read(portal: &TestPortal, path: &str) {
    let page = portal.get(resource(path));
    assert_eq!(framed(&page), "frame-src 'self'");
    let address = page.page().attribute(".viewers iframe", "src");
    assert!(
        address.starts_with("/files/") && address.ends_with("hai-trang.pdf"),
        "{address}"
    );
    assert!(!page.page().attribute(".viewers iframe", "title").is_empty());
    let file = portal.get(&address);
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(file.header("content-disposition").starts_with("inline"));
    assert!(
        file.header("content-security-policy")
            .contains("frame-ancestors 'self'")
    );
    let text = portal.get(path).page().text(".viewer-text");
    assert!(
        text.contains("triangle has three sides") && text.contains("two right angles"),
        "{text}"
    );
    let other = portal.get(&portal.resource("toan-12-toi-uu-bang-dao-ham"));
    assert_eq!(framed(&other), "", "pages without a viewer frame nothing");
}

fn pictures_and_sounds_have_words(portal: &TestPortal, shown: &HashMap<String, String>) {
    let picture = portal.get(&shown["hinh-tam-giac.png"]).page();
    assert_eq!(picture.attribute(".viewer__picture img", "width"), "1");
    assert!(!picture.attribute(".viewer__picture img", "alt").is_empty());
    let sound = portal.get(&shown["ghi-chep.wav"]).page();
    let address = sound.attribute("audio[controls]", "src");
    let part = portal.ask("GET", &address, &[("range", "bytes=0-3")], "");
    assert_eq!(
        (part.status, part.body.as_slice()),
        (206, b"RIFF".as_slice())
    );
    assert!(
        part.header("content-type").starts_with("audio/"),
        "{}",
        part.header("content-type")
    );
}

fn documents_are_read_as_pages(portal: &TestPortal, shown: &HashMap<String, String>) {
    for (name, words) in [
        ("V_Physics_MET_Phy_IE_2020.docx", "dao động"),
        ("simplelist.odt", ""),
        ("test.pptx", ""),
        ("Metamorphosis-jackson.epub", "Gregor Samsa"),
    ] {
        let Some(path) = shown.get(name) else {
            continue;
        };
        let page = portal.get(path).page();
        let text = page.text(".viewer-text");
        assert!(
            text.to_lowercase().contains(&words.to_lowercase()),
            "{name}: {text:.300}"
        );
        assert!(page.all(".viewer-text script").is_empty(), "{name}");
    }
    let Some(book) = shown.get("Metamorphosis-jackson.epub") else {
        return;
    };
    let first = portal.get(book).page();
    let next = first.attribute(".viewer-text a[rel=next]", "href");
    assert!(next.contains("page=2"), "{next}");
    let second = portal.get(next.split('#').next().unwrap());
    assert_eq!(second.status, 200);
    assert_ne!(
        second.page().text(".resource-body"),
        first.text(".resource-body")
    );
    assert_eq!(
        portal.get(&format!("{book}?page=99999")).status,
        200,
        "beyond the end is the end"
    );
}

fn a_package_runs_apart(portal: &TestPortal, path: &str) {
    let page = portal.get(path);
    let address = page.page().attribute("iframe", "src");
    let (origin, inside) = address.split_at(address.find("/index.html").unwrap() - 65);
    assert_ne!(origin, portal.origin);
    assert_eq!(framed(&page), format!("frame-src {origin}"));
    assert_eq!(page.page().attribute("iframe", "sandbox"), "allow-scripts");
    let ask = |path: &str| {
        ask_anywhere(
            "GET",
            &format!("{origin}{path}"),
            &[("cookie", "khue-session=abc")],
        )
    };
    let start = ask(inside);
    assert_eq!(start.status, 200, "{inside}");
    let policy = start.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox allow-scripts;") && !policy.contains("allow-same-origin"),
        "{policy}"
    );
    assert!(start.header("set-cookie").is_empty());
    assert_eq!(start.header("x-content-type-options"), "nosniff");
    assert!(
        start
            .text()
            .contains("<head><script src=\"/shim.js\"></script>")
    );
    assert_eq!(
        ask("/shim.js").header("content-type"),
        "text/javascript; charset=utf-8"
    );
    let package = inside.trim_end_matches("/index.html");
    assert_eq!(
        ask(&format!("{package}/own.json")).header("content-type"),
        "application/json"
    );
    let program = ask(&format!("{package}/la.exe"));
    assert_eq!(program.header("content-disposition"), "attachment");
    for (wrong, status) in [
        ("/bom.txt", 413),
        ("/lien-ket.txt", 403),
        ("/none.html", 404),
        ("/..%2f..%2fetc%2fpasswd", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/a%00b", 404),
    ] {
        assert_eq!(ask(&format!("{package}{wrong}")).status, status, "{wrong}");
    }
    for none in [
        "/",
        "/healthz",
        "/search",
        &format!("/{}/index.html", "0".repeat(64)),
        "/..%2f..%2fkhue.db/x",
    ] {
        assert_eq!(ask(none).status, 404, "{none}");
    }
    assert_eq!(ask_anywhere("POST", &address, &[]).status, 405);
    let part = ask_anywhere(
        "GET",
        &format!("{origin}{package}/own.json"),
        &[("range", "bytes=1-3")],
    );
    assert_eq!((part.status, part.text()), (206, "\"a\"".to_owned()));
}

fn courses_have_their_parts(portal: &TestPortal, shown: &HashMap<String, String>) {
    let Some(path) = shown.get("ContentPackagingOneFilePerSCO_SCORM12.zip") else {
        return;
    };
    let page = portal.get(path).page();
    let parts = page.attributes("nav a[href*='part=']", "href");
    assert!(parts.len() > 5, "{parts:?}");
    for part in parts {
        let frame = portal
            .get(part.split('#').next().unwrap())
            .page()
            .attribute("iframe", "src");
        assert_eq!(ask_anywhere("GET", &frame, &[]).status, 200, "{frame}");
    }
}

fn files_of_other_resources_are_not_there(portal: &TestPortal, shown: &HashMap<String, String>) {
    let sha256 = shown["hai-trang.pdf"].rsplit('/').next().unwrap();
    let other = resource(&shown["goi-thu.zip"]);
    for path in [
        format!("{other}/files/{sha256}"),
        format!("{other}/files/x"),
        format!("/resources/none/files/{sha256}"),
    ] {
        assert_eq!(portal.get(&path).status, 404, "{path}");
    }
    let not_captions = portal.get(&format!("/captions/{sha256}/hai-trang.pdf"));
    assert_eq!(not_captions.status, 404);
}

#[test]
fn without_an_origin_apart_packages_are_downloads() {
    let (portal, _folder) = started(vec![("KHUE_PACKAGES_LISTEN", "off".to_owned())]);
    let shown: HashMap<String, String> = shown_files(&portal).into_iter().collect();
    let page = portal.get(&shown["goi-thu.zip"]);
    assert!(page.page().all("iframe").is_empty());
    assert!(page.page().text("main").contains("địa chỉ riêng"));
    assert_eq!(framed(&page), "");
    let download = page.page().attribute("main a[download]", "href");
    assert_eq!(portal.get(&download).status, 200, "{}", encode(&download));
    assert!(
        portal
            .get(&download)
            .header("content-disposition")
            .starts_with("attachment")
    );
}
