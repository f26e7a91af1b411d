//! Searches that many people made, counted so that nobody can be told from them.
//!
//! Only a text that several different people searched for on one day is remembered, and of it only the
//! words and a number. Who they were is a hash with a salt that is made anew every day and never leaves the
//! memory; what is still below the limit when the day ends is forgotten. Texts that may hold something
//! personal are not counted at all.

use crate::portal::Portal;
use anyhow::Result;
use khue_index::PastQueries;
use khue_store::{Store, actions};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio_util::sync::CancellationToken;

/// Searches that are suggested at most.
const KNOWN: u64 = 50_000;
/// Texts that are counted at a time; more on one day are passed over.
const COUNTED: usize = 20_000;
/// People of one text that are told apart; more on one day do not count.
const PEOPLE: usize = 256;
/// Letters of a text that is counted.
const LETTERS: std::ops::RangeInclusive<usize> = 3..=60;
/// Words of it, at most.
const WORDS: usize = 8;
/// Digits in a text, at most: "2018" may be a year, more may be a number that belongs to somebody.
const DIGITS: usize = 4;
/// Time between two savings.
const PAUSE: Duration = Duration::from_secs(60);

/// What people searched for.
#[derive(Default)]
pub struct PastSearches {
    day: Mutex<Day>,
    known: RwLock<Arc<PastQueries>>,
}

/// What is counted today.
#[derive(Default)]
struct Day {
    number: u64,
    salt: RandomState,
    texts: HashMap<String, Counted>,
}

#[derive(Default)]
struct Counted {
    people: HashSet<u64>,
    /// How many of them are in the store.
    saved: usize,
}

impl PastSearches {
    /// What may be suggested.
    pub fn known(&self) -> Arc<PastQueries> {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Counts a search; whether it is ever told depends on how many others make it today.
    pub fn note(&self, visitor: IpAddr, typed: &str) {
        if let Some(text) = countable(typed) {
            self.day(today()).note(visitor, text);
        }
    }

    /// Reads what earlier days have left.
    pub async fn load(&self, store: &Store) -> Result<()> {
        let known = Arc::new(PastQueries::new(store.past_queries(KNOWN).await?));
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        Ok(())
    }

    /// Remembers what at least so many people searched for; returns how many texts that were.
    pub async fn save(&self, store: &Store, least: usize) -> Result<usize> {
        let ready = self.day(today()).ready(least);
        actions::remember_queries(store, &ready).await?;
        if !ready.is_empty() {
            self.load(store).await?;
        }
        Ok(ready.len())
    }

    fn day(&self, today: u64) -> MutexGuard<'_, Day> {
        let mut day = self.day.lock().unwrap_or_else(PoisonError::into_inner);
        if day.number != today {
            *day = Day {
                number: today,
                ..Day::default()
            };
        }
        day
    }
}

impl Day {
    fn note(&mut self, visitor: IpAddr, text: String) {
        let person = self.salt.hash_one(visitor);
        if self.texts.len() >= COUNTED && !self.texts.contains_key(&text) {
            return;
        }
        let counted = self.texts.entry(text).or_default();
        if counted.people.len() < PEOPLE {
            counted.people.insert(person);
        }
    }

    /// Texts of enough people, with how many are not saved yet.
    fn ready(&mut self, least: usize) -> Vec<(String, u64)> {
        let mut ready = Vec::new();
        for (text, counted) in &mut self.texts {
            let people = counted.people.len();
            if least > 0 && people >= least && people > counted.saved {
                ready.push((text.clone(), (people - counted.saved) as u64));
                counted.saved = people;
            }
        }
        ready
    }
}

/// The text in small letters and single spaces, where it can hold nothing personal.
fn countable(typed: &str) -> Option<String> {
    let text = typed
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | ',' | '+' | '\'' | '’') || is_mark(c)
    };
    let fits = LETTERS.contains(&text.chars().count())
        && text.split(' ').count() <= WORDS
        && digits <= DIGITS
        && !text.starts_with('-')
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(plain);
    fits.then_some(text)
}

/// Combining marks of decomposed letters.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn today() -> u64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    now.as_secs() / 86_400
}

/// Saves from time to time, until it is told to stop.
pub async fn keep(portal: Arc<Portal>, least: usize, stop: CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = stop.cancelled() => {}
        }
        if let Err(error) = portal.past.save(&portal.store, least).await {
            tracing::warn!(%error, "searches that many people made could not be saved; trying again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(number: u8) -> IpAddr {
        [192, 0, 2, number].into()
    }

    #[test]
    fn a_search_is_ready_once_enough_people_made_it() {
        let past = PastSearches::default();
        for _ in 0..20 {
            past.note(visitor(1), "phân số  lớp 4");
        }
        past.note(visitor(2), "Phân số lớp 4");
        assert_eq!(past.day(today()).ready(3), []);
        past.note(visitor(3), "phân số lớp 4");
        assert_eq!(
            past.day(today()).ready(3),
            [("phân số lớp 4".to_owned(), 3)]
        );
        assert_eq!(past.day(today()).ready(3), [], "nothing twice");
        past.note(visitor(4), "phân số lớp 4");
        assert_eq!(
            past.day(today()).ready(3),
            [("phân số lớp 4".to_owned(), 1)]
        );
        assert_eq!(past.day(today()).ready(0), [], "switched off");
    }

    #[test]
    fn a_day_that_ends_is_forgotten() {
        let past = PastSearches::default();
        past.day(1).note(visitor(1), "quang hợp".into());
        assert_eq!(past.day(1).texts.len(), 1);
        assert_eq!(past.day(2).texts.len(), 0);
    }

    #[test]
    fn nothing_personal_is_counted() {
        for typed in [
            "an.nguyen@example.vn",
            "0912 345 678",
            "số 079123456789",
            "https://example.vn/a",
            "x",
            "\"tên tôi\"",
            "một hai ba bốn năm sáu bảy tám chín",
            "12345",
            "-toán",
            "",
        ] {
            assert_eq!(countable(typed), None, "{typed}");
        }
        assert_eq!(countable(" Toán  LỚP 5 ").as_deref(), Some("toán lớp 5"));
        assert_eq!(countable("gdpt 2018").as_deref(), Some("gdpt 2018"));
    }
}
