//! Remembers what a model suggests, and what a person decides of it. The record
//! itself is changed by neither.

use crate::clock::now;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::tables::resource;
use crate::tables::suggestion::{ActiveModel, Column, Entity, Model};
use khue_content::Suggestion;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};

pub(crate) const OFFERED: &str = "offered";
pub(crate) const ACCEPTED: &str = "accepted";
pub(crate) const DECLINED: &str = "declined";

/// What a person decides of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is right.
    Accept,
    /// It is wrong.
    Decline,
}

impl Decision {
    fn state(self) -> &'static str {
        match self {
            Self::Accept => ACCEPTED,
            Self::Decline => DECLINED,
        }
    }
}

/// Offers suggestions for a resource instead of those that were offered before and
/// not yet decided. Left out is what was accepted already, and what was declined
/// for the same reason. Returns how many are offered.
///
/// # Errors
/// There is no such resource.
pub async fn record_suggestions(
    store: &Store,
    id: &str,
    suggestions: &[Suggestion],
) -> Result<usize> {
    let tx = store.begin().await?;
    let key = key_of(&tx, id).await?;
    let own = || Entity::find().filter(Column::Resource.eq(key));
    let decided = own().filter(Column::State.ne(OFFERED)).all(&tx).await?;
    Entity::delete_many()
        .filter(Column::Resource.eq(key))
        .filter(Column::State.eq(OFFERED))
        .exec(&tx)
        .await?;
    let mut rows: Vec<ActiveModel> = Vec::new();
    for suggestion in suggestions {
        if !decided.iter().any(|row| settles(row, suggestion)) {
            rows.push(row(key, suggestion)?);
        }
    }
    let offered = rows.len();
    if offered > 0 {
        Entity::insert_many(rows)
            .exec_without_returning(&tx)
            .await?;
    }
    tx.commit().await?;
    Ok(offered)
}

/// Whether a decision leaves no question open.
fn settles(decided: &Model, suggestion: &Suggestion) -> bool {
    decided.property == suggestion.property
        && decided.value == suggestion.value
        && (decided.state == ACCEPTED || decided.reason == suggestion.reason())
}

fn row(key: i64, suggestion: &Suggestion) -> Result<ActiveModel> {
    let evidence = serde_json::to_string(&suggestion.evidence)
        .map_err(|cause| Error::Internal(format!("evidence cannot be written: {cause}")))?;
    Ok(ActiveModel {
        resource: Set(key),
        property: Set(suggestion.property.clone()),
        value: Set(suggestion.value.clone()),
        reason: Set(suggestion.reason()),
        confidence: Set(suggestion.confidence),
        evidence: Set(evidence),
        model: Set(suggestion.model.clone()),
        revision: Set(suggestion.revision.clone()),
        state: Set(OFFERED.to_owned()),
        offered_at: Set(now()),
        ..Default::default()
    })
}

/// Remembers what a person decided; deciding again replaces the former decision.
///
/// # Errors
/// There is no such suggestion.
pub async fn decide_suggestion(
    store: &Store,
    id: i64,
    decision: Decision,
    by: Option<&str>,
) -> Result<()> {
    let tx = store.begin().await?;
    let found = Entity::find_by_id(id).one(&tx).await?;
    let row = found.ok_or_else(|| Error::NotFound(format!("the suggestion {id}")))?;
    let mut row = row.into_active_model();
    row.state = Set(decision.state().to_owned());
    row.decided_at = Set(Some(now()));
    row.decided_by = Set(by.map(str::to_owned));
    row.update(&tx).await?;
    Ok(tx.commit().await?)
}

async fn key_of(tx: &DatabaseTransaction, id: &str) -> Result<i64> {
    let row = resource::Entity::find()
        .filter(resource::Column::Id.eq(id))
        .one(tx)
        .await?;
    row.map(|row| row.key)
        .ok_or_else(|| Error::NotFound(format!("the resource {id:?}")))
}
