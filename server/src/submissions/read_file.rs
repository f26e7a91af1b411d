//! What a file of a submission says, read in a child under limits.

use khue_content::{Agent, Body, BodyFormat, LearningResource, language};
use khue_extract::{Document, Kind, Limits};
use std::fs::File;
use std::path::Path;

/// How long reading may take: somebody waits for it.
const SECONDS: u64 = 20;
/// Most text that is taken, in bytes; the file has all of it.
const MOST: usize = 300_000;
/// Longest name, in characters.
const NAME: usize = 200;

/// What was read.
pub(super) struct Found {
    name: String,
    language: Option<String>,
    creators: Vec<String>,
    keywords: Vec<String>,
    text: String,
}

/// Reads a kept file that somebody calls `name`; nothing where there is no text that could be read.
pub(super) fn read_file(path: &Path, name: &str) -> Option<Found> {
    let limits = Limits {
        cpu_seconds: SECONDS,
        wall_seconds: SECONDS,
        ..Limits::default()
    };
    let read = crate::extracting::extractor(limits).and_then(|extractor| {
        let file = File::open(path)?;
        Ok(extractor.read_file(file, name)?)
    });
    match read {
        Ok(document) => found(&document),
        Err(error) => {
            tracing::warn!("a file of a submission could not be read: {error:#}");
            None
        }
    }
}

fn found(document: &Document) -> Option<Found> {
    let text = markdown(document);
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    let metadata = &document.metadata;
    let heading = document.sections.iter().map(|section| &section.heading);
    let title = metadata.title.iter().chain(heading.take(3));
    let name = title
        .map(|title| title.trim())
        .find(|title| is_title(title))
        .unwrap_or_default();
    Some(Found {
        name: name.chars().take(NAME).collect(),
        language: language::detect(&text).map(str::to_owned),
        creators: metadata.authors.clone(),
        keywords: metadata.keywords.clone(),
        text,
    })
}

/// Whether a text names something and is no name of a file.
fn is_title(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    letters >= 3 && khue_extract::by_name(text).is_none() && text.contains(' ')
}

impl Found {
    /// The record with what it lacked.
    pub(super) fn fill(self, mut record: LearningResource) -> LearningResource {
        if record.name.is_empty() {
            record.name = self.name;
        }
        if record.in_language.is_empty() {
            record.in_language.extend(self.language);
        }
        if record.creator.is_empty() {
            record.creator = self.creators.into_iter().map(Agent::person).collect();
        }
        if record.keywords.is_empty() {
            record.keywords = self.keywords;
        }
        record.body = Some(Body {
            format: BodyFormat::Markdown,
            text: self.text,
        });
        record
    }
}

/// The text as Markdown that its author can go on writing.
fn markdown(document: &Document) -> String {
    let mut text = String::new();
    // Lines of a page end where the paper did; elsewhere they were meant.
    let ends = match document.kind {
        Kind::Pdf => "\n",
        _ => "  \n",
    };
    for one in &document.sections {
        section(&one.heading, one.level, &one.text, ends, &mut text);
        if text.len() > MOST {
            text.truncate(text.floor_char_boundary(MOST));
            break;
        }
    }
    text.trim().to_owned()
}

/// A heading and what stands beneath it, as Markdown whose signs mean nothing; `ends` is how a line ends.
pub(crate) fn section(heading: &str, level: u8, words: &str, ends: &str, to: &mut String) {
    if !heading.trim().is_empty() {
        let level = usize::from(level.saturating_add(1)).clamp(2, 6);
        to.push_str(&"#".repeat(level));
        to.push(' ');
        plain(&heading.replace('\n', " "), to);
        to.push_str("\n\n");
    }
    for paragraph in words.split("\n\n") {
        let lines = paragraph.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty()) {
            plain(line, to);
            to.push_str(ends);
        }
        to.push('\n');
    }
}

/// A line whose signs mean nothing to Markdown.
fn plain(line: &str, to: &mut String) {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = number.len() < line.len() && number.starts_with(['.', ')']);
    if line.starts_with(['#', '>', '-', '+', '=', '~']) {
        to.push('\\');
    }
    for (place, sign) in line.char_indices() {
        let ends_number = counted && place == line.len() - number.len();
        if ends_number || matches!(sign, '\\' | '`' | '*' | '_' | '[' | '<' | '$' | '|') {
            to.push('\\');
        }
        to.push(sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use khue_extract::{Metadata, Section};

    fn lesson(text: &str) -> Document {
        Document {
            kind: Kind::Docx,
            metadata: Metadata {
                title: Some("bai_5.docx".to_owned()),
                ..Metadata::default()
            },
            sections: vec![Section {
                heading: "Bài 5. Lực là gì".to_owned(),
                level: 1,
                text: text.to_owned(),
                ..Section::default()
            }],
            ..Document::default()
        }
    }

    #[test]
    fn text_of_a_file_reads_as_it_was_written() {
        let odd = "1. Nếu a < b và $x_1$ * 2 thì sao?\n\n# không phải đề mục\n\n<script>alert(1)</script>";
        let found = found(&lesson(odd)).unwrap();
        assert_eq!(found.name, "Bài 5. Lực là gì");
        assert_eq!(found.language.as_deref(), Some("vi"));
        let record = found.fill(LearningResource::default());
        let text = khue_content::render::plain_text(record.body.as_ref().unwrap());
        for line in odd.split("\n\n") {
            assert!(text.contains(line), "{line:?} in {text:?}");
        }
    }

    #[test]
    fn what_the_author_has_written_stays() {
        let record = LearningResource {
            name: "Tên của tôi".to_owned(),
            in_language: vec!["fr".to_owned()],
            ..LearningResource::default()
        };
        let filled = found(&lesson("Lực làm vật đổi chuyển động."))
            .unwrap()
            .fill(record);
        assert_eq!(
            (filled.name.as_str(), filled.in_language[0].as_str()),
            ("Tên của tôi", "fr")
        );
        assert!(found(&lesson("").clone()).is_some_and(|found| found.text.starts_with("## Bài 5")));
    }

    #[test]
    fn a_file_without_words_fills_nothing() {
        assert!(found(&Document::default()).is_none());
    }
}
