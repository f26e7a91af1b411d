//! The markup of four pages. A change that is meant is taken over with `cargo insta accept`.

use crate::harness::{TestPortal, outline};

fn compare(name: &str, path: &str) {
    let page = TestPortal::shared().get(path).page();
    insta::assert_snapshot!(name, outline(&page));
}

#[test]
fn home() {
    compare("home", "/");
}

#[test]
fn search() {
    compare("search", "/search?q=newton");
}

#[test]
fn resource() {
    compare(
        "resource",
        &TestPortal::shared().resource("vat-li-10-dinh-luat-ii-newton"),
    );
}

#[test]
fn not_found() {
    compare("not_found", "/en/nothing-here");
}
