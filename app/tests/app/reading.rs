//! Reading: terms explained, reading aloud, and saving data.

use crate::visit::{ask, get, get_with};
use axum::body::Body;
use axum::http::{HeaderName, Request, StatusCode, header};
use khue_app::services::{CurrentFiles, SiteFiles};
use khue_app::testing::SmallLibrary;

const LESSON: &str = "/resources/phan-so-la-gi";
const SAVES: [(HeaderName, &str); 1] = [(HeaderName::from_static("save-data"), "on")];

#[tokio::test]
async fn terms_have_notes_that_their_links_lead_to() {
    let page = get(LESSON).await.text;
    assert!(page.contains("href=\"#term-1\""), "a link");
    assert!(
        page.contains("<li id=\"term-1\" class=\"term-note\">"),
        "its note"
    );
    assert!(
        page.contains("href=\"#term-place-1\"") && page.contains("id=\"term-place-1\""),
        "the way back"
    );
    let off = get_with(LESSON, &[(header::COOKIE, "terms=off")])
        .await
        .text;
    assert!(!off.contains("class=\"term\"") && !off.contains("term-notes"));
    assert!(
        off.contains("name=\"terms\" value=\"on\""),
        "it can be switched on again"
    );
}

#[tokio::test]
async fn reading_aloud_waits_for_a_script() {
    let page = get("/en/resources/what-is-a-fraction").await.text;
    let tools = page
        .split("data-island=\"read_aloud\"")
        .next()
        .unwrap_or_default();
    let tools = tools.rsplit('<').next().unwrap_or_default();
    assert!(tools.contains("hidden"), "{tools}");
    assert!(page.contains("data-language=\"en\""));
}

#[tokio::test]
async fn pictures_wait_where_data_are_saved() {
    let shown = get("/resources/what-is-a-fraction").await.text;
    assert!(shown.contains("<img src=\"/files/"), "{shown}");
    for asking in [&SAVES[..], &[(header::COOKIE, "a=b; data=less")]] {
        let page = get_with("/resources/what-is-a-fraction", asking).await.text;
        assert!(!page.contains("<img"), "no picture");
        assert!(page.contains("href=\"/files/"), "its place");
        assert!(
            page.contains("Hình: Half a cake &amp; a quarter") && page.contains("640 × 480, 48 kB")
        );
        let all = get_with("/resources/what-is-a-fraction?pictures=all", asking)
            .await
            .text;
        assert!(all.contains("<img src=\"/files/"));
    }
    let chosen = [(header::COOKIE, "data=all"), SAVES[0].clone()];
    let page = get_with("/resources/what-is-a-fraction", &chosen)
        .await
        .text;
    assert!(
        page.contains("<img"),
        "what the reader says counts more than the browser"
    );
}

#[tokio::test]
async fn no_fonts_and_fewer_results_where_data_are_saved() {
    let services = || khue_app::services::Services {
        files: CurrentFiles::from(SiteFiles {
            fonts: vec!["/pkg/fonts/a.woff2".to_owned()],
            ..SiteFiles::default()
        }),
        ..SmallLibrary::new().services()
    };
    let request = |saves: &str| {
        Request::get("/search")
            .header("save-data", saves)
            .body(Body::empty())
            .unwrap()
    };
    let usual = ask(services(), request("off")).await;
    let saving = ask(services(), request("on")).await;
    assert!(usual.text.contains("a.woff2") && !saving.text.contains("a.woff2"));
    assert!(
        saving
            .text
            .contains("<html lang=\"vi\" dir=\"ltr\" data-saving>")
    );
    assert!(
        usual.headers[header::VARY]
            .to_str()
            .unwrap()
            .contains("save-data")
    );
}

#[tokio::test]
async fn what_is_chosen_is_kept_and_leads_back() {
    for (sent, kept) in [
        ("data=less", Some("data=less;")),
        ("data=all", Some("data=all;")),
        ("terms=off", Some("terms=off;")),
        ("data=%22%3B+x", None),
        ("nothing=1", None),
    ] {
        let request = Request::post("/preferences")
            .header(header::REFERER, "https://khue.example/en/search?q=a")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(sent))
            .unwrap();
        let answer = ask(SmallLibrary::new().services(), request).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{sent}");
        assert_eq!(answer.headers[header::LOCATION], "/en/search?q=a");
        let cookie = answer
            .headers
            .get(header::SET_COOKIE)
            .map(|value| value.to_str().unwrap());
        assert_eq!(cookie.is_some(), kept.is_some(), "{sent}: {cookie:?}");
        assert!(
            cookie
                .unwrap_or_default()
                .starts_with(kept.unwrap_or_default()),
            "{cookie:?}"
        );
    }
}
