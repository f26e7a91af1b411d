//! Comments and questions on resources, with the answers to questions.

use super::m0001_start::{belongs, counted, index, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::ColumnDef;

/// The table and its indexes.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let comment = table("comment")
        .col(counted("id"))
        .col(words("resource"))
        .col(number("account"))
        // The question that it answers.
        .col(ColumnDef::new("parent").big_integer())
        .col(words("kind"))
        .col(words("words"))
        .col(words("state"))
        .col(words("reason").default(""))
        .col(words("note").default(""))
        .col(number("written_at"))
        // Missing until somebody has looked at it, whether it is seen before that or not.
        .col(ColumnDef::new("decided_at").big_integer())
        .col(number("edition").default(1))
        .foreign_key(&mut belongs("comment", "account", "account", "id"))
        .to_owned();
    let indexes = [
        index("comment", &["resource", "state"]),
        index("comment", &["decided_at", "state"]),
        index("comment", &["account", "written_at"]),
    ];
    let indexes = indexes.iter().map(|index| text(backend, index));
    std::iter::once(text(backend, &comment))
        .chain(indexes)
        .collect()
}
