//! What was done at the desk to several files at once, with how each stood before.

use super::m0001_start::{belongs, counted, index, maybe_words, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, Index};

/// The tables and their index.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let batch = table("desk_batch")
        .col(counted("id"))
        .col(number("account"))
        .col(words("action"))
        .col(number("at"))
        .foreign_key(&mut belongs("desk_batch", "account", "account", "id"))
        .to_owned();
    let row = table("desk_batch_row")
        .col(number("batch"))
        .col(number("submission"))
        .col(words("number"))
        .col(words("state"))
        .col(ColumnDef::new("appraiser").big_integer())
        .col(words("record"))
        .col(words("name"))
        .col(maybe_words("resource"))
        // The record that was published before, where one was.
        .col(maybe_words("published"))
        // Suggestions that were decided on, as a list in JSON.
        .col(words("suggestions").default("[]"))
        .col(number("entered_at"))
        .col(ColumnDef::new("due_at").big_integer())
        // The edition afterwards: whoever changes the file later has the last word.
        .col(number("edition"))
        .primary_key(Index::create().col("batch").col("submission"))
        .foreign_key(&mut belongs("desk_batch_row", "batch", "desk_batch", "id"))
        .foreign_key(&mut belongs(
            "desk_batch_row",
            "submission",
            "submission",
            "id",
        ))
        .to_owned();
    let by_account = index("desk_batch", &["account", "at"]);
    vec![
        text(backend, &batch),
        text(backend, &row),
        text(backend, &by_account),
    ]
}
