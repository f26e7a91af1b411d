//! Plans of study: the pages, and the calendar file as another program reads it.

use axum::http::StatusCode;
use ical::IcalParser;
use ical::parser::ical::component::{IcalCalendar, IcalEvent};
use std::collections::BTreeSet;

use crate::visit::get;

const ASKED: &str = "about=toan&educationalLevel=grade-4&inLanguage=any&from=2026-09-07&examDay=2026-12-20&minutes=30&day=1&day=4&at=18%3A30";

async fn calendar(query: &str) -> IcalCalendar {
    let file = get(&format!("/plan/calendar?{query}")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert_eq!(file.headers["content-type"], "text/calendar; charset=utf-8");
    let mut read: Vec<_> = IcalParser::new(file.text.as_bytes()).collect();
    assert_eq!(read.len(), 1);
    read.remove(0).expect("a calendar")
}

fn value<'a>(event: &'a IcalEvent, name: &str) -> &'a str {
    let property = event
        .properties
        .iter()
        .find(|property| property.name == name);
    property
        .and_then(|property| property.value.as_deref())
        .unwrap_or_default()
}

#[tokio::test]
async fn the_form_is_whole_and_says_nothing_is_wrong_before_anything_is_sent() {
    let page = get("/plan?exam=tot-nghiep-thpt").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("notice--danger"));
    assert!(
        page.text.contains("name=\"examDay\"") && page.text.contains("min=\"2026-09-06\""),
        "{}",
        page.text
    );
    assert_eq!(page.text.matches("name=\"about\"").count(), 11);
    assert_eq!(page.text.matches("name=\"day\"").count(), 7);
    assert!(page.text.contains("Quyết định 4068/QĐ-BGDĐT"));
}

#[tokio::test]
async fn a_plan_is_a_list_by_week_with_links() {
    let page = get(&format!("/plan?{ASKED}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(
        page.text.contains("class=\"plan__week\"")
            && page.text.contains("Tuần 1: 7/9/2026 – 13/9/2026"),
        "{}",
        page.text
    );
    assert!(page.text.contains("href=\"/resources/phan-so-la-gi"));
    // The book is a whole of others, and the plan has its parts.
    assert!(!page.text.contains("href=\"/resources/sach-phan-so"));
    assert!(
        page.text.contains("thư viện mới có"),
        "the library has too little, and the page says so"
    );
    assert!(page.text.contains("noindex"));
    let english = get(&format!("/en/plan?{ASKED}")).await.text;
    assert!(english.contains("Week 1:") && english.contains("far less than the syllabus"));
}

#[tokio::test]
async fn what_is_missing_is_said_in_the_readers_language() {
    for (prefix, words) in [
        ("", "Chưa chọn môn nào"),
        ("/en", "No subject is chosen"),
        ("/fr", "Aucune matière"),
    ] {
        let page = get(&format!(
            "{prefix}/plan?exam=vao-10&examDay=2027-06-05&day=1"
        ))
        .await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text.contains(words), "{prefix}");
        let file = get(&format!("{prefix}/plan/calendar?exam=vao-10")).await;
        assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let none = get("/plan?about=ngu-van&educationalLevel=grade-9&examDay=2027-06-05&day=1").await;
    assert_eq!(none.status, StatusCode::OK);
    assert!(none.text.contains("thư viện chưa có bài nào"));
    assert!(!none.text.contains("plan__week"));
}

#[tokio::test]
async fn hostile_addresses_break_nothing() {
    for query in [
        "examDay=9999-99-99&day=1&about=toan&educationalLevel=grade-4",
        "examDay=9999-12-31&from=9999-12-31&day=1&about=toan&educationalLevel=grade-4",
        "examDay=%FF%FE&about=%00&minutes=99999999999999&day=0&day=8&day=-1&at=99:99",
        "examDay=<script>alert(1)</script>&about=toan&educationalLevel=grade-4",
        "exam=none&examDay=",
    ] {
        let page = get(&format!("/plan?{query}").replace(['<', '>'], "%3C")).await;
        assert!(page.status.as_u16() < 500, "{query}: {}", page.status);
    }
}

#[tokio::test]
async fn another_program_reads_the_calendar() {
    let calendar = calendar(ASKED).await;
    assert!(calendar.events.len() >= 4, "{}", calendar.events.len());
    assert_eq!(calendar.timezones.len(), 1);
    let uids: BTreeSet<&str> = calendar
        .events
        .iter()
        .map(|event| value(event, "UID"))
        .collect();
    assert_eq!(uids.len(), calendar.events.len(), "every event has its own");
    let mut before = String::new();
    for event in &calendar.events {
        let (starts, ends) = (value(event, "DTSTART"), value(event, "DTEND"));
        assert!(
            starts >= before.as_str() && ends > starts,
            "{starts} {ends}"
        );
        assert!(ends < "20261220T000000", "{ends}: before the examination");
        assert!(
            value(event, "URL").starts_with("https://khue.example/resources/"),
            "{event:?}"
        );
        assert!(!value(event, "SUMMARY").is_empty() && value(event, "DTSTAMP").ends_with('Z'));
        before = ends.to_owned();
    }
    assert!(value(&calendar.events[0], "DTSTART").ends_with("T183000"));
}

#[tokio::test]
async fn events_are_the_same_ones_when_the_plan_changes() {
    let uids = |calendar: IcalCalendar| -> BTreeSet<String> {
        calendar
            .events
            .iter()
            .map(|event| value(event, "UID").to_owned())
            .collect()
    };
    let first = uids(calendar(ASKED).await);
    let later = uids(calendar(&ASKED.replace("at=18%3A30", "at=20%3A00")).await);
    assert_eq!(first, later);
    let other = uids(calendar(&ASKED.replace("2026-12-20", "2026-12-21")).await);
    assert!(
        first.is_disjoint(&other),
        "another examination is another plan"
    );
}
