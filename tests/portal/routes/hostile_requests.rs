//! Whatever is asked, the portal is not at fault.

use crate::harness::{TestPortal, encode, send_raw};

fn queries() -> Vec<String> {
    let long = "a".repeat(100 * 1024);
    let marks = encode(&"ệ".repeat(8_000));
    let filters: Vec<String> = (0..500).map(|n| format!("about=x{n}")).collect();
    let known: Vec<String> = (0..500)
        .map(|_| "educationalLevel=grade-4".to_owned())
        .collect();
    let mut queries: Vec<String> = [
        "page=abc",
        "page=0",
        "page=-1",
        "page=99999999999999999999",
        "page=500&q=a",
        "size=99999999",
        "size=0",
        "size=-5",
        "sort=zzz",
        "q=%00",
        "q=a%00b",
        "q=%FF%FE",
        "q=%C3%28",
        "q=%",
        "q=%zz",
        "q=%E0%A4%A",
        "q=%ED%A0%80",
        "q=+",
        "q=%20",
        "q=%22",
        "q=%22%22",
        "q=%22a",
        "q=*",
        "q=a*",
        "q=(((",
        "q=))",
        "q=AND",
        "q=a%20AND",
        "q=NOT",
        "q=-",
        "q=--a",
        "q=-a",
        "q=name:",
        "q=:",
        "q=a:b:c",
        "q=%5B%20TO%20%5D",
        "q=a%5E9999",
        "q=a~99",
        "q=%2F.*%2F",
        "q=%5C",
        "q='%20OR%201=1--",
        "q=%E2%80%8B",
        "q=%E2%80%AE",
        "q=%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
        "q=%CC%81%CC%81%CC%81",
        "q=%EF%BF%BF",
        "from=abc",
        "from=9999-99-99",
        "to=%00",
        "from=2030&to=2020",
        "inLanguage=%00",
        "about=%FF",
        "isPartOf=%27",
        "adaptable=maybe",
        "verbatim=2",
        "lang=%00",
        "lang=xx",
        "=",
        "&&&&",
        "==&=",
        "q",
        "q[]=a",
        "q=a;b",
        "%71=a",
    ]
    .map(str::to_owned)
    .to_vec();
    queries.extend([
        format!("q={long}"),
        format!("q={marks}"),
        filters.join("&"),
        known.join("&"),
    ]);
    queries.push(format!("q={}", "a+".repeat(5_000)));
    queries.push(format!("q={}", "%22a%22+".repeat(500)));
    queries.push(
        (0..5_000)
            .map(|n| format!("x{n}=1"))
            .collect::<Vec<_>>()
            .join("&"),
    );
    queries
}

#[test]
fn no_parameters_are_the_portals_fault() {
    let portal = TestPortal::shared();
    for path in [
        "/search",
        "/en/search",
        "/api/v1/resources",
        "/api/v1/suggest",
        "/",
    ] {
        for query in queries() {
            let answer = portal.get(&format!("{path}?{query}"));
            assert!(
                (200..500).contains(&answer.status),
                "{path}?{query:.80}: {}",
                answer.status
            );
            if path.ends_with("/search") && query.len() < 1_000 {
                assert_eq!(
                    answer.status, 200,
                    "{path}?{query}: a page passes over what it does not know"
                );
            }
        }
    }
    assert_eq!(portal.get("/readyz").status, 200);
}

#[test]
fn no_path_is_the_portals_fault() {
    let portal = TestPortal::shared();
    let steps = [
        "%00",
        "%FF",
        "..",
        "%2e%2e",
        "%2F",
        "%5C",
        "a%0d%0aX-Evil:1",
        "%F0%9F%A6%86",
        ".jsonld",
        "'",
        "%22%3E",
        "%zz",
        "%",
    ];
    let folders = [
        "/",
        "/resources/",
        "/browse/",
        "/browse/level/",
        "/files/",
        "/files/0/",
        "/pkg/",
        "/sitemap/",
        "/api/v1/resources/",
        "/api/v1/vocabularies/",
    ];
    for folder in folders {
        for step in steps
            .map(str::to_owned)
            .into_iter()
            .chain([encode(&"ệ".repeat(3_000))])
        {
            let answer = portal.get(&format!("{folder}{step}"));
            assert!(
                (200..500).contains(&answer.status),
                "{folder}{step:.80}: {}",
                answer.status
            );
            assert!(answer.header("x-evil").is_empty(), "{folder}{step}");
        }
    }
}

#[test]
fn no_file_outside_is_sent() {
    let portal = TestPortal::shared();
    for path in [
        "/pkg/../manifest.json",
        "/pkg/..%2fmanifest.json",
        "/pkg/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/pkg/....//etc/passwd",
        "/files/../khue.db",
        "/files/%2e%2e/khue.db",
        "/pkg//etc/passwd",
        "/pkg/%2fetc%2fpasswd",
        "/manifest.json",
        "/khue.db",
    ] {
        let answer = send_raw(
            &portal.origin,
            format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes(),
        );
        assert_ne!(answer, Some(200), "{path}");
    }
}

#[test]
fn broken_requests_are_refused() {
    let portal = TestPortal::shared();
    let requests: &[&[u8]] = &[
        b"GET /search?q=\xff\xfe HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\nhost: x\r\n\r\n",
        b"GET  /  HTTP/1.1\r\nhost: x\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n",
        b"POST /theme HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n",
        b"POST /theme HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nhost: evil.example\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n",
    ];
    for request in requests {
        let status = send_raw(&portal.origin, request);
        assert!(
            status.is_none_or(|status| status < 500 || status == 505),
            "{:?}: {status:?}",
            String::from_utf8_lossy(request)
        );
    }
    assert_eq!(portal.get("/readyz").status, 200);
}

#[test]
fn too_much_is_refused() {
    let portal = TestPortal::shared();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let body = format!("theme={}", "a".repeat(4 << 20));
    let status = portal.ask("POST", "/theme", &[form], &body).status;
    assert!(status == 413 || status == 0, "{status}");
    let header = "a".repeat(2 << 20);
    let request = format!("GET / HTTP/1.1\r\nhost: x\r\ncookie: {header}\r\n\r\n");
    let status = send_raw(&portal.origin, request.as_bytes());
    assert!(
        status.is_none_or(|status| (400..500).contains(&status)),
        "{status:?}"
    );
}

#[test]
fn words_searched_for_come_back_as_text() {
    let portal = TestPortal::shared();
    let words = "</title><script>alert(1)</script>\"><img src=x onerror=alert(1)> ' onfocus='x";
    for path in ["/search", "/en/search"] {
        let page = portal.get(&format!("{path}?q={}", encode(words))).page();
        assert_eq!(page.attribute("input#q", "value"), words);
        assert!(page.all("img[onerror], [onfocus], [onload]").is_empty());
        let scripts = page.all("script");
        assert!(
            scripts
                .iter()
                .all(|script| !script.html().contains("alert")),
            "{path}"
        );
    }
}
