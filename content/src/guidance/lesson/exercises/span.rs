//! What of a block is quoted as a task: all of it, without its number and what is only for the teacher.

use super::is_part;
use super::wording::{DIRECTIONS, gaps};
use crate::guidance::lesson::sentences::{is_torn, sentences};

/// Most characters of a task: it is quoted whole or not at all.
pub(super) const LONGEST: usize = 390;

/// Marks of markup, and quotation marks, which cannot stand within others.
pub(super) const UNFIT: &[char] = &[
    '“', '”', '«', '»', '|', '\\', '{', '}', '<', '>', '`', '#', '*', '&', '\n',
];

/// Whether behind a colon stand figures: “Tính nhẩm: 21 x 3 32 x 3”.
fn announces_sums(span: &str) -> bool {
    span.split_once(": ").is_some_and(|(_, sums)| {
        sums.split_whitespace().count() >= 3
            && (is_part(sums) || sums.starts_with(|c: char| c.is_ascii_digit()))
    })
}

/// A task without its name and number: “Exercice 4. Donnez …”.
fn unlabelled(text: &str) -> &str {
    const NAMES: &[&str] = &[
        "exercice ",
        "exercise ",
        "bài tập ",
        "bài ",
        "câu ",
        "question ",
    ];
    let named = NAMES.iter().find(|name| {
        let start = text.get(..name.len());
        start.is_some_and(|start| start.to_lowercase() == **name)
    });
    let Some(name) = named else {
        return text;
    };
    let behind = &text[name.len()..];
    let rest = behind.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest
        .strip_prefix(['.', ':', ')'])
        .filter(|_| rest.len() < behind.len());
    rest.map_or(text, str::trim_start)
}

/// Whether every bracket that opens closes, and the other way round; “a)” before an item is none.
fn closes(span: &str) -> bool {
    let mut open = 0;
    for word in span.split_whitespace() {
        if open == 0 && word.len() == 2 && word.ends_with(')') {
            continue;
        }
        open += word.matches('(').count() as i32 - word.matches(')').count() as i32;
        if open < 0 {
            return false;
        }
    }
    open == 0
}

/// A task without what stands behind it for the teacher: its answer in brackets, what to do next.
fn without_directions(text: &str) -> &str {
    let mut end = 0;
    for sentence in sentences(text) {
        let Some(at) = text[end..].find(sentence).map(|at| at + end) else {
            break;
        };
        let lower = sentence.to_lowercase();
        let answers = lower.starts_with('(') && (lower.contains('=') || is_answer(&lower));
        let directs = DIRECTIONS.iter().any(|start| lower.starts_with(start));
        if at > 0 && (answers || directs) {
            return text[..at].trim_end();
        }
        end = at + sentence.len();
    }
    text
}

/// Whether what stands in brackets is the answer.
fn is_answer(lower: &str) -> bool {
    const NAMES: &[&str] = &[
        "đáp án",
        "đáp số",
        "trả lời",
        "answer",
        "réponse",
        "gợi ý",
        "hint",
    ];
    NAMES.iter().any(|name| lower[1..].starts_with(name))
}

/// The whole block, up to what is only for the teacher; nothing where a part of the task would be
/// lost. What is `set` as a task may end without a mark, as “Solve 2x + 1 = 5” does in a list.
pub(super) fn span(text: &str, set: bool) -> Option<&str> {
    let text = text.trim();
    let start = text.find(char::is_alphanumeric)?;
    let text = without_directions(unlabelled(&text[start..]));
    if text.chars().count() > LONGEST {
        return None;
    }
    let mut end = 0;
    for sentence in sentences(text) {
        end += text[end..].find(sentence)? + sentence.len();
    }
    let end = if set { text.len() } else { end };
    let span = text[..end].trim().trim_end_matches(':').trim_end();
    let words = span.split_whitespace().count();
    let letters = span.chars().filter(|c| c.is_alphabetic()).count();
    let balanced = closes(span) && span.matches('"').count().is_multiple_of(2);
    // Sums below a task have few letters.
    let sums = span.contains(": ") && gaps(span) == Some(false) || announces_sums(span);
    let speaks = letters * 5 >= span.chars().count() * 2 || sums && letters >= 10;
    (words >= 4 && speaks && balanced && !is_torn(span) && !span.contains(UNFIT)).then_some(span)
}
