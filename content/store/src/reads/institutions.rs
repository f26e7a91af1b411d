//! The register of institutions.

use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::institution::Institution;
use sea_orm::FromQueryResult;

#[derive(FromQueryResult)]
struct Row {
    code: String,
    name: String,
    province: String,
    commune: String,
    kind: String,
}

impl Store {
    /// All institutions, by their codes.
    pub async fn institutions(&self) -> Result<Vec<Institution>> {
        let query = "SELECT code, name, province, commune, kind FROM institution ORDER BY code";
        let rows: Vec<Row> = sql::all(self.read(), query, vec![]).await?;
        let one = |row: Row| Institution {
            code: row.code,
            name: row.name,
            province: row.province,
            commune: row.commune,
            kind: row.kind,
        };
        Ok(rows.into_iter().map(one).collect())
    }
}
