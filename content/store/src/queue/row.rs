//! Jobs as they are handed out and shown.

use crate::job::Job;
use crate::tables::job::Model;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for its time and a worker.
    Queued,
    /// A worker has it.
    Running,
    /// Has ended well.
    Done,
    /// Was given up.
    Failed,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Running => "running",
            State::Done => "done",
            State::Failed => "failed",
        }
    }

    fn from_name(name: &str) -> State {
        let all = [State::Queued, State::Running, State::Done];
        all.into_iter()
            .find(|state| state.name() == name)
            .unwrap_or(State::Failed)
    }
}

/// A job that a worker has taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Its number.
    pub id: i64,
    /// What to do.
    pub job: Job,
    /// How often it was tried, this time included.
    pub attempts: i32,
}

/// A job as it is shown to an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Its number.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// Payload as JSON.
    pub payload: String,
    /// Where it stands.
    pub state: State,
    /// How often it was tried.
    pub attempts: i32,
    /// Not before this time.
    pub run_after: i64,
    /// Why it failed the last time.
    pub last_error: Option<String>,
    /// When it was enqueued.
    pub created_at: i64,
    /// When it was last started.
    pub started_at: Option<i64>,
    /// When it ended.
    pub finished_at: Option<i64>,
}

impl From<Model> for JobRow {
    fn from(row: Model) -> JobRow {
        JobRow {
            state: State::from_name(&row.state),
            id: row.id,
            kind: row.kind,
            payload: row.payload,
            attempts: row.attempts,
            run_after: row.run_after,
            last_error: row.last_error,
            created_at: row.created_at,
            started_at: row.started_at,
            finished_at: row.finished_at,
        }
    }
}
