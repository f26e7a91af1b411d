//! Learning paths that people make: as everybody sees them, and for those who make them.

use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::path::Path;
use sea_orm::{ConnectionTrait, FromQueryResult};

/// Paths that a list shows at most.
const SHOWN: usize = 500;

/// A path that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadePath {
    /// The draft.
    pub draft: Path,
    /// What everybody sees.
    pub published: Option<Path>,
    /// Account of the one who began it.
    pub account: i64,
    /// Code of the institution that it belongs to.
    pub institution: String,
    /// Name of the one who began it.
    pub maker: String,
    /// When it was changed last.
    pub changed_at: i64,
    /// Rises with every change.
    pub edition: i64,
}

/// A version of a path that was published.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PathVersion {
    /// Its number, from 1.
    pub number: i64,
    /// When it was published.
    pub at: i64,
    /// Name of the one who published it.
    pub by: String,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    draft: String,
    published: Option<String>,
    account: i64,
    institution: String,
    maker: String,
    changed_at: i64,
    edition: i64,
}

impl Row {
    fn read(self) -> Result<MadePath> {
        let parse = |text: &str| {
            serde_json::from_str(text).map_err(|source| Error::Unreadable {
                what: format!("the path {:?}", self.id),
                source,
            })
        };
        Ok(MadePath {
            draft: parse(&self.draft)?,
            published: self.published.as_deref().map(parse).transpose()?,
            account: self.account,
            institution: self.institution,
            maker: self.maker,
            changed_at: self.changed_at,
            edition: self.edition,
        })
    }
}

const QUERY: &str = "SELECT p.id, p.draft, p.published, p.account, p.institution, p.changed_at, p.edition, a.name AS maker \
    FROM learning_path p JOIN account a ON a.id = p.account";

#[derive(FromQueryResult)]
struct Published {
    id: String,
    published: String,
}

/// What everybody sees, by identifier.
pub(crate) async fn published_paths(db: &impl ConnectionTrait) -> Result<Vec<Path>> {
    let query = "SELECT id, published FROM learning_path WHERE published IS NOT NULL ORDER BY id";
    let rows: Vec<Published> = sql::all(db, query, vec![]).await?;
    let read = |row: &Published| {
        serde_json::from_str(&row.published).map_err(|source| Error::Unreadable {
            what: format!("the path {:?}", row.id),
            source,
        })
    };
    rows.iter().map(read).collect()
}

impl Store {
    /// The paths that people published, by identifier.
    pub async fn published_paths(&self) -> Result<Vec<Path>> {
        published_paths(self.read()).await
    }

    /// Those that somebody may change, the one changed last first.
    pub async fn made_paths(&self, actor: &Actor) -> Result<Vec<MadePath>> {
        let query = format!("{QUERY} ORDER BY p.changed_at DESC, p.id");
        let rows: Vec<Row> = sql::all(self.read(), &query, vec![]).await?;
        let allowed = rows
            .into_iter()
            .filter(|row| actor.may(Action::MakePath, row.account, &row.institution));
        allowed.take(SHOWN).map(Row::read).collect()
    }

    /// One of them.
    pub async fn made_path(&self, actor: &Actor, id: &str) -> Result<Option<MadePath>> {
        let query = format!("{QUERY} WHERE p.id = $1");
        let row: Option<Row> = sql::one(self.read(), &query, vec![id.into()]).await?;
        let row = row.filter(|row| actor.may(Action::MakePath, row.account, &row.institution));
        row.map(Row::read).transpose()
    }

    /// What was published of a path, the newest first.
    pub async fn path_versions(&self, id: &str) -> Result<Vec<PathVersion>> {
        let query = "SELECT v.number, v.at, a.name AS \"by\" FROM learning_path_version v JOIN account a ON a.id = v.account \
            WHERE v.path = $1 ORDER BY v.number DESC";
        sql::all(self.read(), query, vec![id.into()]).await
    }
}
