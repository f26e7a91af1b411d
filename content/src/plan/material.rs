//! What a plan is made of: a resource, as far as a plan has to know it.

use crate::path::Paths;
use crate::vocabulary;
use crate::{BodyFormat, LearningResource, exercise};

/// Minutes for a resource that does not say how long it takes.
const USUAL: u32 = 45;

/// A resource to learn from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Material {
    /// Portal id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its main language.
    pub in_language: String,
    /// The subject that it is here for, as a concept URI.
    pub about: String,
    /// How far along school its level lies: its place in the vocabulary of levels.
    pub level: usize,
    /// Minutes that it takes.
    pub minutes: u32,
    /// Whether these minutes are a guess, because nobody says how long it takes.
    pub guessed: bool,
    /// Exercises with feedback in it.
    pub exercises: u32,
    /// What it teaches.
    pub teaches: Vec<String>,
    /// What to know first.
    pub competency_required: Vec<String>,
    /// Where it stands in its textbook or its whole: volume, lesson, position.
    pub place: (u32, u32, u32),
    /// Paths that it is a step of, and which.
    pub paths: Vec<(String, usize)>,
}

impl Material {
    /// What a record says of itself, for a subject, and where it stands in the portal's paths.
    pub fn of(record: &LearningResource, about: &str, all: &Paths) -> Self {
        let paths: Vec<(String, usize)> = all
            .iter()
            .filter_map(|path| Some((path.id.clone(), path.place(&record.id)?)))
            .collect();
        let stated =
            alone(&record.id, all).or_else(|| record.time_required.as_deref().and_then(minutes));
        Self {
            id: record.id.clone(),
            name: record.name.clone(),
            in_language: record.main_language().unwrap_or_default().to_owned(),
            about: about.to_owned(),
            level: level(record),
            minutes: stated.unwrap_or(USUAL).clamp(5, 600),
            guessed: stated.is_none(),
            exercises: exercises(record),
            teaches: record.teaches.clone(),
            competency_required: record.competency_required.clone(),
            place: place(record),
            paths,
        }
    }
}

/// Minutes that a path gives for somebody who studies alone.
fn alone(id: &str, paths: &Paths) -> Option<u32> {
    let steps = paths.iter().flat_map(|path| &path.steps);
    steps
        .filter(|step| step.resource == id)
        .map(|step| step.time_required)
        .next()
}

/// Minutes of an ISO 8601 duration; `None` where it is none, or of no minute.
fn minutes(iso: &str) -> Option<u32> {
    let span: jiff::Span = iso.parse().ok()?;
    let minutes = i64::from(span.get_hours()) * 60 + span.get_minutes();
    u32::try_from(minutes).ok().filter(|minutes| *minutes > 0)
}

/// The place of the lowest level; 0 where there is none.
pub fn level(record: &LearningResource) -> usize {
    let scheme = vocabulary::scheme("educationalLevel");
    let concepts = scheme.map_or(&[][..], |scheme| &scheme.concepts);
    let place = |uri: &String| concepts.iter().position(|concept| concept.id == *uri);
    record
        .educational_level
        .iter()
        .filter_map(place)
        .min()
        .unwrap_or(0)
}

fn exercises(record: &LearningResource) -> u32 {
    let written = record
        .body
        .as_ref()
        .filter(|body| body.format == BodyFormat::Markdown);
    let language = record.main_language().unwrap_or("vi");
    let found = written.map_or_else(Vec::new, |body| exercise::find(&body.text, language));
    found.iter().filter(|found| found.exercise.is_ok()).count() as u32
}

fn place(record: &LearningResource) -> (u32, u32, u32) {
    let books = record.educational_alignment.iter();
    let (volume, lesson) = books
        .map(|alignment| in_book(&alignment.target_name))
        .max()
        .unwrap_or_default();
    let whole = record.is_part_of.first().and_then(|link| link.position);
    (volume, lesson, whole.unwrap_or(0))
}

/// Volume and lesson that the name of a textbook lesson says; 0 for what it does not say.
fn in_book(name: &str) -> (u32, u32) {
    let name = vocabulary::plain(name);
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let after = |names: &[&str]| {
        let at = words.iter().position(|word| names.contains(word))?;
        counted(words.get(at + 1)?)
    };
    let volume = after(&["tap", "volume", "tome"]).unwrap_or(0);
    let lesson = after(&["bai", "lesson", "lecon", "unit"]);
    let chapter = || after(&["chuong", "chapter", "chapitre"]);
    (volume, lesson.or_else(chapter).unwrap_or(0))
}

fn counted(word: &str) -> Option<u32> {
    match word {
        "mot" | "one" | "un" => Some(1),
        "hai" | "two" | "deux" => Some(2),
        digits => digits.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::{in_book, minutes};

    #[test]
    fn places_in_textbooks() {
        assert_eq!(in_book("Vật lí 10, Bài 15. Định luật 2 Newton"), (0, 15));
        assert_eq!(in_book("Toán 8, tập hai, Bài 3"), (2, 3));
        assert_eq!(in_book("Mathématiques 8, tome 1, leçon 7"), (1, 7));
        assert_eq!(in_book("Phân số, lớp 4"), (0, 0));
        assert_eq!(in_book("Bài 99999999999999"), (0, 0));
    }

    #[test]
    fn durations() {
        assert_eq!(minutes("PT1H35M"), Some(95));
        assert_eq!(minutes("PT45M"), Some(45));
        assert_eq!(minutes("PT0M"), None);
        assert_eq!(minutes("soon"), None);
    }
}
