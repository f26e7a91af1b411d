//! The words around the lesson's own, in one language, for one kind of reader.

use super::policy::{Band, policy, said};

/// Words of one language with the roles of one band put in.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// `vi`, `en` or `fr`.
    pub(super) language: &'static str,
    teacher: String,
    pupils: String,
}

impl Words {
    pub(super) fn new(language: &'static str, band: &Band) -> Self {
        let role = role(&band.id);
        let pair = policy()
            .and_then(|policy| policy.wording.roles.get(role)?.get(language))
            .cloned()
            .unwrap_or_default();
        let word = |place: usize| pair.get(place).cloned().unwrap_or_default();
        Self {
            language,
            teacher: word(0),
            pupils: word(1),
        }
    }

    /// A word or sentence of `wording.json`.
    pub(super) fn get(&self, key: &str) -> String {
        let found = policy().and_then(|policy| policy.wording.words.get(key));
        self.with_roles(found.map_or(key, |labels| said(labels, self.language)))
    }

    /// The same with `{name}` filled in.
    pub(super) fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key);
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Puts the names of teacher and learners into a text.
    pub(super) fn with_roles(&self, text: &str) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        text.replace("{gv}", &self.teacher)
            .replace("{hs}", &self.pupils)
            .replace("{Gv}", &capital(&self.teacher))
            .replace("{Hs}", &capital(&self.pupils))
    }

    /// A span of the resource between the quotation marks of the language.
    pub(super) fn quoted(&self, span: &str) -> String {
        match self.language {
            "fr" => format!("«\u{a0}{span}\u{a0}»"),
            _ => format!("“{span}”"),
        }
    }
}

/// A word of `wording.json` that names nobody.
pub(super) fn word(key: &str, language: &str) -> String {
    let found = policy().and_then(|policy| policy.wording.words.get(key));
    found
        .map_or(key, |labels| said(labels, language))
        .to_owned()
}

/// Which pair of names fits a band.
fn role(band: &str) -> &'static str {
    match band {
        "preschool" => "preschool",
        "primary-early" | "primary" => "primary",
        "lower-secondary-young" | "lower-secondary" | "upper-secondary" => "secondary",
        "vocational" => "vocational",
        "continuing" => "adult",
        "adult" => "higher",
        _ => "unknown",
    }
}

/// Which of the sentences for learners fits a band.
pub(super) fn stage(band: &str) -> &'static str {
    match band {
        "preschool" => "preschool",
        "primary-early" | "primary" => "primary",
        "lower-secondary-young" | "lower-secondary" | "upper-secondary" => "secondary",
        "unknown" => "any",
        _ => "adult",
    }
}

/// With a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
