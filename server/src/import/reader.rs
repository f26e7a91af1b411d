//! Reads inputs in a thread of its own and hands over batches.

use super::book;
use super::document;
use super::input::{Input, Kind};
use super::workbook;
use anyhow::{Context, Result};
use encoding_rs::Encoding;
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};
use flate2::read::MultiGzDecoder;
use khue_content::LearningResource;
use khue_content::check::{self, DuplicateUrls, Finding};
use khue_content::format::{Format, Incoming, Refusal};
use khue_store::Files;
use khue_store::actions::Place;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc::Sender;

/// Most records in a batch.
const BATCH: usize = 5_000;
/// Documents that are stored together.
const DOCUMENTS: usize = 50;
/// Most bytes of text in a batch.
const BATCH_BYTES: usize = 8 * 1024 * 1024;

/// A record with the place that it comes from; the record is missing where it was refused.
#[derive(Debug)]
pub struct Row {
    /// File within the imported path.
    pub file: String,
    /// Line, 0 where lines mean nothing.
    pub line: u64,
    /// The source's identifier, where there is one.
    pub identifier: String,
    /// What the record is called.
    pub name: String,
    /// What reading and checking found.
    pub findings: Vec<Finding>,
    /// Why there is no record.
    pub refusal: Option<Refusal>,
}

/// Records that are stored together.
#[derive(Debug, Default)]
pub struct Batch {
    /// The records.
    pub records: Vec<LearningResource>,
    /// One for each record, in the same order, and one for each refusal.
    pub rows: Vec<Row>,
    /// Where reading goes on after it.
    pub place: Place,
}

/// What a reader needs to know.
pub struct Reading {
    /// Short name of the source.
    pub source: String,
    /// What to read, in order.
    pub inputs: Vec<Input>,
    /// Where an interrupted import goes on.
    pub from: Option<Place>,
    /// Where files of resources are kept; `None` in a dry run.
    pub files: Option<Files>,
    /// Bytes read so far, for progress.
    pub bytes: Arc<AtomicU64>,
}

/// Reads everything; ends early, without an error, when nobody takes the batches any more.
pub fn read(reading: &Reading, to: &Sender<Batch>) -> Result<()> {
    let mut sending = Sending {
        reading,
        to,
        batch: Batch::default(),
        size: 0,
        urls: DuplicateUrls::new(),
        stems: HashSet::new(),
        seen: 0,
    };
    let mut resume = reading.from.clone();
    for input in &reading.inputs {
        let from = match &resume {
            Some(place) if place.file == input.name => place.line,
            Some(_)
                if reading
                    .inputs
                    .iter()
                    .any(|i| resume.as_ref().is_some_and(|p| p.file == i.name)) =>
            {
                reading.bytes.fetch_add(input.size, Ordering::Relaxed);
                continue;
            }
            _ => 0,
        };
        resume = None;
        if !sending.input(input, from)? {
            return Ok(());
        }
    }
    sending.flush();
    Ok(())
}

struct Sending<'a> {
    reading: &'a Reading,
    to: &'a Sender<Batch>,
    batch: Batch,
    size: usize,
    urls: DuplicateUrls,
    /// Identifiers given to files that hold one record.
    stems: HashSet<String>,
    seen: u64,
}

impl Sending<'_> {
    /// Whether somebody still listens.
    fn input(&mut self, input: &Input, from: u64) -> Result<bool> {
        let incoming: Box<dyn Iterator<Item = Incoming>> = match input.kind {
            Kind::Book => {
                let records = book::read(input, self.reading)?;
                self.reading.bytes.fetch_add(input.size, Ordering::Relaxed);
                Box::new(records.into_iter())
            }
            Kind::Document => {
                let incoming = document::read(input, self.reading);
                self.reading.bytes.fetch_add(input.size, Ordering::Relaxed);
                Box::new(std::iter::once(incoming))
            }
            Kind::File(Format::Workbook) => {
                self.reading.bytes.fetch_add(input.size, Ordering::Relaxed);
                workbook::read(input)
            }
            Kind::File(format) => {
                let counted = Counted {
                    inner: open_raw(&input.path)?,
                    bytes: self.reading.bytes.clone(),
                };
                let text = as_utf8(unpacked(&input.path, counted), input.encoding);
                let reader = BufReader::with_capacity(1 << 18, text);
                format.read(reader, &input.name).with_context(|| {
                    format!("{}: OpenStax books are imported as a folder with `modules` and `collections`", input.name)
                })?
            }
        };
        let one = input.kind == Kind::File(Format::Markdown);
        for (number, mut incoming) in incoming.enumerate() {
            let line = if incoming.place.line > 0 {
                incoming.place.line
            } else {
                number as u64 + 1
            };
            if line <= from {
                continue;
            }
            self.identify(&mut incoming, input, one);
            self.take(incoming, input, line);
            // Documents take their time: what was read is stored soon, so that little is read again.
            let slow = input.kind == Kind::Document && self.batch.rows.len() >= DOCUMENTS;
            if slow || self.batch.rows.len() >= BATCH || self.size >= BATCH_BYTES {
                self.batch.place = Place {
                    file: input.name.clone(),
                    offset: 0,
                    line,
                };
                if !self.flush() {
                    return Ok(false);
                }
            }
        }
        self.batch.place = Place {
            file: input.name.clone(),
            offset: 0,
            line: u64::MAX >> 1,
        };
        Ok(true)
    }

    /// Source and identifier; a record without one gets a name that is the same next time.
    fn identify(&mut self, incoming: &mut Incoming, input: &Input, one: bool) {
        let Ok(record) = &mut incoming.record else {
            return;
        };
        record.provenance.source.clone_from(&self.reading.source);
        if !record.provenance.identifier.is_empty() && !one {
            return;
        }
        let stem = input
            .path
            .file_stem()
            .map(|s| s.to_string_lossy().into_owned())
            .unwrap_or_default();
        record.provenance.identifier = match (one, record.url.as_deref()) {
            (true, _) if self.stems.insert(stem.clone()) => stem,
            (true, _) => input.name.trim_end_matches(".md").replace(['/', '\\'], "-"),
            (false, Some(url)) => url.to_owned(),
            (false, None) => fingerprint(record),
        };
    }

    fn take(&mut self, incoming: Incoming, input: &Input, line: u64) {
        self.seen += 1;
        let mut row = Row {
            file: if incoming.place.file.is_empty() {
                input.name.clone()
            } else {
                incoming.place.file.clone()
            },
            line: incoming.place.line,
            identifier: String::new(),
            name: String::new(),
            findings: incoming.findings,
            refusal: None,
        };
        match incoming.record {
            Err(refusal) => row.refusal = Some(refusal),
            Ok(record) => {
                row.findings.extend(check::check(&record));
                row.findings.extend(
                    record
                        .url
                        .as_deref()
                        .and_then(|url| self.urls.see(url, line)),
                );
                row.identifier.clone_from(&record.provenance.identifier);
                row.name.clone_from(&record.name);
                self.size += record.body.as_ref().map_or(0, |body| body.text.len()) + 500;
                self.batch.records.push(record);
            }
        }
        self.batch.rows.push(row);
    }

    fn flush(&mut self) -> bool {
        self.size = 0;
        let batch = std::mem::take(&mut self.batch);
        batch.rows.is_empty() || self.to.blocking_send(batch).is_ok()
    }
}

/// A name for a record that has none, made of what it says.
fn fingerprint(record: &LearningResource) -> String {
    let text = record.body.as_ref().map_or("", |body| body.text.as_str());
    let hash = Sha256::new()
        .chain_update(&record.name)
        .chain_update([0])
        .chain_update(text)
        .finalize();
    hash.iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn open_raw(path: &Path) -> Result<File> {
    File::open(path).with_context(|| {
        format!(
            "cannot read {}: check that it exists and may be read",
            path.display()
        )
    })
}

/// What is in a file, unpacked where its name ends in `.gz`.
pub(super) fn unpacked<R: Read + 'static>(path: &Path, file: R) -> Box<dyn Read> {
    match path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("gz"))
    {
        true => Box::new(MultiGzDecoder::new(BufReader::new(file))),
        false => Box::new(file),
    }
}

/// A text as UTF-8: from the encoding that is named, from UTF-16 where a mark at the beginning says
/// so, else as it is.
pub(super) fn as_utf8<R: Read>(
    text: R,
    encoding: Option<&'static Encoding>,
) -> DecodeReaderBytes<R, Vec<u8>> {
    DecodeReaderBytesBuilder::new()
        .encoding(encoding)
        .bom_override(true)
        .utf8_passthru(true)
        .build(text)
}

/// Counts the bytes that are read.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.bytes.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}
