//! Numbers as people type them: decimal comma and point, groups of three, fractions, powers of ten.

/// One way to read a number, and what stands behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The value.
    pub value: f64,
    /// What follows the number: a unit, or nothing.
    pub rest: String,
}

/// Which sign a text's author uses for decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `2,5`, as in Vietnamese and French.
    Comma,
    /// `2.5`, as in English.
    Point,
}

impl Decimal {
    /// The habit of a language.
    pub fn of(language: &str) -> Self {
        match language.split(['-', '_']).next() {
            Some("en") => Self::Point,
            _ => Self::Comma,
        }
    }
}

/// Every sensible reading of a typed number; none where the text does not begin with one.
///
/// `1.234` and `1,234` may be a decimal or a thousand: both readings are given, because a reader's keyboard
/// need not be that of the lesson.
///
/// ```
/// use khue_content::exercise::readings;
/// assert_eq!(readings("2,5 m/s²")[0].value, 2.5);
/// assert_eq!(readings("2,5 m/s²")[0].rest, "m/s²");
/// assert_eq!(readings("1.234").len(), 2);
/// assert!(readings("a lot").is_empty());
/// ```
pub fn readings(typed: &str) -> Vec<Reading> {
    let text = plain(typed);
    let Some((negative, digits, rest)) = split(&text) else {
        return Vec::new();
    };
    let sign = if negative { -1.0 } else { 1.0 };
    values(digits, None)
        .into_iter()
        .map(|value| {
            let (value, rest) = behind(value, rest);
            Reading {
                value: sign * value,
                rest: rest.to_owned(),
            }
        })
        .filter(|reading| reading.value.is_finite())
        .collect()
}

/// The one reading that an author means, whose language decides between decimals and thousands.
pub(super) fn authored(text: &str, decimal: Decimal) -> Option<Reading> {
    let text = plain(text);
    let (negative, digits, rest) = split(&text)?;
    let value = *values(digits, Some(decimal)).first()?;
    let (value, rest) = behind(value, rest);
    let value = if negative { -value } else { value };
    value.is_finite().then(|| Reading {
        value,
        rest: rest.to_owned(),
    })
}

/// Spaces of all kinds as one kind, minus signs as one sign, no dollars around.
fn plain(text: &str) -> String {
    let one = |c: char| match c {
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' => ' ',
        '\u{2212}' | '\u{2013}' => '-',
        other => other,
    };
    text.chars().map(one).collect::<String>().trim().to_owned()
}

/// Sign, digits with separators between them, and what follows.
fn split(text: &str) -> Option<(bool, &str, &str)> {
    let negative = text.starts_with('-');
    let body = text.trim_start_matches(['-', '+']).trim_start();
    if text.len() - text.trim_start_matches(['-', '+']).len() > 1 {
        return None;
    }
    let end = digits_end(body);
    let digits = &body[..end];
    digits
        .contains(|c: char| c.is_ascii_digit())
        .then(|| (negative, digits, body[end..].trim_start()))
}

/// Where the digits end; a separator counts while a digit follows, a space while three do.
fn digits_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let three = digit(end + 1) && digit(end + 2) && digit(end + 3) && !digit(end + 4);
        let goes_on = match byte {
            b'0'..=b'9' => true,
            b'.' | b',' => digit(end + 1),
            b' ' => end > 0 && digit(end - 1) && three,
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// The values that digits with separators may have; with an author's habit, one.
fn values(digits: &str, habit: Option<Decimal>) -> Vec<f64> {
    let digits: String = digits.chars().filter(|c| *c != ' ').collect();
    let marks: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let decimal = |mark: char| {
        let kept = digits.chars().filter(|c| c.is_ascii_digit() || *c == mark);
        let text: String = kept.map(|c| if c == mark { '.' } else { c }).collect();
        text.parse().ok()
    };
    let whole = || digits.replace(['.', ','], "").parse().ok();
    let found: Vec<Option<f64>> = match marks.as_slice() {
        [] => vec![whole()],
        [mark] if in_groups(&digits, *mark) => match habit {
            None => vec![decimal(*mark), whole()],
            Some(Decimal::Comma) if *mark == ',' => vec![decimal(',')],
            Some(Decimal::Point) if *mark == '.' => vec![decimal('.')],
            Some(_) => vec![whole()],
        },
        [mark] => vec![decimal(*mark)],
        [first, .., last] if first == last => {
            vec![in_groups(&digits, *first).then(whole).flatten()]
        }
        [groups @ .., last] => {
            let before = digits.rsplit_once(*last).map_or("", |(before, _)| before);
            let tidy = groups.iter().all(|mark| *mark == groups[0]) && in_groups(before, groups[0]);
            vec![tidy.then(|| decimal(*last)).flatten()]
        }
    };
    found.into_iter().flatten().collect()
}

/// Whether the mark separates thousands: one to three digits, then threes, and no leading zero.
fn in_groups(digits: &str, mark: char) -> bool {
    let mut parts = digits.split(mark);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && parts.all(|part| part.len() == 3)
}

/// Takes what belongs to the number from behind it: an exponent, a power of ten, a denominator.
fn behind(value: f64, rest: &str) -> (f64, &str) {
    if let Some((power, rest)) = exponent(rest) {
        // Divided, since 10⁻³ is no exact number but 10³ is.
        let value = match power {
            0.. => value * 10f64.powi(power),
            _ => value / 10f64.powi(-power),
        };
        return (value, rest);
    }
    let denominator = rest.strip_prefix(['/', '⁄']).map(str::trim_start);
    match denominator.and_then(integer) {
        Some((below, rest)) if below != 0.0 => (value / below, rest),
        _ => (value, rest),
    }
}

fn integer(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let value = text[..end].parse().ok()?;
    Some((value, text[end..].trim_start()))
}

/// `e3`, `·10^3`, `x 10⁻³`.
fn exponent(text: &str) -> Option<(i32, &str)> {
    let plain = text
        .strip_prefix(['e', 'E'])
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+'));
    if let Some(rest) = plain {
        return power(rest);
    }
    let rest = text
        .strip_prefix(['·', '×', '*', 'x', 'X', '.', '⋅'])?
        .trim_start();
    let rest = rest.strip_prefix("10")?;
    match rest.strip_prefix('^') {
        Some(rest) => power(rest.trim_start_matches(['{', '('])),
        None => raised(rest),
    }
}

fn power(text: &str) -> Option<(i32, &str)> {
    let sign = usize::from(text.starts_with(['-', '+']));
    let end = text[sign..]
        .find(|c: char| !c.is_ascii_digit())
        .map_or(text.len(), |at| at + sign);
    let power = text[..end]
        .parse()
        .ok()
        .filter(|p| (-300..=300).contains(p))?;
    Some((
        power,
        text[end..].trim_start_matches(['}', ')']).trim_start(),
    ))
}

/// An exponent in raised digits.
fn raised(text: &str) -> Option<(i32, &str)> {
    let end = text
        .find(|c| raised_digit(c).is_none())
        .unwrap_or(text.len());
    let plain: String = text[..end].chars().filter_map(raised_digit).collect();
    let power = plain.parse().ok().filter(|p| (-300..=300).contains(p))?;
    Some((power, text[end..].trim_start()))
}

/// A raised digit or sign as a plain one.
pub(super) fn raised_digit(c: char) -> Option<char> {
    Some(match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁻' => '-',
        _ => return None,
    })
}
