//! Sheets: headings in three languages, several values, what goes wrong.

use khue_content::format::csv::{read, template, write};
use khue_content::format::{Incoming, MAX_LINE};
use khue_content::{Agent, Body, BodyFormat, LearningResource, Link, PROPERTIES, check};
use proptest::prelude::*;

fn rows(text: &str) -> Vec<Incoming> {
    read(text.as_bytes(), "s.csv").collect()
}

fn record(incoming: &Incoming) -> &LearningResource {
    incoming.record.as_ref().expect("a record")
}

#[test]
fn headings_may_be_names_or_labels_in_three_languages() {
    let header = [
        "name,inLanguage,license,educationalLevel,keywords",
        "Tên,Ngôn ngữ,Giấy phép,\"Cấp học, lớp\",Từ khoá",
        "ten,ngon ngu,giay phep,cap hoc,tu khoa",
        "Title,Language,Licence,Grade,Tags",
        "Nom,Langue,Licence (fr),Niveaux,Mots-clés",
    ];
    for header in header {
        let sheet = format!("{header}\nLực,Tiếng Việt,CC BY 4.0,lớp 6; lớp 7,lực|ma sát\n");
        let all = rows(&sheet);
        assert!(
            all[0].findings.is_empty(),
            "{header}: {:?}",
            all[0].findings
        );
        let found = record(&all[0]);
        assert_eq!(found.name, "Lực", "{header}");
        assert_eq!(found.in_language, ["vi"]);
        assert_eq!(
            found.license.as_deref(),
            Some("https://w3id.org/khue/license/CC-BY-4.0")
        );
        assert_eq!(found.educational_level.len(), 2);
        assert_eq!(found.keywords, ["lực", "ma sát"]);
    }
}

#[test]
fn separators_marks_comments_and_empty_rows() {
    for separator in [",", ";", "\t"] {
        let sheet = format!(
            "\u{feff}name{separator}url\n# note{separator}\n\n{separator}\n\"A{separator}b\nc\"{separator}https://example.org\nB{separator}\n"
        );
        let all = rows(&sheet);
        assert_eq!(all.len(), 2, "{separator:?}");
        assert_eq!(record(&all[0]).name, format!("A{separator}b\nc").trim());
        assert_eq!(record(&all[0]).url.as_deref(), Some("https://example.org"));
        assert_eq!(all[0].place.line, 5);
        assert_eq!(all[1].place.line, 7);
    }
}

#[test]
fn findings_name_row_and_column() {
    let all = rows("name,license,shelf\nA,whatever,B2,more\nB,MIT,C3\n");
    let codes: Vec<_> = all[0]
        .findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect();
    assert_eq!(
        codes,
        ["unknown-column", "bad-row", "license-not-recognised"]
    );
    let message = &all[0].findings[2].message;
    assert!(message.starts_with("row 2, column license: "), "{message}");
    assert!(all[1].findings.is_empty());
    assert_eq!(record(&all[1]).other["shelf"], "C3");
}

#[test]
fn a_sheet_without_known_columns_is_refused_with_the_next_step() {
    let all = rows("colour,weight\nred,2\n");
    let refusal = all[0].record.as_ref().expect_err("no record").to_string();
    assert!(refusal.contains("template"), "{refusal}");
    assert_eq!(all.len(), 1);
    assert!(rows("").iter().all(|incoming| incoming.record.is_err()));
}

#[test]
fn an_open_quotation_mark_does_not_fill_the_memory() {
    let mut sheet = b"name\nA\n\"".to_vec();
    sheet.resize(3 * MAX_LINE, b'x');
    let all: Vec<_> = read(sheet.as_slice(), "s.csv").collect();
    assert_eq!(all.len(), 2);
    let refusal = all[1].record.as_ref().expect_err("no record").to_string();
    assert!(refusal.contains("quotation mark"), "{refusal}");
}

#[test]
fn the_template_reads_without_findings_and_passes_the_checks() {
    for language in ["vi", "en", "fr"] {
        let all = rows(&template(language));
        assert_eq!(all.len(), 1, "{language}");
        assert!(
            all[0].findings.is_empty(),
            "{language}: {:?}",
            all[0].findings
        );
        let found = check::check(record(&all[0]));
        assert!(found.is_empty(), "{language}: {found:?}");
    }
}

#[test]
fn every_property_is_a_column() {
    let mut sheet = Vec::new();
    write(&mut sheet, []).expect("memory");
    let sheet = String::from_utf8(sheet).expect("UTF-8");
    let header: Vec<_> = sheet
        .trim_start_matches('\u{feff}')
        .trim()
        .split(',')
        .collect();
    assert!(
        PROPERTIES
            .iter()
            .all(|property| header.contains(&property.name)),
        "{header:?}"
    );
}

#[test]
fn what_is_written_comes_back() {
    let concept = |name: &str, notation: &str| format!("https://w3id.org/khue/{name}/{notation}");
    let link = |id: &str, name: &str| Link {
        id: id.to_owned(),
        name: name.to_owned(),
        ..Link::default()
    };
    let mut original = LearningResource {
        name: "Lực \"ma sát\", phần 2; hết".to_owned(),
        description: "Hai dòng\nmô tả | có dấu".to_owned(),
        creator: vec![
            Agent::person("Nguyễn Thị An"),
            Agent::organization("Sở GDĐT"),
        ],
        educational_level: vec![concept("educationalLevel", "grade-6")],
        license: Some(concept("license", "CC-BY-SA-4.0")),
        in_language: vec!["vi".to_owned(), "en".to_owned()],
        keywords: vec!["lực".to_owned(), "ma sát".to_owned()],
        teaches: vec![
            "Nêu được lực là gì; cho ví dụ".to_owned(),
            "Đo được lực".to_owned(),
        ],
        is_based_on: vec![
            link("https://example.org/a", "Bài gốc"),
            link("https://example.org/b", ""),
        ],
        is_accessible_for_free: Some(true),
        date_published: Some("2026-09-05".to_owned()),
        body: Some(Body {
            format: BodyFormat::Markdown,
            text: "**Lực** là …\n\n$F = ma$".to_owned(),
        }),
        ..LearningResource::default()
    };
    original.provenance.identifier = "bai-1".to_owned();
    original.provenance.license_as_stated = "CC-BY-SA-4.0".to_owned();
    let mut sheet = Vec::new();
    write(&mut sheet, [&original]).expect("memory");
    let all: Vec<_> = read(sheet.as_slice(), "s.csv").collect();
    assert!(all[0].findings.is_empty(), "{:?}", all[0].findings);
    assert_eq!(record(&all[0]), &original);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_reader_panic(
        header in "(name|url|license|x|\"|,|;|\t){0,8}",
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut sheet = header.into_bytes();
        sheet.push(b'\n');
        sheet.extend(bytes);
        read(sheet.as_slice(), "s.csv").count();
    }
}
