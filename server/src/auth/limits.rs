//! How often somebody may try: counted by account and by address, in memory, nothing written down.

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use khue_app::people::{Refused, Visitor};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Tries after which those that have been quiet are forgotten.
const SWEEP: u32 = 1_000;
/// Tries at once, and seconds until one more, for an account: 2,900 a day at most.
const ACCOUNT: (u32, u64) = (10, 30);
/// The same for an address, behind which a whole school may be.
const ADDRESS: (u32, u64) = (60, 5);

/// How often each key may come.
pub(crate) type Rates<K> = RateLimiter<K, HashMapStateStore<K>, DefaultClock>;

/// Counts tries.
pub(crate) struct Limits {
    accounts: Rates<String>,
    addresses: Rates<IpAddr>,
    seen: AtomicU32,
}

/// So many at once for each key, and seconds until one more.
pub(crate) fn rates<K: Hash + Eq + Clone>((burst, seconds): (u32, u64)) -> Rates<K> {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(Duration::from_secs(seconds));
    RateLimiter::hashmap(
        quota
            .unwrap_or(Quota::per_second(NonZeroU32::MIN))
            .allow_burst(burst),
    )
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            accounts: rates(ACCOUNT),
            addresses: rates(ADDRESS),
            seen: AtomicU32::new(0),
        }
    }
}

impl Limits {
    /// Takes one try from an address alone.
    ///
    /// # Errors
    /// There were too many, and how long to wait.
    pub fn come(&self, from: &Visitor) -> Result<(), Refused> {
        match from.address {
            Some(address) => check(&self.addresses, &address),
            None => Ok(()),
        }
    }

    /// Takes one try for an account, whether there is such an account or not, from an address.
    ///
    /// # Errors
    /// There were too many, and how long to wait.
    pub fn take(&self, account: &str, from: &Visitor) -> Result<(), Refused> {
        if self.seen.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.accounts.retain_recent();
            self.addresses.retain_recent();
        }
        if let Some(address) = from.address {
            check(&self.addresses, &address)?;
        }
        check(&self.accounts, &account.to_owned())
    }
}

fn check<K: Hash + Eq + Clone>(rates: &Rates<K>, key: &K) -> Result<(), Refused> {
    let wait =
        |refused: governor::NotUntil<_>| refused.wait_time_from(DefaultClock::default().now());
    let seconds = |wait: Duration| wait.as_secs().saturating_add(1);
    rates
        .check_key(key)
        .map_err(|refused| Refused::TooMany(seconds(wait(refused))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_tried_so_often_whatever_the_address() {
        let limits = Limits::default();
        let from = |last: u8| Visitor {
            address: Some([203, 0, 113, last].into()),
            ..Visitor::default()
        };
        for number in 0..10 {
            assert_eq!(limits.take("lan@truong.edu.vn", &from(number)), Ok(()));
        }
        let refused = limits.take("lan@truong.edu.vn", &from(99));
        assert!(
            matches!(refused, Err(Refused::TooMany(1..=31))),
            "{refused:?}"
        );
        assert_eq!(limits.take("mai@truong.edu.vn", &from(99)), Ok(()));
    }

    #[test]
    fn an_address_tries_so_often_whatever_the_account() {
        let limits = Limits::default();
        let from = Visitor {
            address: Some([203, 0, 113, 7].into()),
            ..Visitor::default()
        };
        let tries =
            (0..100).filter(|number| limits.take(&format!("p{number}@x.vn"), &from).is_ok());
        assert_eq!(tries.count(), 60);
    }
}
