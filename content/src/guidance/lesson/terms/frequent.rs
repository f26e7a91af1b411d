//! Terms told by how often they come again.

use super::super::Read;
use super::super::role::Role;
use super::super::speech::Speech;
use crate::guidance::naming;
use crate::render::BlockKind;
use std::collections::{HashMap, HashSet};

/// Most terms that are taken because they come again.
const FREQUENT: usize = 8;
/// How often words must stand together where spaces part whole words.
const OFTEN: u32 = 3;
/// Most bytes of text whose runs of words are counted.
const COUNTED: usize = 60_000;

/// Runs of words that come again, where little else names the terms. A run that stands nearly always
/// within a longer one is a piece of it.
pub(super) fn frequent(reads: &[Read], speech: Speech) -> Vec<(f32, String)> {
    let longest = if speech.syllables { 4 } else { 3 };
    let counts = counted(reads, speech, longest + 2);
    let mut pieces: HashSet<&str> = HashSet::new();
    for (long, (often, _)) in &counts {
        let shorter = [
            long.split_once(' ').map(|(_, rest)| rest),
            long.rsplit_once(' ').map(|(rest, _)| rest),
        ];
        for run in shorter.into_iter().flatten() {
            if counts
                .get(run)
                .is_some_and(|(count, _)| often + 1 >= *count)
            {
                pieces.insert(run);
            }
        }
    }
    // A single French word is a noun where it has an article.
    let bag: String = match speech.is_french() {
        true => reads
            .iter()
            .map(|read| read.block.text.to_lowercase() + "\n")
            .collect(),
        false => String::new(),
    };
    let bare = |lower: &str| speech.is_french() && !naming::has_article(lower, &bag);
    let mut all: Vec<(f32, String)> = counts
        .iter()
        .filter(|(lower, _)| !pieces.contains(lower.as_str()))
        .filter_map(|(lower, (count, text))| {
            let words: Vec<&str> = text.split(' ').collect();
            let alone = words.len() > 1 || speech.stands_alone(text) && !bare(lower);
            // Two words that met twice may be a verb with its subject.
            let seldom = !speech.syllables && *count < OFTEN;
            if words.len() > longest || !alone || seldom || speech.is_broken(&words) {
                return None;
            }
            let score = (*count.min(&9) as f32).sqrt() * (0.3 + 0.25 * words.len() as f32);
            Some((score, text.clone()))
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.truncate(FREQUENT);
    all
}

/// How often runs of words without empty ones stand in the text, those that do so twice or more.
fn counted(reads: &[Read], speech: Speech, longest: usize) -> HashMap<String, (u32, String)> {
    let mut counts: HashMap<String, (u32, String)> = HashMap::new();
    let mut left = COUNTED;
    for read in reads {
        if matches!(read.role, Role::Sources) || matches!(read.block.kind, BlockKind::Code) {
            continue;
        }
        for piece in read
            .block
            .text
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, ' ' | '-' | '\'' | '’'))
        {
            left = left.saturating_sub(piece.len());
            if left == 0 {
                break;
            }
            let words: Vec<&str> = piece.split_whitespace().collect();
            let empty = |word: &&str| {
                speech.is_empty(word) || !word.chars().all(|c| c.is_alphabetic() || c == '-')
            };
            for stretch in words.split(empty) {
                for length in 1..=longest {
                    for run in stretch.windows(length) {
                        let text = run.join(" ");
                        let entry = counts.entry(text.to_lowercase()).or_insert((0, text));
                        entry.0 += 1;
                    }
                }
            }
        }
    }
    counts.retain(|_, (count, _)| *count >= 2);
    counts
}
