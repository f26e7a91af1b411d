//! One portal on one data folder: store, files, index.

use crate::config::StorageSettings;
use crate::index_folder::IndexFolder;
use crate::meaning::Meaning;
use crate::past_searches::PastSearches;
use crate::synonyms;
use crate::uploads::Uploads;
use anyhow::{Context, Result};
use khue_content::search::Synonyms;
use khue_index::Index;
use khue_store::{Bucket, Files, Store};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// The database in the data folder.
const FILE: &str = "khue.db";

/// Where a portal keeps everything.
#[derive(Clone, Debug)]
pub struct DataFolder {
    root: PathBuf,
    /// Address of the database; a SQLite file in the folder where it is `None`.
    database: Option<String>,
    storage: StorageSettings,
}

impl DataFolder {
    /// The folder at `root`, with a database elsewhere if one is given.
    pub fn new(root: impl Into<PathBuf>, database: Option<String>) -> Self {
        Self {
            root: root.into(),
            database: database.filter(|address| !address.is_empty()),
            storage: StorageSettings::default(),
        }
    }

    /// Keeps files where the settings say.
    #[must_use]
    pub fn with_storage(mut self, storage: StorageSettings) -> Self {
        self.storage = storage;
        self
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reports of imports.
    pub fn reports(&self) -> PathBuf {
        self.root.join("reports")
    }

    /// Sheets that people take in at the desk, with the reports of their checks.
    pub fn sheets(&self) -> PathBuf {
        self.root.join("sheets")
    }

    /// School packs that readers can fetch.
    pub fn packs(&self) -> PathBuf {
        self.root.join("packs")
    }

    /// The search index.
    pub fn index(&self) -> IndexFolder {
        IndexFolder::new(self.root.join("index"))
    }

    /// Text of files, page by page; it may be deleted, and is read anew when somebody asks.
    pub fn readings(&self) -> PathBuf {
        self.root.join("readings")
    }

    /// Files on their way; what is unfinished for a day is removed.
    pub fn uploads(&self) -> PathBuf {
        self.root.join("uploads")
    }

    /// Vectors of resources; they may be deleted, and are made anew in the background.
    pub fn vectors(&self) -> PathBuf {
        self.root.join("vectors")
    }

    /// Makes the folder where there is none, opens the store and brings its tables up to date.
    ///
    /// # Errors
    /// The folder cannot be written, or the database does not answer.
    pub async fn open_store(&self) -> Result<Store> {
        std::fs::create_dir_all(&self.root).with_context(|| {
            format!(
                "cannot make the data folder {}; choose another with --data",
                self.root.display()
            )
        })?;
        let file = self.root.join(FILE).display().to_string();
        let store = Store::open(self.database.as_deref().unwrap_or(&file)).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens the store of a portal that is there already, for commands that only read it or build
    /// from it: a mistyped folder must not become an empty portal.
    ///
    /// # Errors
    /// There is no portal in the folder, or what [`Self::open_store`] says.
    pub async fn open_existing_store(&self) -> Result<Store> {
        let missing = self.database.is_none() && !self.root.join(FILE).is_file();
        anyhow::ensure!(
            !missing,
            "there is no portal in {}: name its data folder with --data; `khue serve` and `khue import` make a new one",
            self.root.display()
        );
        self.open_store().await
    }

    /// The portal's own table of synonyms, which need not be there.
    pub fn synonyms(&self) -> PathBuf {
        self.root.join("synonyms.csv")
    }

    /// Copies of files that a bucket keeps; they may be deleted, and are fetched again when somebody asks.
    fn near(&self) -> PathBuf {
        self.root.join("near")
    }

    /// The files of resources.
    ///
    /// # Errors
    /// The folder cannot be written, or the settings of a bucket make no address.
    pub fn open_files(&self) -> Result<Files> {
        self.with_bucket(Files::open(self.root.join("files"))?)
    }

    /// The same while nobody else uses them.
    ///
    /// # Errors
    /// As [`Self::open_files`], or a portal or an import runs.
    pub fn open_files_alone(&self) -> Result<Files> {
        self.with_bucket(Files::open_alone(self.root.join("files"))?)
    }

    fn with_bucket(&self, files: Files) -> Result<Files> {
        match self.storage.bucket() {
            None => Ok(files),
            Some(settings) => {
                let bucket = Bucket::new(settings)?;
                Ok(files.with_bucket(bucket, self.near(), self.storage.near_bytes)?)
            }
        }
    }
}

/// A portal that answers.
pub struct Portal {
    /// What is remembered.
    pub store: Store,
    /// Content of files.
    pub files: Files,
    /// Files on their way.
    pub uploads: Uploads,
    /// Where it all is.
    pub folder: DataFolder,
    /// Table of synonyms in force.
    pub synonyms: Arc<Synonyms>,
    /// What people searched for.
    pub past: Arc<PastSearches>,
    index: RwLock<Arc<Index>>,
    meaning: OnceLock<Arc<Meaning>>,
}

impl Portal {
    /// Opens store, files and index; an index that is missing or of another version is built
    /// by the worker while the portal already answers.
    pub async fn open(folder: DataFolder) -> Result<Self> {
        let store = folder.open_store().await?;
        let files = folder.open_files()?;
        files.remove_unfinished()?;
        let synonyms = Arc::new(synonyms::in_force(&folder)?);
        let index = folder.index().open_or_create()?;
        let index = Arc::new(index.with_synonyms(synonyms.clone()));
        Ok(Self {
            past: Arc::default(),
            store,
            files,
            uploads: Uploads::new(folder.uploads()),
            folder,
            synonyms,
            index: RwLock::new(index),
            meaning: OnceLock::new(),
        })
    }

    /// The index that answers now.
    pub fn index(&self) -> Arc<Index> {
        self.index
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Answers from another index from now on.
    ///
    /// # Errors
    /// Its columns cannot be read.
    pub fn switch_index(&self, index: Index) -> Result<()> {
        let index = index.with_synonyms(self.synonyms.clone());
        if let Some(meaning) = self.meaning() {
            index.set_vectors(meaning.vectors())?;
        }
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(index);
        Ok(())
    }

    /// Searches by meaning too from now on.
    ///
    /// # Errors
    /// The columns of the index cannot be read.
    pub fn set_meaning(&self, meaning: Arc<Meaning>) -> Result<()> {
        self.index().set_vectors(meaning.vectors())?;
        self.meaning.set(meaning).ok();
        Ok(())
    }

    /// The encoder and its vectors, where there is one.
    pub fn meaning(&self) -> Option<&Arc<Meaning>> {
        self.meaning.get()
    }
}
