//! What a teacher changes in a draft: texts, sections drafted anew, sections left out.

use super::draft::{GuidanceDraft, Item};
use super::inspect::{self, Severity};
use super::wording;
use std::collections::{BTreeMap, BTreeSet};

/// Sections whose words a teacher may change. The others are policy, or come
/// from the record.
const EDITABLE: [u8; 10] = [1, 2, 5, 6, 7, 9, 10, 11, 12, 15];
/// Most characters of an edited text; what follows is cut.
const LONGEST: usize = 2_000;

/// A text in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Number of the section.
    pub section: u8,
    /// Number of the item in it, from 0.
    pub item: usize,
    /// 0 for the item's own text, else the number of its part, from 1.
    pub part: usize,
}

/// Whether a section's words may be changed, and the section left out.
pub fn is_editable(section: u8) -> bool {
    EDITABLE.contains(&section)
}

/// Whether two texts say the same, however their lines break.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

impl GuidanceDraft {
    /// The texts that may be changed, by place, in order.
    pub fn texts(&self) -> Vec<(Place, &str)> {
        let mut all = Vec::new();
        for section in self.sections.iter().filter(|s| is_editable(s.number)) {
            for (number, item) in section.items.iter().enumerate() {
                let parts = item.parts.iter().map(|part| part.text.as_str());
                let texts = std::iter::once(item.text.as_str()).chain(parts);
                all.extend(texts.enumerate().filter(|(_, text)| !text.is_empty()).map(
                    |(part, text)| {
                        let place = Place {
                            section: section.number,
                            item: number,
                            part,
                        };
                        (place, text)
                    },
                ));
            }
        }
        all
    }

    /// Takes a section from another draft of the same lesson, with the statements that it rests on.
    pub fn take_section(&mut self, other: &Self, number: u8) {
        let theirs = other.sections.iter().find(|s| s.number == number);
        let ours = self.sections.iter_mut().find(|s| s.number == number);
        let (Some(theirs), Some(ours)) = (theirs, ours) else {
            return;
        };
        *ours = theirs.clone();
        for reference in &other.references {
            let used = theirs
                .items
                .iter()
                .any(|item| item.sources.contains(&reference.id));
            if used && !self.references.iter().any(|own| own.id == reference.id) {
                self.references.push(reference.clone());
            }
        }
    }

    /// Puts a teacher's texts in and takes sections out, then has the separate check look again.
    ///
    /// Texts that say the same as before, and places that cannot be edited, change nothing. A
    /// quotation stays only where the changed text still has it.
    pub fn revise(&mut self, texts: &BTreeMap<Place, String>, removed: &BTreeSet<u8>) {
        let mut changed = 0;
        for (place, text) in texts.iter().filter(|(place, _)| is_editable(place.section)) {
            let section = self.sections.iter_mut().find(|s| s.number == place.section);
            let item = section.and_then(|section| section.items.get_mut(place.item));
            changed += usize::from(item.is_some_and(|item| replace(item, place.part, text)));
        }
        let before = self.sections.len();
        let gone = |number: u8| is_editable(number) && removed.contains(&number);
        self.sections.retain(|section| !gone(section.number));
        if changed > 0 || self.sections.len() < before {
            self.note(changed, before - self.sections.len());
        }
        let warnings = inspect::inspect(self);
        self.locked = warnings
            .iter()
            .any(|warning| warning.severity == Severity::Lock);
    }

    /// Says in §0 that a person has changed the draft.
    fn note(&mut self, texts: usize, sections: usize) {
        let counts = [
            ("texts", texts.to_string()),
            ("sections", sections.to_string()),
        ];
        let language = self.in_language.clone();
        if let Some(label) = self.sections.iter_mut().find(|s| s.number == 0) {
            label.items.push(Item {
                label: wording::word("revised", &language),
                text: counts.iter().fold(
                    wording::word("revisedText", &language),
                    |text, (name, n)| text.replace(&format!("{{{name}}}"), n),
                ),
                ..Item::default()
            });
        }
    }
}

/// Whether the text was another one.
fn replace(item: &mut Item, part: usize, text: &str) -> bool {
    let own = match part.checked_sub(1) {
        None => Some(&mut item.text),
        Some(number) => item.parts.get_mut(number).map(|part| &mut part.text),
    };
    let Some(own) = own.filter(|own| !same(own, text)) else {
        return false;
    };
    let clean = text.replace("\r\n", "\n");
    let shown = clean.chars().filter(|c| *c == '\n' || !c.is_control());
    *own = shown.take(LONGEST).collect::<String>().trim().to_owned();
    item.edited = true;
    let words = item.words();
    item.quotes.retain(|quote| words.contains(&quote.text));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guidance::draft::Section;

    fn made() -> GuidanceDraft {
        let section = |number, text: &str| Section {
            number,
            key: String::new(),
            title: String::new(),
            items: vec![Item {
                text: text.into(),
                ..Item::default()
            }],
        };
        GuidanceDraft {
            label: "Bản nháp".into(),
            title: String::new(),
            in_language: "vi".into(),
            resource: crate::guidance::ResourceRef::default(),
            date: String::new(),
            seed: 0,
            model: None,
            writer: None,
            band: String::new(),
            youngest: 10,
            mode: crate::guidance::Mode::TeacherOnly,
            sections: vec![
                section(0, "nhãn"),
                section(3, "luật"),
                section(5, "việc làm"),
            ],
            references: Vec::new(),
            locked: false,
        }
    }

    fn at(section: u8) -> Place {
        Place {
            section,
            item: 0,
            part: 0,
        }
    }

    #[test]
    fn texts_change_where_they_may_and_are_marked() {
        let mut draft = made();
        let texts = BTreeMap::from([(at(5), "việc\r\nkhác".into()), (at(3), "không luật".into())]);
        draft.revise(&texts, &BTreeSet::new());
        assert_eq!(draft.sections[2].items[0].text, "việc\nkhác");
        assert!(draft.sections[2].items[0].edited);
        assert_eq!(draft.sections[1].items[0].text, "luật");
        assert_eq!(draft.sections[0].items.len(), 2);
    }

    #[test]
    fn the_same_words_are_no_change_and_policy_cannot_be_left_out() {
        let mut draft = made();
        draft.revise(
            &BTreeMap::from([(at(5), " việc  làm ".into())]),
            &BTreeSet::from([0, 3]),
        );
        assert_eq!(draft, made());
        draft.revise(&BTreeMap::new(), &BTreeSet::from([5]));
        assert_eq!(draft.sections.len(), 2);
    }

    #[test]
    fn personal_data_that_a_teacher_types_locks_the_draft() {
        let mut draft = made();
        draft.revise(
            &BTreeMap::from([(at(5), "Gọi 0912 345 678 cho mẹ".into())]),
            &BTreeSet::new(),
        );
        assert!(draft.locked);
    }
}
