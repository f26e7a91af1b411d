//! What pages ask for about people, answered from the store.

use super::codes;
use super::limits::Limits;
use super::passphrase::Hasher;
use super::token::{hash, token};
use crate::clock::iso;
use khue_app::people::{
    Cookie, Offer, Outcome, People, Refused, SecondFactor, SessionView, Viewer, Visitor,
};
use khue_app::services::{Answer, ServiceError};
use khue_content::account::{self, Actor};
use khue_store::actions::people::{
    self as actions, NewAccount, NewSession, accept_invitation, begin_second_factor,
    drop_second_factor,
};
use khue_store::{Account, Error, Session, Store, now};

use std::time::Duration;
use tokio_util::sync::CancellationToken;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// A session ends after so long, in use or not.
const LONGEST: i64 = 14 * 24 * HOUR;
/// A session ends when it has not been in use for so long: a school's computer is used by many.
const IDLE: i64 = 12 * HOUR;
/// How often it is noted that a session is in use.
const NOTED: i64 = 5 * MINUTE;
/// Longest name of a person, in characters.
const NAME: usize = 120;

/// Removes sessions and invitations that have run out, every hour.
pub async fn keep_clean(store: Store, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Err(error) = actions::clean_sessions(&store, idle_since()).await {
            tracing::warn!(%error, "old sessions could not be removed; trying again in an hour");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(3600)) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// [`People`] on a [`Store`].
pub struct PortalPeople {
    store: Store,
    hasher: Hasher,
    limits: Limits,
    secure: bool,
}

fn failed(error: impl std::fmt::Display) -> ServiceError {
    tracing::error!(%error, "a request about people could not be answered");
    ServiceError::Failed(error.to_string())
}

fn idle_since() -> i64 {
    now() - IDLE
}

/// A name as it is remembered.
fn name_of(typed: &str) -> Result<String, Refused> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let well =
        !name.is_empty() && name.chars().count() <= NAME && !name.chars().any(char::is_control);
    well.then_some(name).ok_or(Refused::Name)
}

impl PortalPeople {
    /// People of a store. `secure` where readers come over TLS.
    pub fn new(store: Store, secure: bool) -> Self {
        Self {
            store,
            hasher: Hasher::default(),
            limits: Limits::default(),
            secure,
        }
    }

    async fn viewer_of(&self, token: &str) -> Result<Option<Viewer>, ServiceError> {
        let Some(session) = self
            .store
            .session(&hash(token), idle_since())
            .await
            .map_err(failed)?
        else {
            return Ok(None);
        };
        let Some(account) = self.store.account(session.account).await.map_err(failed)? else {
            return Ok(None);
        };
        if now() - session.seen_at > NOTED {
            actions::touch_session(&self.store, session.id)
                .await
                .map_err(failed)?;
        }
        self.viewer_with(account, &session).await.map(Some)
    }

    async fn viewer_with(
        &self,
        account: Account,
        session: &Session,
    ) -> Result<Viewer, ServiceError> {
        let roles = self.store.roles_of(account.id).await.map_err(failed)?;
        let second_factor = match (&account.totp, session.second_factor) {
            (None, _) => SecondFactor::Off,
            (Some(_), 0) => SecondFactor::Awaited,
            (Some(_), _) => SecondFactor::Shown {
                recovery_codes: self
                    .store
                    .recovery_codes_left(account.id)
                    .await
                    .map_err(failed)?,
            },
        };
        let shown = matches!(second_factor, SecondFactor::Shown { .. });
        let awaited = second_factor == SecondFactor::Awaited;
        let in_force = roles
            .iter()
            .filter(|held| !awaited && (shown || !held.role.needs_second_factor()));
        Ok(Viewer {
            actor: Actor {
                account: account.id,
                roles: in_force.cloned().collect(),
            },
            session: session.id,
            email: account.email,
            name: account.name,
            roles,
            second_factor,
        })
    }

    fn session(
        &self,
        account: i64,
        from: &Visitor,
        replaces: Option<String>,
        second_factor: bool,
    ) -> Result<(String, NewSession), ServiceError> {
        let token = token().map_err(failed)?;
        let session = NewSession {
            account,
            token_hash: hash(&token),
            replaces,
            second_factor,
            agent: from.agent.clone(),
            expires_at: now() + LONGEST,
        };
        Ok((token, session))
    }

    /// Whether the passphrase is the viewer's own, counted as a try.
    async fn own_passphrase(
        &self,
        from: &Visitor,
        viewer: &Viewer,
        typed: &str,
    ) -> Result<Outcome<()>, ServiceError> {
        if let Err(refused) = self.limits.take(&viewer.email, from) {
            return Ok(Err(refused));
        }
        let account = self
            .store
            .account(viewer.actor.account)
            .await
            .map_err(failed)?;
        let known = account.and_then(|account| account.passphrase);
        let right = self.hasher.is(typed, known.as_deref()).await?;
        Ok(right.then_some(()).ok_or(Refused::Wrong))
    }

    async fn register_(
        &self,
        from: &Visitor,
        email: &str,
        name: &str,
        passphrase: &str,
    ) -> Result<Outcome<()>, ServiceError> {
        let checked = || {
            let email = account::email(email).ok_or(Refused::Email)?;
            let name = name_of(name)?;
            account::check_passphrase(passphrase, &email).map_err(Refused::Passphrase)?;
            self.limits.take(&format!("new {email}"), from)?;
            Ok((email, name))
        };
        let (email, name) = match checked() {
            Ok(checked) => checked,
            Err(refused) => return Ok(Err(refused)),
        };
        // Hashed whether the address is known or not: the answer takes as long.
        let passphrase = self.hasher.hash(passphrase).await?;
        let new = NewAccount {
            email,
            name,
            passphrase,
        };
        actions::register(&self.store, &new).await.map_err(failed)?;
        Ok(Ok(()))
    }

    async fn sign_in_(
        &self,
        from: &Visitor,
        email: &str,
        passphrase: &str,
        former: Option<&str>,
    ) -> Result<Outcome<String>, ServiceError> {
        let email = account::email(email).unwrap_or_default();
        if let Err(refused) = self.limits.take(&email, from) {
            return Ok(Err(refused));
        }
        // What cannot be a passphrase takes as long as what could be one.
        let passphrase: String = passphrase.chars().take(account::PASSPHRASE.1 + 1).collect();
        let account = self.store.account_of(&email).await.map_err(failed)?;
        let known = account
            .as_ref()
            .and_then(|account| account.passphrase.as_deref());
        let right = self.hasher.is(&passphrase, known).await?;
        let Some(account) = account.filter(|_| right) else {
            return Ok(Err(Refused::Wrong));
        };
        let (token, session) = self.session(account.id, from, former.map(hash), false)?;
        actions::start_session(&self.store, &session)
            .await
            .map_err(failed)?;
        Ok(Ok(token))
    }

    async fn show_(
        &self,
        from: &Visitor,
        viewer: &Viewer,
        former: &str,
        code: &str,
    ) -> Result<Outcome<String>, ServiceError> {
        if let Err(refused) = self.limits.take(&format!("code {}", viewer.email), from) {
            return Ok(Err(refused));
        }
        let id = viewer.actor.account;
        let account = self.store.account(id).await.map_err(failed)?;
        let secret = account.and_then(|account| account.totp).unwrap_or_default();
        let right = match codes::step(&secret, code) {
            Some(step) => actions::use_totp_step(&self.store, id, step).await,
            None => actions::use_recovery_code(&self.store, id, &codes::recovery_hash(code)).await,
        };
        if !right.map_err(failed)? {
            return Ok(Err(Refused::WrongCode));
        }
        let (token, session) = self.session(id, from, Some(hash(former)), true)?;
        actions::start_session(&self.store, &session)
            .await
            .map_err(failed)?;
        Ok(Ok(token))
    }

    async fn begin_(
        &self,
        from: &Visitor,
        viewer: &Viewer,
        (secret, passphrase, code): (&str, &str, &str),
    ) -> Result<Outcome<(String, Vec<String>)>, ServiceError> {
        if let Err(refused) = self.own_passphrase(from, viewer, passphrase).await? {
            return Ok(Err(refused));
        }
        let proved =
            codes::secret(secret).and_then(|secret| Some((codes::step(&secret, code)?, secret)));
        let Some((step, secret)) = proved else {
            return Ok(Err(Refused::WrongCode));
        };
        let (codes, hashes) = codes::recovery()?;
        let (token, session) = self.session(viewer.actor.account, from, None, true)?;
        begin_second_factor(&self.store, &secret, step, &hashes, &session)
            .await
            .map_err(failed)?;
        Ok(Ok((token, codes)))
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
