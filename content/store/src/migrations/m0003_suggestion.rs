//! What models suggest for records, and what people decided.

use super::text;
use sea_orm::DbBackend;
use sea_orm::sea_query::{ColumnDef, ForeignKey, ForeignKeyAction, Index, Table};

/// One row for each value and reason. Decided rows stay: what was declined is not offered again for
/// the same reason, and the tagger learns from all.
pub(super) fn statements(backend: DbBackend) -> Vec<String> {
    let words = |name: &'static str| ColumnDef::new(name).text().not_null().to_owned();
    let number = |name: &'static str| ColumnDef::new(name).big_integer().not_null().to_owned();
    let table = Table::create()
        .table("suggestion")
        .col(number("id").auto_increment().primary_key())
        .col(number("resource"))
        .col(words("property"))
        .col(words("value"))
        .col(words("reason"))
        .col(ColumnDef::new("confidence").double().not_null())
        .col(words("evidence"))
        .col(words("model"))
        .col(words("revision"))
        .col(words("state"))
        .col(number("offered_at"))
        .col(ColumnDef::new("decided_at").big_integer())
        .col(ColumnDef::new("decided_by").text())
        .foreign_key(
            ForeignKey::create()
                .from("suggestion", "resource")
                .to("resource", "key")
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned();
    let index = |columns: [&'static str; 2]| {
        let name = format!("suggestion_by_{}", columns.join("_"));
        let mut index = Index::create().name(name).table("suggestion").to_owned();
        columns.iter().for_each(|column| {
            index.col(*column);
        });
        index
    };
    let by_resource = index(["resource", "property"]);
    let by_state = index(["state", "property"]);
    vec![
        text(backend, &table),
        text(backend, &by_resource),
        text(backend, &by_state),
    ]
}
