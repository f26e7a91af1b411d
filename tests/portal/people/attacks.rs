//! What attackers try with an account of their own.

use crate::harness::{Answer, Person, TestPortal, encode};

const SCRIPT: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";

fn upload(portal: &TestPortal, person: &Person, number: &str, name: &str) -> Answer {
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", person.cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = format!(
        "--B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\nNội dung\r\n--B--\r\n"
    );
    let path = format!("/submissions/{number}/files");
    portal.ask("POST", &path, &headers, &body)
}

/// Files of the data folder, but for those that the portal itself names.
fn files(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).into_iter().flatten().flatten() {
            match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                true => folders.push(entry.path()),
                false => found.push(entry.file_name().to_string_lossy().into_owned()),
            }
        }
    }
    found
}

#[test]
fn names_of_files_lead_nowhere() {
    let portal = TestPortal::of_people();
    let lan = Person::registered(&portal, "attacks-names");
    for odd in [
        "../../../../etc/cron.d/zqx",
        "..\\\\..\\\\zqx.txt",
        "/etc/zqx",
        "C:\\\\zqx",
        "%2e%2e%2fzqx",
        "..%2fzqx",
        "....//zqx",
        ".htaccess-zqx",
        "zqx\u{202e}txt.exe",
        "zqx.txt;.html",
        "zqx<script>.svg",
        "zqx?a=b#c",
    ] {
        let number = lan.draft("x");
        let answer = upload(&portal, &lan, &number, odd);
        assert!(
            matches!(answer.status, 303 | 400),
            "{odd}: {}",
            answer.status
        );
        let page = lan.get(&format!("/submissions/{number}")).page();
        for link in page.attributes(".file-list a", "href") {
            let own = format!("/submissions/{number}/files/");
            let rest = link
                .strip_prefix(&own)
                .unwrap_or_else(|| panic!("{odd}: {link}"));
            assert_eq!(rest.matches('/').count(), 1, "{odd}: {link}");
            let file = lan.get(&link);
            assert_eq!(file.status, 200, "{odd}: {link}");
            let offered = file.header("content-disposition");
            // Plain text may be looked at, where nothing of it can act.
            let is_text = file.header("content-type").starts_with("text/plain")
                && file
                    .header("content-security-policy")
                    .starts_with("sandbox;");
            let safe = offered.starts_with("attachment") || is_text;
            assert!(safe && !offered.contains(".."), "{odd}: {offered}");
            assert!(!file.header("content-type").contains("html"), "{odd}");
        }
    }
    let named = files(&portal.data());
    assert!(named.iter().all(|name| !name.contains("zqx")), "{named:?}");
    for odd in ["..%2f..%2fkhue.db", "%2e%2e", "..", "a%00b"] {
        let number = lan.draft("x");
        let path = format!("/submissions/{number}/files/{odd}/khue.db");
        assert!(matches!(lan.get(&path).status, 400 | 404), "{path}");
    }
}

#[test]
fn scripts_in_names_and_words_stay_text() {
    let portal = TestPortal::of_people();
    let mut lan = Person::stranger(&portal);
    lan.email = "attacks-script@truong.edu.vn".to_owned();
    let fields = [
        ("name", SCRIPT),
        ("email", lan.email.as_str()),
        ("passphrase", "sáng nay mưa bay trên phố"),
    ];
    assert_eq!(lan.post("/register", &fields).status, 303);
    lan.sign_in();
    let mai = Person::with_role(&portal, "attacks-mai", "appraiser", None);
    let number = lan.draft(SCRIPT);
    assert_eq!(lan.fill_in(&number, SCRIPT, "send").status, 303);
    let decided = [
        ("edition", mai.edition(&number)),
        ("reason", "content".to_owned()),
        ("words", SCRIPT.to_owned()),
        ("do", "request-changes".to_owned()),
    ];
    let decided: Vec<(&str, &str)> = decided
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    assert_eq!(mai.post(&format!("/desk/{number}"), &decided).status, 303);
    let pages = [
        (&lan, "/account".to_owned()),
        (&lan, "/notices".to_owned()),
        (&lan, "/submissions".to_owned()),
        (&lan, format!("/submissions/{number}")),
        (&mai, format!("/desk/{number}")),
        (&mai, format!("/desk?number={}", encode(SCRIPT))),
        (&lan, format!("/sign-in?next={}", encode(SCRIPT))),
        (&lan, format!("/invitation?token={}", encode(SCRIPT))),
    ];
    for (person, path) in pages {
        let text = person.get(&path).text();
        assert!(
            !text.contains("<script>alert") && !text.contains("<img src=x"),
            "{path}"
        );
    }
}

/// Nobody gets more than a few tries at the second factor, or at the passphrase of a session that was left open.
#[test]
fn codes_and_passphrases_are_not_guessed_from_within() {
    let portal = TestPortal::of_people();
    let mut lan = Person::registered(&portal, "attacks-codes");
    lan.begin_second_factor();
    // Another browser: the first session stays open.
    let left_open = std::mem::take(&mut lan.cookie);
    lan.sign_in();
    let tried: Vec<u16> = (0..14)
        .map(|turn| {
            lan.post("/sign-in/code", &[("code", &format!("{:06}", 7 * turn))])
                .status
        })
        .collect();
    assert!(tried.contains(&422) && tried.ends_with(&[429]), "{tried:?}");
    lan.cookie = left_open;
    let tried: Vec<u16> = (0..14)
        .map(|turn| {
            let guess = format!("đoán lần thứ {turn} thôi nhé");
            let fields = [("passphrase-now", guess.as_str()), ("do", "drop-factor")];
            lan.post("/account", &fields).status
        })
        .collect();
    assert!(tried.ends_with(&[429]), "{tried:?}");
    assert!(
        lan.get("/account")
            .page()
            .all("input[name=secret]")
            .is_empty(),
        "it is still on"
    );
}

#[test]
fn no_address_of_another_site_is_led_to() {
    let portal = TestPortal::of_people();
    let mut lan = Person::registered(&portal, "attacks-way");
    let secret = lan.begin_second_factor();
    for (turn, odd) in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/%0d%0aset-cookie:a=b",
    ]
    .into_iter()
    .enumerate()
    {
        let shown = lan.get(&format!("/sign-in/code?next={}", encode(odd)));
        assert!(!shown.header("location").contains("evil"), "{odd}");
        // A code works once; so only the first of them is right.
        let code = crate::harness::totp(&secret, 1);
        let answer = lan.post("/sign-in/code", &[("code", &code), ("next", odd)]);
        let way = answer.header("location");
        assert!(
            !way.contains("evil") && answer.header("set-cookie").matches('=').count() < 6,
            "{turn} {odd}: {way}"
        );
    }
    let referer = [
        ("referer", "https://evil.example//evil.example/x"),
        ("sec-fetch-site", "same-origin"),
    ];
    let back = lan.post_with("/theme", &[("theme", "dark")], &referer);
    assert!(!back.header("location").starts_with("//") && !back.header("location").contains("://"));
    for path in [
        "//evil.example/",
        "//evil.example/%2f..",
        "/\\evil.example/",
    ] {
        let way = portal.get(path).header("location").to_owned();
        assert!(
            !way.starts_with("//") && !way.contains("://"),
            "{path}: {way}"
        );
    }
}

/// Whether there is an account cannot be told from an invitation, a code or a new passphrase either.
#[test]
fn tokens_that_nobody_gave_say_nothing() {
    let portal = TestPortal::of_people();
    let nobody = Person::stranger(&portal);
    let ask = |token: &str| {
        let page = nobody.get(&format!("/invitation?token={token}"));
        (page.status, page.text().replace(token, ""))
    };
    let (one, other) = ("a".repeat(64), "b".repeat(64));
    assert_eq!(ask(&one), ask(&other));
    let fields = [
        ("token", one.as_str()),
        ("name", "x"),
        ("passphrase", "một câu dài khác hẳn"),
    ];
    let answer = nobody.post("/invitation", &fields);
    assert!(matches!(answer.status, 404 | 410 | 422) && answer.header("set-cookie").is_empty());
    assert_eq!(
        nobody.post("/sign-in/code", &[("code", "123456")]).status,
        303,
        "to the sign-in"
    );
}
