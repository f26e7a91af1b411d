//! Judged queries over the lessons that come with the portal, as teachers, students and
//! curriculum staff type them: `library/queries.jsonl` with their kind, `library/qrels.tsv` with
//! grades from 1 (touches it) to 3 (is about it). `library/floors.tsv` says what each kind has
//! reached; it may not fall. `khue eval relevance --corpus content/library` measures the same.

use crate::shelf::{Shelf, folder, text};
use khue_content::LearningResource;
use khue_content::format::markdown::from_markdown;
use std::collections::BTreeMap;

/// Lessons by the stem of their file.
fn lessons() -> Vec<LearningResource> {
    let mut lessons = Vec::new();
    for language in ["vi", "en", "fr"] {
        let path = folder("content/library").join(language);
        for entry in std::fs::read_dir(path).expect("the library") {
            let path = entry.expect("an entry").path();
            let stem = path.file_stem().and_then(|s| s.to_str()).expect("a name");
            let text = std::fs::read_to_string(&path).expect("a lesson");
            let mut lesson = from_markdown(stem, &text).record.expect("a record");
            stem.clone_into(&mut lesson.id);
            stem.clone_into(&mut lesson.provenance.identifier);
            "khue".clone_into(&mut lesson.provenance.source);
            lessons.push(lesson);
        }
    }
    lessons.sort_by(|a, b| a.id.cmp(&b.id));
    lessons
}

/// Query → lesson → grade.
fn judgements() -> BTreeMap<String, BTreeMap<String, f64>> {
    let mut all: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for line in text("tests/relevance/library/qrels.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let grade = cells[2].parse().expect("a grade");
        let query = all.entry(cells[0].to_owned()).or_default();
        assert!(
            query.insert(cells[1].to_owned(), grade).is_none(),
            "{line} is there twice"
        );
    }
    all
}

/// nDCG at 10: gain is the grade, discount log2(rank + 1).
fn ndcg(found: &[String], grades: &BTreeMap<String, f64>) -> f64 {
    let sum = |gains: Vec<f64>| -> f64 {
        let discounted = gains.iter().take(10).enumerate();
        discounted
            .map(|(rank, gain)| gain / ((rank + 2) as f64).log2())
            .sum()
    };
    let gain = |id: &String| grades.get(id).copied().unwrap_or(0.0);
    let mut best: Vec<f64> = grades.values().copied().collect();
    best.sort_by(|a, b| b.total_cmp(a));
    sum(found.iter().map(gain).collect()) / sum(best)
}

/// What each kind of query reaches on a shelf.
fn reached(shelf: &Shelf) -> BTreeMap<String, Vec<f64>> {
    let judgements = judgements();
    let mut kinds: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let queries = text("tests/relevance/library/queries.jsonl");
    assert!(queries.lines().count() >= 300);
    for line in queries.lines() {
        let query: serde_json::Value = serde_json::from_str(line).expect("a query");
        let field = |name: &str| query[name].as_str().expect("a text").to_owned();
        let found = shelf.first(&field("text"), 10);
        let score = ndcg(&found, &judgements[&field("_id")]);
        if score < 0.6 {
            let best: Vec<&String> = found.iter().take(3).collect();
            println!(
                "{score:.2}  {}  {}  found {best:?}",
                field("_id"),
                field("text")
            );
        }
        kinds.entry(field("kind")).or_default().push(score);
    }
    kinds
}

/// Holds what was reached against a column of the floors.
fn held(mut kinds: BTreeMap<String, Vec<f64>>, column: &str) {
    let floors = text("tests/relevance/library/floors.tsv");
    let mut lines = floors
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let place = head.iter().position(|name| *name == column);
    let place = place.expect("a column");
    let mut fallen = Vec::new();
    for cells in lines {
        let (kind, floor) = (cells[0], cells[place].parse::<f64>().expect("a number"));
        let scores = kinds.remove(kind).expect("queries of this kind");
        let mean = scores.iter().sum::<f64>() / scores.len() as f64;
        println!(
            "{kind:16} {:3} queries  nDCG@10 {mean:.3}  floor {floor:.3}",
            scores.len()
        );
        if mean < floor {
            fallen.push(format!("{kind}: {mean:.3} is below {floor:.3}"));
        }
    }
    assert!(kinds.is_empty(), "no floor for {:?}", kinds.keys());
    assert!(fallen.is_empty(), "{fallen:#?}");
}

#[test]
fn judgements_are_of_lessons_that_are_there() {
    let lessons = lessons();
    for (query, grades) in &judgements() {
        let unknown = grades
            .keys()
            .find(|id| !lessons.iter().any(|l| l.id == **id));
        assert!(unknown.is_none(), "{query}: there is no lesson {unknown:?}");
    }
}

#[test]
fn judged_queries_reach_their_floors() {
    held(reached(&Shelf::new(&lessons())), "words");
}

#[test]
fn judged_queries_reach_their_floors_by_meaning_too() {
    match Shelf::by_meaning(&lessons()) {
        Some(shelf) => held(reached(&shelf), "meaning"),
        None => println!(
            "skipped: the encoder's weights are not in the cache folder; `khue models pull` fetches them"
        ),
    }
}
