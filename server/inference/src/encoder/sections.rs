//! Long texts: a vector for each stretch, so that a result can open where it matched.

use super::{Encoder, Purpose, Vector};
use crate::error::Result;
use std::ops::Range;

/// Pieces of a stretch: about 200 Vietnamese syllables or English words. The model could take 510, but what a shorter
/// stretch says is less diluted, and attention takes time with the square of the length.
const PIECES: usize = 254;

/// A stretch of a text and its vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What the stretch means.
    pub vector: Vector,
}

impl Encoder {
    /// Vectors of the stretches of a text, in order; none for a text without words.
    ///
    /// Stretches end with a paragraph where they can, else with a sentence, a word, a character, and fill up to about 250
    /// pieces. Together they are the whole text, apart from white space. With `title` each stretch is read as the
    /// title, a line break, and the stretch, so that it is known what it is about; the range never includes it.
    ///
    /// # Errors
    /// As [`Encoder::query`].
    pub fn sections(&self, title: &str, text: &str) -> Result<Vec<Section>> {
        let (ranges, texts) = self.titled_stretches(title, text);
        let vectors = self.passages(&texts)?;
        let sections = ranges.into_iter().zip(vectors);
        Ok(sections
            .map(|(range, vector)| Section { range, vector })
            .collect())
    }

    /// Where the stretches of [`Encoder::sections`] are, without computing their vectors.
    pub fn stretches(&self, title: &str, text: &str) -> Vec<Range<usize>> {
        let room = PIECES
            .saturating_sub(self.pieces(title, Purpose::Passage).len())
            .max(PIECES / 2);
        let mut packed: Vec<(Range<usize>, usize)> = Vec::new();
        for (range, count) in self.parts(text, 0..text.len(), room, 0) {
            match packed.last_mut() {
                Some((last, filled)) if *filled + count <= room => {
                    last.end = range.end;
                    *filled += count;
                }
                _ => packed.push((range, count)),
            }
        }
        packed.into_iter().map(|(range, _)| range).collect()
    }

    /// Stretches, and what is read for each.
    pub(crate) fn titled_stretches(
        &self,
        title: &str,
        text: &str,
    ) -> (Vec<Range<usize>>, Vec<String>) {
        let ranges = self.stretches(title, text);
        let texts = ranges
            .iter()
            .map(|range| under(title, &text[range.clone()]));
        (ranges.clone(), texts.collect())
    }

    /// Parts that fit, cut as coarsely as possible, with their numbers of pieces.
    fn parts(
        &self,
        text: &str,
        range: Range<usize>,
        room: usize,
        fineness: usize,
    ) -> Vec<(Range<usize>, usize)> {
        let mut parts = Vec::new();
        for part in cut(text, range, fineness) {
            // A byte makes at most a few pieces: texts of megabytes are first cut, then counted.
            let count = if part.len() > 16 * room {
                usize::MAX
            } else {
                self.piece_ids(&text[part.clone()]).len()
            };
            if count <= room || fineness == FINEST {
                parts.push((part, count));
            } else {
                parts.extend(self.parts(text, part, room, fineness + 1));
            }
        }
        parts
    }
}

/// Fineness of single characters; before it paragraphs, lines, sentences, words.
const FINEST: usize = 4;

fn under(title: &str, stretch: &str) -> String {
    match title.trim() {
        "" => stretch.to_owned(),
        title => format!("{title}\n{stretch}"),
    }
}

/// Cuts behind each end of this fineness; white space around parts is left out, and parts without anything else.
fn cut(text: &str, range: Range<usize>, fineness: usize) -> Vec<Range<usize>> {
    let within = &text[range.clone()];
    let mut ends: Vec<usize> = within
        .char_indices()
        .filter(|(at, c)| is_end(&within[at + c.len_utf8()..], *c, fineness))
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    ends.push(within.len());
    let mut start = 0;
    let mut parts = Vec::new();
    for end in ends {
        let part = &within[start..end];
        let from = range.start + start + (part.len() - part.trim_start().len());
        let part = part.trim();
        if !part.is_empty() {
            parts.push(from..from + part.len());
        }
        start = end;
    }
    parts
}

fn is_end(after: &str, c: char, fineness: usize) -> bool {
    match fineness {
        0 => c == '\n' && after.starts_with(['\n', '\r', '#']),
        1 => c == '\n',
        2 => {
            (".!?…:;".contains(c) && after.starts_with(char::is_whitespace)) || "。！？".contains(c)
        }
        3 => c.is_whitespace(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::cut;

    fn parts(text: &str, fineness: usize) -> Vec<&str> {
        cut(text, 0..text.len(), fineness)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn texts_are_cut_where_they_pause() {
        let text = "Một câu. Hai câu!\nDòng hai\n\nĐoạn hai 3.14 hết";
        assert_eq!(
            parts(text, 0),
            ["Một câu. Hai câu!\nDòng hai", "Đoạn hai 3.14 hết"]
        );
        assert_eq!(
            parts(text, 1),
            ["Một câu. Hai câu!", "Dòng hai", "Đoạn hai 3.14 hết"]
        );
        assert_eq!(
            parts("Một câu. Hai 3.14 câu!", 2),
            ["Một câu.", "Hai 3.14 câu!"]
        );
        assert_eq!(parts(" a  b ", 3), ["a", "b"]);
        assert_eq!(parts("đổi", 4), ["đ", "ổ", "i"]);
        assert!(parts(" \n\n ", 0).is_empty());
    }
}
