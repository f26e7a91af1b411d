//! What an import has done, told to the one who started it.

use crate::import::{Passed, Report};
use khue_store::actions::OutcomeKind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Kinds of findings that are told; the report has all.
const TOLD: usize = 12;

/// What has become of the records.
#[derive(Default)]
pub(super) struct Outcome {
    pub read: usize,
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub refused: usize,
    pub with_findings: usize,
    /// Findings by property and code: how often, and what the first one says.
    pub codes: Vec<(String, usize, String)>,
    /// Why the first records were refused.
    pub refusals: Vec<String>,
    pub report: PathBuf,
    pub reading: Duration,
    pub indexed: Option<(usize, Duration)>,
    pub resumed: bool,
    /// Number of the import; nothing in a dry run.
    pub run: Option<i64>,
}

impl Outcome {
    /// Counts what became of a batch.
    pub fn count(&mut self, kinds: &[OutcomeKind]) {
        for kind in kinds {
            match kind {
                OutcomeKind::New => self.new += 1,
                OutcomeKind::Changed => self.changed += 1,
                OutcomeKind::Unchanged => self.unchanged += 1,
                OutcomeKind::Refused => self.refused += 1,
            }
        }
    }

    /// Takes over what the report has counted.
    pub fn finish(&mut self, report: &Report, started: Instant) {
        self.refused = self.refused.max(report.refused);
        self.with_findings = report.with_findings;
        let codes = report.codes.iter();
        self.codes = codes
            .map(|(code, (count, message))| (code.clone(), *count, message.clone()))
            .collect();
        self.codes
            .sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
        self.refusals.clone_from(&report.refusals);
        self.report = report.path().to_owned();
        self.reading = started.elapsed();
    }

    /// Prints it.
    pub fn print(&self, source: &str, passed: &[Passed], dry: bool) {
        let seconds = self.reading.as_secs_f64().max(0.001);
        let rate = self.read as f64 / seconds;
        let went_on = if self.resumed {
            " (going on where the last run stopped)"
        } else {
            ""
        };
        println!(
            "Source {source}: {} {} read in {seconds:.1} s, {rate:.0} a second{went_on}",
            self.read,
            if self.read == 1 { "record" } else { "records" }
        );
        if !dry {
            println!(
                "  new {}, changed {}, unchanged {}",
                self.new, self.changed, self.unchanged
            );
        }
        println!(
            "  without a finding: {}, with findings: {}, refused: {}",
            self.read - self.with_findings - self.refused.min(self.read),
            self.with_findings,
            self.refused
        );
        self.print_reasons();
        for Passed { path, reason } in passed {
            println!("  Not read: {}: {reason}", path.display());
        }
        self.print_end(dry);
    }

    fn print_reasons(&self) {
        for refusal in &self.refusals {
            println!("    refused: {refusal}");
        }
        if self.refused > self.refusals.len() && !self.refusals.is_empty() {
            let more = self.refused - self.refusals.len();
            println!("    and {more} more that were refused");
        }
        for (code, count, message) in self.codes.iter().take(TOLD) {
            println!("    {count:>9}  {code}: {message}");
        }
        if self.codes.len() > TOLD {
            println!("    and {} more kinds", self.codes.len() - TOLD);
        }
        if self.with_findings + self.refused > 0 {
            let report = self.report.display();
            println!("  Every record with a finding, with file and line: {report}");
        }
    }

    fn print_end(&self, dry: bool) {
        if self.read == 0 && !self.resumed {
            println!("  There was no record in it: check that the file was written to the end");
        }
        match self.indexed {
            Some((taken, time)) => println!(
                "  Search index: {taken} {} taken, ready {:.1} s after the start",
                if taken == 1 { "change" } else { "changes" },
                time.as_secs_f64()
            ),
            None if dry => println!("  Dry run: nothing was stored"),
            None => {}
        }
        if let Some(run) = self.run {
            println!("  This is import {run}; `khue import --undo {run}` takes it back as a whole");
        }
    }
}
