//! The names of concepts, looked up from any place in a query.

use super::kinds::{KINDS, LANGUAGES, SERIES, STAGES};
use super::level;
use crate::search::params::uri;
use crate::search::typed::{Typed, typed};
use crate::vocabulary::{self, Concept};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A way to write the name of a concept.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub words: Vec<Typed>,
    pub property: &'static str,
    pub values: Vec<String>,
    /// So short that it needs a grade beside it.
    pub short: bool,
}

/// Names by the key of their first word, longest first.
type Names = HashMap<String, Vec<Name>>;

/// Names that are read as filters wherever they stand.
pub(super) static PLAIN: LazyLock<Names> = LazyLock::new(|| {
    let lists = [
        ("learningResourceType", KINDS),
        ("textbook", SERIES),
        ("educationalLevel", STAGES),
        ("inLanguage", LANGUAGES),
    ];
    let mut all = Vec::new();
    for (property, list) in lists {
        for (notation, names) in list {
            let value = match property {
                "inLanguage" => (*notation).to_owned(),
                _ => uri(property, notation),
            };
            all.extend(names.split('|').map(|name| Name {
                words: typed(name),
                property,
                values: vec![value.clone()],
                short: false,
            }));
        }
    }
    all.extend(licences());
    sorted(all)
});

/// Names of school subjects, read as filters beside a grade, a kind or "môn".
pub(super) static SUBJECTS: LazyLock<Names> = LazyLock::new(|| {
    let mut all: Vec<Name> = Vec::new();
    for concept in subjects() {
        let main = concept.pref_label.values().map(|label| (label, true));
        let other = concept.alt_label.values().flatten().map(|l| (l, false));
        for (label, main) in main.chain(other) {
            let words = typed(label);
            let letters: usize = words.iter().map(|word| word.key.len()).sum();
            let alone = words.len() == 1;
            let plain = matches!(label.as_str(), "math" | "maths" | "chem");
            let short = alone && !plain && (letters <= 4 && !main || letters <= 3);
            let same = |name: &&mut Name| {
                name.words.len() == words.len()
                    && name
                        .words
                        .iter()
                        .zip(&words)
                        .all(|(a, b)| a.is(b) && b.is(a))
            };
            match all.iter_mut().find(same) {
                Some(name) if !name.values.contains(&concept.id) => {
                    name.values.push(concept.id.clone());
                }
                Some(_) => {}
                None => all.push(Name {
                    words,
                    property: "about",
                    values: vec![concept.id.clone()],
                    short,
                }),
            }
        }
    }
    sorted(all)
});

/// School subjects: what stands right below the school curriculum, and the foreign languages.
fn subjects() -> impl Iterator<Item = &'static Concept> {
    let parents = [uri("about", "school"), uri("about", "ngoai-ngu")];
    let concepts = vocabulary::scheme("about").map_or(&[][..], |scheme| &scheme.concepts);
    concepts
        .iter()
        .filter(move |c| c.broader.iter().any(|wider| parents.contains(wider)))
}

/// "CC BY-SA" is a licence whatever its version.
fn licences() -> Vec<Name> {
    let concepts = vocabulary::scheme("license").map_or(&[][..], |scheme| &scheme.concepts);
    let mut families: Vec<(String, Vec<String>)> = Vec::new();
    for concept in concepts {
        let family = concept
            .notation
            .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
        let family = match concept.notation.as_str() {
            "CC0-1.0" => "CC0",
            _ if family.starts_with("CC-") => family,
            _ => continue,
        };
        match families.iter_mut().find(|(name, _)| name == family) {
            Some((_, values)) => values.push(concept.id.clone()),
            None => families.push((family.to_owned(), vec![concept.id.clone()])),
        }
    }
    let domain = uri("license", "PDM-1.0");
    for name in ["phạm vi công cộng", "public domain", "domaine public"] {
        families.push((name.to_owned(), vec![domain.clone()]));
    }
    let name = |(name, values): (String, Vec<String>)| Name {
        words: typed(&name),
        property: "license",
        values,
        short: false,
    };
    families.into_iter().map(name).collect()
}

fn sorted(all: Vec<Name>) -> Names {
    let mut names = Names::new();
    for name in all {
        if let Some(first) = name.words.first() {
            names.entry(first.key.clone()).or_default().push(name);
        }
    }
    for list in names.values_mut() {
        list.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
    }
    names
}

/// The longest name that stands at this place.
pub(super) fn at(names: &'static Names, words: &[Typed], at: usize) -> Option<&'static Name> {
    let here = words.get(at..)?;
    let stands = |name: &&Name| {
        name.words.len() <= here.len() && name.words.iter().zip(here).all(|(own, w)| w.is(own))
    };
    names.get(&here.first()?.key)?.iter().find(stands)
}

/// Words and values: the concepts that curricula put in a subject's place in other grades.
const ELSEWHERE: &[(&str, std::ops::RangeInclusive<u32>, &str)] = &[
    ("vat-li", 6..=9, "khoa-hoc-tu-nhien"),
    ("hoa-hoc", 6..=9, "khoa-hoc-tu-nhien"),
    ("sinh-hoc", 6..=9, "khoa-hoc-tu-nhien"),
    ("khoa-hoc", 6..=9, "khoa-hoc-tu-nhien"),
    ("khoa-hoc", 1..=3, "tu-nhien-xa-hoi"),
    ("khoa-hoc-tu-nhien", 4..=5, "khoa-hoc"),
    ("lich-su", 4..=9, "lich-su-dia-li"),
    ("dia-li", 4..=9, "lich-su-dia-li"),
    ("ngu-van", 1..=5, "tieng-viet"),
    ("tieng-viet", 6..=12, "ngu-van"),
    ("giao-duc-cong-dan", 1..=5, "dao-duc"),
    ("giao-duc-cong-dan", 10..=12, "giao-duc-kinh-te-phap-luat"),
    ("dao-duc", 6..=9, "giao-duc-cong-dan"),
];

/// The values of a subject with those that stand in its place in these grades: physics in grade 8
/// is a part of natural science.
pub(super) fn with_counterparts(values: &[String], levels: &[String]) -> Vec<String> {
    let grades: Vec<u32> = levels
        .iter()
        .filter_map(|level| level.rsplit_once("grade-")?.1.parse().ok())
        .collect();
    let mut all = values.to_vec();
    for (subject, range, other) in ELSEWHERE {
        let (subject, other) = (uri("about", subject), uri("about", other));
        let here = grades.iter().any(|grade| range.contains(grade));
        if here && values.contains(&subject) && !all.contains(&other) {
            all.push(other);
        }
    }
    all
}

/// What a text means as a value of a property; nothing where it means nothing.
pub(super) fn values(property: &str, text: &str) -> Vec<String> {
    let words = typed(text);
    if words.is_empty() {
        return Vec::new();
    }
    if property == "educationalLevel" {
        let whole = level::at(text, &words, 0).or_else(|| level::beside_subject(text, &words, 0));
        if let Some((length, levels)) = whole
            && length == words.len()
        {
            return levels.iter().map(|level| uri(property, level)).collect();
        }
    }
    for names in [&*PLAIN, &*SUBJECTS] {
        let whole = names.get(&words[0].key).into_iter().flatten().find(|name| {
            name.property == property
                && name.words.len() == words.len()
                && name.words.iter().zip(&words).all(|(own, w)| w.is(own))
        });
        if let Some(name) = whole {
            return name.values.clone();
        }
    }
    match property {
        "inLanguage" => crate::language::code(text).into_iter().collect(),
        _ => vocabulary::find(property, text)
            .map(|concept| concept.id.clone())
            .into_iter()
            .collect(),
    }
}
