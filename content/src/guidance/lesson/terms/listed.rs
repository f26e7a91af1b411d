//! Terms that a description lists: “… về cung cầu, độ co giãn và cấu trúc thị trường”.

use super::super::speech::Speech;

/// Most words of a term in a list, where spaces part words and where they part syllables.
const WORDS: [usize; 2] = [4, 6];
/// Fewest terms of a list.
const FEWEST: usize = 3;
/// Words after which a list begins.
const LEADS: &[&str] = &[
    "gồm",
    "về",
    "như",
    "thiệu",
    "bày",
    "thích",
    "on",
    "about",
    "of",
    "covers",
    "covering",
    "including",
    "includes",
    "like",
    "sur",
    "dont",
    "comme",
    "aborde",
    "avec",
    "with",
];
/// Words that stand before the last term of a list.
const JOINS: &[&str] = &["và", "hoặc", "and", "or", "et", "ou"];

/// The terms of the lists of a sentence, exactly as it has them.
pub(super) fn listed(sentence: &str, speech: Speech) -> Vec<&str> {
    let lists = sentence.split([':', ';', '.', '(', ')']).enumerate();
    // What leads to a list is a mark or a word; else commas part what is done.
    let led =
        lists.filter(|(number, list)| *number > 0 || behind_lead(list).len() < list.trim().len());
    led.flat_map(|(_, list)| terms(list, speech)).collect()
}

/// The terms of one list: what commas and “and” part, where there are enough.
fn terms(list: &str, speech: Speech) -> Vec<&str> {
    let parts: Vec<&str> = list.split(',').flat_map(joined).collect();
    if parts.len() < FEWEST {
        return Vec::new();
    }
    let longest = WORDS[usize::from(speech.syllables)];
    let last = parts.len() - 1;
    let own = parts.into_iter().enumerate().filter_map(|(at, part)| {
        let part = if at == 0 {
            behind_lead(part)
        } else {
            part.trim()
        };
        let part = if at == last {
            before_more(part, speech)
        } else {
            part
        };
        let words: Vec<&str> = part.split_whitespace().collect();
        let fits = (1..=longest).contains(&words.len()) && !speech.is_broken(&words);
        let alone = words.len() > 1 || speech.stands_alone(part);
        (fits && alone).then_some(part)
    });
    own.collect()
}

/// What “and” parts at the end of a list.
fn joined(part: &str) -> Vec<&str> {
    let join = JOINS.iter().find_map(|word| {
        let spaced = format!(" {word} ");
        let at = part.find(&spaced)?;
        Some((at, spaced.len()))
    });
    match join {
        Some((at, length)) => vec![&part[..at], &part[at + length..]],
        None => vec![part],
    }
}

/// What stands behind the word that leads to a list; all of it where none does.
fn behind_lead(part: &str) -> &str {
    let mut from = 0;
    let mut at = 0;
    for word in part.split(' ') {
        at += word.len() + 1;
        if LEADS.contains(&word.to_lowercase().as_str()) {
            from = at.min(part.len());
        }
    }
    part[from..].trim()
}

/// The last term without what goes on behind it: “yếu tố kì ảo trong truyện”.
fn before_more(part: &str, speech: Speech) -> &str {
    let mut at = 0;
    for word in part.split(' ') {
        if at > 0 && speech.is_empty(word) {
            return part[..at].trim();
        }
        at += word.len() + 1;
    }
    part.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_a_description_names_terms() {
        let found = |text, code| listed(text, Speech::in_language(code));
        assert_eq!(
            found(
                "Khoá học gồm 12 bài về cung cầu, độ co giãn và cấu trúc thị trường",
                "vi"
            ),
            ["cung cầu", "độ co giãn", "cấu trúc thị trường"]
        );
        assert_eq!(
            found(
                "Phiếu học tập về nhân vật Vũ Nương, chi tiết cái bóng và yếu tố kì ảo trong truyện.",
                "vi"
            ),
            ["nhân vật Vũ Nương", "chi tiết cái bóng", "yếu tố kì ảo"]
        );
        assert_eq!(
            found(
                "Slides on causes including alliances, imperialism and militarism.",
                "en"
            ),
            ["alliances", "imperialism", "militarism"]
        );
        assert!(found("Envoie le ballon, vise le but et tire.", "fr").is_empty());
    }
}
