//! Suggestions and what became of them.

use crate::actions::{ACCEPTED, DECLINED, OFFERED};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::tables::{resource, suggestion};
use khue_content::Suggestion;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionState {
    /// Nobody has decided.
    Offered,
    /// A person said that it is right.
    Accepted,
    /// A person said that it is wrong.
    Declined,
}

/// A suggestion as it is remembered.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSuggestion {
    /// Its number, for [`crate::actions::decide_suggestion`].
    pub id: i64,
    /// What is suggested.
    pub suggestion: Suggestion,
    /// What became of it.
    pub state: SuggestionState,
}

impl Store {
    /// All suggestions for a resource, decided ones too, by property and confidence.
    pub async fn suggestions(&self, id: &str) -> Result<Vec<StoredSuggestion>> {
        let resource = resource::Entity::find()
            .filter(resource::Column::Id.eq(id))
            .one(self.read())
            .await?;
        let Some(resource) = resource else {
            return Ok(Vec::new());
        };
        let rows = suggestion::Entity::find()
            .filter(suggestion::Column::Resource.eq(resource.key))
            .order_by_asc(suggestion::Column::Property)
            .order_by_desc(suggestion::Column::Confidence)
            .order_by_asc(suggestion::Column::Id)
            .all(self.read())
            .await?;
        rows.into_iter().map(stored).collect()
    }
}

fn stored(row: suggestion::Model) -> Result<StoredSuggestion> {
    let what = || format!("the suggestion {}", row.id);
    let evidence = serde_json::from_str(&row.evidence).map_err(|source| Error::Unreadable {
        what: what(),
        source,
    })?;
    let state = match row.state.as_str() {
        ACCEPTED => SuggestionState::Accepted,
        DECLINED => SuggestionState::Declined,
        OFFERED => SuggestionState::Offered,
        other => {
            return Err(Error::Internal(format!(
                "{} has the state {other:?}",
                what()
            )));
        }
    };
    let suggestion = Suggestion {
        property: row.property,
        value: row.value,
        confidence: row.confidence,
        evidence,
        model: row.model,
        revision: row.revision,
    };
    Ok(StoredSuggestion {
        id: row.id,
        suggestion,
        state,
    })
}
