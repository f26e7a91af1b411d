//! Reports of errors, rights and safety: files with a number and a deadline. Nothing says who reported.

use super::m0001_start::{counted, index, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::ColumnDef;

/// The tables and their indexes.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    // How many reports a year has.
    let counter = table("report_counter")
        .col(number("year").primary_key())
        .col(number("last"))
        .to_owned();
    let report = table("report")
        .col(counted("id"))
        .col(words("number").unique_key())
        // Whoever holds the token sees how it stands.
        .col(words("token_hash").unique_key())
        .col(words("resource"))
        .col(words("kind"))
        .col(words("words"))
        .col(words("state"))
        .col(words("outcome").default(""))
        .col(words("answer").default(""))
        // The account of the one who has it in hand, or has closed it.
        .col(ColumnDef::new("handler").big_integer())
        .col(number("opened_at"))
        .col(number("due_at"))
        .col(ColumnDef::new("closed_at").big_integer())
        .col(number("edition").default(1))
        .to_owned();
    let indexes = [
        index("report", &["state", "due_at"]),
        index("report", &["resource", "state"]),
    ];
    let indexes = indexes.iter().map(|index| text(backend, index));
    [text(backend, &counter), text(backend, &report)]
        .into_iter()
        .chain(indexes)
        .collect()
}
