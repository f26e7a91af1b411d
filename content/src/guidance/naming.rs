//! How a topic is named in running text: its article, its number, its capital letter, and what
//! stands for it once it has been named.

mod french;

use super::lesson::Lesson;
use french::{french, french_name};
use unicode_normalization::UnicodeNormalization;

pub(super) use french::has_article;

/// How a pattern names the topic of the lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// In full, each time.
    Full,
    /// In full, then “this topic”.
    FullOnce,
    /// By its shorter name, each time.
    Short,
    /// By its shorter name, then “this topic”.
    ShortOnce,
    /// Only as “this topic”.
    Apart,
}

impl Naming {
    /// The ways that name the topic, best first.
    pub(super) const NAMED: [Self; 4] = [Self::Full, Self::FullOnce, Self::Short, Self::ShortOnce];

    pub(super) fn is_short(self) -> bool {
        matches!(self, Self::Short | Self::ShortOnce)
    }

    pub(super) fn is_once(self) -> bool {
        matches!(self, Self::FullOnce | Self::ShortOnce)
    }
}

/// A span of the lesson as it runs within a sentence of this language; nothing where it must stand
/// between quotation marks, since its article cannot be told.
pub(super) fn running(span: &str, lesson: &Lesson, language: &str) -> Option<String> {
    // What begins with “At”, “Why” or the like is a heading rather than a name.
    if lesson.is_heading(span) {
        return None;
    }
    let plain = lowered(span, &lesson.written);
    match language {
        "fr" => french(&plain, &lesson.bag).or_else(|| french_name(&plain, lesson)),
        "en" => Some(english(&plain, &lesson.bag)),
        _ => Some(plain),
    }
}

/// A span with a small first letter where the text writes its first word so, or where its other words
/// show that it is no name; without capitals where it has nothing else.
pub(super) fn lowered(span: &str, written: &str) -> String {
    if span.chars().count() > 5 && !span.chars().any(char::is_lowercase) {
        let is_acronym = !span.contains(' ') && stands(written, span) > 0 && is_mixed(written);
        return if is_acronym {
            span.to_owned()
        } else {
            span.to_lowercase()
        };
    }
    let mut words = span.split_whitespace();
    let first = words.next().unwrap_or_default();
    let small = first.to_lowercase();
    let one_capital = first.chars().skip(1).all(char::is_lowercase);
    let plain = |word: &str| word.chars().all(|c| !c.is_uppercase());
    let common = words.clone().next().is_some() && words.all(plain);
    let lower = span.replacen(first, &small, 1);
    // A name that the text has with its capital within sentences keeps it: “Mặt Trăng”.
    let named = is_capital_within(span, written) && stands(written, &lower) == 0;
    // “Acroxena” is no Vietnamese word: it is a name wherever it stands.
    let named =
        named || is_vietnamese(written) && !is_syllable(&small) && stands(written, &small) == 0;
    // “Python lists” keeps the capital that the text gives “Python” within sentences.
    let proper = is_capital_within(first, written) && stands(written, &small) == 0;
    // “Martin Brodeur” has two capitals of its own, “Định lí Pythagore” one that it owes.
    let second = span.split_whitespace().nth(1).unwrap_or_default();
    let full = second.starts_with(char::is_uppercase) && stands(written, &lower) == 0;
    let named = named || proper || full;
    // What the text has only at the beginning of sentences owes its capital to them.
    let begins = stands(written, span) > 0;
    let owes = common || begins || stands(written, &small) > 0;
    match small != first && one_capital && owes && !named {
        true => lower,
        false => span.to_owned(),
    }
}

/// Whether a text has letters that Vietnamese alone has.
fn is_vietnamese(text: &str) -> bool {
    text.contains(['ạ', 'ả', 'ế', 'ộ', 'ữ', 'ư', 'ơ', 'đ'])
}

/// Whether a word may be a Vietnamese syllable: its vowels stand together, and it is short.
fn is_syllable(lower: &str) -> bool {
    let plain: Vec<char> = lower.nfd().filter(char::is_ascii_alphabetic).collect();
    let vowel = |c: &char| "aeiouy".contains(*c);
    let groups = plain.split(|c| !vowel(c)).filter(|group| !group.is_empty());
    plain.len() <= 7 && groups.count() <= 1
}

/// Whether a text is written in small letters for the most part.
fn is_mixed(text: &str) -> bool {
    let small = text.chars().filter(|c| c.is_lowercase()).count();
    small > text.chars().filter(|c| c.is_uppercase()).count()
}

/// Whether a text has words with their capital within a sentence.
pub(super) fn is_capital_within(words: &str, text: &str) -> bool {
    let within = |at: usize| {
        let before = text[..at].trim_end();
        before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ')' | '’' | '\''))
    };
    text.match_indices(words).any(|(at, _)| within(at))
}

/// How often words stand in a text, alone.
pub(super) fn stands(text: &str, words: &str) -> usize {
    let found = text
        .match_indices(words)
        .filter(|(at, _)| is_whole(text, *at, words.len()));
    found.count()
}

/// Whether no letter or figure stands beside a span.
pub(super) fn is_whole(text: &str, at: usize, length: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    ![before, after]
        .into_iter()
        .flatten()
        .any(char::is_alphanumeric)
}

/// With “the” where the text has it so, in the plural where it is counted, else bare.
fn english(span: &str, bag: &str) -> String {
    let lower = span.to_lowercase();
    let the = stands(bag, &format!("the {lower}"));
    let all = stands(bag, &lower);
    if ["the ", "a ", "an "]
        .iter()
        .any(|article| lower.starts_with(article))
    {
        return span.to_owned();
    }
    if the > 0 && the * 2 >= all {
        return format!("the {span}");
    }
    let counted = stands(bag, &format!("a {lower}")) + stands(bag, &format!("an {lower}"));
    if let Some(plural) = plural(span).filter(|plural| stands(bag, &plural.to_lowercase()) > 0) {
        return plural;
    }
    match counted {
        0 => span.to_owned(),
        _ => format!("the {span}"),
    }
}

/// The plural by rule; nothing for what is one, or a name.
fn plural(span: &str) -> Option<String> {
    let last = span.chars().next_back()?;
    let name = span.chars().next().is_some_and(char::is_uppercase);
    match last {
        _ if name => None,
        's' => None,
        'y' => Some(format!("{}ies", &span[..span.len() - 1])),
        'x' | 'h' => Some(format!("{span}es")),
        _ if last.is_ascii_alphabetic() => Some(format!("{span}s")),
        _ => None,
    }
}

/// Puts a span behind what stands before it: a capital at the beginning of a sentence, and in French
/// “du”, “des”, “au” and “aux”.
pub(super) fn join(text: &mut String, span: &str, language: &str) {
    let span = if begins_a_sentence(text) {
        super::wording::capital(span)
    } else {
        span.to_owned()
    };
    if language == "fr" {
        for (before, article, both) in [
            ("de ", "le ", "du "),
            ("de ", "les ", "des "),
            ("à ", "le ", "au "),
            ("à ", "les ", "aux "),
        ] {
            let word = text.strip_suffix(before);
            let apart = word.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
            if let (true, Some(rest)) = (apart, span.strip_prefix(article)) {
                text.truncate(text.len() - before.len());
                text.push_str(both);
                text.push_str(rest);
                return;
            }
        }
        // “de Antoine” is “d’Antoine”.
        let vowel = span
            .to_lowercase()
            .starts_with(|c| "aàâeéèêiîoôuûy".contains(c));
        for word in ["de ", "que "] {
            let apart = text.strip_suffix(word);
            let apart = apart.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
            if vowel && apart {
                text.truncate(text.len() - 2);
                text.push('’');
                break;
            }
        }
    }
    text.push_str(&span);
}

fn begins_a_sentence(text: &str) -> bool {
    let before = text.trim_end();
    before.is_empty() || text.ends_with(' ') && before.ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_runs_with_the_sentence_as_the_text_has_it() {
        let bag = "a linear function is drawn as a line. linear functions are simple. the water cycle never ends. photosynthesis makes food.";
        assert_eq!(english("linear function", bag), "linear functions");
        assert_eq!(english("water cycle", bag), "the water cycle");
        assert_eq!(english("photosynthesis", bag), "photosynthesis");
        let bag = "pour additionner les fractions, on cherche un dénominateur. l’énergie est conservée. la bastille est prise.";
        assert_eq!(french("fractions", bag).as_deref(), Some("les fractions"));
        assert_eq!(
            french("dénominateur", bag).as_deref(),
            Some("le dénominateur")
        );
        assert_eq!(french("énergie", bag).as_deref(), Some("l’énergie"));
        assert_eq!(french("Blaise Pascal", bag), None);
        assert_eq!(
            french("Royaume de France", bag).as_deref(),
            Some("le royaume de France")
        );
        let bag = "la politique reste l’affaire de quelques clans. on parle ouzbek.";
        assert_eq!(
            french("politique en Ouzbékistan", bag).as_deref(),
            Some("la politique en Ouzbékistan")
        );
        assert_eq!(
            french("multiplications posées", bag).as_deref(),
            Some("les multiplications posées")
        );
    }

    #[test]
    fn french_prepositions_join_the_article() {
        let joined = |before: &str, span: &str| {
            let mut text = before.to_owned();
            join(&mut text, span, "fr");
            text
        };
        assert_eq!(
            joined("Tout ce qui relève de ", "le climat"),
            "Tout ce qui relève du climat"
        );
        assert_eq!(joined("Penser à ", "les fractions"), "Penser aux fractions");
        assert_eq!(joined("de ", "la photosynthèse"), "de la photosynthèse");
        assert_eq!(joined("Voir. ", "la carte"), "Voir. La carte");
        assert_eq!(
            joined("à propos de ", "Émile Zola"),
            "à propos d’Émile Zola"
        );
        assert_eq!(joined("Grande ", "Antigone"), "Grande Antigone");
    }

    #[test]
    fn capitals_go_where_the_text_has_none() {
        assert_eq!(
            lowered("Elasticity of demand", "its elasticity is high"),
            "elasticity of demand"
        );
        assert_eq!(lowered("Bastille", "la Bastille"), "Bastille");
        assert_eq!(lowered("TẾ BÀO", ""), "tế bào");
        let bag = "Acroxena là một chi bọ cánh cứng. Chi này được mô tả năm 1879.";
        assert_eq!(lowered("Acroxena", bag), "Acroxena");
        assert_eq!(lowered("Acid", "Chất này là acid mạnh."), "acid");
        let bag = "A short video shows how to append to lists in Python, step by step.";
        assert_eq!(lowered("Python lists", bag), "Python lists");
    }
}
