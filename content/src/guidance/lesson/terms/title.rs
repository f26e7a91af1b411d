//! What a title says of the matter.

use super::super::kinds;
use super::{is_subject, letters};

/// Most words of a title with which a text may begin.
const BEGUN: usize = 6;

/// A title that is the beginning of its text and no name of its own, without a last word that was cut:
/// the text goes on with its sentence, or it is one.
pub(super) fn begins<'n>(name: &'n str, written: &str) -> Option<&'n str> {
    const SAYS: &[&str] = &["là", "is", "are", "was", "were", "est", "sont", "était"];
    let single = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (title, text) = (single(name), single(written));
    let behind = text.strip_prefix(title.as_str())?;
    let cut = behind.starts_with(char::is_alphanumeric);
    let next = behind.split_whitespace().next().unwrap_or_default();
    let goes_on = next.starts_with(char::is_lowercase) && !SAYS.contains(&next);
    let sentence = title.contains(". ") || title.ends_with('?');
    if title.split(' ').count() <= BEGUN || !(cut || goes_on || sentence) {
        return None;
    }
    match cut {
        true => name.rsplit_once(' ').map(|(whole, _)| whole),
        false => Some(name),
    }
}

/// What stands in brackets at the end of a title, where it is a word or two.
pub(super) fn in_brackets(name: &str) -> Option<&str> {
    let inside = name.trim().strip_suffix(')')?.rsplit_once('(')?.1.trim();
    let fits = letters(inside) >= 3 && inside.split_whitespace().count() <= 3;
    (fits && inside.starts_with(char::is_uppercase)).then_some(inside)
}

/// Whether a title is a name for programs, such as `sect.task-scheduling`.
fn is_slug(name: &str) -> bool {
    !name.contains(' ') && name.contains(['-', '_', '.']) && name.chars().count() > 12
}

/// The title without the subject and grade before its colon, where that is short.
pub(super) fn topic(name: &str) -> Option<String> {
    let name = untagged(name);
    if is_slug(name.trim()) {
        return None;
    }
    let parts: Vec<&str> = name.split([':', '|', '–']).map(str::trim).collect();
    let mut named = parts.iter().rev().filter(|part| !part.is_empty());
    let last = named.clone().next()?;
    // “Candide de Voltaire : parcours de lecture” is about Candide.
    let last = named.find(|part| !kinds::is_kind(part)).unwrap_or(last);
    // “Câu hỏi ôn tập Địa lí” names the subject and nothing else.
    let bare = kinds::without_kind(last);
    let subject = bare.to_lowercase();
    let subject = subject.strip_prefix("môn ").unwrap_or(&subject);
    let last = if bare.len() < last.len() && is_subject(subject) {
        last
    } else {
        bare
    };
    let clean = last.split(['(', '[']).next().unwrap_or(last).trim();
    let clean = for_all(clean);
    let clean = clean.trim_matches(['“', '”', '"', '«', '»', '.', ',', ' ', '\u{a0}']);
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// A title without whom it is for: “Email phrases for beginners”.
fn for_all(title: &str) -> &str {
    const WHOM: &[&str] = &[
        " for beginners",
        " for kids",
        " for children",
        " for students",
        " for teachers",
        " cho người mới bắt đầu",
        " cho người mới",
        " cho trẻ em",
        " cho học sinh",
        " pour débutants",
        " pour les débutants",
        " pour les enfants",
    ];
    let lower = title.to_lowercase();
    let whom = WHOM.iter().find(|whom| lower.ends_with(**whom));
    let end = whom.map_or(title.len(), |whom| title.len().saturating_sub(whom.len()));
    title.get(..end).unwrap_or(title)
}

/// A title without tags such as `<i>`.
fn untagged(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        let tag = behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match behind.split_once('>').filter(|_| tag) {
            Some((_, after)) => rest = after,
            None => {
                text.push('<');
                rest = behind;
            }
        }
    }
    text + rest
}
