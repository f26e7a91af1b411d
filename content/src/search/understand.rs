//! From words as typed to a request as meant.
//!
//! Anything may be typed: what is no phrase, no exclusion, no prefix and no filter is text, and no
//! input is an error. The work grows with the length of the text, which is limited.

mod kinds;
mod level;
mod meaning;
mod names;
mod pieces;

use super::typed::{Typed, typed};
use super::{Clause, Force, SearchParams, SearchRequest, Synonyms, Understood, query_language};
use crate::search::synonyms::Context;
use meaning::Meaning;
use pieces::{Piece, Prefix, pieces};

/// Longest query that is read, in characters; what follows is passed over.
pub const MAX_QUERY: usize = 1_000;
/// Most words in which filters and synonyms are looked for.
const MAX_WORDS: usize = 64;
/// Most synonyms of one way to say something.
const MAX_SYNONYMS: usize = 8;

/// Reads phrases in quotes, words with a minus, prefixes such as `tên:`, filters written as words,
/// and looks up synonyms in the table that comes with the portal.
///
/// ```
/// use khue_content::search::{SearchParams, understand};
/// let typed = SearchParams { q: "lực ma sát lớp 8".into(), ..SearchParams::default() };
/// let meant = understand(typed);
/// assert_eq!(meant.understood[0].values, ["https://w3id.org/khue/educationalLevel/grade-8"]);
/// assert_eq!(meant.understood[0].words, "lớp 8");
/// assert_eq!(meant.clauses[0].text, "lực ma sát");
/// ```
pub fn understand(params: SearchParams) -> SearchRequest {
    understand_with(params, &Synonyms::shipped())
}

/// [`understand`] with another table of synonyms.
pub fn understand_with(params: SearchParams, table: &Synonyms) -> SearchRequest {
    let text: String = params.q.chars().take(MAX_QUERY).collect();
    let mut reading = Reading {
        table,
        request: SearchRequest {
            language: query_language::detect(&text),
            params,
            ..SearchRequest::default()
        },
    };
    for piece in pieces(&text) {
        reading.take(&piece);
    }
    reading.request
}

struct Reading<'a> {
    table: &'a Synonyms,
    request: SearchRequest,
}

impl Reading<'_> {
    fn take(&mut self, piece: &Piece) {
        let clause = |property| Clause {
            text: piece.text.to_owned(),
            phrase: piece.phrase,
            property,
            ..Clause::default()
        };
        match piece.prefix {
            Some(Prefix::Filter(property)) if !piece.minus => self.filter(piece, property),
            Some(Prefix::Words(property)) if piece.minus => {
                self.request.excluded.push(clause(Some(property)));
            }
            Some(Prefix::Words(property)) => self.request.clauses.push(clause(Some(property))),
            _ if piece.minus => self.request.excluded.push(clause(None)),
            _ if piece.phrase => self.request.clauses.push(clause(None)),
            _ => self.plain(piece.text),
        }
    }

    /// A filter written as one: `lớp:8`.
    fn filter(&mut self, piece: &Piece, property: &'static str) {
        let values = piece.values.clone();
        self.request.understood.push(Understood {
            property,
            values,
            words: piece.whole.to_owned(),
            force: Force::Only,
        });
    }

    /// Plain words: filters among them, synonyms, and the rest.
    fn plain(&mut self, text: &str) {
        let words = typed(text);
        let looked_at = &words[..words.len().min(MAX_WORDS)];
        let meanings = self.meanings(text, looked_at);
        let context = Context {
            grade: names_any(&meanings, &["educationalLevel"]),
            subject: names_any(&meanings, &["about"]),
        };
        for meaning in &meanings {
            if self.request.params.filter(meaning.property).is_empty() {
                self.request.understood.push(Understood {
                    property: meaning.property,
                    values: meaning.values.clone(),
                    words: span(text, &words, meaning.from, meaning.to).to_owned(),
                    force: meaning.force,
                });
            }
        }
        let mut cut = Cut {
            text,
            words: &words,
            start: 0,
            clauses: &mut self.request.clauses,
        };
        let property = |at: usize| {
            let over = meanings.iter().find(|m| (m.from..m.to).contains(&at));
            over.map(|meaning| meaning.property)
        };
        let mut at = 0;
        while at < looked_at.len() {
            let own = property(at);
            let mut found = self.table.at(looked_at, at, &context);
            if self.request.params.verbatim {
                found = None;
            }
            let same = |m: &super::synonyms::Match| (at..at + m.length).all(|n| property(n) == own);
            match found.filter(same) {
                Some(mut found) => {
                    found.others.truncate(MAX_SYNONYMS);
                    cut.plain_until(at, before(&property, at));
                    cut.take(at + found.length, own, found.others);
                    at += found.length;
                }
                None => {
                    if at > 0 && property(at) != property(at - 1) {
                        cut.plain_until(at, property(at - 1));
                    }
                    at += 1;
                }
            }
        }
        let last = looked_at.len().checked_sub(1).and_then(property);
        cut.plain_until(looked_at.len(), last);
        cut.take(words.len(), None, Vec::new());
        self.strengthen();
    }

    /// The filters among the words that are to be read and that no chosen filter contradicts.
    fn meanings(&self, text: &str, words: &[Typed]) -> Vec<Meaning> {
        let params = &self.request.params;
        if params.verbatim {
            return Vec::new();
        }
        let mut meanings = meaning::read(text, words);
        meanings.retain(|meaning| {
            let chosen = params.filter(meaning.property);
            let agrees = chosen.is_empty() || chosen.iter().any(|v| meaning.values.contains(v));
            let wanted = !params.plain.iter().any(|p| p == meaning.property);
            agrees && wanted
        });
        meanings
    }

    /// Where nothing but filters was typed, all of them decide.
    fn strengthen(&mut self) {
        if self.request.clauses.iter().all(|c| c.understood.is_some()) {
            for understood in &mut self.request.understood {
                understood.force = understood.force.max(Force::First);
            }
        }
    }
}

fn names_any(meanings: &[Meaning], properties: &[&str]) -> bool {
    meanings.iter().any(|m| properties.contains(&m.property))
}

fn before(property: &impl Fn(usize) -> Option<&'static str>, at: usize) -> Option<&'static str> {
    at.checked_sub(1).and_then(property)
}

/// The text from one word to before another, without what stands around it.
fn span<'a>(text: &'a str, words: &[Typed], from: usize, to: usize) -> &'a str {
    match (words.get(from), words.get(to.saturating_sub(1))) {
        (Some(first), Some(last)) if from < to => &text[first.from..last.to],
        _ => "",
    }
}

/// Cuts a text into clauses, word by word.
struct Cut<'a> {
    text: &'a str,
    words: &'a [Typed],
    /// First word that is in no clause yet.
    start: usize,
    clauses: &'a mut Vec<Clause>,
}

impl Cut<'_> {
    fn plain_until(&mut self, to: usize, understood: Option<&'static str>) {
        self.take(to, understood, Vec::new());
    }

    /// The words from the first free one to before `to`, with the signs behind the last: `C++`.
    fn take(&mut self, to: usize, understood: Option<&'static str>, synonyms: Vec<String>) {
        if to <= self.start {
            return;
        }
        let first = self.words[self.start].from;
        let end = self.words.get(to).map_or(self.text.len(), |word| word.from);
        self.clauses.push(Clause {
            text: self.text[first..end].trim_end().to_owned(),
            synonyms,
            understood,
            ..Clause::default()
        });
        self.start = to;
    }
}
