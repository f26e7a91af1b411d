//! The sentence that speaks for a tag.

/// A span of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte behind the last.
    pub end: usize,
}

/// Shorter pieces are joined to the next one: a heading alone says little.
const SHORTEST: usize = 24;

/// Longer sentences are cut at a space.
const LONGEST: usize = 400;

/// The sentences of a text, in order, without the spaces around them. Lines end
/// sentences too. Spans lie on character boundaries.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = at + letter.len_utf8();
        let space_next = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        let stops = matches!(letter, '.' | '!' | '?' | '…' | '。') && space_next;
        let long = end - start > LONGEST && letter.is_whitespace();
        let ends = letter == '\n' || long || (stops && end - start >= SHORTEST);
        if ends {
            push(text, start, end, &mut found);
            start = end;
        }
    }
    push(text, start, text.len(), &mut found);
    found
}

fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let piece = &text[start..end];
    let trimmed = piece.trim();
    if trimmed.chars().any(char::is_alphanumeric) {
        let start = start + (piece.len() - piece.trim_start().len());
        found.push(Span {
            start,
            end: start + trimmed.len(),
        });
    }
}

/// What each sentence adds to the confidence in a label: the confidence that the
/// sentence alone would give. The strongest is the evidence.
///
/// `confidence` judges one sentence; it is asked for at most `most` sentences,
/// the first ones of the text.
pub fn strongest(
    text: &str,
    most: usize,
    mut confidence: impl FnMut(&str) -> f64,
) -> Option<(Span, f64)> {
    let mut best: Option<(Span, f64)> = None;
    for span in sentences(text).into_iter().take(most) {
        let value = confidence(&text[span.start..span.end]);
        if best.as_ref().is_none_or(|(_, highest)| value > *highest) {
            best = Some((span, value));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_lines_not_at_decimals() {
        let text =
            "Khối lượng riêng của nước là 1.0 g/cm³ ở 4 °C. Dầu nhẹ hơn!\n\n## Bài tập\nTính.";
        let found: Vec<&str> = sentences(text)
            .into_iter()
            .map(|span| &text[span.start..span.end])
            .collect();
        let wanted = [
            "Khối lượng riêng của nước là 1.0 g/cm³ ở 4 °C.",
            "Dầu nhẹ hơn!",
            "## Bài tập",
            "Tính.",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(sentences(" \n … \n"), []);
        assert_eq!(strongest("", 5, |_| 1.0), None);
    }

    #[test]
    fn the_sentence_that_convinces_most_is_named() {
        let text = "Chào các em học sinh thân mến.\nHôm nay ta học lực ma sát.";
        let judge = |s: &str| if s.contains("lực") { 0.9 } else { 0.2 };
        let (span, value) = strongest(text, 9, judge).unwrap();
        assert_eq!(
            (&text[span.start..span.end], value),
            ("Hôm nay ta học lực ma sát.", 0.9)
        );
    }
}
