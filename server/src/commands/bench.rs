//! `khue bench`: measures the portal.

use crate::portal::DataFolder;
use anyhow::{Result, bail};

/// Measure how fast the portal answers.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Not written yet.
pub async fn run(_: Args, _: DataFolder) -> Result<()> {
    bail!("`khue bench` is not part of this version")
}
