//! A row of the table.

use super::Way;
use crate::search::typed::typed;
use serde::Serialize;

/// Who finds whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Whoever types one of `words` also finds `also`.
    #[default]
    OneWay,
    /// Any of all of them finds all the others.
    TwoWay,
}

/// What must hold for a row to count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// The search names a grade or stage.
    Grade,
    /// The search names a school subject.
    Subject,
    /// The words are typed in capitals.
    Capitals,
    /// The search holds this word or these words elsewhere.
    Word(String),
}

/// A row of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Line in its file, from 1.
    pub line: u64,
    /// What people type.
    pub words: Vec<String>,
    /// What is looked up as well.
    pub also: Vec<String>,
    /// Who finds whom.
    pub direction: Direction,
    /// Any of these must hold; always in force where there is none.
    pub when: Vec<Condition>,
    /// For those who read the table.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Row {
    /// Every way to write it with what it finds besides.
    pub(super) fn ways(&self) -> impl Iterator<Item = Way> {
        let both = self.direction == Direction::TwoWay;
        let of = move |text: &String| {
            let pool = self.also.iter().chain(self.words.iter().filter(|_| both));
            let others = pool.filter(|other| !alike(other, text)).cloned().collect();
            Way {
                words: typed(text),
                row: 0,
                others,
            }
        };
        let typed_ones = self
            .words
            .iter()
            .chain(self.also.iter().filter(move |_| both));
        typed_ones.map(of)
    }
}

/// Whether two texts are the same words in the same spelling.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (typed(a), typed(b));
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.is(b) && b.is(a))
}
