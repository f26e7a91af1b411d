//! When somebody is told by mail.

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use khue_content::mail::{MailMode, MailPreference};

/// The hour at which those who want one message a day get it.
const MORNING: i8 = 7;
/// The usual time zone, which needs no table of the system: seven hours before UTC, all the year.
const USUAL: (&str, i8) = ("Asia/Ho_Chi_Minh", 7);

/// When a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// Now.
    Now,
    /// At a time, in milliseconds since 1970 UTC.
    At(i64),
    /// Not at all.
    Never,
}

/// The time zone of a name in the tables of the system, such as `Asia/Ho_Chi_Minh`.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    let known = TimeZone::get(name).ok();
    known.or_else(|| (name == USUAL.0).then(|| TimeZone::fixed(Offset::constant(USUAL.1))))
}

/// When somebody is told of what began to wait at `oldest`, as it is `now` in their zone.
pub(super) fn due(
    chosen: &MailPreference,
    is_urgent: bool,
    (oldest, now): (i64, i64),
    zone: &TimeZone,
) -> Due {
    let earliest = match chosen.mode {
        MailMode::Never => return Due::Never,
        _ if is_urgent => return Due::Now,
        MailMode::AtOnce => now,
        MailMode::Daily => morning_after(oldest, zone).unwrap_or(now).max(now),
    };
    match after_quiet(earliest, chosen, zone) {
        at if at <= now => Due::Now,
        at => Due::At(at),
    }
}

fn local(at: i64, zone: &TimeZone) -> Option<Zoned> {
    let at = Timestamp::from_millisecond(at).ok()?;
    Some(at.to_zoned(zone.clone()))
}

/// The first morning after a time.
fn morning_after(at: i64, zone: &TimeZone) -> Option<i64> {
    let at = local(at, zone)?;
    let morning = |date: jiff::civil::Date| date.at(MORNING, 0, 0, 0).to_zoned(zone.clone());
    let today = morning(at.date()).ok()?;
    let next = match today > at {
        true => today,
        false => morning(at.date().tomorrow().ok()?).ok()?,
    };
    Some(next.timestamp().as_millisecond())
}

/// A time, or the end of the quiet hours that it is in.
fn after_quiet(at: i64, chosen: &MailPreference, zone: &TimeZone) -> i64 {
    let Some(there) = local(at, zone) else {
        return at;
    };
    let minute = i64::from(there.hour()) * 60 + i64::from(there.minute());
    let left = chosen.quiet.left(u16::try_from(minute).unwrap_or_default());
    match left {
        0 => at,
        left => at - at % 60_000 + i64::from(left) * 60_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use khue_content::mail::QuietHours;

    /// Milliseconds of a time of day in Viet Nam on the so-manieth of November 2026.
    fn at(day: i8, hour: i8, minute: i8) -> i64 {
        let date = jiff::civil::date(2026, 11, day).at(hour, minute, 0, 0);
        let there = date.to_zoned(zone(USUAL.0).unwrap()).unwrap();
        there.timestamp().as_millisecond()
    }

    fn when(mode: MailMode, urgent: bool, oldest: i64, now: i64) -> Due {
        let chosen = MailPreference {
            mode,
            ..MailPreference::default()
        };
        due(&chosen, urgent, (oldest, now), &zone(USUAL.0).unwrap())
    }

    #[test]
    fn at_once_but_not_in_quiet_hours() {
        use MailMode::AtOnce;
        let noon = at(28, 12, 0);
        assert_eq!(when(AtOnce, false, noon, noon), Due::Now);
        let night = at(28, 23, 10);
        assert_eq!(when(AtOnce, false, night, night), Due::At(at(29, 6, 30)));
        let early = at(28, 3, 0);
        assert_eq!(when(AtOnce, false, early, early), Due::At(at(28, 6, 30)));
        assert_eq!(when(AtOnce, false, early, at(28, 6, 30)), Due::Now);
    }

    #[test]
    fn one_message_a_day_comes_in_the_morning() {
        use MailMode::Daily;
        let noon = at(28, 12, 0);
        assert_eq!(when(Daily, false, noon, noon), Due::At(at(29, 7, 0)));
        assert_eq!(when(Daily, false, noon, at(29, 7, 0)), Due::Now);
        let early = at(28, 3, 0);
        assert_eq!(when(Daily, false, early, early), Due::At(at(28, 7, 0)));
        // The portal was off in the morning; it goes when it is on again, but not at night.
        assert_eq!(
            when(Daily, false, early, at(28, 22, 0)),
            Due::At(at(29, 6, 30))
        );
        assert_eq!(when(Daily, false, early, at(28, 15, 0)), Due::Now);
        let late = MailPreference {
            mode: Daily,
            quiet: QuietHours {
                from: 20 * 60,
                until: 9 * 60,
            },
            ..MailPreference::default()
        };
        let found = due(&late, false, (noon, noon), &zone(USUAL.0).unwrap());
        assert_eq!(found, Due::At(at(29, 9, 0)));
    }

    #[test]
    fn what_is_urgent_goes_now_except_to_those_who_want_none() {
        let night = at(28, 23, 10);
        assert_eq!(when(MailMode::Daily, true, night, night), Due::Now);
        assert_eq!(when(MailMode::AtOnce, true, night, night), Due::Now);
        assert_eq!(when(MailMode::Never, true, night, night), Due::Never);
        assert_eq!(when(MailMode::Never, false, night, night), Due::Never);
    }

    #[test]
    fn zones_have_names() {
        assert!(zone("Asia/Ho_Chi_Minh").is_some() && zone("Nowhere/At_All").is_none());
    }
}
