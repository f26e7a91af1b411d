//! Files on their way: what has come of them lies in a folder of its own until the last byte is there.
//!
//! Beside the content of each lies what is known of it, [`Coming`], with how much of the content was acknowledged. Whatever lies
//! behind that is cut off when the next piece comes, so a program that was killed loses nothing that it had promised.

mod append;
mod coming;
mod spool;
mod turns;

pub use append::{Appended, Piece};
pub use coming::Coming;
pub use turns::Turn;

use crate::auth::token;
use crate::config::UploadSettings;
use khue_store::Files;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use turns::Turns;

/// How long a file may rest before it is taken for given up.
pub const REST: Duration = Duration::from_secs(24 * 60 * 60);

/// Why a file cannot come, or not go on.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// It is larger than files may be, or than it was said to be.
    #[error("the file is larger than it may be")]
    TooLarge,
    /// The person has too much on its way.
    #[error("too many files are on their way; finish or cancel some first")]
    TooMany,
    /// Nothing came for a day.
    #[error("nothing came for a day, so the file was given up; send it anew")]
    Expired,
    /// There is no such file.
    #[error("no such file is on its way")]
    Missing,
    /// The piece does not begin where the file ends.
    #[error("the piece belongs elsewhere: {0} bytes have come")]
    Elsewhere(u64),
    /// The piece has another checksum than was said.
    #[error("the piece is damaged; send it again")]
    Damaged,
    /// The line broke, or stood still, or somebody else goes on with the file.
    #[error("the piece broke off")]
    Cut,
    /// The folder cannot be read or written.
    #[error(transparent)]
    Folder(#[from] khue_store::Error),
}

/// The folder of files on their way. Its functions that are not `async` block.
#[derive(Debug)]
pub struct Uploads {
    folder: PathBuf,
    turns: Turns,
    /// Held by whoever begins, so that nobody begins more than they may.
    beginning: tokio::sync::Mutex<()>,
}

impl Uploads {
    /// The files in a folder, which is made when the first one comes.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            turns: Turns::default(),
            beginning: tokio::sync::Mutex::default(),
        }
    }

    /// Lets a file come, within what the settings allow a person; gives its id.
    ///
    /// # Errors
    /// It is too large, too much is on its way, or the disk has not the room.
    pub async fn begin(
        &self,
        coming: &Coming,
        settings: &UploadSettings,
    ) -> Result<String, UploadError> {
        if coming.length > settings.file_bytes {
            return Err(UploadError::TooLarge);
        }
        let _turn = self.beginning.lock().await;
        tokio::task::block_in_place(|| self.begin_now(coming, settings))
    }

    fn begin_now(&self, coming: &Coming, settings: &UploadSettings) -> Result<String, UploadError> {
        let own = self.of(|one| one.account == coming.account)?;
        let bytes: u64 = own.iter().map(|(_, one)| one.length).sum();
        let more = bytes.saturating_add(coming.length) > settings.unfinished_bytes;
        if own.len() >= settings.unfinished || more {
            return Err(UploadError::TooMany);
        }
        self.make_folder()?;
        self.make_sure_of_room(coming.length)?;
        let id = token().map_err(|e| failed("name", &self.folder, io::Error::other(e)))?;
        let content = self.content(&id)?;
        fs::File::create_new(&content).map_err(|e| failed("create", &content, e))?;
        coming.write(&self.about(&id)?)?;
        Ok(id)
    }

    /// What is known of a file on its way, or that came a moment ago.
    ///
    /// # Errors
    /// There is none of that id, or nothing came for a day.
    pub fn find(&self, id: &str) -> Result<Coming, UploadError> {
        let about = self.about(id)?;
        let coming = Coming::read(&about)?.ok_or(UploadError::Missing)?;
        match rested(&about) > REST {
            true => Err(UploadError::Expired),
            false => Ok(coming),
        }
    }

    /// All unfinished files that are `wanted`, the oldest first.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn of(
        &self,
        wanted: impl Fn(&Coming) -> bool,
    ) -> Result<Vec<(String, Coming)>, UploadError> {
        let ids = self.names()?.into_iter().filter_map(|name| {
            let id = name.strip_suffix(".json")?;
            Files::is_name(id).then(|| id.to_owned())
        });
        let known = ids.filter_map(|id| {
            let coming = self.find(&id).ok()?;
            (!coming.kept && wanted(&coming)).then_some((id, coming))
        });
        let mut found: Vec<(String, Coming)> = known.collect();
        found.sort_by(|one, other| (&one.1.begun, &one.0).cmp(&(&other.1.begun, &other.0)));
        Ok(found)
    }

    /// Waits for the turn to go on with a file. Whoever has it is asked to stop: the newest request is the one that somebody waits for.
    ///
    /// # Errors
    /// There is no file of that id.
    pub async fn turn(&self, id: &str) -> Result<Turn, UploadError> {
        self.about(id)?;
        Ok(self.turns.take(id).await)
    }

    /// Notes that a file is kept for good; its content here is let go of, and what is known of it answers those who ask again.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn note_kept(&self, id: &str, coming: Coming) -> Result<(), UploadError> {
        let kept = Coming {
            kept: true,
            ..coming
        };
        kept.write(&self.about(id)?)?;
        remove(&self.content(id)?)
    }

    /// Gives a file up.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn remove(&self, id: &str) -> Result<(), UploadError> {
        remove(&self.about(id)?)?;
        remove(&self.content(id)?)
    }

    /// Removes everything for which nothing came for a day; how much that was.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn clear(&self) -> Result<usize, UploadError> {
        let old = self.names()?.into_iter().filter(|name| {
            let path = self.folder.join(name);
            rested(&path) > REST && fs::remove_file(path).is_ok()
        });
        Ok(old.count())
    }

    /// Where the content of a file is.
    ///
    /// # Errors
    /// The id is none.
    pub fn content(&self, id: &str) -> Result<PathBuf, UploadError> {
        match Files::is_name(id) {
            true => Ok(self.folder.join(id)),
            false => Err(UploadError::Missing),
        }
    }

    fn about(&self, id: &str) -> Result<PathBuf, UploadError> {
        Ok(self.content(id)?.with_extension("json"))
    }

    fn make_folder(&self) -> Result<(), UploadError> {
        fs::create_dir_all(&self.folder).map_err(|e| failed("create the folder", &self.folder, e))
    }

    /// Better told before two gigabytes have come than behind them.
    fn make_sure_of_room(&self, bytes: u64) -> Result<(), UploadError> {
        let Ok(disk) = rustix::fs::statvfs(&self.folder) else {
            return Ok(());
        };
        match disk.f_bavail.saturating_mul(disk.f_frsize) < bytes {
            true => {
                let full = io::Error::from(ErrorKind::StorageFull);
                Err(failed("write into", &self.folder, full))
            }
            false => Ok(()),
        }
    }

    fn names(&self) -> Result<Vec<String>, UploadError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(failed("read", &self.folder, e)),
        };
        let names = entries.flatten().map(|entry| entry.file_name());
        Ok(names.filter_map(|name| name.into_string().ok()).collect())
    }
}

/// How long nothing was written there.
fn rested(path: &Path) -> Duration {
    let written = path.metadata().and_then(|known| known.modified());
    let rested = written.ok().and_then(|then| then.elapsed().ok());
    rested.unwrap_or_default()
}

/// When a file that was written just now would be given up.
pub fn expires() -> SystemTime {
    SystemTime::now() + REST
}

fn remove(path: &Path) -> Result<(), UploadError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(failed("remove", path, e)),
        _ => Ok(()),
    }
}

fn failed(doing: &'static str, path: &Path, source: io::Error) -> UploadError {
    UploadError::Folder(khue_store::Error::Io {
        doing,
        path: path.to_owned(),
        source,
    })
}
