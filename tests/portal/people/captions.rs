//! Sound with captions, from the form to the page.

use crate::harness::{Person, TestPortal, material};

/// Sends a file with a form, as browsers do.
fn attach(person: &Person, number: &str, name: &str, content: &str) {
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", person.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = format!(
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--B--\r\n"
    );
    let path = format!("/submissions/{number}/files");
    let answer = person.portal.ask("POST", &path, &headers, &body);
    assert_eq!(answer.status, 303, "{name}");
}

const SRT: &str = "1\n00:00:00,000 --> 00:00:01,500\nXin chào <i>các em</i>!\n\n2\n00:00:01,500 --> 00:00:03,000\n3 < 5 & 5 > 3\n";

#[test]
fn sound_has_captions_and_a_transcript() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "captions-lan");
    let mai = Person::with_role(&portal, "captions-mai", "appraiser", None);
    let number = lan.draft("Bài nghe có phụ đề");
    attach(
        &lan,
        &number,
        "bai-nghe.wav",
        &String::from_utf8(material::wav()).unwrap(),
    );
    attach(&lan, &number, "bai-nghe.vi.srt", SRT);
    let sha256 = {
        let page = lan.get(&format!("/submissions/{number}")).page();
        let files = page.attributes("a[href*='/files/']", "href");
        let captions = files.iter().find(|file| file.ends_with(".srt")).unwrap();
        captions.split('/').rev().nth(1).unwrap().to_owned()
    };
    let captions = format!("/captions/{sha256}/bai-nghe.vi.srt");
    assert_eq!(
        portal.get(&captions).status,
        404,
        "nothing is public before it is published"
    );
    assert_eq!(
        lan.fill_in(&number, "Bài nghe có phụ đề", "send").status,
        303
    );
    for step in ["accept", "publish"] {
        assert_eq!(mai.decide(&number, step).status, 303, "{step}");
    }
    let page = portal.get(&format!("/resources/{number}")).page();
    assert_eq!(
        page.attribute("audio track[kind=captions]", "src"),
        captions
    );
    assert_eq!(page.attribute("audio track", "srclang"), "vi");
    assert!(
        page.text(".viewer__words")
            .contains("Xin chào các em! 3 < 5 & 5 > 3")
    );
    let text = portal.get(&captions);
    assert_eq!(text.header("content-type"), "text/vtt; charset=utf-8");
    assert!(
        text.text()
            .starts_with("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nXin chào các em!\n"),
        "{}",
        text.text()
    );
    let sound = page.attribute("audio", "src");
    let part = portal.ask("GET", &sound, &[("range", "bytes=8-11")], "");
    assert_eq!((part.status, part.text()), (206, "WAVE".to_owned()));
}
