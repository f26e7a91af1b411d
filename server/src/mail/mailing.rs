//! [`Mailing`] on the store.

use super::post::{Post, outgoing};
use crate::auth::{PortalPeople, failed, hash, token};
use khue_app::Language;
use khue_app::mail::{confirmation, reset};
use khue_app::mailing::{MailFigures, Mailing};
use khue_app::people::{Outcome, Refused, Viewer, Visitor};
use khue_app::services::{Answer, ServiceError};
use khue_content::account::{self, Action, has_email};
use khue_content::mail::MailPreference;
use khue_store::actions::mail::{
    self as actions, Purpose, confirm_address, offer_link, reset_passphrase, set_mail_preference,
};
use khue_store::{DAY, Error, Store, now};
use std::sync::Arc;

/// How long a link shows whose an address is, in milliseconds.
const CONFIRMS: i64 = 2 * DAY;
/// How long a link leads to a new passphrase.
const RESETS: i64 = DAY / 24;

/// Mail to people of a portal.
pub struct PortalMailing {
    people: Arc<PortalPeople>,
    post: Option<Arc<Post>>,
}

impl PortalMailing {
    /// Mail to these people, by this post where there is one.
    pub fn new(people: Arc<PortalPeople>, post: Option<Arc<Post>>) -> Self {
        Self { people, post }
    }

    async fn offer_address_(
        &self,
        from: &Visitor,
        viewer: &Viewer,
        email: &str,
        passphrase: &str,
    ) -> Result<Outcome<()>, ServiceError> {
        let Some(email) = account::email(email) else {
            return Ok(Err(Refused::Email));
        };
        let own = self.people.own_passphrase(from, viewer, passphrase).await?;
        if let Err(refused) = own {
            return Ok(Err(refused));
        }
        if let Some(post) = &self.post {
            let account = viewer.actor.account;
            offer_confirmation(&self.people.store, post, account, &email, from.language)
                .await
                .map_err(failed)?;
        }
        Ok(Ok(()))
    }

    fn forgot_(&self, from: &Visitor, email: &str) -> Outcome<()> {
        let email = account::email(email).ok_or(Refused::Email)?;
        self.people.limits.take(&format!("forgot {email}"), from)?;
        if let Some(post) = self.post.clone() {
            let (store, language) = (self.people.store.clone(), from.language);
            // Apart from the answer, so that it takes as long whether there is an account or not.
            tokio::spawn(async move {
                if let Err(error) = offer_reset(&store, &post, &email, language).await {
                    tracing::warn!(%error, "a link for a forgotten passphrase could not be queued");
                }
            });
        }
        Ok(())
    }

    async fn reset_(
        &self,
        from: &Visitor,
        token: &str,
        passphrase: &str,
    ) -> Result<Outcome<()>, ServiceError> {
        let store = &self.people.store;
        let token = hash(token);
        let email = store.link_address(Purpose::Reset, &token).await;
        let Some(email) = email.map_err(failed)? else {
            return Ok(Err(Refused::Gone));
        };
        let checked = account::check_passphrase(passphrase, &email).map_err(Refused::Passphrase);
        if let Err(refused) = checked.and_then(|()| self.people.limits.come(from)) {
            return Ok(Err(refused));
        }
        let passphrase = self.people.hasher.hash(passphrase).await?;
        gone(
            reset_passphrase(store, &token, &passphrase)
                .await
                .map(|_| ()),
        )
    }
}

/// What no link leads to is gone; the rest is a failure.
fn gone(result: Result<(), Error>) -> Result<Outcome<()>, ServiceError> {
    match result {
        Ok(()) => Ok(Ok(())),
        Err(Error::NotFound(_)) => Ok(Err(Refused::Gone)),
        Err(error) => Err(failed(error)),
    }
}

/// Queues the link by which somebody shows that an address is theirs.
pub(crate) async fn offer_confirmation(
    store: &Store,
    post: &Post,
    account: i64,
    email: &str,
    language: Language,
) -> Result<(), Error> {
    let token = token().map_err(|error| Error::Internal(error.to_string()))?;
    let mail = outgoing(email, confirmation(post.portal(), language, &token), None);
    let link = (hash(&token), now() + CONFIRMS);
    offer_link(store, account, Purpose::Confirm, (&link.0, link.1), &mail).await
}

async fn offer_reset(
    store: &Store,
    post: &Post,
    email: &str,
    language: Language,
) -> Result<(), Error> {
    let account = store.account_of(email).await?;
    let Some(account) = account.filter(|account| has_email(&account.email)) else {
        return Ok(());
    };
    let token = token().map_err(|error| Error::Internal(error.to_string()))?;
    let mail = outgoing(email, reset(post.portal(), language, &token), None);
    let link = (hash(&token), now() + RESETS);
    offer_link(store, account.id, Purpose::Reset, (&link.0, link.1), &mail).await
}

impl Mailing for PortalMailing {
    fn is_on(&self) -> bool {
        self.post.is_some()
    }

    fn chosen<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, (MailPreference, bool)> {
        Box::pin(async move {
            let (id, store) = (viewer.actor.account, &self.people.store);
            let (chosen, _) = store.mail_preference(id).await.map_err(failed)?;
            let account = store.account(id).await.map_err(failed)?;
            Ok((chosen, account.is_some_and(|account| account.verified == 1)))
        })
    }

    fn choose<'a>(&'a self, viewer: &'a Viewer, chosen: &'a MailPreference) -> Answer<'a, ()> {
        Box::pin(async move {
            let token = token().map_err(failed)?;
            let (account, store) = (viewer.actor.account, &self.people.store);
            let kept = set_mail_preference(store, account, chosen, &token).await;
            kept.map_err(failed)
        })
    }

    fn knows<'a>(&'a self, token: &'a str) -> Answer<'a, bool> {
        Box::pin(async move {
            let known = self.people.store.is_unsubscribe_token(token).await;
            known.map_err(failed)
        })
    }

    fn unsubscribe<'a>(&'a self, token: &'a str) -> Answer<'a, bool> {
        Box::pin(async move {
            let done = actions::unsubscribe(&self.people.store, token).await;
            done.map_err(failed)
        })
    }

    fn offer_address<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        email: &'a str,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>> {
        Box::pin(self.offer_address_(from, viewer, email, passphrase))
    }

    fn confirm<'a>(&'a self, viewer: &'a Viewer, token: &'a str) -> Answer<'a, Outcome<()>> {
        Box::pin(async move {
            let (account, store) = (viewer.actor.account, &self.people.store);
            gone(confirm_address(store, account, &hash(token)).await)
        })
    }

    fn forgot<'a>(&'a self, from: &'a Visitor, email: &'a str) -> Answer<'a, Outcome<()>> {
        Box::pin(async move { Ok(self.forgot_(from, email)) })
    }

    fn resets<'a>(&'a self, token: &'a str) -> Answer<'a, bool> {
        Box::pin(async move {
            let store = &self.people.store;
            let found = store.link_address(Purpose::Reset, &hash(token)).await;
            Ok(found.map_err(failed)?.is_some())
        })
    }

    fn reset<'a>(
        &'a self,
        from: &'a Visitor,
        token: &'a str,
        passphrase: &'a str,
    ) -> Answer<'a, Outcome<()>> {
        Box::pin(self.reset_(from, token, passphrase))
    }

    fn figures<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Option<MailFigures>> {
        Box::pin(async move {
            if !viewer.actor.may(Action::ReadFigures, 0, "") {
                return Ok(None);
            }
            let found = self.people.store.mail_figures().await.map_err(failed)?;
            Ok(Some(MailFigures {
                waiting: found.waiting,
                sent: found.sent,
                failed: found.failed,
            }))
        })
    }
}
