//! Ratings: what people say a resource is good for, one for each person and resource.

use super::m0001_start::{belongs, index, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::Index;

/// The table, and the way from a resource to the submission that it came of.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let rating = table("rating")
        .col(number("account"))
        .col(words("resource"))
        .col(words("value"))
        .col(number("rated_at"))
        .primary_key(Index::create().col("account").col("resource"))
        .foreign_key(&mut belongs("rating", "account", "account", "id"))
        .to_owned();
    vec![
        text(backend, &rating),
        text(backend, &index("rating", &["resource"])),
        text(backend, &index("submission", &["resource"])),
    ]
}
