//! The files of `app/public`: fonts, icons, images.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// Every file below `folder` with its path inside it, `/` between parts, sorted. Hidden files stay out.
pub(crate) fn collect(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    walk(folder, "", &mut files).with_context(|| {
        format!(
            "reading the public files in {}: check that the folder is there",
            folder.display()
        )
    })?;
    files.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(files)
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let name = if prefix.is_empty() {
            name
        } else {
            format!("{prefix}/{name}")
        };
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &name, files)?;
        } else {
            files.push((name, fs::read(entry.path())?));
        }
    }
    Ok(())
}
