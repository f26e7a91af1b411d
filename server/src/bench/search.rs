//! The same queries over the same documents, asked of the portal and of its peers.

mod corpus;
mod engine;
mod khue;
mod load;
mod report;
mod sql;
mod typesense;
mod ways;

pub use corpus::Corpus;
pub use engine::{Answer, Client, Engine, Engines};
pub use report::{EngineFigures, Missing, Relevance, RunFigures, SearchReport};
pub(in crate::bench) use ways::derived;

use super::machine::machine;
use super::process::usage;
use crate::eval::{Grades, Query, ndcg};
use crate::progress;
use anyhow::{Context, Result, bail};
use load::{Load, Run};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Results that each query asks for.
pub const RESULTS: usize = 20;
/// Queries that are made of titles where none are given.
const DERIVED: usize = 2_000;
/// Queries that nobody measures, asked first.
const WARM_UP: usize = 40;

/// What to measure.
#[derive(Debug)]
pub struct Comparison {
    /// Documents, as JSON Lines.
    pub corpus: PathBuf,
    /// Only so many of them.
    pub documents: usize,
    /// Queries; made of the documents' titles where there are none.
    pub queries: Option<Vec<Query>>,
    /// Judgements, to tell how well each finds.
    pub judgements: Option<HashMap<String, Grades>>,
    /// Numbers of clients at once, one after the other.
    pub clients: Vec<usize>,
    /// Longest time for one run.
    pub length: Duration,
    /// Which engines.
    pub engines: Vec<Engines>,
    /// The program of Typesense, where it is not on the PATH.
    pub typesense: Option<PathBuf>,
}

/// Builds, asks and measures one engine after the other, so that none disturbs another.
pub async fn search(comparison: &Comparison) -> Result<SearchReport> {
    let corpus = Corpus::open(&comparison.corpus, comparison.documents)?;
    let asked = asked(comparison, &corpus)?;
    let mut report = SearchReport {
        machine: machine(),
        documents: corpus.len(),
        queries: asked.len(),
        derived: comparison.queries.is_none(),
        results: RESULTS,
        engines: Vec::new(),
        missing: Vec::new(),
    };
    for kind in &comparison.engines {
        let folder = tempfile::tempdir()
            .context("cannot make a folder for the measurement; check the space in TMPDIR")?;
        let started = engine::start(*kind, folder.path(), comparison.typesense.as_deref()).await?;
        match started {
            Ok(engine) => {
                let measured = measure(engine, &corpus, &asked, comparison).await;
                let figures = measured.with_context(|| format!("while measuring {}", kind.name()));
                report.engines.push(figures?);
            }
            Err(missing) => report.missing.push(missing),
        }
    }
    Ok(report)
}

/// The queries, each once: an answer that is kept would be no measurement.
fn asked(comparison: &Comparison, corpus: &Corpus) -> Result<Vec<Query>> {
    let mut queries = match &comparison.queries {
        Some(queries) => queries.clone(),
        None => derived(corpus.titles(), DERIVED),
    };
    if let Some(judged) = &comparison.judgements {
        queries.retain(|query| judged.contains_key(&query.id));
    }
    let mut seen = std::collections::HashSet::new();
    queries.retain(|query| !query.text.trim().is_empty() && seen.insert(query.text.clone()));
    if queries.is_empty() {
        bail!(
            "there is no query to ask: give --queries with judged queries, or documents with titles"
        );
    }
    Ok(queries)
}

async fn measure(
    mut engine: Box<dyn Engine>,
    corpus: &Corpus,
    queries: &[Query],
    comparison: &Comparison,
) -> Result<EngineFigures> {
    let build = build(engine.as_mut(), corpus).await?;
    let texts: Arc<Vec<String>> = Arc::new(queries.iter().map(|q| q.text.clone()).collect());
    let warm_up = derived(corpus.titles(), WARM_UP);
    let warm_up = Arc::new(
        warm_up
            .into_iter()
            .map(|q| format!("{} a", q.text))
            .collect(),
    );
    let before = usage(engine.process()).memory;
    let (mut runs, mut answers, mut memory) = (Vec::new(), Vec::new(), 0);
    for (number, &clients) in comparison.clients.iter().enumerate() {
        engine.before_run().await?;
        let judging = number == 0 && comparison.judgements.is_some();
        let load = Load {
            queries: texts.clone(),
            warm_up: Arc::clone(&warm_up),
            clients,
            // Judging needs every answer.
            length: (!judging).then_some(comparison.length),
            keep: number == 0,
        };
        let Run {
            figures,
            answers: kept,
        } = load.run(engine.as_ref()).await?;
        runs.push(figures);
        if number == 0 {
            answers = kept;
        }
        memory = usage(engine.process()).memory.max(memory);
    }
    let own = engine.process() == std::process::id();
    let relevance = comparison.judgements.as_ref();
    Ok(EngineFigures {
        name: engine.name(),
        contains: engine.contains(),
        build_seconds: build.as_secs_f64(),
        size_bytes: engine.size().await?,
        memory_bytes: if own {
            memory.saturating_sub(before)
        } else {
            memory
        },
        memory_is_growth: own,
        zero_results: share(&answers, Vec::is_empty),
        relevance: relevance.map(|judged| judge(queries, &answers, judged, corpus)),
        runs,
    })
}

/// Time in which the engine took the documents; reading them from the file is not counted.
async fn build(engine: &mut dyn Engine, corpus: &Corpus) -> Result<Duration> {
    let bar = progress::bar(corpus.len() as u64, engine.name());
    let (started, mut time, mut count) = (Instant::now(), Duration::ZERO, 0);
    for chunk in corpus.chunks()? {
        let chunk = chunk?;
        count += chunk.len();
        let put = Instant::now();
        engine.put(chunk).await?;
        time += put.elapsed();
        progress::step(&bar, count as u64, count, started);
    }
    let finish = Instant::now();
    engine.finish().await?;
    bar.finish_and_clear();
    Ok(time + finish.elapsed())
}

fn share(answers: &[Option<Vec<usize>>], what: impl Fn(&Vec<usize>) -> bool) -> f64 {
    let given: Vec<&Vec<usize>> = answers.iter().flatten().collect();
    let number = given.iter().filter(|answer| what(answer)).count();
    number as f64 / given.len().max(1) as f64
}

fn judge(
    queries: &[Query],
    answers: &[Option<Vec<usize>>],
    judged: &HashMap<String, Grades>,
    corpus: &Corpus,
) -> Relevance {
    let mut sum = 0.0;
    for (query, answer) in queries.iter().zip(answers) {
        let numbers = answer.iter().flatten();
        let ids: Vec<String> = numbers
            .filter_map(|n| corpus.id(*n))
            .map(str::to_owned)
            .collect();
        sum += judged
            .get(&query.id)
            .map_or(0.0, |grades| ndcg(&ids, grades, 10));
    }
    Relevance {
        queries: queries.len(),
        ndcg10: sum / queries.len() as f64,
    }
}
