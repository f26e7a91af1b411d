//! Suggestions while the portal runs: every new or changed record that lacks
//! something is read, and what is suggested is stored for people to decide.

use super::heads::{Example, Heads, Outcome};
use super::{Document, Embedder, Suggester, submissions};
use crate::portal::Portal;
use anyhow::{Context, Result};
use khue_content::LearningResource;
use khue_inference::models::ModelFolder;
use khue_inference::tagger::Row;
use khue_store::{Change, actions};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longest wait between two looks at the store.
const PAUSE: Duration = Duration::from_secs(5);
/// Records read from the store at a time.
const CHUNK: u64 = 50;
/// Records that are read into numbers at a time: a portal that is told to stop waits for no more.
const READ_AT_ONCE: usize = 32;
/// At most so many accepted records are learned from: the latest.
const EXAMPLES: usize = 2_000;

/// Properties that are learned from accepted records.
const LEARNED: &[&str] = &["about", "learningResourceType", "educationalLevel"];

/// How far it has come. Losing it costs time, nothing else: suggestions are made again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Progress {
    /// Number of the last change that was looked at.
    change: i64,
    /// Records that the heads were last trained on.
    learned_from: usize,
}

/// Runs until it is told to stop. Without an encoder it says so, and reads only what people send in, by rules and words.
pub async fn run(portal: Arc<Portal>, models: ModelFolder, stop: CancellationToken) {
    if let Err(error) = begin(&portal, models, &stop).await {
        tracing::warn!("no tags are suggested until the next start: {error:#}");
    }
}

async fn begin(portal: &Portal, models: ModelFolder, stop: &CancellationToken) -> Result<()> {
    let opened = tokio::task::spawn_blocking(move || Embedder::open(&models));
    let embedder = opened.await??;
    let has_model = embedder.is_some();
    if !has_model {
        tracing::info!(
            "no tags are suggested for published records without an encoder, and those for submissions come from rules \
             and words alone; `khue models pull` fetches it"
        );
    }
    let heads = Heads::new(portal.folder.root().join("heads"));
    let suggester = tokio::task::block_in_place(|| Suggester::new(embedder))?;
    let mut tagger = Tagger {
        suggester,
        heads,
        progress: Progress::default(),
        stop: stop.clone(),
    };
    tagger.progress = tagger.read(portal);
    while !stop.is_cancelled() {
        let mut more = submissions::read_some(portal, &mut tagger.suggester).await?;
        if has_model {
            more |= tagger.round(portal).await?;
        }
        if !more && !stop.is_cancelled() {
            if has_model {
                tagger.learn(portal).await?;
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = stop.cancelled() => {}
            }
        }
    }
    Ok(())
}

struct Tagger {
    suggester: Suggester,
    heads: Heads,
    progress: Progress,
    stop: CancellationToken,
}

impl Tagger {
    /// Takes the next changes; whether there may be more.
    async fn round(&mut self, portal: &Portal) -> Result<bool> {
        let changes = portal
            .store
            .changes_since(self.progress.change, CHUNK)
            .await?;
        let Some(last) = changes.last().map(|change| change.change) else {
            return Ok(false);
        };
        for change in &changes {
            if self.stop.is_cancelled() {
                return Ok(false);
            }
            // What people send in does not wait for a library that is read: somebody waits for it.
            submissions::read_some(portal, &mut self.suggester).await?;
            self.one(portal, change).await?;
        }
        self.progress.change = last;
        self.write(portal)?;
        Ok(true)
    }

    async fn one(&mut self, portal: &Portal, change: &Change) -> Result<()> {
        let Some(record) = &change.record else {
            return Ok(());
        };
        let suggested = tokio::task::block_in_place(|| self.suggester.suggest(record))?;
        // Not in this thread: its patience must not keep others from writing.
        let (store, id) = (portal.store.clone(), change.id.clone());
        let stored = async move { actions::record_suggestions(&store, &id, &suggested).await };
        match tokio::spawn(stored).await? {
            // Gone since it was read.
            Ok(_) | Err(khue_store::Error::NotFound(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Trains heads anew once a fifth more records are there than last time.
    async fn learn(&mut self, portal: &Portal) -> Result<()> {
        let last = portal.store.last_change().await?;
        let from = (last - EXAMPLES as i64).max(0);
        let changes = portal.store.changes_since(from, EXAMPLES as u64).await?;
        let records: Vec<(String, LearningResource)> = changes
            .into_iter()
            .filter_map(|change| Some((change.id, change.record?)))
            .collect();
        let grown = records.len() > self.progress.learned_from + self.progress.learned_from / 5;
        if !grown {
            return Ok(());
        }
        if !tokio::task::block_in_place(|| self.train(&records))? {
            return Ok(());
        }
        self.progress.learned_from = records.len();
        self.write(portal)
    }

    /// Trains every head; `false` where the portal stops before that is done.
    fn train(&mut self, records: &[(String, LearningResource)]) -> Result<bool> {
        let documents: Vec<Document> = records.iter().map(|(_, r)| Document::of(r)).collect();
        let mut rows = Vec::with_capacity(documents.len());
        for chunk in documents.chunks(READ_AT_ONCE) {
            if self.stop.is_cancelled() {
                return Ok(false);
            }
            rows.extend(self.suggester.rows(chunk)?);
        }
        let (model, languages) = (self.suggester.model(), self.suggester.languages()?);
        for property in LEARNED {
            let examples: Vec<Example> = records
                .iter()
                .zip(&rows)
                .filter_map(|((id, record), row)| example(property, id, record, row))
                .collect();
            let outcome = self.heads.train(property, &model, &examples, &languages)?;
            told(property, &outcome);
            if matches!(outcome, Outcome::Taken(_)) {
                self.suggester
                    .learn(property, self.heads.current(property, &model));
            }
        }
        Ok(true)
    }

    fn file(portal: &Portal) -> PathBuf {
        portal.folder.root().join("tagging.json")
    }

    fn read(&mut self, portal: &Portal) -> Progress {
        let model = self.suggester.model();
        for property in LEARNED {
            self.suggester
                .learn(property, self.heads.current(property, &model));
        }
        let text = std::fs::read(Self::file(portal)).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    fn write(&self, portal: &Portal) -> Result<()> {
        let (path, text) = (Self::file(portal), serde_json::to_vec(&self.progress)?);
        let part = path.with_extension("part");
        std::fs::write(&part, text)
            .and_then(|()| std::fs::rename(&part, &path))
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

/// A record as an example, where it has a value.
fn example(property: &str, id: &str, record: &LearningResource, row: &Row) -> Option<Example> {
    let labels = match property {
        "about" => &record.about,
        "learningResourceType" => &record.learning_resource_type,
        _ => &record.educational_level,
    };
    let labels = labels.clone();
    (!labels.is_empty()).then(|| Example {
        id: id.to_owned(),
        name: record.name.clone(),
        row: row.clone(),
        labels,
    })
}

fn told(property: &str, outcome: &Outcome) {
    match outcome {
        Outcome::TooFew(count) => {
            tracing::debug!(
                property,
                count,
                "too few accepted records to learn tags from"
            );
        }
        Outcome::Taken(version) => {
            let accuracy = version.judgement.accuracy;
            let (number, from) = (version.version, version.learned_from.len());
            tracing::info!(
                property,
                version = number,
                from,
                accuracy,
                "tags learned from accepted records"
            );
        }
        Outcome::Worse { new, old } => {
            let (new, old) = (new.accuracy, old.accuracy);
            tracing::info!(
                property,
                new,
                old,
                "what was learned anew judges worse; the former version stays"
            );
        }
    }
}
