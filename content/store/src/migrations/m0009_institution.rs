//! The register of institutions.

use super::m0001_start::{number, table, words};
use super::text;
use sea_orm::DbBackend;

/// The table.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let table = table("institution")
        .col(words("code").primary_key())
        .col(words("name"))
        .col(words("province"))
        .col(words("commune"))
        .col(words("kind"))
        .col(number("changed_at"))
        .to_owned();
    vec![text(backend, &table)]
}
