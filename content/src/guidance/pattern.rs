//! Patterns for what depends on the lesson, written by teachers' hands.

use super::policy::Mode;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Texts by field, such as `teacher` or `prompt`.
pub(super) type Fields = BTreeMap<String, String>;

/// A pattern with its conditions.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pattern {
    /// Short name, unique.
    pub id: String,
    /// What it is for: `opening`, `prompt`, `check`, …
    pub part: String,
    /// Subject families that it suits.
    pub families: Vec<String>,
    /// Modes of use that it suits.
    pub modes: Vec<Mode>,
    /// Slots that must be filled.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Kind of claim (checks) or of thinking (tasks).
    #[serde(default)]
    pub kind: String,
    /// Level of AI use of the learners' task; 0 where there is none.
    #[serde(default)]
    pub level: u8,
    /// Kinds of resource that it suits; empty for any.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Bands that it suits; empty for any.
    #[serde(default)]
    pub bands: Vec<String>,
    /// Whether it has somebody change the text of the resource.
    #[serde(default)]
    pub adapts: bool,
    /// Whether the topic must be a kind of thing: not somebody, a place or a work by name.
    #[serde(default)]
    pub thing: bool,
    /// Whether the term must be a word with a meaning: nobody’s name.
    #[serde(default)]
    pub meaning: bool,
    /// Figures of the claim that it suits (checks): `unit`, `year`, `count`; empty for any.
    #[serde(default)]
    pub figures: Vec<String>,
    /// Forms of the claim (checks) or the sentence that it suits, such as `condition`; empty for any.
    #[serde(default)]
    pub forms: Vec<String>,
    /// What the task asks for that it suits, such as `compute`; empty for any.
    #[serde(default)]
    pub tasks: Vec<String>,
    /// Name of its risk note.
    #[serde(default)]
    pub risk: String,
    /// Its texts by language, then by field.
    pub text: BTreeMap<String, Fields>,
}

impl Pattern {
    /// Its fields in a language.
    pub(super) fn fields(&self, language: &str) -> Option<&Fields> {
        self.text.get(language).or_else(|| self.text.get("vi"))
    }

    /// All its words in a language, for comparing meanings.
    pub fn words(&self, language: &str) -> String {
        let fields = self.fields(language).into_iter().flat_map(|f| f.values());
        fields.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

const FILES: [&str; 14] = [
    include_str!("../../guidance/patterns/opening.json"),
    include_str!("../../guidance/patterns/building.json"),
    include_str!("../../guidance/patterns/practice.json"),
    include_str!("../../guidance/patterns/application.json"),
    include_str!("../../guidance/patterns/purpose.json"),
    include_str!("../../guidance/patterns/prompts.json"),
    include_str!("../../guidance/patterns/checks.json"),
    include_str!("../../guidance/patterns/equity.json"),
    include_str!("../../guidance/patterns/thinking.json"),
    include_str!("../../guidance/patterns/after.json"),
    include_str!("../../guidance/patterns/sentences.json"),
    include_str!("../../guidance/patterns/terms.json"),
    include_str!("../../guidance/patterns/choices.json"),
    include_str!("../../guidance/patterns/described.json"),
];

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let read = |text| serde_json::from_str::<Vec<Pattern>>(text).unwrap_or_default();
    FILES.into_iter().flat_map(read).collect()
});

/// All patterns, in the order of the files.
pub fn patterns() -> &'static [Pattern] {
    &PATTERNS
}
