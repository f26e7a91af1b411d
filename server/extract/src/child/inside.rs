//! The child: walls first, then reading.

use super::{DONE, LIMITS_VARIABLE, NAME_VARIABLE, PANICKED, walls};
use crate::document::Event;
use crate::limits::Limits;
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
    if let Err(reason) = walls::limit(&limits) {
        eprintln!("limits could not be set: {reason}");
        return ExitCode::FAILURE;
    }
    let thread = std::thread::Builder::new().stack_size(STACK);
    let reading = thread.spawn(move || {
        let walled = walls::seal()
            .map_err(|reason| format!("system calls could not be closed off: {reason}"));
        walled.and_then(|()| read(&name, &limits))
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

fn read(name: &str, limits: &Limits) -> Result<(), String> {
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock();
    input
        .take(limits.input + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let mut broken = None;
    crate::read(&bytes, name, limits, &mut |event| {
        if broken.is_none() {
            broken = write(&mut output, &event).err();
        }
    });
    broken.map_or(Ok(()), |error| Err(error.to_string()))
}

fn write(output: &mut impl Write, event: &Event) -> std::io::Result<()> {
    let line = serde_json::to_string(event).map_err(std::io::Error::other)?;
    output.write_all(line.as_bytes())?;
    output.write_all(b"\n")?;
    output.flush()
}
