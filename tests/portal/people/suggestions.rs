//! Tags that a model suggests for what was sent in, decided at the desk.

use crate::harness::{Answer, Person, TestPortal};
use scraper::{ElementRef, Selector};
use std::time::{Duration, Instant};

/// Waits until the file was read, and gives the desk's page.
fn read(mai: &Person, number: &str) -> Answer {
    let started = Instant::now();
    loop {
        let page = mai.get(&format!("/desk/{number}"));
        if !page.page().all(".tags__card").is_empty() {
            return page;
        }
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "nothing is suggested: {}\n{}",
            page.page().text(".tags"),
            mai.portal.log()
        );
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// A suggestion that nobody has decided on.
#[derive(Debug)]
struct Card {
    id: String,
    property: String,
    value: String,
}

fn open(page: &Answer) -> Vec<Card> {
    let page = page.page();
    let cards = page.all(".tags__card");
    let text = |card: &ElementRef<'_>, css: &str| {
        let found = card.select(&Selector::parse(css).unwrap()).next();
        found.unwrap().text().collect::<String>().trim().to_owned()
    };
    let one = |card: ElementRef<'_>| {
        let button = Selector::parse("button[value^=suggestion-accept-]").unwrap();
        let value = card.select(&button).next().unwrap().attr("value").unwrap();
        Card {
            id: value.rsplit('-').next().unwrap().to_owned(),
            property: text(&card, ".tags__property"),
            value: text(&card, ".tags__head strong"),
        }
    };
    cards.into_iter().map(one).collect()
}

fn decide(mai: &Person, number: &str, verdict: &str, id: &str, value: &str) -> Answer {
    let (edition, pressed) = (mai.edition(number), format!("suggestion-{verdict}-{id}"));
    let fields = [
        ("edition", edition.as_str()),
        ("value", value),
        ("do", &pressed),
    ];
    mai.post(&format!("/desk/{number}"), &fields)
}

#[test]
fn suggestions_are_decided_one_by_one_and_what_is_declined_stays_away() {
    let portal = TestPortal::of_people_with_models();
    let lan = Person::registered(&portal, "tags-lan");
    let mai = Person::with_role(&portal, "tags-mai", "appraiser", None);
    let title = "So sánh hai phân số cùng mẫu số";
    let number = lan.draft(title);
    assert_eq!(lan.fill_in(&number, title, "send").status, 303);
    let page = read(&mai, &number);
    let first = open(&page);
    assert!(first.len() >= 3, "{first:?}");
    assert!(
        !page.page().all(".tags__evidence li").is_empty(),
        "each says why"
    );
    assert!(
        page.page()
            .all(".tags__sure")
            .iter()
            .all(|one| one.text().any(|text| text.contains('%')))
    );
    let (right, wrong) = (first[0].value.as_str(), first[1].value.as_str());
    assert_eq!(
        decide(&mai, &number, "accept", &first[0].id, "").status,
        303
    );
    assert_eq!(
        decide(&mai, &number, "decline", &first[1].id, "").status,
        303
    );
    let stale = [
        ("edition", "1"),
        ("do", &*format!("suggestion-accept-{}", first[2].id)),
    ];
    assert_eq!(mai.post(&format!("/desk/{number}"), &stale).status, 409);
    assert_eq!(
        decide(&mai, &number, "accept", &first[0].id, "").status,
        404,
        "it is decided"
    );

    let told = lan
        .get(&format!("/submissions/{number}"))
        .page()
        .text(".thread");
    assert!(told.contains(right) && !told.contains(wrong), "{told}");
    let rows = portal.command(&["audit", "list"]).unwrap();
    assert!(
        rows.lines()
            .any(|line| line.contains(&number) && line.contains("submission.tag"))
    );

    assert_eq!(mai.decide(&number, "request-changes").status, 303);
    assert_eq!(lan.fill_in(&number, title, "send-again").status, 303);
    let again = read(&mai, &number);
    let again = open(&again);
    assert!(
        again
            .iter()
            .all(|one| one.value != wrong && one.value != right),
        "{wrong} was declined: {again:?}"
    );
}

#[test]
fn another_value_takes_the_place_of_a_suggestion() {
    let portal = TestPortal::of_people_with_models();
    let lan = Person::registered(&portal, "tags-other-lan");
    let mai = Person::with_role(&portal, "tags-other-mai", "appraiser", None);
    let number = lan.draft("Phân số bằng nhau và tính chất cơ bản của phân số");
    let title = "Phân số bằng nhau và tính chất cơ bản của phân số";
    assert_eq!(lan.fill_in(&number, title, "send").status, 303);
    let page = read(&mai, &number);
    let open = open(&page);
    let keyword = open.iter().find(|one| one.property == "Từ khóa");
    let id = &keyword.expect("words are suggested").id;
    assert_eq!(
        decide(&mai, &number, "edit", id, "  ").status,
        422,
        "no value"
    );
    assert_eq!(
        decide(&mai, &number, "edit", id, "phân số tối giản").status,
        303
    );
    let desk = mai.get(&format!("/desk/{number}")).page();
    assert!(desk.text(".desk__record").contains("phân số tối giản"));
    assert!(
        desk.text(".tags__settled")
            .contains("sửa thành phân số tối giản")
    );
}

#[test]
fn only_appraisers_see_and_decide() {
    let portal = TestPortal::of_people_with_models();
    let lan = Person::registered(&portal, "tags-own-lan");
    let mai = Person::with_role(&portal, "tags-own-mai", "appraiser", None);
    let curator = Person::with_role(&portal, "tags-curator", "curator", None);
    let title = "So sánh hai phân số khác mẫu số";
    let number = lan.draft(title);
    assert_eq!(lan.fill_in(&number, title, "send").status, 303);
    let id = open(&read(&mai, &number)).remove(0).id;
    assert!(
        curator
            .get(&format!("/desk/{number}"))
            .page()
            .all(".tags")
            .is_empty()
    );
    assert_eq!(decide(&curator, &number, "accept", &id, "").status, 403);
    assert_eq!(
        decide(&lan, &number, "accept", &id, "").status,
        404,
        "no role for the desk"
    );
    let chief = Person::with_role(&portal, "tags-chief", "administrator", None);
    assert_eq!(decide(&mai, &number, "accept", &id, "").status, 303);
    let figures = chief.get("/desk/figures");
    assert_eq!(figures.status, 200);
    let page = figures.page();
    let rows = page.all(".figures__table tbody tr");
    let told = |row: &ElementRef<'_>| row.text().collect::<String>().contains('%');
    assert!(rows.iter().any(told), "a share that was right");
    assert_eq!(mai.get("/desk/figures").status, 404);
}
