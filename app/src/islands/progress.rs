//! Progress without an account: kept in this browser, never sent anywhere.

mod path_desk;
pub(super) mod record;
mod step_mark;
mod store;

pub use path_desk::{PathDesk, PathDeskProps};
pub use step_mark::{StepMark, StepMarkProps};

/// Remembers what became of an answer to an exercise that was missed before, or now.
pub(super) fn answered(exercise: &str, verdict: &str) {
    let mut record = store::load();
    if record.answered(exercise, verdict, store::today()) {
        store::save(&record);
    }
}
