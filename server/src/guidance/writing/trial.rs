//! How often a model fills gaps rightly whose answers are known.

use super::scores::Filled;
use super::{Writing, fill};
use crate::guidance::Sourced;
use crate::progress;
use khue_content::guidance::{GapKind, Lesson, trials};
use khue_content::language;
use std::collections::BTreeMap;

/// Language → kind of gap → how they were filled.
pub type Tried = BTreeMap<String, BTreeMap<GapKind, Filled>>;

/// Has a model fill the gaps of these records' own sentences.
pub fn tried(writing: &Writing, records: &[Sourced]) -> Tried {
    let mut all = Tried::new();
    let bar = progress::bar(records.len() as u64, "filling gaps");
    for record in records.iter().filter_map(|one| one.record.as_ref().ok()) {
        let lesson = Lesson::read(record);
        let code = language::detect(&lesson.bag).unwrap_or_default();
        let found = trials(&lesson, code);
        // No sentence that is asked for is among what was read.
        let asked: Vec<String> = found.iter().flat_map(|trial| trial.sentences()).collect();
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        if !found.is_empty() {
            let mut session = writing.read(record, &lesson, &asked);
            for trial in found {
                let kinds = all.entry(code.to_owned()).or_default();
                let filled = kinds.entry(trial.gap.kind).or_default();
                filled.gaps += 1;
                filled.right +=
                    usize::from(fill(&mut session, &trial.gap, None) == Some(trial.right));
                filled.by_rule += usize::from(trial.by_rule == trial.right);
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    all
}
