//! A small server that takes mail (SMTP) on loopback, which can be told to do wrong.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};

/// How long a message may take to come.
const PATIENCE: Duration = Duration::from_secs(40);

/// What it does wrong with the next message for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// "Try again later" to the recipient.
    Busy,
    /// "There is nobody of that name."
    Nobody,
    /// It takes the whole message and hangs up without a word.
    HangsUp,
}

/// A message that came.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who it is for.
    pub to: String,
    /// The whole message as it came.
    pub raw: String,
}

#[derive(Default)]
struct State {
    letters: Vec<Letter>,
    /// Whole messages that came, also those without an answer.
    seen: Vec<String>,
    troubles: Vec<(String, Trouble)>,
    ended: bool,
}

/// The server; it ends with the value.
pub struct PostOffice {
    near: SocketAddr,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

impl PostOffice {
    /// Starts one.
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let near = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let own = state.clone();
        let thread = spawn(move || {
            for stream in listener.incoming().flatten() {
                if own.lock().unwrap().ended {
                    return;
                }
                // A line that breaks is over; the next one comes.
                let _ = talk(stream, &own);
            }
        });
        Self {
            near,
            state,
            thread: Some(thread),
        }
    }

    /// Its address, as it stands in the settings.
    pub fn address(&self) -> String {
        format!("smtp://{}", self.near)
    }

    /// Does something wrong with the next message for somebody.
    pub fn trouble(&self, to: &str, trouble: Trouble) {
        let mut state = self.state.lock().unwrap();
        state.troubles.push((to.to_owned(), trouble));
    }

    /// All messages that came for somebody.
    pub fn letters(&self, to: &str) -> Vec<Letter> {
        let state = self.state.lock().unwrap();
        let own = state.letters.iter().filter(|letter| letter.to == to);
        own.cloned().collect()
    }

    /// How many whole messages came for somebody, also those that were not answered.
    pub fn seen(&self, to: &str) -> usize {
        let state = self.state.lock().unwrap();
        state.seen.iter().filter(|known| *known == to).count()
    }

    /// Whether a trouble is still to come.
    pub fn is_in_trouble(&self) -> bool {
        !self.state.lock().unwrap().troubles.is_empty()
    }

    /// Waits for the message for somebody after so many.
    pub fn wait(&self, to: &str, after: usize) -> Letter {
        let started = Instant::now();
        loop {
            if let Some(letter) = self.letters(to).get(after) {
                return letter.clone();
            }
            assert!(started.elapsed() < PATIENCE, "no message {after} for {to}");
            sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.state.lock().unwrap().ended = true;
        // Wakes the one who waits for connections.
        let _ = TcpStream::connect(self.near);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn talk(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    out.write_all(b"220 post.example ready\r\n")?;
    let mut to = String::new();
    while let Some(line) = lines.next() {
        let line = line?;
        let word = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_uppercase();
        let answer = match word.as_str() {
            "EHLO" | "HELO" => "250 post.example",
            "MAIL" | "RSET" | "NOOP" => "250 fine",
            "RCPT" => {
                let start = line.find('<').map_or(0, |place| place + 1);
                to = line[start..]
                    .split('>')
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                match take(state, &to, &[Trouble::Busy, Trouble::Nobody]) {
                    Some(Trouble::Busy) => "451 busy, try again later",
                    Some(_) => "550 there is nobody of that name",
                    None => "250 fine",
                }
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                let mut raw = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push('\n');
                }
                state.lock().unwrap().seen.push(to.clone());
                if take(state, &to, &[Trouble::HangsUp]).is_some() {
                    return Ok(());
                }
                let letter = Letter {
                    to: to.clone(),
                    raw,
                };
                state.lock().unwrap().letters.push(letter);
                "250 taken"
            }
            "QUIT" => {
                out.write_all(b"221 farewell\r\n")?;
                return Ok(());
            }
            _ => "502 unknown",
        };
        out.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

fn take(state: &Mutex<State>, to: &str, kinds: &[Trouble]) -> Option<Trouble> {
    let mut state = state.lock().unwrap();
    let found = state
        .troubles
        .iter()
        .position(|(known, trouble)| known == to && kinds.contains(trouble))?;
    Some(state.troubles.remove(found).1)
}

impl Letter {
    /// A header, decoded; empty where it is missing.
    pub fn header(&self, name: &str) -> String {
        let head = self.raw.split("\n\n").next().unwrap_or_default();
        let head = head.replace("\n ", " ").replace("\n\t", " ");
        let start = format!("{}:", name.to_lowercase());
        let line = head
            .lines()
            .find(|line| line.to_lowercase().starts_with(&start));
        words(line.map_or("", |line| line[start.len()..].trim()))
    }

    /// The part of a media type, decoded.
    pub fn part(&self, kind: &str) -> String {
        let mark = "boundary=\"";
        let boundary = self
            .raw
            .split(mark)
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let boundary = format!("--{}", boundary.unwrap_or_default());
        let parts = self.raw.split(&boundary);
        let part = parts
            .skip(1)
            .find(|part| part.contains(&format!("Content-Type: {kind}")));
        let (head, body) = part
            .and_then(|part| part.split_once("\n\n"))
            .unwrap_or_default();
        let head = head.to_lowercase();
        let bytes = match head {
            head if head.contains("base64") => {
                let bare: String = body.split_whitespace().collect();
                BASE64_STANDARD.decode(bare).unwrap()
            }
            head if head.contains("quoted-printable") => printable(body),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes).unwrap()
    }

    /// The text.
    pub fn text(&self) -> String {
        self.part("text/plain")
    }

    /// The first address of the portal in the text that holds these words, without the portal's own name.
    pub fn way(&self, origin: &str, words: &str) -> String {
        let text = self.text();
        let mut lines = text.lines().filter_map(|line| line.strip_prefix(origin));
        let found = lines.find(|line| line.contains(words));
        found
            .unwrap_or_else(|| panic!("no {words:?} in {text}"))
            .to_owned()
    }
}

/// Words of a header (RFC 2047): between two that are encoded there is no space.
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut encoded_before = false;
    for word in text.split_whitespace() {
        let code = word
            .strip_prefix("=?utf-8?b?")
            .and_then(|word| word.strip_suffix("?="));
        if !(out.is_empty() || encoded_before && code.is_some()) {
            out.push(' ');
        }
        encoded_before = code.is_some();
        match code {
            Some(code) => {
                let bytes = BASE64_STANDARD.decode(code).unwrap();
                out.push_str(&String::from_utf8(bytes).unwrap());
            }
            None => out.push_str(word),
        }
    }
    out
}

fn printable(text: &str) -> Vec<u8> {
    let text = text.replace("=\n", "");
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let code = text
            .get(at + 1..at + 3)
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match (bytes[at], code) {
            (b'=', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}
