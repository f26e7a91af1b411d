//! What is found in a file.

use crate::kind::Kind;
use crate::limits::Limit;
use crate::notice::{Notice, Reason};
use serde::{Deserialize, Serialize};

/// How reading ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "word")]
pub enum Outcome {
    /// Everything was read.
    Extracted,
    /// Something was read; notices say what was not.
    Partly {
        /// The limit that ended it, if one did.
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<Limit>,
    },
    /// It is not read on purpose.
    Refused {
        /// Why.
        #[serde(flatten)]
        reason: Reason,
    },
    /// A limit was reached before anything was read.
    LimitReached {
        /// Which.
        limit: Limit,
    },
    /// It could not be read.
    Unreadable {
        /// Why.
        #[serde(flatten)]
        reason: Reason,
    },
    /// Reading has not ended.
    #[default]
    Unfinished,
}

impl Outcome {
    /// One word for tables.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Extracted => "extracted",
            Self::Partly { .. } => "partly",
            Self::Refused { .. } => "refused",
            Self::LimitReached { .. } => "limit",
            Self::Unreadable { .. } => "unreadable",
            Self::Unfinished => "unfinished",
        }
    }

    /// Why not everything was read, in English.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Extracted | Self::Unfinished => None,
            Self::Partly { limit } => limit.map(|limit| limit.to_string()),
            Self::Refused { reason } | Self::Unreadable { reason } => Some(reason.to_string()),
            Self::LimitReached { limit } => Some(limit.to_string()),
        }
    }
}

/// What a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Metadata {
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Authors in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Keywords.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Language as the file states it, such as `vi-VN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Day of making as the file states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// Width and height in pixels, of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pixels: Option<(u32, u32)>,
}

/// A stretch of text under one heading, or on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Section {
    /// Its heading.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// Depth of the heading from 1; 0 where there is none.
    pub level: u8,
    /// Page, slide or sheet that it begins on, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// File in an archive or package that it stands in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// Its text without the heading, NFC, paragraphs between empty lines.
    pub text: String,
}

/// Words of a file that speak of a licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LicenseHint {
    /// The address or phrase: `https://creativecommons.org/licenses/by-sa/4.0/`, `CC BY 4.0`.
    pub statement: String,
    /// The words around it.
    pub context: String,
}

/// Something that was found, in the order in which it is found. A reader that is stopped has given
/// all that it found until then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// What kind of file it is.
    Kind(Kind),
    /// What it says of itself; a later one adds to an earlier one.
    Metadata(Metadata),
    /// How many pages, slides or sheets it has.
    Pages(u32),
    /// Text.
    Section(Section),
    /// Words about a licence.
    License(LicenseHint),
    /// Something noticed.
    Notice(Notice),
    /// The end.
    End(Outcome),
}

/// All that was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Document {
    /// What kind of file it is.
    pub kind: Kind,
    /// How reading ended.
    pub outcome: Outcome,
    /// What it says of itself.
    pub metadata: Metadata,
    /// Pages, slides or sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Its text.
    pub sections: Vec<Section>,
    /// Words about licences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub licenses: Vec<LicenseHint>,
    /// What was noticed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
}

impl Document {
    /// Takes the next thing found.
    pub fn take(&mut self, event: Event) {
        match event {
            Event::Kind(kind) => self.kind = kind,
            Event::Metadata(metadata) => self.metadata.add(metadata),
            Event::Pages(pages) => self.pages = Some(pages),
            Event::Section(section) => self.sections.push(section),
            Event::License(hint) => self.licenses.push(hint),
            Event::Notice(notice) => self.notices.push(notice),
            Event::End(outcome) => self.outcome = outcome,
        }
    }

    /// All text with its headings, sections between empty lines.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for section in &self.sections {
            for part in [&section.heading, &section.text] {
                if !part.is_empty() {
                    text.push_str(part);
                    text.push_str("\n\n");
                }
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    /// Whether a limit ended it.
    pub fn limit(&self) -> Option<Limit> {
        match &self.outcome {
            Outcome::LimitReached { limit } => Some(*limit),
            Outcome::Partly { limit } => *limit,
            _ => None,
        }
    }
}

impl Metadata {
    /// Adds what is not known yet.
    pub fn add(&mut self, other: Metadata) {
        let fill = |own: &mut Option<String>, new: Option<String>| {
            if own.is_none() {
                *own = new;
            }
        };
        fill(&mut self.title, other.title);
        fill(&mut self.publisher, other.publisher);
        fill(&mut self.description, other.description);
        fill(&mut self.language, other.language);
        fill(&mut self.created, other.created);
        self.pixels = self.pixels.or(other.pixels);
        let new = |own: &[String], new: Vec<String>| -> Vec<String> {
            new.into_iter().filter(|name| !own.contains(name)).collect()
        };
        let authors = new(&self.authors, other.authors);
        self.authors.extend(authors);
        let keywords = new(&self.keywords, other.keywords);
        self.keywords.extend(keywords);
    }
}
