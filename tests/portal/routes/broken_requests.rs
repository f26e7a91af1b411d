//! Requests that no well-behaved client would send.

use crate::harness::{TestPortal, send_raw};

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
