//! Who a session belongs to.

use super::{NOTED, PortalPeople, failed, idle_since};
use crate::auth::token::hash;
use khue_app::people::{SecondFactor, Viewer};
use khue_app::services::ServiceError;
use khue_content::account::Actor;
use khue_store::actions::people as actions;
use khue_store::{Account, Session, now};

impl PortalPeople {
    pub(super) async fn viewer_of(&self, token: &str) -> Result<Option<Viewer>, ServiceError> {
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
            // Who only reads is not kept from it by a disk that is full.
            if let Err(error) = actions::touch_session(&self.store, session.id).await {
                tracing::warn!(%error, "it could not be noted that a session is in use");
            }
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
            has_passphrase: account.passphrase.is_some(),
        })
    }
}
