//! Sentences and what they state.

use super::role::Role;
use super::{Claim, ClaimKind, LONGEST, Read, may_be_quoted};
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
            let marked = at + mark.len_utf8();
            if ends_here(line, start..marked, end) {
                found.push(line[start..end].trim());
                start = end;
            }
        }
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether the mark at the end of `span` ends the sentence; `end` is behind closing marks.
fn ends_here(line: &str, span: std::ops::Range<usize>, end: usize) -> bool {
    let Some(sentence) = line.get(span) else {
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
    let mut words = sentence.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    // "2.5 N." ends with a unit, "A. Nguyễn" begins with an initial.
    let unit = words
        .next()
        .is_some_and(|w| w.ends_with(|c: char| c.is_ascii_digit()));
    let last = last.trim_start_matches(['(', '“', '"', '«']).to_lowercase();
    let initial = last.ends_with('.') && last.chars().count() == 2 && next.is_some() && !unit;
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
    "đổ ",
    "buộc ",
    "thả ",
    "nối ",
    "tháo ",
    "đóng ",
    "mở ",
    "rót ",
    "cân ",
    "đo ",
    "bó ",
    "lấy ",
    "xếp ",
    "gắn ",
    "dán ",
    "cắt ",
    "chọn ",
    "kẻ ",
    "tô ",
    "gấp ",
    "đếm ",
    "kẹp ",
    "nhấn ",
    "bấm ",
    "kéo ",
    "tạo ",
    "dùng ",
    "treo ",
    "giao ",
    "yêu cầu",
    "tổ chức",
    "quan sát",
    "nêu ",
    "tính ",
    "tìm ",
    "so sánh",
    "điền ",
    "bước ",
    "chặng ",
    "trạm ",
    "hoạt động ",
    "câu ",
    "phần ",
    "mỗi cặp",
    "cách đọc",
    "trung bình:",
    "không viết",
    "lưu ý",
    "chú ý",
    "gợi ý",
    "tiếp theo",
    "bây giờ",
    "ví dụ",
    "now ",
    "hang ",
    "leave ",
    "take ",
    "put ",
    "place ",
    "find ",
    "support",
    "quiz",
    "exercise",
    "step ",
    "activity",
    "question ",
    "hand out",
    "show ",
    "start ",
    "say ",
    "count ",
    "fold ",
    "cut ",
    "connect ",
    "measure ",
    "record ",
    "repeat ",
    "collect ",
    "compare ",
    "discuss",
    "do not ",
    "don't ",
    "don’t ",
    "complete ",
    "choose ",
    "imagine ",
    "look ",
    "note ",
    "remember",
    "consider ",
    "suppose ",
    "figure ",
    "table ",
    "as shown",
    "click ",
    "recall",
    "think ",
    "try ",
    "work ",
    "set ",
    "au signal",
    "exercice",
    "jeu ",
    "étape",
    "question ",
    "activité",
    "ne pas ",
    "dans les exercices",
    "prendre",
    "mettre",
    "placer",
    "tracer",
    "mesurer",
    "noter",
    "relever",
    "former",
    "chacun",
    "copier",
    "compléter",
    "observer",
    "répéter",
    "montrer",
    "rappeler",
    "au tableau",
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
}
