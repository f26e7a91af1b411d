//! Sentences that say what something is: “Phân số là …”, “A fraction is a …”, “… được gọi là tử số.”

use crate::guidance::sentences;

/// Signs of the shortest and the longest sentence that explains something on its own.
const LENGTH: std::ops::RangeInclusive<usize> = 25..=260;
/// Words that a definition has behind its verb at least, and most words of a term.
const BEHIND: usize = 4;
const TERM: usize = 6;

/// Signs of what somebody says, of examples and of lists: what stands before the term then is no definition.
const SPOKEN: [char; 6] = [':', ';', '“', '«', '"', '…'];

/// How a language defines.
struct Speech {
    /// Between the term and what it is.
    is: &'static [&'static str],
    /// Between what it is and the term.
    called: &'static [&'static str],
    /// Before a term, no part of it.
    articles: &'static [&'static str],
    /// What it is begins with one of these; empty: with any word but those of `never`.
    begins: &'static [&'static str],
    never: &'static [&'static str],
    /// With these begins what holds only under a condition.
    conditions: &'static [&'static str],
}

const VI: Speech = Speech {
    is: &[" là "],
    called: &[" gọi là ", " được gọi là "],
    articles: &["một", "các", "những", "mỗi"],
    begins: &[],
    never: &[
        "do", "của", "ở", "vì", "rất", "không", "đúng", "sai", "gì", "ai", "để", "cách", "bao",
        "nhiều", "bằng", "đã", "sẽ", "tốt", "lúc", "khi", "nhờ", "gần", "giả", "thật", "cần",
        "phải",
    ],
    conditions: &["nếu", "khi", "giả sử", "cho"],
};
const EN: Speech = Speech {
    is: &[" is ", " are "],
    called: &[" is called ", " are called "],
    articles: &["a", "an", "the"],
    begins: &[
        "a",
        "an",
        "the",
        "any",
        "one",
        "what",
        "anything",
        "something",
        "all",
    ],
    never: &[],
    conditions: &["if", "when", "suppose", "let"],
};
const FR: Speech = Speech {
    is: &[" est ", " sont "],
    called: &[
        " s’appelle ",
        " s'appelle ",
        " est appelé ",
        " est appelée ",
    ],
    articles: &["un", "une", "le", "la", "les", "des"],
    begins: &[
        "un", "une", "le", "la", "les", "des", "ce", "celui", "celle", "tout", "toute",
    ],
    never: &[],
    conditions: &["si", "quand", "lorsque", "soit"],
};

fn speech(language: &str) -> &'static Speech {
    match language {
        "en" => &EN,
        "fr" => &FR,
        _ => &VI,
    }
}

/// What a block of text defines: the term as it is written there, and the sentence.
pub(super) fn definitions<'t>(text: &'t str, language: &str) -> Vec<(&'t str, &'t str)> {
    let speech = speech(language);
    let found = sentences(text).into_iter().filter_map(|sentence| {
        let whole = !sentence.starts_with(['“', '"', '«', '–', '-']) && !sentence.ends_with('?');
        let fits =
            whole && LENGTH.contains(&sentence.chars().count()) && !is_condition(sentence, speech);
        let term = fits.then(|| named(sentence, speech).or_else(|| defined(sentence, speech)));
        Some((term??, sentence))
    });
    found.collect()
}

/// Whether a sentence begins with what has to be so first.
fn is_condition(sentence: &str, speech: &Speech) -> bool {
    let lower = sentence.to_lowercase();
    let begins = |word: &&str| {
        let rest = lower.strip_prefix(*word);
        rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    speech.conditions.iter().any(begins)
}

/// The term at the beginning of a sentence, before what it is.
fn defined<'s>(sentence: &'s str, speech: &Speech) -> Option<&'s str> {
    let places = speech
        .is
        .iter()
        .filter_map(|is| Some((sentence.find(is)?, is.len())));
    let (at, length) = places.min()?;
    let behind = &sentence[at + length..];
    let first = behind.split_whitespace().next()?.to_lowercase();
    let begins = match speech.begins {
        [] => first.starts_with(char::is_alphabetic) && !speech.never.contains(&first.as_str()),
        words => {
            words.contains(&first.split(['’', '\'']).next().unwrap_or_default())
                || first.starts_with("l’")
        }
    };
    let says = begins && behind.split_whitespace().count() >= BEHIND;
    // “In mathematics, a fraction is …”
    let before = &sentence[..at];
    if before.contains(SPOKEN) {
        return None;
    }
    let before = before.rsplit(',').next().unwrap_or(before);
    let before = before.split(" (").next().unwrap_or(before);
    term(before, speech).filter(|_| says)
}

/// The term at the end of a sentence, behind what it is.
fn named<'s>(sentence: &'s str, speech: &Speech) -> Option<&'s str> {
    let places = speech
        .called
        .iter()
        .filter_map(|called| Some(sentence.rfind(called)? + called.len()));
    let (before, behind) = sentence.split_at(places.max()?);
    // What is called with a capital is a name.
    let is_name = behind.starts_with(char::is_uppercase);
    if is_name || before.contains(SPOKEN) {
        return None;
    }
    let behind = behind.split([',', '(', ';']).next().unwrap_or(behind);
    term(behind.trim_end_matches(['.', '!', '…']), speech)
}

/// Words without an article before them and quotation marks around them.
fn term<'s>(words: &'s str, speech: &Speech) -> Option<&'s str> {
    let bare = |words: &'s str| {
        words
            .trim()
            .trim_matches(['“', '”', '"', '«', '»', '*', ' '])
    };
    let mut words = bare(words);
    if let Some((first, rest)) = words.split_once(' ')
        && speech.articles.contains(&first.to_lowercase().as_str())
    {
        words = bare(rest);
    }
    for elided in ["l’", "L’", "l'", "L'"] {
        words = words.strip_prefix(elided).unwrap_or(words);
    }
    let count = words.split_whitespace().count();
    (1..=TERM).contains(&count).then_some(words)
}
