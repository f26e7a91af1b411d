//! The pages that are looked at.

use crate::harness::{TestPortal, shown_files};

/// Every sort of page: a name for pictures, and its address.
pub fn pages(portal: &TestPortal) -> Vec<(&'static str, String)> {
    let mut pages = vec![
        ("home", "/".to_owned()),
        ("search", "/search?q=ph%C3%A2n%20s%E1%BB%91".to_owned()),
        ("search-all", "/search".to_owned()),
        (
            "search-filtered",
            "/search?about=toan&educationalLevel=lower-secondary&sort=name".to_owned(),
        ),
        ("search-empty", "/search?q=zzzzqqqq".to_owned()),
        (
            "search-empty-filtered",
            "/search?q=quang%20h%E1%BB%A3p&educationalLevel=grade-1".to_owned(),
        ),
        ("search-understood", "/search?q=to%C3%A1n%205".to_owned()),
        ("search-corrected", "/search?q=quang%20hopj".to_owned()),
        ("search-beyond", "/search?q=to%C3%A1n&page=400".to_owned()),
        ("search-signs", "/search?q=%3F%3F".to_owned()),
        ("browse", "/browse".to_owned()),
        ("browse-subject", "/browse/toan".to_owned()),
        ("browse-level", "/browse/level/primary".to_owned()),
        ("collections", "/collections".to_owned()),
        ("paths", "/paths".to_owned()),
        ("path", "/paths/so-va-hinh-trung-hoc-co-so".to_owned()),
        (
            "record",
            "/paths/tu-cap-so-den-chuyen-dong/record".to_owned(),
        ),
        ("verify", "/verify".to_owned()),
        ("plan", "/plan?exam=vao-10".to_owned()),
        ("plan-made", "/plan?exam=vao-10&about=toan&about=khoa-hoc-tu-nhien&inLanguage=vi&examDay=2099-06-05&from=2099-04-05&minutes=45&day=2&day=4&at=19:00".to_owned()),
        ("about", "/about".to_owned()),
        ("accessibility", "/accessibility".to_owned()),
        ("privacy", "/privacy".to_owned()),
        ("offline", "/offline".to_owned()),
        ("help", "/help".to_owned()),
        ("not-found", "/nothing-here".to_owned()),
    ];
    pages.push((
        "resource-mathematics",
        portal.resource("toan-12-toi-uu-bang-dao-ham"),
    ));
    pages.push((
        "resource-table",
        portal.resource("am-nhac-3-go-dem-dong-dao-nhip-2-4"),
    ));
    pages.push((
        "resource-foreign",
        format!("/fr{}", portal.resource("physics-10-newtons-second-law")),
    ));
    let triangle = portal.resource("toan-7-tong-cac-goc-trong-mot-tam-giac");
    pages.push(("exercise", format!("{triangle}/exercises/2")));
    pages.push((
        "resource-on-a-path",
        format!("{triangle}?path=so-va-hinh-trung-hoc-co-so"),
    ));
    pages
}

/// The page of every file of a portal that is shown in place, and of the resource that it belongs to.
pub fn viewers(portal: &TestPortal) -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (name, path) in shown_files(portal) {
        let resource = path.split("/files/").next().unwrap_or_default();
        pages.push((format!("resource of {name}"), resource.to_owned()));
        pages.push((name, path));
    }
    pages
}
