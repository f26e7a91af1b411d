//! A teacher's changes, as the form of the page carries them.

use khue_content::guidance::{Place, is_editable};
use std::collections::{BTreeMap, BTreeSet};

use super::Fields;
use super::download::FORMS;

/// Largest number that decides among patterns, so that it fits the form.
const LARGEST: u64 = 999_999;
/// Different seeds of one page: each costs a draft.
const SEEDS: usize = 4;

/// The state of the page: seeds, texts, what is left out, what the pressed button asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The seed of the whole draft.
    pub seed: u64,
    /// Section → the seed that it was drafted again with.
    pub seeds: BTreeMap<u8, u64>,
    /// Texts by place, changed or not.
    pub texts: BTreeMap<Place, String>,
    /// Sections that are left out.
    pub removed: BTreeSet<u8>,
    /// Whether the draft may be one in which a language model chose passages: a new one may, one that is shown already
    /// stays what it was.
    pub worded: bool,
    file: Option<&'static str>,
}

impl Changes {
    /// Reads the fields of the page's form, with what the pressed button does to them.
    pub fn read(fields: &Fields) -> Self {
        let is_new = !fields.iter().any(|(name, _)| name == "seed");
        let mut changes = Self {
            worded: is_new,
            ..Self::default()
        };
        for (name, value) in fields {
            match name.as_str() {
                "worded" => changes.worded = true,
                "seed" => changes.seed = number(value),
                "off" => changes.removed.extend(section(value)),
                _ => changes.field(name, value),
            }
        }
        let pressed = fields.iter().rfind(|(name, _)| name == "do");
        if let Some((_, action)) = pressed {
            changes.press(action);
        }
        changes
    }

    fn field(&mut self, name: &str, value: &str) {
        if let Some(number_of) = name.strip_prefix("seed-").and_then(section) {
            self.seeds.insert(number_of, number(value));
        } else if let Some(place) = name.strip_prefix("text-").and_then(place) {
            self.texts.insert(place, value.to_owned());
        }
    }

    fn press(&mut self, action: &str) {
        let (verb, object) = action.split_once('-').unwrap_or((action, ""));
        match (verb, section(object)) {
            ("again", Some(number)) => {
                let own = self.seeds.get(&number).copied().unwrap_or(self.seed);
                self.seeds.insert(number, (own + 1) % (LARGEST + 1));
                self.texts.retain(|place, _| place.section != number);
            }
            ("remove", Some(number)) => {
                self.removed.insert(number);
            }
            ("restore", Some(number)) => {
                self.removed.remove(&number);
            }
            ("undo", Some(number)) => self.texts.retain(|place, _| place.section != number),
            ("another", _) => {
                *self = Self {
                    seed: (self.seed + 1) % (LARGEST + 1),
                    worded: true,
                    ..Self::default()
                };
            }
            ("file", _) => self.file = FORMS.into_iter().find(|known| *known == object),
            _ => {}
        }
    }

    /// The file that is asked for instead of the page.
    pub fn wanted(&self) -> Option<&'static str> {
        self.file
    }

    /// Seeds other than the draft's with their sections; not more than can be afforded.
    pub fn again(&self) -> BTreeMap<u64, Vec<u8>> {
        let mut all: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
        for (section, seed) in self.seeds.iter().filter(|(_, seed)| **seed != self.seed) {
            if all.contains_key(seed) || all.len() < SEEDS {
                all.entry(*seed).or_default().push(*section);
            }
        }
        all
    }
}

/// The name of the field for a text.
pub fn field_name(place: &Place) -> String {
    format!("text-{}-{}-{}", place.section, place.item, place.part)
}

fn number(text: &str) -> u64 {
    text.parse().ok().filter(|n| *n <= LARGEST).unwrap_or(0)
}

fn section(text: &str) -> Option<u8> {
    text.parse().ok().filter(|number| is_editable(*number))
}

fn place(text: &str) -> Option<Place> {
    let mut numbers = text.split('-');
    let place = Place {
        section: section(numbers.next()?)?,
        item: numbers.next()?.parse().ok()?,
        part: numbers.next()?.parse().ok()?,
    };
    numbers.next().is_none().then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Changes {
        let fields = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Changes::read(&fields.collect())
    }

    #[test]
    fn drafting_again_takes_the_next_seed_and_forgets_the_texts_of_the_section() {
        let fields = [
            ("seed", "3"),
            ("text-5-0-1", "a"),
            ("text-6-0-1", "b"),
            ("do", "again-5"),
        ];
        let changes = read(&fields);
        assert_eq!(changes.seeds, BTreeMap::from([(5, 4)]));
        assert_eq!(changes.texts.len(), 1);
        assert_eq!(changes.again(), BTreeMap::from([(4, vec![5])]));
    }

    #[test]
    fn a_draft_that_is_shown_stays_what_it_was() {
        assert!(read(&[]).worded, "a new one");
        assert!(!read(&[("seed", "3")]).worded);
        assert!(read(&[("seed", "3"), ("worded", "1")]).worded);
        assert!(
            read(&[("seed", "3"), ("do", "another")]).worded,
            "a new one"
        );
    }

    #[test]
    fn policy_stays_and_nonsense_is_passed_over() {
        let fields = [
            ("off", "3"),
            ("off", "7"),
            ("off", "x"),
            ("text-3-0-0", "no rule"),
            ("text-5-0", "y"),
            ("text-5-0-0-0", "y"),
            ("seed", "-1"),
            ("do", "remove-8"),
        ];
        let changes = read(&fields);
        assert_eq!(changes.removed, BTreeSet::from([7]));
        assert!(changes.texts.is_empty() && changes.seed == 0);
        assert_eq!(read(&[("do", "file-docx")]).wanted(), Some("docx"));
        assert_eq!(read(&[("do", "file-exe")]).wanted(), None);
    }
}
