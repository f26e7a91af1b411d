//! What a lesson is about: its topic and terms, each a span of the record.

use super::role::Role;
use super::{Read, may_be_quoted};
use crate::LearningResource;
use crate::render::BlockKind;
use crate::vocabulary;
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
    let written: String = reads
        .iter()
        .map(|read| read.block.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let topic = topic(&record.name);
    let title = record.name.to_lowercase();
    let matter = topic.as_deref().unwrap_or_default().to_lowercase();
    let mut scores = Scores::default();
    for (place, keyword) in record.keywords.iter().enumerate() {
        let lower = keyword.to_lowercase();
        let times = body.matches(&lower).count().min(6) as f32;
        let named = matter.find(&lower).map(|at| 4.0 + early(at, &matter));
        let titled = named.unwrap_or(if title.contains(&lower) { 1.5 } else { 0.0 });
        let exact = (keyword.split_whitespace().count().clamp(1, 4) - 1) as f32 * 0.8;
        scores.add(
            2.0 + titled + exact + times * 0.5 - place as f32 * 0.2,
            keyword,
        );
    }
    if let Some(topic) = &topic {
        let times = body.matches(&topic.to_lowercase()).count().min(6) as f32;
        scores.add(worth_as_topic(topic) + times * 0.3, topic);
    }
    for read in reads
        .iter()
        .filter(|read| matches!(read.role, Role::Building | Role::Matter))
    {
        let many = read.block.stressed.len();
        for stressed in read.block.stressed.iter().filter(|_| many <= 4) {
            if leads_in(stressed, &written) {
                continue;
            }
            let times = body.matches(&stressed.to_lowercase()).count().min(8) as f32;
            // A short word alone is stressed for its own sake more often than it is a term.
            let alone = stressed.chars().count() < 5 && !stressed.contains(' ');
            let worth = 0.6 + times * 0.25;
            scores.add(if alone { worth * 0.4 } else { worth }, stressed);
        }
    }
    if scores.0.len() < 3 {
        frequent(reads)
            .into_iter()
            .for_each(|(score, term)| scores.add(score, &term));
    }
    let mut scored = scores.0;
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
            None if is_term(term) && !is_label(&lower) => self.0.push((score, term.to_owned())),
            None => {}
        }
    }
}

/// What stands early in a title names the lesson, what stands late narrows it.
fn early(at: usize, title: &str) -> f32 {
    3.0 * (1.0 - at as f32 / title.len().max(1) as f32)
}

/// A title of a few words is a name of the matter; a longer one reads like a heading.
fn worth_as_topic(topic: &str) -> f32 {
    let words = topic.split_whitespace().count();
    let general = GENERAL.contains(&topic.to_lowercase().as_str());
    match words {
        _ if general => 0.0,
        1..=3 => 7.0,
        4 => 5.5,
        _ => 4.5,
    }
}

/// Titles that chapters of all books have.
const GENERAL: &[&str] = &[
    "introduction",
    "preface",
    "summary",
    "key terms",
    "glossary",
    "references",
    "review questions",
    "practice",
    "homework",
    "solutions",
    "chapter review",
    "conclusion",
    "further reading",
    "exercises",
    "giới thiệu",
    "mở đầu",
    "lời nói đầu",
    "tổng kết",
    "ôn tập",
    "bài tập",
    "luyện tập",
    "kết luận",
    "avant-propos",
    "résumé",
    "exercices",
    "bilan",
];

/// Beginnings of what is set in bold to lead the eye, not because it is a term.
const LABELS: &[&str] = &[
    "bước ",
    "lưu ý",
    "chú ý",
    "ví dụ",
    "kết luận",
    "nhận xét",
    "hoạt động",
    "trạm ",
    "chặng ",
    "câu ",
    "bài ",
    "phần ",
    "nhóm ",
    "mục tiêu",
    "gợi ý",
    "đáp án",
    "step ",
    "note",
    "example",
    "exercise",
    "activity",
    "question",
    "remember",
    "warning",
    "support",
    "extension",
    "part ",
    "task ",
    "étape",
    "remarque",
    "exemple",
    "exercice",
    "activité",
    "attention",
    "le modèle",
    "partie ",
];

/// Whether what is set in bold is a heading at the start of a line: the text has it nowhere else
/// within a sentence, and it is no name.
fn leads_in(stressed: &str, written: &str) -> bool {
    let mut words = stressed.split_whitespace();
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let first = words.next().is_some_and(capital);
    first && !words.any(capital) && as_in_text(stressed, written) == stressed
}

/// Whether a term only leads the eye, or tells subject and grade (“vật lí 8”).
fn is_label(lower: &str) -> bool {
    let words: Vec<&str> = lower.split_whitespace().collect();
    let numbered = words
        .split_last()
        .filter(|(last, rest)| last.chars().all(|c| c.is_ascii_digit()) && !rest.is_empty());
    let of_subject = numbered.is_some_and(|(_, rest)| {
        let name = rest.join(" ");
        let subject = name.trim_end_matches(" lớp").trim_end_matches(" grade");
        rest.contains(&"lớp") || vocabulary::find("about", subject).is_some()
    });
    let count = |c: char| lower.matches(c).count();
    let listed = lower.chars().nth(1) == Some(')') || lower.starts_with('(');
    let broken = count('(') != count(')');
    of_subject
        || listed
        || broken
        || lower.contains(" – ")
        || LABELS.iter().any(|label| lower.starts_with(label))
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
