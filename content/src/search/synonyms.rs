//! Other words for the same thing: a table that curators read and change.
//!
//! The table that comes with the portal is `content/search/synonyms.csv`; its head explains the columns.

mod fault;
mod read;
mod row;

pub use fault::{Fault, Problem};
pub use read::read;
pub use row::{Condition, Direction, Row};

use super::typed::{Typed, typed};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

const SHIPPED: &str = include_str!("../../search/synonyms.csv");

/// A table ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Synonyms {
    rows: Vec<Row>,
    /// Key of the first word of a way to write something → all such ways, longest first.
    ways: HashMap<String, Vec<Way>>,
}

/// One way to write what a row is about.
#[derive(Clone, Debug)]
struct Way {
    words: Vec<Typed>,
    row: usize,
    others: Vec<String>,
}

/// What the context of some words is, for the conditions of rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// The search names a grade or stage.
    pub grade: bool,
    /// The search names a school subject.
    pub subject: bool,
}

/// Synonyms of the words from one place on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    /// How many words have them.
    pub length: usize,
    /// Other ways to say it.
    pub others: Vec<String>,
}

impl Synonyms {
    /// The table that comes with the portal.
    pub fn shipped() -> Arc<Self> {
        static TABLE: LazyLock<Arc<Synonyms>> =
            LazyLock::new(|| Arc::new(Synonyms::new(read(SHIPPED.as_bytes()).0)));
        TABLE.clone()
    }

    /// A table of these rows.
    pub fn new(rows: Vec<Row>) -> Self {
        let mut table = Self::default();
        rows.into_iter().for_each(|row| table.add(row));
        table.sorted()
    }

    /// This table with more rows. What they give for some words replaces what was given before; a
    /// row without `also` takes it away.
    pub fn with(&self, own: Vec<Row>) -> Self {
        let mut table = self.clone();
        for row in &own {
            for way in row.ways() {
                table.forget(&way.words);
            }
        }
        own.into_iter().for_each(|row| table.add(row));
        table.sorted()
    }

    /// The rows in force, those of the portal's own table last.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        let used: HashSet<usize> = self.ways.values().flatten().map(|way| way.row).collect();
        let numbered = self.rows.iter().enumerate();
        numbered
            .filter(move |(number, _)| used.contains(number))
            .map(|(_, row)| row)
    }

    fn add(&mut self, row: Row) {
        let number = self.rows.len();
        for way in row.ways() {
            let Some(first) = way.words.first().map(|word| word.key.clone()) else {
                continue;
            };
            let way = Way { row: number, ..way };
            self.ways.entry(first).or_default().push(way);
        }
        self.rows.push(row);
    }

    fn forget(&mut self, words: &[Typed]) {
        let same = |way: &Way| {
            way.words.len() == words.len() && way.words.iter().zip(words).all(|(a, b)| a.is(b))
        };
        if let Some(ways) = words.first().and_then(|w| self.ways.get_mut(&w.key)) {
            ways.retain(|way| !same(way));
        }
    }

    fn sorted(mut self) -> Self {
        for ways in self.ways.values_mut() {
            ways.retain(|way| !way.others.is_empty());
            ways.sort_by_key(|way| (std::cmp::Reverse(way.words.len()), way.row));
        }
        self.ways.retain(|_, ways| !ways.is_empty());
        self
    }

    /// Synonyms of the words from `at` on, of the longest way to write something that begins there.
    pub(crate) fn at(&self, words: &[Typed], at: usize, context: &Context) -> Option<Match> {
        let mut found: Option<Match> = None;
        for way in self.ways.get(&words.get(at)?.key)? {
            let length = way.words.len();
            let here = words.get(at..at + length);
            let longer = found.as_ref().is_some_and(|found| found.length > length);
            let same = here.is_some_and(|here| here.iter().zip(&way.words).all(|(a, b)| a.is(b)));
            if longer || !same || !self.holds(way, words, at, context) {
                continue;
            }
            let others = &mut found
                .get_or_insert(Match {
                    length,
                    others: Vec::new(),
                })
                .others;
            for other in &way.others {
                if !others.contains(other) {
                    others.push(other.clone());
                }
            }
        }
        found
    }

    fn holds(&self, way: &Way, words: &[Typed], at: usize, context: &Context) -> bool {
        let conditions = &self.rows[way.row].when;
        let own = at..at + way.words.len();
        let holds = |condition: &Condition| match condition {
            Condition::Grade => context.grade,
            Condition::Subject => context.subject,
            Condition::Capitals => words[own.clone()].iter().all(|word| word.capitals),
            Condition::Word(other) => stands_outside(&typed(other), words, &own),
        };
        conditions.is_empty() || conditions.iter().any(holds)
    }
}

/// Whether the words stand somewhere in the search besides the words they are to explain.
fn stands_outside(wanted: &[Typed], words: &[Typed], own: &std::ops::Range<usize>) -> bool {
    let is = |here: &[Typed]| here.iter().zip(wanted).all(|(a, b)| a.is(b));
    let mut places = words.windows(wanted.len().max(1)).enumerate();
    places.any(|(at, here)| (at + wanted.len() <= own.start || at >= own.end) && is(here))
}
