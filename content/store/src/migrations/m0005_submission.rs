//! Submissions: what people send in, its versions, and everything that was decided and said about it.

use super::m0001_start::{belongs, counted, index, maybe_words, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, Index, TableCreateStatement};

/// Tables and indexes.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let tables = [counter(), submission(), version(), event(), file()];
    let mut all: Vec<String> = tables.iter().map(|table| text(backend, table)).collect();
    let indexes = [
        index("submission", &["account"]),
        index("submission", &["state", "due_at"]),
        index("submission_event", &["submission"]),
        index("submission_file", &["sha256"]),
    ];
    all.extend(indexes.iter().map(|index| text(backend, index)));
    all
}

/// How many files a year has.
fn counter() -> TableCreateStatement {
    table("submission_counter")
        .col(number("year").primary_key())
        .col(number("last"))
        .to_owned()
}

fn submission() -> TableCreateStatement {
    table("submission")
        .col(counted("id"))
        .col(words("number").unique_key())
        .col(number("account"))
        .col(words("institution"))
        .col(words("state"))
        .col(words("name"))
        .col(words("record"))
        // The id of what was published of it.
        .col(maybe_words("resource"))
        .col(ColumnDef::new("appraiser").big_integer())
        // How often it was sent.
        .col(number("sent").default(0))
        // Rises with every change, so that nobody overwrites what they have not seen.
        .col(number("edition").default(1))
        .col(number("created_at"))
        .col(number("changed_at"))
        .col(number("entered_at"))
        .col(ColumnDef::new("due_at").big_integer())
        .foreign_key(&mut belongs("submission", "account", "account", "id"))
        .to_owned()
}

/// The record as it was sent.
fn version() -> TableCreateStatement {
    table("submission_version")
        .col(number("submission"))
        .col(number("sent"))
        .col(words("record"))
        .col(number("sent_at"))
        .primary_key(Index::create().col("submission").col("sent"))
        .foreign_key(&mut belongs(
            "submission_version",
            "submission",
            "submission",
            "id",
        ))
        .to_owned()
}

fn event() -> TableCreateStatement {
    table("submission_event")
        .col(counted("id"))
        .col(number("submission"))
        .col(number("at"))
        .col(number("account"))
        .col(words("kind"))
        .col(words("state"))
        .col(words("reason"))
        .col(words("words"))
        .col(words("rubric"))
        .foreign_key(&mut belongs(
            "submission_event",
            "submission",
            "submission",
            "id",
        ))
        .to_owned()
}

/// Files that were sent with it; the public learns of them with the publication.
fn file() -> TableCreateStatement {
    table("submission_file")
        .col(number("submission"))
        .col(words("sha256"))
        .col(words("name"))
        .col(words("media_type"))
        .col(number("size"))
        .primary_key(Index::create().col("submission").col("sha256"))
        .foreign_key(&mut belongs(
            "submission_file",
            "submission",
            "submission",
            "id",
        ))
        .to_owned()
}
