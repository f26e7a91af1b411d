//! What can be left for a worker to do. A new job is a variant here and a
//! handler in the server.

use serde::{Deserialize, Serialize};

/// A job with its payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Bring the index up to the last change.
    IndexChanges,
    /// Build the index anew.
    RebuildIndex,
    /// Import a file or folder.
    Import {
        /// Where it is.
        path: String,
        /// Short name of its source, where it is not to be guessed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    },
    /// Tell what taking a sheet in would do.
    CheckSheet {
        /// Number of its import.
        run: i64,
        /// Code of the language in which its findings are told.
        language: String,
    },
    /// Take a sheet in that was checked.
    TakeSheet {
        /// Number of its import.
        run: i64,
    },
    /// Take back what is left of an import that somebody has begun to take back.
    UndoImport {
        /// Its number.
        run: i64,
    },
    /// Send a message.
    SendMail {
        /// Its number.
        mail: i64,
    },
    /// Tell somebody by mail of their notifications, when it is time.
    MailNotices {
        /// Whose.
        account: i64,
    },
}

impl Job {
    /// Its kind, as stored and as asked for by [`crate::queue::claim`].
    pub fn kind(&self) -> &'static str {
        match self {
            Job::IndexChanges => "index_changes",
            Job::RebuildIndex => "rebuild_index",
            Job::Import { .. } => "import",
            Job::CheckSheet { .. } => "check_sheet",
            Job::TakeSheet { .. } => "take_sheet",
            Job::UndoImport { .. } => "undo_import",
            Job::SendMail { .. } => "send_mail",
            Job::MailNotices { .. } => "mail_notices",
        }
    }

    /// Jobs with the same key wait only once; `None` for jobs that each count.
    pub(crate) fn dedup_key(&self) -> Option<String> {
        match self {
            Job::IndexChanges | Job::RebuildIndex => Some(self.kind().to_owned()),
            // Written in transactions that must not wait for each other; one too many finds nothing to do.
            Job::SendMail { .. } | Job::MailNotices { .. } => None,
            Job::CheckSheet { run, .. } | Job::TakeSheet { run } | Job::UndoImport { run } => {
                Some(format!("{} {run}", self.kind()))
            }
            Job::Import { path, source } => {
                let source = source.as_deref().unwrap_or_default();
                Some(format!("import {source} {path}"))
            }
        }
    }
}
