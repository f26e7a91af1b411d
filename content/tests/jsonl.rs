//! JSON Lines: our export, catalogues, and whatever else a line may hold.

use khue_content::format::jsonl::{read, to_line};
use khue_content::format::{Format, Incoming, MAX_LINE};
use khue_content::{BodyFormat, LearningResource, check};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

#[path = "fixtures/shared_data.rs"]
mod shared_data;
use shared_data::shared_data;

fn one(line: &Value) -> (LearningResource, Vec<String>) {
    let text = line.to_string();
    let incoming = read(text.as_bytes(), "t.jsonl").next().expect("a record");
    let codes = incoming
        .findings
        .into_iter()
        .map(|finding| finding.code)
        .collect();
    (incoming.record.expect("a record"), codes)
}

fn file(name: &str) -> Option<Vec<Incoming>> {
    let path = shared_data(name)?;
    let source = BufReader::new(File::open(&path).expect("a file"));
    Some(read(source, name).collect())
}

/// The records of a file, none of them refused.
fn records(name: &str) -> Option<Vec<(LearningResource, Vec<check::Finding>)>> {
    let all = file(name)?.into_iter();
    let taken = |incoming: Incoming| (incoming.record.expect("a record"), incoming.findings);
    Some(all.map(taken).collect())
}

#[test]
fn no_real_record_is_refused_and_every_one_has_a_text_or_an_address() {
    let files = [
        ("openstax/documents.jsonl", 360),
        ("d2l_vn/documents.jsonl", 163),
        ("free_programming_books/records.jsonl", 10_747),
        ("libreoffice_help/vi.jsonl", 2_560),
        ("libreoffice_help/fr.jsonl", 2_560),
        ("gnome_help/pages.jsonl", 879),
        ("gcompris/activities.jsonl", 368),
        ("debian_handbook/sections.jsonl", 381),
        ("exams_qa/questions.jsonl", 1_221),
        ("piaf_retrieval/corpus.jsonl", 1_518),
        ("sib200/topics.jsonl", 2_400),
    ];
    for (name, count) in files {
        let Some(all) = records(name) else { continue };
        assert_eq!(all.len(), count, "{name}");
        for (record, _) in &all {
            assert!(
                !record.provenance.identifier.is_empty(),
                "{name}: {record:?}"
            );
            assert!(
                record.body.is_some() || record.url.is_some(),
                "{name}: {record:?}"
            );
            assert_eq!(record.in_language.len(), 1, "{name}: {record:?}");
            let again: LearningResource =
                serde_json::from_str(&to_line(record)).expect("our own line");
            assert_eq!(&again, record, "{name}");
        }
    }
}

#[test]
fn openstax_has_licence_level_subject_and_place_in_its_book() {
    let Some(all) = records("openstax/documents.jsonl") else {
        return;
    };
    let mut licenses: HashMap<&str, usize> = HashMap::new();
    for (record, _) in &all {
        *licenses
            .entry(record.license.as_deref().unwrap_or_default())
            .or_default() += 1;
        assert_eq!(
            record.educational_level,
            ["https://w3id.org/khue/educationalLevel/higher"]
        );
        assert!(!record.is_part_of[0].name.is_empty() && record.is_part_of[0].position >= Some(1));
        assert!(!record.other.contains_key("licence") && record.other.contains_key("n_exercises"));
    }
    assert_eq!(
        licenses["https://w3id.org/khue/license/CC-BY-NC-SA-4.0"],
        245
    );
    assert_eq!(licenses["https://w3id.org/khue/license/CC-BY-4.0"], 115);
}

#[test]
fn vietnamese_sections_keep_their_english_title_and_text() {
    let Some(all) = records("d2l_vn/documents.jsonl") else {
        return;
    };
    let titled = all
        .iter()
        .filter(|(record, _)| !record.alternate_name.is_empty());
    assert!(titled.count() >= 160);
    for (record, findings) in &all {
        assert!(record.alternate_name.len() <= 1);
        assert!(record.other.contains_key("text_en"));
        assert_eq!(
            record.body.as_ref().map(|body| body.format),
            Some(BodyFormat::Markdown)
        );
        assert_eq!(
            record.license.as_deref(),
            Some("https://w3id.org/khue/license/CC-BY-SA-4.0")
        );
        assert!(
            findings.iter().all(|finding| finding.property == "about"),
            "{findings:?}"
        );
    }
}

#[test]
fn a_licence_of_the_list_is_not_the_licence_of_the_works() {
    let Some(all) = records("free_programming_books/records.jsonl") else {
        return;
    };
    for (record, findings) in &all {
        assert_eq!(
            record.license.as_deref(),
            Some("https://w3id.org/khue/license/unknown")
        );
        assert_eq!(
            record.provenance.license_as_stated,
            "list: CC BY 4.0 (linked works have their own)"
        );
        assert!(
            findings
                .iter()
                .any(|finding| finding.code == "license-of-the-list")
        );
    }
    let codes: Vec<_> = all
        .iter()
        .flat_map(|(record, _)| &record.in_language)
        .collect();
    assert!(codes.iter().any(|code| *code == "pt-BR"));
}

#[test]
fn repeated_addresses_are_found_and_name_the_first_place() {
    let Some(all) = records("free_programming_books/records.jsonl") else {
        return;
    };
    let mut seen = check::DuplicateUrls::new();
    let urls = all
        .iter()
        .zip(1..)
        .filter_map(|((record, _), line)| Some((record.url.as_deref()?, line)));
    let found = urls.filter_map(|(url, line)| seen.see(url, line)).count();
    // 209 records repeat an address letter by letter; some more differ in scheme or slash only.
    assert!((209..400).contains(&found), "{found}");
}

#[test]
fn exam_questions_have_grade_and_games_their_kind() {
    if let Some(all) = records("exams_qa/questions.jsonl") {
        let grade = ["https://w3id.org/khue/educationalLevel/grade-12"];
        assert!(
            all.iter()
                .all(|(record, _)| record.educational_level == grade)
        );
    }
    if let Some(all) = records("gcompris/activities.jsonl") {
        let game = ["https://w3id.org/khue/learningResourceType/game"];
        let gpl = "https://w3id.org/khue/license/GPL-3.0-or-later";
        assert!(
            all.iter()
                .all(|(record, _)| record.learning_resource_type == game)
        );
        assert!(
            all.iter()
                .all(|(record, _)| record.license.as_deref() == Some(gpl))
        );
        assert!(
            all.iter()
                .filter(|(record, _)| !record.teaches.is_empty())
                .count()
                >= 300
        );
    }
}

#[test]
fn statements_about_rights() {
    let license = |stated: &str| {
        let (record, codes) = one(&json!({"title": "x", "licence": stated}));
        let license = record.license.unwrap_or_default();
        (
            license.rsplit('/').next().unwrap_or_default().to_owned(),
            codes.join(" "),
        )
    };
    let plain = [
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("CC BY-SA 3.0", "CC-BY-SA-3.0"),
        ("cc-by-nc-nd 4.0 international", "CC-BY-NC-ND-4.0"),
        (
            "Creative Commons Attribution-NonCommercial 4.0",
            "CC-BY-NC-4.0",
        ),
        ("http://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        (
            "https://creativecommons.org/licenses/by-sa/3.0/deed.vi",
            "CC-BY-SA-3.0",
        ),
        (
            "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
            "CC0-1.0",
        ),
        ("MPL-2.0", "MPL-2.0"),
        ("Mozilla Public License, version 2.0", "MPL-2.0"),
        ("GPL-3.0-or-later (as packaged)", "GPL-3.0-or-later"),
        ("GPLv2+", "GPL-2.0-or-later"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("© 2024. All rights reserved.", "all-rights-reserved"),
    ];
    for (stated, expected) in plain {
        assert_eq!(
            license(stated),
            (expected.to_owned(), String::new()),
            "{stated}"
        );
    }
    let doubtful = [
        ("GPL-2.0+ or CC BY-SA 3.0", "CC-BY-SA-3.0", "license-choice"),
        (
            "MIT / Licence Ouverte; passages CC BY-SA",
            "unknown",
            "license-several",
        ),
        ("CC BY", "unknown", "license-without-version"),
        ("CC BY 2.5", "unknown", "license-not-recognised"),
        ("ask me first", "unknown", "license-not-recognised"),
        (
            "list: CC BY 4.0 (linked works have their own)",
            "unknown",
            "license-of-the-list",
        ),
    ];
    for (stated, expected, code) in doubtful {
        assert_eq!(
            license(stated),
            (expected.to_owned(), code.to_owned()),
            "{stated}"
        );
    }
}

#[test]
fn grades_in_many_forms() {
    let grades = |value: Value| {
        let (record, _) = one(&json!({"title": "x", "grade": value}));
        let short = |uri: &String| uri.rsplit('/').next().unwrap_or_default().to_owned();
        record
            .educational_level
            .iter()
            .map(short)
            .collect::<Vec<_>>()
    };
    assert_eq!(grades(json!("12")), ["grade-12"]);
    assert_eq!(grades(json!(7)), ["grade-7"]);
    assert_eq!(grades(json!("lớp 8")), ["grade-8"]);
    assert_eq!(grades(json!("Grade 8")), ["grade-8"]);
    assert_eq!(
        grades(json!("6-9")),
        ["grade-6", "grade-7", "grade-8", "grade-9"]
    );
    assert_eq!(grades(json!(["1", "lớp 2"])), ["grade-1", "grade-2"]);
    assert_eq!(grades(json!("higher-education")), ["higher"]);
    assert_eq!(grades(json!("Trung học phổ thông")), ["upper-secondary"]);
    assert_eq!(grades(json!("13")), Vec::<String>::new());
}

#[test]
fn nothing_is_lost() {
    let (record, _) = one(&json!({
        "title": "Lực", "name": "Lực (2)", "difficulty": 2, "subject": "Chim ưng / Săn bắn", "level": "bậc 9",
        "parallel_id": "x1", "nested": {"a": [1, null]},
    }));
    let other = serde_json::to_string(&record.other).expect("JSON");
    assert_eq!(record.name, "Lực (2)");
    for kept in [
        "\"title\":\"Lực\"",
        "\"difficulty\":2",
        "bậc 9",
        "x1",
        "[1,null]",
    ] {
        assert!(other.contains(kept), "{kept} in {other}");
    }
    assert_eq!(record.keywords, ["Chim ưng", "Săn bắn"]);
}

#[test]
fn only_what_is_no_record_is_refused_and_its_place_is_named() {
    let mut text = b"\xef\xbb\xbf{\"title\": \"a\"}\n\n  \n[1]\n\"x\"\n{\"title\": \"caf\xe9\"}\n{\"title\"\n{}".to_vec();
    text.extend_from_slice(b"\n{\"title\": \"z\"}");
    let all: Vec<_> = read(text.as_slice(), "t.jsonl").collect();
    let lines: Vec<_> = all
        .iter()
        .map(|incoming| (incoming.place.line, incoming.record.is_ok()))
        .collect();
    assert_eq!(
        lines,
        [
            (1, true),
            (4, false),
            (5, false),
            (6, true),
            (7, false),
            (8, true),
            (9, true)
        ]
    );
    assert_eq!(all[3].findings[0].code, "replaced-bytes");
    assert_eq!(
        all[3].record.as_ref().map(|record| record.name.as_str()),
        Ok("caf\u{fffd}")
    );
}

#[test]
fn a_line_without_end_is_refused_and_the_next_one_is_read() {
    let mut text = vec![b'x'; MAX_LINE + 10];
    text.extend_from_slice(b"\n{\"title\": \"sau\"}\n");
    let all: Vec<_> = read(text.as_slice(), "t.jsonl").collect();
    let refusal = all[0].record.as_ref().expect_err("too long").to_string();
    assert!(
        refusal.starts_with("t.jsonl, line 1: the line is longer than"),
        "{refusal}"
    );
    assert!(all[1].record.is_ok() && all[1].place.line == 2);
}

#[test]
fn formats_are_guessed_by_name_and_content() {
    let guess = |name: &str, first: &str| Format::guess(Path::new(name), first.as_bytes());
    assert_eq!(guess("a.jsonl.gz", ""), Some(Format::JsonLines));
    assert_eq!(
        guess("a.json", "{\"a\": 1}\n{\"a\": 2}\n"),
        Some(Format::JsonLines)
    );
    assert_eq!(
        guess("a.json", "{\n  \"@context\": []\n}"),
        Some(Format::JsonLd)
    );
    assert_eq!(guess("a.json", "[{}]"), Some(Format::JsonLd));
    assert_eq!(guess("bai-1.md", "---\n"), Some(Format::Markdown));
    assert_eq!(guess("so.tsv", "a\tb"), Some(Format::Csv));
    assert_eq!(guess("index.cnxml", "<document"), Some(Format::Cnxml));
    assert_eq!(guess("a.bin", "\0\0"), None);
    assert!(
        Format::names().all(|name| Format::parse(name).is_some_and(|format| format.name() == name))
    );
}

#[test]
fn each_format_of_one_stream_can_be_read_by_its_name() {
    let texts = [
        ("json-ld", "{\"@type\": \"Course\", \"name\": \"Lực\"}"),
        ("jsonl", "{\"title\": \"Lực\"}"),
        ("csv", "Tên\nLực"),
        ("md", "---\nname: Lực\n---\nNội dung"),
    ];
    for (name, text) in texts {
        let format = Format::parse(name).expect("a format");
        let mut all = format.read(text.as_bytes(), "t").expect("a reader");
        let record = all.next().expect("a record").record.expect("a record");
        assert_eq!(record.name, "Lực", "{name}");
    }
    assert!(Format::Cnxml.read(&b""[..], "t").is_none());
}
