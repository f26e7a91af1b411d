//! Words for kinds of resources: what a title is about is none of them, and a description that begins
//! with one tells of the resource.

use super::Read;
use super::role::Role;
use super::sentences::{is_showable, sentences};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words at the beginning of a description among which a resource is named.
const BEGINNING: usize = 4;
/// Verbs by which a sentence says what a thing is.
const DEFINES: &[&str] = &["is", "are", "est", "sont", "là"];
/// Fewest letters that are left of a title without its kind.
const LEFT: usize = 3;

#[derive(Default, serde::Deserialize)]
struct Kinds {
    leads: HashMap<String, Vec<String>>,
    tails: HashMap<String, Vec<String>>,
    nouns: HashMap<String, Vec<String>>,
    activities: HashMap<String, Vec<String>>,
    scopes: Vec<String>,
    points: Vec<String>,
    definite: Vec<String>,
    tells: Vec<String>,
    starts: Vec<String>,
    people: Vec<String>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    let text = include_str!("../../../guidance/kind-words.json");
    serde_json::from_str(text).unwrap_or_default()
});

/// All words of a list, whatever their language.
fn all(list: &HashMap<String, Vec<String>>) -> impl Iterator<Item = &str> {
    list.values().flatten().map(String::as_str)
}

/// A title without the kind of resource that it names at its beginning or end; all of it where nothing
/// else is left.
pub(super) fn without_kind(title: &str) -> &str {
    let mut rest = title.trim();
    while let Some(shorter) = shortened(rest) {
        rest = shorter;
    }
    rest
}

/// A title without one kind at its beginning, else at its end.
fn shortened(title: &str) -> Option<&str> {
    let lower = title.to_lowercase();
    if lower.len() != title.len() {
        return None;
    }
    let behind = |lead: &&str| {
        lower.strip_prefix(*lead).is_some_and(|rest| {
            rest.starts_with(char::is_whitespace) || lead.ends_with(['’', '\''])
        })
    };
    let lead = all(&KINDS.leads).filter(behind).map(str::len).max();
    let before = |tail: &&str| {
        let rest = lower.strip_suffix(*tail);
        rest.is_some_and(|rest| rest.ends_with([' ', ',']))
    };
    let tail = all(&KINDS.tails).filter(before).map(str::len).max();
    let shorter = match (lead, tail) {
        (Some(lead), _) => &title[lead..],
        (None, Some(tail)) => &title[..title.len() - tail],
        (None, None) => return None,
    };
    let shorter = shorter.trim_matches([' ', ',', '\u{a0}']);
    let letters = shorter.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= LEFT && !is_kind(shorter)).then_some(shorter)
}

/// Whether words only name a kind of resource: “phiếu học tập”, “exercices interactifs”.
pub(super) fn is_kind(words: &str) -> bool {
    let lower = words.trim().to_lowercase();
    let lists = [&KINDS.leads, &KINDS.tails, &KINDS.nouns];
    lists.into_iter().flat_map(all).any(|own| own == lower)
}

/// Whether a term names a kind of resource, what is done in a lesson or how far numbers go, and no matter. Maps and films may
/// be what is learnt.
pub(super) fn is_label(term: &str) -> bool {
    let lower = term.trim().to_lowercase();
    let long = all(&KINDS.nouns).filter(|noun| noun.split(' ').count() > 2);
    let done = all(&KINDS.activities);
    let mut lists = all(&KINDS.leads)
        .chain(all(&KINDS.tails))
        .chain(long)
        .chain(done);
    lists.any(|own| own == lower) || is_scope(&lower)
}

/// Whether words only say how far numbers go: “phạm vi 100”, “numbers up to 20”.
fn is_scope(lower: &str) -> bool {
    let number = |rest: &str| {
        rest.starts_with(' ')
            && rest
                .chars()
                .all(|c| c.is_ascii_digit() || " .,\u{a0}".contains(c))
    };
    KINDS
        .scopes
        .iter()
        .any(|scope| lower.strip_prefix(scope.as_str()).is_some_and(number))
}

/// Whether a sentence of a description tells what people do: “Students hang masses on a spring …”.
pub(super) fn tells_of_people(sentence: &str) -> bool {
    let lower = sentence.trim().to_lowercase();
    KINDS.people.iter().any(|start| lower.starts_with(start))
}

/// Whether a sentence of a description tells of the resource: “Video ngắn ghi lại …”, “A set of slides on
/// …”, “Cette fiche explique …”.
pub(super) fn tells_of_resource(sentence: &str) -> bool {
    let lower = sentence.trim().to_lowercase();
    if KINDS.starts.iter().any(|start| lower.starts_with(start)) {
        return true;
    }
    let words: Vec<&str> = lower.split_whitespace().collect();
    let first = words.first().copied().unwrap_or_default();
    let definite = KINDS.definite.iter().any(|own| own == first);
    let start = &words[usize::from(definite).min(words.len())..];
    let led = start
        .iter()
        .take_while(|word| KINDS.points.iter().any(|own| own == *word))
        .count();
    // “phiếu học tập” is three syllables; an English noun stands behind what narrows it.
    let named = |noun: &str| {
        let own: Vec<&str> = noun.split(' ').collect();
        let latest = if own.len() > 1 {
            led
        } else {
            led + BEGINNING - 1
        };
        (0..=latest).any(|at| {
            // “A set is a collection of objects” says what a set is.
            let behind = start.get(at + own.len()).copied().unwrap_or_default();
            starts_with(start.get(at..), &own) && !DEFINES.contains(&behind)
        })
    };
    let names = all(&KINDS.nouns).any(named);
    let beginning = words
        .iter()
        .take(BEGINNING + 4)
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    let tells = KINDS
        .tells
        .iter()
        .any(|verb| beginning.contains(verb.as_str()));
    names && (!definite || tells)
}

/// What a description tells of its resource, sentence by sentence; as a whole where it has no mark.
pub(super) fn blurbs(reads: &[Read]) -> Vec<String> {
    let told = |read: &Read| {
        let text = read.block.text.trim();
        let mut all = sentences(text);
        if all.is_empty() {
            all.push(text);
        }
        let own = all
            .into_iter()
            .filter(|sentence| tells_of_resource(sentence) && is_showable(sentence));
        own.map(str::to_owned).collect::<Vec<_>>()
    };
    let described = reads.iter().filter(|read| read.role == Role::Description);
    described.flat_map(told).collect()
}

/// Whether words begin with others, marks behind them apart.
fn starts_with(words: Option<&[&str]>, own: &[&str]) -> bool {
    let Some(words) = words.filter(|words| words.len() >= own.len()) else {
        return false;
    };
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    words.iter().zip(own).all(|(word, own)| plain(word) == *own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_loses_the_kind_of_its_resource() {
        for (title, topic) in [
            (
                "Phiếu học tập Chuyện người con gái Nam Xương",
                "Chuyện người con gái Nam Xương",
            ),
            ("Bộ câu hỏi ôn tập chương Nguyên tử", "Nguyên tử"),
            ("Hướng dẫn sơ cứu khi bị bỏng", "sơ cứu khi bị bỏng"),
            ("Photosynthesis interactive", "Photosynthesis"),
            ("Initiation au tableur", "tableur"),
            ("La photosynthèse en vidéo", "La photosynthèse"),
            ("Phiếu học tập", "Phiếu học tập"),
        ] {
            assert_eq!(without_kind(title), topic);
        }
    }

    #[test]
    fn what_is_done_in_a_lesson_is_no_matter_of_it() {
        for label in [
            "Thực hành",
            "phạm vi 100",
            "numbers up to 1 000",
            "travaux pratiques",
        ] {
            assert!(is_label(label), "{label}");
        }
        for term in [
            "phạm vi áp dụng",
            "phép cộng trong phạm vi 100",
            "experimental error",
        ] {
            assert!(!is_label(term), "{term}");
        }
    }

    #[test]
    fn a_description_of_the_resource_is_told_from_its_matter() {
        for sentence in [
            "Phiếu học tập gồm các câu hỏi đọc hiểu về nhân vật Vũ Nương.",
            "Một video ngắn ghi lại thí nghiệm.",
            "An interactive simulation in which students change light intensity.",
            "Une vidéo de cinq minutes explique la photosynthèse.",
            "The video explains how prices form.",
        ] {
            assert!(tells_of_resource(sentence), "{sentence}");
        }
        for sentence in [
            "Le guide recommande aux États de fixer à 13 ans l’âge minimal.",
            "Khi nguội quả cầu lọt qua vòng, khi nóng thì không.",
            "A function takes each input to one output.",
        ] {
            assert!(!tells_of_resource(sentence), "{sentence}");
        }
    }
}
