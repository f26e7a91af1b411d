//! Programs that a measurement starts, and what they use.

use anyhow::{Context, Result, bail};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest time that a program may take until it answers.
const READY: Duration = Duration::from_secs(120);
/// Longest time that a program may take to stop before it is killed.
const STOP: Duration = Duration::from_secs(20);
/// Clock ticks of `/proc/PID/stat` a second: a constant of Linux.
const TICKS: f64 = 100.0;

/// A program that is stopped when this is dropped.
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program; what it says goes to `log`.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        let file = fs::File::create(log)
            .with_context(|| format!("cannot write {}: check its folder", log.display()))?;
        let name = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).stdout(file.try_clone()?);
        let child = command
            .stderr(file)
            .spawn()
            .with_context(|| format!("cannot start {name}: check that it may be executed"))?;
        Ok(Self {
            child,
            log: log.to_owned(),
        })
    }

    /// Waits until `ready` says so.
    pub async fn until<F, Answer>(&mut self, ready: F) -> Result<()>
    where
        F: Fn() -> Answer,
        Answer: Future<Output = bool>,
    {
        let started = Instant::now();
        while !ready().await {
            let ended = self.child.try_wait()?;
            if ended.is_some() || started.elapsed() > READY {
                let state =
                    ended.map_or_else(|| "does not answer".to_owned(), |code| code.to_string());
                bail!(
                    "a program that was started for the measurement {state}; it said:\n{}",
                    last_lines(&self.log)
                );
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let asked = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let started = Instant::now();
        while asked.is_ok() && started.elapsed() < STOP {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        // It did not listen, or there is no `kill`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port of the loopback address that nobody has.
pub fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no port is free on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// A program by its name on the PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// What a process and those that it has started use; zeros where the system does not tell.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// Proportional resident memory in bytes: shared pages are counted once.
    pub memory: u64,
    /// Processor time so far, in seconds.
    pub cpu: f64,
}

/// Usage of process `id` and all below it.
pub fn usage(id: u32) -> Usage {
    let mut total = Usage::default();
    let mut tree = vec![id];
    let all = parents();
    while let Some(id) = tree.pop() {
        total.memory += memory(id);
        total.cpu += cpu(id);
        tree.extend(
            all.iter()
                .filter(|(_, parent)| *parent == id)
                .map(|(id, _)| *id),
        );
    }
    total
}

/// All processes with those that started them.
fn parents() -> Vec<(u32, u32)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let parent = |id: u32| stat(id).and_then(|stat| stat.get(1)?.parse().ok());
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|id| Some((id, parent(id)?)))
        .collect()
}

fn memory(id: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// User and system time, also of children that have ended.
fn cpu(id: u32) -> f64 {
    let stat = stat(id).unwrap_or_default();
    let ticks = |place: usize| stat.get(place).and_then(|text| text.parse::<f64>().ok());
    (11..=14).filter_map(ticks).sum::<f64>() / TICKS
}

/// The columns of `/proc/PID/stat` from the state on: the name before them may hold spaces.
fn stat(id: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

fn last_lines(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_process_is_measured_and_stopped() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sleep");
        command.arg("60");
        let process = Process::start(command, &folder.path().join("log")).unwrap();
        let id = process.id();
        assert!(stat(id).is_some() || !Path::new("/proc/self/stat").exists());
        drop(process);
        assert!(stat(id).is_none());
        assert!(usage(std::process::id()).memory > 0 || !Path::new("/proc/self").exists());
    }

    #[tokio::test]
    async fn a_program_that_fails_is_told_with_what_it_said() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "echo no room >&2; exit 3"]);
        let mut process = Process::start(command, &folder.path().join("log")).unwrap();
        let error = process.until(|| async { false }).await.unwrap_err();
        assert!(error.to_string().contains("no room"), "{error}");
    }
}
