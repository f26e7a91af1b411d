//! A search in one language finds texts in the others, by the table of terms.

use khue_content::search::{Reason, SearchPage, SearchParams};
use khue_content::{LearningResource, Provenance};
use khue_index::{Index, IndexDocument, Writer};

const LESSONS: &[(&str, &str, &str)] = &[
    ("vi-fractions", "vi", "So sánh hai phân số"),
    ("vi-cells", "vi", "Cấu trúc của tế bào thực vật"),
    ("vi-poem", "vi", "Đọc hiểu bài thơ Quê hương"),
    ("en-sheet", "en", "Sorting data in spreadsheets"),
    ("en-the", "en", "The ban on the use of the car"),
    ("en-photo", "en", "Photosynthesis in green plants"),
    ("en-newton", "en", "Newton and his laws of motion"),
    ("fr-fractions", "fr", "Comparer des fractions simples"),
    ("fr-photo", "fr", "La photosynthèse des plantes"),
    ("en-gb-weather", "en-GB", "The weather in winter"),
];

struct Shelf {
    index: Index,
    _folder: tempfile::TempDir,
}

fn shelf() -> Shelf {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Writer::open(folder.path()).expect("a writer");
    for (number, (id, language, name)) in LESSONS.iter().enumerate() {
        let record = LearningResource {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            in_language: vec![(*language).to_owned()],
            provenance: Provenance {
                source: "test".into(),
                identifier: (*id).to_owned(),
                ..Provenance::default()
            },
            ..LearningResource::default()
        };
        let document = IndexDocument {
            guidance: "",
            record: &record,
            text: "",
            change: number as i64 + 1,
        };
        writer.put(&document).expect("put");
    }
    writer.commit(LESSONS.len() as i64).expect("commit");
    writer.close().expect("close");
    Shelf {
        index: Index::open(folder.path()).expect("open"),
        _folder: folder,
    }
}

impl Shelf {
    fn page(&self, params: SearchParams) -> SearchPage {
        self.index.find(params).expect("an answer")
    }

    fn find(&self, q: &str) -> Vec<String> {
        let page = self.page(SearchParams {
            q: q.to_owned(),
            ..SearchParams::default()
        });
        page.items.into_iter().map(|hit| hit.id).collect()
    }
}

#[test]
fn vietnamese_words_find_english_and_french_texts() {
    let shelf = shelf();
    assert_eq!(shelf.find("sắp xếp dữ liệu trong bảng tính")[0], "en-sheet");
    let found = shelf.find("quang hợp");
    assert!(found.contains(&"en-photo".to_owned()), "{found:?}");
    assert!(found.contains(&"fr-photo".to_owned()), "{found:?}");
    // Words of several syllables are known without their marks, too.
    assert!(shelf.find("quang hop").contains(&"fr-photo".to_owned()));
}

#[test]
fn english_and_french_words_in_any_form_find_vietnamese_texts() {
    let shelf = shelf();
    let found = shelf.find("how to compare fractions");
    assert!(found.contains(&"vi-fractions".to_owned()), "{found:?}");
    assert!(found.contains(&"fr-fractions".to_owned()), "{found:?}");
    assert_eq!(shelf.find("les cellules végétales")[0], "vi-cells");
}

#[test]
fn what_is_in_the_language_of_the_search_comes_first() {
    let found = shelf().find("so sánh phân số");
    assert_eq!(found[0], "vi-fractions");
    assert!(found.contains(&"fr-fractions".to_owned()), "{found:?}");
}

#[test]
fn a_dialect_is_its_language() {
    assert_eq!(shelf().find("thời tiết mùa đông")[0], "en-gb-weather");
}

#[test]
fn the_result_says_by_which_words_it_was_found_and_marks_them() {
    let page = shelf().page(SearchParams {
        q: "sắp xếp bảng tính".into(),
        ..SearchParams::default()
    });
    let hit = page.items.first().expect("a result");
    let translations = hit
        .reasons
        .iter()
        .filter(|reason| matches!(reason, Reason::Translation(_)));
    assert_eq!(translations.count(), 2, "{:?}", hit.reasons);
    let name = &hit.highlights[0];
    let marked: Vec<&str> = name
        .ranges
        .iter()
        .map(|(a, b)| &name.text[*a..*b])
        .collect();
    assert_eq!(marked, ["Sorting", "spreadsheets"]);
}

#[test]
fn a_filter_for_a_language_searches_in_it() {
    let page = shelf().page(SearchParams {
        q: "phân số".into(),
        filters: vec![("inLanguage".into(), vec!["fr".into()])],
        ..SearchParams::default()
    });
    let found: Vec<&str> = page.items.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(found, ["fr-fractions"]);
    assert_eq!(page.total, 1);
}

#[test]
fn words_with_marks_are_no_english_words_without_them() {
    // "bản", "thể" and "ở" without their marks stand in an English name by chance.
    let found = shelf().find("bản thể ở dân tộc");
    assert!(!found.contains(&"en-the".to_owned()), "{found:?}");
}

#[test]
fn words_to_be_taken_as_they_are_have_no_translation() {
    let shelf = shelf();
    let verbatim = shelf.page(SearchParams {
        q: "quang hợp".into(),
        verbatim: true,
        ..SearchParams::default()
    });
    assert_eq!(verbatim.total, 0);
    assert!(shelf.find("\"quang hợp\"").is_empty());
}
