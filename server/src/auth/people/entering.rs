//! Registering, signing in, and the second factor.

use super::{LONGEST, PortalPeople, failed};
use crate::auth::codes;
use crate::auth::token::{hash, token};
use crate::mail::offer_confirmation;
use khue_app::people::{Outcome, Refused, Viewer, Visitor};
use khue_app::services::ServiceError;
use khue_content::account;
use khue_store::actions::mail::note_language;
use khue_store::actions::people::{self as actions, NewAccount, NewSession, begin_second_factor};
use khue_store::now;

/// How long the beginning of a session proves who somebody is, in milliseconds.
const FRESH: i64 = 10 * 60_000;
/// Longest name of a person, in characters.
const NAME: usize = 120;

/// A name as it is remembered.
pub(in crate::auth) fn name_of(typed: &str) -> Result<String, Refused> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let well =
        !name.is_empty() && name.chars().count() <= NAME && !name.chars().any(char::is_control);
    well.then_some(name).ok_or(Refused::Name)
}

impl PortalPeople {
    pub(in crate::auth) fn session(
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
    pub(crate) async fn own_passphrase(
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
        let Some(known) = account.and_then(|account| account.passphrase) else {
            return self.signed_in_just_now(viewer).await;
        };
        let right = self.hasher.is(typed, Some(&known)).await?;
        Ok(right.then_some(()).ok_or(Refused::Wrong))
    }

    /// Where an account has no passphrase, a provider has proved whose it is when the session began.
    async fn signed_in_just_now(&self, viewer: &Viewer) -> Result<Outcome<()>, ServiceError> {
        let sessions = self.store.sessions_of(viewer.actor.account, 0).await;
        let own = sessions
            .map_err(failed)?
            .into_iter()
            .find(|session| session.id == viewer.session);
        let fresh = own.is_some_and(|session| now() - session.created_at < FRESH);
        Ok(fresh.then_some(()).ok_or(Refused::Again))
    }

    pub(super) async fn register_(
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
        if actions::register(&self.store, &new).await.map_err(failed)? {
            self.ask_for_confirmation(&new.email, from);
        }
        Ok(Ok(()))
    }

    pub(super) async fn sign_in_(
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
        self.note_language(account.id, from).await;
        Ok(Ok(token))
    }

    /// Sends the link that shows whose the address of a new account is. Apart from the answer, so that it takes as long
    /// where the address had an account before.
    fn ask_for_confirmation(&self, email: &str, from: &Visitor) {
        let Some(post) = self.post.clone() else {
            return;
        };
        let (store, email, language) = (self.store.clone(), email.to_owned(), from.language);
        tokio::spawn(async move {
            let queued = match store.account_of(&email).await {
                Ok(Some(account)) => {
                    offer_confirmation(&store, &post, account.id, &email, language).await
                }
                Ok(None) => Ok(()),
                Err(error) => Err(error),
            };
            if let Err(error) = queued {
                tracing::warn!(%error, "a link to confirm an address could not be queued");
            }
        });
    }

    /// The language of the page where somebody first signs in is that of their mail, until they choose another.
    pub(in crate::auth) async fn note_language(&self, account: i64, from: &Visitor) {
        let known = self.store.mail_preference(account).await;
        let noted = match (known, token()) {
            (Ok((_, None)), Ok(token)) => {
                let language = from.language.code();
                note_language(&self.store, account, language, &token).await
            }
            (Ok(_), _) => Ok(()),
            (Err(error), _) => Err(error),
        };
        if let Err(error) = noted {
            tracing::warn!(%error, "the language of somebody's mail could not be noted");
        }
    }

    pub(super) async fn show_(
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
        let stored = account.and_then(|account| account.totp).unwrap_or_default();
        let secret = self.seal.open(id, &stored).unwrap_or_default();
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

    pub(super) async fn begin_(
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
        let sealed = self.seal.close(viewer.actor.account, &secret)?;
        begin_second_factor(&self.store, &sealed, step, &hashes, &session)
            .await
            .map_err(failed)?;
        Ok(Ok((token, codes)))
    }
}
