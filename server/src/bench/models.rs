//! The encoder: time and memory for a query and a passage, what rounding costs, and the engine that comes with the weights
//! beside it, where its package is there.

mod engine;
mod texts;

pub use engine::Engine;

use super::machine::{cpu_time, resident_memory};
use anyhow::{Context, Result, ensure};
use khue_inference::models::{ModelFolder, Role};
use khue_inference::{DIMENSIONS, Encoder, Reference, Vector};
use serde::Serialize;
use std::time::{Duration, Instant};
use texts::{PASSAGES, QUERIES, passage_of, query_of};

/// Pieces of the query and of the passage whose times are taken.
const LENGTHS: (usize, usize) = (12, 200);

/// What was found, for people and as JSON.
#[derive(Debug, Serialize)]
pub struct ModelFigures {
    /// Processor, cores, memory.
    pub machine: String,
    /// Name and revision of the model.
    pub model: String,
    /// Instructions that were used.
    pub instructions: String,
    /// Pieces of the query and of the passage.
    pub pieces: (usize, usize),
    /// This program, one thread.
    pub ours: ModelTimes,
    /// Time from nothing to the first vector of a query, in milliseconds, the file in the system's cache.
    pub first_vector_ms: f64,
    /// Passages of that length a second with all cores.
    pub passages_a_second: f64,
    /// Queries a second with all cores.
    pub queries_a_second: f64,
    /// Lowest cosine between our vectors and those computed in single precision from the same weights.
    pub least_cosine: f32,
    /// The engine of the package, one thread, where it is there.
    pub engine: Option<EngineFigures>,
}

/// Milliseconds of one thread's processor time, medians, and memory.
#[derive(Debug, Serialize)]
pub struct ModelTimes {
    /// A query.
    pub query_ms: f64,
    /// A passage.
    pub passage_ms: f64,
    /// Resident memory that the model adds, in bytes.
    pub memory: Option<u64>,
}

/// The engine of the package.
#[derive(Debug, Serialize)]
pub struct EngineFigures {
    /// Its times.
    pub times: ModelTimes,
    /// Its lowest cosine to single precision.
    pub least_cosine: f32,
}

/// Measures the encoder that is in use in this folder, for about `time`, and the engine.
///
/// # Errors
/// No encoder, or an engine that can't be compiled.
pub fn models(
    folder: &ModelFolder,
    engine: Option<&Engine>,
    time: Duration,
) -> Result<ModelFigures> {
    let chosen = folder.in_use(Role::Encoder)?;
    let before = resident_memory();
    let started = Instant::now();
    let encoder = Encoder::open(folder)?;
    encoder.query(QUERIES[0])?;
    let first_vector = started.elapsed();
    let (query, passage) = (
        query_of(LENGTHS.0, &encoder),
        passage_of(LENGTHS.1, &encoder),
    );
    let mut ours = ModelTimes {
        query_ms: median(time, || encoder.query(&query).map(drop))?,
        passage_ms: median(time, || encoder.passage(&passage).map(drop))?,
        memory: None,
    };
    ours.memory = resident_memory()
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before));
    let queries_a_second = rate(time, || {
        encoder.queries(&vec![&query; 64]).map(|done| done.len())
    })?;
    let passages_a_second = rate(time, || {
        encoder.passages(&[&passage; 8]).map(|done| done.len())
    })?;
    let plain = plain_vectors(&chosen.path)?;
    let fast: Vec<Vector> = [encoder.queries(QUERIES)?, encoder.passages(PASSAGES)?].concat();
    let engine =
        engine.map(|engine| engine_figures(engine, &chosen.path, [&query, &passage], &plain, time));
    Ok(ModelFigures {
        machine: super::machine(),
        model: format!("{} ({})", encoder.name(), encoder.revision()),
        instructions: encoder.instructions().to_string(),
        pieces: LENGTHS,
        ours,
        first_vector_ms: first_vector.as_secs_f64() * 1000.0,
        passages_a_second,
        queries_a_second,
        least_cosine: least_cosine(&fast, &plain)?,
        engine: engine.transpose()?,
    })
}

fn plain_vectors(path: &std::path::Path) -> Result<Vec<Vector>> {
    let reference = Reference::open_file(path)?;
    let queries = QUERIES.iter().map(|text| reference.query(text));
    let passages = PASSAGES.iter().map(|text| reference.passage(text));
    Ok(queries.chain(passages).collect::<Result<_, _>>()?)
}

fn engine_figures(
    engine: &Engine,
    model: &std::path::Path,
    timed: [&str; 2],
    plain: &[Vector],
    time: Duration,
) -> Result<EngineFigures> {
    let seconds = time.as_secs_f64();
    let asked = [('q', timed[0], seconds), ('p', timed[1], seconds)];
    let judged = QUERIES.iter().map(|text| ('q', *text, 0.0));
    let judged = judged.chain(PASSAGES.iter().map(|text| ('p', *text, 0.0)));
    let asked: Vec<_> = asked.into_iter().chain(judged).collect();
    let (answers, memory) = engine.ask(model, &asked)?;
    let [query, passage, judged @ ..] = answers.as_slice() else {
        anyhow::bail!(
            "the engine has answered {} of {} texts",
            answers.len(),
            asked.len()
        );
    };
    let vectors: Vec<Vector> = judged.iter().map(|answer| answer.vector).collect();
    Ok(EngineFigures {
        times: ModelTimes {
            query_ms: query.ms,
            passage_ms: passage.ms,
            memory,
        },
        least_cosine: least_cosine(&vectors, plain)?,
    })
}

fn least_cosine(found: &[Vector], expected: &[Vector]) -> Result<f32> {
    ensure!(
        found.len() == expected.len(),
        "{} vectors, expected {}",
        found.len(),
        expected.len()
    );
    let cosine = |a: &Vector, b: &Vector| (0..DIMENSIONS).map(|i| a[i] * b[i]).sum::<f32>();
    let all = found.iter().zip(expected).map(|(a, b)| cosine(a, b));
    Ok(all.fold(f32::INFINITY, f32::min))
}

/// Median of the processor time of one call, in milliseconds, over calls that take about `time` together.
fn median<E>(time: Duration, mut call: impl FnMut() -> Result<(), E>) -> Result<f64>
where
    anyhow::Error: From<E>,
{
    let started = Instant::now();
    let mut times = Vec::new();
    while times.len() < 5 || started.elapsed() < time {
        let before = cpu_time();
        call()?;
        times.push((cpu_time() - before).as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    times
        .get(times.len() / 2)
        .copied()
        .context("nothing was measured")
}

/// Things a second, by the clock.
fn rate<E>(time: Duration, mut call: impl FnMut() -> Result<usize, E>) -> Result<f64>
where
    anyhow::Error: From<E>,
{
    let started = Instant::now();
    let mut count = 0;
    while count == 0 || started.elapsed() < time {
        count += call()?;
    }
    Ok(count as f64 / started.elapsed().as_secs_f64())
}
