//! What pages ask for about guidance that is sent, signed and rated, answered from the store.

use crate::clock::iso;
use crate::portal::Portal;
use crate::submissions::{done, failed};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter, clock::DefaultClock};
use jiff::civil::Date;
use khue_app::people::{Viewer, Visitor};
use khue_app::services::{Answer, ServiceError};
use khue_app::signing::{Ruling, SentGuidance, SignedGuidance, Signing, Standing, Tap, TapCounts};
use khue_app::submissions::{Done, Undone};
use khue_content::account::Action;
use khue_content::guidance::{GuidanceDraft, LONGEST_TERM, Signature};
use khue_store::actions::guidance as actions;
use khue_store::{Guidance, GuidanceState, Store};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// Days until guidance is looked at again, unless the appraiser says another day.
const TERM: i64 = 365;
/// Taps at once from an address, behind which a whole school may be, and seconds until one more.
const TAPS: (u32, u64) = (20, 10);

/// [`Signing`] on a [`Portal`].
pub struct PortalSigning {
    portal: Arc<Portal>,
    taps: RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>,
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

fn after(days: i64) -> Date {
    let span = jiff::Span::new().try_days(days).unwrap_or_default();
    today().checked_add(span).unwrap_or(Date::MAX)
}

/// The signature for a day that somebody has typed; nothing where the day will not do.
fn signature(name: &str, review_by: &str) -> Option<Signature> {
    let day: Date = match review_by.trim() {
        "" => after(TERM),
        typed => typed.parse().ok()?,
    };
    let fits = day > today() && day <= after(LONGEST_TERM);
    fits.then(|| Signature {
        name: name.to_owned(),
        date: today().to_string(),
        review_by: day.to_string(),
    })
}

impl PortalSigning {
    /// Guidance of this portal.
    pub fn new(portal: Arc<Portal>) -> Self {
        let burst = NonZeroU32::new(TAPS.0).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(Duration::from_secs(TAPS.1));
        let quota = quota.unwrap_or(Quota::per_second(NonZeroU32::MIN));
        let taps = RateLimiter::hashmap(quota.allow_burst(burst));
        Self { portal, taps }
    }

    fn store(&self) -> &Store {
        &self.portal.store
    }

    /// The version of a resource that readers see.
    async fn version(&self, resource: &str) -> Result<i64, ServiceError> {
        let stored = self.store().resource(resource).await.map_err(failed)?;
        Ok(stored.map_or(0, |stored| stored.version))
    }

    async fn sent(&self, viewer: &Viewer, one: Guidance) -> Result<SentGuidance, ServiceError> {
        let actor = &viewer.actor;
        let outdated = self.version(&one.resource).await? != one.resource_version;
        let standing = match one.state {
            GuidanceState::Sent => Standing::Sent,
            GuidanceState::Returned => Standing::Returned,
            GuidanceState::Signed => Standing::Signed,
            GuidanceState::Past => Standing::Past,
        };
        let review_by = one.review_by.unwrap_or_else(|| after(TERM).to_string());
        Ok(SentGuidance {
            may_sign: actor.may(Action::SignGuidance, one.account, &one.institution),
            id: one.id,
            standing,
            draft: one.draft,
            note: one.note,
            edition: one.edition,
            sent_at: iso(one.sent_at),
            review_by: Some(review_by),
            outdated,
        })
    }

    async fn all(
        &self,
        viewer: &Viewer,
        found: khue_store::Result<Vec<Guidance>>,
    ) -> Result<Vec<SentGuidance>, ServiceError> {
        let mut all = Vec::new();
        for one in found.map_err(failed)? {
            all.push(self.sent(viewer, one).await?);
        }
        Ok(all)
    }

    async fn ruled(
        &self,
        viewer: &Viewer,
        id: i64,
        edition: i64,
        ruling: &Ruling,
    ) -> Result<Done<()>, ServiceError> {
        let (store, actor) = (self.store(), &viewer.actor);
        done(match ruling {
            Ruling::Sign(day) => match signature(&viewer.name, day) {
                Some(signature) => {
                    actions::sign_guidance(store, actor, id, edition, &signature).await
                }
                None => return Ok(Err(Undone::NotNow)),
            },
            Ruling::Return(note) => actions::return_guidance(store, actor, id, edition, note).await,
            Ruling::End(note) => actions::end_guidance(store, actor, id, edition, note).await,
        })
    }
}

/// Signed guidance as readers see it, given the version of the resource that they see.
pub(crate) fn signed(one: Guidance, version: i64) -> SignedGuidance {
    let late = one.review_by.is_some_and(|day| day < today().to_string());
    SignedGuidance {
        id: one.id,
        to_review: late || one.resource_version != version,
        draft: one.draft,
    }
}

impl Signing for PortalSigning {
    fn send<'a>(&'a self, viewer: &'a Viewer, draft: &'a GuidanceDraft) -> Answer<'a, Done<i64>> {
        Box::pin(
            async move { done(actions::send_guidance(self.store(), &viewer.actor, draft).await) },
        )
    }

    fn queue<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<SentGuidance>> {
        Box::pin(async move {
            let found = self.store().guidance_queue(&viewer.actor).await;
            self.all(viewer, found).await
        })
    }

    fn own<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<SentGuidance>> {
        Box::pin(async move {
            let found = self.store().own_guidance(&viewer.actor).await;
            self.all(viewer, found).await
        })
    }

    fn one<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Option<SentGuidance>> {
        Box::pin(async move {
            let found = self.store().guidance(&viewer.actor, id).await;
            match found.map_err(failed)? {
                Some(one) => Ok(Some(self.sent(viewer, one).await?)),
                None => Ok(None),
            }
        })
    }

    fn rule<'a>(
        &'a self,
        viewer: &'a Viewer,
        id: i64,
        edition: i64,
        ruling: &'a Ruling,
    ) -> Answer<'a, Done<()>> {
        Box::pin(self.ruled(viewer, id, edition, ruling))
    }

    fn signed<'a>(&'a self, resource: &'a str) -> Answer<'a, Vec<SignedGuidance>> {
        Box::pin(async move {
            let found = self.store().signed_guidance(resource).await;
            let version = self.version(resource).await?;
            let found = found.map_err(failed)?.into_iter();
            Ok(found.map(|one| signed(one, version)).collect())
        })
    }

    fn tap<'a>(&'a self, from: &'a Visitor, id: i64, tap: Tap) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            if let Some(address) = from.address {
                if self.taps.len() > 10_000 {
                    self.taps.retain_recent();
                }
                if self.taps.check_key(&address).is_err() {
                    return Ok(Err(Undone::TooMany));
                }
            }
            let tap = match tap {
                Tap::Helped => actions::Tap::Helped,
                Tap::Wrong => actions::Tap::Wrong,
                Tap::Unsafe => actions::Tap::Unsafe,
            };
            done(actions::rate_guidance(self.store(), id, &today().to_string(), tap).await)
        })
    }

    fn taps<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Done<Vec<TapCounts>>> {
        Box::pin(async move {
            if !viewer.actor.may(Action::ReadFigures, 0, "") {
                return Ok(Err(Undone::Forbidden));
            }
            let found = self.store().guidance_feedback().await.map_err(failed)?;
            let counts = found.into_iter().map(|one| TapCounts {
                id: one.id,
                resource: one.resource,
                counts: [one.helped, one.wrong, one.unsafe_],
            });
            Ok(Ok(counts.collect()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_a_day_to_come_within_three_years() {
        assert_eq!(
            signature("Mai", "").unwrap().review_by,
            after(TERM).to_string()
        );
        assert!(signature("Mai", &today().to_string()).is_none());
        assert!(signature("Mai", "2999-01-01").is_none());
        assert!(signature("Mai", "mai").is_none());
        let day = after(30).to_string();
        assert_eq!(signature("Mai", &day).unwrap().review_by, day);
    }
}
