//! Models from a hub, or from any web server that has their files, by `curl`: it resumes, and knows proxies and
//! certificates of the machine.

use super::part::Part;
use anyhow::{Context, Result, ensure};
use khue_inference::models::Model;
use std::io::{ErrorKind, IsTerminal};
use std::process::{Command, Stdio};

/// The hub that rows of the table have their places on.
pub(crate) const HUB: &str = "https://huggingface.co";

/// Downloads the model's file, going on where an earlier download ended. Other addresses than the hub's are mirrors, which
/// have the files by their names.
pub(super) fn download(model: &Model, address: &str, to: &Part) -> Result<()> {
    let place = match (address == HUB, model.hub) {
        (true, None) => anyhow::bail!("it has no file of this kind"),
        (true, Some(place)) => place,
        (false, _) => model.file,
    };
    let look = if std::io::stderr().is_terminal() {
        "--progress-bar"
    } else {
        "--no-progress-meter"
    };
    let mut command = Command::new("curl");
    command
        .args([
            "--fail",
            "--location",
            "--continue-at",
            "-",
            "--retry",
            "2",
            "--connect-timeout",
            "15",
        ])
        .args([
            "--speed-limit",
            "1000",
            "--speed-time",
            "30",
            "--proto",
            "=http,https",
            look,
            "--output",
        ])
        .arg(to.path())
        .arg(format!("{}/{place}", address.trim_end_matches('/')))
        .stdin(Stdio::null());
    let status = command.status().map_err(|error| match error.kind() {
        ErrorKind::NotFound => anyhow::anyhow!("curl is not on the PATH; install it"),
        _ => error.into(),
    });
    let status = status.context("curl could not be started")?;
    // 33 and 22: the server does not resume, or the part is already whole; the checksum tells
    let whole = std::fs::metadata(to.path()).is_ok_and(|data| data.len() == model.size);
    ensure!(
        status.success() || whole,
        "curl ended with {status}; what has come is kept and gone on with"
    );
    Ok(())
}
