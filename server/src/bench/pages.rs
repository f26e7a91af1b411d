//! Search pages and suggestions over HTTP: times and answers a second at several numbers of connections.

use super::http::Connection;
use super::search::derived;
use super::times::Times;
use crate::address::path_segment;
use crate::eval::{Query, Variant};
use anyhow::{Context, Result, bail};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Pages of search results, with facets.
    SearchPages,
    /// Suggestions for what somebody has begun to type.
    Suggestions,
}

/// What came out at one number of connections.
#[derive(Debug)]
pub struct PageFigures {
    /// Connections at once.
    pub connections: usize,
    /// Answers a second.
    pub rate: f64,
    /// Times of all answers.
    pub times: Times,
    /// Bytes of all answers as sent.
    pub bytes: u64,
}

/// Asks a running portal for pages or suggestions during `length`.
///
/// The queries are made of names in its own library, with and without marks, so that the same
/// library always gets the same queries.
pub async fn pages(
    host: &str,
    wanted: Wanted,
    connections: usize,
    length: Duration,
) -> Result<PageFigures> {
    let paths = Arc::new(paths(host, wanted).await?);
    let (next, started) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut runs = Vec::new();
    for _ in 0..connections {
        let (host, paths, next) = (host.to_owned(), paths.clone(), next.clone());
        runs.push(tokio::spawn(async move {
            run(&host, &paths, &next, started + length).await
        }));
    }
    let mut figures = PageFigures {
        connections,
        rate: 0.0,
        times: Times::default(),
        bytes: 0,
    };
    for run in runs {
        let (times, bytes) = run.await??;
        figures.times.extend(times);
        figures.bytes += bytes;
    }
    figures.rate = figures.times.count() as f64 / started.elapsed().as_secs_f64();
    Ok(figures)
}

async fn run(
    host: &str,
    paths: &[String],
    next: &AtomicUsize,
    end: Instant,
) -> Result<(Times, u64)> {
    let mut connection = connect(host).await?;
    let (mut times, mut bytes) = (Times::default(), 0);
    while Instant::now() < end {
        let path = &paths[next.fetch_add(1, Ordering::Relaxed) % paths.len()];
        let asked = Instant::now();
        bytes += connection.get(path).await?.len() as u64;
        times.push(asked.elapsed());
    }
    Ok((times, bytes))
}

async fn connect(host: &str) -> Result<Connection> {
    let connection = Connection::open(host).await;
    connection.context("start the portal with `khue serve`, or name it with --host")
}

/// Different searches for names, whole and in part, some without marks or with a slip, or their
/// beginnings: more than the portal keeps answers of, so that most are made anew.
async fn paths(host: &str, wanted: Wanted) -> Result<Vec<String>> {
    let names = names(host).await?;
    let queries = derived(&names, names.len());
    if queries.is_empty() {
        bail!("the library on {host} is empty: import something first");
    }
    Ok(match wanted {
        Wanted::SearchPages => queries.into_iter().map(page_path).collect(),
        Wanted::Suggestions => names.iter().enumerate().map(suggestion_path).collect(),
    })
}

async fn names(host: &str) -> Result<Vec<String>> {
    let mut connection = connect(host).await?;
    let mut names = Vec::new();
    for page in 1..=20 {
        let path = format!("/api/v1/resources?sort=newest&size=100&page={page}&facets=none");
        let answer = connection.get(&path).await?;
        let answer: serde_json::Value = serde_json::from_slice(&answer)?;
        let items = answer["items"].as_array().cloned().unwrap_or_default();
        let named = items.iter().filter_map(|item| item["name"].as_str());
        names.extend(named.map(str::to_owned));
    }
    Ok(names)
}

fn page_path(query: Query) -> String {
    format!("/search?q={}", path_segment(&query.text))
}

/// Letters typed so far: two to fourteen, every second time without marks.
fn suggestion_path((turn, name): (usize, &String)) -> String {
    let typed: String = name.chars().take(2 + turn % 13).collect();
    let typed = match turn % 2 {
        0 => typed,
        _ => Variant::Unmarked.apply(&typed),
    };
    format!("/api/v1/suggest?q={}", path_segment(&typed))
}
