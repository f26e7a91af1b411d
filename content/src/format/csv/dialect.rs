//! How a sheet is written: its separator, and a guard against endless cells.

use crate::format::MAX_LINE;
use std::cell::Cell;
use std::io::{self, BufRead, Cursor, Read};
use std::rc::Rc;

/// The separator that the header row uses most, outside quotation marks.
fn separator(header: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in header {
        quoted ^= *byte == b'"';
        let count = counts.iter_mut().find(|(sign, _)| sign == byte && !quoted);
        count.into_iter().for_each(|(_, count)| *count += 1);
    }
    // The first of equals: a sheet of one column has a comma for form's sake.
    let (sign, _) = counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .unwrap_or((b',', 0));
    sign
}

/// The stream without byte order mark, and its separator.
pub(super) fn open<R: BufRead>(mut source: R) -> io::Result<(u8, impl Read)> {
    let mut header = Vec::new();
    (&mut source)
        .take(MAX_LINE as u64)
        .read_until(b'\n', &mut header)?;
    if header.starts_with(b"\xef\xbb\xbf") {
        header.drain(..3);
    }
    let sign = separator(&header);
    Ok((sign, Cursor::new(header).chain(source)))
}

/// A stream that gives up when one row takes more than its share.
pub(super) struct Guarded<R> {
    source: R,
    used: Rc<Cell<usize>>,
}

impl<R: Read> Guarded<R> {
    /// The stream, and the counter to set to 0 after each row.
    pub fn new(source: R) -> (Self, Rc<Cell<usize>>) {
        let used = Rc::new(Cell::new(0));
        let guarded = Self {
            source,
            used: Rc::clone(&used),
        };
        (guarded, used)
    }
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.used.get() > MAX_LINE {
            let reason = "a row is too long: a quotation mark may not be closed";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let read = self.source.read(buffer)?;
        self.used.set(self.used.get() + read);
        Ok(read)
    }
}
