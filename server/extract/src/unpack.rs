//! Unpacking an archive into a folder, for those who import one.

use crate::archive::{Archive, Budget};
use crate::limits::Limits;
use crate::notice::Reason;
use crate::out::Failure;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Why an archive was not unpacked.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// It is damaged, locked, or leads out of its folder.
    #[error("{0}")]
    Archive(Reason),
    /// It is larger than allowed.
    #[error("{0}; unpack it yourself and import the folder")]
    Limit(crate::Limit),
    /// A file cannot be written.
    #[error("cannot write {name}: {source}; check the space in the temporary folder")]
    Write {
        /// The file in the archive.
        name: String,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Writes the files of a ZIP archive below a folder that is empty. Links are left out; an archive with
/// a name that leads out of it is refused before anything is written.
///
/// # Errors
/// See [`UnpackError`]; what was written until then stays in the folder.
pub fn unpack(bytes: &[u8], folder: &Path, limits: &Limits) -> Result<usize, UnpackError> {
    let mut archive = Archive::open(bytes, limits).map_err(refused)?;
    if let Some(name) = archive.unsafe_name() {
        let name = name.to_owned();
        return Err(UnpackError::Archive(Reason::UnsafeName { name }));
    }
    let mut budget = Budget::new(limits);
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    let mut written = 0;
    for (index, name) in names.iter().enumerate() {
        if name.ends_with('/') || name.starts_with("__MACOSX/") || archive.is_link(index) {
            continue;
        }
        let file = archive.read_at(index, &mut budget).map_err(refused)?;
        write(&folder.join(name), &file).map_err(|source| UnpackError::Write {
            name: name.clone(),
            source,
        })?;
        written += 1;
    }
    Ok(written)
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::File::create_new(path)?.write_all(bytes)
}

fn refused(failure: Failure) -> UnpackError {
    match failure {
        Failure::Limit(limit) => UnpackError::Limit(limit),
        Failure::Refused(reason) | Failure::Unreadable(reason) => UnpackError::Archive(reason),
    }
}
