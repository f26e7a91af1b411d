//! Accounts, their roles and sessions, invitations, and the log of decisions.

use super::m0001_start::{belongs, counted, index, maybe_words, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, Index, TableCreateStatement};

/// Tables, indexes, the head of the log, and what keeps the log from being changed.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let tables = [
        account(),
        role_grant(),
        session(),
        recovery_code(),
        invitation(),
        audit(),
        audit_head(),
    ];
    let mut all: Vec<String> = tables.iter().map(|table| text(backend, table)).collect();
    let indexes = [
        index("session", &["account"]),
        index("session", &["expires_at"]),
        index("audit", &["object"]),
    ];
    all.extend(indexes.iter().map(|index| text(backend, index)));
    all.push("INSERT INTO audit_head (one, seq, hash) VALUES (1, 0, '')".to_owned());
    all.extend(only_appended(backend));
    all
}

/// The passphrase is a PHC string; it is missing until an invitation was accepted.
fn account() -> TableCreateStatement {
    table("account")
        .col(counted("id"))
        .col(words("email").unique_key())
        .col(words("name"))
        .col(maybe_words("passphrase"))
        // Whether the address is known to be theirs: they opened a link that was sent to it.
        .col(number("verified").default(0))
        .col(ColumnDef::new("totp").blob())
        // The last time step whose code was used: a code works once.
        .col(number("totp_step").default(0))
        .col(number("created_at"))
        .to_owned()
}

fn role_grant() -> TableCreateStatement {
    table("role_grant")
        .col(number("account"))
        .col(words("role"))
        .col(words("institution"))
        .col(number("granted_at"))
        .primary_key(
            Index::create()
                .col("account")
                .col("role")
                .col("institution"),
        )
        .foreign_key(&mut belongs("role_grant", "account", "account", "id"))
        .to_owned()
}

fn session() -> TableCreateStatement {
    table("session")
        .col(counted("id"))
        .col(words("token_hash").unique_key())
        .col(number("account"))
        .col(number("second_factor").default(0))
        .col(words("agent"))
        .col(number("created_at"))
        .col(number("seen_at"))
        .col(number("expires_at"))
        .foreign_key(&mut belongs("session", "account", "account", "id"))
        .to_owned()
}

fn recovery_code() -> TableCreateStatement {
    table("recovery_code")
        .col(number("account"))
        .col(words("code_hash"))
        .primary_key(Index::create().col("account").col("code_hash"))
        .foreign_key(&mut belongs("recovery_code", "account", "account", "id"))
        .to_owned()
}

fn invitation() -> TableCreateStatement {
    table("invitation")
        .col(words("token_hash").primary_key())
        .col(number("account"))
        .col(words("role"))
        .col(words("institution"))
        .col(number("expires_at"))
        .foreign_key(&mut belongs("invitation", "account", "account", "id"))
        .to_owned()
}

/// No reference to accounts: what was decided stays when an account goes.
fn audit() -> TableCreateStatement {
    table("audit")
        .col(number("seq").primary_key())
        .col(number("at"))
        .col(number("actor"))
        .col(words("action"))
        .col(words("object"))
        .col(words("detail"))
        .col(words("hash"))
        .to_owned()
}

fn audit_head() -> TableCreateStatement {
    table("audit_head")
        .col(number("one").primary_key())
        .col(number("seq"))
        .col(words("hash"))
        .to_owned()
}

/// Rows of the log are neither changed nor removed.
fn only_appended(backend: DbBackend) -> Vec<String> {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match backend {
        DbBackend::Postgres => owned(&[
            "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN RAISE EXCEPTION ''the audit log is only appended to''; END'",
            "CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit \
             FOR EACH ROW EXECUTE FUNCTION audit_is_kept()",
        ]),
        _ => owned(&[
            "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit \
             BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END",
            "CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit \
             BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END",
        ]),
    }
}
