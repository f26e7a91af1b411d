//! ZIP archives, read within limits and never unpacked to a disk.

use crate::kind::Kind;
use crate::limits::{Limit, Limits};
use crate::notice::Reason;
use crate::out::Failure;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Bytes of a packed file that may unpack to any ratio.
const FREE: u64 = 8 << 20;

/// What may still be unpacked, over all archives of a file.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    unpacked: u64,
    ratio: u64,
    files: u64,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            unpacked: limits.unpacked,
            ratio: limits.ratio,
            files: limits.files,
        }
    }

    /// Counts the files of one more archive.
    pub(crate) fn count(&mut self, files: usize) -> Result<(), Failure> {
        let left = self.files.checked_sub(files as u64);
        self.files = left.ok_or(Failure::Limit(Limit::Files))?;
        Ok(())
    }
}

/// An open archive.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

impl<'a> Archive<'a> {
    /// Opens it, which reads its directory.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Failure> {
        if stated_entries(bytes) > limits.files {
            return Err(Failure::Limit(Limit::Files));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if zip.len() as u64 > limits.files {
            return Err(Failure::Limit(Limit::Files));
        }
        let name = |index| zip.name_for_index(index).and_then(Result::ok);
        let names = (0..zip.len())
            .map(|index| name(index).unwrap_or_default().into_owned())
            .collect();
        Ok(Self { zip, names })
    }

    /// Names of its files, in the order of its directory.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// How many files and folders it has.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether it has a file of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names().any(|own| own == name)
    }

    /// The first name that leads out of the archive.
    pub(crate) fn unsafe_name(&self) -> Option<&str> {
        self.names().find(|name| leads_out(name))
    }

    /// Whether this file is a link to another.
    pub(crate) fn is_link(&mut self, index: usize) -> bool {
        let file = self.zip.by_index_raw(index);
        file.is_ok_and(|file| file.is_symlink())
    }

    /// The beginning of a file, if it is there and can be read.
    pub(crate) fn peek(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let file = self.zip.by_name(name).ok()?;
        let mut bytes = Vec::new();
        file.take(most).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A file by its name; nothing where there is none.
    pub(crate) fn read(
        &mut self,
        name: &str,
        budget: &mut Budget,
    ) -> Result<Option<Vec<u8>>, Failure> {
        match self.names.iter().position(|own| own == name) {
            Some(index) => self.read_at(index, budget).map(Some),
            None => Ok(None),
        }
    }

    /// A file by its place.
    pub(crate) fn read_at(
        &mut self,
        index: usize,
        budget: &mut Budget,
    ) -> Result<Vec<u8>, Failure> {
        let mut file = self.zip.by_index(index).map_err(|error| damaged(&error))?;
        let packed = file.compressed_size().max(1);
        let mut bytes = Vec::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = match file.read(&mut buffer) {
                Ok(0) => return Ok(bytes),
                Ok(read) => read,
                Err(error) => return Err(damaged_detail(&error.to_string())),
            };
            bytes.extend_from_slice(&buffer[..read]);
            let left = budget.unpacked.checked_sub(read as u64);
            budget.unpacked = left.ok_or(Failure::Limit(Limit::Unpacked))?;
            let size = bytes.len() as u64;
            if size > FREE && size / packed > budget.ratio {
                return Err(Failure::Limit(Limit::Ratio));
            }
        }
    }
}

/// How many files the end of the directory states, so that no list of millions is read to count them.
fn stated_entries(bytes: &[u8]) -> u64 {
    let tail = &bytes[bytes.len().saturating_sub(66 * 1024)..];
    let end = tail.windows(4).rposition(|four| four == b"PK\x05\x06");
    let wide = tail.windows(4).rposition(|four| four == b"PK\x06\x06");
    let wide = wide
        .and_then(|at| tail.get(at + 32..at + 40))
        .and_then(|eight| {
            let eight: [u8; 8] = eight.try_into().ok()?;
            Some(u64::from_le_bytes(eight))
        });
    let short = end.and_then(|at| tail.get(at + 10..at + 12));
    let short = short.map(|two| u64::from(u16::from_le_bytes([two[0], two[1]])));
    wide.unwrap_or(0).max(short.unwrap_or(0))
}

/// Whether a name is absolute, climbs up, or names a drive.
pub(crate) fn leads_out(name: &str) -> bool {
    let plain = name.replace('\\', "/");
    let drive = plain.as_bytes().get(1) == Some(&b':') && plain.as_bytes()[0].is_ascii_alphabetic();
    plain.starts_with('/')
        || drive
        || name.contains('\0')
        || plain.split('/').any(|part| part == "..")
}

fn damaged(error: &zip::result::ZipError) -> Failure {
    let text = error.to_string();
    match text.to_lowercase().contains("password") {
        true => Failure::Unreadable(Reason::Encrypted),
        false => damaged_detail(&text),
    }
}

fn damaged_detail(detail: &str) -> Failure {
    Failure::Unreadable(Reason::Damaged {
        kind: Kind::Zip,
        detail: detail.to_owned(),
    })
}
