//! The key that signs learners' records: 32 bytes in a file that only the portal's own account reads.

use ed25519_dalek::SigningKey;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Its name in the data folder.
const NAME: &str = "credential-key";

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("{file}: {error}; check that the portal may read and write it")]
    File {
        /// The file.
        file: PathBuf,
        /// What went wrong.
        error: std::io::Error,
    },
    /// The file is not 32 bytes in hexadecimal digits.
    #[error("{0} holds no key: 64 hexadecimal digits are expected; take it back from a backup")]
    Damaged(PathBuf),
    /// The system gives no random numbers.
    #[error("no random numbers for a key: {0}")]
    Random(getrandom::Error),
}

/// The key of a data folder. It is made where there is none yet; what is there is never written over.
pub fn read_or_make(folder: &Path) -> Result<SigningKey, KeyError> {
    let file = folder.join(NAME);
    let failed = |error| KeyError::File {
        file: file.clone(),
        error,
    };
    match make(&file) {
        Ok(Some(key)) => return Ok(key),
        Ok(None) => {}
        Err(MakeError::Io(error)) => return Err(failed(error)),
        Err(MakeError::Random(error)) => return Err(KeyError::Random(error)),
    }
    let mut text = String::new();
    let opened = std::fs::File::open(&file).map_err(failed)?;
    opened
        .take(1024)
        .read_to_string(&mut text)
        .map_err(failed)?;
    let seed = seed(text.trim()).ok_or_else(|| KeyError::Damaged(file.clone()))?;
    Ok(SigningKey::from_bytes(&seed))
}

enum MakeError {
    Io(std::io::Error),
    Random(getrandom::Error),
}

/// Makes the file; `None` where it is there. It appears whole: two that begin at the same time have the same key.
fn make(file: &Path) -> Result<Option<SigningKey>, MakeError> {
    if file.exists() {
        return Ok(None);
    }
    let mut seed = [0u8; 32];
    getrandom::fill(&mut seed).map_err(MakeError::Random)?;
    let draft = file.with_extension(format!("new-{}", std::process::id()));
    let hex: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
    let linked = write_secret(&draft, &hex).and_then(|()| std::fs::hard_link(&draft, file));
    let _ = std::fs::remove_file(&draft);
    match linked {
        Ok(()) => Ok(Some(SigningKey::from_bytes(&seed))),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(MakeError::Io(error)),
    }
}

fn write_secret(file: &Path, text: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    opened.write_all(text.as_bytes())?;
    opened.sync_all()
}

fn seed(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let mut seed = [0u8; 32];
    for (byte, at) in seed.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&hex[at..at + 2], 16).ok()?;
    }
    Some(seed)
}
