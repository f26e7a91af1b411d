//! SQL databases with a full text search of their own.

use super::RESULTS;
use super::corpus::Numbered;
use super::engine::{Answer, Client, Engine, Engines};
use crate::bench::folder::size;
use anyhow::Result;
use futures::FutureExt;
use futures::future::BoxFuture;
use khue_store::peers::{Fts5, Fts5Client, PeerDocument, Postgres, PostgresClient};
use std::path::{Path, PathBuf};

/// How to get PostgreSQL.
pub const HOW_TO_GET_POSTGRES: &str = "PostgreSQL is not installed, or without its contributed extensions: `apt-get install postgresql` on Debian and Ubuntu, `brew install postgresql` on macOS; a server of its own is started and stopped again";

/// SQLite.
pub struct Sqlite {
    folder: PathBuf,
    table: Fts5,
}

impl Sqlite {
    /// An empty table in `folder`.
    pub async fn create(folder: &Path) -> Result<Self> {
        let table = Fts5::create(&folder.join("fts5.db")).await?;
        let folder = folder.to_owned();
        Ok(Self { folder, table })
    }
}

impl Engine for Sqlite {
    fn name(&self) -> &'static str {
        Engines::Sqlite.name()
    }

    fn contains(&self) -> &'static str {
        "the SQL query in this process: 20 titles with marked passages by bm25; no total, no facets"
    }

    fn put(&mut self, documents: Vec<Numbered>) -> BoxFuture<'_, Result<()>> {
        async move { Ok(self.table.put(&rows(documents)).await?) }.boxed()
    }

    fn finish(&mut self) -> BoxFuture<'_, Result<()>> {
        async { Ok(self.table.finish().await?) }.boxed()
    }

    fn client(&self) -> BoxFuture<'_, Result<Box<dyn Client>>> {
        async { Ok(Box::new(self.table.client().await?) as Box<dyn Client>) }.boxed()
    }

    fn size(&mut self) -> BoxFuture<'_, Result<u64>> {
        std::future::ready(Ok(size(&self.folder))).boxed()
    }
}

impl Client for Fts5Client {
    fn ask<'a>(&'a mut self, query: &'a str) -> BoxFuture<'a, Result<Answer>> {
        async move { Ok(numbers(self.search(query, RESULTS).await?)) }.boxed()
    }
}

/// PostgreSQL.
pub struct PostgreSql(Postgres);

impl PostgreSql {
    /// A server with an empty table; `None` where PostgreSQL is not installed.
    pub async fn start() -> Result<Option<Self>> {
        Ok(Postgres::start().await?.map(Self))
    }
}

impl Engine for PostgreSql {
    fn name(&self) -> &'static str {
        Engines::Postgres.name()
    }

    fn contains(&self) -> &'static str {
        "the SQL queries over a Unix socket: 20 titles with ts_headline by ts_rank, titles alike by pg_trgm where words find less; no total, no facets; size: table and indexes"
    }

    fn put(&mut self, documents: Vec<Numbered>) -> BoxFuture<'_, Result<()>> {
        async move { Ok(self.0.put(&rows(documents)).await?) }.boxed()
    }

    fn finish(&mut self) -> BoxFuture<'_, Result<()>> {
        async { Ok(self.0.finish().await?) }.boxed()
    }

    fn client(&self) -> BoxFuture<'_, Result<Box<dyn Client>>> {
        async { Ok(Box::new(self.0.client().await?) as Box<dyn Client>) }.boxed()
    }

    fn size(&mut self) -> BoxFuture<'_, Result<u64>> {
        async { Ok(self.0.size().await?) }.boxed()
    }

    fn process(&self) -> u32 {
        self.0.process()
    }
}

impl Client for PostgresClient {
    fn ask<'a>(&'a mut self, query: &'a str) -> BoxFuture<'a, Result<Answer>> {
        async move { Ok(numbers(self.search(query, RESULTS).await?)) }.boxed()
    }
}

fn rows(documents: Vec<Numbered>) -> Vec<PeerDocument> {
    let row = |numbered: Numbered| PeerDocument {
        number: i64::try_from(numbered.number).unwrap_or(i64::MAX),
        title: numbered.document.title,
        text: numbered.document.text,
    };
    documents.into_iter().map(row).collect()
}

fn numbers(found: Vec<i64>) -> Answer {
    let numbers = found
        .into_iter()
        .filter_map(|number| usize::try_from(number).ok());
    Answer::Numbers(numbers.collect())
}
