//! What a connection is doing, and how long it may.

use crate::config::Limits;
use std::time::Duration;
use tokio::sync::watch;

/// What a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing has come yet.
    Silent,
    /// The head of a request is coming.
    Heading,
    /// This many answers are on their way.
    Busy(usize),
    /// It rests after an answer.
    Idle,
}

/// Notes what a connection does. Cheap to clone.
#[derive(Clone)]
pub(super) struct Pulse(watch::Sender<Phase>);

impl Pulse {
    pub(super) fn new() -> Self {
        Self(watch::Sender::new(Phase::Silent))
    }

    /// Bytes have come.
    pub(super) fn bytes_came(&self) {
        self.0.send_if_modified(|phase| {
            let begins = matches!(phase, Phase::Silent | Phase::Idle);
            if begins {
                *phase = Phase::Heading;
            }
            begins
        });
    }

    /// A request has come; its answer is on its way until what is returned is dropped.
    pub(super) fn request_came(&self) -> Answering {
        self.0.send_modify(|phase| {
            *phase = match phase {
                Phase::Busy(count) => Phase::Busy(*count + 1),
                _ => Phase::Busy(1),
            }
        });
        Answering(self.clone())
    }

    /// Ends when the connection has taken too long for what it is doing.
    pub(super) async fn too_long(&self, limits: &Limits) {
        let mut phases = self.0.subscribe();
        loop {
            let phase = *phases.borrow_and_update();
            let Some(limit) = limit(phase, limits) else {
                // The sender is held by `self`, so this waits for a change.
                let _ = phases.changed().await;
                continue;
            };
            if tokio::time::timeout(limit, phases.changed()).await.is_err() {
                tracing::debug!(?phase, "connection took too long");
                return;
            }
        }
    }
}

fn limit(phase: Phase, limits: &Limits) -> Option<Duration> {
    match phase {
        Phase::Silent => Some(limits.first_byte),
        Phase::Heading => Some(limits.header),
        Phase::Busy(_) => None,
        Phase::Idle => Some(limits.idle),
    }
}

/// An answer on its way.
pub(super) struct Answering(Pulse);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.0.send_modify(|phase| {
            *phase = match phase {
                Phase::Busy(count) if *count > 1 => Phase::Busy(*count - 1),
                _ => Phase::Idle,
            }
        });
    }
}
