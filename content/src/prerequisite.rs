//! What has to be known first: whether what one resource teaches is what another asks for.

use crate::vocabulary::plain;
use std::collections::BTreeSet;

/// How many of the words of a demand have to be in an outcome.
const SHARE: f64 = 0.8;
/// A demand of fewer words than this says too little to be recognised by its words.
const FEWEST: usize = 3;

/// Words that say nothing about what is to be known, in the three languages, without marks.
const EMPTY: &[&str] = &[
    "duoc", "va", "cua", "cac", "nhung", "mot", "cho", "voi", "trong", "ve", "biet", "co", "the",
    "of", "and", "a", "an", "to", "in", "by", "for", "with", "know", "use", "le", "la", "les",
    "de", "des", "du", "un", "une", "et", "en", "dans", "savoir", "d", "l",
];

/// Whether somebody who has learned `taught` has what `required` asks for. Both are URIs of concepts or sentences
/// (`teaches`, `competencyRequired`). URIs have to be the same; of a sentence nearly all words that mean something have to be in
/// the other.
///
/// ```
/// use khue_content::prerequisite::meets;
/// assert!(meets("Thực hiện được phép nhân đa thức với đa thức.", "Nhân đa thức với đa thức."));
/// assert!(!meets("Nhân đơn thức với đơn thức.", "Phân tích đa thức thành nhân tử."));
/// assert!(!meets("https://w3id.org/khue/competencies/a", "https://w3id.org/khue/competencies/b"));
/// ```
pub fn meets(taught: &str, required: &str) -> bool {
    if is_uri(taught) || is_uri(required) {
        return taught == required;
    }
    let wanted = words(required);
    let given = words(taught);
    let shared = wanted.intersection(&given).count();
    wanted.len() >= FEWEST && shared as f64 >= SHARE * wanted.len() as f64
}

/// The first demand that something taught meets.
pub fn met<'a>(teaches: &[String], competency_required: &'a [String]) -> Option<&'a str> {
    let mut demands = competency_required.iter().map(String::as_str);
    demands.find(|required| teaches.iter().any(|taught| meets(taught, required)))
}

fn is_uri(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn words(text: &str) -> BTreeSet<String> {
    let plain = plain(text);
    let words = plain.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty() && !EMPTY.contains(word))
        .map(str::to_owned)
        .collect()
}
