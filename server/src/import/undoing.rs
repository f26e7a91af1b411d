//! An import taken back, part after part.

use anyhow::Result;
use khue_store::Store;
use khue_store::actions::{Fate, UndoRow, undo_import_part};

/// Takes back what is left of an import that somebody has begun to take back, and tells of each part.
pub async fn undo_import(store: &Store, run: i64, mut told: impl FnMut(&[UndoRow])) -> Result<()> {
    loop {
        let part = undo_import_part(store, run).await?;
        if part.is_empty() {
            return Ok(());
        }
        told(&part);
    }
}

/// How many records meet each fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UndoCounts([u64; Fate::ALL.len()]);

impl UndoCounts {
    /// Counts one more, and gives how many there are of its kind.
    pub fn add(&mut self, fate: Fate) -> u64 {
        let count = &mut self.0[fate as usize];
        *count += 1;
        *count
    }

    /// How many meet this fate.
    pub fn of(&self, fate: Fate) -> u64 {
        self.0[fate as usize]
    }

    /// How many there are.
    pub fn all(&self) -> u64 {
        self.0.iter().sum()
    }
}
