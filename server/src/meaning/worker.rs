//! Vectors of resources, made while the portal already answers: the newest first.

use super::Meaning;
use super::progress::Pace;
use crate::portal::Portal;
use anyhow::Result;
use khue_content::render;
use khue_index::meaning::{Missing, key, passages};
use khue_index::vectors::{Key, Passage};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Resources looked up at a time.
const BATCH: usize = 256;
/// Vectors are made durable, and found, at least this often.
const SAVED: Duration = Duration::from_secs(5);
/// Longest rest between two looks for work.
const REST: Duration = Duration::from_secs(2);

/// Runs until it is told to stop.
pub async fn run(portal: Arc<Portal>, meaning: Arc<Meaning>, stop: CancellationToken) {
    let mut worker = Worker {
        portal,
        meaning,
        stop: stop.clone(),
        pace: None,
        unusable: HashSet::new(),
    };
    while !stop.is_cancelled() {
        match worker.round().await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(%error, "resources could not be read for their meaning; trying again")
            }
        }
        tokio::select! {
            () = tokio::time::sleep(REST) => {}
            () = stop.cancelled() => {}
        }
    }
}

struct Worker {
    portal: Arc<Portal>,
    meaning: Arc<Meaning>,
    stop: CancellationToken,
    pace: Option<Pace>,
    /// Texts that give no vector.
    unusable: HashSet<Key>,
}

impl Worker {
    /// Does some of what is to be done; `false` where nothing is.
    async fn round(&mut self) -> Result<bool> {
        let missing = self.missing().await?;
        if missing.first.is_empty() {
            self.finish().await?;
            return Ok(false);
        }
        if self.pace.is_none() {
            tracing::info!(
                waiting = missing.total,
                "reading resources for their meaning, in the background"
            );
        }
        let mut pace = self.pace.take().unwrap_or_else(Pace::new);
        let (mut waiting, mut made, mut since) = (missing.total, Vec::new(), Instant::now());
        for (id, known) in missing.first {
            if self.stop.is_cancelled() {
                break;
            }
            match self.vectors_of(&id, known).await? {
                Some(entry) => made.push(entry),
                None => _ = self.unusable.insert(known),
            }
            waiting = waiting.saturating_sub(1);
            if since.elapsed() >= SAVED {
                self.save(std::mem::take(&mut made), waiting, &mut pace)?;
                since = Instant::now();
            }
        }
        self.save(made, waiting, &mut pace)?;
        self.pace = Some(pace);
        Ok(true)
    }

    async fn missing(&self) -> Result<Missing> {
        let (index, unusable) = (self.portal.index(), &self.unusable);
        Ok(tokio::task::block_in_place(|| {
            index.without_vectors(BATCH, &|key| unusable.contains(&key))
        })?)
    }

    /// The vectors of a resource as it is now; `None` where there is nothing to read, or where it has
    /// changed and the index does not know yet.
    async fn vectors_of(&self, id: &str, known: Key) -> Result<Option<(Key, Vec<Passage>)>> {
        let Some(stored) = self.portal.store.resource(id).await? else {
            return Ok(None);
        };
        tokio::task::block_in_place(|| {
            let record = &stored.record;
            let text = record
                .body
                .as_ref()
                .map(render::plain_text)
                .unwrap_or_default();
            let key = key(record, &text);
            if key != known {
                return Ok(None);
            }
            let cut = passages(record, &text, self.meaning.settings.passages);
            let texts: Vec<&str> = cut.iter().map(|passage| passage.text.as_str()).collect();
            // Steps back while people search.
            let vectors = self.meaning.service.passages(&texts)?;
            let passages = cut.iter().zip(vectors);
            let passages: Vec<Passage> = passages
                .map(|(cut, vector)| Passage {
                    vector: vector.to_vec(),
                    place: cut.place,
                })
                .collect();
            Ok((!passages.is_empty()).then_some((key, passages)))
        })
    }

    fn save(&self, made: Vec<(Key, Vec<Passage>)>, waiting: u64, pace: &mut Pace) -> Result<()> {
        let count = made.len() as u64;
        let index = self.portal.index();
        tokio::task::block_in_place(|| -> Result<()> {
            if count > 0 {
                self.meaning.store().append(made)?;
                index.set_vectors(self.meaning.vectors())?;
            }
            Ok(())
        })?;
        self.meaning
            .tell(pace.add(count, index.with_vectors(), waiting));
        Ok(())
    }

    /// Nothing is left to do: what nobody needs any more is dropped.
    async fn finish(&mut self) -> Result<()> {
        let index = self.portal.index();
        if self.pace.take().is_some() {
            tracing::info!(
                resources = index.with_vectors(),
                "resources are found by meaning"
            );
            // While the index lags behind the store, it does not say what is needed.
            if self.portal.store.last_change().await? == index.last_change()? {
                self.tidy()?;
            }
        }
        let done = index.with_vectors();
        self.meaning.tell(super::Progress {
            done,
            waiting: 0,
            seconds_left: Some(0),
        });
        Ok(())
    }

    fn tidy(&self) -> Result<()> {
        let index = self.portal.index();
        let carries = index.carries();
        tokio::task::block_in_place(|| {
            let dropped = self.meaning.store().tidy(&carries)?;
            if dropped > 0 {
                tracing::debug!(dropped, "vectors of former versions are gone");
                index.set_vectors(self.meaning.vectors())?;
            }
            Ok(())
        })
    }
}
