//! What can go wrong with a model.

use std::path::PathBuf;

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong with a model. None of it is a reason to stop a portal: search goes on by words.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No model of this role has been fetched or chosen: what it does is switched off.
    #[error("there is no {role} in {}; `khue models list` names those that `khue models pull NAME` fetches", folder.display())]
    Disabled {
        /// What it would do, such as `encoder`.
        role: &'static str,
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// No row of the table has this name.
    #[error("no model is called \"{name}\"; `khue models list` names all")]
    Unknown {
        /// The name as given.
        name: String,
    },
    /// The file is there but can't be read.
    #[error("the model {} cannot be read", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file isn't what its format or its checksum says.
    #[error("the model {} is damaged: {reason}; `khue models pull` fetches it again", path.display())]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong, and where.
        reason: String,
    },
    /// The file lacks something that models of its kind have.
    #[error("the model {} lacks {key}; choose a GGUF file that was made with its tokenizer, whole", path.display())]
    Missing {
        /// Which file.
        path: PathBuf,
        /// The key or the tensor.
        key: String,
    },
    /// The file is a model of a kind that is not computed here.
    #[error("the model {} has {what}; choose another one, `khue models list` names some", path.display())]
    Unsupported {
        /// Which file.
        path: PathBuf,
        /// What is not computed.
        what: String,
    },
    /// A text has pieces that the model cannot read.
    #[error("{0}")]
    Piece(String),
    /// The choice of models can't be written or is no JSON.
    #[error("the choice of models in {} cannot be used: {reason}", path.display())]
    Choice {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The service has no model, and why.
    #[error("the model is off: {reason}")]
    Off {
        /// What [`Error::Disabled`] or another error said when it was to be read.
        reason: String,
    },
    /// Too many ask at the same time, or the answer would come too late.
    #[error("the model is busy")]
    Busy,
    /// The model is still being read.
    #[error("the model is being read and will be there in a moment")]
    Loading,
    /// The computation failed, which is a mistake in this program.
    #[error("the model could not compute")]
    Compute(#[from] candle_core::Error),
}
