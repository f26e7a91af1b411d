//! A file of the site before it is written: its logical name, its hashed name, its bytes.

use sha2::{Digest, Sha256};

/// Folder of everything whose name carries a hash, and may be kept by a browser for ever.
pub(crate) const HASHED: &str = "pkg";

/// One file on its way into the site.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// What the pages call it: `khue.css`, `fonts/latin-400.woff2`.
    pub(crate) name: String,
    /// Where it is below the site's folder: `pkg/khue.1a2b3c4d.css`.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// A file whose name carries the hash of what it holds.
    pub(crate) fn hashed(name: &str, bytes: Vec<u8>) -> Self {
        let path = format!("{HASHED}/{}", hashed_name(name, &digest(&bytes)));
        Self {
            name: name.to_owned(),
            path,
            bytes,
        }
    }

    /// A file at a fixed address.
    pub(crate) fn fixed(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            path: name.to_owned(),
            bytes,
        }
    }
}

/// Public files in a folder get hashed names, those at the top keep theirs (a browser asks for `/favicon.svg`).
pub(crate) fn name_public(files: Vec<(String, Vec<u8>)>) -> Vec<File> {
    files
        .into_iter()
        .map(|(name, bytes)| {
            if name.contains('/') {
                File::hashed(&name, bytes)
            } else {
                File::fixed(&name, bytes)
            }
        })
        .collect()
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// `fonts/a.woff2` with a digest becomes `fonts/a.1a2b3c4d.woff2`.
fn hashed_name(name: &str, digest: &str) -> String {
    let hash = digest.get(..8).unwrap_or(digest);
    let (folder, file) = name
        .rsplit_once('/')
        .map_or(("", name), |(folder, file)| (folder, file));
    let file = match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{file}.{hash}"),
    };
    if folder.is_empty() {
        file
    } else {
        format!("{folder}/{file}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_the_hash_of_the_bytes() {
        let file = File::hashed("fonts/latin.400.woff2", b"abc".to_vec());
        assert_eq!(file.path, "pkg/fonts/latin.400.ba7816bf.woff2");
        assert_eq!(
            File::hashed("khue", b"abc".to_vec()).path,
            "pkg/khue.ba7816bf"
        );
        assert_ne!(
            file.path,
            File::hashed("fonts/latin.400.woff2", b"abd".to_vec()).path
        );
    }

    #[test]
    fn only_files_in_folders_are_renamed() {
        let files = name_public(vec![
            ("favicon.svg".into(), vec![1]),
            ("icons/icons.svg".into(), vec![1]),
        ]);
        assert_eq!(files[0].path, "favicon.svg");
        assert!(files[1].path.starts_with("pkg/icons/icons."));
    }
}
