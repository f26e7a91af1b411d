//! Progress without an account: kept in this browser, never sent anywhere.

mod next_steps;
mod path_desk;
mod record;
mod step_mark;
mod store;
mod stored;

/// Remembers what became of an answer to an exercise that was missed before, or now.
pub fn answered(exercise: &str, verdict: &str) {
    let mut record = store::load();
    if record.answered(exercise, verdict, store::today()) {
        store::save(&record);
    }
}
