//! Home, search and resource page as they stand, so that a change is seen.

use crate::visit::get;

/// One element a line, so that differences can be read.
fn lines(html: &str) -> String {
    html.replace("><", ">\n<")
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
