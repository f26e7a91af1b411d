//! The rules: one valid and one invalid record each, and what they say of real records.

use khue_content::check::{CODES, Severity, check, check_derivation};
use khue_content::format::jsonl::read;
use khue_content::{LearningResource, PROPERTIES, language};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

#[path = "fixtures/shared_data.rs"]
mod shared_data;
use shared_data::shared_data;

/// Rules that readers and comparisons apply; the others look at one record.
const NOT_OF_A_RECORD: &[&str] = &[
    "replaced-bytes",
    "damaged-export",
    "unmapped-concept",
    "unmapped-subject",
    "unmapped-value",
    "license-of-the-list",
    "license-not-recognised",
    "license-without-version",
    "license-several",
    "license-choice",
    "bad-row",
    "cell-error",
    "sheets-not-read",
    "unknown-column",
    "duplicate-url",
    "broken-markup",
    "unknown-element",
    "empty-collection",
    "licenses-differ",
    "unknown-field",
    "file-not-read",
    "file-partly-read",
    "file-without-text",
    "file-misnamed",
    "file-converted",
    "file-macros",
    "license-hint",
    "amb-missing",
    "amb-wrong-shape",
    "amb-wrong-value",
];

fn fixture(kind: &str, code: &str) -> LearningResource {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let path = folder.join(kind).join(format!("{code}.json"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn each_rule_finds_its_invalid_record_and_passes_its_valid_one() {
    for rule in CODES
        .iter()
        .filter(|rule| !NOT_OF_A_RECORD.contains(&rule.code))
    {
        let found = check(&fixture("invalid", rule.code));
        assert!(
            found.iter().any(|finding| finding.code == rule.code),
            "{}: {found:?}",
            rule.code
        );
        let found = check(&fixture("valid", rule.code));
        assert!(
            found.iter().all(|finding| finding.code != rule.code),
            "{}: {found:?}",
            rule.code
        );
    }
}

#[test]
fn codes_are_different_and_in_kebab_case_and_say_what_to_do() {
    let mut codes: Vec<_> = CODES.iter().map(|rule| rule.code).collect();
    assert!(
        codes
            .iter()
            .all(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
    );
    assert!(
        CODES
            .iter()
            .all(|rule| rule.message.contains(';') && !rule.message.ends_with('.'))
    );
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), CODES.len());
}

#[test]
fn every_required_property_is_missed() {
    let found = check(&LearningResource::default());
    for property in PROPERTIES.iter().filter(|property| property.required) {
        let missed = |finding: &&khue_content::check::Finding| finding.property == property.name;
        assert!(
            found
                .iter()
                .any(|finding| missed(&finding) && finding.severity == Severity::Error),
            "{}",
            property.name
        );
    }
}

#[test]
fn works_in_the_portal_are_compared_too() {
    let licensed = |notation: &str| LearningResource {
        name: notation.to_owned(),
        license: Some(format!("https://w3id.org/khue/license/{notation}")),
        ..LearningResource::default()
    };
    let code = |made: &str, base: &str| {
        let found = check_derivation(&licensed(made), &licensed(base));
        found
            .first()
            .map(|finding| finding.code.clone())
            .unwrap_or_default()
    };
    assert_eq!(
        code("CC-BY-4.0", "CC-BY-ND-4.0"),
        "license-forbids-adaptation"
    );
    assert_eq!(
        code("CC-BY-4.0", "all-rights-reserved"),
        "license-forbids-adaptation"
    );
    assert_eq!(
        code("CC-BY-4.0", "CC-BY-SA-4.0"),
        "license-not-shared-alike"
    );
    assert_eq!(
        code("CC-BY-SA-4.0", "CC-BY-NC-SA-4.0"),
        "license-not-shared-alike"
    );
    assert_eq!(
        code("CC-BY-SA-3.0", "CC-BY-SA-4.0"),
        "license-not-shared-alike"
    );
    assert_eq!(
        code("CC-BY-4.0", "CC-BY-NC-4.0"),
        "license-drops-non-commercial"
    );
    assert_eq!(code("CC-BY-SA-4.0", "CC-BY-SA-3.0"), "");
    assert_eq!(code("CC-BY-NC-SA-4.0", "CC-BY-NC-4.0"), "");
    assert_eq!(code("GPL-3.0-or-later", "CC-BY-SA-4.0"), "");
    assert_eq!(code("CC-BY-SA-4.0", "CC0-1.0"), "");
}

#[test]
fn sentences_in_three_languages_are_told_apart() {
    let Some(path) = shared_data("sib200/topics.jsonl") else {
        return;
    };
    let (mut right, mut wrong, mut all) = (0, 0, 0);
    for line in BufReader::new(File::open(path).expect("a file")).lines() {
        let line: serde_json::Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let seen = language::detect(line["text"].as_str().expect("a text"));
        all += 1;
        right += usize::from(seen == line["lang"].as_str());
        wrong += usize::from(seen.is_some() && seen != line["lang"].as_str());
        if seen != line["lang"].as_str() {
            println!("{seen:?} ≠ {}: {}", line["lang"], line["text"]);
        }
    }
    println!("{right} right, {wrong} wrong of {all}");
    assert!(right * 100 >= all * 97, "{right} of {all}");
    assert!(wrong * 1000 <= all * 5, "{wrong} of {all}");
}

/// Share of the records of a file whose language is said to contradict their text.
fn contradictions(name: &str, of: impl Fn(&LearningResource) -> bool) -> Option<(usize, usize)> {
    let path = shared_data(name)?;
    let records = read(BufReader::new(File::open(path).expect("a file")), name);
    let records = records
        .filter_map(|incoming| incoming.record.ok())
        .filter(of);
    let judged = records.map(|record| {
        check(&record)
            .iter()
            .any(|finding| finding.code == "language-contradicts-text")
    });
    let (yes, no): (Vec<bool>, Vec<bool>) = judged.partition(|yes| *yes);
    Some((yes.len(), yes.len() + no.len()))
}

#[test]
fn texts_in_their_stated_language_are_not_doubted() {
    let files = [
        ("d2l_vn/documents.jsonl", 0),
        ("piaf_retrieval/corpus.jsonl", 3),
        ("openstax/documents.jsonl", 0),
        ("exams_qa/questions.jsonl", 3),
        ("gcompris/activities.jsonl", 0),
    ];
    for (name, most) in files {
        let Some((found, all)) = contradictions(name, |_| true) else {
            continue;
        };
        assert!(found <= most, "{name}: {found} of {all}");
    }
}

#[test]
fn pages_that_nobody_has_translated_are_found() {
    let ratio = |record: &LearningResource| {
        record
            .other
            .get("viet_word_ratio")
            .and_then(serde_json::Value::as_f64)
    };
    let untranslated = |record: &LearningResource| ratio(record).is_some_and(|ratio| ratio < 0.02);
    if let Some((found, all)) = contradictions("gnome_help/pages.jsonl", untranslated) {
        assert!(found * 10 >= all * 8, "{found} of {all}");
    }
    let translated = |record: &LearningResource| ratio(record).is_some_and(|ratio| ratio > 0.6);
    if let Some((found, all)) = contradictions("libreoffice_help/vi.jsonl", translated) {
        assert!(found == 0, "{found} of {all}");
    }
}

/// What is found in real records is printed, and formulas are hardly ever doubted
/// where a person has looked after them.
#[test]
fn real_records_give_plausible_findings() {
    for name in [
        "d2l_vn/documents.jsonl",
        "openstax/documents.jsonl",
        "piaf_retrieval/corpus.jsonl",
    ] {
        let Some(path) = shared_data(name) else {
            continue;
        };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for incoming in read(BufReader::new(File::open(path).expect("a file")), name) {
            for finding in check(&incoming.record.expect("a record")) {
                if finding.code.contains("math") {
                    println!("{}: {}", incoming.place, finding.message);
                }
                *counts.entry(finding.code).or_default() += 1;
            }
        }
        println!("{name}: {counts:?}");
        assert!(
            counts.get("unbalanced-math").copied().unwrap_or_default() <= 5,
            "{name}"
        );
        for never in ["unknown-concept", "bad-date", "bad-url", "bad-language"] {
            assert!(!counts.contains_key(never), "{name}: {never}");
        }
    }
}
