//! Which material on which day.

use super::wish::days_between;
use super::{Day, Frame, Material, Purpose, Session};
use crate::exercise::review::{Grade, Memory};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How often something learned comes back before the last days.
const RETURNS: u32 = 3;
/// The shortest part of a lesson worth sitting down for, in minutes.
const SHORTEST: u32 = 10;
/// The shortest return, in minutes.
const GLANCE: u32 = 5;

/// How many of so many days are for revision alone: one in eight, a week at most.
pub fn revision_days(days: usize) -> usize {
    match days {
        0 | 1 => 0,
        days => (days / 8).clamp(1, 7),
    }
}

/// Lays materials into the days of a frame, in this order; `None` where the days are too few.
pub fn fill(frame: &Frame, materials: &[Material], order: &[usize]) -> Option<Vec<Day>> {
    let all = frame.study_days();
    let (learning, last) = all.split_at(all.len() - revision_days(all.len()));
    let mut desk = Desk::new(frame, materials, order);
    learning.iter().for_each(|date| desk.learn(*date));
    if !desk.waiting.is_empty() {
        return None;
    }
    let eve = last.len().saturating_sub(1);
    for (place, date) in last.iter().enumerate() {
        // The last evening is a short one.
        let short = last.len() > 1 && place == eve;
        desk.revise(
            *date,
            if short {
                frame.minutes / 2
            } else {
                frame.minutes
            },
        );
    }
    Some(desk.finished())
}

/// What is being laid out.
struct Desk<'a> {
    frame: &'a Frame,
    materials: &'a [Material],
    days: Vec<Day>,
    /// What is not learned yet, and how many minutes of it are left.
    waiting: VecDeque<(usize, u32)>,
    /// What was learned, as it is remembered.
    known: BTreeMap<usize, Memory>,
    /// When what comes back: (day, material, for which time).
    returns: BTreeSet<(u32, usize, u32)>,
    /// How often each was revised.
    revised: BTreeMap<usize, u32>,
}

impl<'a> Desk<'a> {
    fn new(frame: &'a Frame, materials: &'a [Material], order: &[usize]) -> Self {
        let waiting = order
            .iter()
            .map(|place| (*place, materials[*place].minutes));
        Self {
            frame,
            materials,
            days: Vec::new(),
            waiting: waiting.collect(),
            known: BTreeMap::new(),
            returns: BTreeSet::new(),
            revised: BTreeMap::new(),
        }
    }

    /// A day of learning: returns in half of it at most while there is something new, then what is new.
    fn learn(&mut self, date: Date) {
        let mut day = Day {
            date,
            sessions: Vec::new(),
        };
        let all = self.frame.minutes;
        let room = if self.waiting.is_empty() {
            all
        } else {
            all / 2
        };
        self.come_back(&mut day, room);
        self.go_on(&mut day);
        self.keep(day);
    }

    fn keep(&mut self, day: Day) {
        if !day.sessions.is_empty() {
            self.days.push(day);
        }
    }

    fn number(&self, date: Date) -> u32 {
        u32::try_from(days_between(self.frame.from, date)).unwrap_or(0)
    }

    fn come_back(&mut self, day: &mut Day, room: u32) {
        let today = self.number(day.date);
        while let Some((due, place, nth)) = self.returns.first().copied() {
            let minutes = self
                .glance(place, 15)
                .min(room.saturating_sub(day.minutes()));
            if due > today || minutes < GLANCE {
                return;
            }
            self.returns.pop_first();
            push(day, place, Purpose::Return(nth), minutes);
            self.remember(place, today, nth + 1);
        }
    }

    /// Minutes to look at something again, with its exercises.
    fn glance(&self, place: usize, most: u32) -> u32 {
        (self.materials[place].exercises * 3).clamp(GLANCE, most)
    }

    /// Learned or seen again, and known then; it comes back for the `nth` time.
    fn remember(&mut self, place: usize, today: u32, nth: u32) {
        let memory = match self.known.get(&place) {
            Some(memory) => memory.next(Grade::Good, today),
            None => Memory::first(Grade::Good, today),
        };
        self.known.insert(place, memory);
        if nth <= RETURNS {
            self.returns
                .insert((memory.due().max(today + 1), place, nth));
        }
    }

    fn go_on(&mut self, day: &mut Day) {
        while let Some((place, left)) = self.waiting.pop_front() {
            let room = self.frame.minutes.saturating_sub(day.minutes());
            let minutes = portion(left, room);
            if minutes == 0 {
                return self.waiting.push_front((place, left));
            }
            // Which part of how many is known at the end.
            push(day, place, Purpose::Learn { part: 0, of: 0 }, minutes);
            match left - minutes {
                0 => self.remember(place, self.number(day.date), 1),
                rest => self.waiting.push_front((place, rest)),
            }
        }
    }

    /// A day of revision: what is least well known first, each thing once.
    fn revise(&mut self, date: Date, budget: u32) {
        let mut day = Day {
            date,
            sessions: Vec::new(),
        };
        let today = self.number(date);
        let mut known: Vec<(f64, usize)> = self
            .known
            .iter()
            .map(|(place, memory)| (memory.retrievability(today), *place))
            .collect();
        known.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (_, place) in known {
            let minutes = self
                .glance(place, 20)
                .max(10)
                .min(budget.saturating_sub(day.minutes()));
            if minutes < GLANCE {
                break;
            }
            let times = self.revised.entry(place).or_insert(0);
            *times += 1;
            push(&mut day, place, Purpose::Revise(*times), minutes);
            self.remember(place, today, RETURNS + 1);
        }
        self.keep(day);
    }

    /// The days, with the parts of lessons counted.
    fn finished(mut self) -> Vec<Day> {
        let mut parts: BTreeMap<usize, u32> = BTreeMap::new();
        for session in learned(&mut self.days) {
            let count = parts.entry(session.material).or_insert(0);
            *count += 1;
            session.purpose = Purpose::Learn {
                part: *count,
                of: 0,
            };
        }
        for session in learned(&mut self.days) {
            let whole = parts.get(&session.material).copied().unwrap_or(1);
            if let Purpose::Learn { of, .. } = &mut session.purpose {
                *of = whole;
            }
        }
        self.days
    }
}

fn learned(days: &mut [Day]) -> impl Iterator<Item = &mut Session> {
    let all = days.iter_mut().flat_map(|day| day.sessions.iter_mut());
    all.filter(|session| matches!(session.purpose, Purpose::Learn { .. }))
}

fn push(day: &mut Day, material: usize, purpose: Purpose, minutes: u32) {
    day.sessions.push(Session {
        material,
        purpose,
        minutes,
    });
}

/// How many of the minutes that are left of a lesson go into the room of a day: none where that is not worth sitting down for,
/// and not so many that a few minutes stay over.
fn portion(left: u32, room: u32) -> u32 {
    if left <= room {
        return left;
    }
    if room < SHORTEST.min(left) {
        return 0;
    }
    match left - room {
        rest if rest < SHORTEST && room >= 2 * SHORTEST => room - (SHORTEST - rest),
        _ => room,
    }
}
