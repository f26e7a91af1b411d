//! What can be wrong with settings.

use std::path::PathBuf;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {file}: {reason}; check the path and who may read it")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The file is no TOML.
    #[error(
        "{file}, line {line}: this is not TOML ({reason}); `khue config --template` shows how it looks"
    )]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What the parser said.
        reason: String,
    },
    /// No setting has this name.
    #[error("{file}, line {line}: there is no setting `{key}`; {hint}")]
    UnknownKey {
        /// The file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What is written.
        key: String,
        /// What may have been meant.
        hint: String,
    },
    /// A value of the wrong kind.
    #[error("{reason}; `khue config --template` explains every setting")]
    Value {
        /// What is wrong, naming the setting and where it stands.
        reason: String,
    },
}

impl From<config::ConfigError> for ConfigError {
    fn from(error: config::ConfigError) -> Self {
        Self::Value {
            reason: error.to_string(),
        }
    }
}
