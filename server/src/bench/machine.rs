//! What the figures were taken on.

use rustix::time::{ClockId, clock_gettime};
use std::fs;
use std::time::Duration;

/// Processor, number of cores and memory, as far as the system tells.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor =
        line("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = line("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    let memory = memory.map_or(String::new(), |kib| {
        format!(", {} GiB", kib.div_ceil(1 << 20))
    });
    format!("{cores} cores ({processor}){memory}")
}

/// Greatest resident memory of this process so far, in bytes.
pub fn peak_memory() -> Option<u64> {
    let text = line("/proc/self/status", "VmHWM")?;
    text.split(' ')
        .next()?
        .parse::<u64>()
        .ok()
        .map(|kib| kib * 1024)
}

/// Resident memory of this process now, in bytes.
pub(super) fn resident_memory() -> Option<u64> {
    let text = line("/proc/self/status", "VmRSS")?;
    let kib: u64 = text.split(' ').next()?.parse().ok()?;
    Some(kib * 1024)
}

/// Processor time of this thread so far.
pub(super) fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let part = |number: i64| number.unsigned_abs();
    Duration::from_secs(part(time.tv_sec)) + Duration::from_nanos(part(time.tv_nsec))
}

fn line(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let found = text.lines().find(|line| line.starts_with(name))?;
    Some(found.split_once(':')?.1.trim().to_owned())
}
