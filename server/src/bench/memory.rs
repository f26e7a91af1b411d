//! What a portal holds in memory while people use it for a long time.

use super::fresh::rename;
use super::http::Connection;
use super::machine::machine;
use super::own_portal::OwnPortal;
use super::process::usage;
use super::search::{Corpus, derived};
use super::times::Times;
use crate::address::path_segment;
use crate::portal::DataFolder;
use crate::progress;
use anyhow::{Context, Result, ensure};
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Different searches.
const SEARCHES: usize = 20_000;
/// Memory is looked at so often.
const LOOKS: u32 = 60;

/// How long, and how hard.
#[derive(Clone, Debug)]
pub struct Season {
    /// For how long.
    pub length: Duration,
    /// Clients at once.
    pub clients: usize,
    /// How long each rests between two requests.
    pub rest: Duration,
    /// Between two changes of a record.
    pub change_every: Duration,
}

/// What came out.
#[derive(Clone, Debug, Serialize)]
pub struct MemoryFigures {
    /// What it was measured on.
    pub machine: String,
    /// Documents in the portal.
    pub documents: usize,
    /// Requests of all clients.
    pub requests: usize,
    /// Records changed meanwhile.
    pub changes: usize,
    /// Median time of an answer, in milliseconds.
    pub p50_millis: f64,
    /// 95th percentile.
    pub p95_millis: f64,
    /// Seconds since the beginning, and proportional resident bytes of the portal then, mapped files included.
    pub looks: Vec<(f64, u64)>,
}

/// Puts documents into a portal of its own, with models where they are, and lets clients search, read and type while
/// records change.
///
/// # Errors
/// The documents cannot be read, or the portal does not answer as it should.
pub async fn memory(corpus: &Path, documents: usize, season: &Season) -> Result<MemoryFigures> {
    let folder = tempfile::tempdir()
        .context("cannot make a folder for the measurement; check the space in TMPDIR")?;
    let corpus = Corpus::open(corpus, documents)?;
    let mut portal = OwnPortal::create(folder.path())?;
    for chunk in corpus.chunks()? {
        portal.write(chunk?.into_iter().map(|numbered| numbered.document))?;
    }
    portal.import().await?;
    portal.restart().await?;
    let stop = Arc::new(AtomicBool::new(false));
    let clients = clients(&portal, &corpus, season, &stop).await?;
    let changing = change_until(&portal, &corpus, season, &stop);
    let (looks, changes) = tokio::join!(look(&portal, season, &stop), changing);
    let mut times = Times::default();
    for client in clients {
        times.extend(client.await??);
    }
    Ok(MemoryFigures {
        machine: machine(),
        documents: corpus.len(),
        requests: times.count(),
        changes: changes?,
        p50_millis: times.percentile(0.50),
        p95_millis: times.percentile(0.95),
        looks,
    })
}

type Client = tokio::task::JoinHandle<Result<Times>>;

async fn clients(
    portal: &OwnPortal,
    corpus: &Corpus,
    season: &Season,
    stop: &Arc<AtomicBool>,
) -> Result<Vec<Client>> {
    let words = derived(corpus.titles(), SEARCHES).into_iter();
    let words: Arc<Vec<String>> = Arc::new(words.map(|query| query.text).collect());
    ensure!(
        !words.is_empty(),
        "the documents have no titles to search for"
    );
    let mut running = Vec::new();
    for number in 0..season.clients {
        let connection = Connection::open(portal.host()).await?;
        let (words, stop, rest) = (words.clone(), stop.clone(), season.rest);
        running.push(tokio::spawn(async move {
            visit(connection, number, &words, rest, &stop).await
        }));
    }
    Ok(running)
}

/// Types, searches, narrows, opens what was found, over and over.
async fn visit(
    mut connection: Connection,
    number: usize,
    words: &[String],
    rest: Duration,
    stop: &AtomicBool,
) -> Result<Times> {
    let mut times = Times::default();
    let (mut turn, mut found) = (number * 1_009, None);
    while !stop.load(Ordering::Relaxed) {
        let path = address(turn, &words[turn / 5 % words.len()], found.take());
        let asked = Instant::now();
        let answer = connection.get(&path).await?;
        times.push(asked.elapsed());
        found = first(&answer);
        turn += 1;
        tokio::time::sleep(rest).await;
    }
    Ok(times)
}

fn address(turn: usize, words: &str, found: Option<String>) -> String {
    let typed: String = words.chars().take(4).collect();
    match turn % 5 {
        0 => format!("/api/v1/suggest?q={}", path_segment(&typed)),
        1 => format!("/search?q={}", path_segment(words)),
        2 => format!("/en/search?q={}&inLanguage=vi", path_segment(words)),
        3 => format!("/api/v1/resources?q={}", path_segment(words)),
        _ => found.map_or_else(|| "/".to_owned(), |id| format!("/resources/{id}")),
    }
}

/// The first result of an answer for programs.
fn first(answer: &[u8]) -> Option<String> {
    let answer: serde_json::Value = serde_json::from_slice(answer).ok()?;
    Some(answer["items"][0]["id"].as_str()?.to_owned())
}

async fn change_until(
    portal: &OwnPortal,
    corpus: &Corpus,
    season: &Season,
    stop: &AtomicBool,
) -> Result<usize> {
    let store = DataFolder::new(portal.data(), None).open_store().await?;
    let mut changes = 0;
    while !stop.load(Ordering::Relaxed) {
        rename(&store, corpus, changes).await?;
        changes += 1;
        tokio::time::sleep(season.change_every).await;
    }
    store.close().await?;
    Ok(changes)
}

/// Memory from the beginning to the end, which it tells everybody.
async fn look(portal: &OwnPortal, season: &Season, stop: &AtomicBool) -> Vec<(f64, u64)> {
    let bar = progress::bar(LOOKS.into(), "watching the memory");
    let (started, mut looks) = (Instant::now(), Vec::new());
    for number in 1..=LOOKS {
        tokio::time::sleep_until((started + season.length * number / LOOKS).into()).await;
        let memory = usage(portal.process()).memory;
        looks.push((started.elapsed().as_secs_f64(), memory));
        bar.set_position(number.into());
        bar.set_message(format!("{} MiB", memory >> 20));
    }
    stop.store(true, Ordering::Relaxed);
    bar.finish_and_clear();
    looks
}

impl MemoryFigures {
    /// Bytes an hour by which memory grew over the last half, by least squares: what was filled at first (caches,
    /// the model, the index's files) is left out.
    pub fn growth(&self) -> f64 {
        slope(&self.looks[self.looks.len() / 2..]) * 3600.0
    }

    /// The figures, for people.
    pub fn table(&self) -> String {
        let mib = |bytes: f64| bytes / f64::from(1 << 20);
        let mut text = format!(
            "{}\n{} documents, {} requests, p50 {:.1} ms, p95 {:.1} ms, {} records changed\n\nminutes       MiB\n",
            self.machine,
            self.documents,
            self.requests,
            self.p50_millis,
            self.p95_millis,
            self.changes
        );
        for (seconds, bytes) in self.looks.iter().skip(4).step_by(5) {
            text += &format!("{:>7.1} {:>9.0}\n", seconds / 60.0, mib(*bytes as f64));
        }
        let growth = mib(self.growth());
        text + &format!("\nover the last half {growth:+.1} MiB an hour\n")
    }
}

/// Of a line through points, by least squares; 0 where there are no two places.
fn slope(points: &[(f64, u64)]) -> f64 {
    let count = points.len().max(1) as f64;
    let mean_x = points.iter().map(|point| point.0).sum::<f64>() / count;
    let mean_y = points.iter().map(|point| point.1 as f64).sum::<f64>() / count;
    let (mut both, mut square) = (0.0, 0.0);
    for (x, y) in points {
        both += (x - mean_x) * (*y as f64 - mean_y);
        square += (x - mean_x).powi(2);
    }
    if square > 0.0 { both / square } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_told_an_hour_and_the_beginning_is_left_out() {
        let looks = |late: fn(u32) -> u64| -> Vec<(f64, u64)> {
            (0..60)
                .map(|n| {
                    (
                        f64::from(n) * 60.0,
                        if n < 30 { u64::from(n) << 24 } else { late(n) },
                    )
                })
                .collect()
        };
        let mut figures = MemoryFigures {
            machine: String::new(),
            documents: 1,
            requests: 1,
            changes: 0,
            p50_millis: 0.0,
            p95_millis: 0.0,
            looks: looks(|_| 500 << 20),
        };
        assert_eq!(figures.growth(), 0.0);
        figures.looks = looks(|n| u64::from(n) << 20);
        assert!((figures.growth() / f64::from(1 << 20) - 60.0).abs() < 1e-6);
        assert!(
            figures
                .table()
                .ends_with("over the last half +60.0 MiB an hour\n")
        );
        assert_eq!(slope(&[(1.0, 5)]), 0.0);
    }

    #[test]
    fn a_visit_goes_from_letters_to_a_resource() {
        let answer = br#"{"items":[{"id":"7"}]}"#;
        let paths: Vec<String> = (0..5)
            .map(|turn| address(turn, "phân số", first(answer)))
            .collect();
        assert!(paths[0].starts_with("/api/v1/suggest?q=ph") && paths[1].starts_with("/search?q="));
        assert_eq!(paths[4], "/resources/7");
        assert_eq!(address(4, "x", first(b"<html>")), "/");
    }
}
