//! The structure of a plain text, as its lines show it: headings, lists, tables, verse, talk.

use crate::render::{BlockKind, TextBlock};

/// Most words of a line that is a heading or a line of verse.
const SHORT: usize = 12;
/// Lines that verse or talk has at least.
const LINES: usize = 3;
/// Answers that a question to choose from has at least.
const ANSWERS: usize = 2;
/// From so many characters on a line may be one that was broken for its length.
const BROKEN: usize = 40;

/// The blocks of a plain text, each with the number of its paragraph. Each has words of the text,
/// line breaks within a sentence apart.
pub(super) fn blocks(text: &str) -> Vec<(Option<usize>, TextBlock)> {
    let mut found = Vec::new();
    for (number, lines) in paragraphs(text).into_iter().enumerate() {
        let blocks = match is_verse(&lines) {
            true => lines
                .iter()
                .map(|line| block(BlockKind::Quotation, line))
                .collect(),
            false => of_prose(&lines),
        };
        found.extend(blocks.into_iter().map(|block| (Some(number), block)));
    }
    found
}

fn block(kind: BlockKind, text: &str) -> TextBlock {
    TextBlock {
        kind,
        text: text.to_owned(),
        ..TextBlock::default()
    }
}

/// Lines that stand together, those broken within a sentence joined.
fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        let Some(open) = found.last_mut() else {
            continue;
        };
        if line.is_empty() {
            found.push(Vec::new());
            continue;
        }
        match open.last_mut() {
            Some(before) if goes_on(before, line) => {
                before.push(' ');
                before.push_str(line);
            }
            _ => open.push(line.to_owned()),
        }
    }
    found.retain(|lines| !lines.is_empty());
    found
}

/// Whether a line goes on with the sentence of the line before.
fn goes_on(before: &str, line: &str) -> bool {
    before.chars().count() >= BROKEN
        && line.starts_with(char::is_lowercase)
        && !before.ends_with(['.', '!', '?', ':', ';', '…'])
        && listed(line).is_none()
        && choice(line).is_none()
}

/// Lines of one look, many of which end within a sentence or without a mark.
fn is_verse(lines: &[String]) -> bool {
    let fits = |line: &&String| {
        let words = line.split_whitespace().count();
        (3..=SHORT).contains(&words)
            && line.starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '“' | '"' | '–'))
            && listed(line).is_none()
            && !line.contains('|')
    };
    let open = lines
        .iter()
        .filter(|line| line.ends_with([',', ';', ':', '!', '?', '»']));
    lines.len() > LINES
        && lines.iter().filter(fits).count() * 10 >= lines.len() * 9
        && open.count() * 3 >= lines.len()
        && !is_talk(lines)
}

/// Lines that name who speaks: “Lan: Good morning!”.
fn is_talk(lines: &[String]) -> bool {
    let spoken = lines.iter().filter(|line| speech(line).is_some());
    lines.len() >= LINES && spoken.count() * 4 >= lines.len() * 3
}

/// What is said in a line of talk.
fn speech(line: &str) -> Option<&str> {
    let (who, said) = line.split_once(':')?;
    let named = who.starts_with(char::is_uppercase) && who.split_whitespace().count() <= 3;
    let said = said.trim();
    (named && !said.is_empty()).then_some(said)
}

fn of_prose(lines: &[String]) -> Vec<TextBlock> {
    let talk = is_talk(lines);
    let last = lines.len() - 1;
    let read = |(at, line): (usize, &String)| {
        let line = line.as_str();
        if let Some(words) = heading(line) {
            return Some(block(BlockKind::Heading(2), words));
        }
        if line.starts_with('|') {
            let is_head = lines.get(at + 1).is_some_and(|next| is_drawn(next));
            return row(line).map(|row| TextBlock { is_head, ..row });
        }
        if let Some((kind, words)) = listed(line) {
            return Some(block(kind, words));
        }
        if is_part(lines, at) {
            return Some(block(BlockKind::Numbered, line));
        }
        if let Some(words) = choice(line).filter(|_| at > 0) {
            return Some(block(BlockKind::Bullet, words));
        }
        // What stands above answers to choose from is a question, whatever it ends with.
        let answers = lines[at + 1..]
            .iter()
            .take_while(|line| choice(line).is_some());
        if answers.count() >= ANSWERS {
            return Some(block(BlockKind::Numbered, line));
        }
        if talk {
            return Some(block(BlockKind::Quotation, speech(line).unwrap_or(line)));
        }
        let titled = at < last && stands_above(line, &lines[at + 1]);
        let alone = lines.len() == 1 && is_title(line);
        let kind = match titled || alone {
            true => BlockKind::Heading(3),
            false => BlockKind::Paragraph,
        };
        Some(block(kind, line))
    };
    lines.iter().enumerate().filter_map(read).collect()
}

/// A short line without a closing mark.
fn is_title(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (1..=8).contains(&words)
        && line.starts_with(char::is_uppercase)
        && !line.ends_with(['.', ',', ';', '!', '?', '…', ')', '"', '”', '»'])
        && !line.contains(['=', '+', '→', '>'])
}

/// A title above a line that is longer, and no item of a list.
fn stands_above(line: &str, next: &str) -> bool {
    is_title(line) && (next.chars().count() > 2 * line.chars().count() || listed(next).is_some())
}

/// The words of a heading in Markdown.
fn heading(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    (words.len() < line.len() && words.starts_with(' ')).then(|| words.trim())
}

/// The cells of a row; nothing for the line between head and body.
fn row(line: &str) -> Option<TextBlock> {
    let cells = line.trim_matches('|').trim();
    (!is_drawn(line) && !cells.is_empty()).then(|| block(BlockKind::Row, cells))
}

/// Whether a line only draws the border between head and body of a table.
fn is_drawn(line: &str) -> bool {
    line.starts_with('|') && line.chars().all(|c| matches!(c, '-' | ':' | '|' | ' '))
}

/// An item of a list without its mark.
fn listed(line: &str) -> Option<(BlockKind, &str)> {
    if let Some(words) = line.strip_prefix(['-', '•', '*', '+', '–', '▪', '●']) {
        return (words.starts_with(char::is_whitespace) && !words.trim().is_empty())
            .then(|| (BlockKind::Bullet, words.trim()));
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = if (1..=3).contains(&digits) {
        &line[digits..]
    } else {
        numbered(line)?
    };
    let words = behind.strip_prefix(['.', ')', ':', '/'])?;
    (words.starts_with(char::is_whitespace) && words.trim().contains(' '))
        .then(|| (BlockKind::Numbered, words.trim()))
}

/// An answer to choose, without its letter: “B. 50 Hz”.
fn choice(line: &str) -> Option<&str> {
    let mut letters = line.chars();
    let letter = letters.next()?.to_ascii_uppercase();
    let words = letters.as_str().strip_prefix(['.', ')'])?;
    let fits = ('A'..='H').contains(&letter) && words.starts_with(char::is_whitespace);
    fits.then(|| words.trim()).filter(|words| !words.is_empty())
}

/// Whether a line is one of the parts that a task above announces: “Tìm x, biết:”, “a) x : 3 = 25”.
fn is_part(lines: &[String], at: usize) -> bool {
    let lettered = |line: &String| choice(line).is_some() && line.starts_with(char::is_lowercase);
    let above = lines[..at].iter().rev().find(|line| !lettered(line));
    lettered(&lines[at]) && above.is_some_and(|line| line.ends_with(':'))
}

/// What stands behind a name and number as tasks have them: “Câu 1”, “Exercise 2”.
fn numbered(line: &str) -> Option<&str> {
    const NAMES: &[&str] = &[
        "câu",
        "bài",
        "bài tập",
        "câu hỏi",
        "exercise",
        "question",
        "task",
        "problem",
        "exercice",
        "activité",
    ];
    let at = line.find(|c: char| c.is_ascii_digit())?;
    let name = line[..at].trim().to_lowercase();
    NAMES
        .contains(&name.as_str())
        .then(|| line[at..].trim_start_matches(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(BlockKind, String)> {
        blocks(text)
            .into_iter()
            .map(|(_, block)| (block.kind, block.text))
            .collect()
    }

    #[test]
    fn lines_show_what_they_are() {
        use BlockKind::{Bullet, Heading, Numbered, Paragraph, Row};
        let text = "Sự nở vì nhiệt\nChất rắn nở ra khi nóng lên và co lại khi lạnh đi.\n\n- Giấy màu khổ A4\nCâu 2. Vì sao đường ray có khe hở?\n| Chất | Độ nở |\n|---|---|";
        let expected = [
            (Heading(3), "Sự nở vì nhiệt"),
            (
                Paragraph,
                "Chất rắn nở ra khi nóng lên và co lại khi lạnh đi.",
            ),
            (Bullet, "Giấy màu khổ A4"),
            (Numbered, "Vì sao đường ray có khe hở?"),
            (Row, "Chất | Độ nở"),
        ];
        assert_eq!(
            kinds(text),
            expected.map(|(kind, text)| (kind, text.to_owned()))
        );
    }

    #[test]
    fn verse_and_talk_keep_their_lines() {
        let verse = "Trong đầm gì đẹp bằng sen,\nLá xanh bông trắng lại chen nhị vàng.\nNhị vàng bông trắng lá xanh,\nGần bùn mà chẳng hôi tanh mùi bùn.";
        assert!(
            kinds(verse)
                .iter()
                .all(|(kind, _)| *kind == BlockKind::Quotation)
        );
        let talk = "Lan: Good morning!\nMai: Hello, how are you?\nLan: I am fine, thank you.";
        assert_eq!(kinds(talk)[1].1, "Hello, how are you?");
    }

    #[test]
    fn a_question_stands_above_its_answers() {
        use BlockKind::{Bullet, Numbered};
        let text = "Mạng điện xoay chiều dân dụng ở nước ta có tần số là\nA. 100 Hz.\nB. 50 Hz.";
        let found = kinds(text);
        assert_eq!(found[0].0, Numbered);
        assert!(found[0].1.ends_with("có tần số là"));
        assert_eq!(found[1], (Bullet, "100 Hz.".to_owned()));
    }

    #[test]
    fn a_line_broken_for_its_length_is_joined() {
        let text = "Photosynthesis is the process by which green plants use\nsunlight to make food from water.";
        assert_eq!(kinds(text).len(), 1);
    }
}
