//! What is not published is nowhere to be seen.

use crate::harness::{Person, TestPortal, encode};

#[test]
fn what_is_not_published_leaks_nowhere() {
    let portal = TestPortal::of_people();
    let word = "zxkhongcongkhai";
    let lan = Person::registered(&portal, "leaks-lan");
    let sent = lan.draft(&format!("Bài {word} một"));
    assert_eq!(
        lan.fill_in(&sent, &format!("Bài {word} một"), "send")
            .status,
        303
    );
    let draft = lan.draft(&format!("Bài {word} hai"));
    let stranger = Person::stranger(&portal);
    let other = Person::registered(&portal, "leaks-other");
    for person in [&stranger, &other] {
        for path in [
            format!("/search?q={word}"),
            format!("/api/v1/resources?q={word}"),
            format!("/api/v1/suggest?q={}", &word[..8]),
            format!("/api/v1/suggest?q={}", encode("Bài zx")),
            "/".to_owned(),
            "/search?sort=newest".to_owned(),
            "/sitemap.xml".to_owned(),
            "/sitemap/1.xml".to_owned(),
            "/browse/toan".to_owned(),
            "/submissions".to_owned(),
            "/desk".to_owned(),
        ] {
            let text = person.get(&path).text();
            // The words of a search come back in its own page.
            let text = text
                .replace(&format!("q={word}"), "")
                .replace(&format!("value=\"{word}\""), "");
            let echoed =
                text.matches(&format!("“{word}”")).count() + text.matches("zxkhongc\"").count();
            assert!(
                text.matches(word).count() <= echoed || path.starts_with("/search?q"),
                "{path}: {:.300}",
                text
            );
            assert!(!text.contains(&format!("Bài {word}")), "{path}");
            assert!(!text.contains(&sent) && !text.contains(&draft), "{path}");
        }
        for number in [&sent, &draft] {
            for path in [
                format!("/resources/{number}"),
                format!("/api/v1/resources/{number}"),
                format!("/resources/{number}/guidance"),
            ] {
                assert_eq!(person.get(&path).status, 404, "{path}");
            }
        }
    }
    let signed_out = stranger.get(&format!("/submissions/{sent}"));
    assert!(signed_out.header("location").starts_with("/sign-in?next="));
    // Somebody else's file and one that never was are told apart by nothing.
    let real = other.get(&format!("/submissions/{sent}"));
    let none = other.get("/submissions/HL-1999-000001");
    assert_eq!((real.status, none.status), (404, 404));
    assert_eq!(
        real.text().replace(&sent, ""),
        none.text().replace("HL-1999-000001", "")
    );
    let total = portal.get(&format!("/api/v1/resources?q={word}")).json()["total"].clone();
    assert_eq!(total, 0);
}
