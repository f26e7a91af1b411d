//! Records for tests.

use khue_content::{LearningResource, Link};
use khue_store::Store;
use khue_store::actions::{OutcomeKind, import_batch};

/// A record of the source `test`.
pub fn record(identifier: &str, name: &str) -> LearningResource {
    of_source("test", identifier, name)
}

pub fn of_source(source: &str, identifier: &str, name: &str) -> LearningResource {
    let mut record = LearningResource {
        name: name.into(),
        in_language: vec!["vi-VN".into()],
        ..Default::default()
    };
    record.provenance.source = source.into();
    record.provenance.identifier = identifier.into();
    record
}

/// Records `bai-0000`, `bai-0001`, …
pub fn many(number: usize, note: &str) -> Vec<LearningResource> {
    let one = |n: usize| record(&format!("bai-{n:04}"), &format!("Bài {n} {note}"));
    (0..number).map(one).collect()
}

pub fn link(id: &str, position: Option<u32>) -> Link {
    let id = id.into();
    Link {
        id,
        position,
        ..Default::default()
    }
}

/// Imports and returns ids and kinds.
pub async fn import(store: &Store, batch: Vec<LearningResource>) -> Vec<(String, OutcomeKind)> {
    let outcomes = import_batch(store, batch, None).await.unwrap();
    outcomes.into_iter().map(|one| (one.id, one.kind)).collect()
}
