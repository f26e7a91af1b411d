//! Lines of a stream with a limit, so that no input can fill the memory.

use super::{Place, Refusal};
use std::io::{BufRead, Read};

/// Most bytes of one line.
pub const MAX_LINE: usize = 16 << 20;

/// A line as text, and whether some of its bytes were no UTF-8 and were replaced.
pub(super) struct Line {
    pub place: Place,
    pub text: String,
    pub replaced: bool,
}

/// Reads lines one by one and skips the empty ones.
pub(super) struct Lines<R> {
    source: R,
    place: Place,
    stopped: bool,
}

impl<R: BufRead> Lines<R> {
    pub fn new(source: R, file: &str) -> Self {
        Self {
            source,
            place: Place::new(file, 0),
            stopped: false,
        }
    }

    /// The bytes up to the next line feed; at most one more than the limit.
    fn read_bytes(&mut self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let limit = MAX_LINE as u64 + 1;
        (&mut self.source)
            .take(limit)
            .read_until(b'\n', &mut bytes)?;
        Ok(bytes)
    }

    /// Passes over what is left of a line that is too long.
    fn skip_rest(&mut self) -> std::io::Result<()> {
        self.source.skip_until(b'\n').map(drop)
    }

    fn too_long(&mut self) -> Result<Line, Refusal> {
        self.stopped = self.skip_rest().is_err();
        Err(Refusal::TooLong {
            place: self.place.clone(),
            limit: MAX_LINE,
        })
    }

    fn unreadable(&mut self, reason: &std::io::Error) -> Result<Line, Refusal> {
        self.stopped = true;
        Err(Refusal::Unreadable {
            place: self.place.clone(),
            reason: reason.to_string(),
        })
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Line, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.stopped {
            self.place.line += 1;
            let bytes = match self.read_bytes() {
                Ok(bytes) if bytes.is_empty() => return None,
                Ok(bytes) => bytes,
                Err(reason) => return Some(self.unreadable(&reason)),
            };
            if bytes.len() > MAX_LINE && bytes.last() != Some(&b'\n') {
                return Some(self.too_long());
            }
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                return Some(Ok(text_of(bytes, &self.place)));
            }
        }
        None
    }
}

/// The bytes as text without a byte order mark, replacing what is no UTF-8.
fn text_of(bytes: Vec<u8>, place: &Place) -> Line {
    let (mut text, replaced) = match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
    };
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Line {
        place: place.clone(),
        text,
        replaced,
    }
}
