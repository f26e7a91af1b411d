//! A portal for a measurement: this very program in a process of its own, in a folder of its own.

use super::http::Connection;
use super::process::{Process, free_port};
use crate::eval::Document;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Name of the source of the documents.
pub const SOURCE: &str = "corpus";

/// A portal; it is stopped when this is dropped.
pub struct OwnPortal {
    folder: PathBuf,
    data: PathBuf,
    corpus: Option<BufWriter<File>>,
    running: Option<Process>,
    host: String,
    models: bool,
    database: Option<String>,
}

impl OwnPortal {
    /// One without records in `folder`, which does not run yet.
    pub fn create(folder: &Path) -> Result<Self> {
        let file = folder.join("corpus.jsonl");
        let corpus = File::create(&file).with_context(|| {
            format!("cannot write {}: check the space in TMPDIR", file.display())
        })?;
        Ok(Self {
            folder: folder.to_owned(),
            data: folder.join("data"),
            corpus: Some(BufWriter::new(corpus)),
            running: None,
            host: String::new(),
            models: true,
            database: None,
        })
    }

    /// The same with its database elsewhere.
    pub fn with_database(self, address: Option<String>) -> Self {
        Self {
            database: address,
            ..self
        }
    }

    /// Runs a subcommand on its data and gives what it prints.
    pub async fn command(&self, arguments: &[&str]) -> Result<String> {
        let mut command = self.khue()?;
        command.args(arguments);
        let done = tokio::task::spawn_blocking(move || command.output()).await??;
        if !done.status.success() {
            bail!("{}", String::from_utf8_lossy(&done.stderr));
        }
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }

    /// The same without any model: no tags, no search by meaning, no work in the background.
    pub fn without_models(self) -> Self {
        Self {
            models: false,
            ..self
        }
    }

    /// Adds documents to what [`OwnPortal::import`] will take in.
    pub fn write(&mut self, documents: impl Iterator<Item = Document>) -> Result<()> {
        let corpus = self
            .corpus
            .as_mut()
            .context("the corpus is imported already")?;
        for document in documents {
            let Document {
                id,
                title,
                text,
                lang,
            } = document;
            let mut line = json!({ "id": id, "title": title, "text": text });
            if !lang.is_empty() {
                line["lang"] = lang.into();
            }
            writeln!(corpus, "{line}")?;
        }
        Ok(())
    }

    /// Takes everything in as `khue import` does it.
    pub async fn import(&mut self) -> Result<()> {
        if let Some(mut corpus) = self.corpus.take() {
            corpus.flush()?;
        }
        let mut command = self.khue()?;
        command.args(["import", "corpus.jsonl", "--source", SOURCE]);
        let done = tokio::task::spawn_blocking(move || command.output()).await??;
        if !done.status.success() {
            bail!(
                "the import failed: {}",
                String::from_utf8_lossy(&done.stderr)
            );
        }
        fs::remove_file(self.folder.join("corpus.jsonl"))?;
        Ok(())
    }

    /// Starts it, or stops and starts it again, and waits until everything can be found.
    pub async fn restart(&mut self) -> Result<()> {
        self.running = None;
        self.host = format!("127.0.0.1:{}", free_port()?);
        let mut command = self.khue()?;
        command.args([
            "serve",
            "--no-lessons",
            "--log-level",
            "warn",
            "--listen",
            &self.host,
        ]);
        if !self.models {
            command.env("KHUE_MODELS", self.folder.join("no-models"));
        }
        let mut process = Process::start(command, &self.folder.join("portal.log"))?;
        let host = self.host.clone();
        process.until(|| ready(host.clone())).await?;
        self.running = Some(process);
        Ok(())
    }

    /// Address and port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The process that runs; 0 where none does.
    pub fn process(&self) -> u32 {
        self.running.as_ref().map_or(0, Process::id)
    }

    /// This program, with nothing set but the data folder.
    fn khue(&self) -> Result<Command> {
        let program = std::env::current_exe().context("this program's own file is not known")?;
        let mut command = Command::new(program);
        let settings = std::env::vars_os().map(|(name, _)| name);
        for name in settings.filter(|name| name.to_string_lossy().starts_with("KHUE_")) {
            command.env_remove(name);
        }
        command
            .current_dir(&self.folder)
            .arg("--data")
            .arg(&self.data);
        if let Some(address) = &self.database {
            command.env("KHUE_DATABASE", address);
        }
        Ok(command)
    }
}

/// Whether all that is stored can be found.
async fn ready(host: String) -> bool {
    let asked = async { Connection::open(&host).await?.get("/readyz").await };
    let state = asked
        .await
        .ok()
        .and_then(|body| serde_json::from_slice::<serde_json::Value>(&body).ok());
    state.is_some_and(|state| state["ready"] == true && state["changesToIndex"] == 0)
}
