//! Hostile records run nothing in a browser.

use super::records::{FLAG, WORD, write};
use crate::browser::{Scripts, Visitor};
use crate::harness::{Setup, TestPortal, encode};
use serde_json::Value;
use std::sync::Arc;

#[tokio::test]
async fn nothing_runs() {
    let folder = tempfile::tempdir().unwrap();
    let setup = || Setup {
        import: Some(write(folder.path())),
        ..Setup::default()
    };
    let Some(visitor) =
        Visitor::come_to(Scripts::On, || Arc::new(TestPortal::start(setup()))).await
    else {
        return;
    };
    let words = encode(WORD);
    let found = visitor
        .portal
        .get(&format!("/api/v1/resources?q={words}&size=100"))
        .json();
    let mut pages = vec![format!("/search?q={words}&size=50"), "/".to_owned()];
    let id = |hit: &Value| format!("/resources/{}", encode(hit["id"].as_str().unwrap()));
    pages.extend(found["items"].as_array().unwrap().iter().map(id));
    for path in pages {
        visitor.go(&path).await;
        touch_everything(&visitor).await;
        assert!(
            visitor.client.get_alert_text().await.is_err(),
            "{path}: an alert"
        );
        assert_eq!(
            visitor
                .script(&format!("return window.{FLAG} ?? null"))
                .await,
            Value::Null,
            "{path}"
        );
    }
    let refused: Vec<String> = visitor
        .complaints()
        .into_iter()
        .filter(|line| line.contains("Content Security Policy"))
        .collect();
    assert!(
        refused.is_empty(),
        "only the policy has stopped: {refused:#?}"
    );
    visitor.leave_whatever_was_said().await;
}

/// Opens what is closed, and moves pointer and focus over everything.
async fn touch_everything(visitor: &Visitor) {
    let touch = "document.querySelectorAll('details').forEach(d => d.open = true);
        document.querySelectorAll('main *').forEach(e => {
            e.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })); if (e.focus) e.focus(); });";
    visitor.script(touch).await;
}
