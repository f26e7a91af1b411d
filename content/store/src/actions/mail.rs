//! Mail: queued in the transaction of what it tells of, sent once at most.

mod preferences;
mod tokens;

pub use preferences::{note_language, set_mail_preference, unsubscribe};
pub use tokens::{Purpose, confirm_address, offer_link, reset_passphrase};

use crate::clock::now;
use crate::error::Result;
use crate::job::Job;
use crate::queue::enqueue;
use crate::sql;
use crate::store::Store;
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// A message that is to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Address of the one who gets it.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where the person says by one request that no more is wanted; only for what they can choose not to get.
    pub unsubscribe: Option<String>,
}

/// A message that is being sent.
#[derive(Clone, PartialEq, Eq, FromQueryResult)]
pub struct Sending {
    /// Its number.
    pub id: i64,
    /// Address of the one who gets it.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub body: String,
    /// The same as HTML.
    pub html: String,
    /// Where the person says that no more is wanted.
    pub unsubscribe: Option<String>,
    /// When it was queued, in milliseconds since 1970 UTC.
    pub created_at: i64,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server has it.
    Sent,
    /// The server did not take it now.
    PutBack,
    /// It is given up.
    Failed,
    /// Nobody knows whether the server has it: it is not sent again.
    Unknown,
}

impl Delivery {
    fn state(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::PutBack => "waiting",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// Queues a message within the transaction of what it tells of.
pub(crate) async fn queue_mail(tx: &DatabaseTransaction, mail: &Outgoing) -> Result<()> {
    let insert = "INSERT INTO mail (recipient, subject, body, html, unsubscribe, state, created_at) \
        VALUES ($1, $2, $3, $4, $5, 'waiting', $6) RETURNING id";
    let values = vec![
        mail.recipient.as_str().into(),
        mail.subject.as_str().into(),
        mail.text.as_str().into(),
        mail.html.as_str().into(),
        mail.unsubscribe.clone().into(),
        now().into(),
    ];
    let id = sql::id(tx, insert, values).await?.unwrap_or_default();
    enqueue(tx, &Job::SendMail { mail: id }).await
}

/// Queues a message that tells of nothing in the store.
pub async fn send_later(store: &Store, mail: &Outgoing) -> Result<()> {
    let tx = store.begin().await?;
    queue_mail(&tx, mail).await?;
    Ok(tx.commit().await?)
}

/// Takes a message to send it: whoever has taken it is the only one. `None` where it was sent, given up or taken.
pub async fn take_mail(store: &Store, id: i64) -> Result<Option<Sending>> {
    let tx = store.begin().await?;
    let take = "UPDATE mail SET state = 'sending' WHERE id = $1 AND state = 'waiting' \
        RETURNING id, recipient, subject, body, html, unsubscribe, created_at";
    let mail = sql::one(&tx, take, vec![id.into()]).await?;
    tx.commit().await?;
    Ok(mail)
}

/// Notes what became of a message that was taken. Unless it is put back, nothing is kept of what it said.
pub async fn note_delivery(
    store: &Store,
    id: i64,
    delivery: Delivery,
    error: Option<&str>,
) -> Result<()> {
    let tx = store.begin().await?;
    let kept = match delivery {
        Delivery::PutBack => "",
        _ => ", body = '', html = '', subject = '', recipient = '', unsubscribe = NULL",
    };
    let update =
        format!("UPDATE mail SET state = $2, error = $3, ended_at = $4{kept} WHERE id = $1");
    let ended = (delivery != Delivery::PutBack).then(now);
    let values = vec![
        id.into(),
        delivery.state().into(),
        error.map(str::to_owned).into(),
        ended.into(),
    ];
    sql::run(&tx, &update, values).await?;
    Ok(tx.commit().await?)
}

/// Gives up what was being sent when the program ended: nobody knows whether the server had it. For the start of the
/// only one that sends. Returns how many there were.
pub async fn strand_mail(store: &Store) -> Result<u64> {
    let tx = store.begin().await?;
    let update = "UPDATE mail SET state = 'unknown', ended_at = $1, body = '', html = '', subject = '', recipient = '', \
        unsubscribe = NULL, error = 'the program ended while it was sent' WHERE state = 'sending'";
    let stranded = sql::run(&tx, update, vec![now().into()]).await?;
    tx.commit().await?;
    Ok(stranded)
}

/// Forgets messages that have ended before a time.
pub async fn forget_mail(store: &Store, before: i64) -> Result<u64> {
    let tx = store.begin().await?;
    let gone = sql::run(
        &tx,
        "DELETE FROM mail WHERE ended_at < $1",
        vec![before.into()],
    )
    .await?;
    let links = "DELETE FROM mail_token WHERE expires_at <= $1";
    sql::run(&tx, links, vec![now().into()]).await?;
    tx.commit().await?;
    Ok(gone)
}

/// Queues the mail that tells of notifications up to a number, unless mail has told of them. `unsubscribe` is the
/// token that the message holds, kept where the person had none.
pub async fn queue_digest(
    store: &Store,
    account: i64,
    up_to: i64,
    unsubscribe: &str,
    mail: &Outgoing,
) -> Result<bool> {
    let tx = store.begin().await?;
    preferences::insert_row(&tx, account, None, unsubscribe).await?;
    let advance = "UPDATE mail_preference SET mailed = $2 WHERE account = $1 AND mailed < $2";
    let told = sql::run(&tx, advance, vec![account.into(), up_to.into()]).await? == 0;
    if !told {
        queue_mail(&tx, mail).await?;
    }
    tx.commit().await?;
    Ok(!told)
}
