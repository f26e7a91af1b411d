//! SQLite's FTS5, in this process.

use super::{PeerDocument, failed, fill};
use crate::error::Result;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow};
use sea_orm::sqlx::{self, ConnectOptions, Connection, Row, SqliteConnection};
use std::path::{Path, PathBuf};

/// `remove_diacritics 2` takes every mark away, those of Vietnamese too; đ is no letter with a
/// mark and stays.
const TABLE: &str = "CREATE VIRTUAL TABLE documents USING fts5(title, text, tokenize = \"unicode61 remove_diacritics 2\")";
/// BM25 with the title above the text; `snippet` is the marked passage.
const BEST: &str = "SELECT rowid, title, snippet(documents, 1, '<mark>', '</mark>', '…', 24) FROM documents WHERE documents MATCH ? ORDER BY bm25(documents, 5.0, 1.0) LIMIT ?";

/// A table in a file.
pub struct Fts5 {
    file: PathBuf,
    writer: SqliteConnection,
}

/// One connection that searches.
pub struct Fts5Client(SqliteConnection);

impl Fts5 {
    /// Makes the table in a new file.
    pub async fn create(file: &Path) -> Result<Self> {
        let mut writer = options(file)
            .create_if_missing(true)
            .connect()
            .await
            .map_err(failed)?;
        sqlx::query(TABLE)
            .execute(&mut writer)
            .await
            .map_err(failed)?;
        let file = file.to_owned();
        Ok(Self { file, writer })
    }

    /// Stores documents in one transaction.
    pub async fn put(&mut self, documents: &[PeerDocument]) -> Result<()> {
        let mut tx = self.writer.begin().await.map_err(failed)?;
        for document in documents {
            sqlx::query("INSERT INTO documents(rowid, title, text) VALUES (?, ?, ?)")
                .bind(document.number)
                .bind(&document.title)
                .bind(&document.text)
                .execute(&mut *tx)
                .await
                .map_err(failed)?;
        }
        tx.commit().await.map_err(failed)
    }

    /// Merges what was written into one tree, as its manual advises after bulk writing.
    pub async fn finish(&mut self) -> Result<()> {
        sqlx::query("INSERT INTO documents(documents) VALUES ('optimize')")
            .execute(&mut self.writer)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// A connection of its own for one who searches.
    pub async fn client(&self) -> Result<Fts5Client> {
        let connection = options(&self.file).read_only(true).connect().await;
        Ok(Fts5Client(connection.map_err(failed)?))
    }
}

impl Fts5Client {
    /// Numbers of the best documents, the best first.
    pub async fn search(&mut self, text: &str, limit: usize) -> Result<Vec<i64>> {
        let words: Vec<String> = text.split_whitespace().map(quoted).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = self.best(&words.join(" "), limit).await?;
        if found.len() < limit && words.len() > 1 {
            let any = self.best(&words.join(" OR "), limit).await?;
            fill(&mut found, any, limit);
        }
        Ok(found)
    }

    async fn best(&mut self, expression: &str, limit: usize) -> Result<Vec<i64>> {
        let rows = sqlx::query(BEST)
            .bind(expression)
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&mut self.0)
            .await
            .map_err(failed)?;
        let number = |row: &SqliteRow| row.try_get::<i64, _>(0);
        rows.iter()
            .map(number)
            .collect::<Result<_, _>>()
            .map_err(failed)
    }
}

/// A word that FTS5 takes as text, whatever is in it.
fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("cache_size", "-262144")
        .pragma("mmap_size", "2147483648")
        .disable_statement_logging()
}
