//! The grammar of a query: phrases, exclusions, prefixes; everything else is plain text.

use super::names;
use crate::search::typed::{key, typed};

/// What a prefix limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    /// Words to a property.
    Words(&'static str),
    /// Results to values of a property.
    Filter(&'static str),
}

/// One thing that was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub minus: bool,
    pub phrase: bool,
    pub prefix: Option<Prefix>,
    /// Values of a filter.
    pub values: Vec<String>,
    /// The words, without sign, prefix and quotes.
    pub text: &'a str,
    /// All of it, as typed.
    pub whole: &'a str,
}

/// Prefixes by their keys.
const PREFIXES: &[(&str, Prefix)] = &[
    ("ten", Prefix::Words("name")),
    ("tieu de", Prefix::Words("name")),
    ("name", Prefix::Words("name")),
    ("title", Prefix::Words("name")),
    ("titre", Prefix::Words("name")),
    ("nom", Prefix::Words("name")),
    ("tac gia", Prefix::Words("creator")),
    ("tacgia", Prefix::Words("creator")),
    ("nguoi soan", Prefix::Words("creator")),
    ("creator", Prefix::Words("creator")),
    ("author", Prefix::Words("creator")),
    ("auteur", Prefix::Words("creator")),
    ("tu khoa", Prefix::Words("keywords")),
    ("tukhoa", Prefix::Words("keywords")),
    ("keiword", Prefix::Words("keywords")),
    ("keiwords", Prefix::Words("keywords")),
    ("mot cle", Prefix::Words("keywords")),
    ("mots cles", Prefix::Words("keywords")),
    ("mon", Prefix::Filter("about")),
    ("mon hoc", Prefix::Filter("about")),
    ("about", Prefix::Filter("about")),
    ("subject", Prefix::Filter("about")),
    ("matiere", Prefix::Filter("about")),
    ("lop", Prefix::Filter("educationalLevel")),
    ("khoi", Prefix::Filter("educationalLevel")),
    ("cap", Prefix::Filter("educationalLevel")),
    ("cap hoc", Prefix::Filter("educationalLevel")),
    ("grade", Prefix::Filter("educationalLevel")),
    ("level", Prefix::Filter("educationalLevel")),
    ("niveau", Prefix::Filter("educationalLevel")),
    ("classe", Prefix::Filter("educationalLevel")),
    ("loai", Prefix::Filter("learningResourceType")),
    ("tipe", Prefix::Filter("learningResourceType")),
    ("kind", Prefix::Filter("learningResourceType")),
    ("bo sach", Prefix::Filter("textbook")),
    ("sach", Prefix::Filter("textbook")),
    ("textbook", Prefix::Filter("textbook")),
    ("manuel", Prefix::Filter("textbook")),
    ("ngon ngu", Prefix::Filter("inLanguage")),
    ("language", Prefix::Filter("inLanguage")),
    ("lang", Prefix::Filter("inLanguage")),
    ("langue", Prefix::Filter("inLanguage")),
    ("giai phep", Prefix::Filter("license")),
    ("giay phep", Prefix::Filter("license")),
    ("license", Prefix::Filter("license")),
    ("licence", Prefix::Filter("license")),
];

/// Longest value of a filter, in words.
const VALUE_WORDS: usize = 8;

/// What was typed, piece by piece; neighbouring plain words are one piece.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut at, mut plain) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let skipped = rest.len() - rest.trim_start().len();
        if skipped > 0 {
            at += skipped;
            continue;
        }
        match special(rest) {
            Some((piece, length)) => {
                push_plain(&mut found, &text[plain..at]);
                found.push(piece);
                at += length;
                plain = at;
            }
            None => at += rest.find(char::is_whitespace).unwrap_or(rest.len()),
        }
    }
    push_plain(&mut found, &text[plain..]);
    found
}

fn push_plain<'a>(found: &mut Vec<Piece<'a>>, text: &'a str) {
    let text = text.trim();
    if !text.is_empty() {
        found.push(Piece {
            text,
            whole: text,
            ..Piece::default()
        });
    }
}

/// A phrase, an exclusion or a prefix at the beginning of `text`, and its length in bytes.
fn special(text: &str) -> Option<(Piece<'_>, usize)> {
    let minus = text.strip_prefix(['-', '−']).filter(|rest| {
        let next = rest.chars().next();
        next.is_some_and(|c| c.is_alphabetic() || closing(c).is_some())
    });
    let rest = minus.unwrap_or(text);
    let prefixed = prefix(rest);
    let (mut piece, after) = match prefixed {
        Some((Prefix::Filter(property), after)) if minus.is_none() => {
            let (value, values, after) = value(property, after)?;
            let piece = Piece {
                text: value,
                values,
                prefix: Some(Prefix::Filter(property)),
                ..Piece::default()
            };
            (piece, after)
        }
        Some((Prefix::Words(property), after)) => words(after, Some(Prefix::Words(property)))?,
        _ if minus.is_some() || quoted(rest).is_some() => words(rest, None)?,
        _ => return None,
    };
    piece.minus = minus.is_some();
    let length = text.len() - after.len();
    piece.whole = &text[..length];
    Some((piece, length))
}

/// A phrase or one word.
fn words(text: &str, prefix: Option<Prefix>) -> Option<(Piece<'_>, &str)> {
    let (text, after, phrase) = match quoted(text) {
        Some((inner, after)) => (inner, after, true),
        None => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            (&text[..end], &text[end..], false)
        }
    };
    let piece = Piece {
        phrase,
        prefix,
        text,
        ..Piece::default()
    };
    (!typed(text).is_empty()).then_some((piece, after))
}

/// A prefix with its colon, and what follows.
fn prefix(text: &str) -> Option<(Prefix, &str)> {
    // The longest prefix has ten letters, four bytes each at most.
    let mut end = text.len().min(48);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let colon = text[..end].find([':', '：'])?;
    let name = &text[..colon];
    if name.contains(|c: char| !c.is_alphabetic() && c != ' ' && !is_mark(c)) {
        return None;
    }
    let name = key(name);
    let (_, prefix) = PREFIXES.iter().find(|(known, _)| *known == name)?;
    let mut after = text[colon..].chars();
    after.next();
    Some((*prefix, after.as_str()))
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The value of a filter: the phrase, or as many words as name something.
fn value<'a>(property: &str, text: &'a str) -> Option<(&'a str, Vec<String>, &'a str)> {
    let text = text.trim_start();
    if let Some((inner, after)) = quoted(text) {
        let values = names::values(property, inner);
        return (!values.is_empty()).then_some((inner, values, after));
    }
    let mut ends: Vec<usize> = text
        .match_indices(char::is_whitespace)
        .map(|(at, _)| at)
        .take(VALUE_WORDS)
        .collect();
    if ends.len() < VALUE_WORDS {
        ends.push(text.len());
    }
    ends.into_iter().rev().find_map(|end| {
        let value = &text[..end];
        let values = names::values(property, value);
        (!values.is_empty()).then_some((value, values, &text[end..]))
    })
}

/// The signs that close what this one opens.
fn closing(open: char) -> Option<&'static [char]> {
    Some(match open {
        '"' | '“' | '”' | '„' | '‟' | '＂' => &['"', '“', '”', '‟', '＂'],
        '«' | '»' => &['»', '«'],
        '‹' => &['›'],
        '「' => &['」'],
        '『' => &['』'],
        '‘' | '\'' => &['’', '\''],
        _ => return None,
    })
}

/// A phrase between quotes and what follows; an open quote is text, and so is an apostrophe.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    let closing = closing(open)?;
    let inner = &text[open.len_utf8()..];
    let ends = |(at, sign): &(usize, char)| {
        let next = inner[at + sign.len_utf8()..].chars().next();
        closing.contains(sign) && (closing[0] != '’' || next.is_none_or(|c| !c.is_alphanumeric()))
    };
    let (at, close) = inner.char_indices().find(ends)?;
    let phrase = inner[..at].trim();
    (!typed(phrase).is_empty()).then(|| (phrase, &inner[at + close.len_utf8()..]))
}
