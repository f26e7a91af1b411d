//! The folder of models: `NAME/REVISION/FILE`, and `use.json`, which says what is in use.

use super::table::{MODELS, Model, Role, find};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Where models are kept: outside of repositories and data folders, shared by all portals of a person or a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelFolder(PathBuf);

/// What the program's settings say.
static DEFAULT: OnceLock<ModelFolder> = OnceLock::new();

/// A model that is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InUse {
    /// Its name.
    pub name: String,
    /// Its revision; for a file of one's own the beginning of its checksum.
    pub revision: String,
    /// Its file.
    pub path: PathBuf,
}

/// What lies in the folder for a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Missing,
    /// A file of the right size; whether its content is right, [`ModelFolder::verify`] says.
    Present,
    /// A file of another size.
    Damaged,
}

/// A choice that somebody made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Choice {
    /// A row of the table.
    Model(String),
    /// A file of one's own and the beginning of its checksum.
    File(PathBuf, String),
    /// None: the role is switched off.
    Nothing,
}

impl ModelFolder {
    /// The folder at this path, which need not be there yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// From now on [`ModelFolder::default_place`] is this folder in this program; the first call counts.
    pub fn make_default(self) {
        // a second call changes nothing, which is what the documentation says
        let _ = DEFAULT.set(self);
    }

    /// The folder that was made the default; else `KHUE_MODELS`; else `models` in the cache of this project, which is
    /// `KHUE_CACHE` or `~/.cache/khue`; without a home, in the working folder.
    pub fn default_place() -> Self {
        if let Some(own) = DEFAULT.get() {
            return own.clone();
        }
        let named = |name| {
            std::env::var_os(name)
                .filter(|path| !path.is_empty())
                .map(PathBuf::from)
        };
        let home = || Some(std::env::home_dir()?.join(".cache").join("khue"));
        let in_cache = || {
            named("KHUE_CACHE")
                .or_else(home)
                .unwrap_or_default()
                .join("models")
        };
        Self(named("KHUE_MODELS").unwrap_or_else(in_cache))
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where a model's file belongs.
    pub fn file(&self, model: &Model) -> PathBuf {
        self.0
            .join(model.name)
            .join(model.revision)
            .join(model.file)
    }

    /// Whether a model's file is there, by its size.
    pub fn state(&self, model: &Model) -> State {
        match fs::metadata(self.file(model)) {
            Ok(data) if data.is_file() && data.len() == model.size => State::Present,
            Ok(_) => State::Damaged,
            Err(_) => State::Missing,
        }
    }

    /// Reads a model's file to the end and compares its checksum.
    ///
    /// # Errors
    /// [`Error::Read`], or [`Error::Damaged`] with both checksums.
    pub fn verify(&self, model: &Model) -> Result<()> {
        let path = self.file(model);
        let found = checksum(&path)?;
        if found != model.sha256 {
            return Err(Error::Damaged {
                reason: format!("its SHA-256 is {found}, expected {}", model.sha256),
                path,
            });
        }
        Ok(())
    }

    /// The model that a role uses: the one that was chosen, else the first of the table that is there.
    ///
    /// # Errors
    /// [`Error::Disabled`] where there is none or none is wanted; [`Error::Damaged`] where its size is wrong.
    pub fn in_use(&self, role: Role) -> Result<InUse> {
        let disabled = || Error::Disabled {
            role: role.name(),
            folder: self.0.clone(),
        };
        match self.choices()?.remove(role.name()) {
            Some(Choice::Nothing) => Err(disabled()),
            Some(Choice::File(path, revision)) => Ok(own(path, revision)),
            Some(Choice::Model(name)) => self.present(find(&name)?).ok_or_else(disabled)?,
            None => {
                let of_role = MODELS.iter().filter(|model| model.role == role);
                let mut there = of_role.filter_map(|model| self.present(model));
                there.next().ok_or_else(disabled)?
            }
        }
    }

    /// A file that is there, or is there and damaged.
    fn present(&self, model: &Model) -> Option<Result<InUse>> {
        let path = self.file(model);
        match self.state(model) {
            State::Missing => None,
            State::Damaged => Some(Err(Error::Damaged {
                reason: format!("it should have {} bytes", model.size),
                path,
            })),
            State::Present => Some(Ok(InUse {
                name: model.name.to_owned(),
                revision: model.revision.to_owned(),
                path,
            })),
        }
    }

    /// From now on this model is used for its role.
    ///
    /// # Errors
    /// The choice can't be written.
    pub fn choose(&self, model: &Model) -> Result<()> {
        self.note(model.role, Choice::Model(model.name.to_owned()))
    }

    /// From now on a file of one's own is used.
    ///
    /// # Errors
    /// The file can't be read, or the choice can't be written.
    pub fn choose_file(&self, role: Role, path: &Path) -> Result<()> {
        let unreadable = |source| Error::Read {
            path: path.to_owned(),
            source,
        };
        let path = path.canonicalize().map_err(unreadable)?;
        let revision = checksum(&path)?.chars().take(16).collect();
        self.note(role, Choice::File(path, revision))
    }

    /// From now on the role is switched off.
    ///
    /// # Errors
    /// The choice can't be written.
    pub fn switch_off(&self, role: Role) -> Result<()> {
        self.note(role, Choice::Nothing)
    }

    fn note(&self, role: Role, choice: Choice) -> Result<()> {
        let mut choices = self.choices()?;
        choices.insert(role.name().to_owned(), choice);
        let path = self.choice_file();
        let failed = |reason: String| Error::Choice {
            path: path.clone(),
            reason,
        };
        let text =
            serde_json::to_string_pretty(&choices).map_err(|error| failed(error.to_string()))?;
        let beside = path.with_extension(format!("new{}", std::process::id()));
        fs::create_dir_all(&self.0)
            .and_then(|()| fs::write(&beside, text + "\n"))
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|error| failed(error.to_string()))
    }

    fn choices(&self) -> Result<BTreeMap<String, Choice>> {
        let path = self.choice_file();
        match fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| Error::Choice {
                path,
                reason: format!("{error}; delete the file to use what is there"),
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(source) => Err(Error::Read { path, source }),
        }
    }

    fn choice_file(&self) -> PathBuf {
        self.0.join("use.json")
    }
}

fn own(path: PathBuf, revision: String) -> InUse {
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    InUse {
        name,
        revision,
        path,
    }
}

/// SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// [`Error::Read`].
pub fn checksum(path: &Path) -> Result<String> {
    let failed = |source| Error::Read {
        path: path.to_owned(),
        source,
    };
    let mut file = fs::File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => break,
            count => hash.update(&buffer[..count]),
        }
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// The whole of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}
