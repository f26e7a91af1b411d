//! What is wrong with an exercise as it is written.

use std::fmt;

/// A fault and the line that it is on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct Fault {
    /// Line, from 1: of the block for [`super::read`], of the text for [`super::find`].
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// There is no question.
    NoQuestion,
    /// There is no answer.
    NoAnswer,
    /// The lines of two kinds of exercise are mixed.
    Mixed(&'static str, &'static str),
    /// A single choice with another number of right answers than one.
    OneRight(usize),
    /// A multiple choice without a right answer.
    NoneRight,
    /// A list with fewer entries than make a question.
    TooFew,
    /// Two entries that say the same.
    Twice(String),
    /// No number where one has to be.
    NotANumber(String),
    /// A pair without one of its sides.
    HalfPair,
    /// Feedback that belongs to no answer.
    LooseFeedback,
    /// A gap that is not closed.
    OpenGap,
    /// A gap without an answer.
    EmptyGap,
    /// A setting with a value that it does not have.
    Setting(String),
    /// A line that means nothing here.
    Unexpected(String),
    /// A block without its closing line.
    NotClosed,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoQuestion => write!(to, "no question; write it above the answers"),
            Self::NoAnswer => write!(
                to,
                "no answer; add choices `- (x) …`, an answer `= …`, a list `1. …`, pairs `- a → b`, or gaps `[[…]]`"
            ),
            Self::Mixed(one, other) => {
                write!(to, "{other} among {one}; use one kind in one exercise")
            }
            Self::OneRight(0) => write!(to, "no choice is marked `(x)`; mark the right one"),
            Self::OneRight(many) => write!(
                to,
                "{many} choices are marked `(x)`; mark one, or write `[x]` for several right ones"
            ),
            Self::NoneRight => write!(to, "no choice is marked `[x]`; mark every right one"),
            Self::TooFew => write!(to, "too few to choose from; give at least two"),
            Self::Twice(text) => write!(to, "`{text}` stands there twice; keep one"),
            Self::NotANumber(text) => {
                write!(
                    to,
                    "`{text}` is no number; put words in quotation marks: = \"…\""
                )
            }
            Self::HalfPair => write!(to, "a pair lacks a side; write `- left → right`"),
            Self::LooseFeedback => {
                write!(
                    to,
                    "feedback without an answer; put `> …` below the answer it is for"
                )
            }
            Self::OpenGap => write!(to, "a gap is not closed; end it with `]]`"),
            Self::EmptyGap => write!(
                to,
                "a gap without an answer; write it between `[[` and `]]`"
            ),
            Self::Setting(value) => write!(to, "`{value}` is no value of this setting"),
            Self::Unexpected(line) => write!(
                to,
                "`{line}` means nothing here; indent what goes on from above"
            ),
            Self::NotClosed => write!(to, "the block is not closed; end it with the same signs"),
        }
    }
}

impl FaultKind {
    /// The fault on a line.
    pub(super) fn on(self, line: usize) -> Fault {
        Fault { line, kind: self }
    }
}
