//! Full text search as SQL databases offer it, set up as one would for Vietnamese: to compare the
//! portal's own search with, on the same documents and queries.
//!
//! Every peer answers with the numbers of the best documents and the titles and passages that a
//! list of results shows. It takes all words first; where that finds less than a page, any word.

mod fts5;
mod postgres;

pub use fts5::{Fts5, Fts5Client};
pub use postgres::{Postgres, PostgresClient};

use crate::error::Error;
use sea_orm::{DbErr, RuntimeErr, sqlx};

/// A document to search in.
#[derive(Clone, Debug, Default)]
pub struct PeerDocument {
    /// Its number.
    pub number: i64,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
}

fn failed(error: sqlx::Error) -> Error {
    Error::from(DbErr::Query(RuntimeErr::SqlxError(error.into())))
}

/// Adds what is not there yet, up to `limit`.
fn fill(found: &mut Vec<i64>, more: impl IntoIterator<Item = i64>, limit: usize) {
    for number in more {
        if found.len() >= limit {
            break;
        }
        if !found.contains(&number) {
            found.push(number);
        }
    }
}
