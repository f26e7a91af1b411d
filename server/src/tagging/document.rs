//! A record as the tagger reads it.

use super::level;
use khue_content::language::detect;
use khue_content::{LearningResource, render};
use khue_inference::tagger::Row;

/// Bytes of a body that are looked at.
const LONGEST: usize = 6_000;

/// Text and what is known of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Title.
    pub title: String,
    /// Summary.
    pub summary: String,
    /// The beginning of the text itself.
    pub text: String,
    /// Bare code of the language; may be empty.
    pub language: String,
    /// Notations of the grades and stages that are stated in the text (`grade-8`); may be empty.
    pub level: Vec<String>,
}

impl Document {
    /// A record's title, description and the beginning of its body.
    pub fn of(record: &LearningResource) -> Self {
        let mut text = record
            .body
            .as_ref()
            .map(render::plain_text)
            .unwrap_or_default();
        text.truncate(text.floor_char_boundary(LONGEST));
        let mut document = Self {
            title: record.name.clone(),
            summary: record.description.clone(),
            text,
            ..Self::default()
        };
        let told = detect(&document.whole()).map(str::to_owned);
        let stated = record.main_language().map(str::to_owned);
        document.language = told.or(stated).unwrap_or_default();
        let levels = level::stated(&document);
        document.level = levels.into_iter().map(|found| found.notation).collect();
        document
    }

    /// Title, summary and text.
    pub fn whole(&self) -> String {
        let parts = [&self.title, &self.summary, &self.text];
        let parts: Vec<&str> = parts
            .iter()
            .map(|part| part.trim())
            .filter(|p| !p.is_empty())
            .collect();
        parts.join("\n")
    }

    /// The head (title and summary) and the body, with what each weighs.
    pub fn passages(&self) -> Vec<(Row, f64)> {
        let row = |text: String| Row {
            text,
            language: self.language.clone(),
            ..Row::default()
        };
        let head = format!("{}\n{}", self.title, self.summary);
        let body = format!("{}\n{}", self.title, self.text);
        let parts = [
            (head, 0.6, !self.summary.is_empty()),
            (body, 0.4, !self.text.is_empty()),
        ];
        let mut passages: Vec<(Row, f64)> = parts
            .into_iter()
            .filter(|(_, _, there)| *there)
            .map(|(text, weight, _)| (row(text), weight))
            .collect();
        if passages.is_empty() {
            passages.push((row(self.title.clone()), 1.0));
        }
        passages
    }
}
