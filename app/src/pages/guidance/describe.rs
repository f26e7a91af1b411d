//! A lesson as a teacher describes it in the form.

use khue_content::guidance::{GuidanceRequest, Mode};
use khue_content::{Alignment, Body, BodyFormat, LearningResource, language, vocabulary};

use super::Fields;
use crate::Language;

/// Most characters of a short field.
const SHORT: usize = 300;
/// Most characters of the lesson's text.
const LONG: usize = 60_000;

/// Who has a device in class.
pub const DEVICES: [&str; 4] = ["none", "teacher", "groups", "each"];
/// The fields of the form, in order.
pub const FIELDS: [&str; 10] = [
    "name", "about", "level", "age", "textbook", "teaches", "text", "devices", "tools", "in",
];

/// What the form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    values: Vec<(&'static str, String)>,
}

impl Description {
    /// Reads the fields of the form; what is too long is cut.
    pub fn read(fields: &Fields) -> Self {
        let value = |name: &'static str| {
            let given = fields.iter().rfind(|(known, _)| known == name);
            let most = if matches!(name, "text" | "teaches") {
                LONG
            } else {
                SHORT
            };
            let text = given.map_or("", |(_, value)| value.as_str());
            (
                name,
                text.replace("\r\n", "\n").chars().take(most).collect(),
            )
        };
        Self {
            values: FIELDS.map(value).into(),
        }
    }

    /// The value of a field.
    pub fn get(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// All fields that say something, for the form of the draft.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let said = self
            .values
            .iter()
            .filter(|(_, value)| !value.trim().is_empty());
        said.map(|(name, value)| (*name, value.as_str()))
    }

    /// The language of the draft.
    pub fn language(&self, page: Language) -> Language {
        Language::from_code(self.get("in")).unwrap_or(page)
    }

    /// The lesson as a record.
    pub fn record(&self, page: Language) -> LearningResource {
        let concept = |scheme, notation: &str| {
            let found = vocabulary::find(scheme, notation);
            found
                .map(|concept| concept.id.clone())
                .into_iter()
                .collect()
        };
        let text = self.get("text");
        let written = language::detect(text).unwrap_or(page.code());
        let textbook = Alignment {
            target_name: self.get("textbook").to_owned(),
            ..Alignment::default()
        };
        let lines = self
            .get("teaches")
            .lines()
            .map(|line| line.trim_matches(['-', '–', '•', ' ', '\t']));
        LearningResource {
            name: self.get("name").to_owned(),
            about: concept("about", self.get("about")),
            educational_level: concept("educationalLevel", self.get("level")),
            typical_age_range: Some(self.get("age").to_owned()).filter(|age| !age.is_empty()),
            teaches: lines
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            educational_alignment: vec![textbook]
                .into_iter()
                .filter(|alignment| !alignment.target_name.is_empty())
                .collect(),
            in_language: vec![written.to_owned()],
            body: (!text.is_empty()).then(|| Body {
                format: BodyFormat::Markdown,
                text: text.to_owned(),
            }),
            ..LearningResource::default()
        }
    }

    /// What the draft should keep to.
    pub fn request(&self, page: Language) -> GuidanceRequest {
        GuidanceRequest {
            language: Some(self.language(page).code().to_owned()),
            most: match self.get("devices") {
                "none" => Some(Mode::TeacherOnly),
                "teacher" => Some(Mode::TeacherLed),
                _ => None,
            },
            tools: self.get("tools").to_owned(),
            ..GuidanceRequest::default()
        }
    }
}
