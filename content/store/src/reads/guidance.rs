//! Guidance on using AI: what waits, what is signed, and what readers say of it.

use crate::actions::guidance::{COLUMNS, GuidanceRow, RETURNED, SENT, SIGNED, read_draft};
use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::guidance::GuidanceDraft;
use sea_orm::FromQueryResult;

/// Most rows of a list.
const MOST: i64 = 500;

/// Guidance that somebody has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    /// Its number.
    pub id: i64,
    /// Id of the resource.
    pub resource: String,
    /// The version of it that the draft was made from.
    pub resource_version: i64,
    /// Language of the draft.
    pub language: String,
    /// The account of who has sent it.
    pub account: i64,
    /// Code of the institution; empty for none.
    pub institution: String,
    /// Where it stands.
    pub state: GuidanceState,
    /// The draft, signed where it is.
    pub draft: GuidanceDraft,
    /// Why it was sent back, or taken away.
    pub note: String,
    /// Rises with every change.
    pub edition: i64,
    /// When it was sent.
    pub sent_at: i64,
    /// When it was decided on.
    pub decided_at: Option<i64>,
    /// The day by which somebody looks again.
    pub review_by: Option<String>,
}

/// Where guidance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuidanceState {
    /// It waits for an appraiser.
    Sent,
    /// It was sent back.
    Returned,
    /// Readers see it.
    Signed,
    /// Other guidance took its place, or it was taken away.
    Past,
}

/// What readers said of guidance.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct GuidanceFeedback {
    /// Number of the guidance.
    pub id: i64,
    /// Id of the resource.
    pub resource: String,
    /// How many said that it helped.
    pub helped: i64,
    /// How many said that something is wrong.
    pub wrong: i64,
    /// How many said that something is unsafe.
    pub unsafe_: i64,
}

impl Store {
    /// Drafts that wait for this person's signature, the oldest first.
    pub async fn guidance_queue(&self, actor: &Actor) -> Result<Vec<Guidance>> {
        let query = format!(
            "SELECT {COLUMNS} FROM guidance WHERE state = 'sent' AND account <> $1 ORDER BY sent_at, id LIMIT $2"
        );
        let values = vec![actor.account.into(), MOST.into()];
        let rows = sql::all::<GuidanceRow>(self.read(), &query, values).await?;
        let mine = rows
            .into_iter()
            .filter(|row| actor.may(Action::SignGuidance, row.account, &row.institution));
        mine.map(whole).collect()
    }

    /// What a person has sent, the newest first.
    pub async fn own_guidance(&self, actor: &Actor) -> Result<Vec<Guidance>> {
        let query = format!(
            "SELECT {COLUMNS} FROM guidance WHERE account = $1 ORDER BY sent_at DESC, id DESC LIMIT $2"
        );
        let values = vec![actor.account.into(), MOST.into()];
        let rows = sql::all::<GuidanceRow>(self.read(), &query, values).await?;
        rows.into_iter().map(whole).collect()
    }

    /// Guidance by its number, for its author and for those who may sign it.
    pub async fn guidance(&self, actor: &Actor, id: i64) -> Result<Option<Guidance>> {
        let query = format!("SELECT {COLUMNS} FROM guidance WHERE id = $1");
        let row = sql::one::<GuidanceRow>(self.read(), &query, vec![id.into()]).await?;
        let seen = row.filter(|row| {
            row.account == actor.account
                || actor.may(Action::SignGuidance, row.account, &row.institution)
        });
        seen.map(whole).transpose()
    }

    /// Signed guidance for a resource, in every language that there is.
    pub async fn signed_guidance(&self, resource: &str) -> Result<Vec<Guidance>> {
        let query = format!(
            "SELECT {COLUMNS} FROM guidance WHERE resource = $1 AND state = 'signed' ORDER BY language, id"
        );
        let rows = sql::all::<GuidanceRow>(self.read(), &query, vec![resource.into()]).await?;
        rows.into_iter().map(whole).collect()
    }

    /// What readers said of signed guidance; what looks worst first.
    pub async fn guidance_feedback(&self) -> Result<Vec<GuidanceFeedback>> {
        let sum = |verdict: &str, name: &str| {
            format!(
                "CAST(COALESCE(SUM(CASE f.verdict WHEN '{verdict}' THEN f.count ELSE 0 END), 0) AS BIGINT) AS {name}"
            )
        };
        let query = format!(
            "SELECT g.id, g.resource, {}, {}, {} FROM guidance g JOIN guidance_feedback f ON f.guidance = g.id \
             GROUP BY g.id, g.resource ORDER BY 5 DESC, 4 DESC, 3 DESC LIMIT $1",
            sum("helped", "helped"),
            sum("wrong", "wrong"),
            sum("unsafe", "unsafe_"),
        );
        sql::all(self.read(), &query, vec![MOST.into()]).await
    }
}

fn whole(row: GuidanceRow) -> Result<Guidance> {
    let state = match row.state.as_str() {
        SENT => GuidanceState::Sent,
        RETURNED => GuidanceState::Returned,
        SIGNED => GuidanceState::Signed,
        _ => GuidanceState::Past,
    };
    Ok(Guidance {
        draft: read_draft(row.id, &row.draft)?,
        id: row.id,
        resource: row.resource,
        resource_version: row.resource_version,
        language: row.language,
        account: row.account,
        institution: row.institution,
        state,
        note: row.note,
        edition: row.edition,
        sent_at: row.sent_at,
        decided_at: row.decided_at,
        review_by: row.review_by,
    })
}
