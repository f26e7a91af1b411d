//! The program's other subcommands, run as one types them.

mod bench;
mod import;

use crate::harness::program;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs `khue` in a folder and waits for its end.
fn khue(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(folder);
    let settings = std::env::vars_os().map(|(name, _)| name);
    for name in settings.filter(|name| name.to_string_lossy().starts_with("KHUE_")) {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).output().unwrap()
}

/// What it has said, on both streams.
fn said(output: &Output) -> String {
    let (out, error) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(error)
    )
}
