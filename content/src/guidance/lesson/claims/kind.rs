//! What kind of thing a sentence states.

use super::super::ClaimKind;
use super::wording::{DEFINES, NAMES_WELL};

/// Most words of what is defined.
const DEFINED: usize = 6;
/// Signs by which an equation computes something: “x = 0” alone says when, not how.
const SIGNS: &[char] = &[
    '+', '−', '×', '·', '⋅', '/', '÷', '²', '³', '√', '^', '(', '∑',
];

/// A kind with what belongs to it.
pub(super) struct Kind {
    pub(super) kind: ClaimKind,
    /// What is defined.
    pub(super) defined: Option<String>,
    /// Head of the table.
    pub(super) head: Option<String>,
}

impl Kind {
    pub(super) fn of(kind: ClaimKind) -> Self {
        Self {
            kind,
            defined: None,
            head: None,
        }
    }

    pub(super) fn row(head: Option<&str>) -> Self {
        Self {
            head: head.map(str::to_owned),
            ..Self::of(ClaimKind::Row)
        }
    }
}

/// The kind of a sentence, with what it defines where it does.
pub(super) fn kind(sentence: &str, terms: &[String]) -> Kind {
    let figure = sentence.chars().any(|c| c.is_ascii_digit());
    if computes(sentence) {
        return Kind::of(ClaimKind::Formula);
    }
    if let Some(defined) = defined(sentence, terms).filter(|_| !figure) {
        return Kind {
            defined: Some(defined.to_owned()),
            ..Kind::of(ClaimKind::Definition)
        };
    }
    Kind::of(match () {
        () if figure => ClaimKind::Number,
        () if names(sentence).is_some() => ClaimKind::Name,
        () => ClaimKind::Claim,
    })
}

/// Whether an equation in the sentence reckons with something.
pub(super) fn computes(sentence: &str) -> bool {
    sentence.match_indices('=').any(|(at, _)| {
        let words = |text: &str| text.chars().any(|c| SIGNS.contains(&c));
        let end = sentence[at..]
            .find([';', ':'])
            .map_or(sentence.len(), |end| at + end);
        words(&sentence[at..end])
            || words(&sentence[sentence[..at].rfind([';', ':']).unwrap_or(0)..at])
    })
}

/// What a sentence says the meaning of: what stands before “is a” or “là”, where that is a term of
/// the lesson, and what stands before words that always define.
fn defined<'s>(sentence: &'s str, terms: &[String]) -> Option<&'s str> {
    let lower = sentence.to_lowercase();
    if lower.len() != sentence.len() {
        return None;
    }
    // “Seeds are placed”: in the plural the verb tells what happens more often than what things are.
    let verbs = DEFINES
        .iter()
        .filter(|verb| !matches!(**verb, " are " | " sont "))
        .filter_map(|verb| Some((lower.find(verb)?, *verb)));
    let (at, verb) = verbs.min_by_key(|(at, _)| *at)?;
    let subject = sentence.get(..at)?.trim();
    let small = subject.to_lowercase();
    let bare = ARTICLES
        .iter()
        .find_map(|article| small.strip_prefix(article));
    let bare = bare.unwrap_or(&small);
    let term = terms
        .iter()
        .any(|term| bare == term.as_str() || near(bare, term));
    let short = subject.split_whitespace().count() <= DEFINED && !subject.contains([',', ';', ':']);
    let shown = subject.get(subject.len().checked_sub(bare.len())?..)?;
    (short && (term || NAMES_WELL.contains(&verb)) && !shown.is_empty()).then_some(shown)
}

/// Articles that stand before a term.
const ARTICLES: &[&str] = &[
    "the ", "a ", "an ", "le ", "la ", "les ", "l’", "l\'", "un ", "une ", "các ", "những ", "một ",
];

/// A term with its plural, or with a word more.
fn near(subject: &str, term: &str) -> bool {
    let plural = subject.strip_suffix('s') == Some(term) || term.strip_suffix('s') == Some(subject);
    let longer = subject.starts_with(term)
        && subject.split_whitespace().count() <= term.split_whitespace().count() + 1;
    plural || longer
}

/// The first proper name of two words or more that does not begin the sentence.
pub(in crate::guidance) fn names(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence.split_whitespace().skip(1).collect();
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    let apart = |word: &str| word.ends_with(['.', '!', '?', ':', ',', ';', ')']);
    let start = words
        .windows(2)
        .position(|pair| pair.iter().all(|word| capital(word)) && !apart(pair[0]))?;
    let mut name: Vec<&str> = Vec::new();
    for word in words[start..].iter().take_while(|word| capital(word)) {
        name.push(word.trim_end_matches(|c: char| !c.is_alphanumeric()));
        if apart(word) {
            break;
        }
    }
    Some(name.join(" "))
}
