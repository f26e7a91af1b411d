//! What can be quoted of a text that has few whole sentences.

use super::super::role::Role;
use super::super::sentences::{balanced, is_quotable, is_torn, sentences};
use super::super::{ClaimKind, Read};
use crate::render::BlockKind;

/// Most characters of a piece.
const LONGEST: usize = 180;
/// Most characters of a row of a table.
const ROW: usize = 110;
/// From so many characters on a task is not quoted whole.
const TASK: usize = 390;
/// Lines that make a text one of lines.
const LINES: usize = 4;
/// Marks of markup, and quotation marks, which cannot stand within others.
const UNFIT: &[char] = &[
    '“', '”', '«', '»', '‘', '\\', '{', '}', '<', '>', '*', '`', '#', '&', '_', '$',
];

/// Whether a text is one of lines: verse, or talk.
pub(super) fn is_lines(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let short = |line: &&str| line.split_whitespace().count() <= 12;
    lines.clone().count() >= LINES && lines.clone().all(|line| short(&line))
}

/// The pieces of a block, each an exact span with what it is: [`ClaimKind::Claim`] for what states
/// something.
pub(super) fn pieces(read: &Read) -> Vec<(&str, ClaimKind)> {
    let text = read.block.text.trim();
    // An answer to choose may be a wrong one.
    if matches!(read.role, Role::Sources | Role::Choice) {
        return Vec::new();
    }
    let form = match read.block.kind {
        BlockKind::Code | BlockKind::Heading(_) => return Vec::new(),
        // The head of a table tells nothing without its rows.
        BlockKind::Row if read.block.is_head => return Vec::new(),
        BlockKind::Row => {
            return row(text)
                .into_iter()
                .map(|row| (row, ClaimKind::Row))
                .collect();
        }
        // What a question gives before it asks, where it is too long to be quoted.
        BlockKind::Numbered if is_long_task(read) => return given(text),
        BlockKind::Bullet | BlockKind::Numbered => ClaimKind::Item,
        BlockKind::Quotation => ClaimKind::Words,
        BlockKind::Paragraph if is_lines(text) => ClaimKind::Words,
        BlockKind::Paragraph => ClaimKind::Claim,
    };
    if form == ClaimKind::Claim {
        let mut found = sentences(text);
        if found.is_empty() {
            found = text.lines().collect();
        }
        return found
            .into_iter()
            .flat_map(parts)
            .map(|part| (part, form))
            .collect();
    }
    let lines = text.lines().map(trimmed).filter(|line| fits(line, 3));
    let asks = |line: &&str| form == ClaimKind::Item && line.ends_with('?');
    let lines = lines.filter(|line| !asks(line));
    lines.map(|line| (line, form)).collect()
}

/// Whether a block is a task that is too long to be quoted whole.
fn is_long_task(read: &Read) -> bool {
    let set = matches!(read.role, Role::Practice | Role::Application);
    set && read.block.text.chars().count() > TASK
}

/// The sentences of a task that give something and ask nothing.
fn given(text: &str) -> Vec<(&str, ClaimKind)> {
    let told = sentences(text)
        .into_iter()
        .filter(|sentence| sentence.ends_with('.'));
    let fit = told.filter(|sentence| is_quotable(sentence));
    fit.map(|sentence| (sentence, ClaimKind::Claim)).collect()
}

/// A row with two cells or more, most of which hold words or figures.
fn row(text: &str) -> Option<&str> {
    let cells = text
        .split(" | ")
        .filter(|cell| !cell.trim().is_empty())
        .count();
    let fits = (2..=8).contains(&cells) && text.chars().count() <= ROW && !text.contains(UNFIT);
    let speaks = text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    (fits && speaks && balanced(text)).then_some(text)
}

/// A sentence as a whole where it is only short, else its longest part between marks.
fn parts(sentence: &str) -> Option<&str> {
    if is_quotable(sentence) {
        return None;
    }
    let whole = sentence.trim_end_matches('.');
    let breaks = sentence.ends_with("..");
    if fits(whole, 4) && sentence.ends_with('.') && !breaks {
        return Some(sentence);
    }
    if sentence.contains(['\\', '{', '}', '<', '>', '=', '^', '$', '`']) {
        return None;
    }
    let marks = |c: char| UNFIT.contains(&c) || matches!(c, ';' | ':' | '(' | ')' | '–' | '—');
    let longest = whole
        .split(marks)
        .map(shortened)
        .map(closed)
        .filter(|part| fits(part, 6))
        // What begins in the middle of a sentence says little alone.
        .filter(|part| part.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    longest.max_by_key(|part| part.chars().count())
}

/// A piece without words at its end that something must follow: “contaminés par le virus de la”.
fn closed(part: &str) -> &str {
    const OPEN: &[&str] = &[
        "của", "và", "là", "cho", "các", "những", "với", "bằng", "từ", "theo", "hoặc", "như", "vì",
        "để", "do", "về", "một", "of", "the", "a", "an", "and", "or", "to", "in", "on", "for",
        "with", "by", "from", "as", "is", "are", "that", "de", "du", "des", "la", "le", "les",
        "l’", "l'", "d’", "d'", "un", "une", "et", "ou", "à", "au", "aux", "en", "par", "pour",
        "sur", "dans", "avec", "que", "qui", "est", "sont",
    ];
    let mut rest = trimmed(part);
    while let Some(last) = rest.split_whitespace().next_back()
        && OPEN.contains(&last.to_lowercase().as_str())
    {
        rest = trimmed(&rest[..rest.len() - last.len()]);
    }
    rest
}

/// The part up to the last comma before it grows too long.
fn shortened(part: &str) -> &str {
    let mut end = 0;
    for (at, piece) in part.match_indices(", ").chain([(part.len(), "")]) {
        if part[..at].chars().count() > LONGEST {
            break;
        }
        end = at + piece.len();
    }
    trimmed(&part[..end])
}

fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches([',', ';', ':']).trim()
}

/// Whether a piece can stand between quotation marks.
fn fits(text: &str, words: usize) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let length = text.chars().count();
    text.split_whitespace().count() >= words
        && length <= LONGEST
        && letters * 2 >= length
        && !text.contains(UNFIT)
        && balanced(text)
        && !is_torn(text)
        && !is_open(text)
}

/// Whether a text waits for what it announces: “… được chia thành các nhóm chính là”.
fn is_open(text: &str) -> bool {
    const OPEN: &[&str] = &[
        " là", " thì", " gồm", " vì", " do", " biết", " is", " are", " est", " sont",
    ];
    let lower = text.trim_end_matches(['.', ' ']).to_lowercase();
    OPEN.iter().any(|word| lower.ends_with(word))
}
