//! When somebody gets mail about what happened to their own.

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// How soon somebody is told by mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MailMode {
    /// As soon as it happens.
    AtOnce,
    /// All of a day together, in the morning.
    #[default]
    Daily,
    /// Not at all: what happens stands on the page of notifications.
    Never,
}

impl MailMode {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Never];

    /// Its name, as stored and as sent by forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
            Self::Never => "never",
        }
    }

    /// The mode of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }
}

/// Hours in which no mail is sent, in minutes after midnight where the portal is; they may go past midnight. Where both
/// are the same there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// Their first minute.
    pub from: u16,
    /// The first minute after them.
    pub until: u16,
}

impl Default for QuietHours {
    /// From 21:00 until 06:30.
    fn default() -> Self {
        Self {
            from: 21 * 60,
            until: 6 * 60 + 30,
        }
    }
}

impl QuietHours {
    /// Minutes until they end, where it is now `minute` minutes after midnight; 0 outside of them.
    ///
    /// ```
    /// use khue_content::mail::QuietHours;
    /// let usual = QuietHours::default();
    /// assert_eq!(usual.left(22 * 60), 8 * 60 + 30);
    /// assert_eq!(usual.left(6 * 60), 30);
    /// assert_eq!(usual.left(6 * 60 + 30), 0);
    /// assert_eq!(usual.left(20 * 60 + 59), 0);
    /// ```
    pub const fn left(self, minute: u16) -> u16 {
        let long = (self.until + DAY - self.from) % DAY;
        let gone = (minute + DAY - self.from) % DAY;
        long.saturating_sub(gone)
    }

    /// A time of day such as `21:00`, in minutes after midnight.
    pub fn minute(text: &str) -> Option<u16> {
        let (hour, minute) = text.split_once(':')?;
        let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
        (hour < 24 && minute < 60).then_some(hour * 60 + minute)
    }

    /// Minutes after midnight as a time of day such as `06:30`.
    pub fn time(minute: u16) -> String {
        format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
    }
}

/// What somebody has chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailPreference {
    /// Code of the language of their mail.
    pub language: String,
    /// How soon.
    pub mode: MailMode,
    /// When not.
    pub quiet: QuietHours,
}

impl Default for MailPreference {
    fn default() -> Self {
        Self {
            language: "vi".to_owned(),
            mode: MailMode::default(),
            quiet: QuietHours::default(),
        }
    }
}

/// Whether a notification is told at once, whatever else somebody has chosen but `never`: a report on the safety of
/// minors has a day.
pub fn is_urgent(kind: &str) -> bool {
    kind == "report-safety"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_within_a_day_and_none() {
        let noon = QuietHours {
            from: 720,
            until: 780,
        };
        assert_eq!(
            (
                noon.left(719),
                noon.left(720),
                noon.left(779),
                noon.left(780)
            ),
            (0, 60, 1, 0)
        );
        let none = QuietHours {
            from: 600,
            until: 600,
        };
        assert!((0..DAY).all(|minute| none.left(minute) == 0));
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        for minute in [0, 1, 390, 1260, 1439] {
            assert_eq!(QuietHours::minute(&QuietHours::time(minute)), Some(minute));
        }
        for odd in ["", "24:00", "7", "07:60", "-1:00", "a:b"] {
            assert_eq!(QuietHours::minute(odd), None, "{odd}");
        }
        assert!(
            MailMode::ALL
                .iter()
                .all(|mode| MailMode::parse(mode.name()) == Some(*mode))
        );
    }
}
