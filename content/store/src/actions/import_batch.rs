//! Takes in many records in one transaction.

use super::change::{Changes, commit};
use super::import_run::{self, ImportProgress};
use super::write::{self, Written};
use crate::error::{Error, Result};
use crate::prepared::{Prepared, prepare};
use crate::store::Store;
use khue_content::LearningResource;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::HashSet;

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The portal's id; empty for a refused record.
    pub id: String,
    /// What happened.
    pub kind: OutcomeKind,
}

/// The kinds of [`Outcome`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutcomeKind {
    /// Its source and identifier were not known before, or had come with an import that was taken back.
    New,
    /// Known with other content; the former version is kept.
    Changed,
    /// Known with the same content; nothing was written.
    Unchanged,
    /// Source or identifier are empty, longer than 1,000 bytes or hold a NUL.
    Refused,
}

/// Stores records, keyed by `provenance.source` and `provenance.identifier`, in
/// one transaction together with the import's progress. Outcomes are in the
/// order of the batch; of two equal keys the later one wins.
pub async fn import_batch(
    store: &Store,
    batch: Vec<LearningResource>,
    progress: Option<ImportProgress>,
) -> Result<Vec<Outcome>> {
    let size = batch.len();
    let rounds = prepare_rounds(batch).await?;
    let tx = store.begin().await?;
    let (outcomes, written) = write_rounds(&tx, size, rounds).await?;
    if let Some(progress) = progress {
        import_run::save(&tx, progress, &outcomes, &written).await?;
    }
    commit(store, tx).await?;
    Ok(outcomes)
}

/// What would become of each record, in the order of the batch, as things stand.
pub(crate) async fn foresee(
    db: &impl ConnectionTrait,
    batch: Vec<LearningResource>,
) -> Result<Vec<OutcomeKind>> {
    let mut kinds = vec![OutcomeKind::Refused; batch.len()];
    let records = prepare_all(batch, std::convert::identity).await?;
    write::foresee(db, &records, &mut kinds).await?;
    Ok(kinds)
}

async fn write_rounds(
    tx: &DatabaseTransaction,
    size: usize,
    rounds: Vec<Vec<Prepared>>,
) -> Result<(Vec<Outcome>, Vec<Written>)> {
    let (id, kind) = (String::new(), OutcomeKind::Refused);
    let mut outcomes = vec![Outcome { id, kind }; size];
    let mut changes = Changes::lock(tx).await?;
    let mut written = Vec::with_capacity(size);
    for round in rounds {
        written.extend(write::round(tx, &mut changes, round, &mut outcomes).await?);
    }
    changes.save(tx).await?;
    Ok((outcomes, written))
}

/// Records of which no round has a key twice.
async fn prepare_rounds(batch: Vec<LearningResource>) -> Result<Vec<Vec<Prepared>>> {
    prepare_all(batch, split_rounds).await
}

/// Serialises, hashes and arranges off the async threads, before any lock is taken.
async fn prepare_all<T: Send + 'static>(
    batch: Vec<LearningResource>,
    arrange: fn(Vec<Prepared>) -> T,
) -> Result<T> {
    let work = move || {
        let prepared = batch.into_iter().enumerate();
        let prepared = prepared.filter_map(|(place, record)| prepare(place, record).transpose());
        prepared.collect::<Result<Vec<_>>>().map(arrange)
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|e| Error::Internal(e.to_string()))?
}

/// Splits so that no key is twice in a round.
fn split_rounds(mut left: Vec<Prepared>) -> Vec<Vec<Prepared>> {
    let mut rounds = Vec::new();
    while !left.is_empty() {
        let again = repeated(&left);
        let (later, round): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|one| again.contains(&one.place));
        rounds.push(round);
        left = later;
    }
    rounds
}

/// Places of records whose key an earlier one has.
fn repeated(records: &[Prepared]) -> HashSet<usize> {
    let mut seen = HashSet::with_capacity(records.len());
    let mut again = HashSet::new();
    for one in records {
        if !seen.insert((&one.source, &one.identifier)) {
            again.insert(one.place);
        }
    }
    again
}
