//! Other ways to type the same query.

use khue_index::tokenizer::{Segments, key};

/// How queries are typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Variant {
    /// As they are.
    #[default]
    Typed,
    /// Without any mark: "dinh luat" for "định luật".
    Unmarked,
    /// With one slip in the longest word: two letters swapped, or one left out.
    Typo,
}

impl Variant {
    /// Name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Typed => "typed",
            Self::Unmarked => "unmarked",
            Self::Typo => "typo",
        }
    }

    /// The query in this way of typing; the same query always gives the same text.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Typed => text.to_owned(),
            Self::Unmarked => each_word(text, key::folded),
            Self::Typo => slip(text),
        }
    }
}

fn each_word(text: &str, change: impl Fn(&str) -> String) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for segment in Segments::new(text).filter(|segment| segment.parts == 0) {
        if segment.from >= at {
            out.push_str(&text[at..segment.from]);
            out.push_str(&change(&text[segment.from..segment.to]));
            at = segment.to;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Swaps or drops a letter of the longest word; which, depends on the word alone.
fn slip(text: &str) -> String {
    let words: Vec<&str> = Segments::new(text).map(|s| &text[s.from..s.to]).collect();
    let Some(longest) = words.iter().max_by_key(|word| word.chars().count()) else {
        return text.to_owned();
    };
    let letters: Vec<char> = longest.chars().collect();
    if letters.len() < 3 {
        return text.to_owned();
    }
    let sum: usize = letters.iter().map(|c| *c as usize).sum();
    let place = 1 + sum % (letters.len() - 2);
    let mut slipped = letters;
    if sum.is_multiple_of(2) {
        slipped.swap(place, place + 1)
    } else {
        slipped.remove(place);
    }
    text.replacen(longest, &slipped.into_iter().collect::<String>(), 1)
}

#[cfg(test)]
mod tests {
    use super::Variant;

    #[test]
    fn variants_of_a_query() {
        assert_eq!(
            Variant::Unmarked.apply("Định luật II, 3/4!"),
            "dinh luat ii, 3/4!"
        );
        let slipped = Variant::Typo.apply("quang hợp ở thực vật");
        assert_ne!(slipped, "quang hợp ở thực vật");
        assert_eq!(slipped, Variant::Typo.apply("quang hợp ở thực vật"));
        assert_eq!(Variant::Typo.apply("a b"), "a b");
    }
}
