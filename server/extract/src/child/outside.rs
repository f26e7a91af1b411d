//! The parent: starts a child, takes what it finds, and ends it.

use super::rows::Rows;
use super::{LIMITS_VARIABLE, NAME_VARIABLE, PANICKED, ROWS_TASK, TASK_VARIABLE};
use crate::document::{Document, Outcome};
use crate::limits::{Limit, Limits};
use crate::notice::{Notice, Reason};
use serde::de::DeserializeOwned;
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// What a child says when it fails, in bytes that are kept.
const COMPLAINT: u64 = 16 * 1024;

/// Events that wait for whoever reads them; a child that is ahead waits too.
const WAITING: usize = 1024;

/// Between two looks whether a child has ended.
const LOOK: Duration = Duration::from_millis(2);

/// Why a file could not even be tried.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened.
    #[error("cannot read {path}: {source}; check that it exists and may be read")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The child cannot be started.
    #[error(
        "cannot start {program} to read a file: {source}; check that it may be executed and that there is memory"
    )]
    Start {
        /// The program.
        program: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Reads files, each in a child of its own.
#[derive(Clone, Debug)]
pub struct Extractor {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
}

impl Extractor {
    /// Reads in children that this program starts with these arguments: a program that calls
    /// [`super::main`] then.
    pub fn new(program: impl Into<PathBuf>, arguments: &[&str], limits: Limits) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.iter().map(OsString::from).collect(),
            limits,
        }
    }

    /// What a child may use.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Reads the file at a path. Blocks until it is read or its time is over.
    ///
    /// # Errors
    /// The file or the child cannot be opened; whatever is wrong with the file itself is an [`Outcome`].
    pub fn read(&self, path: &Path) -> Result<Document, Error> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        self.read_file(opened(path)?, &name)
    }

    /// The rows of the workbook at a path, as they are read.
    ///
    /// # Errors
    /// The file or the child cannot be opened; whatever is wrong with the file itself is told at the end of the rows.
    pub fn rows(&self, path: &Path) -> Result<Rows, Error> {
        let file = opened(path)?;
        let child = self.begin(file, "", Some(ROWS_TASK))?;
        Ok(Rows::of(child, &self.limits))
    }

    /// Reads an open file that has this name.
    ///
    /// # Errors
    /// The child cannot be started.
    pub fn read_file(&self, file: File, name: &str) -> Result<Document, Error> {
        let size = file.metadata().map_or(0, |facts| facts.len());
        if size > self.limits.input {
            let kind = crate::by_name(name).unwrap_or_default();
            let outcome = Outcome::LimitReached {
                limit: Limit::Input,
            };
            return Ok(Document {
                kind,
                outcome,
                ..Document::default()
            });
        }
        let mut child = self.begin(file, name, None)?;
        let mut document = Document::default();
        let end = Instant::now() + Duration::from_secs(self.limits.wall_seconds);
        let in_time = self.listen(&mut child, &mut document, end) && ends_before(&mut child, end);
        if !in_time {
            kill(&mut child);
        }
        let complaint = complaint(&mut child);
        let status = child.wait();
        if matches!(document.outcome, Outcome::Unfinished) {
            finish(&mut document, ended(in_time, status.ok(), &complaint));
        }
        Ok(document)
    }

    fn begin(&self, file: File, name: &str, task: Option<&str>) -> Result<Child, Error> {
        self.start(file, name, task).map_err(|source| Error::Start {
            program: self.program.clone(),
            source,
        })
    }

    fn start(&self, file: File, name: &str, task: Option<&str>) -> std::io::Result<Child> {
        let limits = serde_json::to_string(&self.limits).map_err(std::io::Error::other)?;
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .env_clear()
            .env(LIMITS_VARIABLE, limits)
            .env(NAME_VARIABLE, name)
            .envs(task.map(|task| (TASK_VARIABLE, task)))
            .current_dir("/")
            .stdin(Stdio::from(file))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
    }

    /// Takes events until the child says no more or its time is over; whether it was in time.
    fn listen(&self, child: &mut Child, document: &mut Document, end: Instant) -> bool {
        let Some(output) = child.stdout.take() else {
            return true;
        };
        let events = events(output, most_output(&self.limits));
        loop {
            match events.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(event) => document.take(event),
                Err(RecvTimeoutError::Disconnected) => return true,
                Err(RecvTimeoutError::Timeout) => return false,
            }
        }
    }
}

fn opened(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|source| Error::Open {
        path: path.to_owned(),
        source,
    })
}

/// Most that a child says, in bytes: escapes in JSON take up to six for one of text.
pub(super) fn most_output(limits: &Limits) -> u64 {
    limits.text.saturating_mul(6).saturating_add(16 << 20)
}

/// The events of a child, read in a thread of their own.
pub(super) fn events<T: DeserializeOwned + Send + 'static>(
    output: impl Read + Send + 'static,
    most: u64,
) -> Receiver<T> {
    let (to, events) = sync_channel(WAITING);
    std::thread::spawn(move || {
        let lines = BufReader::new(output.take(most)).lines();
        let parsed = lines
            .map_while(Result::ok)
            .map_while(|line| serde_json::from_str(&line).ok());
        for event in parsed {
            if to.send(event).is_err() {
                return;
            }
        }
    });
    events
}

/// Whether a child that says no more ends by itself: one that closes its output may go on.
pub(super) fn ends_before(child: &mut Child, end: Instant) -> bool {
    while matches!(child.try_wait(), Ok(None)) {
        if Instant::now() >= end {
            return false;
        }
        std::thread::sleep(LOOK);
    }
    true
}

/// The last words of a child.
pub(super) fn complaint(child: &mut Child) -> String {
    let mut bytes = Vec::new();
    if let Some(errors) = child.stderr.take() {
        // What is not said is not known.
        let _ = errors.take(COMPLAINT).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Ends the child and all that it started.
pub(super) fn kill(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // It may have ended by itself.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

/// Why a child ended before it had said how reading ended.
pub(super) enum Ended {
    Limit(Limit),
    Crash(String),
}

pub(super) fn ended(in_time: bool, status: Option<ExitStatus>, complaint: &str) -> Ended {
    if !in_time {
        return Ended::Limit(Limit::Time);
    }
    if complaint.contains("memory allocation of")
        || complaint.contains("Cannot allocate memory")
        || complaint.contains("capacity overflow")
    {
        return Ended::Limit(Limit::Memory);
    }
    #[cfg(unix)]
    if let Some(signal) =
        status.and_then(|status| std::os::unix::process::ExitStatusExt::signal(&status))
    {
        let cpu = rustix::process::Signal::XCPU.as_raw();
        let killed = rustix::process::Signal::KILL.as_raw();
        return match signal {
            signal if signal == cpu => Ended::Limit(Limit::Time),
            signal if signal == killed => Ended::Limit(Limit::Memory),
            signal => Ended::Crash(format!("signal {signal}")),
        };
    }
    let panicked = status.and_then(|status| status.code()) == Some(i32::from(PANICKED));
    let first = complaint
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    Ended::Crash(match panicked {
        true => format!("in the reader: {}", last_part(first)),
        false => first.to_owned(),
    })
}

/// Where a panic happened, without the folder of whoever built the program.
fn last_part(line: &str) -> &str {
    line.rsplit('/').next().unwrap_or(line)
}

fn finish(document: &mut Document, ended: Ended) {
    let some = !document.sections.is_empty();
    document.outcome = match ended {
        Ended::Limit(limit) if some => Outcome::Partly { limit: Some(limit) },
        Ended::Limit(limit) => Outcome::LimitReached { limit },
        Ended::Crash(detail) if some => {
            document.notices.push(Notice::Damaged {
                part: Reason::Crashed { detail }.to_string(),
            });
            Outcome::Partly { limit: None }
        }
        Ended::Crash(detail) => Outcome::Unreadable {
            reason: Reason::Crashed { detail },
        },
    };
}
