//! Learning paths that people make, and each version of them that was published.

use super::m0001_start::{belongs, index, maybe_words, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::Index;

/// The tables and their index.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let path = table("learning_path")
        .col(words("id").primary_key())
        // Who began it.
        .col(number("account"))
        .col(words("institution").default(""))
        // The path as JSON, as its makers have it, and as everybody sees it.
        .col(words("draft"))
        .col(maybe_words("published"))
        .col(number("created_at"))
        .col(number("changed_at"))
        .col(number("edition").default(1))
        .foreign_key(&mut belongs("learning_path", "account", "account", "id"))
        .to_owned();
    let version = table("learning_path_version")
        .col(words("path"))
        .col(number("number"))
        .col(words("record"))
        .col(number("account"))
        .col(number("at"))
        .primary_key(Index::create().col("path").col("number"))
        .to_owned();
    let by_change = index("learning_path", &["changed_at"]);
    vec![
        text(backend, &path),
        text(backend, &version),
        text(backend, &by_change),
    ]
}
