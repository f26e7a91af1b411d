//! What a model proposes for a record, and why. A suggestion never changes a
//! record: a person accepts it, changes it or declines it.

mod applying;

pub use applying::{add_value, value_of};

use serde::{Deserialize, Serialize};

/// A value proposed for one property of one record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Suggestion {
    /// Name of the property (`about`, `educationalLevel`, …).
    pub property: String,
    /// The proposed value: a concept's URI, a language code, a keyword.
    pub value: String,
    /// How sure the model is, 0 to 1: of suggestions with 0.8, four of five are right.
    pub confidence: f64,
    /// What speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
    /// What proposed it: the name of a model, or `rules` where words alone decided.
    pub model: String,
    /// The revision of the model, and of what it has learned.
    pub revision: String,
}

/// Something that speaks for a suggestion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Evidence {
    /// A sentence of the record that says so.
    Sentence {
        /// The sentence.
        text: String,
        /// Where it stands: `name`, `description` or `body`.
        property: String,
        /// First byte within the plain text of that property.
        start: usize,
        /// Byte behind the last.
        end: usize,
    },
    /// Words that name it.
    Words {
        /// The words, as written.
        text: String,
    },
    /// A record like this one whose value a person has accepted.
    #[serde(rename_all = "camelCase")]
    Similar {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
}

impl Evidence {
    /// The words of it.
    pub fn text(&self) -> &str {
        match self {
            Self::Sentence { text, .. } | Self::Words { text } => text,
            Self::Similar { name, .. } => name,
        }
    }
}

impl Suggestion {
    /// The reason in a form that can be compared: what was declined for a reason
    /// is not offered again for the same one, whatever model finds it.
    ///
    /// ```
    /// use khue_content::{Evidence, Suggestion};
    /// let offered = |words: &str| Suggestion {
    ///     evidence: vec![Evidence::Words { text: words.into() }],
    ///     ..Suggestion::default()
    /// };
    /// assert_eq!(offered("Lớp  8").reason(), offered("lớp 8 ").reason());
    /// assert_ne!(offered("lớp 8").reason(), offered("lớp 9").reason());
    /// ```
    pub fn reason(&self) -> String {
        let first = self
            .evidence
            .first()
            .map(Evidence::text)
            .unwrap_or_default();
        let words: Vec<&str> = first.split_whitespace().collect();
        words.join(" ").to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_read_back_as_it_was_written() {
        let suggestion = Suggestion {
            property: "about".into(),
            value: "https://w3id.org/khue/about/toan".into(),
            confidence: 0.9,
            evidence: vec![
                Evidence::Sentence {
                    text: "Rút gọn phân số.".into(),
                    property: "body".into(),
                    start: 3,
                    end: 22,
                },
                Evidence::Similar {
                    id: "a".into(),
                    name: "Phân số".into(),
                },
            ],
            model: "multilingual-e5-small".into(),
            revision: "1".into(),
        };
        let text = serde_json::to_string(&suggestion).unwrap();
        assert!(text.contains("\"kind\":\"sentence\""), "{text}");
        assert_eq!(
            serde_json::from_str::<Suggestion>(&text).unwrap(),
            suggestion
        );
    }
}
