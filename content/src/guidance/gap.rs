//! Gaps in sentences of a draft, and what a language model may do with them: choose which span of the
//! lesson stands there. It never writes words of its own.

use super::compose::Worder;
use super::fill::{Filled, Slots, Spans, fitted, goes_with};
use super::lesson::{Lesson, shown};
use crate::{LearningResource, language};
use std::collections::HashSet;

/// Spans that are offered for a gap, its own among them.
const OFFERED: usize = 4;
/// Characters of the lesson that a model reads before it chooses.
const READ: usize = 1_200;
/// Letters from which on the language of a sentence can be told.
const TELLING: usize = 40;
/// Stands for the gap while the sentence around it is written.
const HOLE: &str = "\u{1}";

/// What kind of span a gap takes.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum GapKind {
    /// A term or a quantity.
    Term,
    /// A whole sentence.
    Sentence,
}

/// A place in a sentence at which one of several spans may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What it takes.
    pub kind: GapKind,
    /// Language of the sentence.
    pub language: String,
    /// The text before it.
    pub before: String,
    /// The spans as they would stand, that of the rules first.
    pub spans: Vec<String>,
    /// The rest of its sentence.
    pub after: String,
}

/// What a model reads of a lesson before it chooses: the title and the beginning of what may be quoted.
/// `without` are sentences that are left out.
pub fn reading(record: &LearningResource, lesson: &Lesson, without: &[&str]) -> String {
    let title = shown(&record.name).unwrap_or_default();
    let text = without
        .iter()
        .fold(lesson.written.clone(), |text, gone| text.replace(gone, " "));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = words.chars().take(READ).collect();
    format!("{title}\n\n{text}\n\n")
}

fn kind(slot: &str) -> Option<GapKind> {
    match slot {
        "term" | "quantity" => Some(GapKind::Term),
        "sentence" => Some(GapKind::Sentence),
        _ => None,
    }
}

impl<'a> Spans<'a> {
    /// The gap of a slot, and the spans behind the texts that it offers.
    fn gap(&self, filled: &Filled<'a>, slot: &str) -> Option<(Gap, Vec<&'a str>)> {
        let kind = kind(slot)?;
        let own = *filled.slots.get(slot)?;
        let others = self.candidates(slot, filled.pattern, false).into_iter();
        let others =
            others.filter(|span| !self.is_taken(span) && goes_with(slot, span, &filled.slots));
        let spans: Vec<&'a str> = std::iter::once(own).chain(others).take(OFFERED).collect();
        if spans.len() < 2 {
            return None;
        }
        let mut slots: Slots<'_> = filled.slots.clone();
        slots.insert(slot_name(filled, slot)?, HOLE);
        let holed = self.written(filled.pattern, slots, filled.naming)?;
        let text = holed.read_in_order().find(|text| text.contains(HOLE))?;
        let (before, after) = text.split_once(HOLE)?;
        let gap = Gap {
            kind,
            language: self.language().to_owned(),
            before: before.to_owned(),
            spans: spans
                .iter()
                .map(|span| fitted(span, after).to_owned())
                .collect(),
            after: sentence_end(after.split(HOLE).next()?).to_owned(),
        };
        Some((gap, spans))
    }

    /// The pattern as a model words it, where it chooses and what comes out is sound; else as it was.
    /// What is not sound is tried once more without that span.
    pub(super) fn worded(
        &self,
        filled: Filled<'a>,
        worder: Worder<'_>,
        would_repeat: &dyn Fn(&Filled<'a>) -> bool,
    ) -> Filled<'a> {
        let mut filled = filled;
        let slots: Vec<&'static String> = filled.pattern.needs.iter().collect();
        for slot in slots {
            let Some((mut gap, mut spans)) = self.gap(&filled, slot) else {
                continue;
            };
            for _ in 0..2 {
                let chosen = worder(&gap).filter(|choice| *choice < spans.len());
                let Some(choice) = chosen.filter(|_| spans.len() > 1) else {
                    break;
                };
                let mut slots = filled.slots.clone();
                slots.insert(slot, spans[choice]);
                let other = self.written(filled.pattern, slots, filled.naming);
                let sound =
                    |other: &Filled<'a>| !would_repeat(other) && self.is_sound(other, &filled);
                if let Some(other) = other.filter(sound) {
                    filled = other.by_a_model();
                    break;
                }
                gap.spans.remove(choice);
                spans.remove(choice);
            }
        }
        filled
    }

    /// Whether what a model made of a filled pattern may stand in a draft.
    fn is_sound(&self, other: &Filled<'a>, filled: &Filled<'a>) -> bool {
        let own = filled.texts().collect::<Vec<_>>().join(" ");
        let grounds = [own.as_str(), &self.lesson().written].join(" ");
        let language = self.same_language.then(|| self.language());
        other.texts().all(|text| is_sound(text, &grounds, language))
    }
}

/// The name of a slot as long as the pattern lives.
fn slot_name(filled: &Filled<'_>, slot: &str) -> Option<&'static str> {
    let mut needs = filled.pattern.needs.iter();
    needs.find(|own| *own == slot).map(String::as_str)
}

/// Up to the end of the sentence.
fn sentence_end(text: &str) -> &str {
    let end = text.find(['.', '!', '?', ';', ':']);
    end.map_or(text, |at| &text[..=at])
}

/// Whether a sentence has no word, number or name that is neither in its pattern as the rules fill it nor in the lesson, and
/// is in its language, with the marks of that.
pub(super) fn is_sound(text: &str, grounds: &str, language: Option<&str>) -> bool {
    let known: HashSet<String> = words(grounds).collect();
    let grounded = words(text).all(|word| known.contains(&word));
    let long = text.chars().filter(|c| c.is_alphabetic()).count() >= TELLING;
    let told = language.filter(|_| long);
    let speaks =
        told.is_none_or(|wanted| language::detect(text).is_none_or(|found| found == wanted));
    grounded && speaks && !text.contains(HOLE)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::{is_sound, sentence_end};

    #[test]
    fn a_sentence_says_nothing_that_its_lesson_and_pattern_do_not() {
        let grounds = "Đọc câu; lớp đặt ba câu hỏi về … Gia tốc tỉ lệ thuận với lực. Newton 1687";
        let sound = |text: &str| is_sound(text, grounds, Some("vi"));
        assert!(sound("Đọc câu về gia tốc; lớp đặt ba câu hỏi về lực."));
        assert!(!sound("Đọc câu về gia tốc năm 1905."), "a number");
        assert!(!sound("Đọc câu về Einstein."), "a name");
        assert!(!sound("Điều 5 của Luật về lực."), "a law");
        let english = "the acceleration of a body is proportional to the force that acts on it";
        assert!(is_sound(english, english, Some("en")));
        assert!(!is_sound(english, english, Some("vi")), "another language");
        assert!(is_sound(english, english, None));
    }

    #[test]
    fn the_rest_of_a_sentence_ends_with_it() {
        assert_eq!(sentence_end(", chọn câu hay. Rồi"), ", chọn câu hay.");
        assert_eq!(sentence_end(" và"), " và");
    }
}
