//! Mail: what somebody has chosen, what has not been told, and how sending fares.

use super::Notice;
use crate::actions::mail::Purpose;
use crate::clock::{DAY, now};
use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::mail::{MailMode, MailPreference, QuietHours};
use sea_orm::FromQueryResult;

/// Most notifications that one message tells of.
const MOST: i64 = 50;
/// Days after which nobody is told by mail any more.
const OLDEST: i64 = 7;

/// How sending fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct MailFigures {
    /// Messages that wait.
    pub waiting: i64,
    /// Messages of the last seven days that a server has taken.
    pub sent: i64,
    /// Messages of the last seven days that were given up.
    pub failed: i64,
}

#[derive(FromQueryResult)]
struct Row {
    language: String,
    mode: String,
    quiet_from: i64,
    quiet_until: i64,
    unsubscribe: String,
}

#[derive(FromQueryResult)]
struct Email {
    email: String,
}

impl Store {
    /// What somebody has chosen, and the token by which they say that no more is wanted, where they have one.
    pub async fn mail_preference(&self, account: i64) -> Result<(MailPreference, Option<String>)> {
        let query = "SELECT language, mode, quiet_from, quiet_until, unsubscribe FROM mail_preference WHERE account = $1";
        let row = sql::one::<Row>(self.read(), query, vec![account.into()]).await?;
        let Some(row) = row else {
            return Ok((MailPreference::default(), None));
        };
        let minute = |minute: i64| u16::try_from(minute).unwrap_or_default();
        let chosen = MailPreference {
            language: row.language,
            mode: MailMode::parse(&row.mode).unwrap_or_default(),
            quiet: QuietHours {
                from: minute(row.quiet_from),
                until: minute(row.quiet_until),
            },
        };
        Ok((chosen, Some(row.unsubscribe)))
    }

    /// Notifications of the last days that a person has neither seen nor been told of by mail, the oldest first.
    pub async fn unmailed_notices(&self, account: i64) -> Result<Vec<Notice>> {
        let query = "SELECT n.id, n.at, n.kind, n.object, n.name, n.id > a.noticed AS new FROM notice n \
            JOIN account a ON a.id = n.account LEFT JOIN mail_preference p ON p.account = n.account \
            WHERE n.account = $1 AND n.id > a.noticed AND n.id > COALESCE(p.mailed, 0) AND n.at > $2 \
            ORDER BY n.id LIMIT $3";
        let since = now() - OLDEST * DAY;
        let values = vec![account.into(), since.into(), MOST.into()];
        sql::all(self.read(), query, values).await
    }

    /// The address that a link was sent to, while it works.
    pub async fn link_address(&self, purpose: Purpose, token_hash: &str) -> Result<Option<String>> {
        let query = "SELECT email FROM mail_token WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3";
        let values = vec![token_hash.into(), purpose.name().into(), now().into()];
        let found = sql::one::<Email>(self.read(), query, values).await?;
        Ok(found.map(|found| found.email))
    }

    /// Whether somebody holds the token by which they say that no more mail is wanted.
    pub async fn is_unsubscribe_token(&self, token: &str) -> Result<bool> {
        let query = "SELECT language, mode, quiet_from, quiet_until, unsubscribe FROM mail_preference WHERE unsubscribe = $1";
        let row = sql::one::<Row>(self.read(), query, vec![token.into()]).await?;
        Ok(row.is_some())
    }

    /// How sending fares.
    pub async fn mail_figures(&self) -> Result<MailFigures> {
        let query = "SELECT (SELECT COUNT(*) FROM mail WHERE state IN ('waiting', 'sending')) AS waiting, \
            (SELECT COUNT(*) FROM mail WHERE state = 'sent' AND ended_at > $1) AS sent, \
            (SELECT COUNT(*) FROM mail WHERE state IN ('failed', 'unknown') AND ended_at > $1) AS failed";
        let values = vec![(now() - OLDEST * DAY).into()];
        let figures = sql::one(self.read(), query, values).await?;
        Ok(figures.unwrap_or_default())
    }
}
