//! Examinations, as curators describe them in `content/plans`.

use crate::vocabulary::Labels;
use serde::Deserialize;
use std::sync::LazyLock;

/// An examination.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Exam {
    /// Identifier, as in an address.
    pub id: String,
    /// What it is called, by language.
    pub pref_label: Labels,
    /// What to know about its subjects, by language.
    pub note: Labels,
    /// Notations of the grades that it asks about, the most important one first.
    pub educational_level: Vec<String>,
    /// Notations of the subjects that everybody has.
    pub about: Vec<String>,
    /// Notations of the subjects that one chooses from.
    pub choices: Vec<String>,
    /// How many of them.
    pub choose: usize,
    /// Where this is laid down.
    pub source: String,
    /// Whether a person has compared it with the official text.
    pub verified: bool,
}

impl Exam {
    /// What it is called in a language, else in Vietnamese.
    pub fn label(&self, language: &str) -> &str {
        in_language(&self.pref_label, language)
    }

    /// What to know about its subjects.
    pub fn note(&self, language: &str) -> &str {
        in_language(&self.note, language)
    }
}

fn in_language<'a>(labels: &'a Labels, language: &str) -> &'a str {
    let found = labels.get(language).or_else(|| labels.get("vi"));
    found.map_or("", String::as_str)
}

/// All examinations. A test reads the file.
pub fn exams() -> &'static [Exam] {
    static EXAMS: LazyLock<Vec<Exam>> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../plans/exams.json")).unwrap_or_default()
    });
    &EXAMS
}

/// The examination with this identifier.
pub fn exam(id: &str) -> Option<&'static Exam> {
    exams().iter().find(|exam| exam.id == id)
}
