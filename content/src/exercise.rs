//! Exercises that give feedback at once: what one is, how it is written in a lesson, how an answer is scored.
//!
//! An exercise stands in the Markdown of a lesson as a fenced block named `bài tập`, `exercise` or `exercice`;
//! [`read`] reads one, [`find`] all of a text, [`write`](write()) writes one. [`score`] looks at an answer as a
//! form sends it. Nothing here keeps an answer, and trying again costs nothing.
//!
//! ```
//! use khue_content::exercise::{self, Answers, Verdict};
//! let block = "Hợp lực 10 N tác dụng lên vật 4 kg. Gia tốc?\n\n= 2,5 m/s²\n~ 40 m/s²\n  > Hãy chia, đừng nhân.\n";
//! let exercise = exercise::read("1", block, "vi").expect("an exercise");
//! let answer = |typed: &str| Answers::new([("a", typed)]);
//! assert_eq!(exercise::score(&exercise, &answer("2.5")).verdict, Verdict::Right);
//! assert_eq!(exercise::score(&exercise, &answer("40")).verdict, Verdict::Wrong);
//! ```

mod answers;
mod fault;
mod find;
pub(crate) mod fold;
#[cfg(all(feature = "format", feature = "render"))]
pub mod import;
mod lines;
mod number;
mod read;
pub mod review;
mod score;
mod score_parts;
mod score_typed;
mod shuffle;
mod unit;
mod write;

pub use answers::Answers;
pub use fault::{Fault, FaultKind};
pub use find::{Found, find, is_block, label_of};
pub use number::{Decimal, Reading, readings};
pub use read::read;
pub use score::{Note, Outcome, Part, Verdict, score};
pub use shuffle::shown_order;
pub use write::write;

/// Stands in a question where a gap is; gaps follow in order.
pub const GAP: char = '\u{fffc}';

/// A question with a known answer. All texts are Markdown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exercise {
    /// Number or name within its lesson, such as `1` or `2a`; empty where it has none.
    pub label: String,
    /// Language of its texts, BCP 47; tells how its author writes decimals.
    pub language: String,
    /// What is asked.
    pub question: String,
    /// What is to be done, and which answers are known.
    pub task: Task,
    /// Hints, the gentlest first.
    pub hints: Vec<String>,
    /// How the answer is found; shown once somebody has answered.
    pub explanation: String,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// One of these is right.
    Single(Vec<Choice>),
    /// Any number of these is right.
    Multiple(Vec<Choice>),
    /// A number, maybe with a unit.
    Number(NumberKey),
    /// A few words.
    Text(TextKey),
    /// These, in the right order.
    Ordering(Vec<String>),
    /// Pairs, and right sides that belong to none.
    Matching {
        /// What belongs together.
        pairs: Vec<Pair>,
        /// Right sides without a left one.
        others: Vec<String>,
    },
    /// Gaps in the question, in order.
    Gaps(Vec<Gap>),
}

impl Default for Task {
    fn default() -> Self {
        Self::Text(TextKey::default())
    }
}

/// One of several answers to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// What to say to those who choose it.
    pub feedback: String,
}

/// What belongs together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// What is given.
    pub left: String,
    /// What belongs to it.
    pub right: String,
    /// Why.
    pub feedback: String,
}

/// Which numbers are right, and which wrong ones are expected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberKey {
    /// Known answers, the first right one being the one to show.
    pub answers: Vec<NumberAnswer>,
    /// Whether the unit has to be typed.
    pub unit_required: bool,
}

/// A known number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberAnswer {
    /// Its value, in `unit`.
    pub value: f64,
    /// How far off an answer may be, in `unit`.
    pub tolerance: f64,
    /// The unit as it is written; empty for a mere number.
    pub unit: String,
    /// Whether it is right, or a mistake that one expects.
    pub right: bool,
    /// What to say to those who answer so.
    pub feedback: String,
}

/// Which words are right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextKey {
    /// Known answers, the first right one being the one to show.
    pub answers: Vec<Choice>,
    /// Whether capitals matter.
    pub case_matters: bool,
    /// Whether an answer without its marks is as good.
    pub marks_ignored: bool,
}

/// A place in the question to be filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Gap {
    /// With words.
    Text(TextKey),
    /// With a number.
    Number(NumberKey),
    /// With one of a list.
    Choice(Vec<Choice>),
}

impl Exercise {
    /// How many things have to be answered: gaps, pairs, places; else one.
    pub fn parts(&self) -> usize {
        match &self.task {
            Task::Ordering(items) => items.len(),
            Task::Matching { pairs, .. } => pairs.len(),
            Task::Gaps(gaps) => gaps.len(),
            _ => 1,
        }
    }

    /// The unit that is printed beside the field of a number.
    pub fn shown_unit(&self) -> Option<&str> {
        match &self.task {
            Task::Number(key) => key.shown_unit(),
            _ => None,
        }
    }
}

impl NumberKey {
    /// The unit to print beside the field: that of the right answer, unless naming it is a part of the task.
    pub fn shown_unit(&self) -> Option<&str> {
        let first = self.answers.iter().find(|answer| answer.right)?;
        (!self.unit_required && !first.unit.is_empty()).then_some(first.unit.as_str())
    }
}
