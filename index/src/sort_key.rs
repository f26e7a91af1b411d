//! Keys for sorting: names by the Vietnamese alphabet, days by number.

use unicode_normalization::UnicodeNormalization;

/// Longest name that takes part in sorting, in characters.
const LENGTH: usize = 48;

/// A text whose byte order is the order of names: letters by the Vietnamese alphabet
/// (a ă â … d đ … o ô ơ … u ư), then tones; numbers by their value.
///
/// ```
/// use khue_index::sort_key;
/// let mut names = ["Bài 10", "đo", "Bài 2", "dê", "ăn", "an"];
/// names.sort_by_key(|name| sort_key(name));
/// assert_eq!(names, ["an", "ăn", "Bài 2", "Bài 10", "dê", "đo"]);
/// ```
pub fn sort_key(name: &str) -> String {
    let (mut letters, mut tones, mut digits) = (String::new(), String::new(), String::new());
    for c in name
        .chars()
        .take(LENGTH)
        .collect::<String>()
        .nfd()
        .flat_map(char::to_lowercase)
    {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        push_number(&mut letters, &mut digits);
        match c {
            '\u{306}' | '\u{302}' | '\u{31b}' => {
                letters.pop();
                letters.push(
                    if c == '\u{306}' || (c == '\u{302}' && !letters.ends_with('a')) {
                        '1'
                    } else {
                        '2'
                    },
                );
            }
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones.push(c),
            'đ' => letters.push_str("d1"),
            _ if c.is_alphabetic() => letters.extend([c, '0']),
            _ if letters.ends_with(' ') || letters.is_empty() => {}
            _ => letters.push(' '),
        }
    }
    push_number(&mut letters, &mut digits);
    format!("{letters}\u{1}{tones}")
}

fn push_number(letters: &mut String, digits: &mut String) {
    if !digits.is_empty() {
        letters.push_str(&format!("{digits:0>9}"));
        digits.clear();
    }
}

/// Days since 1 January 1970 of an ISO 8601 date (`2026`, `2026-09`, `2026-09-05…`).
///
/// The formula is Howard Hinnant's `days_from_civil`.
pub(crate) fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.get(..date.len().min(10))?.splitn(3, '-');
    let year: i64 = parts
        .next()?
        .parse()
        .ok()
        .filter(|y| (0..=9999).contains(y))?;
    let month: i64 = parts
        .next()
        .map_or(Some(1), |m| m.parse().ok())
        .filter(|m| (1..=12).contains(m))?;
    let day: i64 = parts
        .next()
        .map_or(Some(1), |d| d.parse().ok())
        .filter(|d| (1..=31).contains(d))?;
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::day_number;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2026-11-21T08:00:00Z"), Some(20_778));
        assert_eq!(day_number("2000-03-01"), Some(11_017));
        assert_eq!(day_number("soon"), None);
        assert_eq!(day_number("2026-13-01"), None);
    }
}
