//! The models, fetched by the program that was just built.

use std::{path::Path, process::Command};

use anyhow::{Result, ensure};

use crate::{cargo, steps::Steps};

/// What follows without the encoder, for people who have to go without.
const WITHOUT_ENCODER: &str = "no tags are suggested; `khue models pull` fetches it later";

/// Fetches the encoder unless it is there; the portal starts without it too.
pub(crate) fn set_up(steps: &mut Steps, program: &Path, offline: bool) {
    let fetched = steps.run("encoder (suggests tags, about 90 MB, once)", || {
        ensure!(program.is_file(), "{} is not there", program.display());
        pull(program, offline)
    });
    if let Err(error) = fetched {
        steps.missing("encoder", &format!("{error:#}: {WITHOUT_ENCODER}"));
    }
}

fn pull(program: &Path, offline: bool) -> Result<()> {
    let mut pull = Command::new(program);
    pull.args(["models", "pull"]);
    if offline {
        pull.arg("--offline");
    }
    cargo::run(&mut pull)
}
