//! JSON Lines: our export, AMB and schema.org, or flat catalogue records.

use super::lines::{Line, Lines};
use super::{Incoming, Refusal, object};
use crate::LearningResource;
use crate::check::REPLACED_BYTES;
use std::io::BufRead;

/// The records of a stream, one a line; empty lines are passed over.
///
/// ```
/// let text = "{\"title\": \"Lực\", \"lang\": \"vi\"}\n\n{\"title\":\n";
/// let read: Vec<_> = khue_content::format::jsonl::read(text.as_bytes(), "a.jsonl").collect();
/// assert_eq!(read[0].record.as_ref().map(|record| record.name.as_str()), Ok("Lực"));
/// assert_eq!(read[1].place.to_string(), "a.jsonl, line 3");
/// assert!(read[1].record.is_err());
/// ```
pub fn read<R: BufRead>(source: R, file: &str) -> impl Iterator<Item = Incoming> + use<R> {
    Lines::new(source, file).map(|line| match line {
        Ok(line) => incoming(line),
        Err(refusal) => Incoming::refused(refusal),
    })
}

fn incoming(line: Line) -> Incoming {
    let replaced = line
        .replaced
        .then(|| REPLACED_BYTES.on("body", &line.place.to_string()));
    match serde_json::from_str(&line.text) {
        Ok(value) => object::incoming(line.place, value, replaced.into_iter().collect()),
        Err(error) => Incoming::refused(Refusal::Broken {
            place: line.place,
            format: "JSON",
            reason: error.to_string(),
        }),
    }
}

/// The record as one line of the export format, without the line feed.
/// Reading it gives the same record.
pub fn to_line(record: &LearningResource) -> String {
    // Cannot fail: a record has only text keys and no number that JSON lacks.
    serde_json::to_string(record).unwrap_or_default()
}
