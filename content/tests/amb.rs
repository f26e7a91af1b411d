//! The AMB profile: judging, reading and writing.

use khue_content::format::json_ld::{from_json_ld, judge_amb, read, to_json_ld, to_schema_org};
use khue_content::{Agent, AgentKind, Alignment, LearningResource, Link, MediaObject, vocabulary};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

#[path = "fixtures/shared_data.rs"]
mod shared_data;
use shared_data::shared_data;

const EXAMPLES: &str = "standards_fixtures/amb/20231019";
const BASE: &str = "https://portal.example.org";

/// Name and content of the JSON files of a folder.
fn documents(folder: &Path) -> Vec<(String, Value)> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut found: Vec<(String, Value)> = entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a text");
            (
                path.display().to_string(),
                serde_json::from_str(&text).expect("JSON"),
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

#[test]
fn the_profile_s_valid_examples_are_valid() {
    let Some(folder) = shared_data(&format!("{EXAMPLES}/valid")) else {
        return;
    };
    for (name, document) in documents(&folder) {
        let found = judge_amb(&document);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn the_profile_s_invalid_examples_are_invalid() {
    let Some(folder) = shared_data(&format!("{EXAMPLES}/invalid")) else {
        return;
    };
    let documents = documents(&folder);
    assert!(documents.len() >= 35);
    for (name, document) in documents {
        assert!(
            !judge_amb(&document).is_empty(),
            "{name} was taken for valid"
        );
    }
}

/// The valid examples keep their meaning: read, written and read again they are the same.
#[test]
fn valid_examples_survive_reading_and_writing() {
    let Some(folder) = shared_data(&format!("{EXAMPLES}/valid")) else {
        return;
    };
    for (name, document) in documents(&folder) {
        let (mut record, _) = from_json_ld(&document);
        assert_eq!(
            record.name,
            document["name"].as_str().expect("a name"),
            "{name}"
        );
        record.id = "1".to_owned();
        let written = to_json_ld(&record, BASE);
        assert!(
            judge_amb(&written).is_empty(),
            "{name}: {:?}",
            judge_amb(&written)
        );
        let (mut again, _) = from_json_ld(&written);
        record.other.clear();
        again.other.clear();
        assert_eq!(again, record, "{name}");
    }
}

#[test]
fn amb_concepts_become_ours() {
    let (record, findings) = from_json_ld(&json!({
        "@context": ["https://w3id.org/kim/amb/context.jsonld", {"@language": "de"}],
        "id": "https://example.org/oer", "type": ["LearningResource", "Course"], "name": "Kurs",
        "license": {"id": "https://creativecommons.org/licenses/by-sa/4.0/"},
        "learningResourceType": [{"id": "https://w3id.org/kim/hcrt/video"}],
        "audience": [{"id": "http://purl.org/dcx/lrmi-vocabs/educationalAudienceRole/student"}],
        "conditionsOfAccess": {"id": "http://w3id.org/kim/conditionsOfAccess/no_login"},
        "interactivityType": {"id": "http://purl.org/dcx/lrmi-vocabs/interactivityType/active"},
        "encoding": [{"type": "MediaObject", "contentUrl": "https://example.org/a.mp4", "contentSize": "42"}],
        "funder": [{"type": "Person", "name": "Ai đó"}],
    }));
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(
        record.license.as_deref(),
        Some("https://w3id.org/khue/license/CC-BY-SA-4.0")
    );
    assert_eq!(
        record.learning_resource_type,
        ["https://w3id.org/khue/learningResourceType/video"]
    );
    assert_eq!(record.audience, ["https://w3id.org/khue/audience/student"]);
    assert_eq!(
        record.conditions_of_access.as_deref(),
        Some("https://w3id.org/khue/conditionsOfAccess/no_login")
    );
    assert_eq!(
        record.interactivity_type.as_deref(),
        Some("https://w3id.org/khue/interactivityType/active")
    );
    assert_eq!(record.encoding[0].content_size, Some(42));
    assert_eq!(record.url.as_deref(), Some("https://example.org/oer"));
    assert_eq!(record.provenance.identifier, "https://example.org/oer");
    assert!(record.other.contains_key("funder"));
}

#[test]
fn unknown_concepts_are_kept_and_told() {
    let (record, findings) = from_json_ld(&json!({
        "@context": "https://schema.org", "@type": "LearningResource", "name": "x",
        "about": [{"@id": "https://example.org/falconry", "prefLabel": {"en": "Falconry"}}],
        "learningResourceType": "hologram of a falcon",
    }));
    assert!(
        findings
            .iter()
            .any(|found| found.code == "unmapped-subject")
    );
    assert!(
        findings
            .iter()
            .any(|found| found.code == "unmapped-concept")
    );
    assert_eq!(record.keywords, ["Falconry"]);
    assert!(
        record.other.contains_key("about") && record.other.contains_key("learningResourceType")
    );
}

#[test]
fn a_graph_gives_several_records_and_bad_json_one_refusal() {
    let graph =
        r#"{"@graph": [{"@type": "Course", "name": "a"}, {"@type": "Course", "name": "b"}, 7]}"#;
    let read_all: Vec<_> = read(graph.as_bytes(), "g.json").collect();
    assert_eq!(read_all.len(), 3);
    assert_eq!(read_all[1].place.to_string(), "g.json#2");
    assert!(read_all[2].record.is_err());
    let broken: Vec<_> = read(&b"{\n\"name\": }"[..], "b.json").collect();
    let refusal = broken[0]
        .record
        .as_ref()
        .expect_err("no record")
        .to_string();
    assert!(
        refusal.starts_with("b.json, line 2: this is not JSON"),
        "{refusal}"
    );
}

#[test]
fn every_licence_comes_back() {
    for license in &vocabulary::scheme("license")
        .expect("the vocabulary")
        .concepts
    {
        let record = LearningResource {
            license: Some(license.id.clone()),
            ..LearningResource::default()
        };
        let written = to_json_ld(&record, BASE);
        assert!(
            judge_amb(&written).is_empty(),
            "{}: {:?}",
            license.id,
            judge_amb(&written)
        );
        assert_eq!(
            from_json_ld(&written).0.license,
            record.license,
            "{written}"
        );
    }
}

#[test]
fn schema_org_has_names_and_no_keys_of_our_own() {
    let record = LearningResource {
        id: "bai-1".to_owned(),
        name: "Lực".to_owned(),
        educational_level: vec!["https://w3id.org/khue/educationalLevel/grade-6".to_owned()],
        audience: vec!["https://w3id.org/khue/audience/teacher".to_owned()],
        license: Some("https://w3id.org/khue/license/CC-BY-4.0".to_owned()),
        ..LearningResource::default()
    };
    let written = to_schema_org(&record, BASE, "vi");
    assert_eq!(written["@context"], "https://schema.org");
    assert_eq!(written["@id"], "https://portal.example.org/resources/bai-1");
    assert_eq!(written["@type"], json!(["LearningResource"]));
    assert_eq!(written["educationalLevel"], json!(["Lớp 6"]));
    assert_eq!(written["audience"][0]["educationalRole"], "Giáo viên");
    assert!(
        written["license"]
            .as_str()
            .is_some_and(|url| url.contains("licenses/by/4.0"))
    );
    assert!(!written.to_string().contains("khue:"));
}

fn concepts(name: &'static str) -> impl Strategy<Value = Vec<String>> {
    let all: Vec<String> = vocabulary::scheme(name)
        .map(|scheme| {
            scheme
                .concepts
                .iter()
                .map(|concept| concept.id.clone())
                .collect()
        })
        .unwrap_or_default();
    let most = all.len().min(3);
    proptest::sample::subsequence(all, 0..=most)
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set("[a-zà-ưạ-ỹ]{1,8}(,? [a-zà-ưạ-ỹ]{1,8})?", 0..3)
        .prop_map(|set| set.into_iter().collect())
}

fn url() -> impl Strategy<Value = String> {
    "https://[a-z]{1,8}\\.example/[a-z0-9]{0,8}"
}

fn agents() -> impl Strategy<Value = Vec<Agent>> {
    let kind = prop_oneof![Just(AgentKind::Person), Just(AgentKind::Organization)];
    let one = (
        "[A-Zđ][a-zà-ưạ-ỹ ]{0,8}[a-z]",
        kind,
        proptest::option::of(url()),
    );
    proptest::collection::vec(
        one.prop_map(|(name, kind, id)| Agent { name, kind, id }),
        0..3,
    )
}

fn links() -> impl Strategy<Value = Vec<Link>> {
    let id = prop_oneof![url(), "[a-z0-9]{1,8}", Just(String::new())];
    let one = (id, "[a-z]{1,8}", proptest::option::of(1..99_u32), texts());
    let link = one.prop_map(|(id, name, position, path)| Link {
        id,
        name,
        position,
        path,
    });
    proptest::collection::vec(link, 0..3)
}

fn files() -> impl Strategy<Value = Vec<MediaObject>> {
    let one = (
        "[a-z]{1,8}\\.pdf",
        proptest::option::of(url()),
        proptest::option::of("[0-9a-f]{64}"),
        proptest::option::of(0..9999_u64),
    );
    let file = one.prop_map(|(name, content_url, sha256, content_size)| MediaObject {
        name,
        content_url,
        sha256,
        content_size,
        encoding_format: Some("application/pdf".to_owned()),
        description: String::new(),
    });
    proptest::collection::vec(file, 0..3)
}

prop_compose! {
    fn records()(
        (id, name, description) in ("[a-z0-9-]{1,12}", "\\PC{1,30}", "[a-z][a-zà-ưạ-ỹ .]{0,30}[a-z]"),
        (about, level, kind) in (concepts("about"), concepts("educationalLevel"), concepts("learningResourceType")),
        (license, audience) in (concepts("license"), concepts("audience")),
        (keywords, teaches, alternate_name) in (texts(), texts(), texts()),
        (creator, publisher) in (agents(), agents()),
        (is_based_on, is_part_of, has_part) in (links(), links(), links()),
        encoding in files(),
        (date, url) in (proptest::option::of("20[0-9][0-9](-0[1-9](-1[0-9])?)?"), proptest::option::of(url())),
        (language, free) in (proptest::sample::subsequence(vec!["vi", "en", "pt-BR"], 0..3), any::<Option<bool>>()),
    ) -> LearningResource {
        LearningResource {
            id, description, about, audience, alternate_name, creator, publisher, is_based_on, is_part_of, has_part,
            keywords, teaches, encoding, url,
            name: format!("T{}", name.trim()),
            educational_level: level,
            learning_resource_type: kind,
            license: license.into_iter().next(),
            date_created: date,
            in_language: language.into_iter().map(str::to_owned).collect(),
            is_accessible_for_free: free,
            educational_alignment: vec![Alignment {
                educational_framework: "SGK".to_owned(),
                target_url: None,
                target_name: "Bài 5. Lực".to_owned(),
            }],
            ..LearningResource::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_we_write_is_valid_and_comes_back(record in records()) {
        let written = to_json_ld(&record, BASE);
        let found = judge_amb(&written);
        prop_assert!(found.is_empty(), "{found:?} in {written:#}");
        let (again, _) = from_json_ld(&written);
        prop_assert_eq!(again, record);
    }

    #[test]
    fn any_record_is_written_validly(text in "\\PC{0,40}") {
        let texts = vec![text.clone()];
        let link = Link { id: text.clone(), name: text.clone(), ..Link::default() };
        let record = LearningResource {
            id: text.clone(), name: text.clone(), description: text.clone(), about: texts.clone(),
            learning_resource_type: texts.clone(), educational_level: texts.clone(), audience: texts.clone(),
            in_language: texts.clone(), license: Some(text.clone()), teaches: texts.clone(),
            keywords: texts.clone(), interactivity_type: Some(text.clone()), conditions_of_access: Some(text.clone()),
            creator: vec![Agent { id: Some(text.clone()), ..Agent::person(text.clone()) }],
            is_based_on: vec![link.clone()], is_part_of: vec![link.clone()], has_part: vec![link],
            url: Some(text.clone()), image: Some(text.clone()), date_created: Some(text.clone()),
            time_required: Some(text.clone()),
            encoding: vec![MediaObject {
                name: text.clone(), content_url: Some(text.clone()), sha256: Some(text.clone()),
                encoding_format: Some(text.clone()), ..MediaObject::default()
            }],
            ..LearningResource::default()
        };
        let written = to_json_ld(&record, &text);
        let found = judge_amb(&written);
        prop_assert!(found.is_empty(), "{found:?} in {written:#}");
    }
}
