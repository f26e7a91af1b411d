//! The separate check: it sees a draft and nothing else.

use super::draft::GuidanceDraft;
use super::guard;
use super::policy::{policy, said};
use serde::{Deserialize, Serialize};

/// Longest passage of a resource, in characters, that a draft may copy.
const COPIED: usize = 400;
/// Sections whose words depend on the lesson.
const MATTER: [u8; 8] = [1, 2, 5, 6, 7, 10, 12, 15];

/// What a finding means for the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// To be read by teacher and appraiser.
    Note,
    /// The draft must be mended by a person before anybody uses it.
    Lock,
}

/// A finding of the separate check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Short name of the topic.
    pub topic: String,
    /// What it means for the draft.
    pub severity: Severity,
    /// What to do.
    pub advice: String,
    /// The word that was met.
    pub met: String,
}

/// Looks a draft through for topics that need care with minors, too much trust
/// in AI, personal data and copied passages.
pub fn inspect(draft: &GuidanceDraft) -> Vec<Warning> {
    let language = draft.in_language.as_str();
    let text = matter(draft);
    let lower = format!(" {} ", text.to_lowercase());
    let mut found = Vec::new();
    for topic in policy().map_or(&[][..], |policy| &policy.topics) {
        // A resource may be in another language than the draft.
        let mut words = topic.words.values().flatten();
        if let Some(met) = words.find(|word| stands(&lower, word)) {
            found.push(Warning {
                topic: topic.id.clone(),
                severity: topic.severity,
                advice: said(&topic.advice, language).to_owned(),
                met: met.clone(),
            });
        }
    }
    found.extend(personal(&text, language));
    found.extend(copied(draft, language));
    found
}

/// The lesson-specific words of a draft.
fn matter(draft: &GuidanceDraft) -> String {
    let sections = draft
        .sections
        .iter()
        .filter(|section| MATTER.contains(&section.number));
    let items = sections.flat_map(|section| &section.items);
    items
        .map(|item| item.words())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Whether a word stands alone.
fn stands(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        ![before, after]
            .into_iter()
            .flatten()
            .any(char::is_alphanumeric)
    })
}

fn personal(text: &str, language: &str) -> Option<Warning> {
    let met = guard::personal_data(text)?;
    let advice = match language {
        "en" => "The draft holds personal data: remove it before anybody reads on.",
        "fr" => "Le brouillon contient des données personnelles : à retirer avant toute lecture.",
        _ => "Bản nháp có dữ liệu cá nhân: gỡ đi trước khi đưa cho người khác đọc.",
    };
    Some(Warning {
        topic: "personal-data".into(),
        severity: Severity::Lock,
        advice: advice.into(),
        met: named(met, language).to_owned(),
    })
}

/// The kind of personal data in the language of the draft.
fn named<'a>(kind: &'a str, language: &str) -> &'a str {
    let names = match kind {
        "an e-mail address" => ["địa chỉ thư điện tử", "une adresse électronique"],
        "a telephone number" => ["số điện thoại", "un numéro de téléphone"],
        "an identity number" => ["số căn cước", "un numéro d’identité"],
        _ => ["họ tên người học", "le nom d’un élève"],
    };
    match language {
        "en" => kind,
        "fr" => names[1],
        _ => names[0],
    }
}

fn copied(draft: &GuidanceDraft, language: &str) -> Option<Warning> {
    let quotes = draft
        .sections
        .iter()
        .flat_map(|s| &s.items)
        .flat_map(|item| &item.quotes);
    let longest = quotes.max_by_key(|quote| quote.text.chars().count())?;
    if longest.text.chars().count() <= COPIED {
        return None;
    }
    let advice = match language {
        "en" => "A long passage of the resource is copied: shorten it.",
        "fr" => "Un long passage de la ressource est recopié : à raccourcir.",
        _ => "Bản nháp chép một đoạn dài của học liệu: rút ngắn lại.",
    };
    Some(Warning {
        topic: "copied".into(),
        severity: Severity::Lock,
        advice: advice.into(),
        met: String::new(),
    })
}
