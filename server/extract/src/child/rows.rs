//! The parent of a child that gives rows: takes them one after the other, and ends it.

use super::outside::{Ended, complaint, ended, ends_before, events, kill, most_output};
use crate::document::Outcome;
use crate::limits::Limits;
use crate::notice::Reason;
use crate::rows::RowEvent;
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// The rows of a workbook while a child reads them; the last event is always [`RowEvent::End`].
#[derive(Debug)]
pub struct Rows {
    child: Child,
    events: Option<Receiver<RowEvent>>,
    /// How long it may still be waited for the child. What its rows are used for takes its own time.
    left: Duration,
}

impl Rows {
    pub(super) fn of(mut child: Child, limits: &Limits) -> Self {
        let output = child.stdout.take();
        Self {
            events: output.map(|output| events(output, most_output(limits))),
            child,
            left: Duration::from_secs(limits.wall_seconds),
        }
    }

    /// How a child ended that did not say it.
    fn silent(&mut self, in_time: bool) -> Outcome {
        let in_time = in_time && ends_before(&mut self.child, Instant::now() + self.left);
        if !in_time {
            kill(&mut self.child);
        }
        let complaint = complaint(&mut self.child);
        let status = self.child.wait().ok();
        match ended(in_time, status, &complaint) {
            Ended::Limit(limit) => Outcome::LimitReached { limit },
            Ended::Crash(detail) => Outcome::Unreadable {
                reason: Reason::Crashed { detail },
            },
        }
    }
}

impl Iterator for Rows {
    type Item = RowEvent;

    fn next(&mut self) -> Option<RowEvent> {
        let events = self.events.as_ref()?;
        let asked = Instant::now();
        let event = events.recv_timeout(self.left);
        self.left = self.left.saturating_sub(asked.elapsed());
        let event = match event {
            Ok(event) => event,
            Err(why) => {
                self.events = None;
                RowEvent::End(self.silent(why == RecvTimeoutError::Disconnected))
            }
        };
        if matches!(event, RowEvent::End(_)) {
            self.events = None;
        }
        Some(event)
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            kill(&mut self.child);
            // It is gone either way.
            let _ = self.child.wait();
        }
    }
}
