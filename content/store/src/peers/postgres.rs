//! PostgreSQL's full text search with `unaccent` and `pg_trgm`, on a server of our own.

use super::{PeerDocument, failed, fill};
use crate::error::Result;
use crate::postgres_server::Server;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgRow};
use sea_orm::sqlx::{self, ConnectOptions, PgConnection, Row};
use std::path::Path;

/// Memory and planner as one sets them for a database of some gigabytes.
const SETTINGS: &[&str] = &[
    "shared_buffers=1GB",
    "work_mem=64MB",
    "maintenance_work_mem=512MB",
    "random_page_cost=1.1",
    "jit=off",
    "max_connections=100",
];
/// Words without marks (`unaccent` knows đ), nothing stemmed, the title above the text.
const TABLES: &[&str] = &[
    "CREATE EXTENSION unaccent",
    "CREATE EXTENSION pg_trgm",
    "CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION plain ALTER MAPPING FOR asciiword, word, hword, hword_part, hword_asciipart, asciihword, numword, numhword WITH unaccent, simple",
    "CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT lower(unaccent('unaccent', $1)) $$",
    "CREATE TABLE documents (number bigint PRIMARY KEY, title text NOT NULL, text text NOT NULL, words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('plain', title), 'A') || setweight(to_tsvector('plain', text), 'B')) STORED)",
];
const INDEXES: &[&str] = &[
    "CREATE INDEX ON documents USING gin (words)",
    "CREATE INDEX ON documents USING gin (folded(title) gin_trgm_ops)",
    "VACUUM ANALYZE documents",
];
/// All words; the passages are marked for the best alone.
const ALL: &str = "SELECT number, title, ts_headline('plain', text, query, 'MaxFragments=1') FROM (SELECT number, title, text, query FROM documents, plainto_tsquery('plain', $1) query WHERE words @@ query ORDER BY ts_rank(words, query) DESC, number LIMIT $2) best";
/// Any word.
const ANY: &str = "SELECT number, title, ts_headline('plain', text, query, 'MaxFragments=1') FROM (SELECT number, title, text, query FROM documents, CAST(replace(CAST(plainto_tsquery('plain', $1) AS text), '&', '|') AS tsquery) query WHERE words @@ query ORDER BY ts_rank(words, query) DESC, number LIMIT $2) best";
/// Titles spelt alike.
const ALIKE: &str = "SELECT number, title FROM documents WHERE folded(title) % folded($1) ORDER BY similarity(folded(title), folded($1)) DESC, number LIMIT $2";

/// A table on a server that is stopped, with all its data, when this is dropped.
pub struct Postgres {
    server: Server,
    address: String,
    writer: PgConnection,
}

/// One connection that searches.
pub struct PostgresClient(PgConnection);

impl Postgres {
    /// Starts a server and makes the table; `None` where PostgreSQL is not installed.
    pub async fn start() -> Result<Option<Self>> {
        let started = Server::start(SETTINGS).await;
        let started = started.map_err(|e| crate::Error::io("start PostgreSQL for", "postgres", e));
        let Some(server) = started? else {
            return Ok(None);
        };
        let fresh = server.fresh_database().await;
        let address =
            fresh.map_err(|e| crate::Error::io("make a database in", server.folder(), e))?;
        let mut writer = connect(&address).await?;
        run(&mut writer, TABLES).await?;
        Ok(Some(Self {
            server,
            address,
            writer,
        }))
    }

    /// Stores documents in one statement.
    pub async fn put(&mut self, documents: &[PeerDocument]) -> Result<()> {
        let numbers: Vec<i64> = documents.iter().map(|d| d.number).collect();
        // PostgreSQL keeps no NUL in a text.
        let without_nul = |text: &String| text.replace('\0', " ");
        let titles: Vec<String> = documents.iter().map(|d| without_nul(&d.title)).collect();
        let texts: Vec<String> = documents.iter().map(|d| without_nul(&d.text)).collect();
        sqlx::query("INSERT INTO documents (number, title, text) SELECT * FROM UNNEST($1::bigint[], $2::text[], $3::text[])")
            .bind(numbers)
            .bind(titles)
            .bind(texts)
            .execute(&mut self.writer)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// Builds the indexes, after all documents are there.
    pub async fn finish(&mut self) -> Result<()> {
        run(&mut self.writer, INDEXES).await
    }

    /// A connection of its own for one who searches.
    pub async fn client(&self) -> Result<PostgresClient> {
        Ok(PostgresClient(connect(&self.address).await?))
    }

    /// The server's first process.
    pub fn process(&self) -> u32 {
        self.server.process()
    }

    /// Where the server keeps its data.
    pub fn folder(&self) -> &Path {
        self.server.folder()
    }

    /// Bytes of table and indexes.
    pub async fn size(&mut self) -> Result<u64> {
        let row = sqlx::query("SELECT pg_total_relation_size('documents')")
            .fetch_one(&mut self.writer)
            .await;
        let size: i64 = row.and_then(|row| row.try_get(0)).map_err(failed)?;
        Ok(size.unsigned_abs())
    }
}

impl PostgresClient {
    /// Numbers of the best documents, the best first.
    pub async fn search(&mut self, text: &str, limit: usize) -> Result<Vec<i64>> {
        let text = text.replace('\0', " ");
        let mut found = Vec::new();
        for stage in [ALL, ANY, ALIKE] {
            let more = self.best(stage, &text, limit).await?;
            fill(&mut found, more, limit);
            if found.len() >= limit {
                break;
            }
        }
        Ok(found)
    }

    async fn best(&mut self, sql: &'static str, text: &str, limit: usize) -> Result<Vec<i64>> {
        let rows = sqlx::query(sql)
            .bind(text)
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&mut self.0)
            .await
            .map_err(failed)?;
        let number = |row: &PgRow| row.try_get::<i64, _>(0);
        rows.iter()
            .map(number)
            .collect::<Result<_, _>>()
            .map_err(failed)
    }
}

async fn connect(address: &str) -> Result<PgConnection> {
    let options: PgConnectOptions = address.parse().map_err(failed)?;
    options
        .disable_statement_logging()
        .connect()
        .await
        .map_err(failed)
}

async fn run(connection: &mut PgConnection, statements: &[&'static str]) -> Result<()> {
    for statement in statements {
        sqlx::raw_sql(*statement)
            .execute(&mut *connection)
            .await
            .map_err(failed)?;
    }
    Ok(())
}
