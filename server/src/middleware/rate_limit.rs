//! How many requests an address may make.

use super::client_address;
use crate::config::Limits;
use crate::error;
use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Requests after which addresses that have been quiet are forgotten.
const SWEEP: u32 = 10_000;

/// Counts requests by address; forgets quickly and writes nothing down.
pub struct Rates {
    limiter: RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>,
    seen: AtomicU32,
}

impl Rates {
    /// Rates within these limits; `None` where there are none.
    pub fn new(limits: &Limits) -> Option<Arc<Self>> {
        let rate = NonZeroU32::new(limits.requests_per_second)?;
        let burst = NonZeroU32::new(limits.burst).unwrap_or(rate);
        let limiter = RateLimiter::hashmap(Quota::per_second(rate).allow_burst(burst));
        Some(Arc::new(Self {
            limiter,
            seen: AtomicU32::new(0),
        }))
    }

    /// Seconds to wait, where an address asks too much.
    fn wait(&self, address: IpAddr) -> Option<u64> {
        if self.seen.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
        }
        let refused = self.limiter.check_key(&address).err()?;
        let wait = refused.wait_time_from(DefaultClock::default().now());
        Some(wait.as_secs().saturating_add(1))
    }
}

/// Lets a request pass or asks to wait.
pub async fn limit(
    State((state, rates)): State<(Shared, Option<Arc<Rates>>)>,
    request: Request,
    next: Next,
) -> Response {
    let address = client_address::of(&request, &state.settings.trusted_proxies);
    let wait = rates
        .zip(address)
        .and_then(|(rates, address)| rates.wait(address));
    let Some(seconds) = wait else {
        return next.run(request).await;
    };
    let mut response = error::answer(
        &state,
        StatusCode::TOO_MANY_REQUESTS,
        request.uri().path(),
        request.headers(),
    )
    .await;
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}
