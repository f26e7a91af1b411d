//! Guidance on using AI that teachers send, appraisers sign and readers rate.

use super::m0001_start::{belongs, counted, index, maybe_words, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, Index, TableCreateStatement};

/// Tables and indexes.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    vec![
        text(backend, &guidance()),
        text(backend, &feedback()),
        text(backend, &index("guidance", &["resource", "state"])),
        text(backend, &index("guidance", &["state", "sent_at"])),
        text(backend, &index("guidance", &["account"])),
    ]
}

fn guidance() -> TableCreateStatement {
    table("guidance")
        .col(counted("id"))
        .col(words("resource"))
        // The version of the resource that it was drafted from.
        .col(number("resource_version"))
        .col(words("language"))
        .col(number("account"))
        .col(words("institution"))
        .col(words("state"))
        .col(words("draft"))
        .col(words("note"))
        .col(number("edition").default(1))
        .col(number("sent_at"))
        .col(ColumnDef::new("decided_at").big_integer())
        .col(ColumnDef::new("signer").big_integer())
        .col(maybe_words("review_by"))
        .foreign_key(&mut belongs("guidance", "account", "account", "id"))
        .to_owned()
}

/// What readers say of it: numbers a day, nothing about anybody.
fn feedback() -> TableCreateStatement {
    table("guidance_feedback")
        .col(number("guidance"))
        .col(words("day"))
        .col(words("verdict"))
        .col(number("count"))
        .primary_key(Index::create().col("guidance").col("day").col("verdict"))
        .foreign_key(&mut belongs(
            "guidance_feedback",
            "guidance",
            "guidance",
            "id",
        ))
        .to_owned()
}
