//! What a text claims: the sentences that state something of the matter.

mod directs;
mod kind;
mod pieces;
mod pointing;
mod weight;
mod wording;

use super::role::Role;
use super::sentences::{balanced, is_quotable, sentences};
use super::{Claim, ClaimKind, Exercise, Read, Source, exercises, forms, kinds, may_be_quoted};
use crate::language;
use crate::render::BlockKind;
use directs::DIRECTS;
use pointing::{leans, points_away, untied};
use std::collections::{BTreeMap, HashSet};
use weight::weight;
use wording::{ORDERS, about_itself, is_infinitive, warns};

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
/// With so many others, a sentence that leans on another or speaks of its text weighs as little.
const OTHERS: usize = 3;
/// Words at the beginning of a sentence that tell whether it speaks of the class.
const BEGINNING: usize = 5;
/// Most words before an order that they lead to.
const LED: usize = 8;
/// How much less a sentence weighs from which a word was cut that ties it to the one before.
const TIED: f32 = 1.2;
/// Most characters of a formula on a line of its own that ends a sentence.
const FORMULA: usize = 80;
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
        let led = leading_to_formula(reads, number, source);
        let written = sentences(&read.block.text).into_iter();
        for whole in written.chain(led.as_deref()).filter(|_| !lines) {
            let sentence = untied(whole);
            let tied = if sentence.len() < whole.len() {
                TIED
            } else {
                0.0
            };
            let told = read.role == Role::Description && kinds::tells_of_resource(whole);
            if !told
                && states(whole, sentence)
                && !asked(sentence)
                && seen.insert(sentence.to_owned())
            {
                let kind = kind::kind(sentence, terms);
                // What markup runs through is harder to find again in the text as it was written.
                let marked = if source.has(sentence) { 0.0 } else { MARKED };
                let foreign = is_foreign(sentence, spoken_in);
                let strange = if foreign { FOREIGN } else { 0.0 };
                let weight = weight(read, sentence, terms) - late - marked - strange - tied;
                all.push(claim(read, sentence, kind, weight));
            }
        }
    }
    lower_orders(&mut all);
    lower_leaning(&mut all);
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let strong = all.iter().filter(|claim| claim.weight >= WEAK).count();
    if strong < FEW {
        let mut pieces = in_pieces(reads, terms, source, &mut seen);
        pieces.retain(|claim| !asked(&claim.text));
        all.extend(pieces);
        // What tells somebody what to do is no claim, as long as anything else can be quoted.
        let others = all.iter().filter(|claim| !is_task(&claim.text)).count() + tasks.len();
        all.retain(|claim| others < FEWEST || !is_task(&claim.text));
        all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }
    all.truncate(CLAIMS.min(if strong < FEW { PIECES } else { strong }));
    let spoken = spoken_in.unwrap_or("vi");
    for claim in all.iter_mut().filter(|claim| claim.states) {
        claim.forms = forms::forms(&claim.text, spoken);
        claim.forms.extend(claim.warns.then_some("warning"));
    }
    all
}

/// Whether a sentence, or what is left of it, states something and can be quoted.
fn states(whole: &str, sentence: &str) -> bool {
    // “… Lê Khả Phiêu,...” breaks off.
    let breaks = whole.ends_with(['…']) || whole.ends_with("..");
    let ends = whole.ends_with('.') && !breaks || whole.contains('=');
    ends && starts_well(whole)
        && is_quotable(sentence)
        && balanced(sentence)
        && may_be_quoted(sentence)
}

/// The end of a paragraph that has no mark, together with the formula on the line below it: “… hiệu
/// điện thế giữa hai cực là” and “U = ℰ − Ir.”, and with the line below that where it goes on: “A function
/// of the form”, “y = ax + b”, “is called a linear function.”
fn leading_to_formula(reads: &[Read], number: usize, source: &Source) -> Option<String> {
    let (read, next) = (&reads[number], reads.get(number + 1)?);
    let open = unended(read.block.text.trim());
    let formula = next.block.text.trim();
    let beside =
        |other: &Read| other.heading == read.heading && other.block.kind == read.block.kind;
    let fits = next.block.has_math
        && beside(next)
        && formula.contains('=')
        && formula.chars().count() <= FORMULA;
    let behind = reads.get(number + 2).filter(|other| beside(other));
    let behind = behind.map(|other| other.block.text.trim());
    let goes_on = behind.filter(|text| text.starts_with(char::is_lowercase));
    let rest = goes_on.map(|text| sentences(text).first().copied().unwrap_or(text));
    let whole = [open, formula, rest.unwrap_or_default()].join(" ");
    let whole = whole.trim_end().to_owned();
    (fits && !open.is_empty() && source.reads(&whole)).then_some(whole)
}

/// What stands behind the last whole sentence of a text.
fn unended(text: &str) -> &str {
    let last = sentences(text).last().copied().unwrap_or_default();
    let end = text.rfind(last).filter(|_| !last.is_empty());
    text[end.map_or(0, |at| at + last.len())..].trim()
}

/// Puts what leans on another sentence, speaks of its own text or tells of the class, behind the others.
fn lower_leaning(all: &mut [Claim]) {
    let poor = |claim: &Claim| {
        let lower = claim.text.to_lowercase();
        let words: Vec<&str> = lower.split_whitespace().take(BEGINNING).collect();
        let start = words.join(" ").replace("trẻ em", "") + " ";
        let staged = STAGES.iter().any(|word| start.contains(word));
        leans(&lower) || points_away(&lower) > 0.0 || about_itself(&lower) || staged
    };
    let others = |claim: &&Claim| claim.weight >= WEAK && !poor(claim);
    if all.iter().filter(others).count() >= OTHERS {
        for claim in all.iter_mut().filter(|claim| poor(claim)) {
            claim.weight = claim.weight.min(ORDERED);
        }
    }
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
            let told = read.role == Role::Description && kinds::tells_of_resource(text);
            if apart || told || !may_be_quoted(text) || !seen.insert(text.to_owned()) {
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
        warns: warns(&text.to_lowercase()),
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
    let starts = |text: &str, with: &[&str]| with.iter().any(|start| text.starts_with(start));
    // “Without a dictionary, choose …”
    let led = lower.split_once(", ").is_some_and(|(before, order)| {
        before.split_whitespace().count() <= LED && starts(order, ORDERS)
    });
    starts(&lower, DIRECTS) || led || exercises::orders(&lower) || is_infinitive(&lower)
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
