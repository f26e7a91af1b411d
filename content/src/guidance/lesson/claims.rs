//! What a text claims: the sentences that state something of the matter.

mod pieces;
mod wording;

use super::role::Role;
use super::sentences::{balanced, is_quotable, sentences};
use super::{Claim, ClaimKind, Read, Source, exercises, may_be_quoted};
use crate::language;
use crate::render::BlockKind;
use std::collections::{BTreeMap, HashSet};
use wording::{DEFINES, DIRECTS, points_away, points_back};

pub(super) use wording::STAGES;
/// Below this weight a sentence says little about the matter.
const WEAK: f32 = 0.8;
/// So many claims are kept, weak or not.
const FEW: usize = 4;
/// With so many claims the tasks among them go.
const FEWEST: usize = 2;
/// How much less a sentence weighs through which markup runs.
const MARKED: f32 = 0.4;
/// What a sentence weighs at most that tells somebody what to do, where enough others state something.
const ORDERED: f32 = 0.4;
/// How much less a sentence weighs that is in another language than its text.
const FOREIGN: f32 = 2.0;
/// From so many words on, the language of a text can be told.
const LONG: usize = 8;
/// Blocks whose language is looked at.
const READ: usize = 120;
/// How much less a piece weighs than a whole sentence.
const BROKEN: f32 = 1.5;
/// Most claims that are kept.
const CLAIMS: usize = 60;

/// What a record claims, best first.
pub(super) fn claims(reads: &[Read], terms: &[String], source: &Source) -> Vec<Claim> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    let terms: Vec<String> = terms
        .iter()
        .take(12)
        .map(|term| term.to_lowercase())
        .collect();
    let terms = terms.as_slice();
    let spoken_in = spoken(reads);
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
                && seen.insert(sentence.to_owned())
            {
                let kind = kind(sentence, terms);
                // What markup runs through is harder to find again in the text as it was written.
                let marked = if source.has(sentence) { 0.0 } else { MARKED };
                let foreign = is_foreign(sentence, spoken_in);
                let strange = if foreign { FOREIGN } else { 0.0 };
                let weight = weight(read, sentence, terms) - late - marked - strange;
                all.push(claim(read, sentence, kind, weight, true));
            }
        }
    }
    lower_orders(&mut all);
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let strong = all.iter().filter(|claim| claim.weight >= WEAK).count();
    if strong < FEW {
        all.extend(in_pieces(reads, terms, source, &mut seen));
        // What tells somebody what to do is no claim, as long as anything else can be quoted.
        let others = all.iter().filter(|claim| !is_task(&claim.text)).count();
        all.retain(|claim| others < FEWEST || !is_task(&claim.text));
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }
    all.truncate(CLAIMS.min(strong.max(FEW)));
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
    for (number, read) in reads.iter().enumerate() {
        if has_body && read.role == Role::Description {
            continue;
        }
        let late = number as f32 * 0.002 + BROKEN;
        for (text, form) in pieces::pieces(read) {
            // The cells of a row stand side by side only where the text has them so.
            let apart = form == ClaimKind::Row && !source.has(text);
            if apart || !may_be_quoted(text) || !seen.insert(text.to_owned()) {
                continue;
            }
            let states = form == ClaimKind::Claim;
            let kind = if states { kind(text, terms) } else { form };
            found.push(claim(
                read,
                text,
                kind,
                weight(read, text, terms) - late,
                states,
            ));
        }
    }
    found
}

fn claim(read: &Read, text: &str, kind: ClaimKind, weight: f32, states: bool) -> Claim {
    Claim {
        text: text.to_owned(),
        heading: read.heading.clone(),
        property: read.property,
        kind,
        weight,
        states,
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
        _ => !matches!(read.role, Role::Sources | Role::Objectives),
    }
}

/// Whether a sentence asks or tells a learner to do something.
fn is_task(text: &str) -> bool {
    let lower = text.to_lowercase();
    DIRECTS.iter().any(|start| lower.starts_with(start)) || exercises::orders(&lower)
}

/// Whether it begins as a sentence does, and not in the middle of one.
fn starts_well(sentence: &str) -> bool {
    let first = sentence.chars().next();
    first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && !sentence
            .starts_with(|c: char| c.is_ascii_digit() && sentence[1..].starts_with(['.', ')']))
}

fn kind(sentence: &str, terms: &[String]) -> ClaimKind {
    let lower = sentence.to_lowercase();
    let defines = DEFINES.iter().any(|verb| lower.contains(verb));
    let about_term = terms.iter().any(|term| lower.contains(term.as_str()));
    if sentence.contains('=') {
        ClaimKind::Formula
    } else if defines && about_term && !sentence.chars().any(|c| c.is_ascii_digit()) {
        ClaimKind::Definition
    } else if sentence.chars().any(|c| c.is_ascii_digit()) {
        ClaimKind::Number
    } else if names(sentence) >= 1 {
        ClaimKind::Name
    } else if defines && sentence.split_whitespace().count() <= 25 {
        ClaimKind::Definition
    } else {
        ClaimKind::Claim
    }
}

/// Proper names of two words or more that do not begin the sentence.
fn names(sentence: &str) -> usize {
    let words: Vec<&str> = sentence.split_whitespace().skip(1).collect();
    words
        .windows(2)
        .filter(|pair| {
            pair.iter().all(|word| {
                let mut letters = word.chars();
                letters.next().is_some_and(char::is_uppercase)
                    && letters.next().is_some_and(char::is_lowercase)
            }) && !pair[0].ends_with(['.', '!', '?', ':', ','])
        })
        .count()
}

fn weight(read: &Read, sentence: &str, terms: &[String]) -> f32 {
    let lower = sentence.to_lowercase();
    let place = match read.role {
        Role::Building => 3.0,
        Role::Matter => 2.5,
        Role::Application | Role::Opening | Role::Practice => 1.0,
        Role::Description => 0.6,
        Role::Answers => 0.3,
        Role::Notes => -0.5,
        Role::Preparation => -2.5,
        Role::Sources | Role::Objectives => -3.0,
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
    place + set_apart + stressed + about + defines + length
        - directs
        - points_back(&lower)
        - points_away(&lower)
        - marked
        - stages
        - labelled
}
