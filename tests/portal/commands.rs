//! The program's other subcommands, run as one types them.

mod bench;
mod eval;
mod import;
mod pack;
mod writers;

use crate::harness::program;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs `khue` in a folder and waits for its end.
fn khue(folder: &Path, arguments: &[&str]) -> Output {
    khue_with(folder, arguments, &[])
}

/// The same with variables of its environment.
fn khue_with(folder: &Path, arguments: &[&str], variables: &[(&str, &Path)]) -> Output {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(folder);
    let settings = std::env::vars_os().map(|(name, _)| name);
    for name in settings.filter(|name| name.to_string_lossy().starts_with("KHUE_")) {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
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

/// A mistyped folder once became an empty portal, and the checksum of nothing looked like a result.
#[test]
fn commands_that_read_a_portal_make_none() {
    let folder = tempfile::tempdir().unwrap();
    for command in [&["reindex"][..], &["export", "--checksum"]] {
        let arguments = [command, &["--data", "typo"]].concat();
        let output = khue(folder.path(), &arguments);
        assert!(!output.status.success(), "{command:?}");
        let said = said(&output);
        assert!(said.contains("there is no portal in"), "{said}");
        assert!(said.contains("--data"), "{said}");
        assert!(!folder.path().join("typo").exists(), "{command:?}");
    }
}
