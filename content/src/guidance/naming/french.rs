//! French topics: their article, by the text, a list of nouns or their endings.

use super::stands;
use crate::guidance::lesson::Lesson;
use std::sync::LazyLock;

/// Endings of sciences, all of them feminine.
const SCIENCES: &[&str] = &["logie", "graphie", "nomie", "métrie", "sophie"];

/// With the article that the text puts before it.
pub(super) fn french(span: &str, bag: &str) -> Option<String> {
    let lower = span.to_lowercase();
    if is_doing(&lower) {
        return None;
    }
    let own = ["le ", "la ", "les ", "l’", "l'", "un ", "une ", "des "];
    if own.iter().any(|article| lower.starts_with(article)) {
        let mut letters = span.chars();
        let first = letters.next()?;
        return Some(first.to_lowercase().chain(letters).collect());
    }
    let own = french_article(&lower, bag);
    // Of a phrase that the text has nowhere with an article, the article of its first word.
    let first = lower.split([' ', '-']).next().unwrap_or_default();
    let article = own
        .or_else(|| french_article(first, bag).filter(|_| first.chars().count() > 3))
        .or_else(|| article_of_noun(first))
        .or_else(|| {
            let common = span.starts_with(char::is_lowercase) || names_a_science(first);
            article_by_ending(first).filter(|_| common)
        })?;
    let vowel = lower.starts_with(|c| "aàâeéèêiîoôuûh".contains(c));
    let article = match article {
        "le " | "la " if vowel && !lower.starts_with('h') => "l’",
        other => other,
    };
    // What begins with a capital is no name where its first word takes an article of its own.
    let span = match stands(bag, &lower) {
        0 => {
            let mut letters = span.chars();
            let first = letters.next()?;
            first.to_lowercase().chain(letters).collect()
        }
        _ => span.to_owned(),
    };
    Some(format!("{article}{span}"))
}

/// A French name without an article, as the text has it: “Martin Brodeur”, “Candide”.
pub(super) fn french_name(span: &str, lesson: &Lesson) -> Option<String> {
    const JOINS: &[&str] = &["de", "du", "des", "la", "le", "von", "van", "et"];
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let joins = |word: &&str| JOINS.contains(word);
    let words: Vec<&str> = span.split_whitespace().collect();
    let name = words.iter().all(|word| capital(word) || joins(word));
    let known = match words.len() {
        1 => lesson.names_somebody(span),
        _ => {
            let mut capitals = words.iter().filter(|word| capital(word));
            let told = capitals
                .clone()
                .any(|word| stands(&lesson.written, word) > 0);
            capitals.nth(1).is_some() && told
        }
    };
    let first = words.first().is_some_and(capital);
    (name && first && known).then(|| span.to_owned())
}

/// The gender and number of nouns that head titles of lessons, by the list of them.
fn article_of_noun(word: &str) -> Option<&'static str> {
    #[derive(Default, serde::Deserialize)]
    struct Nouns {
        he: Vec<String>,
        she: Vec<String>,
    }
    static NOUNS: LazyLock<Nouns> = LazyLock::new(|| {
        let text = include_str!("../../../guidance/nouns-fr.json");
        serde_json::from_str(text).unwrap_or_default()
    });
    let own = |list: &[String], word: &str| list.iter().any(|noun| noun == word);
    let article = |word: &str| match () {
        () if own(&NOUNS.he, word) => Some("le "),
        () if own(&NOUNS.she, word) => Some("la "),
        () => None,
    };
    let one = word.strip_suffix('s').or_else(|| word.strip_suffix('x'));
    article(word).or_else(|| one.and_then(article).map(|_| "les "))
}

/// Whether a French topic is an infinitive with what it is done to, which takes no article: “lire des DVD”.
fn is_doing(lower: &str) -> bool {
    const WITH: &[&str] = &[
        "un", "une", "des", "les", "le", "la", "son", "sa", "ses", "mon", "ma", "mes", "votre",
        "vos", "de", "du", "en", "à", "au", "aux", "sur",
    ];
    let mut words = lower.split_whitespace();
    let first = words.next().unwrap_or_default();
    let next = words.next().unwrap_or_default();
    let infinitive = ["er", "ir", "re"].iter().any(|end| first.ends_with(end));
    let object = WITH.contains(&next) || next.starts_with("l’") || next.starts_with("l'");
    infinitive && first.chars().count() > 3 && object && !has_article(first, lower)
}

/// Whether a French word ends as sciences do, which are no names: “Économie”.
fn names_a_science(word: &str) -> bool {
    SCIENCES.iter().any(|end| word.ends_with(end))
}

/// The article that endings of French nouns tell for certain.
fn article_by_ending(word: &str) -> Option<&'static str> {
    const SHE: &[&str] = &[
        "tion", "sion", "xion", "ité", "ence", "ance", "esse", "ette",
    ];
    const HE: &[&str] = &["isme", "ment", "oir"];
    let one = word.strip_suffix('s').unwrap_or(word);
    let ends = |list: &[&str]| list.iter().any(|end| one.ends_with(end));
    let article = match () {
        () if ends(SHE) || names_a_science(one) => "la ",
        () if ends(HE) => "le ",
        () => return None,
    };
    Some(if one.len() < word.len() {
        "les "
    } else {
        article
    })
}

/// The article that a French text puts before words, where it does.
fn french_article(lower: &str, bag: &str) -> Option<&'static str> {
    let times = |before: &str| stands(bag, &format!("{before}{lower}"));
    let elided = times("l’") + times("l'") + times("d’un ") + times("d'un ");
    let forms = [
        (
            "le ",
            2 * (times("le ") + times("du ") + times("au ")) + times("un "),
        ),
        ("la ", 2 * times("la ") + times("une ")),
        ("les ", 2 * (times("les ") + times("aux ")) + times("des ")),
        ("l’", 2 * elided),
    ];
    let (article, count) = forms.into_iter().max_by_key(|(_, count)| *count)?;
    (count > 0).then_some(article)
}

/// Whether a French text puts an article before a word.
pub(in crate::guidance) fn has_article(lower: &str, bag: &str) -> bool {
    french_article(lower, bag).is_some()
}
