//! Numbers, dates, sizes and languages as the reader writes them.

use fluent_bundle::FluentValue;
use icu_calendar::Date;
use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale;
use std::sync::LazyLock;

use crate::Language;
use crate::texts::texts;

struct Formats {
    number: Option<DecimalFormatter>,
    day: Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>,
    month: Option<FixedCalendarDateTimeFormatter<Gregorian, YM>>,
}

static FORMATS: LazyLock<[Formats; 3]> = LazyLock::new(|| Language::ALL.map(formats_of));

fn formats_of(language: Language) -> Formats {
    let locale: Locale = language.code().parse().unwrap_or(Locale::UNKNOWN);
    Formats {
        number: DecimalFormatter::try_new((&locale).into(), Default::default()).ok(),
        day: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YMD::long()).ok(),
        month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), YM::long()).ok(),
    }
}

fn decimal(language: Language, value: &Decimal) -> String {
    let format = FORMATS[language as usize].number.as_ref();
    format.map_or_else(
        || value.to_string(),
        |format| format.format(value).to_string(),
    )
}

/// A whole number with the reader's separators: 1.083.895, 1,083,895, 1 083 895.
pub fn number(language: Language, value: usize) -> String {
    decimal(language, &Decimal::from(value))
}

/// A number of tenths, written with one digit after the sign where it is not 0.
fn tenths(language: Language, tenths: u64) -> String {
    let mut value = Decimal::from(tenths);
    value.multiply_pow10(-1);
    value.trim_end();
    decimal(language, &value)
}

type Formatter<M> = fn(&FluentValue<'_>, &M) -> Option<String>;

/// How numbers inside texts are written.
pub fn fluent_number<M>(language: Language) -> Formatter<M> {
    match language {
        Language::Vi => |value, _| whole(value, Language::Vi),
        Language::En => |value, _| whole(value, Language::En),
        Language::Fr => |value, _| whole(value, Language::Fr),
    }
}

fn whole(value: &FluentValue<'_>, language: Language) -> Option<String> {
    match value {
        FluentValue::Number(given) if given.value >= 0.0 && given.value.fract() == 0.0 => {
            Some(number(language, given.value as usize))
        }
        _ => None,
    }
}

/// An ISO 8601 date as people write it: a year, a month or a day; what is no date is given back.
pub fn date(language: Language, iso: &str) -> String {
    written_date(language, iso).unwrap_or_else(|| iso.to_owned())
}

fn written_date(language: Language, iso: &str) -> Option<String> {
    let day_part = iso.split(['T', ' ']).next()?;
    let mut numbers = day_part.splitn(3, '-');
    let year: i32 = numbers.next()?.parse().ok()?;
    let month: Option<u8> = numbers.next().and_then(|text| text.parse().ok());
    let day: Option<u8> = numbers.next().and_then(|text| text.parse().ok());
    let Some(month) = month else {
        return Some(year.to_string());
    };
    let date = Date::try_new_gregorian(year, month, day.unwrap_or(1)).ok()?;
    let formats = &FORMATS[language as usize];
    // The data has no comma or word before a Vietnamese year; people write it with strokes.
    Some(match (language, day) {
        (Language::Vi, Some(day)) => format!("{day}/{month}/{year}"),
        (Language::Vi, None) => format!("tháng {month}/{year}"),
        (_, Some(_)) => formats.day.as_ref()?.format(&date).to_string(),
        (_, None) => formats.month.as_ref()?.format(&date).to_string(),
    })
}

/// The year of an ISO 8601 date.
pub fn year(iso: &str) -> Option<&str> {
    iso.get(..4)
        .filter(|year| year.bytes().all(|b| b.is_ascii_digit()))
}

/// A size in bytes, kilobytes or megabytes of 1000.
pub fn size(language: Language, bytes: u64) -> String {
    let t = texts(language);
    let (key, number) = match bytes {
        0..1_000 => ("size-bytes", number(language, bytes as usize)),
        1_000..1_000_000 => ("size-kilobytes", number(language, (bytes / 1_000) as usize)),
        1_000_000..1_000_000_000 => ("size-megabytes", tenths(language, bytes / 100_000)),
        _ => ("size-gigabytes", tenths(language, bytes / 100_000_000)),
    };
    t.fill(key, &[("size", number.into())])
}

/// A language's name in the reader's language, with what else its code says in brackets; else its code.
pub fn language_name(reader: Language, code: &str) -> String {
    let (bare, region) = code.split_once(['-', '_']).unwrap_or((code, ""));
    match texts(reader).find(&format!("language-{}", bare.to_lowercase())) {
        Some(name) if region.is_empty() => name.to_owned(),
        Some(name) => format!("{name} ({})", region.to_uppercase()),
        None => code.to_uppercase(),
    }
}

/// An ISO 8601 duration of hours and minutes (`PT1H30M`), else what was given.
pub fn duration(language: Language, iso: &str) -> String {
    let Some(minutes) = minutes(iso) else {
        return iso.to_owned();
    };
    let t = texts(language);
    let hours = t.fill("duration-hours", &[("hours", (minutes / 60).into())]);
    let rest = t.fill("duration-minutes", &[("minutes", (minutes % 60).into())]);
    match (minutes / 60, minutes % 60) {
        (0, _) => rest,
        (_, 0) => hours,
        _ => format!("{hours} {rest}"),
    }
}

fn minutes(iso: &str) -> Option<u32> {
    let time = iso.strip_prefix("PT")?;
    let (hours, rest) = time.split_once('H').unwrap_or(("0", time));
    let minutes = rest.strip_suffix('M').unwrap_or("0");
    Some(hours.parse::<u32>().ok()?.checked_mul(60)? + minutes.parse::<u32>().ok()?)
}

/// What a school pack of the whole library is called.
pub fn pack_of_everything(language: Language) -> &'static str {
    texts(language).text("pack-everything")
}
