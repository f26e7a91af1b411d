//! Lessons of textbooks that a text names.

use super::Document;
use khue_content::vocabulary::{self, Concept};
use khue_inference::tagger::split_words;
use serde_json::Value;
use std::collections::BTreeSet;

/// A lesson with the words that name it.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// URI of the lesson.
    pub value: String,
    /// The words.
    pub words: String,
    /// How sure that is.
    pub confidence: f64,
}

/// Lessons by number ("KHTN 8 bài 13"), or whose whole title stands in the text while subject
/// and grade do not speak against it; the surest first. A title is a weaker
/// sign than a number, for other books have lessons of the same name.
pub fn named(document: &Document) -> Vec<Named> {
    let Some(scheme) = vocabulary::scheme("textbook") else {
        return Vec::new();
    };
    let head = padded(&format!("{}\n{}", document.title, document.summary));
    let body = padded(&document.text);
    let lessons = scheme
        .concepts
        .iter()
        .filter(|concept| fact(concept, "kind") == "lesson");
    let mut found: Vec<Named> = lessons
        .filter_map(|lesson| name(lesson, &head, &body, &document.level))
        .collect();
    found.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.value.cmp(&b.value))
    });
    let mut seen = BTreeSet::new();
    found.retain(|one| seen.insert(one.value.clone()));
    found
}

fn name(lesson: &Concept, head: &str, body: &str, level: &[String]) -> Option<Named> {
    let make = |words: &str, confidence| Named {
        value: lesson.id.clone(),
        words: words.to_owned(),
        confidence,
    };
    for words in lesson.alt_label.values().flatten() {
        let wanted = padded(words);
        if head.contains(&wanted) || body.contains(&wanted) {
            return Some(make(words, 0.9));
        }
    }
    let title = lesson.pref_label.get("vi")?;
    let title = title
        .split_once(". ")
        .map_or(title.as_str(), |(_, rest)| rest);
    let wanted = padded(title);
    let telling = wanted.split_whitespace().count() >= 2;
    let grade = format!("grade-{}", fact(lesson, "grade"));
    let fits = level.is_empty() || level.contains(&grade);
    (telling && fits && head.contains(&wanted))
        .then(|| make(title, if level.is_empty() { 0.4 } else { 0.6 }))
}

fn fact(concept: &Concept, name: &str) -> String {
    match concept.facts.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The words between spaces, so that whole words are found.
fn padded(text: &str) -> String {
    format!(" {} ", split_words(text).join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str, level: &[&str]) -> Document {
        Document {
            title: title.into(),
            level: level.iter().map(|one| (*one).to_owned()).collect(),
            ..Document::default()
        }
    }

    #[test]
    fn a_lesson_is_known_by_its_number_or_title() {
        let ids = |title: &str, level: &[&str]| -> Vec<String> {
            let named = named(&document(title, level)).into_iter();
            named
                .map(|one| one.value.rsplit('/').next().unwrap_or_default().to_owned())
                .collect()
        };
        assert_eq!(ids("Soạn bài KHTN 8 bài 13", &[])[0], "kntt-khtn-8-bai-13");
        assert!(
            ids("Khối lượng riêng của chất lỏng", &["grade-8"])
                .contains(&"kntt-khtn-8-bai-13".to_owned())
        );
        assert!(
            ids("Khối lượng riêng", &["grade-10"])
                .iter()
                .all(|id| id != "kntt-khtn-8-bai-13")
        );
        assert_eq!(ids("Chào cờ đầu tuần", &[]), Vec::<String>::new());
    }
}
