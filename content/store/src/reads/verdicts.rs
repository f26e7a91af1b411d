//! Suggestions for submissions, and how suggestions fare.

use crate::actions::submissions::{EDITED, SuggestionRow, read_record};
use crate::actions::{ACCEPTED, DECLINED};
use crate::error::{Error, Result};
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::{LearningResource, Suggestion};
use sea_orm::FromQueryResult;

/// A suggestion for a submission.
#[derive(Clone, Debug, PartialEq)]
pub struct SubmissionSuggestion {
    /// Its number.
    pub id: i64,
    /// What is suggested.
    pub suggestion: Suggestion,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a suggestion at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nobody has decided.
    Offered,
    /// It is right.
    Accepted,
    /// This was put in its place.
    Edited(String),
    /// It is wrong.
    Declined,
}

/// Suggestions for a submission, and what read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggested {
    /// Whether it was read since it was sent last.
    pub read: bool,
    /// The model that read it; empty for words and rules alone.
    pub model: String,
    /// What is suggested, decided ones too, the surest first.
    pub all: Vec<SubmissionSuggestion>,
}

/// How suggestions of a property fare, by model and revision.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct SuggestionRate {
    /// Name of the property.
    pub property: String,
    /// What suggested.
    pub model: String,
    /// The revision of it.
    pub revision: String,
    /// How many were right.
    pub accepted: i64,
    /// How many were replaced.
    pub edited: i64,
    /// How many were wrong.
    pub declined: i64,
    /// How many wait for a decision.
    pub offered: i64,
}

/// A submission that nobody has read for suggestions yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// The number of the file.
    pub number: String,
    /// How often it was sent.
    pub sent: i64,
    /// The record.
    pub record: LearningResource,
}

#[derive(FromQueryResult)]
struct UnreadRow {
    number: String,
    sent: i64,
    record: String,
}

#[derive(FromQueryResult)]
struct ReadRow {
    id: i64,
    sent: i64,
    suggested: i64,
    suggested_by: String,
}

impl Store {
    /// Submissions that wait at the desk and were not read for suggestions since they were sent, the oldest first. For
    /// the server itself: nobody's rights are asked for.
    pub async fn submissions_to_read(&self, limit: i64) -> Result<Vec<Unread>> {
        let query = "SELECT number, sent, record FROM submission \
            WHERE state IN ('submitted', 'resubmitted', 'in-appraisal') AND suggested < sent ORDER BY entered_at, id LIMIT $1";
        let rows: Vec<UnreadRow> = sql::all(self.read(), query, vec![limit.into()]).await?;
        let read = |row: UnreadRow| {
            Ok(Unread {
                record: read_record(&row.number, &row.record)?,
                number: row.number,
                sent: row.sent,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Suggestions for a submission, for those who appraise it; nothing for others.
    pub async fn suggested(&self, actor: &Actor, number: &str) -> Result<Suggested> {
        let Some(one) = self.submission(actor, number).await? else {
            return Ok(Suggested::default());
        };
        if !actor.may(Action::Appraise, one.account, &one.institution) {
            return Ok(Suggested::default());
        }
        let query = "SELECT id, sent, suggested, suggested_by FROM submission WHERE number = $1";
        let Some(read) = sql::one::<ReadRow>(self.read(), query, vec![number.into()]).await? else {
            return Ok(Suggested::default());
        };
        let query = "SELECT * FROM submission_suggestion WHERE submission = $1 ORDER BY confidence DESC, id";
        let rows: Vec<SuggestionRow> = sql::all(self.read(), query, vec![read.id.into()]).await?;
        Ok(Suggested {
            read: read.suggested == read.sent,
            model: read.suggested_by,
            all: rows.into_iter().map(whole).collect::<Result<_>>()?,
        })
    }

    /// How suggestions fare, by property, model and revision: those for submissions and those for published records.
    pub async fn suggestion_rates(&self) -> Result<Vec<SuggestionRate>> {
        // What was handed over at publication is counted where it was decided.
        let query = "SELECT property, model, revision, \
              CAST(SUM(CASE state WHEN 'accepted' THEN 1 ELSE 0 END) AS BIGINT) AS accepted, \
              CAST(SUM(CASE state WHEN 'edited' THEN 1 ELSE 0 END) AS BIGINT) AS edited, \
              CAST(SUM(CASE state WHEN 'declined' THEN 1 ELSE 0 END) AS BIGINT) AS declined, \
              CAST(SUM(CASE state WHEN 'offered' THEN 1 ELSE 0 END) AS BIGINT) AS offered \
            FROM (SELECT property, model, revision, state FROM submission_suggestion \
                  UNION ALL SELECT k.property, k.model, k.revision, k.state FROM suggestion k \
                  WHERE k.decided_by IS NOT NULL OR k.state = 'offered') AS everything \
            GROUP BY property, model, revision ORDER BY property, model, revision";
        sql::all(self.read(), query, vec![]).await
    }
}

fn whole(row: SuggestionRow) -> Result<SubmissionSuggestion> {
    let evidence = serde_json::from_str(&row.evidence).map_err(|source| Error::Unreadable {
        what: format!("the suggestion {}", row.id),
        source,
    })?;
    let fate = match row.state.as_str() {
        ACCEPTED => Fate::Accepted,
        DECLINED => Fate::Declined,
        EDITED => Fate::Edited(row.given.unwrap_or_default()),
        _ => Fate::Offered,
    };
    let suggestion = Suggestion {
        property: row.property,
        value: row.value,
        confidence: row.confidence,
        evidence,
        model: row.model,
        revision: row.revision,
    };
    Ok(SubmissionSuggestion {
        id: row.id,
        suggestion,
        fate,
    })
}
