//! Terms of a text, explained where they first stand: by a sentence that says what they are, from the text itself or from one near
//! to it, and by how other languages say them.
//!
//! What is known of terms is the table of [`crate::search::terms`] and what a text defines in a list of definitions. Nothing is
//! made up: where no sentence of the library says what a term is, only its translations are given.

mod define;
mod known;
mod lexicon;
mod subject;
mod walk;

use crate::LearningResource;
use crate::search::terms::{LANGUAGES, shipped};
use known::Known;
use lexicon::Lexicon;
use std::collections::{BTreeMap, BTreeSet};
use subject::Subject;
use walk::{Walk, Word, walk};

/// Terms that are explained in one section, and in a whole text.
const IN_SECTION: usize = 3;
const IN_TEXT: usize = 16;

/// A term of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As the text writes it.
    pub word: String,
    /// What it is, where a text says so.
    pub definition: Option<Definition>,
    /// How other languages say it: code and words, the most usual first.
    pub translations: Vec<(&'static str, Vec<String>)>,
}

/// A sentence that says what a term is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The sentence.
    pub text: String,
    /// Portal id and name of the resource that says so; nothing where it is the text itself.
    pub source: Option<(String, String)>,
}

/// Where a term is explained, within the page: the address without `#` of its note, by its number from 1.
pub fn note_id(number: usize) -> String {
    format!("term-{number}")
}

/// Where a term stands in the text.
pub fn place_id(number: usize) -> String {
    format!("term-place-{number}")
}

/// Finished HTML of a text in which the first places of some terms are links to their notes, and these terms in their order.
///
/// `html` is the text of `record`; `near` are resources like it, nearest first. Everyday words are left alone: the table tells some, and a
/// term is of several words, or the record names it itself. Nothing is marked in headings, links, formulas, code, forms and tables' heads, nor in the
/// sentence that defines the term.
pub fn explain(
    html: &str,
    record: &LearningResource,
    near: &[LearningResource],
) -> (String, Vec<Term>) {
    let language = record.main_language().unwrap_or_default();
    let Some(lexicon) = lexicon::of(language) else {
        return (html.to_owned(), Vec::new());
    };
    let subject = Subject::of(record, language);
    let walk = walk(html, language);
    let mut known = Known::of_text(&walk, lexicon, language);
    let mut found = places(&walk, lexicon, &known);
    found.retain(|place| known.lists(place) || subject.is_told_by(place, language));
    known.read_near(&found, lexicon, language, near);
    found.retain(|place| known.says(place) || place.rows.len() == 1);
    let chosen = chosen(found, &known);
    let words = |place: &Place| html[place.start..place.end].to_owned();
    let terms = chosen.iter().map(|place| Term {
        word: words(place),
        definition: known.definition(place),
        translations: translations(place, language),
    });
    let terms = terms.collect();
    (put(html, &chosen), terms)
}

/// A term at its first place.
struct Place {
    rows: Vec<usize>,
    /// Its words as they are compared.
    keys: Vec<String>,
    start: usize,
    end: usize,
    section: usize,
}

/// The first place of each term that may be marked, in order.
fn places(walk: &Walk, lexicon: &Lexicon, known: &Known) -> Vec<Place> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut at = 0;
    while at < walk.words.len() {
        let run = run(&walk.words[at..]);
        let keys: Vec<&str> = run.iter().map(|word| word.key.as_str()).collect();
        let Some(way) = lexicon.longest(&keys) else {
            at += 1;
            continue;
        };
        let words = &run[..way.words.len()];
        at += words.len();
        let (first, last) = (&words[0], &words[words.len() - 1]);
        let row = way.rows[0];
        if shipped()[row].everyday {
            continue;
        }
        if !first.open || known.blocks.contains(&(row, first.block)) || !seen.insert(row) {
            continue;
        }
        found.push(Place {
            rows: way.rows.clone(),
            start: first.start,
            end: last.end,
            section: first.section,
            keys: words.iter().map(|word| word.key.clone()).collect(),
        });
    }
    found
}

/// The words from here on between which only spaces stand.
fn run(words: &[Word]) -> &[Word] {
    let end = words.iter().skip(1).position(|word| !word.joined);
    &words[..end.map_or(words.len(), |end| end + 1)]
}

/// The terms that are explained: in each section the defined ones first, then the longer ones.
fn chosen(found: Vec<Place>, known: &Known) -> Vec<Place> {
    let mut sections: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for place in found {
        sections.entry(place.section).or_default().push(place);
    }
    let best = sections.into_values().flat_map(|mut places| {
        places.sort_by_key(|place| (!known.says(place), std::cmp::Reverse(place.keys.len())));
        places.truncate(IN_SECTION);
        places.sort_by_key(|place| place.start);
        places
    });
    best.take(IN_TEXT).collect()
}

/// How the other languages of the table say it; nothing where it may mean several things.
fn translations(place: &Place, language: &str) -> Vec<(&'static str, Vec<String>)> {
    let &[row] = place.rows.as_slice() else {
        return Vec::new();
    };
    let others = LANGUAGES.into_iter().filter(|code| *code != language);
    let ways = others.map(|code| (code, shipped()[row].ways_in(code).to_vec()));
    ways.filter(|(_, ways)| !ways.is_empty()).collect()
}

fn put(html: &str, places: &[Place]) -> String {
    let mut out = String::with_capacity(html.len() + places.len() * 80);
    let mut from = 0;
    for (at, place) in places.iter().enumerate() {
        let (note, own) = (note_id(at + 1), place_id(at + 1));
        out.push_str(&html[from..place.start]);
        out.push_str(&format!(
            "<a class=\"term\" role=\"doc-glossref\" id=\"{own}\" href=\"#{note}\">"
        ));
        out.push_str(&html[place.start..place.end]);
        out.push_str("</a>");
        from = place.end;
    }
    out.push_str(&html[from..]);
    out
}
