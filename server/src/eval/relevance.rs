//! Indexes a test collection as resources and asks it the queries.

use super::collection::{Document, Query, documents};
use super::meaning::{self, ByMeaning, Cut, Meaning};
use super::measure::{Grades, ndcg, recall, reciprocal_rank};
use super::run_file::Run;
use super::shelf::records;
use super::variant::Variant;
use crate::progress;
use anyhow::{Context, Result, bail};
use khue_content::search::SearchParams;
use khue_content::{LearningResource, Provenance, language, render};
use khue_index::{Index, IndexDocument, Writer};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

/// Results that are looked at for each query.
const DEPTH: usize = 100;
/// Slowest and worst queries that are told.
const TOLD: usize = 5;

/// One query with its measures.
#[derive(Clone, Debug, Serialize)]
pub struct Judged {
    /// The query's identifier.
    pub id: String,
    /// What was typed.
    pub text: String,
    /// nDCG at 10.
    pub ndcg10: f64,
    /// Milliseconds of the search.
    pub millis: f64,
    /// How it is typed, where the queries say so.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
}

/// All queries of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Kind {
    /// What the queries call it.
    pub name: String,
    /// Queries of it.
    pub queries: usize,
    /// Mean nDCG at 10.
    pub ndcg10: f64,
}

/// What came out.
#[derive(Clone, Debug, Serialize)]
pub struct Relevance {
    /// Documents searched in.
    pub documents: usize,
    /// Queries with judgements.
    pub queries: usize,
    /// How they were typed.
    pub variant: &'static str,
    /// What was searched with besides words; `null` for words alone.
    pub meaning: Option<ByMeaning>,
    /// Why words alone were searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words_only: Option<String>,
    /// Mean nDCG at 10.
    pub ndcg10: f64,
    /// Mean recall at 10.
    pub recall10: f64,
    /// Mean recall at 100.
    pub recall100: f64,
    /// Mean reciprocal rank at 10.
    pub mrr10: f64,
    /// Share of queries without any result.
    pub zero_results: f64,
    /// Median of the time of a search, reading the query for its meaning included, in milliseconds.
    pub p50_millis: f64,
    /// 95th percentile of it.
    pub p95_millis: f64,
    /// 99th percentile of it.
    pub p99_millis: f64,
    /// The same by kind of query, where the queries have kinds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<Kind>,
    /// The slowest queries, slowest first.
    pub slowest: Vec<Judged>,
    /// The worst queries, worst first.
    pub worst: Vec<Judged>,
    /// What each query found, the best first.
    #[serde(skip)]
    pub run: Run,
}

/// Whether and how meaning is searched for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Words alone.
    pub words_only: bool,
    /// Most passages of a document that are encoded; chosen by the number of documents if `None`.
    pub passages: Option<usize>,
}

/// Indexes the corpus in `folder` and judges the queries.
pub fn judge(
    corpus: &Path,
    queries: &[Query],
    judgements: &HashMap<String, Grades>,
    variant: Variant,
    wanted: Wanted,
    folder: &Path,
) -> Result<Relevance> {
    let asked: Vec<&Query> = queries
        .iter()
        .filter(|query| judgements.contains_key(&query.id))
        .collect();
    if asked.is_empty() {
        bail!(
            "no query has a judgement: the first columns of the judgements must be the queries' identifiers"
        );
    }
    let (index, known) = indexed(corpus, folder)?;
    let search = Search::new(index, corpus, known, wanted)?;
    let bar = progress::bar(asked.len() as u64, "judging");
    let started = Instant::now();
    let mut sums = Sums::default();
    for (number, query) in asked.iter().enumerate() {
        let Some(grades) = judgements.get(&query.id) else {
            continue;
        };
        sums.add(
            query,
            search.ask(&variant.apply(&query.text))?,
            grades,
            variant,
        );
        progress::step(&bar, number as u64 + 1, number + 1, started);
    }
    bar.finish_and_clear();
    Ok(Relevance {
        meaning: search.meaning.map(|(_, told)| told),
        words_only: search.words_only,
        ..sums.relevance(known, variant)
    })
}

/// The index with the encoder, where there is one.
struct Search {
    index: Index,
    meaning: Option<(Meaning, ByMeaning)>,
    words_only: Option<String>,
}

impl Search {
    fn new(index: Index, corpus: &Path, documents: usize, wanted: Wanted) -> Result<Self> {
        let by_words = |index, reason: String| Self {
            index,
            meaning: None,
            words_only: Some(reason),
        };
        if wanted.words_only {
            return Ok(by_words(index, "--words-only".into()));
        }
        let Some(most) = meaning::per_document(documents, wanted.passages) else {
            let reason = format!(
                "{documents} documents would take long to read for their meaning; --passages 1 does it all the same"
            );
            return Ok(by_words(index, reason));
        };
        let mut opened = match Meaning::open() {
            Ok(opened) => opened,
            Err(error) => return Ok(by_words(index, format!("{error:#}"))),
        };
        let mut cut: Vec<Cut> = Vec::with_capacity(documents);
        each_resource(corpus, |record, text| {
            cut.push(meaning::cut(record, text, most));
            Ok(())
        })?;
        let told = opened.encode(&index, &cut, most)?;
        Ok(Self {
            index,
            meaning: Some((opened, told)),
            words_only: None,
        })
    }

    fn ask(&self, text: &str) -> Result<(Vec<String>, Duration)> {
        let params = SearchParams {
            q: text.to_owned(),
            size: DEPTH,
            ..SearchParams::default()
        };
        let started = Instant::now();
        let failed = RefCell::new(None);
        let page = match &self.meaning {
            Some((meaning, _)) => self.index.find_meant(params, &|text| {
                let vector = meaning.query(text);
                vector.map_err(|error| failed.replace(Some(error))).ok()
            })?,
            None => self.index.find(params)?,
        };
        if let Some(error) = failed.into_inner() {
            return Err(error);
        }
        let ids = page.items.into_iter().flat_map(|hit| {
            let versions = hit.versions.into_iter().map(|(id, ..)| id);
            std::iter::once(hit.id).chain(versions).collect::<Vec<_>>()
        });
        Ok((ids.collect(), started.elapsed()))
    }
}

/// Calls `each` with every document of the corpus as a resource, and its text.
fn each_resource(
    corpus: &Path,
    mut each: impl FnMut(&LearningResource, &str) -> Result<()>,
) -> Result<()> {
    let mut with_text = |record: &LearningResource| {
        let text = record.body.as_ref().map(render::plain_text);
        each(record, text.as_deref().unwrap_or_default())
    };
    if corpus.is_dir() {
        return records(corpus)?.iter().try_for_each(with_text);
    }
    for (number, document) in documents(corpus)?.enumerate() {
        with_text(&as_resource(&document?, number + 1))?;
    }
    Ok(())
}

fn indexed(corpus: &Path, folder: &Path) -> Result<(Index, usize)> {
    let spinner = progress::spinner("indexing the corpus");
    let mut writer = Writer::open(folder)?;
    let mut count = 0;
    each_resource(corpus, |record, text| {
        count += 1;
        writer.put(&IndexDocument {
            guidance: "",
            record,
            text,
            change: count as i64,
        })?;
        spinner.set_message(format!("indexing the corpus: {count} documents"));
        Ok(())
    })?;
    if count == 0 {
        bail!(
            "{} holds no documents: expected lines with id, title, text and lang",
            corpus.display()
        );
    }
    writer.commit(count as i64)?;
    writer.close()?;
    spinner.finish_and_clear();
    Ok((
        Index::open(folder).context("the corpus was indexed but cannot be opened")?,
        count,
    ))
}

/// A document as the resource that an import would make of it; `number` names it where it has
/// no id.
pub fn as_resource(document: &Document, number: usize) -> LearningResource {
    let id = if document.id.is_empty() {
        number.to_string()
    } else {
        document.id.clone()
    };
    let stated = Some(document.lang.as_str()).filter(|code| !code.is_empty());
    let code = stated.or_else(|| language::detect(&document.text));
    LearningResource {
        id: id.clone(),
        name: document.title.clone(),
        in_language: code.map(str::to_owned).into_iter().collect(),
        body: Some(khue_content::Body {
            format: khue_content::BodyFormat::Plain,
            text: document.text.clone(),
        }),
        provenance: Provenance {
            source: "corpus".into(),
            identifier: id,
            ..Provenance::default()
        },
        ..LearningResource::default()
    }
}

#[derive(Default)]
struct Sums {
    recall10: f64,
    recall100: f64,
    mrr10: f64,
    zero: usize,
    judged: Vec<Judged>,
    run: Run,
}

impl Sums {
    fn add(
        &mut self,
        query: &Query,
        (ids, time): (Vec<String>, Duration),
        grades: &Grades,
        variant: Variant,
    ) {
        self.recall10 += recall(&ids, grades, 10);
        self.recall100 += recall(&ids, grades, DEPTH);
        self.mrr10 += reciprocal_rank(&ids, grades, 10);
        self.zero += usize::from(ids.is_empty());
        self.judged.push(Judged {
            id: query.id.clone(),
            text: variant.apply(&query.text),
            ndcg10: ndcg(&ids, grades, 10),
            millis: time.as_secs_f64() * 1e3,
            kind: query.kind.clone(),
        });
        self.run.add(&query.id, ids);
    }

    fn relevance(mut self, documents: usize, variant: Variant) -> Relevance {
        let number = self.judged.len() as f64;
        let ndcg10 = self.judged.iter().map(|j| j.ndcg10).sum::<f64>() / number;
        let mut worst = self.judged.clone();
        worst.sort_by(|a, b| a.ndcg10.total_cmp(&b.ndcg10));
        worst.truncate(TOLD);
        self.judged.sort_by(|a, b| b.millis.total_cmp(&a.millis));
        let percentile = |share: f64| {
            let place = ((self.judged.len() - 1) as f64 * (1.0 - share)).round() as usize;
            self.judged[place].millis
        };
        Relevance {
            documents,
            queries: self.judged.len(),
            variant: variant.name(),
            meaning: None,
            words_only: None,
            ndcg10,
            recall10: self.recall10 / number,
            recall100: self.recall100 / number,
            mrr10: self.mrr10 / number,
            zero_results: self.zero as f64 / number,
            p50_millis: percentile(0.50),
            p95_millis: percentile(0.95),
            p99_millis: percentile(0.99),
            kinds: kinds(&self.judged),
            slowest: self.judged.iter().take(TOLD).cloned().collect(),
            worst,
            run: self.run,
        }
    }
}

fn kinds(judged: &[Judged]) -> Vec<Kind> {
    let mut scores: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for one in judged.iter().filter(|one| !one.kind.is_empty()) {
        scores.entry(&one.kind).or_default().push(one.ndcg10);
    }
    let kind = |(name, scores): (&str, Vec<f64>)| Kind {
        name: name.to_owned(),
        queries: scores.len(),
        ndcg10: scores.iter().sum::<f64>() / scores.len() as f64,
    };
    scores.into_iter().map(kind).collect()
}
