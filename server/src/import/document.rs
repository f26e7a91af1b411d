//! A file that is no catalogue: it becomes one record, with its text to search in and the file to take.

use super::input::Input;
use super::reader::Reading;
use khue_content::check::{self, Finding, Rule};
use khue_content::escape::escape;
use khue_content::format::{Incoming, Place, Refusal};
use khue_content::license::{self, Stated};
use khue_content::{Agent, Body, BodyFormat, LearningResource, MediaObject, language};
use khue_extract::{Document, Kind, Limit, Notice, Outcome};
use std::fs::File;

/// Most text that a record keeps, in bytes; the file has all of it.
const MOST_TEXT: usize = 4 << 20;
/// Longest name that is taken from a file, in letters.
const LONGEST_NAME: usize = 200;

/// Whether files of this kind become records.
pub(super) fn is_taken(kind: Kind) -> bool {
    kind.is_read()
}

/// Reads the file in a child, keeps it, and describes it.
pub(super) fn read(input: &Input, reading: &Reading) -> Incoming {
    let place = Place::new(&input.name, 0);
    let found = crate::extracting::extractor(khue_extract::Limits::default())
        .and_then(|extractor| Ok(extractor.read(&input.path)?));
    let document = match found {
        Ok(document) => document,
        Err(error) => {
            let reason = error.to_string();
            return Incoming::refused(Refusal::Unreadable { place, reason });
        }
    };
    if matches!(document.outcome, Outcome::Refused { .. }) {
        let reason = document.outcome.reason().unwrap_or_default();
        return Incoming::refused(Refusal::Unreadable { place, reason });
    }
    let (mut record, findings) = described(&document, &input.name);
    match kept(input, reading, document.kind) {
        Ok(file) => record.encoding.push(file),
        Err(reason) => return Incoming::refused(Refusal::Unreadable { place, reason }),
    }
    Incoming {
        place,
        record: Ok(record),
        findings,
    }
}

/// The file in the portal's folder of files; in a dry run only its description.
fn kept(input: &Input, reading: &Reading, kind: Kind) -> Result<MediaObject, String> {
    let name = input
        .path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut object = MediaObject {
        name,
        encoding_format: Some(kind.media_type().to_owned()),
        content_size: Some(input.size),
        ..MediaObject::default()
    };
    if let Some(files) = &reading.files {
        let file = File::open(&input.path).map_err(|error| error.to_string())?;
        let saved = files.put(file).map_err(|error| error.to_string())?;
        object.sha256 = Some(saved.sha256);
        object.content_size = Some(saved.size);
    }
    Ok(object)
}

/// The record of what was read, and what its curator should know.
fn described(document: &Document, file: &str) -> (LearningResource, Vec<Finding>) {
    let text = document.text();
    let mut findings = notices(document);
    let stated = document
        .metadata
        .language
        .as_deref()
        .and_then(language::code);
    // Programs write the language of their own interface, so that the text is the better witness.
    let told = language::detect(&text).map(str::to_owned).or(stated);
    let mut record = LearningResource {
        name: name(document, file),
        description: document.metadata.description.clone().unwrap_or_default(),
        creator: document
            .metadata
            .authors
            .iter()
            .filter(|name| is_name(name))
            .map(Agent::person)
            .collect(),
        in_language: told.into_iter().collect(),
        keywords: document.metadata.keywords.clone(),
        date_created: document.metadata.created.as_deref().and_then(day),
        body: body(document),
        ..LearningResource::default()
    };
    record.provenance.identifier = file.replace(['/', '\\'], "-");
    for hint in &document.licenses {
        if record.provenance.license_as_stated.is_empty() && recognised(&hint.statement) {
            record
                .provenance
                .license_as_stated
                .clone_from(&hint.statement);
        }
        findings.push(check::LICENSE_HINT.on("license", &hint.statement));
    }
    (record, findings)
}

fn recognised(statement: &str) -> bool {
    matches!(
        license::read(statement),
        Stated::One(_) | Stated::WithoutVersion
    )
}

/// What was noticed, as findings of the file.
fn notices(document: &Document) -> Vec<Finding> {
    let on = |rule: &Rule, detail: &str| rule.on("encoding", detail);
    let ended = match &document.outcome {
        Outcome::Partly { limit } => {
            let limit = limit.as_ref().map(Limit::to_string).unwrap_or_default();
            Some(on(&check::FILE_PARTLY_READ, &limit))
        }
        Outcome::LimitReached { limit } => Some(on(&check::FILE_NOT_READ, &limit.to_string())),
        Outcome::Unreadable { reason } => Some(on(&check::FILE_NOT_READ, &reason.to_string())),
        _ => None,
    };
    let told = document.notices.iter().map(|notice| match notice {
        Notice::Mismatch { found, .. } => on(&check::FILE_MISNAMED, found.words()),
        Notice::NoText | Notice::PagesWithoutText { .. } => on(&check::FILE_WITHOUT_TEXT, ""),
        Notice::Converted { encoding } => on(&check::FILE_CONVERTED, &encoding.to_string()),
        Notice::Macros => on(&check::FILE_MACROS, ""),
        Notice::FileNotRead { file, .. } => on(&check::FILE_PARTLY_READ, file),
        Notice::Damaged { .. } | Notice::UnknownEncoding | Notice::Entities => {
            on(&check::FILE_PARTLY_READ, &notice.to_string())
        }
    });
    ended.into_iter().chain(told).collect()
}

/// The title that the file states, else its first heading, else what it is called.
fn name(document: &Document, file: &str) -> String {
    let stated = document
        .metadata
        .title
        .clone()
        .filter(|title| is_title(title));
    let headings = document
        .sections
        .iter()
        .take(3)
        .map(|section| section.heading.clone());
    let heading = || headings.clone().find(|heading| is_title(heading));
    let name = stated.or_else(heading).unwrap_or_else(|| called(file));
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}

/// Whether a text names something: letters, and no name of a file.
fn is_title(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let of_a_file =
        khue_extract::by_name(text).is_some() || !text.contains(' ') && text.contains('_');
    letters >= 3 && !of_a_file
}

/// `bai-5_luc.docx` is called "bai 5 luc".
fn called(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.split(['_', '-', ' ']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Names of people, not those that programs put there.
fn is_name(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let of_machines = [
        "user",
        "admin",
        "administrator",
        "microsoft",
        "windows user",
        "unknown",
        "author",
        "pc",
        "python-docx",
        "openxml",
    ];
    lower
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .count()
        >= 3
        && !of_machines.contains(&lower.as_str())
        && !lower.contains('@')
}

/// The day at the beginning of a date.
fn day(stated: &str) -> Option<String> {
    let day = stated.get(..10)?;
    let parts: Vec<&str> = day.split('-').collect();
    let digits = |part: &&str, length: usize| {
        part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let [year, month, of_month] = parts.as_slice() else {
        return None;
    };
    let whole = digits(year, 4) && digits(month, 2) && digits(of_month, 2);
    (whole && *year > "1900" && *month != "00").then(|| day.to_owned())
}

/// The text as HTML with its headings, so that it can be read and a place in it be found.
fn body(document: &Document) -> Option<Body> {
    let mut html = String::new();
    for section in &document.sections {
        let level = (section.level + 1).clamp(2, 6);
        if !section.heading.is_empty() {
            html.push_str(&format!("<h{level}>"));
            escape(&section.heading, &mut html);
            html.push_str(&format!("</h{level}>\n"));
        }
        for paragraph in section
            .text
            .split("\n\n")
            .filter(|text| !text.trim().is_empty())
        {
            html.push_str("<p>");
            for (number, line) in paragraph.trim().split('\n').enumerate() {
                // Lines of a page end where the paper did.
                match (number, document.kind) {
                    (0, _) => {}
                    (_, Kind::Pdf) => html.push('\n'),
                    _ => html.push_str("<br>\n"),
                }
                escape(line, &mut html);
            }
            html.push_str("</p>\n");
        }
        if html.len() > MOST_TEXT {
            break;
        }
    }
    (!html.is_empty()).then_some(Body {
        format: BodyFormat::Html,
        text: html,
    })
}

#[cfg(test)]
mod tests {
    use super::{called, day, described, is_name};
    use khue_extract::{Document, Kind, LicenseHint, Metadata, Notice, Outcome, Section};

    fn lesson() -> Document {
        Document {
            kind: Kind::Docx,
            outcome: Outcome::Extracted,
            metadata: Metadata {
                title: Some("bai_5.docx".to_owned()),
                authors: vec!["Nguyễn Thị Lan".to_owned(), "User".to_owned()],
                language: Some("en-US".to_owned()),
                created: Some("2024-09-05T07:00:00Z".to_owned()),
                ..Metadata::default()
            },
            sections: vec![Section {
                heading: "Bài 5. Lực & chuyển động".to_owned(),
                level: 1,
                text: "Lực là đại lượng đặc trưng cho tác dụng của vật này lên vật khác.\n\nNếu a < b thì sao?".to_owned(),
                ..Section::default()
            }],
            licenses: vec![LicenseHint { statement: "CC BY 4.0".to_owned(), context: String::new() }],
            notices: vec![Notice::Macros],
            ..Document::default()
        }
    }

    #[test]
    fn a_file_is_described_by_what_it_says() {
        let (record, findings) = described(&lesson(), "ly/bai_5.docx");
        assert_eq!(record.name, "Bài 5. Lực & chuyển động");
        assert_eq!(record.in_language, ["vi"]);
        assert_eq!(record.creator.len(), 1);
        assert_eq!(record.date_created.as_deref(), Some("2024-09-05"));
        assert_eq!(record.provenance.license_as_stated, "CC BY 4.0");
        assert_eq!(record.license, None);
        let text = record.body.map(|body| body.text).unwrap_or_default();
        assert!(
            text.contains("<h2>Bài 5. Lực &amp; chuyển động</h2>") && text.contains("a &lt; b"),
            "{text}"
        );
        let codes: Vec<&str> = findings
            .iter()
            .map(|finding| finding.code.as_str())
            .collect();
        assert_eq!(codes, ["file-macros", "license-hint"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_still_a_record() {
        let document = Document {
            outcome: Outcome::LimitReached {
                limit: khue_extract::Limit::Memory,
            },
            ..Document::default()
        };
        let (record, findings) = described(&document, "to/bai-giang_so-1.pdf");
        assert_eq!(record.name, "bai giang so 1");
        assert_eq!(record.provenance.identifier, "to-bai-giang_so-1.pdf");
        assert!(record.body.is_none());
        assert_eq!(findings[0].code, "file-not-read");
    }

    #[test]
    fn names_and_days_of_programs_are_none() {
        assert!(!is_name("Windows User") && is_name("Trần Văn A"));
        assert_eq!(called("a/b_c-d.pdf"), "b c d");
        assert_eq!(day("2024-13-x1"), None);
        assert_eq!(day("1601-01-01T00:00"), None);
    }
}
