//! Figures about pages in a browser. They take minutes and depend on the machine, so they are taken when somebody asks for them.

mod kolibri;
mod lighthouse;
mod slow_line;
mod weight;

/// The sorts of pages that are measured: what they are called, and their addresses.
fn pages(portal: &crate::harness::TestPortal) -> [(&'static str, String); 4] {
    let lesson = portal.resource("toan-7-tong-cac-goc-trong-mot-tam-giac");
    [
        ("home", "/".to_owned()),
        ("search", "/search?q=to%C3%A1n".to_owned()),
        ("exercise", format!("{lesson}/exercises/2")),
        ("resource", lesson),
    ]
}
