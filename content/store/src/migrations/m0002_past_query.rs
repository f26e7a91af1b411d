//! Searches that many people made.

use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, Table};

/// Text and count, and nothing else: who searched is known nowhere.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let table = Table::create()
        .table("past_query")
        .col(ColumnDef::new("text").text().not_null().primary_key())
        .col(ColumnDef::new("count").big_integer().not_null())
        .to_owned();
    vec![text(backend, &table)]
}
