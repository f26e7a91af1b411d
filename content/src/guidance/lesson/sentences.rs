//! Where the sentences of a text end, and which of them can be quoted.

use super::LONGEST;
/// Abbreviations whose dot ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "tp.", "ths.", "ts.", "gs.", "pgs.", "tr.", "vd.", "e.g.", "i.e.", "mr.", "mrs.", "ms.", "dr.",
    "prof.", "fig.", "no.", "vol.", "pp.", "p.", "approx.", "st.", "vs.", "cf.", "etc.", "m.",
    "mme.", "ex.", "art.", "chap.", "av.", "apr.", "env.",
];

/// The sentences of a block, each an exact span with its closing mark.
///
/// A text without a closing mark at its end gives no sentence for that rest.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        for (at, mark) in line.char_indices() {
            if !matches!(mark, '.' | '!' | '?' | '…' | '。') {
                continue;
            }
            let mut end = at + mark.len_utf8();
            let rest = &line[end..];
            let closing = rest.len()
                - rest
                    .trim_start_matches(['"', '”', '’', '»', ')', '.', '!', '?', '…'])
                    .len();
            end += closing;
            let marked = at + mark.len_utf8();
            if ends_here(line, start..marked, end) {
                found.push(line[start..end].trim());
                start = end;
            }
        }
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether the mark at the end of `span` ends the sentence; `end` is behind closing marks.
fn ends_here(line: &str, span: std::ops::Range<usize>, end: usize) -> bool {
    let Some(sentence) = line.get(span) else {
        return false;
    };
    let rest = &line[end..];
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let next = rest.trim_start().chars().next();
    if next.is_some_and(|c| c.is_lowercase()) {
        return false;
    }
    let mut words = sentence.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    // "2.5 N." ends with a unit, "A. Nguyễn" begins with an initial.
    let unit = words
        .next()
        .is_some_and(|w| w.ends_with(|c: char| c.is_ascii_digit()));
    let last = last.trim_start_matches(['(', '“', '"', '«']);
    // “A. Nguyễn”, and “a.” before an item; “với x.” ends a sentence.
    let named = last.starts_with(char::is_uppercase) || sentence.trim() == last;
    let last = last.to_lowercase();
    let initial = named
        && last.ends_with('.')
        && last.chars().count() == 2
        && last.starts_with(char::is_alphabetic)
        && next.is_some()
        && !unit;
    // “1.”, “Exercise 1.”, “Câu 2.”: a number that names what follows.
    let listed = last.strip_suffix('.').is_some_and(|n| {
        let before = sentence
            .trim()
            .trim_end_matches('.')
            .trim_end_matches(n)
            .trim();
        !n.is_empty()
            && n.chars().all(|c| c.is_ascii_digit())
            && (before.is_empty() || names_a_task(before))
    });
    !(ABBREVIATIONS.contains(&last.as_str()) && next.is_some() || initial || listed)
}

/// Whether words only name what the number behind them counts.
fn names_a_task(words: &str) -> bool {
    const NAMES: &[&str] = &[
        "câu",
        "bài",
        "bài tập",
        "exercise",
        "question",
        "task",
        "problem",
        "example",
        "figure",
        "table",
        "exercice",
        "activité",
        "ví dụ",
        "hình",
        "bảng",
    ];
    NAMES.contains(&words.to_lowercase().as_str())
}

/// Whether a span can stand in a draft: whole, short enough, without other
/// quotations, addresses and marks of markup.
pub(super) fn is_quotable(sentence: &str) -> bool {
    let words = sentence.split_whitespace().count();
    let letters = sentence.chars().filter(|c| c.is_alphabetic()).count();
    let length = sentence.chars().count();
    (7..=45).contains(&words)
        && length <= LONGEST
        && letters * 2 >= length
        && !sentence.contains([
            '“', '”', '«', '»', '‘', '|', '\\', '{', '}', '<', '>', '\n', '*', '`', '#', '&', '=',
            '→',
        ])
        && balanced(sentence)
        && !is_torn(sentence)
        || is_short_equation(sentence, words, length)
}

/// Whether what a description says of its resource can stand in a draft: as a sentence, but for its
/// length.
pub(super) fn is_showable(sentence: &str) -> bool {
    let words = sentence.split_whitespace().count();
    (4..=45).contains(&words)
        && sentence.chars().count() <= LONGEST
        && !sentence.contains([
            '“', '”', '«', '»', '‘', '|', '\\', '{', '}', '<', '>', '\n', '*', '`', '#', '&',
        ])
        && balanced(sentence)
        && !is_torn(sentence)
        && super::may_be_quoted(sentence)
}

/// An equation in a sentence is let through where it is short and plain.
fn is_short_equation(sentence: &str, words: usize, length: usize) -> bool {
    (5..=40).contains(&words)
        && length <= LONGEST
        && sentence.contains('=')
        && !is_torn(sentence)
        && sentence.chars().filter(|c| c.is_alphabetic()).count() * 2 >= length
        && !sentence.contains([
            '“', '”', '«', '»', '‘', '|', '\\', '{', '}', '<', '>', '\n', '*', '`', '#', '&',
        ])
        && balanced(sentence)
}

/// Whether something was lost from a sentence: a reference before a comma, the shape of a formula.
pub(super) fn is_torn(sentence: &str) -> bool {
    let marks = [" ,", " . ", "( ", " )", "()", ",,"];
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let single = |word: &&str| word.chars().count() == 1 && word.chars().all(char::is_alphanumeric);
    let lone = words.windows(3).any(|run| {
        run.iter().all(single) && run.iter().any(|w| w.chars().all(|c| c.is_ascii_digit()))
    });
    // “bằng π π”, “2202‾√”: the bars of fractions and roots are gone.
    let twice = words
        .windows(2)
        .any(|pair| pair[0] == pair[1] && single(&pair[0]));
    let lone = lone || twice || sentence.contains('‾') || sentence.ends_with(" .");
    let letters: Vec<char> = sentence.chars().collect();
    // “… công dân?A”, “… thân thể.C”: lines that were joined.
    let joined = letters.windows(3).any(|run| {
        run[0].is_lowercase() && matches!(run[1], '.' | '?' | '!') && run[2].is_uppercase()
    });
    // “… dãy Đông TriềuCHỌN D”.
    let glued = letters.windows(4).any(|run| {
        let word = run[0].is_lowercase() && run[1].is_lowercase() || run[1] == ')';
        word && run[2].is_uppercase() && run[3].is_uppercase()
    });
    // “… posted the results online. shows the index …”: a figure was taken out.
    let lost = sentence.match_indices(". ").any(|(at, _)| {
        let word = sentence[..at]
            .split_whitespace()
            .next_back()
            .unwrap_or_default();
        let word = word.to_lowercase() + ".";
        let small = sentence[at + 2..].starts_with(char::is_lowercase);
        small && word.chars().count() > 4 && !ABBREVIATIONS.contains(&word.as_str())
    });
    lone || joined || glued || lost || marks.iter().any(|mark| sentence.contains(mark))
}

/// Brackets and straight quotation marks that close.
pub(super) fn balanced(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('(') == count(')') && count('"') % 2 == 0 && count('[') == count(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let text =
            "Hợp lực là 2.5 N. Ông ở TP. Hồ Chí Minh. Ai đẩy? “Đúng rồi!” Cô nói vậy… Còn lại";
        assert_eq!(
            sentences(text),
            [
                "Hợp lực là 2.5 N.",
                "Ông ở TP. Hồ Chí Minh.",
                "Ai đẩy?",
                "“Đúng rồi!”",
                "Cô nói vậy…"
            ]
        );
    }
}
