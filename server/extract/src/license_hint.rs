//! Words that speak of a licence, in three languages.

use crate::document::LicenseHint;
use std::collections::HashSet;

/// Hints that are told of one file.
const MOST: usize = 12;
/// Bytes around a hint that are shown.
const CONTEXT: usize = 90;

/// Phrases in lower case. What they say is told by others; here they are only found.
const PHRASES: &[&str] = &[
    "creativecommons.org/",
    "creative commons",
    "cc by",
    "cc-by",
    "cc0",
    "public domain",
    "phạm vi công cộng",
    "thuộc về công chúng",
    "domaine public",
    "gnu free documentation",
    "gfdl",
    "open government licen",
    "all rights reserved",
    "giữ bản quyền",
    "bảo lưu mọi quyền",
    "bản quyền thuộc",
    "tous droits réservés",
    "giấy phép",
    "licence ouverte",
    "licensed under",
    "sous licence",
];

/// Elements of Creative Commons licences by their names in three languages, in the order of codes.
const ELEMENTS: &[(&str, &[&str])] = &[
    (
        "BY",
        &["attribution", "ghi công", "ghi nhận công", "paternité"],
    ),
    (
        "NC",
        &[
            "noncommercial",
            "non-commercial",
            "phi thương mại",
            "pas d'utilisation commerciale",
            "pas d’utilisation commerciale",
        ],
    ),
    (
        "ND",
        &[
            "noderiv",
            "no deriv",
            "không phái sinh",
            "không có phái sinh",
            "pas de modification",
        ],
    ),
    (
        "SA",
        &[
            "sharealike",
            "share alike",
            "share-alike",
            "chia sẻ tương tự",
            "partage dans les mêmes conditions",
            "partage à l'identique",
        ],
    ),
];

/// Finds hints, each once.
#[derive(Default)]
pub(crate) struct Hints {
    seen: HashSet<String>,
}

impl Hints {
    /// Hints in a text.
    pub(crate) fn find(&mut self, text: &str) -> Vec<LicenseHint> {
        if self.seen.len() >= MOST {
            return Vec::new();
        }
        let lower = lowered(text);
        let mut places: Vec<usize> = PHRASES
            .iter()
            .flat_map(|phrase| lower.match_indices(phrase).take(MOST).map(|(at, _)| at))
            .collect();
        places.sort_unstable();
        let mut found = Vec::new();
        for at in places {
            let hint = hint(text, &lower, at);
            found.extend(hint.filter(|hint| self.is_new(&hint.statement)));
        }
        found
    }

    /// A statement that stands in the metadata of a file, where it speaks of rights by its place.
    pub(crate) fn stated(&mut self, statement: &str) -> Vec<LicenseHint> {
        let found = self.find(statement);
        if !found.is_empty() || statement.is_empty() || !self.is_new(statement) {
            return found;
        }
        vec![LicenseHint {
            statement: statement.to_owned(),
            context: String::new(),
        }]
    }

    fn is_new(&mut self, statement: &str) -> bool {
        self.seen.len() < MOST && self.seen.insert(statement.to_lowercase())
    }
}

/// Lower case of the same length in bytes, so that places in it are places in the text.
fn lowered(text: &str) -> String {
    text.chars()
        .map(|letter| {
            let mut lower = letter.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(one), None) if one.len_utf8() == letter.len_utf8() => one,
                _ => letter,
            }
        })
        .collect()
}

fn hint(text: &str, lower: &str, at: usize) -> Option<LicenseHint> {
    let rest = &lower[at..];
    let context = around(text, at);
    let statement = if rest.starts_with("creativecommons.org/") {
        address(rest)?
    } else if rest.starts_with("creative commons") {
        by_words(rest)?
    } else if rest.starts_with("cc by") || rest.starts_with("cc-by") {
        by_code(rest)
    } else if rest.starts_with("cc0") {
        "CC0 1.0".to_owned()
    } else if rest.starts_with("giấy phép")
        || rest.starts_with("licensed under")
        || rest.starts_with("sous licence")
    {
        let near = &rest[..rest.floor_char_boundary(CONTEXT.min(rest.len()))];
        let named = ["gpl", "gnu", "mit", "apache"].iter().any(|name| {
            near.split(|c: char| !c.is_alphanumeric())
                .any(|word| word == *name)
        });
        named.then(|| first_sentence(text, at))?
    } else {
        first_sentence(text, at)
    };
    Some(LicenseHint { statement, context })
}

/// `https://creativecommons.org/licenses/by-sa/4.0/` of a longer address.
fn address(rest: &str) -> Option<String> {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "/.-".contains(c)));
    let whole = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', '-']);
    let mut parts = whole.split('/').skip(1);
    let (set, code, version) = (parts.next()?, parts.next()?, parts.next()?);
    let is_version = version.len() == 3 && version.as_bytes()[1] == b'.';
    let known = matches!(set, "licenses" | "publicdomain") && is_version;
    known.then(|| format!("https://creativecommons.org/{set}/{code}/{version}/"))
}

/// `CC BY-SA 4.0` of "Creative Commons Attribution-ShareAlike 4.0", in three languages.
fn by_words(rest: &str) -> Option<String> {
    let near = &rest[..rest.floor_char_boundary(180.min(rest.len()))];
    if near.contains("cc0") || near.contains("zero") {
        return Some("CC0 1.0".to_owned());
    }
    if let Some(at) = near.find("cc by").or_else(|| near.find("cc-by")) {
        return Some(by_code(&near[at..]));
    }
    let has = |names: &[&str]| names.iter().any(|name| near.contains(name));
    let codes: Vec<&str> = ELEMENTS
        .iter()
        .filter(|(_, names)| has(names))
        .map(|(code, _)| *code)
        .collect();
    let version = version(near).map(|version| format!(" {version}"));
    (codes.first() == Some(&"BY"))
        .then(|| format!("CC {}{}", codes.join("-"), version.unwrap_or_default()))
}

/// `CC BY-SA 4.0` of "cc-by-sa 4.0".
fn by_code(rest: &str) -> String {
    let near = &rest[..rest.floor_char_boundary(40.min(rest.len()))];
    let parts = near.split(|c: char| !c.is_ascii_alphabetic()).skip(1);
    let codes: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map_while(|part| matches!(part, "by" | "nc" | "nd" | "sa").then(|| part.to_uppercase()))
        .collect();
    match version(near) {
        Some(version) => format!("CC {} {version}", codes.join("-")),
        None => format!("CC {}", codes.join("-")),
    }
}

fn version(near: &str) -> Option<&'static str> {
    ["4.0", "3.0", "2.5", "2.0", "1.0"]
        .into_iter()
        .find(|version| near.contains(version))
}

fn first_sentence(text: &str, at: usize) -> String {
    let rest = &text[at..];
    let end = rest.find(['\n', '.', ';']).unwrap_or(rest.len()).min(120);
    crate::out::one_line(&rest[..rest.floor_char_boundary(end)])
}

fn around(text: &str, at: usize) -> String {
    let start = text.ceil_char_boundary(at.saturating_sub(CONTEXT));
    let end = text.floor_char_boundary((at + 2 * CONTEXT).min(text.len()));
    crate::out::one_line(&text[start.min(end)..end])
}
