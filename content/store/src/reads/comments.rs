//! Comments on resources: for everybody, for their authors, and for those who moderate them.

use crate::actions::scope;
use crate::actions::subject::{self, may_rule};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::community::{CommentKind, CommentState};
use sea_orm::{FromQueryResult, Value};

/// Most comments of a resource that are shown.
const SHOWN: i64 = 300;
/// Most rows of the queue, of those that somebody may see.
const MOST: i64 = 1_000;

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its number.
    pub id: i64,
    /// What it is.
    pub kind: CommentKind,
    /// The question that it answers.
    pub parent: Option<i64>,
    /// Name of its author; empty for those who are learners only, whose names are not shown.
    pub name: String,
    /// The words: plain text.
    pub words: String,
    /// Where it stands.
    pub state: CommentState,
    /// Key of the reason why it is hidden.
    pub reason: String,
    /// The moderator's words.
    pub note: String,
    /// When it was written.
    pub written_at: i64,
}

/// A comment as moderators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeratedComment {
    /// The comment, with the name of its author in any case.
    pub comment: Comment,
    /// Id of the resource.
    pub resource: String,
    /// Its name.
    pub resource_name: String,
    /// Whether nobody has looked at it.
    pub waits: bool,
    /// Rises with every change.
    pub edition: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    kind: String,
    parent: Option<i64>,
    name: String,
    words: String,
    state: String,
    reason: String,
    note: String,
    written_at: i64,
}

#[derive(FromQueryResult)]
struct QueueRow {
    #[sea_orm(nested)]
    comment: Row,
    resource: String,
    resource_name: String,
    decided_at: Option<i64>,
    edition: i64,
    account: i64,
    author: i64,
    institution: String,
}

/// The name that everybody sees: that of a learner is nobody's business.
const PUBLIC_NAME: &str = "CASE WHEN EXISTS (SELECT 1 FROM role_grant g WHERE g.account = c.account AND g.role <> 'learner') \
    THEN a.name ELSE '' END AS name";
const COLUMNS: &str = "c.id, c.kind, c.parent, c.words, c.state, c.reason, c.note, c.written_at";

impl Store {
    /// What everybody sees under a published resource, the oldest first; answers only where their question is seen too.
    pub async fn comments_on(&self, resource: &str) -> Result<Vec<Comment>> {
        let query = format!(
            "SELECT {COLUMNS}, {PUBLIC_NAME} FROM comment c JOIN account a ON a.id = c.account \
             JOIN resource r ON r.id = c.resource LEFT JOIN comment q ON q.id = c.parent \
             WHERE c.resource = $1 AND c.state = 'visible' AND r.status = 'published' \
             AND (c.parent IS NULL OR q.state = 'visible') ORDER BY c.id DESC LIMIT $2"
        );
        let values = vec![resource.into(), SHOWN.into()];
        let mut rows = sql::all::<Row>(self.read(), &query, values).await?;
        rows.reverse();
        rows.into_iter().map(comment).collect()
    }

    /// A person's own comments on a resource, wherever they stand, the newest first.
    pub async fn own_comments(&self, actor: &Actor, resource: &str) -> Result<Vec<Comment>> {
        let query = format!(
            "SELECT {COLUMNS}, {PUBLIC_NAME} FROM comment c JOIN account a ON a.id = c.account \
             WHERE c.account = $1 AND c.resource = $2 AND c.state <> 'withdrawn' ORDER BY c.id DESC LIMIT $3"
        );
        let values = vec![actor.account.into(), resource.into(), SHOWN.into()];
        let rows = sql::all::<Row>(self.read(), &query, values).await?;
        rows.into_iter().map(comment).collect()
    }

    /// What nobody has looked at and this person may decide on, the oldest first.
    pub async fn comment_queue(&self, actor: &Actor) -> Result<Vec<ModeratedComment>> {
        let here = "c.decided_at IS NULL AND c.state IN ('waiting', 'visible')";
        self.moderated(actor, here, Vec::new()).await
    }

    /// All comments on a resource that this person may decide on, the oldest first.
    pub async fn moderated_comments(
        &self,
        actor: &Actor,
        resource: &str,
    ) -> Result<Vec<ModeratedComment>> {
        let here = "c.state <> 'withdrawn' AND c.resource = $2";
        self.moderated(actor, here, vec![resource.into()]).await
    }

    async fn moderated(
        &self,
        actor: &Actor,
        here: &str,
        more: Vec<Value>,
    ) -> Result<Vec<ModeratedComment>> {
        let action = Action::ModerateComments;
        let (speaker, author) = (("c.account", subject::OWNER.1), subject::OWNER);
        let words = scope::may(actor, action, speaker, 2 + more.len());
        let work = scope::may(actor, action, author, 2 + more.len() + words.values.len());
        let query = format!(
            "SELECT {COLUMNS}, a.name, c.resource, r.name AS resource_name, c.decided_at, c.edition, c.account, {} \
             FROM comment c JOIN account a ON a.id = c.account JOIN resource r ON r.id = c.resource {} \
             WHERE r.status = 'published' AND {here} AND {} AND {} ORDER BY c.id LIMIT $1",
            subject::COLUMNS,
            subject::JOIN,
            words.sql,
            work.sql
        );
        let mut values = vec![MOST.into()];
        values.extend(more.into_iter().chain(words.values).chain(work.values));
        let rows = sql::all::<QueueRow>(self.read(), &query, values).await?;
        let mine = rows
            .into_iter()
            .filter(|row| may_rule(actor, action, row.account, row.author, &row.institution));
        mine.map(moderated).collect()
    }
}

fn comment(row: Row) -> Result<Comment> {
    let odd = || Error::Internal(format!("the comment {} is of no known kind", row.id));
    Ok(Comment {
        kind: CommentKind::parse(&row.kind).ok_or_else(odd)?,
        state: CommentState::parse(&row.state).ok_or_else(odd)?,
        id: row.id,
        parent: row.parent,
        name: row.name,
        words: row.words,
        reason: row.reason,
        note: row.note,
        written_at: row.written_at,
    })
}

fn moderated(row: QueueRow) -> Result<ModeratedComment> {
    Ok(ModeratedComment {
        resource: row.resource,
        resource_name: row.resource_name,
        waits: row.decided_at.is_none(),
        edition: row.edition,
        comment: comment(row.comment)?,
    })
}
