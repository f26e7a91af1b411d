//! One row per learning resource, withdrawn ones included.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource")]
pub struct Model {
    /// The change number that the row was created with: rows in order of arrival.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: i64,
    pub id: String,
    pub source: String,
    pub identifier: String,
    pub name: String,
    pub language: Option<String>,
    pub status: String,
    pub withdrawn_reason: Option<String>,
    pub hash: Vec<u8>,
    pub change: i64,
    pub version: i64,
    pub created_at: i64,
    pub changed_at: i64,
    /// The record as JSON, its `id` left empty.
    pub record: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
