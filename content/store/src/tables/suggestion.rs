//! What a model suggests for a record, with what a person decided.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "suggestion")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Key of the resource.
    pub resource: i64,
    pub property: String,
    pub value: String,
    /// The first evidence in a form that can be compared.
    pub reason: String,
    pub confidence: f64,
    /// All evidence as JSON.
    pub evidence: String,
    pub model: String,
    pub revision: String,
    /// `offered`, `accepted` or `declined`.
    pub state: String,
    pub offered_at: i64,
    pub decided_at: Option<i64>,
    pub decided_by: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
