//! Grades and stages that a text states: "Lớp 8", "Toán 8:", "Grade 8", "mầm non".

use super::Document;
use khue_content::vocabulary::{self, Concept};
use std::sync::LazyLock;

/// A grade or stage with the words that state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Notation of the concept (`grade-8`).
    pub notation: String,
    /// URI of the concept.
    pub value: String,
    /// The words, as they stand in the text.
    pub words: String,
    /// Whether the title says so; else the summary or the beginning of the text does.
    pub in_title: bool,
}

/// Bytes of the text in which a grade is looked for: later it speaks of others.
const BEGINNING: usize = 1_200;

/// Words that stand before a grade.
const BEFORE: &[&str] = &[
    "lớp",
    "lop",
    "khối",
    "grade",
    "grades",
    "class",
    "year",
    "classe de",
];
/// Words that stand behind a grade.
const BEHIND: &[&str] = &["th grade", "e année", "ème année"];

/// Words of stages, beyond the labels of the vocabulary.
const STAGES: &[(&str, &str)] = &[
    ("mầm non", "preschool"),
    ("mẫu giáo", "preschool"),
    ("nhà trẻ", "preschool"),
    ("3 tuổi", "preschool"),
    ("4 tuổi", "preschool"),
    ("5 tuổi", "preschool"),
    ("kindergarten", "preschool"),
    ("école maternelle", "preschool"),
    ("trường nghề", "vocational"),
    ("dạy nghề", "vocational"),
    ("nghề điện", "vocational"),
    ("nghề bếp", "vocational"),
    ("nghề may", "vocational"),
    ("sơ cấp nghề", "vocational"),
    ("cao đẳng nghề", "vocational"),
    ("vocational", "vocational"),
    ("đại học", "higher"),
    ("sinh viên", "higher"),
    ("undergraduate", "higher"),
    ("university", "higher"),
    ("université", "higher"),
    ("tiểu học", "primary"),
    ("trung học cơ sở", "lower-secondary"),
    ("trung học phổ thông", "upper-secondary"),
    ("người lớn", "continuing"),
    ("xoá mù chữ", "continuing"),
];

static LEVELS: LazyLock<Vec<&'static Concept>> = LazyLock::new(|| {
    let scheme = vocabulary::scheme("educationalLevel");
    scheme
        .map(|scheme| scheme.concepts.iter().collect())
        .unwrap_or_default()
});

/// What a text states. The title wins over the rest, a grade over a stage.
pub fn stated(document: &Document) -> Vec<Stated> {
    let mut rest = format!("{}\n{}", document.summary, document.text);
    rest.truncate(rest.floor_char_boundary(BEGINNING));
    let title = document.title.as_str();
    let ways: [&dyn Fn() -> Vec<Stated>; 5] = [
        &|| grades(title, true),
        &|| number_behind_subject(title),
        &|| stages(title, true),
        &|| grades(&rest, false),
        &|| stages(&document.summary, false),
    ];
    ways.iter()
        .map(|way| way())
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// "Lớp 8", "grade 8", "8th grade"; several where several are named.
fn grades(text: &str, in_title: bool) -> Vec<Stated> {
    let lower = text.to_lowercase();
    let mut found: Vec<Stated> = Vec::new();
    for (start, end, grade) in numbers(&lower) {
        let head = lower[..start].trim_end();
        let before = BEFORE.iter().find(|word| ends_with_word(head, word));
        let behind = BEHIND.iter().find(|word| lower[end..].starts_with(**word));
        let words = match (before, behind) {
            (Some(word), _) => format!("{word} {grade}"),
            (None, Some(word)) => format!("{grade}{word}"),
            _ => continue,
        };
        found.extend(level(&format!("grade-{grade}"), words, in_title));
    }
    found.dedup_by(|a, b| a.notation == b.notation);
    found.truncate(4);
    found
}

/// "Toán 8: …", "Physics 10 – …": the number that ends the first part of a title.
fn number_behind_subject(title: &str) -> Vec<Stated> {
    // A dash without spaces stands in a range: "mẫu giáo 5–6 tuổi".
    let marks = [":", "|", " –", " —", " - "];
    let end = marks.iter().filter_map(|mark| title.find(mark)).min();
    let first = title[..end.unwrap_or(title.len())].trim();
    let lower = first.to_lowercase();
    let last = numbers(&lower).into_iter().last();
    let ends = |(start, end, _): &(usize, usize, u32)| *end == lower.len() && *start > 0;
    let found = last
        .filter(ends)
        .filter(|_| first.len() < title.trim().len());
    found
        .and_then(|(_, _, grade)| level(&format!("grade-{grade}"), first.to_owned(), true))
        .into_iter()
        .collect()
}

fn stages(text: &str, in_title: bool) -> Vec<Stated> {
    let lower = text.to_lowercase();
    let labels = LEVELS
        .iter()
        .filter(|level| !level.notation.starts_with("grade-"));
    let labels = labels.flat_map(|level| {
        let names = level.pref_label.values();
        let notation = level.notation.as_str();
        names.map(move |name| (name.to_lowercase(), notation))
    });
    let words = STAGES
        .iter()
        .map(|(words, notation)| ((*words).to_owned(), *notation));
    let all = words.chain(labels);
    let found = all.into_iter().find(|(words, _)| has_words(&lower, words));
    found
        .and_then(|(words, notation)| level(notation, words, in_title))
        .into_iter()
        .collect()
}

fn level(notation: &str, words: String, in_title: bool) -> Option<Stated> {
    let concept = LEVELS.iter().find(|level| level.notation == notation)?;
    let (notation, value) = (concept.notation.clone(), concept.id.clone());
    Some(Stated {
        notation,
        value,
        words,
        in_title,
    })
}

/// Numbers from 1 to 12 that are no part of longer ones or of decimals.
fn numbers(text: &str) -> Vec<(usize, usize, u32)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, letter.is_ascii_digit()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                let whole = !text[..from].ends_with(['.', ',', '/', '-']);
                if let (true, Ok(number @ 1..=12)) = (whole, text[from..at].parse()) {
                    found.push((from, at, number));
                }
            }
            _ => {}
        }
    }
    found
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let rest = text.strip_suffix(word);
    rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let apart = |letter: Option<char>| letter.is_none_or(|c| !c.is_alphanumeric());
        apart(text[..at].chars().next_back()) && apart(text[at + words.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, summary: &str) -> Vec<String> {
        let document = Document {
            title: title.into(),
            summary: summary.into(),
            ..Document::default()
        };
        stated(&document)
            .into_iter()
            .map(|found| found.notation)
            .collect()
    }

    #[test]
    fn grades_are_read_where_people_write_them() {
        assert_eq!(of("Toán 8: Hằng đẳng thức", ""), ["grade-8"]);
        assert_eq!(of("Đề ôn tập", "Dành cho học sinh lớp 12."), ["grade-12"]);
        assert_eq!(of("Reading for Grade 9", ""), ["grade-9"]);
        assert_eq!(of("A unit for 7th grade", ""), ["grade-7"]);
        assert_eq!(of("Leçon", "Pour la 6e année."), ["grade-6"]);
        assert_eq!(of("Hai bài cho lớp 6 và lớp 7", ""), ["grade-6", "grade-7"]);
        assert_eq!(of("Mầm non: bò chui qua cổng", ""), ["preschool"]);
        assert_eq!(of("Đếm đến 8 (mẫu giáo 5–6 tuổi)", ""), ["preschool"]);
        assert_eq!(of("Vật lí 10 – Chuyển động thẳng", ""), ["grade-10"]);
        assert_eq!(of("Toán 8 - Đa thức", ""), ["grade-8"]);
        assert_eq!(
            of("Hồi quy tuyến tính", "Cho sinh viên năm nhất."),
            ["higher"]
        );
    }

    #[test]
    fn other_numbers_are_no_grades() {
        assert_eq!(of("12 bài hát", ""), Vec::<String>::new());
        assert_eq!(of("Nhịp 2/4: gõ đệm", ""), Vec::<String>::new());
        assert_eq!(
            of("Chiến thắng năm 938: trận Bạch Đằng", ""),
            Vec::<String>::new()
        );
        assert_eq!(of("Lớp 2024", ""), Vec::<String>::new());
        assert_eq!(of("Chia 3.5 cho 7", "Bài 4"), Vec::<String>::new());
    }
}
