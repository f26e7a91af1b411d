//! Syllables that say something only together.
//!
//! Vietnamese is written in syllables with spaces between them: “phân số” (fraction) is one word. A text that has “phân”
//! in one place and “số” in another has it in neither, however often. Which syllables belong together, the table of
//! terms tells (`khue_content::search::terms`).

use super::cursors::{Found, follows};
use crate::query::Plan;
use crate::translation;
use std::ops::Range;

/// What syllables count where they stand apart, beside what they count together.
pub(super) const APART: f32 = 0.5;

/// Runs of the words as typed that are one word each.
pub(super) struct Compounds(Vec<Range<usize>>);

impl Compounds {
    pub fn of(plan: &Plan) -> Self {
        if plan.translation {
            return Self(Vec::new());
        }
        let typed: Vec<_> = plan.typed_words().cloned().collect();
        Self(translation::compounds(&typed))
    }

    /// The runs whose words, by their places in `typed`, stand nowhere together in a text that has them all.
    pub fn apart<'a>(
        &'a self,
        typed: &'a [usize],
        found: &'a [Found],
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let together = |pair: &[usize]| follows(&found[pair[0]], &found[pair[1]]);
        let is_apart = move |run: &&Range<usize>| {
            let own = &typed[(*run).clone()];
            !own.windows(2).all(together)
        };
        self.0.iter().filter(is_apart).cloned()
    }
}
