//! Home, search and resource page as they stand, so that a change is seen.

use crate::visit::get;

/// One element a line, so that differences can be read.
/// One element a line; islands without the number that the compiler gives them.
fn lines(html: &str) -> String {
    let mut parts = html.split("data-component=\"");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.split(['_', '"']).next().unwrap_or_default();
        let rest = part.split_once('"').map_or("", |(_, rest)| rest);
        text.push_str(&format!("data-component=\"{name}\"{rest}"));
    }
    text.replace("><", ">\n<")
}

#[tokio::test]
async fn home() {
    insta::assert_snapshot!(lines(&get("/").await.text));
}

#[tokio::test]
async fn search() {
    insta::assert_snapshot!(lines(
        &get("/en/search?q=ph%C3%A2n%20s%E1%BB%91").await.text
    ));
}

#[tokio::test]
async fn resource() {
    insta::assert_snapshot!(lines(&get("/fr/resources/so-sanh-phan-so").await.text));
}
