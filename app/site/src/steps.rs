//! Steps of a command as people see them: what runs, how long it took, what is missing.

use std::{
    fmt,
    time::{Duration, Instant},
};

use anyhow::Result;

/// The steps of one command; its `Display` is the summary.
pub(crate) struct Steps {
    command: &'static str,
    started: Instant,
    done: Vec<(String, Duration, bool)>,
    notes: Vec<(&'static str, String, String)>,
}

impl Steps {
    pub(crate) fn new(command: &'static str) -> Self {
        Self {
            command,
            started: Instant::now(),
            done: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Runs a step and notes its time and whether it succeeded.
    pub(crate) fn run<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        println!("\n── {name}");
        let started = Instant::now();
        let result = work();
        let (time, well) = (started.elapsed(), result.is_ok());
        println!(
            "── {name}: {} after {}",
            if well { "done" } else { "failed" },
            seconds(time)
        );
        self.done.push((name.to_owned(), time, well));
        result
    }

    /// Notes what could not be had, why, and what follows from it.
    pub(crate) fn missing(&mut self, what: &str, why: &str) {
        self.note("missing", what, why);
    }

    /// Notes what comes later, and how.
    pub(crate) fn later(&mut self, what: &str, how: &str) {
        self.note("later", what, how);
    }

    fn note(&mut self, kind: &'static str, what: &str, why: &str) {
        println!("   {kind}: {what}: {why}");
        self.notes.push((kind, what.to_owned(), why.to_owned()));
    }
}

impl fmt::Display for Steps {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(to, "\n{}", self.command)?;
        for (name, time, well) in &self.done {
            let mark = if *well { "" } else { "  FAILED" };
            writeln!(to, "  {:>9}  {name}{mark}", seconds(*time))?;
        }
        write!(to, "  {:>9}  all", seconds(self.started.elapsed()))?;
        for (kind, what, why) in &self.notes {
            write!(to, "\n  {kind:<9}  {what}: {why}")?;
        }
        Ok(())
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_failures_and_what_is_missing() {
        let mut steps = Steps::new("cargo start");
        let value = steps.run("first", || Ok(2)).unwrap();
        let error = steps
            .run("second", || anyhow::bail!("no space left"))
            .map(|()| 0)
            .unwrap_err();
        steps.later("packs", "in the background");
        steps.missing("browser", "not installed: no journeys");
        let text = steps.to_string();
        assert_eq!((value, error.to_string().as_str()), (2, "no space left"));
        assert!(text.contains("0.0 s  first\n"), "{text}");
        assert!(text.contains("0.0 s  second  FAILED\n"), "{text}");
        assert!(
            text.contains("\n  later      packs: in the background\n"),
            "{text}"
        );
        assert!(
            text.ends_with("missing    browser: not installed: no journeys"),
            "{text}"
        );
    }
}
