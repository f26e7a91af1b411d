//! The child: walls first, then reading.

use super::{DONE, LIMITS_VARIABLE, NAME_VARIABLE, PANICKED, ROWS_TASK, TASK_VARIABLE, walls};
use crate::limits::Limits;
use serde::Serialize;
use std::io::{Read, Write};
use std::process::ExitCode;

/// Stack of the thread that reads.
const STACK: usize = 64 << 20;

/// What the child does: reads its standard input under limits and writes events as lines of JSON.
pub fn main() -> ExitCode {
    let limits = std::env::var(LIMITS_VARIABLE).ok();
    let limits: Limits = limits
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let name = std::env::var(NAME_VARIABLE).unwrap_or_default();
    let rows = std::env::var(TASK_VARIABLE).is_ok_and(|task| task == ROWS_TASK);
    if let Err(reason) = walls::limit(&limits) {
        eprintln!("limits could not be set: {reason}");
        return ExitCode::FAILURE;
    }
    let thread = std::thread::Builder::new().stack_size(STACK);
    let reading = thread.spawn(move || {
        let walled = walls::seal()
            .map_err(|reason| format!("system calls could not be closed off: {reason}"));
        walled.and_then(|()| read(&name, &limits, rows))
    });
    match reading.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::from(DONE),
        Ok(Ok(Err(reason))) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
        Ok(Err(_)) => ExitCode::from(PANICKED),
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn read(name: &str, limits: &Limits, rows: bool) -> Result<(), String> {
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock();
    input
        .take(limits.input + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    let mut told = Telling {
        output: std::io::BufWriter::new(std::io::stdout().lock()),
        broken: None,
    };
    match rows {
        true => crate::read_rows(&bytes, limits, &mut |event| told.tell(&event, false)),
        false => crate::read(&bytes, name, limits, &mut |event| told.tell(&event, true)),
    }
    told.end()
}

/// Events on their way out, until the way is broken.
struct Telling<W> {
    output: W,
    broken: Option<std::io::Error>,
}

impl<W: Write> Telling<W> {
    /// Writes a line; `now` where what was found must outlast a child that is stopped.
    fn tell(&mut self, event: &impl Serialize, now: bool) {
        if self.broken.is_none() {
            self.broken = self.write(event, now).err();
        }
    }

    fn write(&mut self, event: &impl Serialize, now: bool) -> std::io::Result<()> {
        let line = serde_json::to_string(event).map_err(std::io::Error::other)?;
        self.output.write_all(line.as_bytes())?;
        self.output.write_all(b"\n")?;
        if now { self.output.flush() } else { Ok(()) }
    }

    fn end(mut self) -> Result<(), String> {
        let flushed = self.output.flush().err();
        let broken = self.broken.or(flushed);
        broken.map_or(Ok(()), |error| Err(error.to_string()))
    }
}
