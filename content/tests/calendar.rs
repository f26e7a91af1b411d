//! Calendar files.

use khue_content::calendar::{Calendar, Event, Zone};
use khue_content::plan::Date;

fn calendar(summary: &str, zone: Zone) -> String {
    let day = Date::constant(2027, 1, 4);
    let event = Event {
        uid: "a-learn-1@khue.example".to_owned(),
        summary: summary.to_owned(),
        description: "Một dòng\nhai dòng".to_owned(),
        url: "https://khue.example/resources/a".to_owned(),
        category: "Toán".to_owned(),
        begins: day.at(23, 30, 0, 0),
        minutes: 45,
    };
    Calendar {
        name: "Kế hoạch".to_owned(),
        made: day,
        zone,
        events: vec![event],
    }
    .to_ics()
}

#[test]
fn lines_have_75_bytes_at_most_and_join_to_what_was_said() {
    let summary =
        "Học: hằng đẳng thức; bình phương, lập phương \\ và ước chung lớn nhất của nhiều số"
            .repeat(3);
    let file = calendar(&summary, Zone::VietNam);
    assert!(
        file.split("\r\n")
            .all(|line| line.len() <= 75 && !line.contains(['\r', '\n']))
    );
    let joined = file.replace("\r\n ", "");
    let written = summary
        .replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,");
    assert!(
        joined.contains(&format!("SUMMARY:{written}\r\n")),
        "{joined}"
    );
    assert!(joined.contains("DESCRIPTION:Một dòng\\nhai dòng\r\n"));
}

#[test]
fn times_have_their_zone_and_go_past_midnight() {
    let file = calendar("Học", Zone::VietNam);
    assert!(
        file.contains("DTSTART;TZID=Asia/Ho_Chi_Minh:20270104T233000\r\n"),
        "{file}"
    );
    assert!(
        file.contains("DTEND;TZID=Asia/Ho_Chi_Minh:20270105T001500\r\n"),
        "{file}"
    );
    assert!(file.contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\n"));
    let file = calendar("Học", Zone::Floating);
    assert!(
        file.contains("DTSTART:20270104T233000\r\n") && !file.contains("VTIMEZONE"),
        "{file}"
    );
}

#[test]
fn nothing_in_a_name_begins_a_line() {
    let file = calendar("a\r\nEND:VCALENDAR\r\nBEGIN:X\u{b}", Zone::Floating);
    let lines = file.split("\r\n");
    assert_eq!(
        lines
            .filter(|line| line.starts_with("END:VCALENDAR") || line.starts_with("BEGIN:X"))
            .count(),
        1
    );
}
