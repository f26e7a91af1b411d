//! As much of HTTP as a storage for tests needs.

use std::io::{BufRead, Read, Result, Write};

/// A request, its address decoded.
pub(super) struct Asked {
    pub method: String,
    pub path: String,
    pub parameters: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Asked {
    /// The next request of a connection; `None` where there is none.
    pub fn read(from: &mut impl BufRead) -> Option<Self> {
        let first = line(from)?;
        let mut words = first.split(' ');
        let (method, address) = (words.next()?.to_owned(), words.next()?);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        };
        let parameters = query
            .split('&')
            .filter(|one| !one.is_empty())
            .map(pair)
            .collect();
        let mut headers = Vec::new();
        while let Some((name, value)) = line(from)?.split_once(':') {
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut asked = Self {
            method,
            path: decoded(path),
            parameters,
            headers,
            body: Vec::new(),
        };
        let length = asked
            .header("content-length")
            .map_or(Some(0), |n| n.parse().ok())?;
        asked.body.resize(length, 0);
        from.read_exact(&mut asked.body).ok()?;
        Some(asked)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.query(name).is_some()
    }
}

fn line(from: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    let read = from.take(64 * 1024).read_line(&mut line).ok()?;
    (read > 0).then(|| line.trim_end().to_owned())
}

fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An answer.
pub(super) struct Answer {
    status: u16,
    tag: String,
    body: Vec<u8>,
    cut: Option<usize>,
    place: Option<String>,
}

impl Answer {
    pub fn content(status: u16, body: Vec<u8>) -> Self {
        let tag = "\"x\"".to_owned();
        Self {
            status,
            tag,
            body,
            cut: None,
            place: None,
        }
    }

    pub fn ok(text: &str) -> Self {
        Self::content(200, text.as_bytes().to_vec())
    }

    pub fn error(status: u16, code: &str) -> Self {
        let text = format!(
            "<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>it is so</Message></Error>"
        );
        Self::content(status, text.into_bytes())
    }

    pub fn tagged(mut self, tag: &str) -> Self {
        self.tag = tag.to_owned();
        self
    }

    /// Says that it is elsewhere.
    pub fn at(mut self, place: String) -> Self {
        self.place = Some(place);
        self
    }

    pub fn cut(mut self, bytes: usize) -> Self {
        self.cut = Some(bytes);
        self
    }

    /// Writes it; an answer that is cut is an error, so that the line breaks.
    pub fn write(&self, asked: &Asked, to: &mut impl Write) -> Result<()> {
        let (status, tag, length) = (self.status, &self.tag, self.body.len());
        write!(
            to,
            "HTTP/1.1 {status} X\r\nETag: {tag}\r\nContent-Length: {length}\r\n"
        )?;
        if let Some(place) = &self.place {
            write!(to, "Location: {place}\r\n")?;
        }
        write!(to, "\r\n")?;
        if asked.method != "HEAD" {
            to.write_all(&self.body[..self.cut.unwrap_or(length).min(length)])?;
        }
        to.flush()?;
        match self.cut {
            Some(_) => Err(std::io::ErrorKind::BrokenPipe.into()),
            None => Ok(()),
        }
    }
}
