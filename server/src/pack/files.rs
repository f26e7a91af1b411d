//! The files that go into a pack, in their order.

use super::parts::{Packer, sha256};
use anyhow::{Context, Result};
use khue_content::LearningResource;
use khue_content::pack::{FILES, INDEX, PackedFile, PackedResource, RESOURCES};
use khue_store::Files;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Pictures above this size, in bytes, stay out: a lesson can be read without them.
const LARGEST: u64 = 2 * 1024 * 1024;

/// Takes files in and notes their names.
#[derive(Default)]
pub struct Contents {
    /// Their names and sizes.
    pub files: Vec<PackedFile>,
    /// What they hold.
    pub packer: Packer,
    /// Size of the file of resources so far, in bytes.
    resources: usize,
}

impl Contents {
    /// Adds a file.
    pub fn add(&mut self, name: String, content: &[u8]) -> Result<()> {
        self.packer.file(content)?;
        let bytes = content.len();
        self.files.push(PackedFile { name, bytes });
        Ok(())
    }

    /// Adds a line to the file of resources.
    pub fn add_resource(&mut self, resource: &PackedResource) -> Result<()> {
        let mut line = serde_json::to_vec(resource)?;
        line.push(b'\n');
        self.packer.line(&line)?;
        self.resources += line.len();
        Ok(())
    }

    /// Ends the file of resources.
    pub fn end_resources(&mut self) -> Result<()> {
        self.packer.end_from(1)?;
        self.files.push(PackedFile {
            name: RESOURCES.to_owned(),
            bytes: self.resources,
        });
        Ok(())
    }

    /// Adds the files of an index, but for the locks of whoever wrote it. The files of one segment lie together, those that
    /// every change writes anew at the end.
    pub fn add_index(&mut self, folder: &Path) -> Result<()> {
        let list = || format!("reading the index in {}", folder.display());
        let entries = fs::read_dir(folder).with_context(list)?;
        let mut names: Vec<PathBuf> = entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()
            .with_context(list)?;
        names.retain(|path| path.extension().is_none_or(|kind| kind != "lock"));
        names.sort_by_key(|path| {
            (
                path.extension().is_some_and(|kind| kind == "json"),
                path.clone(),
            )
        });
        for path in names {
            let content = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            self.add(format!("{INDEX}{name}"), &content)?;
        }
        Ok(())
    }

    /// Adds the pictures of texts. Returns how many were left out, because they are large or not to be had.
    pub fn add_pictures(&mut self, pictures: &Pictures, stored: &Files) -> Result<usize> {
        let mut left_out = 0;
        for hash in &pictures.0 {
            let content = stored.near(hash).ok().and_then(|path| {
                let size = fs::metadata(&path).ok()?.len();
                fs::read(path).ok().filter(|_| size <= LARGEST)
            });
            match content.filter(|content| sha256(content) == *hash) {
                Some(content) => self.add(format!("{FILES}{hash}"), &content)?,
                None => left_out += 1,
            }
        }
        Ok(left_out)
    }
}

/// Pictures that records have here, by the hash of their content.
#[derive(Default)]
pub struct Pictures(BTreeSet<String>);

impl Pictures {
    /// Notes those of a record.
    pub fn note(&mut self, record: &LearningResource) {
        let pictures = record.encoding.iter().filter(|file| {
            file.encoding_format
                .as_deref()
                .is_some_and(|kind| kind.starts_with("image/"))
        });
        self.0
            .extend(pictures.filter_map(|file| file.sha256.clone()));
    }
}
