//! Values that must be written in one way: dates, durations, addresses, codes.

use super::dates::{is_date, is_duration};
use super::{
    BAD_AGE_RANGE, BAD_CHECKSUM, BAD_DATE, BAD_DURATION, BAD_LANGUAGE, BAD_MEDIA_TYPE, BAD_URL,
    DATES_OUT_OF_ORDER, Finding, LONG_NAME, MOST, Rule,
};
use crate::{LearningResource, MediaObject, language};

/// Characters after which a title is no title any more.
const LONGEST_NAME: usize = 300;

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let mut ask = |property: &str, value: Option<&String>, rule: &Rule, is: fn(&str) -> bool| {
        if let Some(value) = value.filter(|value| !is(value)) {
            findings.push(rule.on(property, value));
        }
    };
    ask(
        "dateCreated",
        record.date_created.as_ref(),
        &BAD_DATE,
        is_date,
    );
    ask(
        "datePublished",
        record.date_published.as_ref(),
        &BAD_DATE,
        is_date,
    );
    ask(
        "dateModified",
        record.date_modified.as_ref(),
        &BAD_DATE,
        is_date,
    );
    ask(
        "timeRequired",
        record.time_required.as_ref(),
        &BAD_DURATION,
        is_duration,
    );
    ask(
        "typicalAgeRange",
        record.typical_age_range.as_ref(),
        &BAD_AGE_RANGE,
        |text| age_range(text).is_some(),
    );
    ask("url", record.url.as_ref(), &BAD_URL, is_web_address);
    ask("image", record.image.as_ref(), &BAD_URL, is_web_address);
    for code in record.in_language.iter().take(MOST) {
        ask("inLanguage", Some(code), &BAD_LANGUAGE, language::is_code);
    }
    let agents = record
        .creator
        .iter()
        .chain(&record.contributor)
        .chain(&record.publisher);
    for agent in agents.take(MOST) {
        ask("creator", agent.id.as_ref(), &BAD_URL, is_uri);
    }
    order_of_dates(record, findings);
    record
        .encoding
        .iter()
        .take(MOST)
        .for_each(|file| judge_file(file, findings));
    if record.name.len() > LONGEST_NAME && record.name.chars().count() > LONGEST_NAME {
        findings.push(LONG_NAME.on("name", &record.name));
    }
}

fn judge_file(file: &MediaObject, findings: &mut Vec<Finding>) {
    let mut ask = |value: &Option<String>, rule: &Rule, is: fn(&str) -> bool| {
        if let Some(value) = value.as_ref().filter(|value| !is(value)) {
            findings.push(rule.on("encoding", value));
        }
    };
    ask(&file.content_url, &BAD_URL, is_web_address);
    ask(&file.encoding_format, &BAD_MEDIA_TYPE, is_media_type);
    ask(&file.sha256, &BAD_CHECKSUM, is_sha256);
}

/// Nothing can be published or changed before it was made.
fn order_of_dates(record: &LearningResource, findings: &mut Vec<Finding>) {
    let Some(made) = record.date_created.as_deref().filter(|date| is_date(date)) else {
        return;
    };
    let later = [
        ("datePublished", &record.date_published),
        ("dateModified", &record.date_modified),
    ];
    for (property, date) in later {
        let Some(date) = date.as_deref().filter(|date| is_date(date)) else {
            continue;
        };
        let same = made.len().min(date.len()).min(10);
        if date.as_bytes()[..same] < made.as_bytes()[..same] {
            findings.push(DATES_OUT_OF_ORDER.on(property, &format!("{date} < {made}")));
        }
    }
}

/// First and last year of an age range; the last is open in `18-`.
pub(crate) fn age_range(text: &str) -> Option<(u32, Option<u32>)> {
    let age = |part: &str| part.trim().parse::<u32>().ok().filter(|age| *age <= 120);
    let text = text.trim();
    let Some((first, last)) = text.split_once(['-', '–']) else {
        return age(text).map(|age_of| (age_of, Some(age_of)));
    };
    let first = age(first)?;
    match last.trim() {
        "" => Some((first, None)),
        last => age(last)
            .filter(|last| *last >= first)
            .map(|last| (first, Some(last))),
    }
}

/// An absolute address that a browser opens.
pub(crate) fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .or_else(|| text.strip_prefix("ftp://"));
    let host = |rest: &str| !rest.starts_with(['/', '?', '#', ':', '.']) && !rest.is_empty();
    rest.is_some_and(host)
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}

/// Any URI: a scheme, a colon and only characters that RFC 3986 allows.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let scheme = scheme
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b);
    first && scheme && !rest.is_empty() && rest != "//" && rest.bytes().all(allowed)
}

/// `type/subtype` with one of the registered types.
pub(crate) fn is_media_type(text: &str) -> bool {
    const TYPES: &[&str] = &[
        "application",
        "audio",
        "example",
        "font",
        "image",
        "message",
        "model",
        "multipart",
        "text",
        "video",
    ];
    let name = |b: u8| b.is_ascii_alphanumeric() || b"-+_.".contains(&b);
    text.split_once('/').is_some_and(|(main, sub)| {
        TYPES.contains(&main) && !sub.is_empty() && sub.bytes().all(name)
    })
}

/// 64 hexadecimal digits.
pub(crate) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}
