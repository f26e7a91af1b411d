//! From a draft to guidance that somebody answers for.

use super::draft::{GuidanceDraft, Item};
use super::wording::word;

/// Who answers for guidance, and until when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Name of the one who signs.
    pub name: String,
    /// The day, ISO 8601.
    pub date: String,
    /// The day by which somebody looks again, ISO 8601.
    pub review_by: String,
}

/// Most days until guidance is looked at again: rules change.
pub const LONGEST_TERM: i64 = 3 * 366;

impl GuidanceDraft {
    /// Marks the draft as signed: label, status, appraiser and dates, wherever they stand, and the ticks of the last
    /// section. What it says of the lesson stays as it is.
    pub fn sign(&mut self, signature: &Signature) {
        let word = |key: &str| word(key, &self.in_language);
        let filled = |key: &str| {
            word(key)
                .replace("{name}", &signature.name)
                .replace("{date}", &signature.date)
                .replace("{review}", &signature.review_by)
        };
        let texts = [
            (word("reviewer"), signature.name.clone()),
            (word("status"), filled("statusSigned")),
            (word("reviewBy"), signature.review_by.clone()),
            (word("signature"), filled("signedText")),
        ];
        let (label, tick) = (filled("signedLabel"), word("tick"));
        let ends = self
            .sections
            .iter_mut()
            .filter(|section| matches!(section.number, 0 | 16));
        for item in ends.flat_map(|section| &mut section.items) {
            sign_item(item, &texts, &tick);
        }
        self.label = label;
    }
}

fn sign_item(item: &mut Item, texts: &[(String, String)], tick: &str) {
    if let Some((_, text)) = texts.iter().find(|(label, _)| *label == item.label) {
        item.text.clone_from(text);
        item.sources.retain(|source| source != "portal-draft");
    } else if item.label == tick {
        item.text = item.text.replace('☐', "☑");
    }
}
