//! What somebody asks a plan for: as it stands in an address, and as it is meant.

use super::{Exam, exam};
use crate::search::{decode, encode};
use crate::vocabulary;
use jiff::civil::{Date, Time, time};
use std::ops::RangeInclusive;

/// Minutes that a day may have.
pub const MINUTES: RangeInclusive<u32> = 15..=180;
/// Days that a plan may span.
pub const LONGEST: i32 = 400;
/// Subjects that a plan may have.
pub const MOST_SUBJECTS: usize = 6;
/// The earliest time of the day to begin.
pub const EARLIEST: Time = time(5, 0, 0, 0);
/// The latest time of the day to begin: the longest day of study still ends on it.
pub const LATEST: Time = time(20, 59, 0, 0);

/// What somebody asks for. The same struct is the page's address and the form's fields.
///
/// ```
/// use khue_content::plan::Wish;
/// let typed = Wish::parse("exam=vao-10&about=toan&examDay=2027-06-05&minutes=45&day=1&day=3");
/// assert_eq!(typed.exam_day, Some("2027-06-05".parse()?));
/// assert_eq!(Wish::parse(&typed.to_query()), typed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Which examination, where it is one that the portal knows.
    pub exam: Option<&'static Exam>,
    /// Subjects, as concept URIs.
    pub about: Vec<String>,
    /// Grades or stages, as concept URIs; those of the examination where none is named.
    pub educational_level: Vec<String>,
    /// Language of the lessons; `None`: any.
    pub in_language: Option<String>,
    /// The first day, where it is named.
    pub from: Option<Date>,
    /// The day of the examination.
    pub exam_day: Option<Date>,
    /// Minutes a day.
    pub minutes: u32,
    /// On which days of the week, Monday first.
    pub weekdays: [bool; 7],
    /// When a day's study begins.
    pub at: Time,
    /// Whether times are those of whoever reads the calendar, instead of Viet Nam's.
    pub floating: bool,
    /// Whether a plan is asked for, not only the form.
    pub asked: bool,
    /// What could not be read.
    unread: Vec<Fault>,
}

/// What a wish means: everything that days are laid out by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The first day.
    pub from: Date,
    /// The day of the examination; nothing is planned on it.
    pub exam_day: Date,
    /// Minutes a day.
    pub minutes: u32,
    /// On which days of the week, Monday first.
    pub weekdays: [bool; 7],
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No subject is chosen.
    #[error("no subject is chosen; choose at least one")]
    Subject,
    /// More than [`MOST_SUBJECTS`].
    #[error("too many subjects are chosen; choose at most {MOST_SUBJECTS}")]
    Subjects,
    /// No grade is chosen.
    #[error("no grade is chosen; choose one")]
    Level,
    /// The day of the examination is missing.
    #[error("the day of the examination is missing")]
    ExamDay,
    /// This is no day.
    #[error("`{0}` is no day; write it as 2027-06-05")]
    Day(String),
    /// The examination is not after the first day.
    #[error("the examination is not after the first day")]
    Past,
    /// The examination is more than [`LONGEST`] days away.
    #[error("the examination is more than {LONGEST} days away")]
    Far,
    /// No day of the week is chosen, or none lies before the examination.
    #[error("no day of study lies before the examination; choose more days of the week")]
    Weekdays,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            exam: None,
            about: Vec::new(),
            educational_level: Vec::new(),
            in_language: None,
            from: None,
            exam_day: None,
            minutes: 45,
            weekdays: [true, true, true, true, true, true, false],
            at: time(19, 0, 0, 0),
            floating: false,
            asked: false,
            unread: Vec::new(),
        }
    }
}

impl Wish {
    /// Reads the part of an address after `?`. Unknown names are passed over.
    pub fn parse(query: &str) -> Self {
        let mut wish = Self::default();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<(String, String)> = pairs
            .map(|(name, value)| (decode(name), decode(value).trim().to_owned()))
            .collect();
        wish.asked = pairs.iter().any(|(name, _)| name == "examDay");
        if wish.asked {
            wish.weekdays = [false; 7];
        }
        for (name, value) in pairs {
            wish.set(&name, value);
        }
        wish
    }

    fn set(&mut self, name: &str, value: String) {
        match name {
            "exam" => self.exam = exam(&value),
            "about" => add(&mut self.about, "about", &value),
            "educationalLevel" => add(&mut self.educational_level, "educationalLevel", &value),
            "inLanguage" => self.in_language = Some(value).filter(|code| !code.is_empty()),
            "from" => self.from = self.day(value),
            "examDay" => self.exam_day = self.day(value),
            "minutes" => {
                let typed = value.parse().unwrap_or(45);
                self.minutes = typed.clamp(*MINUTES.start(), *MINUTES.end());
            }
            "day" => self.set_weekday(&value),
            "at" => {
                let typed: Option<Time> = value.parse().ok();
                self.at = typed.map_or(self.at, |at| at.clamp(EARLIEST, LATEST));
            }
            "zone" => self.floating = value == "floating",
            _ => {}
        }
    }

    fn set_weekday(&mut self, number: &str) {
        let place = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        if let Some(day) = place.and_then(|place| self.weekdays.get_mut(place)) {
            *day = true;
        }
    }

    /// An empty field is no day, and no fault.
    fn day(&mut self, typed: String) -> Option<Date> {
        if typed.is_empty() {
            return None;
        }
        // Only whole days, not what else a date can be read from.
        let read = typed.parse().ok().filter(|_| typed.len() == 10);
        if read.is_none() {
            self.unread
                .push(Fault::Day(typed.chars().take(40).collect()));
        }
        read
    }

    /// Grades and stages to look in: those named, else those of the examination.
    pub fn levels(&self) -> Vec<String> {
        if !self.educational_level.is_empty() {
            return self.educational_level.clone();
        }
        let mut levels = Vec::new();
        for notation in self.exam.map_or(&[][..], |exam| &exam.educational_level) {
            add(&mut levels, "educationalLevel", notation);
        }
        levels
    }

    /// What the wish means, or all that is wrong with it.
    ///
    /// # Errors
    /// Something is missing, or cannot be.
    pub fn frame(&self, today: Date) -> Result<Frame, Vec<Fault>> {
        let mut faults = self.unread.clone();
        match self.about.len() {
            0 => faults.push(Fault::Subject),
            1..=MOST_SUBJECTS => {}
            _ => faults.push(Fault::Subjects),
        }
        if self.levels().is_empty() {
            faults.push(Fault::Level);
        }
        let from = self.from.unwrap_or(today).max(today);
        match self.exam_day {
            None if !self.unread.is_empty() => {}
            None => faults.push(Fault::ExamDay),
            Some(exam_day) => {
                let frame = self.framed(from, exam_day);
                faults.extend(frame.fault());
                if faults.is_empty() {
                    return Ok(frame);
                }
            }
        }
        Err(faults)
    }

    fn framed(&self, from: Date, exam_day: Date) -> Frame {
        Frame {
            from,
            exam_day,
            minutes: self.minutes,
            weekdays: self.weekdays,
        }
    }

    /// The part of an address after `?`, in a fixed order.
    pub fn to_query(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        pairs.extend(self.exam.map(|exam| ("exam", exam.id.clone())));
        let concept = |name, uri: &String| (name, notation(uri).to_owned());
        pairs.extend(self.about.iter().map(|uri| concept("about", uri)));
        let levels = self.educational_level.iter();
        pairs.extend(levels.map(|uri| concept("educationalLevel", uri)));
        pairs.extend(self.in_language.clone().map(|code| ("inLanguage", code)));
        pairs.extend(self.from.map(|day| ("from", day.to_string())));
        if self.asked {
            pairs.push((
                "examDay",
                self.exam_day
                    .map_or_else(String::new, |day| day.to_string()),
            ));
            pairs.push(("minutes", self.minutes.to_string()));
            let chosen = (1..=7).zip(self.weekdays).filter(|(_, chosen)| *chosen);
            pairs.extend(chosen.map(|(number, _)| ("day", number.to_string())));
            pairs.push(("at", self.begins()));
        }
        if self.floating {
            pairs.push(("zone", "floating".to_owned()));
        }
        let written: Vec<String> = pairs
            .iter()
            .map(|(n, v)| format!("{n}={}", encode(v)))
            .collect();
        written.join("&")
    }

    /// When a day's study begins, as a form writes it.
    pub fn begins(&self) -> String {
        format!("{:02}:{:02}", self.at.hour(), self.at.minute())
    }
}

impl Frame {
    fn fault(&self) -> Option<Fault> {
        if self.exam_day <= self.from {
            return Some(Fault::Past);
        }
        if self.length() > LONGEST {
            return Some(Fault::Far);
        }
        self.study_days().is_empty().then_some(Fault::Weekdays)
    }

    /// Days from the first one to the examination.
    fn length(&self) -> i32 {
        days_between(self.from, self.exam_day)
    }

    /// The days on which one studies.
    pub fn study_days(&self) -> Vec<Date> {
        let days = self.from.series(jiff::Span::new().days(1));
        let days = days.take_while(|day| *day < self.exam_day);
        let chosen = |day: &Date| {
            let place = day.weekday().to_monday_zero_offset();
            usize::try_from(place).is_ok_and(|place| self.weekdays.get(place) == Some(&true))
        };
        days.filter(chosen).collect()
    }
}

/// Days from one day to another.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn add(list: &mut Vec<String>, scheme: &str, value: &str) {
    let found = vocabulary::find(scheme, value).map(|concept| &concept.id);
    if let Some(uri) = found.filter(|uri| !list.contains(uri)) {
        list.push(uri.clone());
    }
}

fn notation(uri: &str) -> &str {
    let own = vocabulary::concept(uri).map(|concept| concept.notation.as_str());
    own.filter(|notation| !notation.is_empty()).unwrap_or(uri)
}
