//! Collections that people make of resources.

use super::m0001_start::{belongs, counted, index, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, Index};

/// The tables and their indexes.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let collection = table("collection")
        .col(counted("id"))
        .col(number("account"))
        // Code of the institution that it is shared with, where it is.
        .col(words("institution").default(""))
        .col(words("name"))
        .col(words("description").default(""))
        .col(words("visibility"))
        .col(number("created_at"))
        .col(number("changed_at"))
        .col(number("edition").default(1))
        // Missing while it is there.
        .col(ColumnDef::new("deleted_at").big_integer())
        .foreign_key(&mut belongs("collection", "account", "account", "id"))
        .to_owned();
    let item = table("collection_item")
        .col(number("collection"))
        .col(words("resource"))
        .col(number("position"))
        .col(words("note").default(""))
        // `in`, `proposed` or `declined`.
        .col(words("state"))
        // Who put it in, or proposes it.
        .col(number("account"))
        .col(number("put_at"))
        .primary_key(Index::create().col("collection").col("resource"))
        .foreign_key(&mut belongs(
            "collection_item",
            "collection",
            "collection",
            "id",
        ))
        .to_owned();
    let indexes = [
        index("collection", &["account", "deleted_at"]),
        index("collection", &["visibility", "changed_at"]),
        index("collection_item", &["resource", "state"]),
        index("collection_item", &["account", "put_at"]),
    ];
    let indexes = indexes.iter().map(|index| text(backend, index));
    [text(backend, &collection), text(backend, &item)]
        .into_iter()
        .chain(indexes)
        .collect()
}
