//! Notifications: what happened to a person's own, and up to where they have seen it.

use super::m0001_start::{belongs, counted, index, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::TableCreateStatement;

/// The table, and the number of the last notification that a person has seen.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    vec![
        text(backend, &notice()),
        text(backend, &index("notice", &["account", "id"])),
        "ALTER TABLE account ADD COLUMN noticed BIGINT NOT NULL DEFAULT 0".to_owned(),
    ]
}

/// `kind` is a step of a submission, `message`, or what became of guidance; `object` what it is about.
fn notice() -> TableCreateStatement {
    table("notice")
        .col(counted("id"))
        .col(number("account"))
        .col(number("at"))
        .col(words("kind"))
        .col(words("object"))
        .col(words("name"))
        .foreign_key(&mut belongs("notice", "account", "account", "id"))
        .to_owned()
}
