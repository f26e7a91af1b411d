//! Policy as data: the files of `content/guidance`, read once.

use crate::vocabulary::Labels;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Who handles an AI tool, from strict to free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The teacher alone, away from learners.
    TeacherOnly,
    /// The teacher, before the class.
    TeacherLed,
    /// Learners, under the teacher's eyes.
    Supervised,
    /// Learners on their own.
    Independent,
}

impl Mode {
    /// Its key in the data files.
    pub fn key(self) -> &'static str {
        match self {
            Self::TeacherOnly => "teacher-only",
            Self::TeacherLed => "teacher-led",
            Self::Supervised => "supervised",
            Self::Independent => "independent",
        }
    }

    /// Whether learners themselves use the tool.
    pub fn is_learners(self) -> bool {
        self >= Self::Supervised
    }
}

/// What holds for an age.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// Short name.
    pub id: String,
    /// Notations of `educationalLevel` that belong to it.
    pub levels_of_record: Vec<String>,
    /// Age in years of its youngest learners.
    pub age: u8,
    /// Modes that are allowed; the last but `independent` is the usual one.
    pub modes: Vec<Mode>,
    /// Levels of AI use that a task may have.
    pub levels: Vec<u8>,
    /// Statements that it rests on.
    pub statements: Vec<String>,
    /// Who may use AI, and how.
    pub who: Labels,
    /// What is not allowed.
    pub forbidden: Labels,
}

/// A statement of policy with its source.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Statement {
    pub(super) id: String,
    pub(super) text: Labels,
    pub(super) source: Labels,
    #[serde(default)]
    pub(super) article: String,
    pub(super) date: String,
    pub(super) verified: bool,
}

#[derive(Deserialize)]
pub(super) struct Consent {
    pub(super) under: u8,
    pub(super) statements: Vec<String>,
    pub(super) text: Labels,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rules {
    pub(super) independent_from: u8,
    pub(super) bands: Vec<Band>,
    pub(super) consent: Vec<Consent>,
    pub(super) modes: BTreeMap<String, Labels>,
}

#[derive(Deserialize)]
pub(super) struct Level {
    pub(super) level: u8,
    pub(super) name: Labels,
    pub(super) pupil: BTreeMap<String, Labels>,
}

#[derive(Deserialize)]
pub(super) struct LicenceRule {
    pub(super) when: BTreeMap<String, bool>,
    pub(super) adapt: bool,
    pub(super) text: Labels,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Licences {
    pub(super) rules: Vec<LicenceRule>,
    pub(super) non_commercial: Labels,
    pub(super) paste_into_ai: BTreeMap<String, Labels>,
    pub(super) link_only_record: Labels,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Checklist {
    pub(super) checklist: Vec<Labels>,
    pub(super) disclosure: Vec<Labels>,
    pub(super) never_type: Vec<Labels>,
}

#[derive(Deserialize)]
pub(super) struct Verbs {
    pub(super) analyse: BTreeMap<String, Vec<String>>,
    pub(super) evaluate: BTreeMap<String, Vec<String>>,
    pub(super) create: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct Topic {
    pub(super) id: String,
    pub(super) severity: super::Severity,
    pub(super) words: BTreeMap<String, Vec<String>>,
    pub(super) advice: Labels,
}

#[derive(Deserialize)]
pub(super) struct Competences {
    pub(super) learner: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    pub(super) indicators: BTreeMap<String, String>,
    pub(super) families: BTreeMap<String, Vec<String>>,
    pub(super) strands: BTreeMap<String, Vec<String>>,
    pub(super) teacher: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(super) struct Injection {
    pub(super) commands: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) orders: Vec<String>,
    pub(super) objects: Vec<String>,
    pub(super) tokens: Vec<String>,
    pub(super) addresses: Vec<String>,
    pub(super) musts: Vec<String>,
    pub(super) verbs: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct Wording {
    pub(super) sections: Vec<Labels>,
    pub(super) words: BTreeMap<String, Labels>,
    pub(super) roles: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// All of it.
pub(super) struct Policy {
    pub(super) statements: Vec<Statement>,
    pub(super) rules: Rules,
    pub(super) levels: Vec<Level>,
    pub(super) licences: Licences,
    pub(super) checklist: Checklist,
    pub(super) verbs: Verbs,
    pub(super) topics: Vec<Topic>,
    pub(super) competences: Competences,
    pub(super) families: BTreeMap<String, Vec<String>>,
    pub(super) injection: Injection,
    pub(super) wording: Wording,
    pub(super) risks: BTreeMap<String, Labels>,
    pub(super) forms: BTreeMap<String, Form>,
}

/// Words by which a form of sentence is told, by language, and those that look like them.
#[derive(Deserialize)]
pub(super) struct Form {
    pub(super) words: BTreeMap<String, Vec<String>>,
    pub(super) not: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Statements {
    statements: Vec<Statement>,
}
#[derive(Deserialize)]
struct Levels {
    levels: Vec<Level>,
}
#[derive(Deserialize)]
struct Topics {
    topics: Vec<Topic>,
}
#[derive(Deserialize)]
struct Families {
    families: BTreeMap<String, Vec<String>>,
}
#[derive(Deserialize)]
struct Forms {
    forms: BTreeMap<String, Form>,
}
#[derive(Deserialize)]
struct Risks {
    risks: BTreeMap<String, Labels>,
}

/// Reads one of the files that are part of the program.
///
/// # Errors
/// What the JSON parser said.
fn read() -> Result<Policy, serde_json::Error> {
    macro_rules! file {
        ($name:literal) => {
            serde_json::from_str(include_str!(concat!("../../guidance/", $name, ".json")))?
        };
    }
    let statements: Statements = file!("statements");
    let levels: Levels = file!("levels");
    let topics: Topics = file!("sensitive");
    let families: Families = file!("families");
    let risks: Risks = file!("risks");
    let forms: Forms = file!("forms");
    Ok(Policy {
        statements: statements.statements,
        rules: file!("rules"),
        levels: levels.levels,
        licences: file!("licences"),
        checklist: file!("checklist"),
        verbs: file!("verbs"),
        topics: topics.topics,
        competences: file!("competences"),
        families: families.families,
        injection: file!("injection"),
        wording: file!("wording"),
        risks: risks.risks,
        forms: forms.forms,
    })
}

static POLICY: LazyLock<Option<Policy>> = LazyLock::new(|| read().ok());

/// The policy. Nothing only if a file of the program itself were broken, which a test excludes.
pub(super) fn policy() -> Option<&'static Policy> {
    POLICY.as_ref()
}

/// All bands, youngest first; the last is for records that name no age.
pub fn bands() -> &'static [Band] {
    policy().map_or(&[], |policy| &policy.rules.bands)
}

/// Text in a language, else Vietnamese.
pub(super) fn said<'a>(labels: &'a Labels, language: &str) -> &'a str {
    labels
        .get(language)
        .or_else(|| labels.get("vi"))
        .map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_files_are_read() {
        assert!(super::read().is_ok(), "{:?}", super::read().err());
    }
}
