//! The vocabularies as files and as the program reads them.

use khue_content::vocabulary::{self, Concept, ConceptScheme};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

const BASE: &str = "https://w3id.org/khue/";
const LANGUAGES: [&str; 3] = ["vi", "en", "fr"];

fn schemes() -> Vec<&'static ConceptScheme> {
    vocabulary::names()
        .map(|name| vocabulary::scheme(name).expect(name))
        .collect()
}

fn concepts() -> impl Iterator<Item = (&'static ConceptScheme, &'static Concept)> {
    schemes()
        .into_iter()
        .flat_map(|scheme| scheme.concepts.iter().map(move |one| (scheme, one)))
}

fn uri(scheme: &str, notation: &str) -> String {
    format!("{BASE}{scheme}/{notation}")
}

fn find(scheme: &str, notation: &str) -> &'static Concept {
    vocabulary::concept(&uri(scheme, notation)).unwrap_or_else(|| panic!("{scheme}/{notation}"))
}

fn names_of(concept: &Concept, language: &str) -> BTreeSet<String> {
    let label = concept.pref_label.get(language).into_iter();
    let others = concept.alt_label.get(language).into_iter().flatten();
    label
        .chain(others)
        .map(|name| name.to_lowercase())
        .collect()
}

#[test]
fn every_file_parses_and_names_itself() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vocabularies");
    for name in vocabulary::names() {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect(name);
        let scheme: ConceptScheme =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(scheme.name, name);
        assert_eq!(scheme.id, format!("{BASE}{name}"));
        assert!(!scheme.concepts.is_empty(), "{name} has no concepts");
        assert!(!scheme.source.is_empty(), "{name} has no source");
        for language in LANGUAGES {
            assert!(scheme.pref_label.contains_key(language), "{name}");
        }
    }
}

#[test]
fn ids_are_unique_and_made_of_the_notation() {
    let mut seen = HashSet::new();
    for (scheme, concept) in concepts() {
        assert_eq!(concept.id, uri(&scheme.name, &concept.notation));
        assert!(seen.insert(&concept.id), "{} appears twice", concept.id);
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        assert!(concept.notation.chars().all(plain), "{}", concept.id);
    }
}

#[test]
fn every_concept_has_its_labels() {
    for (_, concept) in concepts() {
        for language in LANGUAGES {
            let label = concept.pref_label.get(language).map(|text| text.trim());
            assert!(
                label.is_some_and(|text| !text.is_empty()),
                "{} lacks {language}",
                concept.id
            );
        }
        let texts = concept.alt_label.values().flatten();
        assert!(
            texts
                .clone()
                .all(|text| text.trim() == text && !text.is_empty())
        );
    }
}

#[test]
fn broader_stays_in_the_scheme_and_ends() {
    for (scheme, concept) in concepts() {
        for wider in &concept.broader {
            let found = scheme.concepts.iter().any(|one| one.id == *wider);
            assert!(found, "{} points to {wider}", concept.id);
        }
        let mut open: Vec<&str> = concept.broader.iter().map(String::as_str).collect();
        let mut seen = HashSet::new();
        while let Some(next) = open.pop() {
            assert_ne!(next, concept.id, "{} is wider than itself", concept.id);
            if seen.insert(next) {
                let wider = vocabulary::concept(next).expect(next);
                open.extend(wider.broader.iter().map(String::as_str));
            }
        }
    }
}

#[test]
fn names_lead_to_one_concept() {
    for scheme in schemes() {
        for language in LANGUAGES {
            let mut holders: HashMap<String, &str> = HashMap::new();
            for concept in &scheme.concepts {
                for name in names_of(concept, language) {
                    if let Some(other) = holders.insert(name.clone(), &concept.id) {
                        panic!("{language} {name:?}: {other} and {}", concept.id);
                    }
                }
            }
        }
    }
}

#[test]
fn other_uris_lead_to_one_concept() {
    let mut holders: HashMap<&str, &str> = HashMap::new();
    for (_, concept) in concepts() {
        for other in &concept.exact_match {
            assert!(other.starts_with("http"), "{}: {other}", concept.id);
            if let Some(first) = holders.insert(other, &concept.id) {
                panic!("{other}: {first} and {}", concept.id);
            }
            assert!(!concept.close_match.contains(other), "{other}");
            assert_eq!(vocabulary::concept(other).map(|c| &c.id), Some(&concept.id));
        }
    }
}

#[test]
fn subjects_are_described_in_vietnamese_and_english() {
    for concept in &vocabulary::scheme("about").expect("about").concepts {
        for language in ["vi", "en"] {
            let text = concept.definition.get(language).map_or("", String::as_str);
            let words = text.split_whitespace().count();
            assert!(
                (25..=60).contains(&words),
                "{} {language}: {words} words",
                concept.id
            );
        }
    }
}

#[test]
fn school_subjects_agree_on_grades_and_stages() {
    let stage = |grade: u64| match grade {
        1..=5 => "primary",
        6..=9 => "lower-secondary",
        _ => "upper-secondary",
    };
    for concept in &vocabulary::scheme("about").expect("about").concepts {
        let numbers = concept.facts.get("grades").and_then(|v| v.as_array());
        let Some(grades) = numbers else { continue };
        let expected: BTreeSet<&str> = grades
            .iter()
            .filter_map(|g| g.as_u64())
            .map(stage)
            .collect();
        let stages = concept.facts["stages"].as_array().expect("stages");
        let given: BTreeSet<&str> = stages.iter().filter_map(|s| s.as_str()).collect();
        assert_eq!(given, expected, "{}", concept.id);
    }
    let grades = |notation| find("about", notation).facts["grades"].clone();
    assert_eq!(grades("tu-nhien-xa-hoi"), serde_json::json!([1, 2, 3]));
    assert_eq!(grades("khoa-hoc"), serde_json::json!([4, 5]));
    assert_eq!(grades("vat-li"), serde_json::json!([10, 11, 12]));
    assert_eq!(
        grades("lich-su-dia-li"),
        serde_json::json!([4, 5, 6, 7, 8, 9])
    );
}

#[test]
fn every_stage_named_in_facts_exists() {
    for (_, concept) in concepts() {
        for fact in ["stages", "educationalLevel"] {
            let list = concept.facts.get(fact).and_then(|v| v.as_array());
            for level in list.into_iter().flatten().filter_map(|v| v.as_str()) {
                find("educationalLevel", level);
            }
        }
        if let Some(subject) = concept.facts.get("subject").and_then(|v| v.as_str()) {
            find("about", subject);
        }
    }
}

#[test]
fn licences_say_what_they_permit() {
    let flags = [
        "permitsSharing",
        "permitsAdaptation",
        "permitsCommercialUse",
        "requiresAttribution",
        "requiresShareAlike",
    ];
    for concept in &vocabulary::scheme("license").expect("license").concepts {
        for flag in flags {
            let value = concept.facts.get(flag);
            assert!(
                value.is_some_and(|v| v.is_boolean()),
                "{} {flag}",
                concept.id
            );
        }
        let url = concept.facts["url"].as_str().expect("url");
        assert!(url.starts_with("https://"), "{}", concept.id);
        for language in LANGUAGES {
            assert!(concept.definition.contains_key(language), "{}", concept.id);
        }
        if concept.notation.starts_with("CC-") {
            let says = |flag: &str| concept.facts[flag] == serde_json::json!(true);
            assert_eq!(says("permitsAdaptation"), !concept.notation.contains("-ND"));
            assert_eq!(
                says("permitsCommercialUse"),
                !concept.notation.contains("-NC")
            );
            assert_eq!(says("requiresShareAlike"), concept.notation.contains("-SA"));
        }
    }
}

#[test]
fn addresses_of_deeds_lead_to_the_licence() {
    for address in [
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "http://creativecommons.org/licenses/by-sa/4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.vi",
        "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
        "https://spdx.org/licenses/CC-BY-SA-4.0.html",
    ] {
        let found = vocabulary::concept(address).expect(address);
        assert_eq!(found.notation, "CC-BY-SA-4.0");
    }
}

#[test]
fn uris_of_the_german_profile_are_understood() {
    let expected: BTreeMap<&str, &str> = BTreeMap::from([
        ("http://w3id.org/kim/schulfaecher/s1009", "tieng-phap"),
        ("https://w3id.org/kim/educationalLevel/level_0", "preschool"),
        ("https://w3id.org/kim/hcrt/slide", "presentation"),
        (
            "http://w3id.org/kim/conditionsOfAccess/no_login",
            "no_login",
        ),
        (
            "http://purl.org/dcx/lrmi-vocabs/interactivityType/active",
            "active",
        ),
        (
            "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/student",
            "student",
        ),
    ]);
    for (address, notation) in expected {
        let found = vocabulary::concept(address).expect(address);
        assert_eq!(found.notation, notation);
    }
}

#[test]
fn people_find_concepts_by_the_names_they_use() {
    for (scheme, name, notation) in [
        ("about", "KHTN", "khoa-hoc-tu-nhien"),
        ("about", "GDKT&PL", "giao-duc-kinh-te-phap-luat"),
        ("about", "Sử", "lich-su"),
        ("about", "văn", "ngu-van"),
        ("about", "Lý", "vat-li"),
        ("about", "Hóa", "hoa-hoc"),
        ("about", "maths", "toan"),
        ("about", "physique", "vat-li"),
        ("educationalLevel", "Lớp 8", "grade-8"),
        ("educationalLevel", "khối 8", "grade-8"),
        ("educationalLevel", "quatrième", "grade-8"),
        ("educationalLevel", "CM2", "grade-5"),
        ("educationalLevel", "THCS", "lower-secondary"),
        ("educationalLevel", "mẫu giáo", "preschool"),
        ("learningResourceType", "giáo án", "lesson-plan"),
        ("license", "CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("competencies", "6.1.TC2a", "nls-6.1.TC2a"),
        ("textbook", "KHTN 8", "kntt-khtn-8"),
    ] {
        let found = vocabulary::find(scheme, name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(found.notation, notation, "{name}");
    }
}

#[test]
fn wider_concepts_come_nearest_first() {
    let chain = |scheme, notation| -> Vec<&str> {
        vocabulary::with_broader(&uri(scheme, notation))
            .into_iter()
            .map(|concept| concept.notation.as_str())
            .collect()
    };
    assert_eq!(
        chain("about", "tieng-anh-doc"),
        ["tieng-anh-doc", "tieng-anh", "ngoai-ngu", "school"]
    );
    assert_eq!(
        chain("educationalLevel", "grade-8"),
        ["grade-8", "lower-secondary"]
    );
    assert_eq!(
        chain("competencies", "nls-6.1.TC2a"),
        ["nls-6.1.TC2a", "nls-6.1", "nls-6", "nls"]
    );
    assert!(vocabulary::with_broader("https://example.org/unknown").is_empty());
}

#[test]
fn grades_carry_age_number_and_common_names() {
    for grade in 1..=12_u64 {
        let concept = find("educationalLevel", &format!("grade-{grade}"));
        assert_eq!(concept.facts["grade"], serde_json::json!(grade));
        let ages = format!("{}-{}", grade + 5, grade + 6);
        assert_eq!(concept.facts["ages"], serde_json::json!(ages));
        assert!(names_of(concept, "vi").contains(&format!("khối {grade}")));
        assert!(names_of(concept, "en").contains(&format!("year {grade}")));
    }
    assert!(names_of(find("educationalLevel", "grade-8"), "fr").contains("4e"));
    assert!(names_of(find("educationalLevel", "grade-12"), "fr").contains("terminale"));
}

#[test]
fn the_competence_framework_is_complete_and_marked_as_unverified() {
    let scheme = vocabulary::scheme("competencies").expect("competencies");
    assert!(!scheme.verified);
    let count = |kind: &str| {
        let wanted = serde_json::json!(kind);
        let is = |concept: &&Concept| concept.facts.get("kind") == Some(&wanted);
        scheme.concepts.iter().filter(is).count()
    };
    assert_eq!(
        [count("domain"), count("component"), count("indicator")],
        [6, 24, 84]
    );
    assert_eq!([count("aspect"), count("block")], [5, 15]);
}
