//! One row per import, with the place that it has reached.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_run")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub source: String,
    pub path: String,
    pub format: String,
    pub fingerprint: String,
    pub started_at: i64,
    pub touched_at: i64,
    pub finished_at: Option<i64>,
    pub file: Option<String>,
    pub offset: i64,
    pub line: i64,
    pub created: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub refused: i64,
    pub account: i64,
    pub tracked: i64,
    pub total: i64,
    pub undo_key: i64,
    pub removed: i64,
    pub restored: i64,
    pub kept: i64,
    pub undo_account: Option<i64>,
    pub undo_started_at: Option<i64>,
    pub undone_at: Option<i64>,
    pub stage: Option<String>,
    pub error: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
