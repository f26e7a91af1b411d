//! Plans of study: which lesson on which day until an examination.
//!
//! A [`Wish`] is what somebody asks for, as it stands in an address; its [`Frame`] is what that means. [`plan`] lays
//! [`Material`] into the days of the frame: what is needed first comes first, then the order of grades, textbooks and
//! paths; subjects take turns; what was learned comes back after a while ([`crate::exercise::review`]); the last days
//! are for revision alone. What does not fit is left out and named. Nothing here knows today's date.

mod choose;
mod exam;
mod material;
mod order;
mod schedule;
mod wish;

pub use choose::plan;
pub use exam::{Exam, exam, exams};
pub use jiff::Span;
pub use jiff::civil::{Date, DateTime, Time};
pub use material::Material;
pub(crate) use material::level;
pub(crate) use order::{Before, sequence};
pub use wish::{EARLIEST, Fault, Frame, LATEST, LONGEST, MINUTES, MOST_SUBJECTS, Wish};

/// What there is to do on which day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Days with something to do, in order.
    pub days: Vec<Day>,
    /// Materials that there is no time for, by their place among those given.
    pub left_out: Vec<usize>,
    /// Days on which one would study.
    pub study_days: usize,
    /// Those of them with nothing to do.
    pub free_days: usize,
    /// The first of the days that are for revision alone.
    pub revision_from: Option<Date>,
}

/// A day of study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// What there is to do, one after the other.
    pub sessions: Vec<Session>,
}

/// Some minutes with one material.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Place of the material among those given.
    pub material: usize,
    /// What for.
    pub purpose: Purpose,
    /// How long.
    pub minutes: u32,
}

/// What a session is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To learn it: which part of how many, from 1.
    Learn {
        /// Number of the part.
        part: u32,
        /// How many parts there are.
        of: u32,
    },
    /// To come back to it, for which time, from 1.
    Return(u32),
    /// Revision before the examination, for which time, from 1.
    Revise(u32),
}

impl Day {
    /// Minutes of all sessions.
    pub fn minutes(&self) -> u32 {
        self.sessions.iter().map(|session| session.minutes).sum()
    }
}

impl Plan {
    /// Every session with its day, in order.
    pub fn sessions(&self) -> impl Iterator<Item = (Date, &Session)> {
        self.days
            .iter()
            .flat_map(|day| day.sessions.iter().map(|session| (day.date, session)))
    }

    /// Days by week: the Monday, and what falls into its week.
    pub fn weeks(&self) -> Vec<(Date, &[Day])> {
        let same = |a: &Day, b: &Day| monday(a.date) == monday(b.date);
        let weeks = self.days.chunk_by(same);
        weeks
            .filter_map(|days| Some((monday(days.first()?.date), days)))
            .collect()
    }
}

/// The Monday of a day's week.
pub fn monday(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(jiff::Span::new().days(back))
}
