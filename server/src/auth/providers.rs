//! [`Providers`] on the store: signing in with OpenID Connect (Core 1.0, Discovery 1.0; authorization code with PKCE,
//! RFC 7636).

mod http;
mod provider;

use super::PortalPeople;
use super::people::entering::name_of;
use super::people::failed;
use super::token::{hash, token};
use crate::clock::iso;
use crate::config::ProviderSettings;
use anyhow::Context;
use http::Http;
use khue_app::Language;
use khue_app::people::{Outcome, Refused, Viewer, Visitor};
use khue_app::providers::{Awaited, Begun, Finished, LinkedView, Problem, ProviderView, Providers};
use khue_app::services::{Answer, ServiceError};
use khue_store::actions::people::{
    self as actions, Attempt, Identified, Proved, begin_attempt, identify, keep_waiting,
    link_waiting, take_attempt,
};
use khue_store::{Error, LinkedIdentity, now};
use provider::Provider;
use std::sync::Arc;

/// How long a way to a provider and back may take, in milliseconds.
const VALID: i64 = 10 * 60_000;
/// Longest code or state that is looked at.
const LONGEST: usize = 4_000;

/// Signing in with providers.
pub struct PortalProviders {
    people: Arc<PortalPeople>,
    providers: Vec<Provider>,
    views: Vec<ProviderView>,
}

impl PortalProviders {
    /// The providers of the settings; `None` where there is none.
    ///
    /// # Errors
    /// A secret cannot be read, or nobody knows where the providers should send people back to.
    pub fn new(
        people: Arc<PortalPeople>,
        settings: &[ProviderSettings],
        base_url: Option<&str>,
    ) -> anyhow::Result<Option<Self>> {
        if settings.is_empty() {
            return Ok(None);
        }
        let base = base_url.context(
            "the setting `people.providers` needs `base_url`, the address of the portal that providers send people back to",
        )?;
        let http = Http::default();
        let mut providers = Vec::with_capacity(settings.len());
        for one in settings {
            let back = format!("{base}/sign-in/back/{}", one.key);
            tracing::info!(provider = %one.key, %back, "people may sign in with a provider; it has to know this address");
            providers.push(Provider::new(one, back, http.clone())?);
        }
        let view = |one: &ProviderSettings| ProviderView {
            key: one.key.clone(),
            names: one.name.all(),
        };
        Ok(Some(Self {
            people,
            providers,
            views: settings.iter().map(view).collect(),
        }))
    }

    fn provider(&self, key: &str) -> Option<&Provider> {
        self.providers.iter().find(|one| one.settings.key == key)
    }

    async fn begin_with(
        &self,
        provider: &Provider,
        next: &str,
        language: Language,
        account: Option<i64>,
    ) -> Result<Result<Begun, Problem>, ServiceError> {
        let way = match provider.way(language.code()).await {
            Ok(way) => way,
            Err(problem) => return Ok(Err(problem)),
        };
        let token = token().map_err(failed)?;
        let attempt = Attempt {
            token_hash: hash(&token),
            provider: provider.settings.key.clone(),
            state_hash: hash(&way.state),
            nonce: way.nonce,
            verifier: way.verifier,
            next: next.to_owned(),
            account,
            expires_at: now() + VALID,
        };
        begin_attempt(&self.people.store, &attempt)
            .await
            .map_err(failed)?;
        Ok(Ok(Begun {
            address: way.address,
            token,
        }))
    }

    async fn begin_(
        &self,
        from: &Visitor,
        key: &str,
        next: &str,
        language: Language,
    ) -> Result<Option<Result<Begun, Problem>>, ServiceError> {
        let Some(provider) = self.provider(key) else {
            return Ok(None);
        };
        if self.people.limits.come(from).is_err() {
            return Ok(Some(Err(Problem::TooMany)));
        }
        self.begin_with(provider, next, language, None)
            .await
            .map(Some)
    }

    async fn finish_(
        &self,
        from: &Visitor,
        key: &str,
        query: &[(String, String)],
        (browser, session, viewer): (Option<&str>, Option<&str>, Option<&Viewer>),
    ) -> Result<Result<Finished, Problem>, ServiceError> {
        let Some(provider) = self.provider(key) else {
            return Ok(Err(Problem::Lost));
        };
        if self.people.limits.come(from).is_err() {
            return Ok(Err(Problem::TooMany));
        }
        let field = |name: &str| {
            let found = query.iter().find(|(known, _)| known == name);
            found
                .map(|(_, value)| value.as_str())
                .filter(|value| value.len() <= LONGEST)
                .unwrap_or_default()
        };
        let Some(browser) = browser else {
            return Ok(Err(Problem::Lost));
        };
        let attempt = take_attempt(&self.people.store, &hash(browser), key).await;
        let Some(attempt) = attempt.map_err(failed)? else {
            return Ok(Err(Problem::Lost));
        };
        if hash(field("state")) != attempt.state_hash {
            return Ok(Err(Problem::Lost));
        }
        // Who links has to be the one who began to.
        let asked = attempt.account;
        if asked.is_some() && asked != viewer.map(|viewer| viewer.actor.account) {
            return Ok(Err(Problem::Lost));
        }
        if !field("error").is_empty() {
            return Ok(Err(Problem::Refused));
        }
        if field("code").is_empty() || provider.is_other(field("iss")) {
            return Ok(Err(Problem::Invalid));
        }
        let proved = provider
            .prove(field("code"), &attempt.nonce, &attempt.verifier)
            .await;
        match proved {
            Ok(proved) => self.settle(from, &attempt, proved, session).await,
            Err(problem) => Ok(Err(problem)),
        }
    }

    async fn settle(
        &self,
        from: &Visitor,
        attempt: &Attempt,
        mut proved: Proved,
        session: Option<&str>,
    ) -> Result<Result<Finished, Problem>, ServiceError> {
        proved.name = name_of(&proved.name).unwrap_or_else(|_| "…".to_owned());
        let identified = match identify(&self.people.store, &proved, attempt.account).await {
            Ok(identified) => identified,
            Err(Error::NotAllowed(_)) => return Ok(Err(Problem::Invalid)),
            Err(error) => return Err(failed(error)),
        };
        match identified {
            Identified::Linked => Ok(Ok(Finished::Linked)),
            Identified::Taken => Ok(Err(Problem::Taken)),
            Identified::Known(account) => {
                let session = self.start_session(from, account, session).await?;
                let next = attempt.next.clone();
                Ok(Ok(Finished::SignedIn { session, next }))
            }
            Identified::Awaits => {
                let token = token().map_err(failed)?;
                let waiting = Attempt {
                    token_hash: hash(&token),
                    state_hash: String::new(),
                    nonce: String::new(),
                    verifier: String::new(),
                    expires_at: now() + VALID,
                    ..attempt.clone()
                };
                keep_waiting(&self.people.store, &waiting, &proved)
                    .await
                    .map_err(failed)?;
                Ok(Ok(Finished::Awaits { token }))
            }
        }
    }

    /// A session without the second factor: where the account has one, it is asked for next.
    async fn start_session(
        &self,
        from: &Visitor,
        account: i64,
        former: Option<&str>,
    ) -> Result<String, ServiceError> {
        let (token, session) = self
            .people
            .session(account, from, former.map(hash), false)?;
        actions::start_session(&self.people.store, &session)
            .await
            .map_err(failed)?;
        self.people.note_language(account, from).await;
        Ok(token)
    }

    async fn awaited_(&self, token: &str) -> Result<Option<Awaited>, ServiceError> {
        let store = &self.people.store;
        let waiting = store.waiting_identity(&hash(token)).await.map_err(failed)?;
        let Some(waiting) = waiting else {
            return Ok(None);
        };
        let account = store.account_of(&waiting.email).await.map_err(failed)?;
        Ok(account.map(|account| Awaited {
            provider: waiting.provider,
            email: waiting.email,
            has_passphrase: account.passphrase.is_some(),
        }))
    }

    async fn confirm_(
        &self,
        from: &Visitor,
        token: &str,
        passphrase: &str,
        session: Option<&str>,
    ) -> Result<Outcome<(String, String)>, ServiceError> {
        let store = &self.people.store;
        let waiting = store.waiting_identity(&hash(token)).await.map_err(failed)?;
        let Some(waiting) = waiting else {
            return Ok(Err(Refused::Gone));
        };
        if let Err(refused) = self.people.limits.take(&waiting.email, from) {
            return Ok(Err(refused));
        }
        let account = store.account_of(&waiting.email).await.map_err(failed)?;
        let known = account
            .as_ref()
            .and_then(|account| account.passphrase.as_deref());
        let right = self.people.hasher.is(passphrase, known).await?;
        let Some(account) = account.filter(|_| right) else {
            return Ok(Err(Refused::Wrong));
        };
        let linked = link_waiting(store, &hash(token), account.id).await;
        if !linked.map_err(failed)? {
            return Ok(Err(Refused::Gone));
        }
        let session = self.start_session(from, account.id, session).await?;
        Ok(Ok((session, waiting.next)))
    }
}

impl Providers for PortalProviders {
    fn list(&self) -> &[ProviderView] {
        &self.views
    }

    fn begin<'a>(
        &'a self,
        from: &'a Visitor,
        key: &'a str,
        next: &'a str,
        language: Language,
    ) -> Answer<'a, Option<Result<Begun, Problem>>> {
        Box::pin(self.begin_(from, key, next, language))
    }

    fn begin_link<'a>(
        &'a self,
        from: &'a Visitor,
        viewer: &'a Viewer,
        key: &'a str,
        passphrase: &'a str,
        language: Language,
    ) -> Answer<'a, Option<Outcome<Result<Begun, Problem>>>> {
        Box::pin(async move {
            let Some(provider) = self.provider(key) else {
                return Ok(None);
            };
            let own = self.people.own_passphrase(from, viewer, passphrase).await?;
            if let Err(refused) = own {
                return Ok(Some(Err(refused)));
            }
            let account = Some(viewer.actor.account);
            let begun = self.begin_with(provider, "", language, account).await?;
            Ok(Some(Ok(begun)))
        })
    }

    fn finish<'a>(
        &'a self,
        from: &'a Visitor,
        key: &'a str,
        query: &'a [(String, String)],
        kept: (Option<&'a str>, Option<&'a str>, Option<&'a Viewer>),
    ) -> Answer<'a, Result<Finished, Problem>> {
        Box::pin(self.finish_(from, key, query, kept))
    }

    fn awaited<'a>(&'a self, token: &'a str) -> Answer<'a, Option<Awaited>> {
        Box::pin(self.awaited_(token))
    }

    fn confirm<'a>(
        &'a self,
        from: &'a Visitor,
        token: &'a str,
        passphrase: &'a str,
        session: Option<&'a str>,
    ) -> Answer<'a, Outcome<(String, String)>> {
        Box::pin(self.confirm_(from, token, passphrase, session))
    }

    fn linked<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<LinkedView>> {
        Box::pin(async move {
            let found = self.people.store.identities(viewer.actor.account).await;
            let view = |one: LinkedIdentity| LinkedView {
                id: one.id,
                provider: one.provider,
                linked_at: iso(one.linked_at),
            };
            Ok(found.map_err(failed)?.into_iter().map(view).collect())
        })
    }

    fn unlink<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Outcome<()>> {
        Box::pin(async move {
            match actions::unlink(&self.people.store, viewer.actor.account, id).await {
                Ok(()) => Ok(Ok(())),
                Err(Error::NotAllowed(_)) => Ok(Err(Refused::LastWay)),
                Err(Error::NotFound(_)) => Ok(Err(Refused::Gone)),
                Err(error) => Err(failed(error)),
            }
        })
    }
}
