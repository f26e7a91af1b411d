//! How long a change takes until a search shows it, while others search.

use super::http::Connection;
use super::machine::machine;
use super::own_portal::{OwnPortal, SOURCE};
use super::search::{Corpus, derived};
use super::times::Times;
use crate::address::path_segment;
use crate::eval::{Document, as_resource};
use crate::portal::DataFolder;
use crate::progress;
use anyhow::{Context, Result, bail};
use khue_store::{Store, actions};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Between two looks whether a change can be seen.
const LOOK: Duration = Duration::from_millis(5);
/// After which a change counts as lost.
const PATIENCE: Duration = Duration::from_secs(60);
/// Different searches of the clients.
const SEARCHES: usize = 4_000;

/// What came out.
#[derive(Clone, Debug, Serialize)]
pub struct FreshFigures {
    /// What it was measured on.
    pub machine: String,
    /// Documents in the portal.
    pub documents: usize,
    /// Clients that searched meanwhile, without a pause.
    pub clients: usize,
    /// Records changed, one after the other.
    pub changes: usize,
    /// From before the change is stored until a search over HTTP shows it: median, in milliseconds.
    pub visible_p50_millis: f64,
    /// 95th percentile.
    pub visible_p95_millis: f64,
    /// The longest.
    pub visible_most_millis: f64,
    /// Searches a second of all clients together.
    pub searches_per_second: f64,
    /// Median time of a search of the clients, in milliseconds.
    pub search_p50_millis: f64,
    /// 95th percentile.
    pub search_p95_millis: f64,
}

/// Puts documents into a portal of its own, then changes records while `clients` search.
///
/// The changes come from another process than the portal, as those of an import do.
pub async fn fresh(
    corpus: &Path,
    documents: usize,
    clients: usize,
    changes: usize,
) -> Result<FreshFigures> {
    let folder = tempfile::tempdir()
        .context("cannot make a folder for the measurement; check the space in TMPDIR")?;
    let corpus = Corpus::open(corpus, documents)?;
    let mut portal = OwnPortal::create(folder.path())?;
    let spinner = progress::spinner("importing the documents");
    for chunk in corpus.chunks()? {
        portal.write(chunk?.into_iter().map(|numbered| numbered.document))?;
    }
    portal.import().await?;
    spinner.finish_and_clear();
    portal.restart().await?;
    let load = Load::start(&portal, &corpus, clients).await?;
    let visible = change_all(&portal, &corpus, changes).await;
    let (searches, seconds) = load.stop().await?;
    let visible = visible?;
    Ok(FreshFigures {
        machine: machine(),
        documents: corpus.len(),
        clients,
        changes,
        visible_p50_millis: visible.percentile(0.50),
        visible_p95_millis: visible.percentile(0.95),
        visible_most_millis: visible.percentile(1.0),
        searches_per_second: searches.count() as f64 / seconds,
        search_p50_millis: searches.percentile(0.50),
        search_p95_millis: searches.percentile(0.95),
    })
}

/// Clients that search until they are told to stop.
struct Load {
    started: Instant,
    stop: Arc<AtomicBool>,
    clients: Vec<tokio::task::JoinHandle<Result<Times>>>,
}

impl Load {
    async fn start(portal: &OwnPortal, corpus: &Corpus, clients: usize) -> Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let paths = derived(corpus.titles(), SEARCHES);
        let paths = paths.iter().map(|query| address(&query.text));
        let paths: Arc<Vec<String>> = Arc::new(paths.collect());
        if paths.is_empty() {
            bail!("the documents have no titles to search for");
        }
        let next = Arc::new(AtomicUsize::new(0));
        let mut running = Vec::new();
        for _ in 0..clients {
            let mut connection = Connection::open(portal.host()).await?;
            let (stop, paths, next) = (stop.clone(), paths.clone(), next.clone());
            running.push(tokio::spawn(async move {
                let mut times = Times::default();
                while !stop.load(Ordering::Relaxed) {
                    let path = &paths[next.fetch_add(1, Ordering::Relaxed) % paths.len()];
                    let asked = Instant::now();
                    connection.get(path).await?;
                    times.push(asked.elapsed());
                }
                Ok(times)
            }));
        }
        Ok(Self {
            started: Instant::now(),
            stop,
            clients: running,
        })
    }

    /// Times of all searches, and the seconds that they took together.
    async fn stop(self) -> Result<(Times, f64)> {
        self.stop.store(true, Ordering::Relaxed);
        let mut all = Times::default();
        for client in self.clients {
            all.extend(client.await??);
        }
        Ok((all, self.started.elapsed().as_secs_f64()))
    }
}

fn address(words: &str) -> String {
    format!("/api/v1/resources?lang=vi&q={}", path_segment(words))
}

async fn change_all(portal: &OwnPortal, corpus: &Corpus, changes: usize) -> Result<Times> {
    let store = DataFolder::new(portal.data(), None).open_store().await?;
    let mut connection = Connection::open(portal.host()).await?;
    let bar = progress::bar(changes as u64, "changing records");
    let (mut times, started) = (Times::default(), Instant::now());
    for turn in 0..changes {
        times.push(change(&store, &mut connection, corpus, turn).await?);
        progress::step(&bar, turn as u64 + 1, turn + 1, started);
        // Not in step with whatever the portal does at regular intervals.
        tokio::time::sleep(Duration::from_millis(turn as u64 * 137 % 701)).await;
    }
    bar.finish_and_clear();
    store.close().await?;
    Ok(times)
}

/// Gives one record a name with a word that no other has, and waits until a search shows it.
async fn change(
    store: &Store,
    connection: &mut Connection,
    corpus: &Corpus,
    turn: usize,
) -> Result<Duration> {
    let started = Instant::now();
    let word = rename(store, corpus, turn).await?;
    while !shows(&connection.get(&address(&word)).await?, &word) {
        if started.elapsed() > PATIENCE {
            bail!(
                "a change was not to be found {} s after it was stored: look at what the worker does with `--log-level debug`",
                PATIENCE.as_secs()
            );
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(started.elapsed())
}

/// Gives a record a name with a word that no other has: that word.
pub(super) async fn rename(store: &Store, corpus: &Corpus, turn: usize) -> Result<String> {
    let number = turn * 7_919 % corpus.len();
    let word = unheard_of(turn);
    let document = Document {
        id: number.to_string(),
        title: format!("{} {word}", corpus.titles()[number]),
        ..Document::default()
    };
    let mut record = as_resource(&document, number);
    record.provenance.source = SOURCE.to_owned();
    actions::import_batch(store, vec![record], None).await?;
    Ok(word)
}

fn shows(answer: &[u8], word: &str) -> bool {
    let answer: serde_json::Value = serde_json::from_slice(answer).unwrap_or_default();
    let name = answer["items"][0]["name"].as_str();
    name.is_some_and(|name| name.ends_with(word))
}

/// A word of letters alone, another one for each turn.
fn unheard_of(turn: usize) -> String {
    let letter = |place: u32| char::from(b'a' + (turn / 26_usize.pow(place) % 26) as u8);
    format!("zqx{}{}{}w", letter(2), letter(1), letter(0))
}

impl FreshFigures {
    /// The figures, for people.
    pub fn table(&self) -> String {
        format!(
            "{}\n{} documents, {} clients searching without a pause: {:.0} searches a second, p50 {:.1} ms, p95 {:.1} ms\n{} records changed, each visible after: p50 {:.0} ms, p95 {:.0} ms, at most {:.0} ms\n",
            self.machine,
            self.documents,
            self.clients,
            self.searches_per_second,
            self.search_p50_millis,
            self.search_p95_millis,
            self.changes,
            self.visible_p50_millis,
            self.visible_p95_millis,
            self.visible_most_millis
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_turn_has_a_word_of_its_own() {
        let words: std::collections::HashSet<String> = (0..10_000).map(unheard_of).collect();
        assert_eq!(words.len(), 10_000);
        let answer = format!(r#"{{"items":[{{"name":"Bài {}"}}]}}"#, unheard_of(3));
        assert!(shows(answer.as_bytes(), &unheard_of(3)));
        assert!(!shows(answer.as_bytes(), &unheard_of(4)) && !shows(b"", "x"));
    }
}
