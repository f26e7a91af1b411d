//! Editions of one work stand under one result.

use super::{Library, record};
use khue_content::Link;
use std::collections::{HashMap, HashSet};

fn chapter(numbers: std::ops::Range<usize>) -> String {
    numbers
        .map(|n| {
            format!(
                "Câu {} của chương nói về phân số {} và cách rút gọn. ",
                n * 7919 % 1000,
                n
            )
        })
        .collect()
}

#[test]
fn a_revised_edition_is_folded_and_totals_stay() {
    let (first, second, other) = (chapter(0..120), chapter(2..124), chapter(500..620));
    let library = Library::of([
        (record("a", "Phân số", "vi"), first.as_str()),
        (record("b", "Phân số", "vi"), second.as_str()),
        (record("c", "Phân số và hỗn số", "vi"), other.as_str()),
    ]);
    let page = library.find("phân số");
    assert_eq!(page.total, 3, "editions are counted as they are stored");
    assert_eq!(
        page.facets
            .iter()
            .find(|f| f.name == "inLanguage")
            .unwrap()
            .values[0]
            .count,
        3
    );
    let shown: Vec<(&str, usize)> = page
        .items
        .iter()
        .map(|hit| (hit.name.as_str(), hit.versions.len()))
        .collect();
    assert_eq!(shown, [("Phân số", 1), ("Phân số và hỗn số", 0)]);
}

#[test]
fn translations_stand_under_a_result_whether_they_were_found_or_not() {
    let linked = |id: &str, name: &str, language: &str, to: &str| {
        let mut record = record(id, name, language);
        record.work_translation = vec![Link {
            id: to.to_owned(),
            ..Link::default()
        }];
        record
    };
    let library = Library::of([
        (
            linked("vi", "Định luật II Newton", "vi", "en-at-home"),
            "Lực và gia tốc.",
        ),
        (
            linked("en", "Newton's second law", "en", "vi-at-home"),
            "Force and acceleration.",
        ),
        (
            linked("fr", "Deuxième loi de Newton", "fr", "en"),
            "Force et accélération.",
        ),
    ]);
    let page = library.find("định luật");
    assert_eq!(
        page.items[0].versions,
        [("en".into(), "Newton's second law".into(), "en".into())]
    );
    let page = library.find("newton");
    assert_eq!((page.total, page.items.len()), (3, 1), "{:?}", page.items);
    assert_eq!(page.items[0].versions.len(), 2);
}

/// Pairs of modules that two statistics books share, worked out by comparing all runs of five words.
#[test]
fn shared_modules_of_two_books_are_known() {
    let Some(folder) = std::env::var_os("KHUE_SHARED_DATA").map(std::path::PathBuf::from) else {
        eprintln!("skipped: KHUE_SHARED_DATA names no folder of test data");
        return;
    };
    let lines = |name: &str| -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(folder.join("openstax").join(name)).expect(name);
        text.lines()
            .map(|line| serde_json::from_str(line).expect("a JSON object"))
            .collect()
    };
    let documents = lines("documents.jsonl");
    let text = |document: &serde_json::Value, key: &str| {
        document[key].as_str().unwrap_or_default().to_owned()
    };
    let texts: Vec<(String, String, String)> = documents
        .iter()
        .map(|d| (text(d, "id"), text(d, "title"), text(d, "text")))
        .collect();
    let library = Library::of(
        texts
            .iter()
            .map(|(id, name, text)| (record(id, name, "en"), text.as_str())),
    );
    let mut told: HashSet<(String, String)> = HashSet::new();
    for (_, name, _) in &texts {
        for hit in library.find(name).items {
            told.extend(
                hit.versions
                    .iter()
                    .map(|(other, ..)| ordered(&hit.id, other)),
            );
        }
    }
    let pairs = lines("near_duplicate_pairs.jsonl");
    let known: HashMap<(String, String), f64> = pairs
        .iter()
        .map(|p| {
            (
                ordered(&text(p, "a"), &text(p, "b")),
                p["jaccard"].as_f64().unwrap_or(0.0),
            )
        })
        .collect();
    let right = told.iter().filter(|pair| known.contains_key(*pair)).count();
    let alike: Vec<_> = known
        .iter()
        .filter(|(_, jaccard)| **jaccard >= 0.5)
        .collect();
    let found = alike
        .iter()
        .filter(|(pair, _)| told.contains(*pair))
        .count();
    let (precision, recall) = (
        right as f64 / told.len().max(1) as f64,
        found as f64 / alike.len() as f64,
    );
    eprintln!(
        "told {}, of them known {right}; of {} pairs with half their text in common found {found}",
        told.len(),
        alike.len()
    );
    assert!(
        precision >= 0.95,
        "precision {precision:.3}: {:?}",
        told.iter()
            .filter(|p| !known.contains_key(*p))
            .collect::<Vec<_>>()
    );
    assert!(recall >= 0.9, "recall {recall:.3}");
}

fn ordered(a: &str, b: &str) -> (String, String) {
    if a < b {
        (a.into(), b.into())
    } else {
        (b.into(), a.into())
    }
}
