//! What is encoded: passages of resources, and the words of a search.

use crate::vectors::Key;
use khue_content::LearningResource;
use khue_content::search::{SearchParams, Sort, understand};
use xxhash_rust::xxh3::Xxh3;

/// Characters of a passage, about: so many that a passage is about one thing, and costs little.
const LENGTH: usize = 420;
/// Rises when passages are cut differently, so that every text is encoded anew.
const EDITION: u32 = 1;

/// A piece of a resource as it is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassageText {
    /// Name of the resource, then words of the text.
    pub text: String,
    /// Byte range of these words in the text.
    pub place: (u32, u32),
}

/// Stands for the identifier and all that is encoded of a resource.
pub fn key(record: &LearningResource, text: &str) -> Key {
    let mut hasher = Xxh3::new();
    hasher.update(&EDITION.to_le_bytes());
    for part in [record.id.as_str(), &record.name, &record.description, text] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.digest()
}

/// The first `most` passages of a resource: its name with its summary, then its text in pieces that end
/// where paragraphs or sentences do. Every passage begins with the name, which says what it is about.
pub fn passages(record: &LearningResource, text: &str, most: usize) -> Vec<PassageText> {
    let named = |words: &str, place| PassageText {
        text: [record.name.trim(), words]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n"),
        place,
    };
    let mut found = Vec::new();
    if !record.description.trim().is_empty() {
        found.push(named(&shortened(record.description.trim(), LENGTH), (0, 0)));
    }
    let start = beginning(record, text);
    let pieces = Pieces { text, at: start };
    found.extend(
        pieces
            .take(most.saturating_sub(found.len()))
            .map(|(from, to)| named(text[from..to].trim(), (from as u32, to as u32))),
    );
    if found.is_empty() && !record.name.trim().is_empty() {
        found.push(named("", (0, 0)));
    }
    found
}

/// Many texts begin with their own title, which every passage has anyway.
fn beginning(record: &LearningResource, text: &str) -> usize {
    let rest = text.trim_start_matches(['#', ' ', '\n']);
    text.len() - rest.strip_prefix(record.name.trim()).unwrap_or(rest).len()
}

fn shortened(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}

/// Byte ranges of pieces, one after the other.
struct Pieces<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Pieces<'_> {
    type Item = (usize, usize);

    fn next(&mut self) -> Option<(usize, usize)> {
        let rest = &self.text[self.at..];
        let from = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.text[from..];
        if rest.is_empty() || u32::try_from(self.text.len()).is_err() {
            return None;
        }
        let to = from + piece(rest);
        self.at = to;
        Some((from, to))
    }
}

/// Length in bytes of the first piece: up to the last good place to stop before it gets too long.
fn piece(text: &str) -> usize {
    let Some((limit, _)) = text.char_indices().nth(LENGTH + LENGTH / 4) else {
        return text.len();
    };
    let head = &text[..limit];
    // Not so early that pieces get tiny.
    let least = head.len() / 2;
    let after = |marks: &[&str]| {
        let ends = marks
            .iter()
            .filter_map(|mark| Some(head.rfind(mark)? + mark.len()));
        ends.max().filter(|end| *end > least)
    };
    after(&["\n"])
        .or_else(|| after(&[". ", "! ", "? ", "… ", "; ", ": "]))
        .or_else(|| after(&[" ", "\u{a0}"]))
        .unwrap_or(limit)
}

/// Characters of a passage on a result card.
const SHOWN: usize = 240;
/// Words by which a page is opened at a passage.
const OPENING: usize = 7;

/// The beginning of a passage as a card shows it; `None` where the text that is kept does not hold it.
pub(crate) fn shown(text: &str, place: (u32, u32)) -> Option<String> {
    let passage = text
        .get(place.0 as usize..(place.1 as usize).min(text.len()))?
        .trim();
    if passage.is_empty() {
        return None;
    }
    let cut: String = passage.chars().take(SHOWN).collect();
    let end = match cut.len() == passage.len() {
        true => return Some(cut),
        false => cut.rfind(char::is_whitespace).unwrap_or(cut.len()),
    };
    Some(format!("{}…", &cut[..end]))
}

/// The first words of a passage, all on one line of the text.
pub(crate) fn opening(passage: &str) -> &str {
    let line = passage
        .lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('…');
    let mut spaces = line.match_indices(char::is_whitespace);
    spaces
        .nth(OPENING - 1)
        .map_or(line, |(end, _)| &line[..end])
}

/// The words of a search whose meaning is worth looking for: none where another order is wanted, or
/// where quotation marks or a property say that all words are meant as they stand.
pub fn query_text(params: &SearchParams) -> Option<String> {
    if params.sort != Sort::Relevance {
        return None;
    }
    let meant = understand(SearchParams {
        verbatim: true,
        ..params.clone()
    });
    let limited = meant.clauses.iter().any(|clause| clause.property.is_some());
    let quoted = meant.clauses.iter().all(|clause| clause.phrase);
    let words: Vec<&str> = meant
        .clauses
        .iter()
        .map(|clause| clause.text.trim())
        .collect();
    let text = words.join(" ").trim().to_owned();
    (!limited && !quoted && text.chars().any(char::is_alphanumeric)).then_some(text)
}
