//! One provider: what it says of itself, the way there, and what it proves.

use super::http::Http;
use crate::config::ProviderSettings;
use khue_app::providers::Problem;
use khue_content::account;
use khue_store::actions::people::Proved;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreJwsSigningAlgorithm as Alg,
    CoreProviderMetadata, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, LanguageTag, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope, SignatureVerificationError, SubjectIdentifier, TokenResponse,
};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::Mutex;

/// How long what a provider says of itself is believed.
const KEPT: Duration = Duration::from_secs(3600);
/// How often it is asked anew at most because a key is unknown.
const AGAIN: Duration = Duration::from_secs(60);
/// How far clocks may be apart.
const LEEWAY: Duration = Duration::from_secs(60);
/// How far in the future a proof may have been made.
const AHEAD: Duration = Duration::from_secs(300);

/// Signatures that are believed: those with a public key.
const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// A provider that people sign in with.
pub(super) struct Provider {
    pub settings: ProviderSettings,
    issuer: IssuerUrl,
    secret: Option<ClientSecret>,
    back: RedirectUrl,
    http: Http,
    known: Mutex<Option<Known>>,
}

/// What a provider has said of itself.
struct Known {
    since: Instant,
    metadata: Arc<CoreProviderMetadata>,
    /// When it was asked because a key was unknown.
    anew: Option<Instant>,
}

/// A way to the provider: its address, and what has to come back.
pub(super) struct Way {
    pub address: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

impl Provider {
    /// A provider of the settings. `back` is the address to which it sends people back.
    pub fn new(settings: &ProviderSettings, back: String, http: Http) -> anyhow::Result<Self> {
        use anyhow::Context;
        let key = &settings.key;
        let issuer = IssuerUrl::new(settings.issuer.clone());
        Ok(Self {
            issuer: issuer.with_context(|| format!("the issuer of the provider `{key}`"))?,
            secret: settings.secret()?.map(ClientSecret::new),
            back: RedirectUrl::new(back).context("the setting `base_url`")?,
            settings: settings.clone(),
            http,
            known: Mutex::new(None),
        })
    }

    /// What the provider says of itself and its keys, asked at most once an hour; `anew` where a key is unknown. What
    /// was known before has to do where it does not answer.
    async fn metadata(&self, anew: bool) -> Result<Arc<CoreProviderMetadata>, Problem> {
        let mut known = self.known.lock().await;
        if let Some(known) = known.as_ref() {
            let asked_just_now = known.anew.is_some_and(|at| at.elapsed() < AGAIN);
            if (!anew && known.since.elapsed() < KEPT) || (anew && asked_just_now) {
                return Ok(known.metadata.clone());
            }
        }
        let found = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        match (found, known.as_ref()) {
            (Ok(found), _) => {
                let found = Arc::new(found);
                *known = Some(Known {
                    since: Instant::now(),
                    metadata: found.clone(),
                    anew: anew.then(Instant::now),
                });
                Ok(found)
            }
            (Err(error), before) => {
                let key = &self.settings.key;
                let reason = chain(&error);
                tracing::warn!(provider = %key, %reason, "the provider does not say what it is");
                let before = before.map(|known| known.metadata.clone());
                before.ok_or(Problem::Unreachable)
            }
        }
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Client {
        let id = ClientId::new(self.settings.client_id.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), id, self.secret.clone());
        let methods = metadata.token_endpoint_auth_methods_supported();
        let only_in_body = methods.is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let client = client.set_redirect_uri(self.back.clone());
        match only_in_body {
            true => client.set_auth_type(AuthType::RequestBody),
            false => client,
        }
    }

    /// The way there, for a reader of a language.
    pub async fn way(&self, language: &str) -> Result<Way, Problem> {
        let metadata = self.metadata(false).await?;
        let client = self.client(&metadata);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge)
            .add_ui_locale(LanguageTag::new(language.to_owned()));
        for scope in self
            .settings
            .scopes
            .iter()
            .filter(|scope| *scope != "openid")
        {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        let (address, state, nonce) = request.url();
        if !crate::config::is_safe_address(address.as_str()) {
            tracing::warn!(provider = %self.settings.key, "the provider's page of sign-in has no https://");
            return Err(Problem::Invalid);
        }
        Ok(Way {
            address: address.to_string(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    }

    /// Whether somebody who comes back says that they come from another provider (RFC 9207).
    pub fn is_other(&self, issuer: &str) -> bool {
        !issuer.is_empty() && issuer != self.settings.issuer
    }

    /// Who somebody is, by the code that they brought back.
    pub async fn prove(&self, code: &str, nonce: &str, verifier: &str) -> Result<Proved, Problem> {
        let metadata = self.metadata(false).await?;
        let client = self.client(&metadata);
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| self.invalid(&error))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
        let tokens = request.request_async(&self.http).await;
        let tokens = tokens.map_err(|error| self.no_tokens(&error))?;
        let nonce = Nonce::new(nonce.to_owned());
        match self.claims(&client, &tokens, &nonce) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                // The provider may have new keys.
                let metadata = self.metadata(true).await?;
                let client = self.client(&metadata);
                let claims = self.claims(&client, &tokens, &nonce);
                self.proved(&client, &tokens, claims).await
            }
            claims => self.proved(&client, &tokens, claims).await,
        }
    }

    /// The claims of the ID token, once signature, issuer, audience, times, nonce and the hash of the access token
    /// were found right.
    fn claims(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        nonce: &Nonce,
    ) -> Result<Claims, ClaimsVerificationError> {
        let other = |text: String| ClaimsVerificationError::Other(text);
        let token = tokens
            .id_token()
            .ok_or_else(|| other("there is no ID token".to_owned()))?;
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(|| (SystemTime::now() - LEEWAY).into())
            .set_issue_time_verifier_fn(|at| {
                match SystemTime::from(at) > SystemTime::now() + AHEAD {
                    true => Err("it was made in the future".to_owned()),
                    false => Ok(()),
                }
            });
        let claims = token.claims(&verifier, nonce)?;
        if let Some(expected) = claims.access_token_hash() {
            let signed = ClaimsVerificationError::SignatureVerification;
            let algorithm = token.signing_alg().map_err(signed)?;
            let key = token.signing_key(&verifier).map_err(signed)?;
            let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            let found = found.map_err(|error| other(error.to_string()))?;
            if found != *expected {
                return Err(other("the access token is another".to_owned()));
            }
        }
        Ok(Claims {
            subject: claims.subject().clone(),
            email: claims.email().map(|email| email.to_string()),
            verified: claims.email_verified() == Some(true),
            name: claims
                .name()
                .and_then(|name| name.get(None))
                .map(|name| name.to_string()),
        })
    }

    async fn proved(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        claims: Result<Claims, ClaimsVerificationError>,
    ) -> Result<Proved, Problem> {
        let mut claims = claims.map_err(|error| match &error {
            ClaimsVerificationError::Expired(_) => {
                self.told(&error);
                Problem::Clock
            }
            error => self.invalid(error),
        })?;
        if claims.email.is_none() || claims.name.is_none() {
            self.ask_more(client, tokens, &mut claims).await;
        }
        let email = claims.email.as_deref().filter(|_| claims.verified);
        let name = claims.name.unwrap_or_default();
        let from_address = claims.email.as_deref().unwrap_or_default();
        let name = match name.trim() {
            "" => from_address.split('@').next().unwrap_or_default(),
            name => name,
        };
        Ok(Proved {
            provider: self.settings.key.clone(),
            issuer: self.settings.issuer.clone(),
            subject: claims.subject.to_string(),
            email: email.and_then(account::email),
            name: name.to_owned(),
        })
    }

    /// Address and name from where the provider gives them apart from the ID token; it is no harm where it doesn't.
    async fn ask_more(&self, client: &Client, tokens: &CoreTokenResponse, claims: &mut Claims) {
        let subject = Some(claims.subject.clone());
        let Ok(request) = client.user_info(tokens.access_token().clone(), subject) else {
            return;
        };
        let found: Result<CoreUserInfoClaims, _> = request.request_async(&self.http).await;
        let found = match found {
            Ok(found) => found,
            Err(error) => return self.told(&error),
        };
        if claims.email.is_none() {
            claims.email = found.email().map(|email| email.to_string());
            claims.verified = found.email_verified() == Some(true);
        }
        let name = found.name().and_then(|name| name.get(None));
        claims.name = claims.name.take().or(name.map(|name| name.to_string()));
    }

    fn no_tokens<T>(&self, error: &RequestTokenError<super::http::HttpError, T>) -> Problem
    where
        T: openidconnect::ErrorResponse + 'static,
    {
        self.told(error);
        match error {
            RequestTokenError::Request(_) => Problem::Unreachable,
            // The code was used before, or is not this provider's, or too old.
            RequestTokenError::ServerResponse(_) => Problem::Lost,
            _ => Problem::Invalid,
        }
    }

    fn invalid(&self, error: &(dyn std::error::Error + 'static)) -> Problem {
        self.told(error);
        Problem::Invalid
    }

    /// Tells the log, without anything that a provider or a person has sent.
    fn told(&self, error: &(dyn std::error::Error + 'static)) {
        let (key, reason) = (&self.settings.key, chain(error));
        tracing::warn!(provider = %key, %reason, "a sign-in with a provider failed");
    }
}

/// What an ID token says.
struct Claims {
    subject: SubjectIdentifier,
    email: Option<String>,
    verified: bool,
    name: Option<String>,
}

/// An error with what led to it, in one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text.chars().take(300).collect()
}
