//! How much a sentence says about the lesson's matter.

use super::kind;
use super::pointing::{points_away, points_back};
use super::wording::{DEFINES, STAGES, about_itself, warns};
use super::{Role, is_task};
use crate::guidance::lesson::Read;
use crate::render::BlockKind;

/// How much less the figures of an example weigh: “A crate of 20 kg is pulled with 60 N.”
const EXAMPLE: f32 = 2.5;
/// How much more a law or a rule weighs that a formula writes down.
const LAW: f32 = 1.2;

/// Whether a sentence gives the figures of an example, or words to choose among.
fn gives_figures(lower: &str) -> bool {
    let one = ["một ", "a ", "an ", "un ", "une "];
    let figures = lower.split_whitespace().filter(|word| {
        let word = word.trim_start_matches('(');
        word.starts_with(|c: char| c.is_ascii_digit())
    });
    one.iter().any(|start| lower.starts_with(start)) && figures.count() > 1 || lower.contains(" / ")
}

/// By where it stands, what it speaks of and how far it can be understood alone.
pub(super) fn weight(read: &Read, sentence: &str, terms: &[String]) -> f32 {
    let lower = sentence.to_lowercase();
    let place = match read.role {
        Role::Building => 3.0,
        Role::Matter => 2.5,
        Role::Application | Role::Practice => 1.0,
        Role::Description => 0.6,
        // What opens a lesson is there to be doubted.
        Role::Opening => 0.2,
        Role::Answers => -1.0,
        Role::Notes => -2.0,
        // Of what is prepared, the rules of safety are learnt.
        Role::Preparation if warns(&lower) => 0.5,
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
    let is_law = kind::computes(sentence) && place > 2.0;
    let law = if is_law { LAW } else { 0.0 };
    let labelled = if (start.contains(':') || start.contains(" – ")) && !is_law {
        2.0
    } else {
        0.0
    };
    let words = sentence.split_whitespace().count();
    let length = if (8..=28).contains(&words) { 0.6 } else { -0.4 };
    let marked = if read.block.has_math { 0.5 } else { 0.0 };
    let itself = if about_itself(&lower) { 2.0 } else { 0.0 };
    // “∑_(i = 1)ⁿ” is read aloud by nobody.
    let unread = sentence.contains("_(") || sentence.contains("^(");
    let example = if gives_figures(&lower) || unread {
        EXAMPLE
    } else {
        0.0
    };
    place + set_apart + stressed + about + defines + length + law + f32::from(u8::from(topic)) * 0.7
        - directs
        - itself
        - example
        - points_back(&lower)
        - points_away(&lower)
        - marked
        - stages
        - labelled
}
