//! What is measured, each behind the same few functions.

use super::corpus::Numbered;
use super::report::Missing;
use super::{khue, sql, typesense};
use anyhow::Result;
use futures::future::BoxFuture;
use hyper::body::Bytes;
use std::path::Path;

/// The engines that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engines {
    /// This portal's index, called in this process
    KhueInProcess,
    /// This portal over HTTP, as another program asks it, without facets as its peers
    Khue,
    /// The same with the counts of all facets and their labels
    KhueFacets,
    /// Typesense over HTTP
    Typesense,
    /// SQLite's FTS5, called in this process
    Sqlite,
    /// PostgreSQL with unaccent and pg_trgm, over a socket
    Postgres,
}

impl Engines {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::KhueInProcess,
        Self::Khue,
        Self::KhueFacets,
        Self::Typesense,
        Self::Sqlite,
        Self::Postgres,
    ];

    /// Name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::KhueInProcess => "khue, in process",
            Self::Khue => "khue, HTTP",
            Self::KhueFacets => "khue, HTTP, with facets",
            Self::Typesense => "Typesense, HTTP",
            Self::Sqlite => "SQLite FTS5, in process",
            Self::Postgres => "PostgreSQL, socket",
        }
    }
}

/// One engine with its own data.
pub trait Engine: Send + Sync {
    /// Name in tables.
    fn name(&self) -> &'static str;

    /// What its times contain.
    fn contains(&self) -> &'static str;

    /// Takes documents.
    fn put(&mut self, documents: Vec<Numbered>) -> BoxFuture<'_, Result<()>>;

    /// Makes everything ready to be found, after the last document.
    fn finish(&mut self) -> BoxFuture<'_, Result<()>>;

    /// Forgets answers that it may have kept, before a run.
    fn before_run(&mut self) -> BoxFuture<'_, Result<()>> {
        Box::pin(std::future::ready(Ok(())))
    }

    /// One who asks, with a connection of its own.
    fn client(&self) -> BoxFuture<'_, Result<Box<dyn Client>>>;

    /// Bytes on the disk.
    fn size(&mut self) -> BoxFuture<'_, Result<u64>>;

    /// The process that does the work; this one where it is called in process.
    fn process(&self) -> u32 {
        std::process::id()
    }
}

/// One who asks, one query after the other.
pub trait Client: Send {
    /// The answer to a query, as it arrives.
    fn ask<'a>(&'a mut self, query: &'a str) -> BoxFuture<'a, Result<Answer>>;
}

/// An answer; it is read after its time was taken.
pub enum Answer {
    /// Numbers of documents, the best first.
    Numbers(Vec<usize>),
    /// JSON, and how to read it.
    Json(Bytes, fn(&serde_json::Value) -> Vec<usize>),
}

impl Answer {
    /// Numbers of the documents found, the best first.
    pub fn numbers(self) -> Result<Vec<usize>> {
        match self {
            Self::Numbers(numbers) => Ok(numbers),
            Self::Json(body, read) => Ok(read(&serde_json::from_slice(&body)?)),
        }
    }
}

/// Starts an engine with its data in `folder`, or says what is missing and how to get it.
pub(super) async fn start(
    kind: Engines,
    folder: &Path,
    typesense: Option<&Path>,
) -> Result<Result<Box<dyn Engine>, Missing>> {
    Ok(match kind {
        Engines::KhueInProcess => Ok(Box::new(khue::InProcess::create(folder)?)),
        Engines::Khue | Engines::KhueFacets => Ok(Box::new(khue::OverHttp::create(folder, kind)?)),
        Engines::Sqlite => Ok(Box::new(sql::Sqlite::create(folder).await?)),
        Engines::Typesense => match typesense::Typesense::start(folder, typesense).await? {
            Some(engine) => Ok(Box::new(engine)),
            None => Err(Missing::new(kind.name(), typesense::HOW_TO_GET)),
        },
        Engines::Postgres => match sql::PostgreSql::start().await? {
            Some(engine) => Ok(Box::new(engine)),
            None => Err(Missing::new(kind.name(), sql::HOW_TO_GET_POSTGRES)),
        },
    })
}
