//! Tasks and questions that a resource sets.

mod span;
mod wording;

use super::claims::STAGES;
use super::role::Role;
use super::sentences::{is_torn, sentences};
use super::{Exercise, Read, Source, may_be_quoted};
use crate::render::BlockKind;
use span::{LONGEST, UNFIT, span};
use std::collections::HashSet;
use wording::{LEANS, NEEDS, POINTS, TASKS, answers_itself, asks_for, gaps};

/// A question of fewer words and no figure hangs on what stands before it: “Vì sao nguy hiểm?”.
const SHORT: usize = 5;
/// Words at the beginning of a task that may point at something before it.
const FIRST: usize = 6;
/// From this score on a text is a task.
const FEWEST: i32 = 3;

/// Most characters of an answer to choose that is quoted.
const CHOICE: usize = 120;

/// With so many tasks, those that only set the class going are left out.
const ENOUGH: usize = 3;

/// Most words of a task that only says what is to be done with what stands below it.
const BARE: usize = 9;

/// Words by which a text tells its reader to do something, in lower case.
pub(super) fn orders(lower: &str) -> bool {
    lower.starts_with("hãy ") || lower.contains("em hãy ") || lower.contains(", hãy ")
}

/// Tasks, those of the parts for practising first.
pub(super) fn exercises(reads: &[Read], source: &Source) -> Vec<Exercise> {
    let mut seen = HashSet::new();
    let mut found: Vec<((i32, bool), usize, Exercise)> = Vec::new();
    for (number, read) in reads.iter().enumerate() {
        let Some(place) = place(reads, number) else {
            continue;
        };
        let set = place >= FEWEST || read.block.kind == BlockKind::Numbered;
        let joined = joined(reads, number, source);
        let text = joined.as_deref().unwrap_or(&read.block.text);
        let choices = choices(reads, number);
        let chosen = reads
            .get(number + 1)
            .is_some_and(|next| next.role == Role::Choice)
            && read.role != Role::Choice;
        // What only announces the items below it is nothing without them.
        if joined.is_none() && !chosen && is_bare(text) {
            continue;
        }
        // Of a question that is too long, what it asks in the end.
        let cut = chosen && span(text, set).is_none();
        let whole = span(text, set).map(|text| (place + own(text, chosen), text));
        // In running text only sentences by themselves are tasks.
        let whole = whole.filter(|(score, _)| *score >= FEWEST && (place > 0 || joined.is_some()));
        let tasks = match whole {
            Some(task) => vec![task],
            // Of a task that is too long, a part would ask for something else.
            None if cut => asking(text)
                .map(|text| (FEWEST, text))
                .into_iter()
                .collect(),
            None if text.chars().count() > LONGEST && set => Vec::new(),
            None => within(text),
        };
        for (score, text) in tasks {
            if may_be_quoted(text) && seen.insert(text.to_owned()) {
                let exercise = Exercise {
                    text: text.to_owned(),
                    heading: read.heading.clone(),
                    asks: asks_for(text),
                    alone: !cut && is_alone(text),
                    whole: !cut,
                    // What is to be matched is no answer to choose.
                    choices: match asks_for(text) {
                        "match" => Vec::new(),
                        _ => choices.clone(),
                    },
                };
                found.push(((score, source.has(text)), number, exercise));
            }
        }
    }
    // What the class is told to do with one another is no task to be solved, where there are others.
    let staged = |task: &Exercise| {
        let lower = task.text.to_lowercase();
        STAGES.iter().any(|word| lower.contains(word))
    };
    if found.iter().filter(|(_, _, task)| !staged(task)).count() >= ENOUGH {
        found.retain(|(_, _, task)| !staged(task));
    }
    found.sort_by_key(|((score, plain), number, _)| (-score, !plain, *number));
    found.into_iter().map(|(_, _, exercise)| exercise).collect()
}

/// Whether a task can be understood without the rest of its text.
fn is_alone(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let mut first = lower.split_whitespace().take(FIRST);
    let points = first.any(|word| POINTS.contains(&word.trim_end_matches([',', '?', '.'])));
    let bare =
        lower.split_whitespace().count() < SHORT && !lower.contains(|c: char| c.is_ascii_digit());
    !has(LEANS) && !has(NEEDS) && !points && !bare && !names_another(&lower)
}

/// Whether a text only says what is to be done with the items below it: “Calculate:”, “Điền dấu thích
/// hợp”.
fn is_bare(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    let content = text.contains(['?', '=']) || text.contains(|c: char| c.is_ascii_digit());
    text.ends_with(':') && !text.contains('?') || words <= 5 && !content && !text.ends_with('.')
}

/// A task that only announces its items, together with as many of them as can be quoted with it.
fn joined(reads: &[Read], number: usize, source: &Source) -> Option<String> {
    let head = &reads[number];
    let text = head.block.text.trim();
    let announces = text.ends_with(':') && text.split_whitespace().count() <= BARE;
    if !announces {
        return None;
    }
    let mut whole = text.to_owned();
    let below = reads[number + 1..]
        .iter()
        .take_while(|next| next.heading == head.heading && is_part(&next.block.text));
    for part in below {
        let longer = format!("{whole} {}", part.block.text.trim());
        if longer.chars().count() > LONGEST || !source.reads(&longer) {
            break;
        }
        whole = longer;
    }
    (whole.len() > text.len()).then_some(whole)
}

/// Whether a block is one of the parts of a task: “a) 27 + 36 = …”, “21 x 3”.
fn is_part(text: &str) -> bool {
    let text = text.trim();
    let mut letters = text.chars();
    let lettered = letters.next().is_some_and(|c| c.is_ascii_lowercase())
        && letters.next().is_some_and(|c| matches!(c, ')' | '.'));
    let sum = text.starts_with(|c: char| c.is_ascii_digit())
        && text.split_whitespace().count() <= 7
        && text.chars().filter(|c| c.is_alphabetic()).count() <= 3;
    lettered || sum
}

/// Sentences of running text that ask or order.
fn within(text: &str) -> Vec<(i32, &str)> {
    let sentences = sentences(text);
    let last = sentences.last().copied().unwrap_or_default();
    // A question with a statement behind it is answered there.
    let open = |sentence: &str| sentence == last || last.ends_with('?');
    let asks = sentences.iter().copied().filter(|sentence| {
        sentence.ends_with('?') && open(sentence) || orders(&sentence.to_lowercase())
    });
    let tasks = asks.filter_map(|sentence| Some((own(sentence, false), span(sentence, false)?)));
    tasks.filter(|(score, _)| *score >= FEWEST).collect()
}

/// How likely a block is a task by where it stands; nothing where tasks never stand.
fn place(reads: &[Read], number: usize) -> Option<i32> {
    let read = &reads[number];
    let part = match read.role {
        Role::Practice => 3,
        Role::Application => 2,
        Role::Opening | Role::Building | Role::Matter => 0,
        _ => return None,
    };
    match read.block.kind {
        // Where something is explained, numbers count the steps.
        BlockKind::Numbered if read.role == Role::Building && !read.block.text.contains('?') => {
            Some(part)
        }
        BlockKind::Numbered if is_part(&read.block.text) => Some(0),
        BlockKind::Numbered => Some(part + 2),
        BlockKind::Paragraph => Some(part),
        BlockKind::Bullet => Some(part),
        _ => None,
    }
}

/// All answers to choose from that can be quoted, those of unquotable questions too.
pub(super) fn all_choices(reads: &[Read]) -> Vec<String> {
    let asks = |number: &usize| reads[*number].role != Role::Choice;
    let numbers = (0..reads.len()).filter(asks);
    numbers.flat_map(|number| choices(reads, number)).collect()
}

/// The answers to choose from below a question that can be quoted.
fn choices(reads: &[Read], number: usize) -> Vec<String> {
    let below = reads[number + 1..]
        .iter()
        .take_while(|next| next.role == Role::Choice && next.heading == reads[number].heading);
    let texts = below.map(|next| next.block.text.trim().trim_end_matches(['.', ';']).trim());
    let fits = |text: &&str| is_choice(text) && may_be_quoted(text);
    texts.filter(fits).map(str::to_owned).collect()
}

/// Whether an answer to choose can stand between quotation marks: short, in words or with a unit.
fn is_choice(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let length = text.chars().count();
    let figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '%');
    // “12,5%” is one, a lone digit says too little.
    let says = letters >= 2 || length >= 2 && text.chars().all(figure);
    says && length <= CHOICE && !text.contains(UNFIT) && !is_torn(text)
}

/// What a question that is too long to be quoted asks in the end; what leads to it is left to the
/// resource.
fn asking(text: &str) -> Option<&str> {
    let text = text.trim();
    let last = sentences(text).last().copied().unwrap_or_default();
    let end = text.rfind(last).filter(|_| !last.is_empty());
    let rest = text[end.map_or(0, |at| at + last.len())..].trim();
    let found = if rest.is_empty() { last } else { rest };
    span(found, true).filter(|span| span.starts_with(char::is_uppercase))
}

/// How likely a text is a task by itself. One with answers to choose from leans on nothing else.
fn own(text: &str, chosen: bool) -> i32 {
    let lower = text.to_lowercase();
    let asks = i32::from(text.contains('?')) * 2;
    let tells = TASKS.iter().any(|verb| {
        lower.starts_with(verb)
            || lower.contains(&format!(". {verb}"))
            || lower.contains(&format!("hãy {verb}"))
            // In Vietnamese a comma links the steps of one doing.
            || verb.is_ascii() && lower.contains(&format!(", {verb}"))
    });
    let stages = STAGES.iter().any(|word| lower.contains(word));
    let leans = LEANS.iter().any(|word| lower.contains(word)) || names_another(&lower);
    let leans = leans && !chosen;
    let ordered = orders(&lower);
    let gaps = match gaps(text) {
        Some(true) => 4,
        Some(false) => 1,
        None => 0,
    };
    asks + i32::from(tells) * 2 + i32::from(ordered) * 2
        - i32::from(stages) * 2
        - i32::from(leans) * 3
        - i32::from(answers_itself(text)) * 6
        - gaps
}

/// Whether a task speaks of another one by its number: “with your answer to exercise 5”.
fn names_another(lower: &str) -> bool {
    const NAMES: &[&str] = &[
        "exercise ",
        "exercice ",
        "question ",
        "bài ",
        "câu ",
        "problem ",
    ];
    NAMES.iter().any(|name| {
        lower.match_indices(name).any(|(at, _)| {
            at > 0 && lower[at + name.len()..].starts_with(|c: char| c.is_ascii_digit())
        })
    })
}
