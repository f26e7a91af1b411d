//! What texts say of terms: sentences that define them, and lists of definitions.

use super::lexicon::{Lexicon, word_key};
use super::walk::Walk;
use super::{Definition, Place, define};
use crate::LearningResource;
use crate::render::{self, BlockKind};
use std::collections::{BTreeMap, BTreeSet};

/// Near texts that are read for definitions, and bytes of the longest that is.
const READ: usize = 6;
const LONGEST: usize = 60_000;

/// What is said of terms, by their first rows, and in which blocks of the text.
#[derive(Default)]
pub(super) struct Known {
    said: BTreeMap<usize, Definition>,
    /// Blocks in which the text itself defines a row.
    pub(super) blocks: BTreeSet<(usize, usize)>,
    listed: BTreeSet<usize>,
}

impl Known {
    /// What the text itself defines, in sentences and in lists of definitions.
    pub(super) fn of_text(walk: &Walk, lexicon: &Lexicon, language: &str) -> Self {
        let mut known = Self::default();
        for (number, block) in walk.blocks.iter().enumerate() {
            if block.is_prose {
                for (term, sentence) in define::definitions(&block.text, language) {
                    known.learn(row(lexicon, term, language), sentence, None, number);
                }
            }
            let told = walk.blocks[number..]
                .iter()
                .skip(1)
                .find(|next| !next.text.trim().is_empty());
            if let Some(told) = told.filter(|told| block.name == "dt" && told.name == "dd") {
                let row = row(lexicon, &block.text, language);
                known.listed.extend(row);
                known.learn(row, told.text.trim(), None, number);
            }
        }
        known
    }

    fn learn(
        &mut self,
        row: Option<usize>,
        text: &str,
        from: Option<&LearningResource>,
        block: usize,
    ) {
        let Some(row) = row else { return };
        if from.is_none() {
            self.blocks.insert((row, block));
        }
        self.said.entry(row).or_insert_with(|| Definition {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            source: from.map(|record| (record.id.clone(), record.name.clone())),
        });
    }

    /// Reads what near texts in the same language say of terms that this one does not define.
    pub(super) fn read_near(
        &mut self,
        found: &[Place],
        lexicon: &Lexicon,
        language: &str,
        near: &[LearningResource],
    ) {
        let wanted: BTreeSet<usize> = found
            .iter()
            .filter(|place| !self.says(place))
            .map(|place| place.rows[0])
            .collect();
        if wanted.is_empty() {
            return;
        }
        let same = near
            .iter()
            .filter(|record| record.main_language() == Some(language));
        let bodies = same.filter_map(|record| Some((record, record.body.as_ref()?)));
        for (record, body) in bodies
            .filter(|(_, body)| body.text.len() <= LONGEST)
            .take(READ)
        {
            for block in render::blocks(body) {
                let prose = matches!(
                    block.kind,
                    BlockKind::Paragraph
                        | BlockKind::Bullet
                        | BlockKind::Numbered
                        | BlockKind::Quotation
                );
                if !prose || block.has_math {
                    continue;
                }
                for (term, sentence) in define::definitions(&block.text, language) {
                    let row = row(lexicon, term, language).filter(|row| wanted.contains(row));
                    self.learn(row, sentence, Some(record), 0);
                }
            }
        }
    }

    /// Whether the text has it in a list of definitions.
    pub(super) fn lists(&self, place: &Place) -> bool {
        self.listed.contains(&place.rows[0])
    }

    pub(super) fn says(&self, place: &Place) -> bool {
        self.said.contains_key(&place.rows[0])
    }

    pub(super) fn definition(&self, place: &Place) -> Option<Definition> {
        self.said.get(&place.rows[0]).cloned()
    }
}

/// The first row of the table that has these words.
fn row(lexicon: &Lexicon, words: &str, language: &str) -> Option<usize> {
    let keys: Vec<String> = words
        .split_whitespace()
        .map(|word| word_key(word, language))
        .collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    lexicon.exactly(&keys)?.rows.first().copied()
}
