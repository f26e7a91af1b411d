//! Sentences, what they state, and the figures in them.

use super::role::Role;
use super::{Claim, ClaimKind, Exercise, LONGEST, Read, may_be_quoted};
use crate::render::BlockKind;
use std::collections::HashSet;

/// Below this weight a sentence says little about the matter.
const WEAK: f32 = 0.8;
/// So many claims are kept, weak or not.
const FEW: usize = 4;
/// Most claims that are kept.
const CLAIMS: usize = 60;

/// Abbreviations whose dot ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "tp.", "ths.", "ts.", "gs.", "pgs.", "tr.", "vd.", "e.g.", "i.e.", "mr.", "mrs.", "ms.", "dr.",
    "prof.", "fig.", "no.", "vol.", "pp.", "p.", "approx.", "st.", "vs.", "cf.", "etc.", "m.",
    "mme.", "ex.", "art.", "chap.", "av.", "apr.", "env.",
];

/// The sentences of a block, each an exact span with its closing mark.
///
/// A text without a closing mark at its end gives no sentence for that rest.
pub(in crate::guidance) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        for (at, mark) in line.char_indices() {
            if !matches!(mark, '.' | '!' | '?' | '…' | '。') {
                continue;
            }
            let mut end = at + mark.len_utf8();
            let rest = &line[end..];
            let closing = rest.len()
                - rest
                    .trim_start_matches(['"', '”', '’', '»', ')', '.', '!', '?', '…'])
                    .len();
            end += closing;
            if ends_here(line, start, at, end) {
                found.push(line[start..end].trim());
                start = end;
            }
        }
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether the mark at `at` ends the sentence that began at `start`; `end` is behind the mark.
fn ends_here(line: &str, start: usize, at: usize, end: usize) -> bool {
    let Some(sentence) = line.get(start..at + 1) else {
        return false;
    };
    let rest = &line[end..];
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let next = rest.trim_start().chars().next();
    if next.is_some_and(|c| c.is_lowercase()) {
        return false;
    }
    let last = sentence.split_whitespace().next_back().unwrap_or_default();
    let last = last.trim_start_matches(['(', '“', '"', '«']).to_lowercase();
    let initial = last.ends_with('.') && last.chars().count() == 2 && next.is_some();
    let listed = last.strip_suffix('.').is_some_and(|n| {
        n.chars().all(|c| c.is_ascii_digit()) && sentence.trim() == format!("{n}.")
    });
    !(ABBREVIATIONS.contains(&last.as_str()) && next.is_some() || initial || listed)
}

/// Whether a span can stand in a draft: whole, short enough, without other
/// quotations, addresses and marks of markup.
pub(super) fn is_quotable(sentence: &str) -> bool {
    let words = sentence.split_whitespace().count();
    let letters = sentence.chars().filter(|c| c.is_alphabetic()).count();
    let length = sentence.chars().count();
    (7..=45).contains(&words)
        && length <= LONGEST
        && letters * 2 >= length
        && !sentence.contains([
            '“', '”', '«', '»', '‘', '|', '\\', '{', '}', '<', '>', '\n', '*', '`', '#', '&', '=',
        ])
        && balanced(sentence)
        || is_short_equation(sentence, words, length)
}

/// An equation in a sentence is let through where it is short and plain.
fn is_short_equation(sentence: &str, words: usize, length: usize) -> bool {
    (5..=40).contains(&words)
        && length <= LONGEST
        && sentence.contains('=')
        && sentence.chars().filter(|c| c.is_alphabetic()).count() * 2 >= length
        && !sentence.contains([
            '“', '”', '«', '»', '‘', '|', '\\', '{', '}', '<', '>', '\n', '*', '`', '#', '&',
        ])
        && balanced(sentence)
}

/// Brackets and straight quotation marks that close.
fn balanced(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('(') == count(')') && count('"') % 2 == 0 && count('[') == count(']')
}

/// What a record claims, best first.
pub(super) fn claims(reads: &[Read], terms: &[String]) -> Vec<Claim> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    let terms: Vec<String> = terms
        .iter()
        .take(12)
        .map(|term| term.to_lowercase())
        .collect();
    let terms = terms.as_slice();
    // A description tells of the resource, not of its matter: it counts where there is nothing else.
    let has_body = reads.iter().any(|read| read.property == "body");
    for (number, read) in reads.iter().enumerate() {
        if has_body && read.role == Role::Description {
            continue;
        }
        if matches!(read.block.kind, BlockKind::Row | BlockKind::Code)
            || matches!(read.role, Role::Sources | Role::Objectives)
            || read.block.kind == BlockKind::Numbered
                && matches!(
                    read.role,
                    Role::Practice | Role::Application | Role::Answers
                )
        {
            continue;
        }
        for sentence in sentences(&read.block.text) {
            let states =
                sentence.ends_with(['.', '…']) && is_quotable(sentence) && balanced(sentence);
            if !states
                || !starts_well(sentence)
                || !may_be_quoted(sentence)
                || !seen.insert(sentence.to_owned())
            {
                continue;
            }
            all.push(Claim {
                text: sentence.to_owned(),
                heading: read.heading.clone(),
                property: read.property,
                kind: kind(sentence, terms),
                weight: weight(read, sentence, terms) - number as f32 * 0.002,
            });
        }
    }
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let strong = all.iter().filter(|claim| claim.weight >= WEAK).count();
    all.truncate(CLAIMS.min(strong.max(FEW)));
    all
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

const DEFINES: &[&str] = &[
    " là ",
    " gọi là ",
    " được gọi ",
    " nghĩa là ",
    " bao gồm ",
    " is a ",
    " is an ",
    " is the ",
    " are ",
    " means ",
    " is called ",
    " refers to ",
    " est un ",
    " est une ",
    " est le ",
    " est la ",
    " sont ",
    " s’appelle ",
    " s'appelle ",
    " désigne ",
    " signifie ",
];

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

/// Beginnings that tell somebody what to do in class instead of stating something.
const DIRECTS: &[&str] = &[
    "giáo viên",
    "học sinh",
    "cô ",
    "trẻ ",
    "nhóm",
    "cả lớp",
    "lớp ",
    "mỗi nhóm",
    "hai trẻ",
    "hai học sinh",
    "mỗi em",
    "em ",
    "các em",
    "thầy",
    "hãy ",
    "chia ",
    "mời ",
    "cho ",
    "hỏi ",
    "nhắc ",
    "chốt",
    "kể ",
    "làm ",
    "viết ",
    "đọc ",
    "vẽ ",
    "ghi ",
    "người học",
    "sinh viên",
    "học viên",
    "giảng viên",
    "mỗi người",
    "đặt ",
    "phát ",
    "the teacher",
    "teachers",
    "pupils",
    "students",
    "learners",
    "each pair",
    "in pairs",
    "each group",
    "groups",
    "ask ",
    "write ",
    "read ",
    "copy ",
    "draw ",
    "check ",
    "give ",
    "bring ",
    "model ",
    "let ",
    "tell ",
    "have ",
    "in this section",
    "in this chapter",
    "in this module",
    "by the end",
    "you will",
    "we will",
    "see ",
    "use ",
    "le professeur",
    "l’enseignant",
    "l'enseignant",
    "les élèves",
    "par deux",
    "chaque ",
    "on ",
    "le texte",
    "écrire",
    "lire ",
    "demander",
    "distribuer",
    "faire ",
    "dans cette",
    "à la fin",
    "kế hoạch",
    "bài học",
    "bài dạy",
    "bài ",
    "một bài",
    "một tiết",
    "giờ ",
    "a lesson",
    "this lesson",
    "a reading lesson",
    "une séance",
    "cette séance",
    "bộ bài",
];

fn weight(read: &Read, sentence: &str, terms: &[String]) -> f32 {
    let lower = sentence.to_lowercase();
    let place = match read.role {
        Role::Building => 3.0,
        Role::Matter => 2.5,
        Role::Application | Role::Opening | Role::Practice => 1.0,
        Role::Description => 0.6,
        Role::Answers => 0.3,
        Role::Notes | Role::Preparation => -0.5,
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
    let directs = if DIRECTS.iter().any(|start| lower.starts_with(start)) {
        3.5
    } else {
        0.0
    };
    // “Điều đó”, “This” and the like point to a sentence that would be missing.
    let points_back = if POINTS_BACK.iter().any(|start| lower.starts_with(start)) {
        2.0
    } else {
        0.0
    };
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
        - points_back
        - marked
        - stages
        - labelled
}

/// Who acts in a class: a sentence with them tells what happens there.
pub(super) const STAGES: &[&str] = &[
    "giáo viên",
    "học sinh",
    "cả lớp",
    "mỗi nhóm",
    "các nhóm",
    "từng cặp",
    "mỗi cặp",
    "theo cặp",
    "cá nhân",
    "đổi vai",
    "đổi phiếu",
    "cô giáo",
    "trẻ ",
    "người học",
    "sinh viên",
    "học viên",
    "bảng con",
    "phiếu",
    "teacher",
    "pupils",
    "students",
    "learners",
    "in pairs",
    "partner",
    "the class",
    "worksheet",
    "professeur",
    "enseignant",
    "élèves",
    "par deux",
    "la classe",
    "au tableau",
];

const POINTS_BACK: &[&str] = &[
    "điều này",
    "điều đó",
    "đó ",
    "đây ",
    "như vậy",
    "vì vậy",
    "vì thế",
    "do đó",
    "nó ",
    "họ ",
    "sau đó",
    "nhưng ",
    "và ",
    "còn ",
    "khi đó",
    "chúng ",
    "this ",
    "these ",
    "that ",
    "it ",
    "they ",
    "but ",
    "and ",
    "so ",
    "thus",
    "therefore",
    "however",
    "here ",
    "then ",
    "there ",
    "such ",
    "cela ",
    "ceci ",
    "c’est",
    "c'est",
    "il ",
    "elle ",
    "ils ",
    "elles ",
    "mais ",
    "et ",
    "donc ",
    "ainsi",
    "puis ",
    "ce ",
    "cette ",
    "ces ",
];

/// Units that follow a figure which means something in a lesson.
const UNITS: &[&str] = &[
    "kg",
    "g",
    "mg",
    "tấn",
    "tạ",
    "yến",
    "km",
    "m",
    "dm",
    "cm",
    "mm",
    "µm",
    "nm",
    "km/h",
    "m/s",
    "m/s²",
    "km²",
    "m²",
    "cm²",
    "dm²",
    "m³",
    "cm³",
    "dm³",
    "ha",
    "l",
    "lít",
    "ml",
    "N",
    "J",
    "kJ",
    "W",
    "kW",
    "kWh",
    "V",
    "A",
    "mA",
    "Ω",
    "Pa",
    "Hz",
    "K",
    "°C",
    "°",
    "%",
    "mol",
    "g/mol",
    "đồng",
    "nghìn",
    "triệu",
    "tỉ",
    "người",
    "năm",
    "tuổi",
    "lần",
    "quả",
    "bạn",
    "học",
    "cái",
    "kg/m³",
    "g/cm³",
    "litres",
    "litre",
    "metres",
    "meters",
    "people",
    "years",
    "euros",
    "dollars",
    "habitants",
    "ans",
    "mètres",
    "millions",
    "million",
    "s",
    "giây",
    "ngày",
    "tháng",
    "USD",
    "từ",
    "chữ",
    "words",
    "mots",
];

/// Figures with their units in claims, then in exercises.
pub(super) fn quantities(claims: &[Claim], exercises: &[Exercise]) -> Vec<String> {
    let claims = claims.iter().map(|claim| claim.text.as_str());
    let tasks = exercises.iter().map(|exercise| exercise.text.as_str());
    let mut all = Vec::new();
    for text in claims.chain(tasks) {
        for found in in_text(text) {
            if !all.contains(&found) {
                all.push(found);
            }
        }
    }
    all
}

fn in_text(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut found = Vec::new();
    for pair in words.windows(2) {
        let number = pair[0].trim_start_matches(['(', '"']);
        let unit = pair[1].trim_end_matches(['.', ',', ';', ':', ')', '?', '!', '"']);
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '/'))
            && !number.ends_with(['.', ',', '/']);
        if is_number && UNITS.contains(&unit) {
            found.push(format!("{number} {unit}"));
        }
    }
    let percents = words
        .iter()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'));
    found.extend(
        percents
            .filter(|word| word.ends_with('%') && word.starts_with(|c: char| c.is_ascii_digit()))
            .map(str::to_owned),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let text =
            "Hợp lực là 2.5 N. Ông ở TP. Hồ Chí Minh. Ai đẩy? “Đúng rồi!” Cô nói vậy… Còn lại";
        assert_eq!(
            sentences(text),
            [
                "Hợp lực là 2.5 N.",
                "Ông ở TP. Hồ Chí Minh.",
                "Ai đẩy?",
                "“Đúng rồi!”",
                "Cô nói vậy…"
            ]
        );
    }

    #[test]
    fn figures_keep_their_units() {
        assert_eq!(
            in_text("Thùng 20 kg chạy 1,5 m/s², tăng 12%."),
            ["20 kg", "1,5 m/s²", "12%"]
        );
        assert!(in_text("Năm 1954 có 3 bài.").is_empty());
    }
}
