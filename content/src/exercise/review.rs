//! When to look at an exercise again: FSRS, the Free Spaced Repetition Scheduler, version 6.
//!
//! Formulas and default parameters: J. Ye, J. Su, Y. Cao, *A Stochastic Shortest Path Algorithm for Optimizing Spaced
//! Repetition Scheduling*, KDD 2022, and *The Algorithm* in the wiki of the project open-spaced-repetition (FSRS-6).
//! Days are whole numbers on any calendar; nothing here knows today's date.

/// The default parameters of FSRS-6.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// How likely an exercise should still be known when it comes again.
const RETENTION: f64 = 0.9;

/// The longest wait, in days: after that a school year is over.
const LONGEST: u32 = 365;

/// How well an exercise went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Not known.
    Again = 1,
    /// Known in part.
    Hard = 2,
    /// Known.
    Good = 3,
}

/// What is remembered of an exercise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days until it is known with a likelihood of 90 %.
    pub stability: f64,
    /// From 1 to 10.
    pub difficulty: f64,
    /// The day of the last answer.
    pub day: u32,
}

impl Memory {
    /// After the first answer.
    pub fn first(grade: Grade, day: u32) -> Self {
        Self {
            stability: W[grade as usize - 1],
            difficulty: first_difficulty(grade).clamp(1.0, 10.0),
            day,
        }
    }

    /// After another answer. A day before the last one counts as the same day.
    pub fn next(self, grade: Grade, day: u32) -> Self {
        let elapsed = day.saturating_sub(self.day);
        let stability = match elapsed {
            0 => self.same_day(grade),
            _ => self.later(grade, self.retrievability(day)),
        };
        Self {
            stability: stability.max(0.001),
            difficulty: self.next_difficulty(grade),
            day: day.max(self.day),
        }
    }

    /// How likely it is still known on a day.
    pub fn retrievability(self, day: u32) -> f64 {
        let elapsed = f64::from(day.saturating_sub(self.day));
        (1.0 + factor() * elapsed / self.stability).powf(-W[20])
    }

    /// The day on which to look at it again.
    pub fn due(self) -> u32 {
        let wait = self.stability / factor() * (RETENTION.powf(-1.0 / W[20]) - 1.0);
        let days = (1..LONGEST).find(|days| f64::from(*days) + 0.5 > wait);
        self.day + days.unwrap_or(LONGEST)
    }

    fn same_day(self, grade: Grade) -> f64 {
        let gain =
            (W[17] * (f64::from(grade as u8) - 3.0 + W[18])).exp() * self.stability.powf(-W[19]);
        let gain = if grade == Grade::Good {
            gain.max(1.0)
        } else {
            gain
        };
        self.stability * gain
    }

    fn later(self, grade: Grade, known: f64) -> f64 {
        let (s, d) = (self.stability, self.difficulty);
        if grade == Grade::Again {
            let forgotten = W[11]
                * d.powf(-W[12])
                * ((s + 1.0).powf(W[13]) - 1.0)
                * ((1.0 - known) * W[14]).exp();
            return forgotten.min(s / (W[17] * W[18]).exp());
        }
        let penalty = if grade == Grade::Hard { W[15] } else { 1.0 };
        let gain = W[8].exp() * (11.0 - d) * s.powf(-W[9]) * (((1.0 - known) * W[10]).exp() - 1.0);
        s * (1.0 + gain * penalty)
    }

    fn next_difficulty(self, grade: Grade) -> f64 {
        let change = -W[6] * (f64::from(grade as u8) - 3.0);
        let damped = self.difficulty + change * (10.0 - self.difficulty) / 9.0;
        let easiest = W[4] - (3.0 * W[5]).exp() + 1.0;
        (W[7] * easiest + (1.0 - W[7]) * damped).clamp(1.0, 10.0)
    }
}

fn first_difficulty(grade: Grade) -> f64 {
    W[4] - (W[5] * (f64::from(grade as u8) - 1.0)).exp() + 1.0
}

fn factor() -> f64 {
    0.9f64.powf(-1.0 / W[20]) - 1.0
}
