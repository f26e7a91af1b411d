//! Files of resources and of the site.

use crate::fixture::{FewHoldings, Said, app_with, ask, request, settings};
use axum::http::StatusCode;
use khue_app::testing::SmallLibrary;
use khue_server::router::router;
use khue_server::state::{Site, State};
use std::sync::Arc;

const HASH: &str = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

async fn get(kind: &str, address: &str, headers: &[(&str, &str)]) -> Said {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("content");
    std::fs::write(&path, "0123456789").unwrap();
    let holdings = FewHoldings {
        files: vec![(HASH.to_owned(), path, kind.to_owned())],
        ..FewHoldings::default()
    };
    ask(
        app_with(SmallLibrary::new(), holdings, settings()),
        request("GET", address, headers),
    )
    .await
}

#[tokio::test]
async fn a_file_is_kept_for_ever_and_locked_in() {
    let said = get("image/png", &format!("/files/{HASH}/b%C3%A0i.png"), &[]).await;
    assert_eq!(
        (said.status, said.text().as_str()),
        (StatusCode::OK, "0123456789")
    );
    assert_eq!(said.header("content-type"), "image/png");
    assert!(said.header("cache-control").contains("immutable"));
    assert!(
        said.header("content-security-policy")
            .starts_with("sandbox")
    );
    assert!(said.header("content-disposition").starts_with("inline; "));
    assert!(
        said.header("content-disposition")
            .ends_with("filename*=UTF-8''b%C3%A0i.png")
    );
    assert_eq!(said.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn pages_of_authors_are_saved_not_shown() {
    for kind in ["text/html", "image/svg+xml", "application/octet-stream"] {
        let said = get(kind, &format!("/files/{HASH}/x"), &[]).await;
        assert!(
            said.header("content-disposition")
                .starts_with("attachment; "),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn parts_of_a_file_can_be_asked_for() {
    let address = format!("/files/{HASH}/film.mp4");
    let part = get("video/mp4", &address, &[("range", "bytes=2-4")]).await;
    assert_eq!(
        (part.status, part.text().as_str()),
        (StatusCode::PARTIAL_CONTENT, "234")
    );
    assert_eq!(part.header("content-range"), "bytes 2-4/10");
    assert_eq!(part.header("content-type"), "video/mp4");
    let beyond = get("video/mp4", &address, &[("range", "bytes=20-30")]).await;
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */10")
    );
    let tag = format!("\"{HASH}\"");
    let known = get("video/mp4", &address, &[("if-none-match", &tag)]).await;
    assert_eq!(
        (known.status, known.bytes.len()),
        (StatusCode::NOT_MODIFIED, 0)
    );
}

#[tokio::test]
async fn what_is_not_remembered_is_not_there() {
    for address in [
        "/files/abc/x",
        "/files/..%2f..%2fetc/passwd",
        "/files/x",
        &format!("/files/{}/x", "0".repeat(64)),
    ] {
        assert_eq!(
            get("image/png", address, &[]).await.status,
            StatusCode::NOT_FOUND,
            "{address}"
        );
    }
}

#[tokio::test]
async fn the_site_is_sent_as_it_was_packed() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("pkg")).unwrap();
    put(
        "manifest.json",
        r#"{"version":1,"inputs":"","assets":{"khue.css":{"path":"pkg/khue.12345678.css","raw":5}}}"#,
    );
    put("pkg/khue.12345678.css", "plain");
    put("pkg/khue.12345678.css.br", "packed");
    put("secret", "secret");
    let site = || Site::open(folder.path()).unwrap();
    let app = || {
        router(State::new(
            Arc::new(SmallLibrary::new()),
            Arc::new(FewHoldings::default()),
            site(),
            settings(),
        ))
    };
    let plain = ask(app(), request("GET", "/pkg/khue.12345678.css", &[])).await;
    assert_eq!(
        (plain.text().as_str(), plain.header("content-type")),
        ("plain", "text/css")
    );
    assert!(plain.header("cache-control").contains("immutable"));
    let packed = ask(
        app(),
        request(
            "GET",
            "/pkg/khue.12345678.css",
            &[("accept-encoding", "gzip, br")],
        ),
    )
    .await;
    assert_eq!(
        (packed.text().as_str(), packed.header("content-encoding")),
        ("packed", "br")
    );
    for wrong in [
        "/pkg/%2e%2e/secret",
        "/pkg/..%2fsecret",
        "/pkg/../secret",
        "/pkg/",
        "/secret",
    ] {
        let said = ask(app(), request("GET", wrong, &[])).await;
        assert!(
            !said.status.is_success() && !said.text().contains("secret\n"),
            "{wrong}"
        );
        assert_ne!(said.text(), "secret", "{wrong}");
    }
    let page = ask(app(), request("GET", "/about", &[])).await;
    assert!(page.text().contains("href=\"/pkg/khue.12345678.css\""));
}

#[tokio::test]
async fn a_site_that_is_built_anew_is_noticed_while_the_portal_runs() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("pkg")).unwrap();
    put(
        "manifest.json",
        r#"{"version":1,"inputs":"","packs":"coming","assets":{"khue.css":{"path":"pkg/khue.1.css","raw":5}}}"#,
    );
    put("pkg/khue.1.css", "first");
    let app = router(State::new(
        Arc::new(SmallLibrary::new()),
        Arc::new(FewHoldings::default()),
        Site::open(folder.path()).unwrap(),
        settings(),
    ));
    let get = async |address: &str| ask(app.clone(), request("GET", address, &[])).await.text();
    let before = get("/en/offline").await;
    assert!(before.contains("/pkg/khue.1.css") && before.contains("is preparing what reads"));
    assert!(!before.contains("data-download"), "a dead button");

    put("pkg/khue.2.css", "second");
    put(
        "manifest.json",
        r#"{"version":1,"inputs":"","packs":"built","assets":{"khue.css":{"path":"pkg/khue.2.css","raw":6},
            "khue-packs.js":{"path":"pkg/khue-packs.3.js","raw":1},"khue-offline.wasm":{"path":"pkg/khue-offline.4.wasm","raw":1}}}"#,
    );
    let after = until(async || get("/en/offline").await, "/pkg/khue-packs.3.js").await;
    assert!(after.contains("data-download") && after.contains("/pkg/khue.2.css"));
    assert_eq!(get("/pkg/khue.1.css").await, "first", "pages that are open");

    put("manifest.json", "{ half of a li");
    tokio::time::sleep(std::time::Duration::from_millis(1200)).await;
    let kept = get("/en/offline").await;
    assert!(kept.contains("/pkg/khue.2.css"), "a list that is none");
    put(
        "manifest.json",
        r#"{"version":1,"inputs":"","packs":"failed","assets":{"khue.css":{"path":"pkg/khue.2.css","raw":6}}}"#,
    );
    until(async || get("/offline").await, "chưa chuẩn bị được").await;
}

/// The page once it says something.
async fn until(page: impl AsyncFn() -> String, words: &str) -> String {
    let started = std::time::Instant::now();
    loop {
        let text = page().await;
        if text.contains(words) {
            return text;
        }
        assert!(started.elapsed().as_secs() < 30, "{words}: {text}");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
