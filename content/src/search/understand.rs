//! From words as typed to a request as meant.

use super::{Clause, SearchParams, SearchRequest};

/// Prefixes that limit words to a property.
const PREFIXES: &[(&str, &str)] = &[
    ("name", "name"),
    ("tên", "name"),
    ("ten", "name"),
    ("title", "name"),
    ("titre", "name"),
    ("creator", "keywords"),
    ("author", "keywords"),
    ("tácgiả", "keywords"),
    ("tacgia", "keywords"),
    ("auteur", "keywords"),
    ("keywords", "keywords"),
    ("từkhóa", "keywords"),
    ("tukhoa", "keywords"),
];

/// Longest query that is read, in characters; what follows is passed over.
const LENGTH: usize = 1_000;

/// Reads phrases in quotes, words with a minus, and prefixes such as `tên:`. Anything else is
/// text: no input is an error.
pub fn understand(params: SearchParams) -> SearchRequest {
    let text: String = params.q.chars().take(LENGTH).collect();
    let mut request = SearchRequest {
        params,
        ..SearchRequest::default()
    };
    let mut rest = text.as_str();
    let mut plain: Vec<&str> = Vec::new();
    while let Some((piece, after)) = next_piece(rest) {
        rest = after;
        match piece {
            Piece {
                minus: false,
                phrase: false,
                property: None,
                text,
            } => plain.push(text),
            Piece {
                minus,
                phrase,
                property,
                text,
            } => {
                let clause = Clause {
                    text: text.to_owned(),
                    phrase,
                    property,
                    synonyms: Vec::new(),
                };
                if minus {
                    &mut request.excluded
                } else {
                    &mut request.clauses
                }
                .push(clause);
            }
        }
    }
    if !plain.is_empty() {
        request.clauses.insert(0, Clause::words(plain.join(" ")));
    }
    request
}

struct Piece<'a> {
    minus: bool,
    phrase: bool,
    property: Option<&'static str>,
    text: &'a str,
}

fn next_piece(text: &str) -> Option<(Piece<'_>, &str)> {
    let mut rest = text.trim_start();
    if rest.is_empty() {
        return None;
    }
    let minus = rest.starts_with(['-', '−'])
        && rest
            .chars()
            .nth(1)
            .is_some_and(|c| c.is_alphabetic() || c == '"');
    if minus {
        rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    }
    let property = PREFIXES.iter().find_map(|(prefix, property)| {
        let after = strip_word(rest, prefix)?.strip_prefix(':')?;
        (!after.starts_with(char::is_whitespace) && !after.is_empty()).then_some((after, *property))
    });
    if let Some((after, _)) = property {
        rest = after;
    }
    let property = property.map(|(_, property)| property);
    if let Some((phrase, after)) = quoted(rest) {
        return Some((
            Piece {
                minus,
                phrase: true,
                property,
                text: phrase,
            },
            after,
        ));
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    Some((
        Piece {
            minus,
            phrase: false,
            property,
            text: &rest[..end],
        },
        &rest[end..],
    ))
}

/// `rest` without the word at its beginning, letter case aside.
fn strip_word<'a>(rest: &'a str, word: &str) -> Option<&'a str> {
    let mut chars = rest.char_indices();
    for wanted in word.chars() {
        let (_, c) = chars.next()?;
        if c.to_lowercase().next() != Some(wanted) {
            return None;
        }
    }
    chars.next().map(|(at, _)| &rest[at..])
}

/// A phrase between quotes of any kind; an open quote is text.
fn quoted(rest: &str) -> Option<(&str, &str)> {
    let open = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '“' | '”' | '«'))?;
    let inner = &rest[open.len_utf8()..];
    let (at, close) = inner
        .char_indices()
        .find(|(_, c)| matches!(c, '"' | '”' | '“' | '»'))?;
    let phrase = inner[..at].trim();
    (!phrase.is_empty()).then(|| (phrase, &inner[at + close.len_utf8()..]))
}
