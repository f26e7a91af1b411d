//! GIFT, the text format of Moodle's question bank: `Question {=right ~wrong}`.
//!
//! Format: Moodle documentation, *GIFT format*.

use super::{Imported, between, markup, words};
use crate::exercise::{Choice, Exercise, GAP, Gap, NumberAnswer, NumberKey, Pair, Task};

/// What `\` protects, and the letters that stand for it while a question is read.
const PROTECTED: [(char, char); 7] = [
    ('~', '\u{e001}'),
    ('=', '\u{e002}'),
    ('#', '\u{e003}'),
    ('{', '\u{e004}'),
    ('}', '\u{e005}'),
    (':', '\u{e006}'),
    ('n', '\n'),
];

/// Reads a GIFT text.
pub fn from_gift(text: &str, language: &str) -> Imported {
    let mut imported = Imported::default();
    for (line, block) in blocks(text) {
        question(&mut imported, line, &block, language);
    }
    imported
}

/// Questions with the lines on which they begin; comments and categories are left out.
fn blocks(text: &str) -> Vec<(usize, String)> {
    let mut blocks: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let words = line.trim();
        if words.is_empty() {
            open = false;
        } else if !words.starts_with("//") && !words.starts_with("$CATEGORY") {
            match blocks.last_mut().filter(|_| open) {
                Some((_, block)) => {
                    block.push('\n');
                    block.push_str(line);
                }
                None => blocks.push((number + 1, line.to_owned())),
            }
            open = true;
        }
    }
    blocks
}

fn protected(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(c) = letters.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match letters.next() {
            Some(next) => match PROTECTED.iter().find(|(own, _)| *own == next) {
                Some((_, stands_for)) => out.push(*stands_for),
                None => out.extend(['\\', next]),
            },
            None => out.push('\\'),
        }
    }
    out
}

fn restored(text: &str) -> String {
    let plain = |c: char| {
        let found = PROTECTED
            .iter()
            .find(|(own, stands_for)| *stands_for == c && *own != 'n');
        found.map_or(c, |(own, _)| *own)
    };
    text.trim().chars().map(plain).collect()
}

/// How the texts of a question are written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Plain,
    Html,
    Markdown,
}

impl Form {
    /// The form that `[html]` and the like name, and the text behind it.
    fn of(text: &str) -> (Option<Self>, &str) {
        let text = text.trim_start();
        let forms = [
            ("[html]", Self::Html),
            ("[moodle]", Self::Html),
            ("[markdown]", Self::Markdown),
            ("[plain]", Self::Plain),
        ];
        let found = forms
            .iter()
            .find_map(|(name, form)| Some((*form, text.strip_prefix(name)?)));
        found.map_or((None, text), |(form, rest)| (Some(form), rest))
    }

    fn markdown(self, text: &str) -> String {
        let (own, text) = Self::of(text);
        let text = restored(text);
        match own.unwrap_or(self) {
            Self::Html => markup::from_html(&text),
            Self::Markdown => text,
            Self::Plain => markup::escaped(&text),
        }
    }
}

fn question(imported: &mut Imported, line: usize, block: &str, language: &str) {
    let text = protected(block);
    let (title, text) = match text
        .trim_start()
        .strip_prefix("::")
        .and_then(|rest| rest.split_once("::"))
    {
        Some((title, rest)) => (restored(title), rest.to_owned()),
        None => (String::new(), text),
    };
    let place = match title.as_str() {
        "" => format!("line {line}"),
        title => format!("line {line}, {title}"),
    };
    let (form, text) = Form::of(&text);
    let form = form.unwrap_or(Form::Plain);
    let Some((before, rest)) = text.split_once('{') else {
        return imported.leave_out(&place, "a text without a question; left out");
    };
    let Some((inside, after)) = rest.split_once('}') else {
        return imported.leave_out(&place, "its answers are not closed with `}`; left out");
    };
    let (inside, explanation) = match inside.split_once("####") {
        Some((inside, general)) => (inside, form.markdown(general)),
        None => (inside, String::new()),
    };
    let Some(task) = task(imported, &place, inside, form) else {
        return;
    };
    let (before, after) = (form.markdown(before), form.markdown(after));
    let (question, task) = match after.is_empty() {
        true => (before, task),
        false => match gap(task) {
            Some(gap) => (format!("{before} {GAP} {after}"), Task::Gaps(vec![gap])),
            None => {
                return imported
                    .leave_out(&place, "a gap of a kind that has no equal here; left out");
            }
        },
    };
    let exercise = Exercise {
        language: language.to_owned(),
        question,
        task,
        explanation,
        ..Exercise::default()
    };
    imported.add(&place, exercise);
}

/// The same task within a sentence.
fn gap(task: Task) -> Option<Gap> {
    match task {
        Task::Single(choices) => Some(Gap::Choice(choices)),
        Task::Text(key) => Some(Gap::Text(key)),
        Task::Number(key) => Some(Gap::Number(key)),
        _ => None,
    }
}

/// An answer: its sign, weight in percent, text and feedback.
struct Answer {
    right: bool,
    weight: Option<f64>,
    text: String,
    feedback: String,
}

fn answers(inside: &str) -> Vec<Answer> {
    let mut found: Vec<(bool, String)> = Vec::new();
    for c in inside.chars() {
        match c {
            '=' | '~' => found.push((c == '=', String::new())),
            other => {
                if let Some((_, text)) = found.last_mut() {
                    text.push(other);
                }
            }
        }
    }
    let answer = |(right, text): (bool, String)| {
        let (text, feedback) = match text.split_once('#') {
            Some((text, feedback)) => (text.to_owned(), feedback.to_owned()),
            None => (text, String::new()),
        };
        let weighed = text
            .trim_start()
            .strip_prefix('%')
            .and_then(|rest| rest.split_once('%'));
        let (weight, text) = match weighed {
            Some((weight, rest)) => (weight.trim().parse().ok(), rest.to_owned()),
            None => (None, text),
        };
        Answer {
            right,
            weight,
            text,
            feedback,
        }
    };
    found.into_iter().map(answer).collect()
}

fn task(imported: &mut Imported, place: &str, inside: &str, form: Form) -> Option<Task> {
    let trimmed = inside.trim();
    if trimmed.is_empty() {
        imported.leave_out(place, "an essay, which no machine scores; left out");
        return None;
    }
    if let Some(numbers) = trimmed.strip_prefix('#') {
        return number(imported, place, numbers, form);
    }
    if let Some(task) = true_or_false(trimmed, form) {
        return Some(task);
    }
    let answers = answers(inside);
    if answers.is_empty() {
        imported.leave_out(place, "no answer in its braces is understood; left out");
        return None;
    }
    if answers
        .iter()
        .all(|answer| answer.right && answer.text.contains("->"))
    {
        return Some(matching(&answers, form));
    }
    choices(imported, place, &answers, form)
}

fn choices(imported: &mut Imported, place: &str, answers: &[Answer], form: Form) -> Option<Task> {
    let weighed = |answer: &Answer| {
        answer
            .weight
            .is_some_and(|weight| weight > 0.0 && weight < 100.0)
    };
    let choice = |answer: &Answer, right: bool| Choice {
        text: form.markdown(&answer.text),
        right,
        feedback: form.markdown(&answer.feedback),
    };
    if answers.iter().all(|answer| answer.right) {
        let full = |answer: &Answer| answer.weight.is_none_or(|weight| weight >= 100.0);
        if !answers.iter().all(full) {
            imported.leave_out(
                place,
                "answers that count in part; taken as expected mistakes with their feedback",
            );
        }
        let typed = |answer: &Answer| Choice {
            text: restored(&answer.text),
            ..choice(answer, full(answer))
        };
        return Some(words(answers.iter().map(typed).collect(), false));
    }
    let right = answers.iter().filter(|answer| answer.right).count();
    if right == 0 && answers.iter().any(weighed) {
        let taken =
            |answer: &Answer| choice(answer, answer.weight.is_some_and(|weight| weight > 0.0));
        return Some(Task::Multiple(answers.iter().map(taken).collect()));
    }
    if right != 1 {
        imported.leave_out(
            place,
            format!("{right} right answers among wrong ones, where one is meant; left out"),
        );
        return None;
    }
    if answers
        .iter()
        .any(|answer| !answer.right && weighed(answer))
    {
        imported.leave_out(
            place,
            "a choice that counts in part; taken as wrong with its feedback",
        );
    }
    Some(Task::Single(
        answers
            .iter()
            .map(|answer| choice(answer, answer.right))
            .collect(),
    ))
}

fn true_or_false(inside: &str, form: Form) -> Option<Task> {
    let mut parts = inside.split('#');
    let truth = match parts.next()?.trim().to_ascii_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return None,
    };
    // The first feedback is for a wrong answer, the second for a right one.
    let wrong = parts
        .next()
        .map(|text| form.markdown(text))
        .unwrap_or_default();
    let right = parts
        .next()
        .map(|text| form.markdown(text))
        .unwrap_or_default();
    let choice = |text: &str, own: bool| Choice {
        text: text.to_owned(),
        right: own == truth,
        feedback: if own == truth {
            right.clone()
        } else {
            wrong.clone()
        },
    };
    Some(Task::Single(vec![choice("✓", true), choice("✗", false)]))
}

fn matching(answers: &[Answer], form: Form) -> Task {
    let mut pairs = Vec::new();
    let mut others = Vec::new();
    for answer in answers {
        let (left, right) = answer.text.split_once("->").unwrap_or_default();
        let (left, right) = (form.markdown(left), form.markdown(right));
        match left.is_empty() {
            true => others.push(right),
            false => pairs.push(Pair {
                left,
                right,
                feedback: String::new(),
            }),
        }
    }
    Task::Matching { pairs, others }
}

fn number(imported: &mut Imported, place: &str, inside: &str, form: Form) -> Option<Task> {
    let several = answers(inside);
    let several = match several.is_empty() {
        false => several,
        true => {
            let (text, feedback) = inside.split_once('#').unwrap_or((inside, ""));
            vec![Answer {
                right: true,
                weight: None,
                text: text.to_owned(),
                feedback: feedback.to_owned(),
            }]
        }
    };
    let mut key = NumberKey::default();
    for answer in &several {
        let full = answer.weight.is_none_or(|weight| weight >= 100.0);
        match bounds(&answer.text) {
            Some((low, high)) => key.answers.push(NumberAnswer {
                right: answer.right && full,
                ..between(low, high, &form.markdown(&answer.feedback))
            }),
            None => imported.leave_out(
                place,
                format!("`{}` is no number; left out", answer.text.trim()),
            ),
        }
    }
    if several
        .iter()
        .any(|answer| answer.weight.is_some_and(|weight| weight < 100.0))
    {
        imported.leave_out(
            place,
            "numbers that count in part; taken as expected mistakes with their feedback",
        );
    }
    key.answers
        .iter()
        .any(|answer| answer.right)
        .then_some(Task::Number(key))
}

/// `3`, `3:0.1`, `2.9..3.1`.
fn bounds(text: &str) -> Option<(f64, f64)> {
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .ok()
            .filter(|value| value.is_finite())
    };
    let text = text.replace('\u{e006}', ":");
    if let Some((low, high)) = text.split_once("..") {
        return Some((number(low)?, number(high)?));
    }
    let (value, off) = text.split_once(':').unwrap_or((&text, "0"));
    let (value, off) = (number(value)?, number(off)?);
    Some((value - off, value + off))
}
