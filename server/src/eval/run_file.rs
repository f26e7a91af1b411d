//! What every query found, as a file that other programs of judging read.

use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Results of all queries, in the order in which they were asked.
#[derive(Clone, Debug, Default)]
pub struct Run(Vec<(String, Vec<String>)>);

impl Run {
    /// Adds what a query found, the best first.
    pub fn add(&mut self, query: &str, documents: Vec<String>) {
        self.0.push((query.to_owned(), documents));
    }

    /// Writes the six columns of a TREC run, between tabs: query, `Q0`, document, rank from 1, score, name of
    /// the run. The score falls with the rank and means nothing else.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let file = File::create(path)
            .with_context(|| format!("cannot write {}: check the folder", path.display()))?;
        let mut out = BufWriter::new(file);
        for (query, documents) in &self.0 {
            for (place, document) in documents.iter().enumerate() {
                let (rank, score) = (place + 1, 1.0 / (place + 1) as f64);
                writeln!(out, "{query}\tQ0\t{document}\t{rank}\t{score:.6}\tkhue")?;
            }
        }
        out.flush()
            .with_context(|| format!("cannot write {}: is the disk full?", path.display()))
    }
}
