//! Dates and durations as ISO 8601 writes them.

fn number(digits: &str, length: usize) -> Option<u32> {
    let all = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
    all.then(|| digits.parse().ok()).flatten()
}

/// Year, year-month, or day with or without a time of day, as in ISO 8601.
pub(crate) fn is_date(text: &str) -> bool {
    let (day, time) = match text.split_once(['T', ' ']) {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let mut parts = day.split('-');
    let year = parts.next().and_then(|year| number(year, 4));
    let month = parts.next().map(|month| number(month, 2));
    let date = parts.next().map(|date| number(date, 2));
    let known = match (year, month, date) {
        (Some(_), None, None) => time.is_none(),
        (Some(_), Some(Some(1..=12)), None) => time.is_none(),
        (Some(year), Some(Some(month @ 1..=12)), Some(Some(date))) => {
            (1..=days(year, month)).contains(&date) && time.is_none_or(is_time)
        }
        _ => false,
    };
    known && parts.next().is_none()
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// `13:13:13`, with or without fraction and offset.
fn is_time(text: &str) -> bool {
    let text = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let clock = match text.rsplit_once(['+', '-']) {
        Some((clock, offset)) if is_clock(offset) => clock,
        Some(_) => return false,
        None => text,
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    is_clock(clock) && !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit())
}

fn is_clock(text: &str) -> bool {
    let parts: Vec<_> = text.split(':').map(|part| number(part, 2)).collect();
    match parts.as_slice() {
        [Some(hour), Some(minute)] => *hour < 24 && *minute < 60,
        [Some(hour), Some(minute), Some(second)] => *hour < 24 && *minute < 60 && *second <= 60,
        _ => false,
    }
}

/// An ISO 8601 duration such as `PT1H30M`.
pub(crate) fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (date, time) = match rest.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (rest, None),
    };
    let time_fits = time.is_none_or(|time| !time.is_empty() && units(time, "HMS"));
    (!date.is_empty() || time.is_some()) && (units(date, "YMD") || units(date, "YMW")) && time_fits
}

/// Numbers each followed by one of the letters, in their order.
fn units(text: &str, letters: &str) -> bool {
    let mut left = letters.chars();
    let mut digits = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() || c == '.' {
            digits.push(c);
        } else if !left.any(|letter| letter == c) || !is_count(&digits, c == 'S') {
            return false;
        } else {
            digits.clear();
        }
    }
    digits.is_empty()
}

fn is_count(digits: &str, fraction: bool) -> bool {
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match digits.split_once('.') {
        Some((whole, part)) => fraction && all(whole) && all(part),
        None => all(digits),
    }
}
