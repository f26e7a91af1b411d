//! Search by words and meaning on a library of any size: vectors of documents are made up, the encoder of the
//! queries is the real one.
//!
//! Reading a million documents for their meaning takes a day; how long a search takes does not depend on what
//! their vectors say. They lie in clusters, as real ones do.

mod made_up;

use super::Times;
use super::machine::{cpu_time, machine, resident_memory};
use super::search::{Corpus, derived};
use crate::eval::as_resource;
use crate::progress;
use anyhow::{Context, Result};
use khue_content::search::SearchParams;
use khue_index::meaning::{key, query_text};
use khue_index::vectors::VectorStore;
use khue_index::{Index, IndexDocument, Writer};
use khue_inference::models::ModelFolder;
use khue_inference::{DIMENSIONS, Encoder};
use made_up::MadeUp;
use serde::Serialize;
use std::path::Path;
use std::time::Instant;

/// Results that a search asks for.
const RESULTS: usize = 20;
/// Resources whose vectors come last: about what a portal adds at a time.
const LAST: usize = 64;
/// What made-up vectors are kept under.
const MODEL: &str = "made-up@1";

/// Percentiles of processor time, in milliseconds: the same whatever else the machine does.
#[derive(Clone, Debug, Serialize)]
pub struct Percentiles {
    /// Half are quicker.
    pub p50: f64,
    /// 95 of 100 are quicker.
    pub p95: f64,
    /// 99 of 100 are quicker.
    pub p99: f64,
}

/// What came out.
#[derive(Clone, Debug, Serialize)]
pub struct MeaningFigures {
    /// Where.
    pub machine: String,
    /// Documents with one made-up vector each.
    pub documents: usize,
    /// Queries, each asked once.
    pub queries: usize,
    /// Bytes of the vectors on disk, which are mapped.
    pub vector_bytes: u64,
    /// Growth of the resident memory by opening the encoder, in bytes.
    pub encoder_bytes: u64,
    /// What the index does with new vectors and new documents.
    pub renewals: Renewals,
    /// Reading the query for its meaning.
    pub encoder: Percentiles,
    /// The nearest hundred of all vectors.
    pub nearest: Percentiles,
    /// A search by words alone.
    pub words: Percentiles,
    /// A search by words and meaning, without reading the query.
    pub both: Percentiles,
    /// Reading the query and the search by words and meaning: what a visitor waits for.
    pub whole: Percentiles,
}

/// Milliseconds of processor time until the index serves what is new.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Renewals {
    /// All vectors, as when a portal starts.
    pub all_vectors: f64,
    /// Vectors of 64 resources.
    pub few_vectors: f64,
    /// A commit of one document, without vectors.
    pub commit_alone: f64,
    /// A commit of one document, where there are vectors.
    pub commit: f64,
}

/// Builds a library of the first `limit` documents of `corpus` in `folder`, and asks it `queries` made of titles
/// on one thread.
///
/// # Errors
/// No encoder is there, or the corpus cannot be read.
pub fn meaning(
    corpus: &Path,
    limit: usize,
    queries: usize,
    folder: &Path,
) -> Result<MeaningFigures> {
    let before = resident_memory().unwrap_or_default();
    let encoder = Encoder::open(&ModelFolder::default_place())
        .context("the measurement needs the encoder; `khue models pull` fetches it")?;
    encoder.query("xin chào")?;
    let encoder_bytes = resident_memory().unwrap_or_default().saturating_sub(before);
    let corpus = Corpus::open(corpus, limit)?;
    let vectors = folder.join("vectors");
    let (words, both, renewals) = build(&corpus, folder, &vectors)?;
    let asked = derived(corpus.titles(), queries);
    let mut times = Asked::default();
    let bar = progress::bar(asked.len() as u64, "asking");
    let started = Instant::now();
    for (number, query) in asked.iter().enumerate() {
        times.ask(&query.text, &encoder, &words, &both)?;
        progress::step(&bar, number as u64 + 1, number + 1, started);
    }
    bar.finish_and_clear();
    Ok(MeaningFigures {
        machine: machine(),
        documents: corpus.len(),
        queries: asked.len(),
        vector_bytes: super::folder::size(&vectors),
        encoder_bytes,
        renewals,
        encoder: percentiles(&times.encoder),
        nearest: percentiles(&times.nearest),
        words: percentiles(&times.words),
        both: percentiles(&times.both),
        whole: percentiles(&times.whole),
    })
}

/// The library without vectors, and the same library with them.
struct WithVectors {
    index: Index,
    store: VectorStore,
}

fn build(corpus: &Corpus, folder: &Path, vectors: &Path) -> Result<(Index, WithVectors, Renewals)> {
    let words = folder.join("words");
    std::fs::create_dir_all(&words).context("check the space in TMPDIR")?;
    let mut writer = Writer::open(&words)?;
    let mut store = VectorStore::open(vectors, MODEL, DIMENSIONS)?;
    let mut made_up = MadeUp::new(DIMENSIONS);
    let bar = progress::bar(corpus.len() as u64, "building");
    let (started, mut count, mut last) = (Instant::now(), 0, Vec::new());
    for chunk in corpus.chunks()? {
        let mut entries = Vec::new();
        for numbered in chunk? {
            let record = as_resource(&numbered.document, numbered.number);
            let text = numbered.document.text.as_str();
            count += 1;
            let change = count as i64;
            let record = &record;
            writer.put(&IndexDocument {
                guidance: "",
                record,
                text,
                change,
            })?;
            entries.push((key(record, text), vec![made_up.passage(text.len())]));
        }
        if last.is_empty() {
            last = entries.split_off(entries.len().saturating_sub(LAST));
        }
        store.append(entries)?;
        progress::step(&bar, count as u64, count, started);
    }
    bar.finish_and_clear();
    writer.commit(count as i64)?;
    writer.close()?;
    let (index, alone) = (Index::open(&words)?, Index::open(&words)?);
    let mut renewals = Renewals {
        all_vectors: timed(|| Ok(index.set_vectors(store.set())?))?,
        ..Renewals::default()
    };
    store.append(last)?;
    renewals.few_vectors = timed(|| Ok(index.set_vectors(store.set())?))?;
    commit_one(corpus, &words, count)?;
    renewals.commit_alone = timed(|| Ok(alone.reload()?))?;
    renewals.commit = timed(|| Ok(index.reload()?))?;
    Ok((alone, WithVectors { index, store }, renewals))
}

/// Processor time of this thread's work, in milliseconds.
fn timed(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let started = cpu_time();
    work()?;
    Ok((cpu_time() - started).as_secs_f64() * 1e3)
}

/// Commits one more document, like the first one of the corpus.
fn commit_one(corpus: &Corpus, words: &Path, count: usize) -> Result<()> {
    let mut chunks = corpus.chunks()?;
    let first = chunks.next().context("the corpus holds no document")??;
    let numbered = first.first().context("the corpus holds no document")?;
    let mut record = as_resource(&numbered.document, numbered.number);
    record.id.push_str("-again");
    let change = count as i64 + 1;
    let mut writer = Writer::open(words)?;
    writer.put(&IndexDocument {
        guidance: "",
        record: &record,
        text: &numbered.document.text,
        change,
    })?;
    writer.commit(change)?;
    Ok(writer.close()?)
}

#[derive(Default)]
struct Asked {
    encoder: Times,
    nearest: Times,
    words: Times,
    both: Times,
    whole: Times,
}

impl Asked {
    fn ask(
        &mut self,
        text: &str,
        encoder: &Encoder,
        words: &Index,
        both: &WithVectors,
    ) -> Result<()> {
        let params = SearchParams {
            q: text.to_owned(),
            size: RESULTS,
            ..SearchParams::default()
        };
        let Some(meant) = query_text(&params) else {
            return Ok(());
        };
        let started = cpu_time();
        words.find(params.clone())?;
        self.words.push(cpu_time() - started);
        let started = cpu_time();
        let vector = encoder.query(&meant)?;
        self.encoder.push(cpu_time() - started);
        let searching = cpu_time();
        both.index.find_meant(params, &|_| Some(vector.to_vec()))?;
        self.both.push(cpu_time() - searching);
        self.whole.push(cpu_time() - started);
        let started = cpu_time();
        both.store.set().nearest(&vector, 100, |_| true);
        self.nearest.push(cpu_time() - started);
        Ok(())
    }
}

fn percentiles(times: &Times) -> Percentiles {
    Percentiles {
        p50: times.percentile(0.50),
        p95: times.percentile(0.95),
        p99: times.percentile(0.99),
    }
}
