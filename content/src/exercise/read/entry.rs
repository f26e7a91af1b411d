//! Answers as they are written, before it is known what they mean together.

use crate::exercise::lines::Line;

/// By which sign an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    One,
    Any,
    Answer,
    Pair,
    Step,
    Gap,
}

impl Form {
    /// As it is named to an author.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::One => "`( )`",
            Self::Any => "`[ ]`",
            Self::Answer => "`= …`",
            Self::Pair => "`… → …`",
            Self::Step => "`1. …`",
            Self::Gap => "`[[…]]`",
        }
    }
}

/// One answer.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) line: usize,
    /// Marked as right; always for steps and pairs.
    pub(super) right: bool,
    pub(super) text: String,
    /// The right side of a pair.
    pub(super) other: String,
    pub(super) feedback: String,
}

/// The answer that a line is.
pub(super) fn of(line: &Line, number: usize) -> Option<(Form, Entry)> {
    let (form, right, text, other) = match *line {
        Line::One(right, text) => (Form::One, right, text, ""),
        Line::Any(right, text) => (Form::Any, right, text, ""),
        Line::Answer(right, text) => (Form::Answer, right, text, ""),
        Line::Pair(left, right) => (Form::Pair, true, left, right),
        Line::Step(text) => (Form::Step, true, text, ""),
        _ => return None,
    };
    let entry = Entry {
        line: number,
        right,
        text: text.to_owned(),
        other: other.to_owned(),
        feedback: String::new(),
    };
    Some((form, entry))
}
