//! Grades and stages in words: "lớp 8", "khối 10", "grade 8", "5e année", "ôn thi vào 10".

use crate::search::typed::{Typed, typed};
use std::sync::LazyLock;

/// Grades from words: how many words, and the notations of the levels.
pub(super) type Found = (usize, Vec<String>);

/// Highest grade of the school system.
const LAST: u32 = 12;
/// Words before the number of a grade.
const BEFORE: &[&str] = &["lop", "khoi", "grade", "iear", "class", "niveau", "classe"];
/// Words that make the number before them something else than a grade.
const COUNTED: &[&str] = &[
    "nam",
    "tuoi",
    "cau",
    "phut",
    "ngai",
    "tuan",
    "thang",
    "diem",
    "nguoi",
    "de",
    "buoc",
    "tiet",
    "gio",
    "cach",
    "loai",
    "dang",
    "the",
    "iears",
    "steps",
    "minutes",
    "questions",
    "ans",
    "chu",
    "hoc",
    "em",
    "hs",
    "bai",
];
const RANGE: &[&str] = &["den", "toi", "to", "a"];
const LIST: &[&str] = &["va", "and", "et"];

/// Numbers written out, as they must be spelled.
static WRITTEN: LazyLock<Vec<(Vec<Typed>, u32)>> = LazyLock::new(|| {
    let list = [
        ("mười hai", 12),
        ("mười một", 11),
        ("mười", 10),
        ("một", 1),
        ("hai", 2),
        ("ba", 3),
        ("bốn", 4),
        ("năm", 5),
        ("sáu", 6),
        ("bảy", 7),
        ("tám", 8),
        ("chín", 9),
    ];
    list.iter().map(|(text, n)| (typed(text), *n)).collect()
});

const ENGLISH: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];
const ENGLISH_NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];
/// French classes with the grade that each is.
const FRENCH: &[(&str, u32)] = &[
    ("6e", 6),
    ("6eme", 6),
    ("sixieme", 6),
    ("5e", 7),
    ("5eme", 7),
    ("cinquieme", 7),
    ("4e", 8),
    ("4eme", 8),
    ("quatrieme", 8),
    ("3e", 9),
    ("3eme", 9),
    ("troisieme", 9),
    ("2de", 10),
    ("2nde", 10),
    ("seconde", 10),
    ("1re", 11),
    ("1ere", 11),
    ("premiere", 11),
    ("tle", 12),
    ("terminale", 12),
];
/// French classes that nothing else is called.
const FRENCH_ONLY: &[(&str, u32)] = &[("ce1", 2), ("ce2", 3), ("cm1", 4), ("cm2", 5)];

fn grade(number: u32) -> String {
    format!("grade-{number}")
}

fn grade_number(word: &Typed) -> Option<u32> {
    word.number().filter(|n| (1..=LAST).contains(n))
}

fn is_one_of(word: Option<&Typed>, list: &[&str]) -> bool {
    word.is_some_and(|word| list.contains(&word.key.as_str()))
}

/// A grade that is plainly written as one.
pub(super) fn at(text: &str, words: &[Typed], at: usize) -> Option<Found> {
    let rest = &words[at..];
    last_class(words, at)
        .or_else(|| exam(rest))
        .or_else(|| age(text, rest))
        .or_else(|| french(rest))
        .or_else(|| english(rest))
        .or_else(|| joined(rest))
        .or_else(|| named(text, rest))
}

/// A number or class right after the name of a subject: "toán 5", "maths 4e".
pub(super) fn beside_subject(text: &str, words: &[Typed], at: usize) -> Option<Found> {
    let word = words.get(at)?;
    if let Some((_, number)) = FRENCH.iter().find(|(name, _)| *name == word.key) {
        return Some((1, vec![grade(*number)]));
    }
    if let Some(number) = word.key.strip_prefix('g').and_then(|n| n.parse().ok())
        && (1..=LAST).contains(&number)
    {
        return Some((1, vec![grade(number)]));
    }
    grade_number(word)?;
    if is_one_of(words.get(at + 1), COUNTED) && !chapter_follows(words, at + 1) {
        return None;
    }
    Some(numbers(text, &words[at..]))
}

/// "bài 3" after "toán 5" is a lesson; "5 bài" of anything is a count.
fn chapter_follows(words: &[Typed], at: usize) -> bool {
    is_one_of(words.get(at), &["bai", "cau", "tiet", "tuan"])
        && words.get(at + 1).is_some_and(|w| w.number().is_some())
}

/// A class that stands before or after a subject, or at the end.
pub(super) fn french_class(word: &Typed) -> bool {
    FRENCH.iter().any(|(name, _)| *name == word.key)
}

/// "théorème de Pythagore 4e".
fn last_class(words: &[Typed], at: usize) -> Option<Found> {
    let last = &words[at];
    let digit = last.key.starts_with(|c: char| c.is_ascii_digit());
    let (_, number) = FRENCH.iter().find(|(name, _)| *name == last.key)?;
    (digit && at > 0 && at + 1 == words.len()).then(|| (1, vec![grade(*number)]))
}

/// "8", "6-9", "10 đến 12", "6 và 7".
fn numbers(text: &str, words: &[Typed]) -> Found {
    let first = words.first().and_then(grade_number).unwrap_or(0);
    let dash = |a: &Typed, b: &Typed| matches!(text[a.to..b.from].trim(), "-" | "–" | "—");
    let (length, last, all) = match words {
        [a, b, ..] if grade_number(b).is_some_and(|n| n > first) && dash(a, b) => (2, b, true),
        [_, between, b, ..] if grade_number(b).is_some_and(|n| n > first) => {
            let key = [between.key.as_str()];
            match (RANGE.contains(&key[0]), LIST.contains(&key[0])) {
                (true, _) => (3, b, true),
                (_, true) => (3, b, false),
                _ => return (1, vec![grade(first)]),
            }
        }
        _ => return (1, vec![grade(first)]),
    };
    let last = grade_number(last).unwrap_or(first);
    let grades = match all {
        true => (first..=last).map(grade).collect(),
        false => vec![grade(first), grade(last)],
    };
    (length, grades)
}

/// "lớp 8", "khối 10", "grade 8", "lớp tám", "grade eight", "classe de 4e".
fn named(text: &str, words: &[Typed]) -> Option<Found> {
    let first = words.first().filter(|w| BEFORE.contains(&w.key.as_str()))?;
    let rest = &words[1..];
    if rest
        .first()
        .is_some_and(|word| grade_number(word).is_some())
    {
        let (length, grades) = numbers(text, rest);
        return Some((length + 1, grades));
    }
    if first.key == "lop" {
        let spelled = WRITTEN.iter().find(|(spelled, _)| {
            let here = rest.iter().zip(spelled);
            rest.len() >= spelled.len() && here.clone().all(|(a, b)| a.is(b) && b.is(a))
        });
        return spelled.map(|(spelled, n)| (spelled.len() + 1, vec![grade(*n)]));
    }
    if let Some(place) = ENGLISH_NUMBERS
        .iter()
        .position(|name| is_one_of(rest.first(), &[name]))
    {
        return Some((2, vec![grade(place as u32 + 1)]));
    }
    let of = usize::from(is_one_of(rest.first(), &["de"]));
    let class = rest.get(of)?;
    let (_, number) = FRENCH.iter().find(|(name, _)| *name == class.key)?;
    Some((of + 2, vec![grade(*number)]))
}

/// "L8", "lop8", "lớp8".
fn joined(words: &[Typed]) -> Option<Found> {
    let key = &words.first()?.key;
    let digits = ["lop", "khoi", "grade", "l"]
        .iter()
        .find_map(|before| key.strip_prefix(before))?;
    let number: u32 = digits.parse().ok()?;
    let plain = digits.len() <= 2 && !digits.starts_with('0');
    (plain && (1..=LAST).contains(&number)).then(|| (1, vec![grade(number)]))
}

/// "8th grade", "eighth grade".
fn english(words: &[Typed]) -> Option<Found> {
    let [first, second, ..] = words else {
        return None;
    };
    if !matches!(second.key.as_str(), "grade" | "graders") {
        return None;
    }
    let digits = first
        .key
        .trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &first.key[digits.len()..];
    let number = match suffix {
        "st" | "nd" | "rd" | "th" => digits.parse().ok(),
        _ => ENGLISH
            .iter()
            .position(|name| *name == first.key)
            .map(|place| place as u32 + 1),
    };
    let number = number.filter(|n| (1..=LAST).contains(n))?;
    Some((2, vec![grade(number)]))
}

/// "5e année" is grade 5; "CM2" is too.
fn french(words: &[Typed]) -> Option<Found> {
    let first = words.first()?;
    if let Some((_, number)) = FRENCH_ONLY.iter().find(|(name, _)| *name == first.key) {
        return Some((1, vec![grade(*number)]));
    }
    let digits = first
        .key
        .trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = matches!(&first.key[digits.len()..], "e" | "eme" | "re" | "ere");
    let number: u32 = digits.parse().ok().filter(|n| (1..=LAST).contains(n))?;
    (ordinal && is_one_of(words.get(1), &["annee"])).then(|| (2, vec![grade(number)]))
}

/// "mẫu giáo 5 tuổi", "trẻ 4-5 tuổi", "3 tuổi": preschool.
fn age(text: &str, words: &[Typed]) -> Option<Found> {
    let named = match words {
        [a, b, ..] if (a.key.as_str(), b.key.as_str()) == ("mau", "giao") => 2,
        [a, b, ..] if (a.key.as_str(), b.key.as_str()) == ("nha", "tre") => 2,
        [a, ..] if a.key == "tre" => 1,
        _ => 0,
    };
    let rest = &words[named..];
    let first = rest.first().and_then(grade_number);
    let range = match rest {
        [a, b, ..] if grade_number(b).is_some() => {
            matches!(text[a.to..b.from].trim(), "-" | "–" | "—")
        }
        _ => false,
    };
    let length = 1 + usize::from(range);
    let years = is_one_of(rest.get(length), &["tuoi", "ans"]);
    let young = first.is_some_and(|age| age <= 5 || named == 2 && age <= 6);
    let preschool = vec!["preschool".to_owned()];
    match (young && years, named) {
        (true, _) => Some((named + length + 1, preschool)),
        (false, 2) => Some((2, preschool)),
        _ => None,
    }
}

/// Examinations say in which grade people are: "ôn thi vào 10", "thi tốt nghiệp THPT".
fn exam(words: &[Typed]) -> Option<Found> {
    let is = |at: usize, list: &[&str]| is_one_of(words.get(at), list);
    let mut at = 0;
    if is(at, &["on", "luien"]) && is(at + 1, &["thi"]) {
        at += 1;
    }
    at += usize::from(is(at, &["thi"]));
    if is(at, &["tuien"]) && is(at + 1, &["sinh"]) {
        at += 2;
        let into = usize::from(is(at, &["vao"]));
        let class = usize::from(is(at + into, &["lop"]));
        if is(at + into + class, &["10"]) {
            return Some((at + into + class + 1, vec![grade(9)]));
        }
        return None;
    }
    if is(at, &["vao"]) {
        let class = usize::from(is(at + 1, &["lop"]));
        let ten = is(at + class + 1, &["10"]) && !is(at + class + 2, COUNTED);
        return ten.then(|| (at + class + 2, vec![grade(9)]));
    }
    if is(at, &["ts10"]) {
        return Some((at + 1, vec![grade(9)]));
    }
    let leaving = match () {
        _ if is(at, &["tot"]) && is(at + 1, &["nghiep"]) && is(at + 2, &["thpt"]) => 3,
        _ if is(at, &["tn"]) && is(at + 1, &["thpt"]) => 2,
        _ if is(at, &["thpt"]) && is(at + 1, &["quoc"]) && is(at + 2, &["gia"]) => 3,
        _ if is(at, &["thptqg", "tnthpt"]) => 1,
        _ if at > 0 && is(at, &["dai"]) && is(at + 1, &["hoc"]) => 2,
        _ => return None,
    };
    Some((at + leaving, vec![grade(LAST)]))
}
