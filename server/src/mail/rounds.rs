//! The rounds: takes jobs about mail from the queue, one after the other.

use super::post::{Post, outgoing};
use super::server::Undelivered;
use super::when::{Due, due};
use crate::auth::token;
use crate::clock::iso;
use anyhow::Result;
use khue_app::Language;
use khue_app::mail::digest;
use khue_app::submissions::NoticeView;
use khue_content::account::has_email;
use khue_content::mail::is_urgent;
use khue_store::actions::mail::{
    Delivery, forget_mail, note_delivery, queue_digest, strand_mail, take_mail,
};
use khue_store::queue::{self, Claimed, State};
use khue_store::{DAY, Job, Notice, Store, now};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Wait between two looks at the queue.
const PAUSE: Duration = Duration::from_secs(1);
/// How often what has ended is forgotten.
const FORGETTING: Duration = Duration::from_secs(3600);
/// Days after which nothing is kept of what has ended.
const KEPT: i64 = 30;

/// Runs until it is told to stop. Without a post nobody is told by mail, and nothing is remembered for later.
pub async fn run(store: Store, post: Option<Arc<Post>>, stop: CancellationToken) {
    match strand_mail(&store).await {
        Ok(0) => {}
        Ok(count) => tracing::warn!(
            count,
            "messages were being sent when the portal ended; they are not sent again"
        ),
        Err(error) => tracing::warn!(%error, "mail that was being sent could not be looked at"),
    }
    let mut forgotten: Option<Instant> = None;
    while !stop.is_cancelled() {
        if forgotten.is_none_or(|at| at.elapsed() > FORGETTING) {
            forgotten = Some(Instant::now());
            if let Err(error) = forget(&store).await {
                tracing::warn!(%error, "old mail could not be forgotten; trying again in an hour");
            }
        }
        let pause = match round(&store, post.as_deref()).await {
            Ok(true) => continue,
            Ok(false) => PAUSE,
            Err(error) => {
                tracing::warn!(%error, "a message could not be looked after; trying again");
                PAUSE * 4
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Every notification leaves a job, and every message another: once they have ended, nothing is kept of them for long.
async fn forget(store: &Store) -> khue_store::Result<()> {
    let before = now() - KEPT * DAY;
    forget_mail(store, before).await?;
    queue::forget_ended(store, before).await?;
    Ok(())
}

/// Does one job; `false` where none is due.
async fn round(store: &Store, post: Option<&Post>) -> Result<bool> {
    let kinds: &[&str] = match post {
        Some(_) => &["send_mail", "mail_notices"],
        None => &["mail_notices"],
    };
    let Some(claimed) = queue::claim(store, kinds).await? else {
        return Ok(false);
    };
    match (&claimed.job, post) {
        (Job::SendMail { mail }, Some(post)) => send(store, post, &claimed, *mail).await?,
        (Job::MailNotices { account }, Some(post)) => {
            tell(store, post, &claimed, *account).await?;
        }
        _ => queue::finish(store, claimed.id).await?,
    }
    Ok(true)
}

async fn send(store: &Store, post: &Post, claimed: &Claimed, id: i64) -> Result<()> {
    let Some(mail) = take_mail(store, id).await? else {
        return Ok(queue::finish(store, claimed.id).await?);
    };
    let (delivery, error) = match post.send(&mail).await {
        Ok(()) => (Delivery::Sent, None),
        Err(Undelivered::Later(error)) => (Delivery::PutBack, Some(error)),
        Err(Undelivered::Never(error)) => (Delivery::Failed, Some(error)),
        Err(Undelivered::Unknown(error)) => (Delivery::Unknown, Some(error)),
    };
    note_delivery(store, id, delivery, error.as_deref()).await?;
    let Some(error) = error else {
        return Ok(queue::finish(store, claimed.id).await?);
    };
    if delivery != Delivery::PutBack {
        tracing::warn!(mail = id, %error, ?delivery, "a message was given up");
        return Ok(queue::finish(store, claimed.id).await?);
    }
    let state = queue::fail(store, claimed.id, &error).await?;
    tracing::warn!(mail = id, %error, ?state, "the server does not take a message");
    if state == State::Failed {
        note_delivery(store, id, Delivery::Failed, Some(&error)).await?;
    }
    Ok(())
}

/// Tells somebody of their notifications, when it is time.
async fn tell(store: &Store, post: &Post, claimed: &Claimed, account: i64) -> Result<()> {
    let notices = store.unmailed_notices(account).await?;
    let known = store.account(account).await?;
    // Nobody is written to at an address that somebody else may have given.
    let known = known.filter(|known| known.verified == 1 && has_email(&known.email));
    let (Some(known), Some(first), Some(last)) = (known, notices.first(), notices.last()) else {
        return Ok(queue::finish(store, claimed.id).await?);
    };
    let (chosen, held) = store.mail_preference(account).await?;
    let urgent = notices.iter().any(|notice| is_urgent(&notice.kind));
    match due(&chosen, urgent, (first.at, now()), &post.zone) {
        Due::Never => {}
        Due::At(at) => return Ok(queue::put_off(store, claimed.id, at).await?),
        Due::Now => {
            let held = held.map_or_else(token, Ok)?;
            let language = Language::from_code(&chosen.language).unwrap_or_default();
            let views: Vec<NoticeView> = notices.iter().map(view).collect();
            let address = post.unsubscribe(&held);
            let letter = digest(post.portal(), language, &views, &address);
            let mail = outgoing(&known.email, letter, Some(address));
            queue_digest(store, account, last.id, &held, &mail).await?;
        }
    }
    Ok(queue::finish(store, claimed.id).await?)
}

fn view(notice: &Notice) -> NoticeView {
    NoticeView {
        id: notice.id,
        at: iso(notice.at),
        kind: notice.kind.clone(),
        object: notice.object.clone(),
        name: notice.name.clone(),
        new: notice.new,
    }
}
