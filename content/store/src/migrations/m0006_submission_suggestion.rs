//! What models suggest for submissions, and what was decided of it at the desk.

use super::m0001_start::{belongs, counted, index, maybe_words, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, TableCreateStatement};

/// The table, and what a submission remembers of being read.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    vec![
        text(backend, &suggestion()),
        text(backend, &index("submission_suggestion", &["submission"])),
        text(
            backend,
            &index("submission_suggestion", &["property", "model"]),
        ),
        // For which sending suggestions were made, and by what: empty where words and rules alone read it.
        "ALTER TABLE submission ADD COLUMN suggested BIGINT NOT NULL DEFAULT 0".to_owned(),
        "ALTER TABLE submission ADD COLUMN suggested_by TEXT NOT NULL DEFAULT ''".to_owned(),
    ]
}

/// One row for each value and reason, as for published records. `given` is the value that somebody put in its place.
fn suggestion() -> TableCreateStatement {
    table("submission_suggestion")
        .col(counted("id"))
        .col(number("submission"))
        .col(words("property"))
        .col(words("value"))
        .col(maybe_words("given"))
        .col(words("reason"))
        .col(ColumnDef::new("confidence").double().not_null())
        .col(words("evidence"))
        .col(words("model"))
        .col(words("revision"))
        .col(words("state"))
        .col(number("offered_at"))
        .col(ColumnDef::new("decided_at").big_integer())
        .col(ColumnDef::new("decided_by").big_integer())
        .foreign_key(&mut belongs(
            "submission_suggestion",
            "submission",
            "submission",
            "id",
        ))
        .to_owned()
}
