//! Identities with providers of OpenID Connect, and sign-ins with them that are under way.

use super::m0001_start::{belongs, counted, index, maybe_words, number, table, words};
use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, Index, TableCreateStatement};

/// The tables and their indexes.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let same = Index::create()
        .unique()
        .name("identity_issuer_subject")
        .table("identity")
        .col("issuer")
        .col("subject")
        .to_owned();
    vec![
        text(backend, &identity()),
        text(backend, &same),
        text(backend, &index("identity", &["account"])),
        text(backend, &attempt()),
        text(backend, &index("sign_in_attempt", &["expires_at"])),
    ]
}

/// Somebody is the same person at a provider when issuer and subject are the same; nothing else counts.
fn identity() -> TableCreateStatement {
    table("identity")
        .col(counted("id"))
        .col(number("account"))
        // The provider's key in the settings, to name it.
        .col(words("provider"))
        .col(words("issuer"))
        .col(words("subject"))
        .col(number("linked_at"))
        .foreign_key(&mut belongs("identity", "account", "account", "id"))
        .to_owned()
}

/// One browser's way to a provider and back. Once it is back and waits for a passphrase, `subject` is filled.
fn attempt() -> TableCreateStatement {
    table("sign_in_attempt")
        // SHA-256 of the token in the browser's cookie.
        .col(words("token_hash").primary_key())
        .col(words("provider"))
        .col(words("state_hash"))
        .col(words("nonce"))
        .col(words("verifier"))
        // The page of the portal to go on to.
        .col(words("next"))
        // The account that the identity is to be linked with; none where somebody signs in.
        .col(ColumnDef::new("account").big_integer())
        .col(words("issuer"))
        .col(words("subject"))
        .col(maybe_words("email"))
        .col(number("expires_at"))
        .to_owned()
}
