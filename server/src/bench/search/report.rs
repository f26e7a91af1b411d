//! What a comparison found, as a table and as JSON.

use crate::bench::times::Times;
use serde::Serialize;

/// Everything that was measured.
#[derive(Clone, Debug, Serialize)]
pub struct SearchReport {
    /// What it was measured on.
    pub machine: String,
    /// Documents searched in.
    pub documents: usize,
    /// Different queries.
    pub queries: usize,
    /// Whether the queries were made of titles.
    pub derived: bool,
    /// Results asked for.
    pub results: usize,
    /// One for each engine that was there.
    pub engines: Vec<EngineFigures>,
    /// Engines that were not.
    pub missing: Vec<Missing>,
}

/// Figures of one engine.
#[derive(Clone, Debug, Serialize)]
pub struct EngineFigures {
    /// Its name.
    pub name: &'static str,
    /// What its times contain.
    pub contains: &'static str,
    /// Seconds until all documents could be found.
    pub build_seconds: f64,
    /// Bytes on the disk.
    pub size_bytes: u64,
    /// Proportional resident memory, mapped files included, after the last run.
    pub memory_bytes: u64,
    /// Whether the memory is by how much this process grew while searching, for want of a process
    /// of the engine's own.
    pub memory_is_growth: bool,
    /// Share of queries without any result.
    pub zero_results: f64,
    /// How well it finds, where judgements were given.
    pub relevance: Option<Relevance>,
    /// One for each number of clients.
    pub runs: Vec<RunFigures>,
}

/// How well an engine finds.
#[derive(Clone, Debug, Serialize)]
pub struct Relevance {
    /// Judged queries.
    pub queries: usize,
    /// Mean nDCG at 10.
    pub ndcg10: f64,
}

/// Times at one number of clients.
#[derive(Clone, Debug, Serialize)]
pub struct RunFigures {
    /// Clients at once.
    pub clients: usize,
    /// Queries that were answered.
    pub answered: usize,
    /// Median in milliseconds.
    pub p50_millis: f64,
    /// 95th percentile.
    pub p95_millis: f64,
    /// 99th percentile.
    pub p99_millis: f64,
    /// Queries a second.
    pub per_second: f64,
    /// Processor time of the engine for a query, in milliseconds.
    pub cpu_millis: f64,
}

impl RunFigures {
    pub(super) fn new(clients: usize, times: &Times, seconds: f64, cpu: f64) -> Self {
        let answered = times.count();
        Self {
            clients,
            answered,
            p50_millis: times.percentile(0.50),
            p95_millis: times.percentile(0.95),
            p99_millis: times.percentile(0.99),
            per_second: answered as f64 / seconds.max(1e-9),
            cpu_millis: cpu * 1e3 / answered.max(1) as f64,
        }
    }
}

/// An engine that is not installed.
#[derive(Clone, Debug, Serialize)]
pub struct Missing {
    /// Its name.
    pub name: &'static str,
    /// What to do to have it in the comparison.
    pub how_to_get: &'static str,
}

impl Missing {
    pub(super) fn new(name: &'static str, how_to_get: &'static str) -> Self {
        Self { name, how_to_get }
    }
}

impl SearchReport {
    /// The tables, for people.
    pub fn table(&self) -> String {
        let how = if self.derived {
            "made of titles"
        } else {
            "as given"
        };
        let mut text = format!(
            "{}\n{} documents, {} different queries {how}, {} results each\n\n",
            self.machine, self.documents, self.queries, self.results
        );
        text += "engine                    clients  answered    p50 ms    p95 ms    p99 ms  queries/s  CPU ms/query\n";
        for engine in &self.engines {
            engine
                .runs
                .iter()
                .for_each(|run| text += &row(engine.name, run));
        }
        text +=
            "\nengine                     build s    disk MiB  memory MiB  no result   nDCG@10\n";
        self.engines.iter().for_each(|engine| text += &engine.row());
        text += "\nWhat the times contain:\n";
        for engine in &self.engines {
            text += &format!("  {}: {}\n", engine.name, engine.contains);
        }
        text += "Memory is proportional resident memory, mapped files included; with + it is the growth of the measuring process.\n";
        for missing in &self.missing {
            text += &format!("\nNot compared: {}. {}\n", missing.name, missing.how_to_get);
        }
        text
    }
}

fn row(name: &str, run: &RunFigures) -> String {
    format!(
        "{name:<25} {:>7} {:>9} {:>9.2} {:>9.2} {:>9.2} {:>10.0} {:>13.2}\n",
        run.clients,
        run.answered,
        run.p50_millis,
        run.p95_millis,
        run.p99_millis,
        run.per_second,
        run.cpu_millis
    )
}

impl EngineFigures {
    fn row(&self) -> String {
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        let sign = if self.memory_is_growth { "+" } else { "" };
        let relevance = self.relevance.as_ref();
        format!(
            "{:<25} {:>8.1} {:>11.0} {:>11} {:>8.1} % {:>9}\n",
            self.name,
            self.build_seconds,
            mib(self.size_bytes),
            format!("{sign}{:.0}", mib(self.memory_bytes)),
            self.zero_results * 100.0,
            relevance.map_or("–".to_owned(), |found| format!("{:.4}", found.ndcg10))
        )
    }
}
