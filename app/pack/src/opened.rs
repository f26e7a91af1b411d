//! A pack with its index open and its records at hand.

use khue_content::pack::{FILES, INDEX, Manifest, PackError, PackedResource, RESOURCES};
use khue_index::{INDEX_VERSION, Index};
use std::collections::HashMap;
use std::ops::Range;

/// Why a pack cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is damaged or of another version.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// Its index is of another version.
    #[error(
        "the search index of the pack has form {found}, this version reads form {INDEX_VERSION}: fetch the pack anew"
    )]
    IndexVersion {
        /// The index's form.
        found: u32,
    },
    /// Its index does not work.
    #[error(transparent)]
    Index(#[from] khue_index::Error),
}

/// A pack in memory.
pub struct OpenedPack {
    pub(crate) manifest: Manifest,
    pub(crate) index: Index,
    /// What the parts hold, unpacked and joined.
    content: Vec<u8>,
    /// Resource → its line.
    resources: HashMap<String, Range<usize>>,
    /// File, by the hash of its content → where it is.
    files: HashMap<String, Range<usize>>,
}

impl OpenedPack {
    /// Opens a pack; `content` is what its parts hold, unpacked and joined.
    ///
    /// # Errors
    /// Something is missing in it, or it is of another version.
    pub fn new(manifest: Manifest, content: Vec<u8>) -> Result<Self, OpenError> {
        if manifest.index_version != INDEX_VERSION {
            let found = manifest.index_version;
            return Err(OpenError::IndexVersion { found });
        }
        let (mut resources, mut files, mut index) = (None, HashMap::new(), Vec::new());
        let mut begin = 0;
        for (name, bytes) in manifest.split(&content)? {
            let place = begin..begin + bytes.len();
            begin = place.end;
            if let Some(name) = name.strip_prefix(INDEX) {
                index.push((name.to_owned(), bytes.to_vec()));
            } else if let Some(sha256) = name.strip_prefix(FILES) {
                files.insert(sha256.to_owned(), place);
            } else if name == RESOURCES {
                resources = Some(lines(&content, place));
            }
        }
        let index = Index::from_files(index)?;
        let resources = resources.ok_or(PackError::Missing(RESOURCES))?;
        Ok(Self {
            manifest,
            index,
            content,
            resources,
            files,
        })
    }

    /// What is in it.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A resource by its portal id.
    pub fn resource(&self, id: &str) -> Option<PackedResource> {
        let line = self.content.get(self.resources.get(id)?.clone())?;
        serde_json::from_slice(line).ok()
    }

    /// All resources, in no particular order.
    pub fn resources(&self) -> impl Iterator<Item = PackedResource> {
        self.resources.keys().filter_map(|id| self.resource(id))
    }

    /// A file by the SHA-256 of its content, in hexadecimal digits.
    pub fn file(&self, sha256: &str) -> Option<&[u8]> {
        self.content.get(self.files.get(sha256)?.clone())
    }
}

/// Where the line of each resource is. Lines that are none are left out: the checksums of the parts have been right, so there
/// are none.
fn lines(content: &[u8], place: Range<usize>) -> HashMap<String, Range<usize>> {
    #[derive(serde::Deserialize)]
    struct Line {
        record: Named,
    }
    #[derive(serde::Deserialize)]
    struct Named {
        id: String,
    }
    let mut found = HashMap::new();
    let mut begin = place.start;
    for line in content
        .get(place)
        .unwrap_or_default()
        .split_inclusive(|byte| *byte == b'\n')
    {
        let own = begin..begin + line.len();
        begin = own.end;
        if let Ok(Line { record }) = serde_json::from_slice(line) {
            found.insert(record.id, own);
        }
    }
    found
}
