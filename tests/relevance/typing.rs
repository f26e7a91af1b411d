//! The ways to type one title: each must have its title among the first three, though every
//! title has neighbours that are easily taken for it.

use crate::shelf::{Shelf, text};
use khue_content::{LearningResource, Provenance};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A title and the ways to type it that no rule makes out of it.
struct Title {
    record: LearningResource,
    ways: Vec<String>,
}

fn titles() -> Vec<Title> {
    let uri = |scheme: &str, notation: &str| format!("https://w3id.org/khue/{scheme}/{notation}");
    let read = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let record = LearningResource {
            id: cells[0].to_owned(),
            name: cells[1].to_owned(),
            about: vec![uri("about", cells[2])],
            educational_level: vec![uri("educationalLevel", cells[3])],
            in_language: vec!["vi".to_owned()],
            provenance: Provenance {
                source: "test".into(),
                identifier: cells[0].to_owned(),
                ..Provenance::default()
            },
            ..LearningResource::default()
        };
        let ways = cells[4]
            .split(';')
            .map(|way| way.trim().to_owned())
            .collect();
        Title { record, ways }
    };
    let table = text("tests/relevance/typing/titles.tsv");
    table.lines().skip(1).map(read).collect()
}

fn without_marks(text: &str) -> String {
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    letters
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            other => other,
        })
        .collect()
}

/// Every second word without its marks.
fn half(text: &str) -> String {
    let word = |(place, word): (usize, &str)| match place % 2 {
        0 => word.to_owned(),
        _ => without_marks(word),
    };
    let words: Vec<String> = text.split(' ').enumerate().map(word).collect();
    words.join(" ")
}

/// The tone mark on the other vowel of oa, oe, uy: `hoà` and `hòa`.
fn other_tone_place(text: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oẻ", "ỏe"),
        ("uỷ", "ủy"),
        ("uý", "úy"),
        ("uỳ", "ùy"),
        ("uỵ", "ụy"),
    ];
    let closed = |after: &str| !after.starts_with(|c: char| c.is_alphabetic());
    let mut text = text.to_owned();
    for (new, old) in PAIRS {
        let places: Vec<usize> = text.match_indices(new).map(|(at, _)| at).collect();
        for at in places
            .into_iter()
            .rev()
            .filter(|at| closed(&text[at + new.len()..]))
            .collect::<Vec<_>>()
        {
            text.replace_range(at..at + new.len(), old);
        }
    }
    text
}

/// `lí` and `lý`, `kĩ` and `kỹ`, `mĩ` and `mỹ`.
fn other_i(text: &str) -> String {
    let pairs = [("lí", "lý"), ("Lí", "Lý"), ("Kĩ", "Kỹ"), ("Mĩ", "Mỹ")];
    pairs
        .iter()
        .fold(text.to_owned(), |text, (a, b)| text.replace(a, b))
}

/// One slip of the fingers in the longest word: two inner letters in the wrong order.
fn typo(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let longest = words
        .iter()
        .enumerate()
        .max_by_key(|(place, word)| (word.chars().count(), std::cmp::Reverse(*place)));
    let Some((place, word)) = longest.filter(|(_, word)| word.chars().count() >= 4) else {
        return text.to_owned();
    };
    let mut letters: Vec<char> = word.nfc().collect();
    let last = letters.len() - 1;
    letters.swap(last - 1, last);
    let slipped: String = letters.into_iter().collect();
    let mut words: Vec<&str> = words;
    words[place] = &slipped;
    words.join(" ")
}

/// Asks each title in one way; tells which ways do not find it among the first three.
fn missed(ways: impl Fn(&Title) -> Vec<String>) -> Vec<String> {
    let titles = titles();
    assert!(titles.len() >= 40);
    let records: Vec<LearningResource> = titles.iter().map(|title| title.record.clone()).collect();
    let shelf = Shelf::new(&records);
    let mut missed = Vec::new();
    for title in &titles {
        for way in ways(title) {
            let found = shelf.first(&way, 3);
            if !found.iter().take(3).any(|id| *id == title.record.id) {
                let name = &title.record.name;
                missed.push(format!("{way:?} does not find {name:?} but {found:?}"));
            }
        }
    }
    missed
}

fn all_find(way: impl Fn(&str) -> String) {
    let missed = missed(|title| vec![way(&title.record.name)]);
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn as_it_is_written() {
    all_find(str::to_owned);
}

#[test]
fn in_capitals_and_in_small_letters() {
    all_find(|name| name.to_uppercase());
    all_find(|name| name.to_lowercase());
}

#[test]
fn decomposed() {
    all_find(|name| name.nfd().collect());
}

#[test]
fn without_any_mark() {
    all_find(|name| without_marks(&name.to_lowercase()));
}

#[test]
fn with_half_of_the_marks() {
    all_find(half);
}

#[test]
fn with_the_tone_mark_in_the_older_place() {
    all_find(other_tone_place);
}

#[test]
fn with_y_for_i() {
    all_find(other_i);
}

#[test]
fn joined_abbreviated_with_subject_and_grade_or_as_a_formula() {
    let missed = missed(|title| title.ways.clone());
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn with_one_slip_and_marks() {
    all_find(|name| typo(&name.to_lowercase()));
}

#[test]
fn with_one_slip_and_no_marks() {
    all_find(|name| typo(&without_marks(&name.to_lowercase())));
}
