//! What a lesson is about: its topic and terms, each a span of the record.

use super::role::Role;
use super::{Read, may_be_quoted};
use crate::LearningResource;
use crate::render::BlockKind;
use std::collections::HashMap;

/// Most words of a term. A longer one, repeated, reads like a formula of words.
const WORDS: usize = 5;
/// Most terms that are kept.
const TERMS: usize = 24;

/// Words that carry a sentence and no matter.
const EMPTY: &[&str] = &[
    "và", "của", "là", "có", "được", "cho", "các", "những", "một", "hai", "ba", "trong", "với",
    "khi", "thì", "mà", "ở", "để", "không", "này", "đó", "từ", "đến", "ra", "vào", "lên", "rồi",
    "như", "nếu", "hay", "hoặc", "bằng", "về", "theo", "bài", "em", "cô", "trẻ", "học", "sinh",
    "viên", "giáo", "nhóm", "lớp", "câu", "phút", "làm", "số", "mỗi", "cùng", "sau", "trước",
    "the", "a", "an", "of", "and", "or", "to", "in", "is", "are", "was", "were", "be", "for", "on",
    "with", "that", "this", "it", "as", "by", "at", "from", "we", "you", "they", "can", "if",
    "not", "have", "has", "their", "its", "which", "will", "one", "two", "each", "le", "la", "les",
    "un", "une", "des", "de", "du", "et", "ou", "à", "en", "dans", "est", "sont", "que", "qui",
    "pour", "par", "sur", "au", "aux", "ce", "cette", "ces", "il", "elle", "on", "nous", "vous",
    "se", "ne", "pas", "plus", "avec", "d", "l",
];

/// The topic first, then terms by importance.
pub(super) fn terms(record: &LearningResource, reads: &[Read]) -> Vec<String> {
    let body: String = reads
        .iter()
        .filter(|read| read.role != Role::Sources)
        .map(|read| read.block.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase();
    let topic = topic(&record.name);
    let title = record.name.to_lowercase();
    let mut scores = Scores::default();
    for (place, keyword) in record.keywords.iter().enumerate() {
        let lower = keyword.to_lowercase();
        let times = body.matches(&lower).count().min(6) as f32;
        let titled = if title.contains(&lower) { 4.0 } else { 0.0 };
        scores.add(2.0 + titled + times * 0.5 - place as f32 * 0.2, keyword);
    }
    if let Some(topic) = &topic {
        let times = body.matches(&topic.to_lowercase()).count().min(6) as f32;
        scores.add(4.5 + times * 0.3, topic);
    }
    for read in reads
        .iter()
        .filter(|read| matches!(read.role, Role::Building | Role::Matter))
    {
        let many = read.block.stressed.len();
        for stressed in read.block.stressed.iter().filter(|_| many <= 4) {
            let times = body.matches(&stressed.to_lowercase()).count().min(8) as f32;
            scores.add(0.6 + times * 0.25, stressed);
        }
    }
    if scores.0.len() < 3 {
        frequent(reads)
            .into_iter()
            .for_each(|(score, term)| scores.add(score, &term));
    }
    let mut scored = scores.0;
    let written: String = reads
        .iter()
        .map(|read| read.block.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    for (_, term) in &mut scored {
        *term = as_in_text(term, &written);
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.truncate(TERMS);
    scored.into_iter().map(|(_, term)| term).collect()
}

/// The term as the text writes it within a sentence, where it does.
fn as_in_text(term: &str, text: &str) -> String {
    let mut letters = term.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let lower: String = first.to_lowercase().chain(letters).collect();
    if text.contains(&lower) {
        lower
    } else {
        term.to_owned()
    }
}

/// Terms with their scores.
#[derive(Default)]
struct Scores(Vec<(f32, String)>);

impl Scores {
    /// Adds a term, or half the score to a term that is there already.
    fn add(&mut self, score: f32, term: &str) {
        let term = term.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(');
        let lower = term.to_lowercase();
        let known = self
            .0
            .iter_mut()
            .find(|(_, own)| own.to_lowercase() == lower);
        match known {
            Some((own, _)) => *own += score * 0.5,
            None if is_term(term) => self.0.push((score, term.to_owned())),
            None => {}
        }
    }
}

/// The title without the subject and grade before its colon, where that is short.
fn topic(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split([':', '|', '–']).map(str::trim).collect();
    let last = parts.iter().rev().find(|part| !part.is_empty())?;
    let clean = last.split(['(', '[']).next().unwrap_or(last).trim();
    let clean = clean.trim_matches(['“', '”', '"', '«', '»', '.', ',', ' ', '\u{a0}']);
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// Whether a span can be a term: short, with letters, harmless.
fn is_term(term: &str) -> bool {
    let words: Vec<&str> = term.split_whitespace().collect();
    let letters = term.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = term.chars().all(|c| !c.is_lowercase()) && term.chars().count() <= 5;
    let first = words
        .first()
        .map(|word| word.to_lowercase())
        .unwrap_or_default();
    (1..=WORDS).contains(&words.len())
        && letters >= 3
        && term.chars().count() <= 45
        && !shouted
        && !(words.len() == 1 && EMPTY.contains(&first.as_str()))
        && !term.contains([
            '“', '”', '«', '»', '"', '|', '\\', '{', '}', '<', '>', '=', '*', '`', '#', '/', ':',
            '?', '!', ';', '.',
        ])
        && may_be_quoted(term)
}

/// Runs of two or three words that come again, where nothing else names the terms.
fn frequent(reads: &[Read]) -> Vec<(f32, String)> {
    let mut counts: HashMap<String, (u32, String)> = HashMap::new();
    for read in reads {
        if matches!(read.role, Role::Sources) || matches!(read.block.kind, BlockKind::Code) {
            continue;
        }
        for piece in read.block.text.split([
            '.', ',', ';', ':', '(', ')', '?', '!', '\n', '"', '“', '”', '«', '»', '|',
        ]) {
            let words: Vec<&str> = piece.split_whitespace().collect();
            for length in 1..=3usize {
                for run in words.windows(length) {
                    let edge = |word: &str| {
                        EMPTY.contains(&word.to_lowercase().as_str())
                            || !word.chars().all(char::is_alphabetic)
                    };
                    let long_enough = length > 1 || run[0].chars().count() >= 5;
                    if !long_enough || run.iter().any(|word| edge(word)) {
                        continue;
                    }
                    let text = run.join(" ");
                    let entry = counts.entry(text.to_lowercase()).or_insert((0, text));
                    entry.0 += 1;
                }
            }
        }
    }
    let mut all: Vec<(f32, String)> = counts
        .into_values()
        .filter(|(count, _)| *count >= 2)
        .map(|(count, text)| {
            let words = text.split(' ').count() as f32;
            ((count.min(9) as f32).sqrt() * (0.3 + 0.25 * words), text)
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.truncate(8);
    all
}
