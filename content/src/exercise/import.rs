//! Exercises from other programs' files: GIFT (Moodle), QTI 3 items, H5P question types.
//!
//! What has no equal here is never dropped silently: the report names it and where it is.

mod gift;
mod h5p;
mod markup;
mod qti;

pub use gift::from_gift;
pub use h5p::from_h5p;
pub use qti::from_qti;

use super::{Exercise, NumberAnswer, Task, TextKey, find, write};

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Exercises, in order.
    pub exercises: Vec<Exercise>,
    /// What was not understood.
    pub left_out: Vec<LeftOut>,
}

/// Something that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it is: a line, or the title of a question.
    pub place: String,
    /// What it is, and what became of it.
    pub what: String,
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}: {}", self.place, self.what)
    }
}

impl Imported {
    /// Takes an exercise that can stand in a lesson; of another it is said why not.
    fn add(&mut self, place: &str, exercise: Exercise) {
        let found = find(&write(&exercise), &exercise.language);
        match found.first().map(|found| &found.exercise) {
            Some(Ok(_)) if found.len() == 1 => self.exercises.push(exercise),
            Some(Err(faults)) if !faults.is_empty() => {
                let why = faults[0].kind.to_string();
                self.leave_out(
                    place,
                    format!("it would be no exercise here ({why}); left out"),
                );
            }
            _ => self.leave_out(place, "it would be no exercise here; left out"),
        }
    }

    fn leave_out(&mut self, place: &str, what: impl Into<String>) {
        self.left_out.push(LeftOut {
            place: place.to_owned(),
            what: what.into(),
        });
    }
}

/// Numbers with the widest tolerance that two bounds have.
fn between(low: f64, high: f64, feedback: &str) -> NumberAnswer {
    NumberAnswer {
        value: f64::midpoint(low, high),
        tolerance: (high - low).abs() / 2.0,
        right: true,
        feedback: feedback.to_owned(),
        ..NumberAnswer::default()
    }
}

/// A task that is answered with these words.
fn words(answers: Vec<super::Choice>, case_matters: bool) -> Task {
    Task::Text(TextKey {
        answers,
        case_matters,
        marks_ignored: false,
    })
}
