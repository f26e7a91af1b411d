//! A record as a form, and back.

use khue_content::format::form::{asked, filled_in, shown};
use khue_content::format::markdown::from_markdown;
use khue_content::{Agent, Kind, LearningResource, Link, PROPERTIES, vocabulary};

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect()
}

fn form_of(record: &LearningResource) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = asked()
        .map(|property| (property.name.to_owned(), shown(record, property).join("\n")))
        .collect();
    fields.push((
        "text".into(),
        record.body.as_ref().map_or("", |body| &body.text).into(),
    ));
    fields
}

#[test]
fn every_lesson_of_the_library_comes_back_as_it_was() {
    let mut count = 0;
    for folder in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/library"))
        .unwrap()
        .flatten()
    {
        for file in std::fs::read_dir(folder.path())
            .into_iter()
            .flatten()
            .flatten()
        {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let Ok(record) = from_markdown(&file.path().to_string_lossy(), &text).record else {
                continue;
            };
            let again = filled_in(&record, &form_of(&record));
            assert_eq!(again.name, record.name);
            for property in asked() {
                assert_eq!(
                    shown(&again, property),
                    shown(&record, property),
                    "{} of {}",
                    property.name,
                    record.name
                );
            }
            assert_eq!(
                again.body.unwrap().text.trim(),
                record.body.unwrap().text.trim()
            );
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

#[test]
fn what_the_form_does_not_send_stays_and_what_it_empties_goes() {
    let former = LearningResource {
        name: "Phân số".into(),
        keywords: vec!["toán".into()],
        description: "cũ".into(),
        has_part: vec![Link {
            id: "a".into(),
            ..Link::default()
        }],
        ..LearningResource::default()
    };
    let record = filled_in(
        &former,
        &fields(&[
            ("description", "  "),
            ("teaches", "Rút gọn phân số\n\nSo sánh\r\nSo sánh"),
        ]),
    );
    assert_eq!(
        (
            record.name.as_str(),
            record.keywords.len(),
            record.has_part.len()
        ),
        ("Phân số", 1, 1)
    );
    assert_eq!(
        record.description, "",
        "nothing is made up for an empty field"
    );
    assert_eq!(record.teaches, ["Rút gọn phân số", "So sánh"]);
}

#[test]
fn concepts_come_from_their_vocabulary_only() {
    let maths = vocabulary::find("about", "toan").unwrap().id.clone();
    let grade = vocabulary::find("educationalLevel", "grade-4")
        .unwrap()
        .id
        .clone();
    let record = filled_in(
        &LearningResource::default(),
        &fields(&[
            ("about", &maths),
            ("about", &grade),
            ("about", "javascript:alert(1)"),
            ("about", &maths),
            ("license", &grade),
        ]),
    );
    assert_eq!((record.about, record.license), (vec![maths], None));
}

#[test]
fn people_works_and_flags_are_read_as_people_write_them() {
    let typed = fields(&[
        ("creator", "Nguyễn Lan\nTrường A [org]"),
        ("isBasedOn", "Sách cũ <https://example.org/a>"),
        ("isAccessibleForFree", "true"),
        ("timeRequired", "PT45M"),
        ("inLanguage", "vi"),
        ("text", "# Bài\n\n$x^2$"),
    ]);
    let record = filled_in(&LearningResource::default(), &typed);
    assert_eq!(
        record.creator,
        [Agent::person("Nguyễn Lan"), Agent::organization("Trường A")]
    );
    assert_eq!(
        (
            record.is_based_on[0].name.as_str(),
            record.is_based_on[0].id.as_str()
        ),
        ("Sách cũ", "https://example.org/a")
    );
    assert_eq!(
        (
            record.is_accessible_for_free,
            record.time_required.as_deref()
        ),
        (Some(true), Some("PT45M"))
    );
    assert_eq!(
        (record.in_language, record.body.unwrap().text),
        (vec!["vi".to_owned()], "# Bài\n\n$x^2$".to_owned())
    );
}

#[test]
fn hostile_fields_break_nothing() {
    let long = "x".repeat(3_000_000);
    let lines = "a\n".repeat(100_000);
    for property in PROPERTIES {
        for odd in [
            "\0\u{1b}\u{202e}<script>",
            "[[[[{{{",
            "<<<>>>",
            "true\nfalse",
            &long,
            &lines,
        ] {
            let record = filled_in(
                &LearningResource::default(),
                &fields(&[(property.name, odd), ("text", odd)]),
            );
            let json = serde_json::to_string(&record).unwrap();
            assert!(json.len() < 2_000_000, "{}: {}", property.name, json.len());
            assert!(!json.contains("\\u0000"), "{}", property.name);
            assert!(!matches!(property.kind, Kind::Concept(_)) || !json.contains("script>\"]"));
        }
    }
}
