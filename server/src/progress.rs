//! Progress of long commands: how far, how fast, how long still.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::{Duration, Instant};

const BAR: &str = "{prefix} [{bar:32}] {percent:>3} % · {msg} · {eta} left";

/// A bar over bytes that are read.
pub fn bytes(total: u64, what: &'static str) -> ProgressBar {
    bar(total, what)
}

/// A bar over bytes that are written, in megabytes.
pub fn size(total: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(total).with_prefix(what);
    if let Ok(style) = ProgressStyle::with_template(
        "{prefix} [{bar:32}] {percent:>3} % · {bytes} of {total_bytes} · {bytes_per_sec} · {eta} left",
    ) {
        bar.set_style(style.progress_chars("━╸ "));
    }
    bar
}

/// A bar over things that are counted.
pub fn bar(total: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(total).with_prefix(what);
    if let Ok(style) = ProgressStyle::with_template(BAR) {
        bar.set_style(style.progress_chars("━╸ "));
    }
    bar
}

/// Moves a bar and tells number and rate.
pub fn step(bar: &ProgressBar, position: u64, count: usize, started: Instant) {
    bar.set_position(position.min(bar.length().unwrap_or(position)));
    let rate = count as f64 / started.elapsed().as_secs_f64().max(0.001);
    bar.set_message(format!("{count} records, {rate:.0}/s"));
}

/// Moves a bar over passages that are read.
pub fn passages(bar: &ProgressBar, done: usize, started: Instant) {
    bar.set_position(done as u64);
    let rate = done as f64 / started.elapsed().as_secs_f64().max(0.001);
    bar.set_message(format!("{done} passages, {rate:.0}/s"));
}

/// A sign of life where no end can be foreseen.
pub fn spinner(what: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(Duration::from_millis(120));
    spinner
}
