//! From answers as written to a task.

use super::entry::{Entry, Form};
use super::known::Settings;
use crate::exercise::number::{self, Decimal};
use crate::exercise::{
    Choice, Fault, FaultKind, GAP, Gap, NumberAnswer, NumberKey, Pair, Task, TextKey,
};

/// What has been read of a block.
pub(super) struct Given<'t> {
    pub(super) form: Option<Form>,
    pub(super) question: &'t str,
    pub(super) entries: &'t [Entry],
    pub(super) settings: Settings,
    pub(super) language: &'t str,
    pub(super) last: usize,
}

type Built<T> = Result<T, Vec<Fault>>;

/// The question and the task.
pub(super) fn build(given: &Given) -> Built<(String, Task)> {
    let entries = given.entries;
    let task = match given.form {
        None => return Err(vec![FaultKind::NoAnswer.on(given.last)]),
        Some(Form::Gap) => return gaps(given),
        Some(Form::One) => Task::Single(one_right(entries)?),
        Some(Form::Any) => Task::Multiple(some_right(entries)?),
        Some(Form::Answer) => typed(given, entries)?,
        Some(Form::Step) => Task::Ordering(steps(entries)?),
        Some(Form::Pair) => pairs(entries)?,
    };
    Ok((given.question.to_owned(), task))
}

fn choice(entry: &Entry) -> Choice {
    Choice {
        text: entry.text.clone(),
        right: entry.right,
        feedback: entry.feedback.clone(),
    }
}

fn choices(entries: &[Entry]) -> Built<Vec<Choice>> {
    if entries.len() < 2 {
        return Err(vec![FaultKind::TooFew.on(line_of(entries))]);
    }
    all_different(entries, |entry| &entry.text)?;
    Ok(entries.iter().map(choice).collect())
}

fn line_of(entries: &[Entry]) -> usize {
    entries.first().map_or(1, |entry| entry.line)
}

fn all_different(entries: &[Entry], text: impl Fn(&Entry) -> &String) -> Built<()> {
    let mut faults = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if entries[..at].iter().any(|other| text(other) == text(entry)) {
            faults.push(FaultKind::Twice(text(entry).clone()).on(entry.line));
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

fn one_right(entries: &[Entry]) -> Built<Vec<Choice>> {
    let right = entries.iter().filter(|entry| entry.right).count();
    let choices = choices(entries)?;
    match right {
        1 => Ok(choices),
        other => Err(vec![FaultKind::OneRight(other).on(line_of(entries))]),
    }
}

fn some_right(entries: &[Entry]) -> Built<Vec<Choice>> {
    let choices = choices(entries)?;
    if choices.iter().any(|choice| choice.right) {
        return Ok(choices);
    }
    Err(vec![FaultKind::NoneRight.on(line_of(entries))])
}

fn steps(entries: &[Entry]) -> Built<Vec<String>> {
    if entries.len() < 2 {
        return Err(vec![FaultKind::TooFew.on(line_of(entries))]);
    }
    all_different(entries, |entry| &entry.text)?;
    Ok(entries.iter().map(|entry| entry.text.clone()).collect())
}

fn pairs(entries: &[Entry]) -> Built<Task> {
    let halves = entries.iter().filter(|entry| entry.other.is_empty());
    let faults: Vec<Fault> = halves
        .map(|entry| FaultKind::HalfPair.on(entry.line))
        .collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    let (pairs, alone): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| !entry.text.is_empty());
    let left: Vec<Entry> = pairs.iter().map(|entry| (*entry).clone()).collect();
    all_different(&left, |entry| &entry.text)?;
    if pairs.len() < 2 {
        return Err(vec![FaultKind::TooFew.on(line_of(entries))]);
    }
    let pair = |entry: &&Entry| Pair {
        left: entry.text.clone(),
        right: entry.other.clone(),
        feedback: entry.feedback.clone(),
    };
    Ok(Task::Matching {
        pairs: pairs.iter().map(pair).collect(),
        others: alone.iter().map(|entry| entry.other.clone()).collect(),
    })
}

/// Numbers where every right answer is one, else words.
fn typed(given: &Given, entries: &[Entry]) -> Built<Task> {
    if !entries.iter().any(|entry| entry.right) {
        return Err(vec![FaultKind::NoAnswer.on(line_of(entries))]);
    }
    let decimal = Decimal::of(given.language);
    let mut right = entries.iter().filter(|entry| entry.right);
    if !right.all(|entry| number_answer(entry, decimal).is_some()) {
        return words(given, entries).map(Task::Text);
    }
    let mut faults = Vec::new();
    let mut answers = Vec::new();
    for entry in entries {
        match number_answer(entry, decimal) {
            Some(answer) => answers.push(answer),
            None => faults.push(FaultKind::NotANumber(entry.text.clone()).on(entry.line)),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let unit_required = given.settings.unit_required;
    Ok(Task::Number(NumberKey {
        answers,
        unit_required,
    }))
}

fn words(given: &Given, entries: &[Entry]) -> Built<TextKey> {
    let unquoted = |entry: &Entry| Choice {
        text: unquoted(&entry.text).to_owned(),
        ..choice(entry)
    };
    let answers: Vec<Choice> = entries.iter().map(unquoted).collect();
    Ok(TextKey {
        answers,
        case_matters: given.settings.case_matters,
        marks_ignored: given.settings.marks_ignored,
    })
}

fn unquoted(text: &str) -> &str {
    let inside = text.strip_prefix(['"', '“', '«']);
    let inside = inside.and_then(|text| text.strip_suffix(['"', '”', '»']));
    inside.map_or(text, str::trim)
}

/// `2,5 ± 0,1 m/s²`, `2,5 m/s² ± 2 %`.
fn number_answer(entry: &Entry, decimal: Decimal) -> Option<NumberAnswer> {
    let sign = ["±", "+/-", "+-"]
        .iter()
        .find(|sign| entry.text.contains(**sign));
    let (value, off) = match sign.and_then(|sign| entry.text.split_once(sign)) {
        Some((value, off)) => (value, Some(number::authored(off, decimal)?)),
        None => (entry.text.as_str(), None),
    };
    let value = number::authored(value, decimal)?;
    let (tolerance, behind) = match off {
        Some(off) if off.rest.starts_with('%') && value.rest != "%" => {
            let rest = off.rest.trim_start_matches('%').trim().to_owned();
            (value.value.abs() * off.value / 100.0, rest)
        }
        Some(off) => (off.value, off.rest),
        None => (0.0, String::new()),
    };
    let unit = if value.rest.is_empty() {
        behind
    } else {
        value.rest
    };
    let is_unit = unit
        .chars()
        .next()
        .is_none_or(|c| c.is_alphabetic() || "°º℃%₫".contains(c));
    (is_unit && tolerance >= 0.0).then(|| NumberAnswer {
        value: value.value,
        tolerance,
        unit,
        right: entry.right,
        feedback: entry.feedback.clone(),
    })
}

/// The question with its gaps taken out, and what they hold.
fn gaps(given: &Given) -> Built<(String, Task)> {
    let mut question = String::new();
    let mut gaps = Vec::new();
    let mut rest = given.question;
    while let Some((before, after)) = rest.split_once("[[") {
        question.push_str(before);
        let line = 1 + question.matches('\n').count();
        let Some((inside, behind)) = after.split_once("]]") else {
            return Err(vec![FaultKind::OpenGap.on(line)]);
        };
        gaps.push(gap(given, inside, line)?);
        question.push(GAP);
        rest = behind;
    }
    question.push_str(rest);
    Ok((question, Task::Gaps(gaps)))
}

/// `a | b` are words that are all right, `(x) a | ( ) b` a list, `= 2,5 m` a number.
fn gap(given: &Given, inside: &str, line: usize) -> Built<Gap> {
    let parts = inside
        .split('|')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let entry = |text: &str| Entry {
        line,
        right: true,
        text: text.to_owned(),
        ..Entry::default()
    };
    let parts: Vec<&str> = parts.collect();
    if parts.is_empty() {
        return Err(vec![FaultKind::EmptyGap.on(line)]);
    }
    if parts.iter().any(|part| marked(part).is_some()) {
        let choice = |part: &&str| {
            let (right, text) = marked(part).unwrap_or((false, part));
            Entry {
                right,
                ..entry(text)
            }
        };
        let choices: Vec<Entry> = parts.iter().map(choice).collect();
        return one_right(&choices).map(Gap::Choice);
    }
    let numbers: Vec<Entry> = parts
        .iter()
        .filter_map(|part| part.strip_prefix('=').map(|text| entry(text.trim())))
        .collect();
    if numbers.is_empty() {
        let plain: Vec<Entry> = parts.iter().map(|part| entry(part)).collect();
        return words(given, &plain).map(Gap::Text);
    }
    match typed(given, &numbers)? {
        Task::Number(key) => Ok(Gap::Number(key)),
        _ => Err(vec![
            FaultKind::NotANumber(inside.trim().to_owned()).on(line),
        ]),
    }
}

/// `(x) …` or `( ) …` within a gap.
fn marked(part: &str) -> Option<(bool, &str)> {
    let right = match part.get(..3)? {
        "(x)" | "(X)" => true,
        "( )" => false,
        _ => return None,
    };
    Some((right, part[3..].trim()))
}
