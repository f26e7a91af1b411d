//! How good an answer is, and what to say about it.

use super::{Answers, Choice, Exercise, Task, score_parts, score_typed};

/// How good an answer, or a part of one, is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was answered.
    #[default]
    Unanswered,
    /// Wrong.
    Wrong,
    /// Some of it is right.
    Partly,
    /// Right.
    Right,
}

/// What to say about an answer. The app has the words.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Note {
    /// What the author says to those who answer so (Markdown).
    Feedback(String),
    /// The same but for its marks; the word as it is written.
    MarksDiffer(String),
    /// The same but for its capitals; the word as it is written.
    CapitalsDiffer(String),
    /// The number is right, but its unit is asked for.
    UnitMissing,
    /// The number is right, its unit another.
    UnitDiffers {
        /// The unit that was typed.
        typed: String,
        /// The unit that is meant.
        meant: String,
    },
    /// Right, in another unit than the one printed: so much in that unit.
    Converted {
        /// The value in the unit that is meant.
        value: f64,
        /// The unit that is meant.
        meant: String,
    },
    /// A number was asked for.
    NotANumber(String),
    /// Right choices that were not taken.
    ChoicesMissing(usize),
    /// Wrong choices that were taken.
    ChoicesTooMany(usize),
    /// So many parts of so many are right.
    PartsRight(usize, usize),
}

/// What became of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// How good it is.
    pub verdict: Verdict,
    /// From 0 to 1; 1 exactly where the verdict is right.
    pub score: f64,
    /// What to say, in order.
    pub notes: Vec<Note>,
    /// Gaps, pairs, places or choices one by one, where there are several.
    pub parts: Vec<Part>,
}

/// A part of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// How good it is.
    pub verdict: Verdict,
    /// What to say about it.
    pub notes: Vec<Note>,
}

impl Outcome {
    /// An outcome without parts.
    pub(super) fn whole(verdict: Verdict, notes: Vec<Note>) -> Self {
        let score = match verdict {
            Verdict::Right => 1.0,
            Verdict::Partly => 0.5,
            Verdict::Wrong | Verdict::Unanswered => 0.0,
        };
        Self {
            verdict,
            score,
            notes,
            parts: Vec::new(),
        }
    }

    /// An outcome with a score between none and all right.
    pub(super) fn graded(score: f64, notes: Vec<Note>, parts: Vec<Part>) -> Self {
        let verdict = match score {
            s if s >= 1.0 => Verdict::Right,
            s if s > 0.0 => Verdict::Partly,
            _ => Verdict::Wrong,
        };
        Self {
            verdict,
            score: score.clamp(0.0, 1.0),
            notes,
            parts,
        }
    }
}

/// Scores an answer. The score depends on nothing but the exercise and the fields.
pub fn score(exercise: &Exercise, answers: &Answers) -> Outcome {
    let language = exercise.language.as_str();
    match &exercise.task {
        Task::Single(choices) => single(choices, answers.number("a")),
        Task::Multiple(choices) => multiple(choices, &answers.numbers("a")),
        Task::Number(key) => score_typed::number(key, answers.text("a")),
        Task::Text(key) => score_typed::text(key, answers.text("a"), language),
        Task::Ordering(items) => score_parts::ordering(items.len(), answers),
        Task::Matching { pairs, others } => score_parts::matching(pairs, others, answers),
        Task::Gaps(gaps) => score_parts::gaps(gaps, answers, language),
    }
}

/// What an author says, where they do.
pub(super) fn said(feedback: &str) -> Vec<Note> {
    let said = (!feedback.is_empty()).then(|| Note::Feedback(feedback.to_owned()));
    said.into_iter().collect()
}

pub(super) fn single(choices: &[Choice], taken: Option<usize>) -> Outcome {
    match taken.and_then(|number| choices.get(number)) {
        None => Outcome::default(),
        Some(choice) if choice.right => Outcome::whole(Verdict::Right, said(&choice.feedback)),
        Some(choice) => Outcome::whole(Verdict::Wrong, said(&choice.feedback)),
    }
}

/// Each right choice taken counts for, each wrong one against; all right only if nothing is missing or too much.
fn multiple(choices: &[Choice], taken: &[usize]) -> Outcome {
    let is_taken = |number: usize| taken.contains(&number);
    if !(0..choices.len()).any(is_taken) {
        return Outcome::default();
    }
    let count = |right: bool, want: bool| {
        let all = choices.iter().enumerate();
        all.filter(|(at, choice)| choice.right == right && is_taken(*at) == want)
            .count()
    };
    let (hits, missing, too_many) = (count(true, true), count(true, false), count(false, true));
    let mut notes = Vec::new();
    if missing > 0 {
        notes.push(Note::ChoicesMissing(missing));
    }
    if too_many > 0 {
        notes.push(Note::ChoicesTooMany(too_many));
    }
    let part = |(at, choice): (usize, &Choice)| match (choice.right, is_taken(at)) {
        (true, true) => Part {
            verdict: Verdict::Right,
            notes: said(&choice.feedback),
        },
        (false, true) => Part {
            verdict: Verdict::Wrong,
            notes: said(&choice.feedback),
        },
        _ => Part::default(),
    };
    let parts = choices.iter().enumerate().map(part).collect();
    let net = share(hits, hits + missing) - share(too_many, hits + missing);
    Outcome::graded(net, notes, parts)
}

/// `part` of `whole`, from 0 to 1.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 {
        0.0
    } else {
        number(part) / number(whole)
    }
}
