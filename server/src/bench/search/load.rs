//! Many queries, asked by some clients at once.

use super::engine::{Client, Engine};
use super::report::RunFigures;
use crate::bench::process::usage;
use crate::bench::times::Times;
use crate::progress;
use anyhow::{Context, Result};
use indicatif::ProgressBar;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What is asked.
pub(super) struct Load {
    /// Each is asked once.
    pub queries: Arc<Vec<String>>,
    /// Asked first by every client, without being measured.
    pub warm_up: Arc<Vec<String>>,
    /// Clients at once.
    pub clients: usize,
    /// After it nobody asks any more.
    pub length: Option<Duration>,
    /// Whether the answers are wanted.
    pub keep: bool,
}

/// What came out.
pub(super) struct Run {
    pub figures: RunFigures,
    /// One for each query; `None` where time was over or answers were not wanted.
    pub answers: Vec<Option<Vec<usize>>>,
}

/// Answers with the numbers of their queries.
type Kept = Vec<(usize, Vec<usize>)>;

impl Load {
    pub async fn run(self, engine: &dyn Engine) -> Result<Run> {
        let mut clients = Vec::new();
        for _ in 0..self.clients {
            let mut client = engine.client().await?;
            for query in self.warm_up.iter() {
                client.ask(query).await?;
            }
            clients.push(client);
        }
        let bar = progress::bar(self.queries.len() as u64, engine.name());
        let (cpu, started) = (usage(engine.process()).cpu, Instant::now());
        let next = Arc::new(AtomicUsize::new(0));
        let mut asking = Vec::new();
        for client in clients {
            let asker = Asker {
                queries: self.queries.clone(),
                next: next.clone(),
                end: self.length.map(|length| started + length),
                keep: self.keep,
                bar: bar.clone(),
                started,
            };
            asking.push(tokio::spawn(asker.ask_all(client)));
        }
        let (mut times, mut answers) = (Times::default(), vec![None; self.queries.len()]);
        for one in asking {
            let (its_times, kept) = one.await??;
            times.extend(its_times);
            kept.into_iter()
                .for_each(|(number, answer)| answers[number] = Some(answer));
        }
        let seconds = started.elapsed().as_secs_f64();
        let cpu = usage(engine.process()).cpu - cpu;
        bar.finish_and_clear();
        let figures = RunFigures::new(self.clients, &times, seconds, cpu);
        Ok(Run { figures, answers })
    }
}

struct Asker {
    queries: Arc<Vec<String>>,
    next: Arc<AtomicUsize>,
    end: Option<Instant>,
    keep: bool,
    bar: ProgressBar,
    started: Instant,
}

impl Asker {
    async fn ask_all(self, mut client: Box<dyn Client>) -> Result<(Times, Kept)> {
        let (mut times, mut kept) = (Times::default(), Vec::new());
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let over = self.end.is_some_and(|end| Instant::now() > end);
            let Some(query) = self.queries.get(number).filter(|_| !over) else {
                return Ok((times, kept));
            };
            let asked = Instant::now();
            let answer = client.ask(query).await;
            times.push(asked.elapsed());
            let answer = answer.with_context(|| format!("the query was `{query}`"))?;
            if self.keep {
                kept.push((number, answer.numbers()?));
            }
            if number.is_multiple_of(50) {
                progress::step(&self.bar, number as u64, number, self.started);
            }
        }
    }
}
