//! The exercises of a text.

use super::{Exercise, Fault, FaultKind, read};

/// Names of the blocks.
const NAMES: [&str; 3] = ["bài tập", "exercise", "exercice"];

/// A block of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The line of its opening signs in the text, from 1.
    pub line: usize,
    /// What it says, or what is wrong with it; lines are those of the text.
    pub exercise: Result<Exercise, Vec<Fault>>,
}

/// Whether the words behind the opening signs of a block name an exercise.
pub fn is_block(info: &str) -> bool {
    label(info).is_some()
}

/// The label in these words: `bài tập 2a` has `2a`.
pub fn label_of(info: &str) -> String {
    label(info).unwrap_or_default()
}

fn label(info: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let info: String = info.trim().nfc().collect();
    let lower = info.to_lowercase();
    let name = NAMES.iter().find(|name| {
        let rest = lower.strip_prefix(**name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    })?;
    let words = name.split_whitespace().count();
    let rest: Vec<&str> = info.split_whitespace().skip(words).collect();
    Some(rest.join(" "))
}

/// All exercises of a Markdown text, in order. `language` is that of the text, BCP 47.
pub fn find(markdown: &str, language: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    for (number, line) in markdown.lines().enumerate() {
        match open.take() {
            Some(block) if block.closes(line) => found.extend(block.end(language)),
            Some(mut block) => {
                block.text.push_str(block.unindented(line));
                block.text.push('\n');
                open = Some(block);
            }
            None => open = Open::begin(line, number + 1),
        }
    }
    if let Some(block) = open.filter(|block| block.label.is_some()) {
        let fault = FaultKind::NotClosed.on(block.line);
        found.push(Found {
            line: block.line,
            exercise: Err(vec![fault]),
        });
    }
    found
}

/// A fenced block that has begun, of any kind.
struct Open {
    line: usize,
    indent: usize,
    sign: char,
    count: usize,
    label: Option<String>,
    text: String,
}

impl Open {
    fn begin(line: &str, number: usize) -> Option<Self> {
        let rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        let sign = rest.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let info = rest.trim_start_matches(sign);
        let count = rest.len() - info.len();
        let fits = indent < 4 && count >= 3 && !(sign == '`' && info.contains('`'));
        fits.then(|| Self {
            line: number,
            indent,
            sign,
            count,
            label: label(info),
            text: String::new(),
        })
    }

    fn closes(&self, line: &str) -> bool {
        let line = line.trim();
        line.chars().all(|c| c == self.sign) && line.len() >= self.count
    }

    fn unindented<'l>(&self, line: &'l str) -> &'l str {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        &line[spaces.min(self.indent)..]
    }

    fn end(self, language: &str) -> Option<Found> {
        let label = self.label?;
        let moved = |faults: Vec<Fault>| {
            let moved = faults
                .into_iter()
                .map(|fault| fault.kind.on(fault.line + self.line));
            moved.collect()
        };
        Some(Found {
            line: self.line,
            exercise: read(&label, &self.text, language).map_err(moved),
        })
    }
}
