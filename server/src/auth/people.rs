//! What pages ask for about people, answered from the store.

pub(in crate::auth) mod entering;
mod viewer;

use super::codes;
use super::limits::Limits;
use super::passphrase::Hasher;
use super::seal::Seal;
use super::token::hash;
use crate::clock::iso;
use crate::error::unanswered;
use crate::mail::Post;
use entering::name_of;
use khue_app::people::{Cookie, Offer, Outcome, People, Refused, SessionView, Viewer, Visitor};
use khue_app::services::{Answer, ServiceError};
use khue_content::account;
use khue_store::actions::people::{self as actions, accept_invitation, drop_second_factor};
use khue_store::{Error, Session, Store, now};

use std::sync::Arc;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// A session ends after so long, in use or not.
const LONGEST: i64 = 14 * 24 * HOUR;
/// A session ends when it has not been in use for so long: a school's computer is used by many.
const IDLE: i64 = 12 * HOUR;
/// How often it is noted that a session is in use.
const NOTED: i64 = 5 * MINUTE;

/// Removes sessions and invitations that have run out.
///
/// # Errors
/// The database does not answer.
pub async fn clean(store: &Store) -> khue_store::Result<()> {
    actions::clean_sessions(store, idle_since()).await?;
    Ok(())
}

/// [`People`] on a [`Store`].
pub struct PortalPeople {
    pub(crate) store: Store,
    pub(crate) hasher: Hasher,
    pub(crate) limits: Limits,
    seal: Seal,
    secure: bool,
    /// Where mail goes, where any does.
    post: Option<Arc<Post>>,
}

pub(crate) fn failed(error: impl std::error::Error + 'static) -> ServiceError {
    tracing::error!(%error, "a request about people could not be answered");
    unanswered(error)
}

fn idle_since() -> i64 {
    now() - IDLE
}

impl PortalPeople {
    /// People of a store. `secure` where readers come over TLS.
    pub fn new(store: Store, seal: Seal, secure: bool) -> Self {
        Self {
            store,
            hasher: Hasher::default(),
            limits: Limits::default(),
            seal,
            secure,
            post: None,
        }
    }

    /// The same, sending mail.
    pub fn with_post(self, post: Option<Arc<Post>>) -> Self {
        Self { post, ..self }
    }
}

impl People for PortalPeople {
    fn cookie(&self) -> Cookie {
        // Browsers take a name with this prefix only over TLS, for the whole of one host, and from nobody else.
        let name = if self.secure {
            "__Host-khue"
        } else {
            "khue-session"
        };
        Cookie {
            name,
            secure: self.secure,
        }
    }

    fn viewer<'a>(&'a self, token: &'a str) -> Answer<'a, Option<Viewer>> {
        Box::pin(self.viewer_of(token))
    }

    fn register<'a>(
        &'a self,
        from: &'a Visitor,
        email: &'a str,
        name: &'a str,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>> {
        Box::pin(self.register_(from, email, name, passphrase))
    }

    fn sign_in<'a>(
        &'a self,
        from: &'a Visitor,
        email: &'a str,
        passphrase: &'a str,
        former: Option<&'a str>,
    ) -> Answer<'a, Outcome<String>> {
        Box::pin(self.sign_in_(from, email, passphrase, former))
    }

    fn show_second_factor<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        token: &'a str,
        code: &'a str,
    ) -> Answer<'a, Outcome<String>> {
        Box::pin(self.show_(from, viewer, token, code))
    }

    fn sign_out<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, ()> {
        Box::pin(async move {
            let ended =
                actions::end_session(&self.store, viewer.actor.account, viewer.session).await;
            ended.map_err(failed)
        })
    }

    fn sessions<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<SessionView>> {
        Box::pin(async move {
            let sessions = self
                .store
                .sessions_of(viewer.actor.account, idle_since())
                .await;
            let view = |session: Session| SessionView {
                id: session.id,
                agent: session.agent,
                seen_at: iso(session.seen_at),
            };
            Ok(sessions.map_err(failed)?.into_iter().map(view).collect())
        })
    }

    fn end_sessions<'a>(&'a self, viewer: &'a Viewer, which: Option<i64>) -> Answer<'a, ()> {
        Box::pin(async move {
            let account = viewer.actor.account;
            let ended = match which {
                Some(id) => actions::end_session(&self.store, account, id).await,
                None => actions::end_other_sessions(&self.store, account, viewer.session)
                    .await
                    .map(|_| ()),
            };
            ended.map_err(failed)
        })
    }

    fn change_passphrase<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        now: &'a str,
        new: &'a str,
    ) -> Answer<'a, Outcome<()>> {
        Box::pin(async move {
            if let Err(weak) = account::check_passphrase(new, &viewer.email) {
                return Ok(Err(Refused::Passphrase(weak)));
            }
            if let Err(refused) = self.own_passphrase(from, viewer, now).await? {
                return Ok(Err(refused));
            }
            let hash = self.hasher.hash(new).await?;
            let set =
                actions::set_passphrase(&self.store, viewer.actor.account, &hash, viewer.session)
                    .await;
            set.map_err(failed).map(Ok)
        })
    }

    fn offer_second_factor<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Offer> {
        Box::pin(async move { codes::offer(&viewer.email) })
    }

    fn begin_second_factor<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        secret: &'a str,
        passphrase: &'a str,
        code: &'a str,
    ) -> Answer<'a, Outcome<(String, Vec<String>)>> {
        Box::pin(self.begin_(from, viewer, (secret, passphrase, code)))
    }

    fn drop_second_factor<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>> {
        Box::pin(async move {
            if let Err(refused) = self.own_passphrase(from, viewer, passphrase).await? {
                return Ok(Err(refused));
            }
            let dropped =
                drop_second_factor(&self.store, viewer.actor.account, viewer.session).await;
            dropped.map_err(failed).map(Ok)
        })
    }

    fn invited<'a>(&'a self, token: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(async move {
            let account = self.store.invited(&hash(token)).await.map_err(failed)?;
            Ok(account.map(|account| account.email))
        })
    }

    fn accept_invitation<'a>(
        &'a self,
        from: &'a Visitor,
        token: &'a str,
        name: &'a str,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>> {
        Box::pin(async move {
            let token = hash(token);
            let checked = match self.store.invited(&token).await.map_err(failed)? {
                None => Err(Refused::Gone),
                Some(account) => account::check_passphrase(passphrase, &account.email)
                    .map_err(Refused::Passphrase)
                    .and_then(|()| name_of(name))
                    .and_then(|name| self.limits.take(&account.email, from).map(|()| name)),
            };
            let name = match checked {
                Ok(name) => name,
                Err(refused) => return Ok(Err(refused)),
            };
            let passphrase = self.hasher.hash(passphrase).await?;
            match accept_invitation(&self.store, &token, &name, &passphrase).await {
                Ok(_) => Ok(Ok(())),
                Err(Error::NotFound(_)) => Ok(Err(Refused::Gone)),
                Err(error) => Err(failed(error)),
            }
        })
    }
}
