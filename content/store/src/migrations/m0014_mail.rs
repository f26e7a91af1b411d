//! Mail: what somebody has chosen, what waits to be sent, and links that were sent. And why a report was opened again.

use super::m0001_start::{belongs, counted, index, maybe_words, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, TableCreateStatement};

/// The tables and their indexes.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    vec![
        text(backend, &preference()),
        text(backend, &mail()),
        text(backend, &index("mail", &["state"])),
        text(backend, &token()),
        text(backend, &index("mail_token", &["account"])),
        "ALTER TABLE report ADD COLUMN reopened TEXT NOT NULL DEFAULT ''".to_owned(),
    ]
}

/// Whoever has no row has chosen nothing.
fn preference() -> TableCreateStatement {
    table("mail_preference")
        .col(number("account").primary_key())
        .col(words("language"))
        .col(words("mode"))
        // Minutes after midnight.
        .col(number("quiet_from"))
        .col(number("quiet_until"))
        // The last notification that mail told of.
        .col(number("mailed").default(0))
        // Whoever holds it may only say that no more mail is wanted.
        .col(words("unsubscribe").unique_key())
        .foreign_key(&mut belongs("mail_preference", "account", "account", "id"))
        .to_owned()
}

/// Once it is sent or given up, nothing is kept of what it said.
fn mail() -> TableCreateStatement {
    table("mail")
        .col(counted("id"))
        .col(words("recipient"))
        .col(words("subject"))
        .col(words("body"))
        .col(words("html"))
        .col(maybe_words("unsubscribe"))
        // waiting, sending, sent, failed, or unknown: the line broke before the server had said that it has it.
        .col(words("state"))
        .col(maybe_words("error"))
        .col(number("created_at"))
        .col(ColumnDef::new("ended_at").big_integer())
        .to_owned()
}

/// `purpose` is `confirm` or `reset`.
fn token() -> TableCreateStatement {
    table("mail_token")
        .col(words("token_hash").primary_key())
        .col(number("account"))
        .col(words("purpose"))
        .col(words("email"))
        .col(number("expires_at"))
        .foreign_key(&mut belongs("mail_token", "account", "account", "id"))
        .to_owned()
}
