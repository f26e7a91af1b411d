//! From what people write to the concept that they mean.

use super::{Concept, ConceptScheme, names, scheme};
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The ways to one vocabulary's concepts, by position in its list.
#[derive(Default)]
struct Lookup {
    /// Key with marks; the first concept that claims it wins.
    exact: HashMap<String, usize>,
    /// Key without marks; nothing where two concepts would share it.
    bare: HashMap<String, Option<usize>>,
}

static LOOKUPS: LazyLock<HashMap<&'static str, Lookup>> = LazyLock::new(|| {
    let of = |name| scheme(name).map(|found| (name, Lookup::new(found)));
    names().filter_map(of).collect()
});

/// The concept of a vocabulary that a text names: by URI, `exactMatch`,
/// notation, or label in any language, whatever its case, and without marks
/// where that is not ambiguous. A `closeMatch` URI is the last way tried.
///
/// ```
/// use khue_content::vocabulary::find;
/// assert!(find("about", "no such subject").is_none());
/// assert!(find("no such vocabulary", "toan").is_none());
/// ```
pub fn find(vocabulary: &str, text: &str) -> Option<&'static Concept> {
    let lookup = LOOKUPS.get(vocabulary)?;
    let key = folded(text);
    let place = match lookup.exact.get(&key) {
        Some(place) => Some(*place),
        None => *lookup.bare.get(&without_marks(&key))?,
    };
    scheme(vocabulary)?.concepts.get(place?)
}

/// A text as names are compared where marks do not matter: small letters, single spaces.
///
/// ```
/// assert_eq!(khue_content::vocabulary::plain("Vật  LÍ"), "vat li");
/// ```
pub fn plain(text: &str) -> String {
    without_marks(&folded(text))
}

impl Lookup {
    fn new(scheme: &ConceptScheme) -> Self {
        let mut lookup = Self::default();
        let ways: [fn(&Concept) -> Vec<&String>; 4] = [codes, labels, other_labels, near];
        for way in ways {
            for (place, concept) in scheme.concepts.iter().enumerate() {
                way(concept)
                    .into_iter()
                    .for_each(|text| lookup.add(text, place));
            }
        }
        lookup
    }

    fn add(&mut self, text: &str, place: usize) {
        let key = folded(text);
        if key.is_empty() {
            return;
        }
        let bare = self.bare.entry(without_marks(&key)).or_insert(Some(place));
        if *bare != Some(place) && !self.exact.contains_key(&without_marks(&key)) {
            *bare = None;
        }
        self.exact.entry(key).or_insert(place);
    }
}

fn codes(concept: &Concept) -> Vec<&String> {
    let own = [&concept.id, &concept.notation];
    own.into_iter().chain(&concept.exact_match).collect()
}

fn labels(concept: &Concept) -> Vec<&String> {
    concept.pref_label.values().collect()
}

fn other_labels(concept: &Concept) -> Vec<&String> {
    concept.alt_label.values().flatten().collect()
}

fn near(concept: &Concept) -> Vec<&String> {
    concept.close_match.iter().collect()
}

/// Lower case, composed, one space for any run of spaces, hyphens and
/// underscores; web addresses without scheme and final slash.
pub(crate) fn folded(text: &str) -> String {
    let text = text.trim();
    let text = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .map_or(text, |rest| rest.trim_end_matches('/'));
    let mut key = String::with_capacity(text.len());
    let parts = text.split(|c: char| c.is_whitespace() || c == '-' || c == '_');
    for part in parts.filter(|part| !part.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        match part.is_ascii() {
            true => key.extend(part.chars().map(|c| c.to_ascii_lowercase())),
            false => key.extend(part.nfc().flat_map(char::to_lowercase)),
        }
    }
    key
}

/// The text without Vietnamese and French marks: `Toán, Địa lí` → `Toan, Dia li`.
pub(crate) fn without_marks(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let plain = |letter| match letter {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    };
    let letters = text.nfd().filter(|c| !is_combining_mark(*c));
    letters.map(plain).collect()
}
