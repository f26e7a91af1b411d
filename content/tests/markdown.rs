//! Markdown records, both ways.

use khue_content::format::Refusal;
use khue_content::format::markdown::{from_markdown, to_markdown};
use khue_content::{Agent, Alignment, Body, BodyFormat, LearningResource, Link, MediaObject};
use proptest::prelude::*;
use std::path::Path;

fn read(text: &str) -> LearningResource {
    from_markdown("vi/bai-1.md", text).record.expect("a record")
}

const SHORT: &str = "---\nname: Đạo hàm\ncreator: Nguyễn Văn An\nabout: toan\neducationalLevel: [grade-11, Lớp 12]\nlicense: CC BY 4.0\ninLanguage: vi\nkeywords: [đạo hàm, giới hạn]\nteaches: Tính được đạo hàm.\ndatePublished: 2026-07-06\nisAccessibleForFree: true\ntypicalAgeRange: 16-18\nmauNen: xanh\n---\n\n## Mở đầu\n\nNội dung.\n";

#[test]
fn short_forms_become_a_whole_record() {
    let incoming = from_markdown("vi/dao-ham.md", SHORT);
    let record = incoming.record.expect("a record");
    insta::assert_json_snapshot!("short_forms", record);
    let unknown: Vec<_> = incoming
        .findings
        .iter()
        .filter(|f| f.code == "unknown-field")
        .collect();
    assert_eq!(unknown.len(), 1, "{:?}", incoming.findings);
    assert!(
        unknown[0].message.contains("vi/dao-ham.md, line 13"),
        "{}",
        unknown[0].message
    );
    assert!(
        unknown[0].message.contains("mauNen"),
        "{}",
        unknown[0].message
    );
    assert_eq!(record.other["mauNen"], "xanh");
}

#[test]
fn an_unknown_label_names_line_and_field() {
    let incoming = from_markdown(
        "a.md",
        "---\nname: x\nlearningResourceType: bánh mì\n---\ny",
    );
    let finding = incoming
        .findings
        .iter()
        .find(|f| f.property == "learningResourceType");
    let message = &finding.expect("a finding").message;
    assert!(
        message.contains("a.md, line 3") && message.contains("bánh mì"),
        "{message}"
    );
}

#[test]
fn broken_yaml_names_its_line() {
    let incoming = from_markdown("a.md", "---\nname: x\nabout: [a, b\nlicense: y\n---\nbody");
    let Err(Refusal::Broken { place, .. }) = &incoming.record else {
        panic!("{:?}", incoming.record);
    };
    assert!((3..=5).contains(&place.line), "{place}");
    assert!(
        from_markdown("a.md", "---\n- a\n- b\n---\n")
            .record
            .is_err()
    );
}

#[test]
fn without_front_matter_the_first_heading_is_the_name() {
    let record = read("\n# Bài 1 #\n\nNội dung.\n");
    assert_eq!(
        (record.name.as_str(), record.provenance.identifier.as_str()),
        ("Bài 1", "bai-1")
    );
    assert_eq!(
        record.body.map(|body| body.text).as_deref(),
        Some("Nội dung.\n")
    );
    let later = read("Mở đầu.\n\n```\n# không\n```\n\n## Phần một\n");
    assert_eq!(later.name, "Phần một");
    assert!(
        later.body.is_some_and(
            |body| body.text.starts_with("Mở đầu.") && body.text.contains("## Phần một")
        )
    );
    let underlined = read("Bài 2\n=====\n\nx");
    assert_eq!(
        (
            underlined.name.as_str(),
            underlined.body.map(|b| b.text).as_deref()
        ),
        ("Bài 2", Some("x"))
    );
    assert_eq!(read("").body, None);
    assert_eq!(read("---\nname: chưa đóng").name, "");
}

fn whole() -> LearningResource {
    LearningResource {
        id: "khue:1".into(),
        name: "2026-01-01".into(),
        alternate_name: vec!["yes".into(), "a: b".into()],
        description: "Dòng một\nDòng hai: \"có\" #dấu\n".into(),
        creator: vec![
            Agent {
                id: Some("https://orcid.org/0".into()),
                ..Agent::person("An")
            },
            Agent::organization("Nhóm"),
        ],
        about: vec![
            "https://w3id.org/khue/about/toan".into(),
            "không có trong danh sách".into(),
        ],
        in_language: vec!["vi".into(), "en-GB".into()],
        license: Some("https://w3id.org/khue/license/CC-BY-4.0".into()),
        is_accessible_for_free: Some(false),
        teaches: vec!["- gạch".into(), "1.0".into()],
        is_part_of: vec![Link {
            id: "x".into(),
            name: "y".into(),
            position: Some(3),
            path: vec!["a".into(), "b".into()],
        }],
        educational_alignment: vec![Alignment {
            educational_framework: "f".into(),
            target_url: None,
            target_name: "Bài 5".into(),
        }],
        time_required: Some("PT45M".into()),
        date_created: Some("2026".into()),
        version: Some("1.10".into()),
        body: Some(Body {
            format: BodyFormat::Markdown,
            text: "\n---\n# x\n---\n\n".into(),
        }),
        encoding: vec![MediaObject {
            name: "a.pdf".into(),
            content_size: Some(3),
            ..MediaObject::default()
        }],
        other: serde_json::from_str(r#"{"khác": [1, null, {"a": true}], "số": 1.5}"#)
            .expect("JSON"),
        ..LearningResource::default()
    }
}

#[test]
fn a_whole_record_comes_back() {
    let mut record = whole();
    record.provenance.identifier = "bai-1".into();
    record.about.pop();
    for format in [BodyFormat::Markdown, BodyFormat::Html, BodyFormat::Plain] {
        if let Some(body) = &mut record.body {
            body.format = format;
        }
        let text = to_markdown(&record);
        assert_eq!(read(&text), record, "{text}");
    }
    insta::assert_snapshot!("whole_record", to_markdown(&record));
}

proptest! {
    #[test]
    fn any_texts_come_back(name in "\\PC{1,30}", lines in "[^\\r\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]{0,60}", word in "[0-9a-z:.~'\"#&*!|>-]{1,12}") {
        let record = LearningResource {
            name: name.clone(),
            description: lines.clone(),
            teaches: vec![word.clone(), lines.clone()],
            version: Some(word),
            body: Some(Body { format: BodyFormat::Markdown, text: format!("{lines}.") }),
            provenance: khue_content::Provenance { identifier: "bai-1".into(), ..Default::default() },
            ..LearningResource::default()
        };
        let text = to_markdown(&record);
        prop_assert_eq!(read(&text), record, "{}", text);
    }

    #[test]
    fn any_file_is_read_without_panic(text in "(---\n)?[a-z\\-: \\[{\"#\n]{0,80}(\n---\n)?\\PC{0,20}") {
        let _ = from_markdown("a.md", &text);
    }
}

#[test]
fn the_shipped_library_has_no_unknown_field() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("library");
    let mut count = 0;
    for language in ["vi", "en", "fr"] {
        let Ok(files) = std::fs::read_dir(folder.join(language)) else {
            continue;
        };
        for file in files.filter_map(Result::ok) {
            let text = std::fs::read_to_string(file.path()).expect("readable");
            let incoming = from_markdown(&file.path().display().to_string(), &text);
            let record = incoming
                .record
                .unwrap_or_else(|refusal| panic!("{refusal}"));
            assert!(
                record.body.is_some() && !record.name.is_empty(),
                "{:?}",
                file.path()
            );
            let bad: Vec<_> = incoming
                .findings
                .iter()
                .filter(|f| f.code == "unknown-field")
                .collect();
            assert!(bad.is_empty(), "{bad:?}");
            let again = from_markdown(&file.path().display().to_string(), &to_markdown(&record));
            assert_eq!(again.record.ok().as_ref(), Some(&record));
            count += 1;
        }
    }
    println!("{count} files of the library read");
}
