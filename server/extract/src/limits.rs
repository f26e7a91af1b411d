//! How much a file may cost.

use serde::{Deserialize, Serialize};

/// What may be used while one file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Size of the file in bytes.
    pub input: u64,
    /// Address space of the child in bytes.
    pub memory: u64,
    /// Processor time of the child in seconds.
    pub cpu_seconds: u64,
    /// Time on the clock in seconds, after which the child is killed.
    pub wall_seconds: u64,
    /// Text that is taken out, in bytes.
    pub text: u64,
    /// Files in an archive, those of archives within it counted too.
    pub files: u64,
    /// Archives within archives.
    pub depth: u32,
    /// All that is unpacked, in bytes.
    pub unpacked: u64,
    /// How many times larger than packed one file of an archive may be, beyond its first 8 MiB.
    pub ratio: u64,
    /// Pixels of a picture, width times height.
    pub pixels: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input: 512 << 20,
            memory: 1536 << 20,
            cpu_seconds: 60,
            wall_seconds: 120,
            text: 32 << 20,
            files: 20_000,
            depth: 3,
            unpacked: 1 << 30,
            ratio: 250,
            pixels: 200_000_000,
        }
    }
}

/// The limit that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// [`Limits::input`].
    #[error("the file is larger than files may be")]
    Input,
    /// [`Limits::memory`].
    #[error("reading it takes more memory than allowed")]
    Memory,
    /// [`Limits::cpu_seconds`] or [`Limits::wall_seconds`].
    #[error("reading it takes longer than allowed")]
    Time,
    /// [`Limits::text`].
    #[error("it holds more text than is kept")]
    Text,
    /// [`Limits::files`].
    #[error("the archive holds more files than are read")]
    Files,
    /// [`Limits::depth`].
    #[error("archives are nested deeper than is read")]
    Depth,
    /// [`Limits::unpacked`].
    #[error("unpacked it is larger than allowed")]
    Unpacked,
    /// [`Limits::ratio`].
    #[error("a file in it is packed so tightly that it looks made to fill the memory")]
    Ratio,
    /// [`Limits::pixels`].
    #[error("the picture has more pixels than can be shown")]
    Pixels,
}
