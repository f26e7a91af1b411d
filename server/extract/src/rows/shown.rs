//! Cells as text, the way a person sees them.

use super::CellText;
use calamine::{Data, ExcelDateTime};

/// Errors of spreadsheets as they are shown; some programs store them as texts.
const ERRORS: &[&str] = &[
    "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!", "#SPILL!",
    "#CALC!",
];
/// From here on numbers are not shown digit by digit.
const LARGE: f64 = 1e15;
/// Durations beyond these days are no durations.
const LONGEST: f64 = 1e9;

/// A cell whose number format is not known.
pub(super) fn shown(cell: &Data) -> CellText {
    shown_as(cell, "")
}

/// A cell under a number format such as `0%`.
pub(super) fn shown_as(cell: &Data, format: &str) -> CellText {
    let text = match cell {
        Data::Empty => String::new(),
        Data::String(text) if is_error(text) => return error(text),
        Data::String(text) => text.clone(),
        Data::Int(whole) => whole.to_string(),
        Data::Float(value) if format.contains('%') => format!("{}%", number(value * 100.0)),
        Data::Float(value) => number(*value),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(time) => moment(time),
        Data::DateTimeIso(time) => time.strip_suffix("T00:00:00").unwrap_or(time).to_owned(),
        Data::DurationIso(time) => time.clone(),
        Data::Error(found) => return error(&found.to_string()),
    };
    match text.is_empty() {
        true => CellText::Empty,
        false => CellText::Text(text),
    }
}

fn error(text: &str) -> CellText {
    CellText::Error {
        error: text.trim().to_owned(),
    }
}

/// LibreOffice has errors with numbers too, such as `Err:502`.
fn is_error(text: &str) -> bool {
    let text = text.trim();
    let numbered = text.strip_prefix("Err:").is_some_and(|number| {
        number.len() == 3 && number.bytes().all(|digit| digit.is_ascii_digit())
    });
    numbered || ERRORS.contains(&text)
}

/// A number with the fifteen digits that spreadsheets keep, whole ones without a point.
fn number(value: f64) -> String {
    let kept = format!("{value:.14e}").parse().unwrap_or(value);
    match kept {
        kept if f64::abs(kept) < LARGE => kept.to_string(),
        kept => format!("{kept:e}"),
    }
}

/// A date, a time of the day or both, ISO 8601; a duration in hours, minutes and seconds.
fn moment(time: &ExcelDateTime) -> String {
    let days = time.as_f64();
    if time.is_duration() && days.abs() < LONGEST {
        let seconds = (days * 86_400.0).round() as i64;
        let (hours, rest) = (seconds / 3600, seconds.abs() % 3600);
        return format!("{hours}:{:02}:{:02}", rest / 60, rest % 60);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    match (days < 1.0, clock.as_str()) {
        (true, _) => clock,
        (false, "00:00:00") => date,
        (false, _) => format!("{date}T{clock}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{CellText, number, shown, shown_as};
    use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

    fn told(cell: &Data) -> String {
        match shown(cell) {
            CellText::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_as_people_see_them() {
        for (value, text) in [
            (7.0, "7"),
            (-2.5, "-2.5"),
            (0.1 + 0.2, "0.3"),
            (2024.0, "2024"),
            (8_934_567_890_123.0, "8934567890123"),
            (1e20, "1e20"),
        ] {
            assert_eq!(number(value), text);
        }
        let half = shown_as(&Data::Float(0.075), "0.0%");
        assert_eq!(half, CellText::Text("7.5%".to_owned()));
        assert_eq!(told(&Data::Bool(true)), "TRUE");
    }

    #[test]
    fn dates_are_iso() {
        let time = |value, kind| Data::DateTime(ExcelDateTime::new(value, kind, false));
        for (value, text) in [
            (45_540.0, "2024-09-05"),
            (45_540.354_166_666_664, "2024-09-05T08:30:00"),
            (0.354_166_666_666_666_7, "08:30:00"),
        ] {
            assert_eq!(told(&time(value, ExcelDateTimeType::DateTime)), text);
        }
        let long = time(1.5, ExcelDateTimeType::TimeDelta);
        assert_eq!(told(&long), "36:00:00");
        let iso = Data::DateTimeIso("2024-09-05T00:00:00".to_owned());
        assert_eq!(told(&iso), "2024-09-05");
    }

    #[test]
    fn errors_are_no_text() {
        for text in ["#REF!", "#N/A", "Err:502"] {
            let cell = shown(&Data::String(text.to_owned()));
            assert_eq!(
                cell,
                CellText::Error {
                    error: text.to_owned()
                }
            );
        }
        assert_eq!(told(&Data::String("#1 Lực".to_owned())), "#1 Lực");
    }
}
