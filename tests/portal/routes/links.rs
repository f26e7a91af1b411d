//! Every link within the portal leads somewhere.

use crate::harness::{Answer, Document, TestPortal};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Pages of one kind that are asked for: all resources that ship, and of the endless searches enough.
const OF_A_KIND: usize = 80;
/// The same for pages that stand in Vietnamese too.
const IN_OTHER_LANGUAGES: usize = 12;

/// What an address is about, whichever resource or words it names: `/en/resources/…/report?`, `/search?q&about`.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let own = path
        .find("/resources/")
        .map(|start| start + "/resources/".len());
    let path = own.map_or_else(
        || path.to_owned(),
        |own| {
            let rest = path[own..].split_once('/').map_or("", |(_, rest)| rest);
            format!("{}…/{rest}", &path[..own])
        },
    );
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    format!("{path}?{}", names.collect::<Vec<_>>().join("&"))
}

/// Whether enough pages of this kind were asked for.
fn is_enough(asked: &mut BTreeMap<String, usize>, address: &str) -> bool {
    let kind = kind(address);
    let most = match kind.starts_with("/en") || kind.starts_with("/fr") {
        true => IN_OTHER_LANGUAGES,
        false => OF_A_KIND,
    };
    let count = asked.entry(kind).or_default();
    *count += 1;
    *count > most
}

/// Searches lead to searches without end: their links are followed, those of what they lead to
/// are not.
fn is_listing(address: &str) -> bool {
    address.contains('?')
}

fn targets(page: &Document) -> BTreeSet<String> {
    let mut found = page.attributes("a[href], link[href], use[href]", "href");
    found.extend(page.attributes(
        "img[src], script[src], source[src], video[src], audio[src]",
        "src",
    ));
    found.extend(page.attributes("form[action]:not([method=post])", "action"));
    found
}

#[test]
fn every_internal_link_from_the_home_pages_leads_to_a_page() {
    let portal = TestPortal::shared();
    let mut waiting =
        VecDeque::from(["/", "/en", "/fr"].map(|start| (start.to_owned(), "start".to_owned())));
    let mut seen: BTreeMap<String, Option<BTreeSet<String>>> = BTreeMap::new();
    let (mut anchors, mut asked) = (Vec::new(), BTreeMap::new());
    while let Some((address, from)) = waiting.pop_front() {
        if seen.contains_key(&address) || is_enough(&mut asked, &address) {
            continue;
        }
        let answer = portal.get(&address);
        // What is for people with an account leads strangers to the sign-in.
        if let Some(way) = sign_in(&answer) {
            waiting.push_back((way, address.clone()));
            seen.insert(address, None);
            continue;
        }
        assert_eq!(answer.status, 200, "{address}, a link on {from}");
        let is_page = answer.header("content-type").starts_with("text/html");
        let page = (is_page && !is_listing(&address)).then(|| answer.page());
        for target in page.as_ref().map(targets).unwrap_or_default() {
            if let Some((path, anchor)) = internal(&portal, &address, &target) {
                anchors.extend(anchor.map(|anchor| (address.clone(), path.clone(), anchor)));
                waiting.push_back((path, address.clone()));
            }
        }
        seen.insert(address, page.map(|page| page.attributes("[id]", "id")));
    }
    assert!(seen.len() > 300, "only {} addresses", seen.len());
    for (from, path, anchor) in anchors {
        let ids = seen.get(&path).and_then(Option::as_ref);
        assert!(
            ids.is_none_or(|ids| ids.contains(&anchor)),
            "{from}: no #{anchor} in {path}"
        );
    }
}

/// Where an answer leads that asks to sign in.
fn sign_in(answer: &Answer) -> Option<String> {
    let way = answer.header("location");
    let asks = answer.status == 303 && way.contains("/sign-in?next=");
    asks.then(|| way.to_owned())
}

/// Path and anchor of a link within the portal.
fn internal(portal: &TestPortal, base: &str, target: &str) -> Option<(String, Option<String>)> {
    let target = target.strip_prefix(&portal.origin).unwrap_or(target);
    let (path, anchor) = target
        .split_once('#')
        .map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let path = if path.is_empty() { base } else { path };
    let anchor = anchor.filter(|anchor| !anchor.is_empty()).map(decode);
    // The picture in a sprite is not an id of a page.
    let anchor = anchor.filter(|_| !path.ends_with(".svg"));
    // Searches are the same in every language.
    let again = is_listing(path) && (path.starts_with("/en") || path.starts_with("/fr"));
    (path.starts_with('/') && !again).then(|| (path.to_owned(), anchor))
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}
