//! What a text claims: the sentences that state something of the matter.

mod kind;
mod pieces;
mod pointing;
mod wording;

use super::role::Role;
use super::sentences::{balanced, is_quotable, sentences};
use super::{Claim, ClaimKind, Exercise, Read, Source, exercises, forms, may_be_quoted};
use crate::language;
use crate::render::BlockKind;
use pointing::{points_away, points_back};
use std::collections::{BTreeMap, HashSet};
use wording::{DEFINES, DIRECTS, about_itself, is_infinitive};

pub(in crate::guidance) use kind::names;
pub(super) use wording::STAGES;
/// Below this weight a sentence says little about the matter.
const WEAK: f32 = 0.8;
/// So many claims are kept, weak or not.
const FEW: usize = 4;
/// So many claims are kept of a text that has few whole sentences.
const PIECES: usize = 10;
/// With so many claims the tasks among them go.
const FEWEST: usize = 2;
/// How much less a sentence weighs through which markup runs.
const MARKED: f32 = 0.4;
/// What a sentence weighs at most that tells somebody what to do, where enough others state something.
const ORDERED: f32 = 0.4;
/// How much less a sentence weighs that is in another language than its text.
const FOREIGN: f32 = 3.5;
/// From so many words on, the language of a text can be told.
const LONG: usize = 8;
/// Blocks whose language is looked at.
const READ: usize = 120;
/// How much less a piece weighs than a whole sentence.
const BROKEN: f32 = 1.5;
/// Most claims that are kept.
const CLAIMS: usize = 60;

/// What a record claims, best first. What it sets as a task is none.
pub(super) fn claims(
    reads: &[Read],
    terms: &[String],
    tasks: &[Exercise],
    source: &Source,
    stated: Option<&'static str>,
) -> Vec<Claim> {
    let mut seen = HashSet::new();
    let asked = |text: &str| tasks.iter().any(|task| task.text.contains(text));
    let mut all = Vec::new();
    let terms: Vec<String> = terms
        .iter()
        .take(12)
        .map(|term| term.to_lowercase())
        .collect();
    let terms = terms.as_slice();
    // Of a page that is half translated, the half in its own language.
    let spoken_in = spoken(reads).or(stated);
    // A description tells of the resource, not of its matter: it counts where there is nothing else.
    let has_body = reads.iter().any(|read| read.property == "body");
    for (number, read) in reads.iter().enumerate() {
        if has_body && read.role == Role::Description || !may_state(read) {
            continue;
        }
        let late = number as f32 * 0.002;
        let spoken = read.paragraph.is_some() && read.block.kind == BlockKind::Quotation;
        let lines = spoken || pieces::is_lines(&read.block.text);
        for sentence in sentences(&read.block.text) {
            let states =
                sentence.ends_with(['.', '…']) && is_quotable(sentence) && balanced(sentence);
            if states
                && !lines
                && starts_well(sentence)
                && may_be_quoted(sentence)
                && !asked(sentence)
                && seen.insert(sentence.to_owned())
            {
                let kind = kind::kind(sentence, terms);
                // What markup runs through is harder to find again in the text as it was written.
                let marked = if source.has(sentence) { 0.0 } else { MARKED };
                let foreign = is_foreign(sentence, spoken_in);
                let strange = if foreign { FOREIGN } else { 0.0 };
                let weight = weight(read, sentence, terms) - late - marked - strange;
                all.push(claim(read, sentence, kind, weight));
            }
        }
    }
    lower_orders(&mut all);
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let strong = all.iter().filter(|claim| claim.weight >= WEAK).count();
    if strong < FEW {
        let mut pieces = in_pieces(reads, terms, source, &mut seen);
        pieces.retain(|claim| !asked(&claim.text));
        all.extend(pieces);
        // What tells somebody what to do is no claim, as long as anything else can be quoted.
        let others = all.iter().filter(|claim| !is_task(&claim.text)).count();
        all.retain(|claim| others < FEWEST || !is_task(&claim.text));
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }
    all.truncate(CLAIMS.min(if strong < FEW { PIECES } else { strong }));
    let spoken = spoken_in.unwrap_or("vi");
    for claim in all.iter_mut().filter(|claim| claim.states) {
        claim.forms = forms::forms(&claim.text, spoken);
    }
    all
}

/// Puts what orders behind what states something, where enough does.
fn lower_orders(all: &mut [Claim]) {
    let states = |claim: &&Claim| claim.weight >= WEAK && !is_task(&claim.text);
    if all.iter().filter(states).count() >= FEW {
        for claim in all.iter_mut().filter(|claim| is_task(&claim.text)) {
            claim.weight = claim.weight.min(ORDERED);
        }
    }
}

/// The language of nearly all that is read; nothing where two are mixed, as where one is taught in the
/// other.
fn spoken(reads: &[Read]) -> Option<&'static str> {
    let long = |read: &&Read| read.block.text.split_whitespace().count() >= LONG;
    let texts = reads.iter().filter(long).take(READ);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for found in texts.filter_map(|read| language::detect(&read.block.text)) {
        *counts.entry(found).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let (main, times) = counts.into_iter().max_by_key(|(_, times)| *times)?;
    (times * 5 >= all * 4).then_some(main)
}

/// Whether a long sentence is plainly in another language than the text around it.
fn is_foreign(sentence: &str, spoken: Option<&str>) -> bool {
    let found = language::detect(sentence).filter(|_| sentence.split_whitespace().count() >= LONG);
    matches!((found, spoken), (Some(found), Some(spoken)) if found != spoken)
}

/// What can be quoted where whole sentences are few: lines, items, rows, parts of long sentences.
fn in_pieces(
    reads: &[Read],
    terms: &[String],
    source: &Source,
    seen: &mut HashSet<String>,
) -> Vec<Claim> {
    let mut found = Vec::new();
    let has_body = reads.iter().any(|read| read.property == "body");
    let mut head: Option<&str> = None;
    for (number, read) in reads.iter().enumerate() {
        head = match read.block.kind {
            BlockKind::Row if read.block.is_head => Some(read.block.text.trim()),
            BlockKind::Row => head,
            _ => None,
        };
        if has_body && read.role == Role::Description {
            continue;
        }
        let late = number as f32 * 0.002 + BROKEN;
        for (text, form) in pieces::pieces(read) {
            let own = head.filter(|head| form == ClaimKind::Row && fits_head(text, head, source));
            // A row says nothing without the head of its table.
            let apart = form == ClaimKind::Row && own.is_none();
            if apart || !may_be_quoted(text) || !seen.insert(text.to_owned()) {
                continue;
            }
            let kind = match form {
                ClaimKind::Claim => kind::kind(text, terms),
                ClaimKind::Row => kind::Kind::row(own),
                other => kind::Kind::of(other),
            };
            let states = form == ClaimKind::Claim;
            let weight = weight(read, text, terms) - late;
            let found_here = claim(read, text, kind, weight);
            found.push(Claim {
                states,
                ..found_here
            });
        }
    }
    found
}

/// Whether row and head of a table can be quoted together: both stand in the text as they are, and
/// each cell has its heading, but for the corner.
fn fits_head(row: &str, head: &str, source: &Source) -> bool {
    let cells = |text: &str| text.split(" | ").count();
    let fits = cells(row) == cells(head) || cells(row) == cells(head) + 1;
    fits && source.has(row) && source.has(head) && may_be_quoted(head) && head.len() <= 160
}

fn claim(read: &Read, text: &str, kind: kind::Kind, weight: f32) -> Claim {
    Claim {
        text: text.to_owned(),
        heading: read.heading.clone(),
        property: read.property,
        kind: kind.kind,
        weight,
        states: true,
        head: kind.head,
        defined: kind.defined,
        forms: Vec::new(),
    }
}

/// Whether a block may hold sentences that state something.
fn may_state(read: &Read) -> bool {
    let tasks = matches!(
        read.role,
        Role::Practice | Role::Application | Role::Answers
    );
    match read.block.kind {
        BlockKind::Row | BlockKind::Code => false,
        BlockKind::Numbered if tasks => false,
        _ => !matches!(read.role, Role::Sources | Role::Objectives | Role::Choice),
    }
}

/// Whether a sentence asks or tells a learner to do something.
fn is_task(text: &str) -> bool {
    let lower = text.to_lowercase();
    DIRECTS.iter().any(|start| lower.starts_with(start))
        || exercises::orders(&lower)
        || is_infinitive(&lower)
}

/// Whether it begins as a sentence does, and not in the middle of one or with the number of an answer.
fn starts_well(sentence: &str) -> bool {
    let first = sentence.chars().next();
    let behind = sentence.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut next = behind.chars();
    let numbered = behind.len() < sentence.len()
        && (behind.starts_with(['.', ')'])
            || next.next() == Some(' ') && next.next().is_some_and(char::is_uppercase));
    first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) && !numbered
}

fn weight(read: &Read, sentence: &str, terms: &[String]) -> f32 {
    let lower = sentence.to_lowercase();
    let place = match read.role {
        Role::Building => 3.0,
        Role::Matter => 2.5,
        Role::Application | Role::Opening | Role::Practice => 1.0,
        Role::Description => 0.6,
        Role::Answers => -1.0,
        Role::Notes => -2.0,
        Role::Preparation => -2.5,
        Role::Sources | Role::Objectives | Role::Choice => -3.0,
    };
    let set_apart = if read.block.kind == BlockKind::Quotation {
        1.5
    } else {
        0.0
    };
    let stressed = if read.block.stressed.is_empty() {
        0.0
    } else {
        0.4
    };
    let about = terms
        .iter()
        .take(10)
        .filter(|term| lower.contains(term.as_str()))
        .count()
        .min(3) as f32;
    // The first term is the topic.
    let topic = terms
        .first()
        .is_some_and(|topic| lower.contains(topic.as_str()));
    let defines = if DEFINES.iter().any(|verb| lower.contains(verb)) {
        0.8
    } else {
        0.0
    };
    let directs = if is_task(sentence) { 3.5 } else { 0.0 };
    let stages = if STAGES.iter().any(|word| lower.contains(word)) {
        2.5
    } else {
        0.0
    };
    // “Bắt lỗi: …”, “Step 2 – …”: a label with its entry.
    let start: String = sentence.chars().take(30).collect();
    let labelled = if start.contains(':') || start.contains(" – ") {
        2.0
    } else {
        0.0
    };
    let words = sentence.split_whitespace().count();
    let length = if (8..=28).contains(&words) { 0.6 } else { -0.4 };
    let marked = if read.block.has_math { 0.5 } else { 0.0 };
    let itself = if about_itself(&lower) { 2.0 } else { 0.0 };
    place + set_apart + stressed + about + defines + length + f32::from(u8::from(topic)) * 0.7
        - directs
        - itself
        - points_back(&lower)
        - points_away(&lower)
        - marked
        - stages
        - labelled
}
