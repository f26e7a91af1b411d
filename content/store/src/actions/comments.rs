//! Comments and questions on resources: written, taken back, shown or hidden.

use super::audit::{Entry, append};
use super::notices::{Notice, notify};
use super::subject::{self, may_rule, published};
use crate::clock::{DAY, now};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::community::{
    COMMENT_LENGTH, COMMENTS_A_DAY, CommentKind, CommentState, Moderation, choice, hiding_reasons,
    plain_words,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult};

/// A comment that somebody wants to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// Id of the resource.
    pub resource: String,
    /// What it is.
    pub kind: CommentKind,
    /// The question that it answers; only answers have one.
    pub parent: Option<i64>,
    /// The words.
    pub words: String,
}

/// What a moderator decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommentRuling {
    /// Everybody may see it.
    Show,
    /// Nobody but its author and moderators may.
    Hide {
        /// Key of a reason of [`hiding_reasons`].
        reason: String,
        /// Words of one's own.
        words: String,
    },
}

#[derive(FromQueryResult)]
struct Row {
    resource: String,
    account: i64,
    parent: Option<i64>,
    state: String,
    edition: i64,
    name: String,
    author: i64,
    institution: String,
}

#[derive(FromQueryResult)]
struct Asker {
    account: i64,
}

/// Writes a comment and returns its number. The same words of the same person, sent once more, are the same comment.
///
/// # Errors
/// The one who acts may not, the resource is not published, there is no such question, the words are missing or too
/// long, or the person has written too much today.
pub async fn write_comment(
    store: &Store,
    actor: &Actor,
    new: &NewComment,
    moderation: Moderation,
) -> Result<i64> {
    if !actor.may(Action::Respond, actor.account, actor.institution()) {
        return Err(Error::Forbidden);
    }
    let words = plain_words(&new.words, COMMENT_LENGTH).filter(|words| !words.is_empty());
    let words = words.ok_or_else(|| {
        Error::NotAllowed(format!("a comment has 1 to {COMMENT_LENGTH} characters"))
    })?;
    let tx = store.begin().await?;
    let subject = published(&tx, &new.resource).await?;
    let asker = asker(&tx, new).await?;
    if let Some(known) = said_before(&tx, actor, new, &words).await? {
        return Ok(known);
    }
    let state = match moderation {
        Moderation::Before => CommentState::Waiting,
        Moderation::After => CommentState::Visible,
    };
    let id = insert(&tx, actor, new, &words, state).await?;
    if state == CommentState::Visible {
        let appeared = Appeared {
            writer: actor.account,
            asker,
            author: subject.author,
            resource: &new.resource,
            name: &subject.name,
        };
        appeared.tell(&tx, actor.account).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Who asked what is answered; nobody where it is no answer.
async fn asker(tx: &DatabaseTransaction, new: &NewComment) -> Result<Option<i64>> {
    let parent = match (new.kind, new.parent) {
        (CommentKind::Answer, Some(parent)) => parent,
        (CommentKind::Answer, None) => {
            return Err(Error::NotFound("the question".to_owned()));
        }
        _ => return Ok(None),
    };
    let query = "SELECT account FROM comment WHERE id = $1 AND resource = $2 AND kind = 'question' AND state = 'visible'";
    let values = vec![parent.into(), new.resource.as_str().into()];
    let asker = sql::one::<Asker>(tx, query, values).await?;
    let asker = asker.ok_or_else(|| Error::NotFound(format!("the question {parent}")))?;
    Ok(Some(asker.account))
}

/// The question that a row has in the table.
fn parent(new: &NewComment) -> Option<i64> {
    new.parent.filter(|_| new.kind == CommentKind::Answer)
}

async fn said_before(
    tx: &DatabaseTransaction,
    actor: &Actor,
    new: &NewComment,
    words: &str,
) -> Result<Option<i64>> {
    let query = "SELECT id FROM comment WHERE account = $1 AND resource = $2 AND kind = $3 AND words = $4 \
        AND COALESCE(parent, 0) = $5 AND state <> 'withdrawn' AND written_at > $6";
    let values = vec![
        actor.account.into(),
        new.resource.as_str().into(),
        new.kind.name().into(),
        words.into(),
        parent(new).unwrap_or_default().into(),
        (now() - DAY).into(),
    ];
    sql::id(tx, query, values).await
}

async fn insert(
    tx: &DatabaseTransaction,
    actor: &Actor,
    new: &NewComment,
    words: &str,
    state: CommentState,
) -> Result<i64> {
    let at = now();
    let insert = "INSERT INTO comment (resource, account, parent, kind, words, state, written_at) \
        SELECT $1, $2, $3, $4, $5, $6, $7 \
        WHERE (SELECT COUNT(*) FROM comment WHERE account = $2 AND written_at > $8) < $9 RETURNING id";
    let values = vec![
        new.resource.as_str().into(),
        actor.account.into(),
        parent(new).into(),
        new.kind.name().into(),
        words.into(),
        state.name().into(),
        at.into(),
        (at - DAY).into(),
        COMMENTS_A_DAY.into(),
    ];
    let id = sql::id(tx, insert, values).await?;
    id.ok_or_else(|| {
        Error::TooMany(format!(
            "you have written {COMMENTS_A_DAY} comments within a day"
        ))
    })
}

/// A comment that everybody can see from now on.
struct Appeared<'a> {
    writer: i64,
    asker: Option<i64>,
    author: i64,
    resource: &'a str,
    name: &'a str,
}

impl Appeared<'_> {
    /// Tells the one who asked, and the author of the resource.
    async fn tell(&self, tx: &DatabaseTransaction, actor: i64) -> Result<()> {
        let others = |account: &i64| *account != 0 && *account != self.writer;
        let asker = self.asker.filter(others);
        let author = Some(self.author).filter(|author| others(author) && asker != Some(*author));
        for (kind, to) in [("comment-answered", asker), ("comment-received", author)] {
            let notice = Notice {
                kind,
                object: &object(self.resource),
                name: self.name,
            };
            notify(tx, actor, &[to], &notice).await?;
        }
        Ok(())
    }
}

/// What notifications about comments on a resource name.
fn object(resource: &str) -> String {
    format!("comments:{resource}")
}

/// The row, locked until the commit.
async fn lock(tx: &DatabaseTransaction, id: i64) -> Result<Row> {
    let lock = match tx.get_database_backend() {
        DbBackend::Postgres => " FOR UPDATE OF c",
        _ => "",
    };
    let query = format!(
        "SELECT c.resource, c.account, c.parent, c.state, c.edition, r.name, {} FROM comment c \
         JOIN resource r ON r.id = c.resource {} WHERE c.id = $1{lock}",
        subject::COLUMNS,
        subject::JOIN
    );
    let row = sql::one::<Row>(tx, &query, vec![id.into()]).await?;
    row.filter(|row| row.state != CommentState::Withdrawn.name())
        .ok_or_else(|| Error::NotFound(format!("the comment {id}")))
}

/// Takes a comment back. Its words are erased.
///
/// # Errors
/// There is no such comment, or it is somebody else's.
pub async fn withdraw_comment(store: &Store, actor: &Actor, id: i64) -> Result<()> {
    let tx = store.begin().await?;
    let row = lock(&tx, id).await?;
    if !actor.may(Action::Respond, row.account, actor.institution()) {
        return Err(Error::Forbidden);
    }
    let update = "UPDATE comment SET state = 'withdrawn', words = '', note = '', edition = edition + 1 WHERE id = $1";
    sql::run(&tx, update, vec![id.into()]).await?;
    Ok(tx.commit().await?)
}

/// Shows a comment to everybody or hides it. Its author is told, and the log seals who decided and why.
///
/// # Errors
/// There is no such comment, the one who acts may not decide on it, it was changed meanwhile, or a reason or words of
/// one's own are missing.
pub async fn rule_on_comment(
    store: &Store,
    actor: &Actor,
    id: i64,
    edition: i64,
    ruling: &CommentRuling,
) -> Result<()> {
    let (state, verb, reason, note) = settled(ruling)?;
    let tx = store.begin().await?;
    let row = lock(&tx, id).await?;
    let action = Action::ModerateComments;
    if !may_rule(actor, action, row.account, row.author, &row.institution) {
        return Err(Error::Forbidden);
    }
    if row.edition != edition {
        return Err(Error::Stale);
    }
    let update = "UPDATE comment SET state = $2, reason = $3, note = $4, decided_at = $5, edition = edition + 1 WHERE id = $1";
    let values = vec![
        id.into(),
        state.name().into(),
        reason.into(),
        note.as_str().into(),
        now().into(),
    ];
    sql::run(&tx, update, values).await?;
    tell(&tx, actor, &row, (id, verb, reason)).await?;
    if row.state == CommentState::Waiting.name() && state == CommentState::Visible {
        let appeared = Appeared {
            writer: row.account,
            asker: asker_of(&tx, row.parent).await?,
            author: row.author,
            resource: &row.resource,
            name: &row.name,
        };
        appeared.tell(&tx, actor.account).await?;
    }
    Ok(tx.commit().await?)
}

fn settled(ruling: &CommentRuling) -> Result<(CommentState, &'static str, &str, String)> {
    let CommentRuling::Hide { reason, words } = ruling else {
        return Ok((CommentState::Visible, "shown", "", String::new()));
    };
    let known = choice(hiding_reasons(), reason).is_some();
    let words = plain_words(words, COMMENT_LENGTH).filter(|words| !words.is_empty() && known);
    let words = words.ok_or_else(|| {
        Error::NotAllowed("choose a reason and say it in your own words too".to_owned())
    })?;
    Ok((CommentState::Hidden, "hidden", reason, words))
}

async fn asker_of(tx: &DatabaseTransaction, parent: Option<i64>) -> Result<Option<i64>> {
    let query = "SELECT account FROM comment WHERE id = $1 AND state = 'visible'";
    let Some(parent) = parent else {
        return Ok(None);
    };
    let asker = sql::one::<Asker>(tx, query, vec![parent.into()]).await?;
    Ok(asker.map(|asker| asker.account))
}

async fn tell(
    tx: &DatabaseTransaction,
    actor: &Actor,
    row: &Row,
    (id, verb, reason): (i64, &str, &str),
) -> Result<()> {
    let notice = Notice {
        kind: &format!("comment-{verb}"),
        object: &object(&row.resource),
        name: &row.name,
    };
    // What was seen before and stays so is no news.
    let news = verb != "shown" || row.state != CommentState::Visible.name();
    let to = Some(row.account).filter(|_| news);
    notify(tx, actor.account, &[to], &notice).await?;
    let detail = match reason {
        "" => row.resource.clone(),
        reason => format!("{}: {reason}", row.resource),
    };
    let entry = Entry {
        actor: actor.account,
        action: &format!("comment.{verb}"),
        object: &format!("comment:{id}"),
        detail: &detail,
    };
    append(tx, &entry).await
}
