//! Why a bucket did not do what was asked. No address is named: it would carry a signature.

/// What was asked of which bucket, and why it was not done.
#[derive(Debug, thiserror::Error)]
#[error("cannot {doing} {key:?} in the bucket {bucket:?}: {reason}")]
pub struct BucketError {
    /// The verb.
    pub doing: &'static str,
    /// Name of the bucket.
    pub bucket: String,
    /// Key of the file; the prefix where all are meant.
    pub key: String,
    /// Why.
    pub reason: BucketReason,
}

/// Why a bucket did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum BucketReason {
    /// There is no such file.
    #[error(
        "there is no such file; if it was on the disk of this portal once, copy it with `khue files copy --to bucket`"
    )]
    Missing,
    /// No answer came, however often it was tried.
    #[error(
        "no answer from {endpoint} ({said}); check `storage.endpoint` and the network, then try again"
    )]
    NoAnswer {
        /// Address of the storage.
        endpoint: String,
        /// What the network said.
        said: String,
    },
    /// The storage answered that it will not.
    #[error("the storage answers {status} {code}{message}; {}", next_step(*status, code))]
    Refused {
        /// Status of the answer.
        status: u16,
        /// Its code, such as `AccessDenied`; may be empty.
        code: String,
        /// What it says; may be empty, else it begins with `: `.
        message: String,
    },
    /// The content is not what its name says.
    #[error(
        "its content has the checksum {0}, so it was changed or damaged there; copy it again from a backup"
    )]
    Changed(String),
    /// The answer has another form than those of S3.
    #[error(
        "the answer cannot be read ({0}); check that `storage.endpoint` is an S3-compatible storage"
    )]
    Unreadable(String),
    /// The settings make no bucket.
    #[error("{0}; correct the settings `storage.endpoint` and `storage.bucket`")]
    Settings(String),
}

fn next_step(status: u16, code: &str) -> &'static str {
    match code {
        "InvalidAccessKeyId" | "SignatureDoesNotMatch" => {
            "check the settings `storage.access_key` and `storage.secret_key`"
        }
        "AccessDenied" => {
            "let this key read, write, list and delete in the bucket, and check `storage.bucket`"
        }
        "NoSuchBucket" => "make the bucket, or correct the setting `storage.bucket`",
        "RequestTimeTooSkewed" => "set the clock of this machine",
        "PermanentRedirect"
        | "AuthorizationHeaderMalformed"
        | "IllegalLocationConstraintException" => {
            "check the settings `storage.region` and `storage.endpoint`"
        }
        _ if status == 403 => "check the keys and what they may do in the bucket",
        _ if (300..400).contains(&status) => {
            "check the settings `storage.region` and `storage.endpoint`"
        }
        _ if status == 429 || status >= 500 => "try again later",
        _ => "look into the log of the storage",
    }
}

impl BucketError {
    /// Whether the file is not there.
    pub fn is_missing(&self) -> bool {
        matches!(self.reason, BucketReason::Missing)
    }

    /// Whether trying again later may help without anybody doing anything.
    pub fn is_transient(&self) -> bool {
        match &self.reason {
            BucketReason::NoAnswer { .. } => true,
            BucketReason::Refused { status, .. } => *status == 429 || *status >= 500,
            _ => false,
        }
    }
}
