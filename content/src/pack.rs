//! School packs: a part of a library in one file, to be searched and read without a network.
//!
//! A pack begins with a line `khuepack <bytes of the manifest>`, then comes the [`Manifest`] as JSON, then its parts, one after
//! the other. A part is a gzip member of its own with a checksum, so that a download can go on with any part and notices a
//! damaged one. Unpacked and joined, the parts are the files that the manifest names, in that order.

use crate::{LearningResource, Link};
use serde::{Deserialize, Serialize};

/// Rises when the form of packs changes.
pub const PACK_VERSION: u32 = 1;

/// First word of a pack.
pub const MAGIC: &str = "khuepack";

/// Longest first line, in bytes.
pub const LONGEST_LINE: usize = 40;

/// Largest manifest that is read, in bytes.
pub const LARGEST_MANIFEST: usize = 16 * 1024 * 1024;

/// Name of the file of resources: one [`PackedResource`] a line.
pub const RESOURCES: &str = "resources.jsonl";

/// Folder of the files of the search index.
pub const INDEX: &str = "index/";

/// Folder of the files of resources: `files/<sha256>`.
pub const FILES: &str = "files/";

/// What is in a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Form of the pack, [`PACK_VERSION`].
    pub version: u32,
    /// Form of the search index in it.
    pub index_version: u32,
    /// Name of this content: of two packs with the same one nothing differs.
    pub id: String,
    /// Subjects that were chosen, as concept URIs; all where there is none.
    pub about: Vec<String>,
    /// Grades and stages that were chosen, as concept URIs; all where there is none.
    pub educational_level: Vec<String>,
    /// Number of resources.
    pub resources: usize,
    /// Files, in the order in which they lie in the pack.
    pub files: Vec<PackedFile>,
    /// Parts, in order.
    pub parts: Vec<Part>,
}

/// One file of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackedFile {
    /// Path inside the pack.
    pub name: String,
    /// Size in bytes.
    pub bytes: usize,
}

/// One part of a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Size as it lies in the pack, in bytes.
    pub bytes: usize,
    /// Size unpacked, in bytes.
    pub unpacked: usize,
    /// SHA-256 of the part as it lies in the pack, in hexadecimal digits.
    pub sha256: String,
}

/// One resource with all that its page shows, but for what is made from the record itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackedResource {
    /// The record.
    pub record: LearningResource,
    /// How often the record had been changed, counted from 1.
    pub version: u32,
    /// When it was last changed, ISO 8601.
    pub changed_at: String,
    /// Its parts in order, where it is a whole.
    pub parts: Vec<Link>,
    /// The works that it is a part of.
    pub wholes: Vec<PackedWhole>,
    /// The same work in other languages: id, name, BCP 47 code.
    pub translations: Vec<(String, String, String)>,
}

/// A work that a resource is a part of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PackedWhole {
    /// The work, with the part's position and path within it.
    pub link: Link,
    /// How many parts it has.
    pub total: usize,
    /// The part before.
    pub previous: Option<Link>,
    /// The part after.
    pub next: Option<Link>,
}

/// Why a pack cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// It does not begin like one.
    #[error(
        "this is no pack: it does not begin with `khuepack`; name a file that `khue pack build` wrote"
    )]
    NoPack,
    /// What it says about itself cannot be read.
    #[error("the pack's own description is damaged: {0}; fetch the pack again")]
    Manifest(String),
    /// It was made for another version.
    #[error(
        "the pack has form {found}, this program reads form {PACK_VERSION}: build it again with this version of khue"
    )]
    Version {
        /// Its form.
        found: u32,
    },
    /// A part is not what the manifest says.
    #[error("part {number} of the pack is damaged: fetch the pack again")]
    Part {
        /// Its number, from 1.
        number: usize,
    },
    /// The pack ends before its parts do.
    #[error("the pack ends in part {number} of {total}: fetch the rest, or the pack again")]
    Short {
        /// The first part that is not whole, from 1.
        number: usize,
        /// How many there are.
        total: usize,
    },
    /// A file that the pack must hold is missing.
    #[error("the pack holds no {0}: build it again")]
    Missing(&'static str),
}

impl Manifest {
    /// The beginning of a pack: first line and description.
    ///
    /// # Errors
    /// None in practice: what is in a manifest can always be written.
    pub fn head(&self) -> Result<Vec<u8>, serde_json::Error> {
        let json = serde_json::to_vec(self)?;
        let mut head = format!("{MAGIC} {}\n", json.len()).into_bytes();
        head.extend(json);
        Ok(head)
    }

    /// Reads the beginning of a pack; gives how many bytes it takes up, too.
    ///
    /// # Errors
    /// It is no pack, or one of another version.
    pub fn read(pack: &[u8]) -> Result<(Self, usize), PackError> {
        let line = pack
            .iter()
            .take(LONGEST_LINE)
            .position(|byte| *byte == b'\n');
        let line = line.and_then(|end| std::str::from_utf8(pack.get(..end)?).ok());
        let line = line.ok_or(PackError::NoPack)?;
        let size = line
            .strip_prefix(MAGIC)
            .and_then(|rest| rest.trim().parse::<usize>().ok());
        let size = size
            .filter(|size| *size <= LARGEST_MANIFEST)
            .ok_or(PackError::NoPack)?;
        let begin = line.len() + 1;
        let json = pack.get(begin..begin + size);
        let json = json.ok_or_else(|| PackError::Manifest("it is cut off".to_owned()))?;
        Ok((Self::from_json(json)?, begin + size))
    }

    /// Reads the description alone.
    ///
    /// # Errors
    /// It cannot be read, or is one of another version.
    pub fn from_json(json: &[u8]) -> Result<Self, PackError> {
        #[derive(Deserialize)]
        struct Form {
            version: u32,
        }
        let damaged = |error: serde_json::Error| PackError::Manifest(error.to_string());
        let Form { version } = serde_json::from_slice(json).map_err(damaged)?;
        if version != PACK_VERSION {
            return Err(PackError::Version { found: version });
        }
        serde_json::from_slice(json).map_err(damaged)
    }

    /// Size of all parts as they lie in the pack, in bytes.
    pub fn packed_bytes(&self) -> usize {
        self.parts.iter().map(|part| part.bytes).sum()
    }

    /// Cuts what the parts hold, unpacked and joined, into the files.
    ///
    /// # Errors
    /// There is less of it than the manifest says.
    pub fn split<'a>(&'a self, unpacked: &'a [u8]) -> Result<Vec<(&'a str, &'a [u8])>, PackError> {
        let mut rest = unpacked;
        let mut files = Vec::with_capacity(self.files.len());
        for file in &self.files {
            let total = self.parts.len();
            let Some((own, after)) = rest.split_at_checked(file.bytes) else {
                return Err(PackError::Short {
                    number: total,
                    total,
                });
            };
            files.push((file.name.as_str(), own));
            rest = after;
        }
        Ok(files)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            version: PACK_VERSION,
            id: "a".to_owned(),
            files: vec![
                PackedFile {
                    name: "x".to_owned(),
                    bytes: 2,
                },
                PackedFile {
                    name: "y".to_owned(),
                    bytes: 3,
                },
            ],
            ..Manifest::default()
        }
    }

    #[test]
    fn a_head_is_read_as_it_was_written() {
        let mut pack = manifest().head().unwrap();
        let length = pack.len();
        pack.extend(b"parts");
        assert_eq!(Manifest::read(&pack), Ok((manifest(), length)));
        let files = manifest();
        assert_eq!(
            files.split(b"abcde").unwrap(),
            [("x", &b"ab"[..]), ("y", b"cde")]
        );
        assert!(matches!(files.split(b"abcd"), Err(PackError::Short { .. })));
    }

    #[test]
    fn what_is_no_pack_is_told_from_a_damaged_and_a_newer_one() {
        for text in [
            "",
            "PK\u{3}\u{4}",
            "khuepack",
            "khuepack x\n{}",
            "khuepack 99999999999999\n",
        ] {
            assert_eq!(
                Manifest::read(text.as_bytes()),
                Err(PackError::NoPack),
                "{text}"
            );
        }
        let head = manifest().head().unwrap();
        let cut = Manifest::read(&head[..head.len() - 3]);
        assert!(matches!(cut, Err(PackError::Manifest(_))));
        let newer = Manifest {
            version: 9,
            ..manifest()
        }
        .head()
        .unwrap();
        assert_eq!(Manifest::read(&newer), Err(PackError::Version { found: 9 }));
    }
}
