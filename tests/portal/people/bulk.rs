//! Several files at once, at the desk, over HTTP.

use crate::harness::{Person, TestPortal};

fn sent(author: &Person, name: &str) -> String {
    let number = author.draft(name);
    assert_eq!(author.fill_in(&number, name, "send").status, 303);
    number
}

/// The fields of a form's hidden inputs, and a button.
fn pressed(
    page: &crate::harness::Document,
    button: (&'static str, String),
) -> Vec<(String, String)> {
    let hidden = page.all("main form input[type=hidden]");
    let field = |input: &scraper::ElementRef<'_>| {
        let of = |name: &str| input.value().attr(name).unwrap_or_default().to_owned();
        (of("name"), of("value"))
    };
    let mut fields: Vec<(String, String)> = hidden.iter().map(field).collect();
    fields.push((button.0.to_owned(), button.1));
    fields
}

fn post(person: &Person, fields: &[(String, String)]) -> crate::harness::Answer {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    person.post("/desk/bulk", &fields)
}

#[test]
fn what_will_happen_is_shown_then_done_then_taken_back() {
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "bulk-lan", "teacher", Some("hn-01"));
    let far = Person::with_role(&portal, "bulk-far", "teacher", Some("hn-02"));
    let mai = Person::with_role(&portal, "bulk-mai", "appraiser", Some("hn-01"));
    let (first, second) = (sent(&lan, "Nhiều hồ sơ một"), sent(&lan, "Nhiều hồ sơ hai"));
    let other = sent(&far, "Hồ sơ nơi khác");
    let boxes = mai
        .get("/desk/bulk")
        .page()
        .attributes("input[name=file]", "value");
    assert!(
        boxes.contains(&first) && !boxes.contains(&other),
        "{boxes:?}"
    );
    assert_eq!(lan.get("/desk/bulk").status, 404, "no role for the desk");
    let bare = mai.post("/desk/bulk", &[("action", "accept"), ("do", "preview")]);
    assert_eq!(bare.status, 422);
    let asked = [
        ("file", first.as_str()),
        ("file", &second),
        ("file", &other),
        ("action", "request-changes"),
        ("reason", "content"),
        ("words", "Thêm một ví dụ."),
        ("do", "preview"),
    ];
    let preview = mai.post("/desk/bulk", &asked);
    assert_eq!(preview.status, 200, "{:.600}", preview.text());
    let page = preview.page();
    assert_eq!(page.all("tbody .badge").len(), 2, "two of three");
    assert!(
        !page.text("main").contains("Hồ sơ nơi khác"),
        "what is not seen has no name"
    );
    let state = |number: &str| {
        lan.get(&format!("/submissions/{number}"))
            .page()
            .text(".submission__status .badge")
    };
    assert!(
        state(&first).contains("Đã gửi"),
        "nothing was done yet: {}",
        state(&first)
    );
    let done = post(&mai, &pressed(&page, ("do", "apply".to_owned())));
    assert_eq!(done.status, 200, "{:.600}", done.text());
    assert!(!state(&first).contains("Đã gửi") && !state(&second).contains("Đã gửi"));
    assert!(
        lan.get(&format!("/submissions/{first}"))
            .text()
            .contains("Thêm một ví dụ.")
    );
    let batch = done.page().attribute("button[name=undo]", "value");
    assert_eq!(
        lan.post("/desk/bulk", &[("undo", batch.as_str())]).status,
        404
    );
    let undone = mai.post("/desk/bulk", &[("undo", batch.as_str())]);
    assert_eq!(undone.page().all("tbody .badge").len(), 2);
    assert!(state(&first).contains("Đã gửi") && state(&second).contains("Đã gửi"));
    // Sent once more, the old preview does nothing: the files have changed since.
    let again = post(&mai, &pressed(&page, ("do", "apply".to_owned())));
    assert!(again.page().all("tbody .badge").is_empty());
    let log = portal.command(&["audit", "verify"]).unwrap();
    assert!(!log.is_empty());
}

/// A file that stands on the second page of the queue was once shown beside the first.
#[test]
fn a_file_opened_by_its_number_stands_in_the_queue_beside_it() {
    let portal = TestPortal::of_people();
    let lan = Person::with_role(&portal, "page-lan", "teacher", Some("hn-77"));
    let mai = Person::with_role(&portal, "page-mai", "appraiser", Some("hn-77"));
    // One more than a page has.
    let all: Vec<String> = (0..51)
        .map(|turn| sent(&lan, &format!("Hồ sơ xếp hàng {turn}")))
        .collect();
    let (first, last) = (all.first().unwrap(), all.last().unwrap());
    let queue = |path: &str| {
        let page = mai.get(path).page();
        let here = page.attributes(".desk__queue > ol > li a[aria-current]", "href");
        let here: Vec<String> = here.into_iter().collect();
        (page.all(".desk__queue > ol > li").len(), here)
    };
    let (others, here) = queue(&format!("/desk/{last}"));
    assert_eq!(others, 1);
    assert_eq!(here, [format!("/desk/{last}?page=2")]);
    let (others, here) = queue(&format!("/desk/{first}"));
    assert_eq!(
        (others, here),
        (all.len() - 1, vec![format!("/desk/{first}")])
    );
    // Whoever leafs through the queue keeps the file that is open.
    let page = mai.get(&format!("/desk/{last}")).page();
    let ways = page.attributes(".desk__queue .pager a", "href");
    let back = ways.iter().find(|way| way.contains("page=1")).unwrap();
    let (others, here) = queue(back);
    assert!(
        back.contains(last.as_str()) && here.is_empty(),
        "{back} {here:?}"
    );
    assert_eq!(others, all.len() - 1);
}
