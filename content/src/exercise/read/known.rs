//! Settings and the words that set them.

use crate::exercise::lines::Setting;

/// What the settings of a block say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Settings {
    pub(super) marks_ignored: bool,
    pub(super) case_matters: bool,
    pub(super) unit_required: bool,
}

impl Settings {
    pub(super) fn set(&mut self, setting: Setting, value: bool) {
        match setting {
            Setting::Marks => self.marks_ignored = value,
            Setting::Case => self.case_matters = value,
            Setting::Unit => self.unit_required = value,
            Setting::Hint | Setting::Explanation => {}
        }
    }
}

/// The usual value and the unusual one, in three languages.
const WORDS: &[(Setting, &[&str], &[&str])] = &[
    (
        Setting::Marks,
        &["phân biệt", "matter", "compter"],
        &["bỏ qua", "ignore", "ignorer"],
    ),
    (
        Setting::Case,
        &["bỏ qua", "ignore", "ignorer"],
        &["phân biệt", "matter", "compter"],
    ),
    (
        Setting::Unit,
        &["không bắt buộc", "optional", "facultative"],
        &["bắt buộc", "required", "obligatoire"],
    ),
];

/// Whether a setting is set to its unusual value; nothing for other words.
pub(super) fn value(setting: Setting, word: &str) -> Option<bool> {
    let word = word.trim().to_lowercase();
    let (_, usual, unusual) = WORDS.iter().find(|(own, ..)| *own == setting)?;
    if usual.contains(&word.as_str()) {
        return Some(false);
    }
    unusual.contains(&word.as_str()).then_some(true)
}
