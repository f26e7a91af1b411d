//! What people write is never asked for by the server: addresses in records, texts and files lead readers, not the portal.

use crate::harness::{Person, Setup, TestPortal};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A door that notes who knocks, and answers nobody.
struct Door {
    port: u16,
    knocks: Arc<AtomicUsize>,
}

impl Door {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let knocks = Arc::<AtomicUsize>::default();
        let noted = knocks.clone();
        std::thread::spawn(move || {
            for _ in listener.incoming() {
                noted.fetch_add(1, Ordering::SeqCst);
            }
        });
        Self { port, knocks }
    }

    /// Ways to write its address that filters of addresses have been tricked with, and names that resolve to it.
    fn addresses(&self) -> Vec<String> {
        let hosts = [
            "127.0.0.1",
            "localhost",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "0.0.0.0",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "user@127.0.0.1",
            "127.0.0.1.nip.io",
            "localtest.me",
        ];
        let port = self.port;
        hosts
            .iter()
            .map(|host| format!("http://{host}:{port}/latest/meta-data"))
            .collect()
    }

    fn assert_nobody_came(&self, after: &str) {
        assert_eq!(self.knocks.load(Ordering::SeqCst), 0, "after {after}");
    }
}

/// Files with addresses wherever their formats have room for one.
fn files(addresses: &[String]) -> Vec<(&'static str, String)> {
    let each = |with: &dyn Fn(&str) -> String| -> String {
        addresses.iter().map(|address| with(address)).collect()
    };
    let first = &addresses[0];
    vec![
        (
            "md",
            each(&|it| format!("![x]({it}) <img src='{it}'>\n\n<iframe src='{it}'></iframe>\n\n")),
        ),
        (
            "html",
            each(&|it| {
                format!(
                    "<base href='{it}'><link rel=stylesheet href='{it}'><p>x<img src='{it}'><meta http-equiv=refresh content='0;url={it}'><script src='{it}'></script>"
                )
            }),
        ),
        (
            "svg",
            format!(
                "<!DOCTYPE svg SYSTEM '{first}' [<!ENTITY x SYSTEM '{first}'>]><svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>&x;{}</svg>",
                each(&|it| format!("<image xlink:href='{it}'/>"))
            ),
        ),
        (
            "xml",
            format!(
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY % p SYSTEM '{first}'> %p; <!ENTITY x SYSTEM '{first}'>]><a xmlns:xi='http://www.w3.org/2001/XInclude'>&x;{}</a>",
                each(&|it| format!("<xi:include href='{it}'/>"))
            ),
        ),
        (
            "rtf",
            format!(
                "{{\\rtf1 {} x}}",
                each(&|it| format!(
                    "{{\\field{{\\*\\fldinst INCLUDEPICTURE \"{it}\"}}}}{{\\*\\template {it}}}"
                ))
            ),
        ),
        (
            "vtt",
            format!(
                "WEBVTT\n\nSTYLE\n::cue {{ background: url({first}) }}\n\n00:00.000 --> 00:01.000\n{first}"
            ),
        ),
    ]
}

fn upload(person: &Person, number: &str, name: &str, content: &str) {
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", person.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = format!(
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--B--\r\n"
    );
    let path = format!("/submissions/{number}/files");
    assert_eq!(
        person.portal.ask("POST", &path, &headers, &body).status,
        303
    );
}

#[test]
fn addresses_that_people_write_are_asked_for_by_nobody() {
    let door = Door::new();
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "outward-lan", "teacher", Some("hn-01"));
    let mai = Person::with_role(&portal, "outward-mai", "appraiser", None);
    let addresses = door.addresses();
    // Each is read where nothing was written yet.
    for (kind, text) in files(&addresses) {
        let answer = lan.post("/submissions", &[]);
        let number = answer
            .header("location")
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        upload(&lan, &number, &format!("tep.{kind}"), &text);
        assert_eq!(lan.get(&format!("/submissions/{number}")).status, 200);
    }
    let number = lan.draft("Bài có địa chỉ");
    let edition = lan.edition(&number);
    let linked: String = addresses
        .iter()
        .map(|it| format!("Nguồn <{it}>\n"))
        .collect();
    let text: String = addresses
        .iter()
        .map(|it| format!("![hình]({it}) {it}\n\n"))
        .collect();
    let mut fields: Vec<(&str, &str)> = khue_content::PROPERTIES
        .iter()
        .map(|property| (property.name, addresses[0].as_str()))
        .filter(|(name, _)| !matches!(*name, "isBasedOn" | "name"))
        .collect();
    fields.extend([
        ("isBasedOn", linked.as_str()),
        ("text", &text),
        ("edition", &edition),
        ("do", "save"),
    ]);
    assert_eq!(
        lan.post(&format!("/submissions/{number}"), &fields).status,
        303
    );
    assert_eq!(lan.get(&format!("/submissions/{number}")).status, 200);
    let edition = lan.edition(&number);
    let sent = [("edition", edition.as_str()), ("do", "send")];
    lan.post(&format!("/submissions/{number}"), &sent);
    mai.get(&format!("/desk/{number}"));
    door.assert_nobody_came("submissions");
    let sign_in = [("email", "a@127.0.0.1"), ("next", &door.addresses()[0])];
    Person::stranger(&portal).post("/sign-in", &sign_in);
    let record = format!(
        "{{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"{0}\"],\"issuer\":\"did:web:127.0.0.1%3A{1}\",\"credentialStatus\":{{\"id\":\"{0}\"}},\"proof\":{{\"verificationMethod\":\"did:web:127.0.0.1%3A{1}#k\"}}}}",
        door.addresses()[0],
        door.port
    );
    Person::stranger(&portal).post("/verify", &[("record", &record), ("text", &record)]);
    for header in ["referer", "x-forwarded-host", "origin", "host"] {
        let value = format!("127.0.0.1:{}", door.port);
        portal.ask("GET", "/", &[(header, value.as_str())], "");
    }
    door.assert_nobody_came("forms and headers");
}

#[test]
fn addresses_in_what_is_imported_are_asked_for_by_nobody() {
    let door = Door::new();
    let folder = tempfile::tempdir().unwrap();
    let records = door
        .addresses()
        .into_iter()
        .enumerate()
        .map(|(turn, address)| {
            serde_json::json!({
                "@context": address,
                "identifier": format!("nhap-{turn}"),
                "name": format!("Bài nhập {turn}"),
                "url": address,
                "image": address,
                "thumbnailUrl": address,
                "isBasedOn": [{"@id": address, "name": address}],
                "license": address,
                "encoding": [{"@type": "MediaObject", "name": "a.pdf", "contentUrl": address}],
                "text": format!("![hình]({address})"),
            })
            .to_string()
        });
    let lines: Vec<String> = records.collect();
    std::fs::write(folder.path().join("records.jsonl"), lines.join("\n")).unwrap();
    for (kind, text) in files(&door.addresses()) {
        std::fs::write(folder.path().join(format!("tep.{kind}")), text).unwrap();
    }
    let portal = TestPortal::start(Setup {
        import: Some(folder.path().to_owned()),
        ..Setup::default()
    });
    let found = portal.get("/api/v1/resources?size=100&sort=newest").json();
    let hits = found["items"].as_array().unwrap();
    assert!(hits.len() > 10);
    for hit in hits {
        let id = crate::harness::encode(hit["id"].as_str().unwrap());
        for page in [
            format!("/resources/{id}"),
            format!("/api/v1/resources/{id}"),
        ] {
            assert_eq!(portal.get(&page).status, 200, "{page}");
        }
    }
    for (_, path) in crate::harness::shown_files(&portal) {
        portal.get(&path);
    }
    // An address in place of a file is no file, rather than something to fetch.
    let refused = portal.command(&["import", &door.addresses()[0]]);
    assert!(refused.is_err());
    // Work in the background would have begun by now.
    std::thread::sleep(Duration::from_millis(500));
    door.assert_nobody_came("an import");
}
