//! Requests to providers: within limits on time and size, to no other address than the one that was asked for, and
//! only where nobody reads along.

use crate::config::is_safe_address;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// How long an answer may take in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most bytes of an answer: keys and claims have a few thousand.
const MOST: u64 = 512 * 1024;
/// Requests at a time: each holds a thread.
const AT_ONCE: usize = 8;

/// Why a request to a provider failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    /// The provider names an address that others could read along.
    #[error("{0:?} is no address with https://")]
    Unsafe(String),
    /// No answer, or none within the limits.
    #[error("no answer within the limits: {0}")]
    NoAnswer(String),
}

/// Sends requests, a few at a time.
#[derive(Clone)]
pub(super) struct Http {
    agent: Agent,
    turns: Arc<Semaphore>,
}

impl Default for Http {
    fn default() -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent("khue")
            .tls_config(tls.build());
        Self {
            agent: config.build().into(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    // It borrows nothing, so that it may be awaited on any thread.
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.clone().send(request))
    }
}

impl Http {
    async fn send(self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let address = request.uri().to_string();
        if !is_safe_address(&address) {
            return Err(HttpError::Unsafe(address));
        }
        let failed = |error: &dyn std::fmt::Display| HttpError::NoAnswer(error.to_string());
        let turn = self.turns.clone().acquire_owned().await;
        let _turn = turn.map_err(|error| failed(&error))?;
        let sent = tokio::task::spawn_blocking(move || send(&self.agent, request)).await;
        sent.map_err(|error| failed(&error))?
            .map_err(|error| failed(&error))
    }
}

fn send(agent: &Agent, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let answer = match request.body().is_empty() {
        true => agent.run(request.map(|_| ()))?,
        false => agent.run(request)?,
    };
    let (head, mut body) = answer.into_parts();
    let body = body.with_config().limit(MOST).read_to_vec()?;
    Ok(HttpResponse::from_parts(head, body))
}
