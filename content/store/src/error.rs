//! What can go wrong, in kinds that a caller can act on.

use crate::files::BucketError;
use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};
use std::path::PathBuf;

/// Result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("{0} is not in the store; check how it is written")]
    NotFound(String),
    /// The one who acts has no role that allows it.
    #[error("this is not for you to do: no role of yours allows it")]
    Forbidden,
    /// It cannot be done as things stand.
    #[error("{0}")]
    NotAllowed(String),
    /// The same person, or everybody together, has done it too often.
    #[error("{0}; try again later")]
    TooMany(String),
    /// Other things are built on it.
    #[error("it is used by {0}; take it out there first")]
    InUse(String),
    /// Somebody changed it since it was read.
    #[error("somebody changed it meanwhile; read it again, then repeat what you did")]
    Stale,
    /// Another writer stored the same at the same time.
    #[error("somebody else stored the same just now; try again")]
    Twice(#[source] DbErr),
    /// Another process holds the database, or all connections are in use.
    #[error("the database is busy; wait for the other import or backup to end, then try again")]
    Busy(#[source] DbErr),
    /// No space is left.
    #[error(
        "no space left for the database; free some space on its disk, nothing was half written"
    )]
    Full(#[source] DbErr),
    /// The database may not be written.
    #[error("the database is read-only; check the owner and permissions of its file and folder")]
    ReadOnly(#[source] DbErr),
    /// The file is no database, or it is damaged.
    #[error(
        "the file is not a database or is damaged; restore it from a backup or choose another path"
    )]
    Corrupt(#[source] DbErr),
    /// The database server or file cannot be reached.
    #[error(
        "the database cannot be reached ({0}); check that its address is right and that it runs"
    )]
    Unreachable(#[source] DbErr),
    /// The database was written by a newer program.
    #[error("the database has schema {found}, this program knows {known}; use a newer program")]
    NewerSchema {
        /// Version in the database.
        found: i64,
        /// Newest version that this program knows.
        known: i64,
    },
    /// The database has not been migrated yet.
    #[error("the database has schema {found}, this program needs {known}; run the migration first")]
    OlderSchema {
        /// Version in the database.
        found: i64,
        /// Version that this program needs.
        known: i64,
    },
    /// The database could not be opened.
    #[error("cannot open the database {place}: {source}")]
    Open {
        /// Path or address without password.
        place: String,
        /// What went wrong.
        source: Box<Error>,
    },
    /// The address is of no known kind.
    #[error(
        "{0:?} is no database address; write a path, sqlite://PATH or postgres://USER@HOST/NAME"
    )]
    Address(String),
    /// A file or folder could not be read or written.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// The verb.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Storage elsewhere did not do what was asked.
    #[error(transparent)]
    Bucket(Box<BucketError>),
    /// A kept file is not what its name says.
    #[error(
        "the file {sha256} in {place} has another content than its name says; copy it again from a backup"
    )]
    Damaged {
        /// Where it lies.
        place: &'static str,
        /// Its name.
        sha256: String,
    },
    /// A stored text is not what was written; the row was changed by something else.
    #[error("{what} cannot be read back ({source}); restore it from a backup or import it again")]
    Unreadable {
        /// The row.
        what: String,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// Only asked of SQLite.
    #[error("this is no SQLite database; back it up with pg_dump")]
    NotSqlite,
    /// A record could not be written as JSON, or a worker thread ended early.
    #[error("internal: {0}; please report it")]
    Internal(String),
    /// Anything else that the database said.
    #[error("the database refused: {0}")]
    Database(#[source] DbErr),
}

impl Error {
    /// Whether trying again later may help without anybody doing anything.
    pub fn is_transient(&self) -> bool {
        match self {
            Error::Bucket(error) => error.is_transient(),
            error => matches!(
                error,
                Error::Busy(_) | Error::Unreachable(_) | Error::Twice(_)
            ),
        }
    }

    /// Whether there is no space, or the disk may not be written: what is stored can still be read.
    pub fn cannot_write(&self) -> bool {
        use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match self {
            Error::Full(_) | Error::ReadOnly(_) => true,
            Error::Io { source, .. } => {
                matches!(
                    source.kind(),
                    StorageFull | QuotaExceeded | ReadOnlyFilesystem
                )
            }
            _ => false,
        }
    }

    pub(crate) fn io(
        doing: &'static str,
        path: impl Into<PathBuf>,
        source: std::io::Error,
    ) -> Self {
        // What a bucket said says more than what was being read from it.
        match source.downcast::<BucketError>() {
            Ok(error) => error.into(),
            Err(source) => Error::Io {
                doing,
                path: path.into(),
                source,
            },
        }
    }

    pub(crate) fn open(place: &str, source: impl Into<Error>) -> Self {
        let (place, source) = (place.to_owned(), Box::new(source.into()));
        Error::Open { place, source }
    }
}

impl From<BucketError> for Error {
    fn from(error: BucketError) -> Self {
        Error::Bucket(Box::new(error))
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let kind = match &error {
            DbErr::ConnectionAcquire(_) => Error::Busy,
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => kind_of(cause),
            _ => Error::Database,
        };
        kind(error)
    }
}

fn kind_of(cause: &sqlx::Error) -> fn(DbErr) -> Error {
    match cause {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) => Error::Unreachable,
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => Error::Busy,
        sqlx::Error::Database(said) if said.is_unique_violation() => Error::Twice,
        sqlx::Error::Database(said) => kind_of_code(said.code().as_deref().unwrap_or_default()),
        _ => Error::Database,
    }
}

/// SQLite result codes are numbers (the low byte is the class); PostgreSQL has
/// five-character SQLSTATEs.
fn kind_of_code(code: &str) -> fn(DbErr) -> Error {
    if code.len() == 5 {
        return kind_of_state(code);
    }
    match code.parse::<u32>().unwrap_or_default() & 0xff {
        5 | 6 => Error::Busy,
        8 => Error::ReadOnly,
        11 | 26 => Error::Corrupt,
        13 => Error::Full,
        10 | 14 => Error::Unreachable,
        _ => Error::Database,
    }
}

fn kind_of_state(state: &str) -> fn(DbErr) -> Error {
    match state {
        "53100" => Error::Full,
        "25006" => Error::ReadOnly,
        "40001" | "40P01" | "55P03" | "53300" => Error::Busy,
        "XX001" | "XX002" => Error::Corrupt,
        "57P01" | "57P02" | "57P03" | "3D000" | "28000" | "28P01" => Error::Unreachable,
        _ if state.starts_with("08") => Error::Unreachable,
        _ => Error::Database,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_have_kinds() {
        let kind = |code| format!("{:?}", kind_of_code(code)(DbErr::RecordNotInserted));
        for code in ["13", "53100"] {
            assert!(kind(code).starts_with("Full"), "{code}");
        }
        // The second one is SQLITE_BUSY_SNAPSHOT, an extended code.
        for code in ["5", "517", "40P01", "53300"] {
            assert!(kind(code).starts_with("Busy"), "{code}");
        }
        assert!(kind("1032").starts_with("ReadOnly"));
        assert!(kind("").starts_with("Database"));
    }
}
