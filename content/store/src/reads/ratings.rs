//! Ratings of resources, in numbers and one's own.

use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::account::Actor;
use khue_content::community::ratings;
use sea_orm::FromQueryResult;

#[derive(FromQueryResult)]
struct Counted {
    value: String,
    count: i64,
}

#[derive(FromQueryResult)]
struct Own {
    value: String,
}

impl Store {
    /// How many people chose each row of the list for a published resource, in the order of the list, rows that nobody
    /// chose included.
    pub async fn rating_counts(&self, resource: &str) -> Result<Vec<(&'static str, i64)>> {
        let query = "SELECT g.value, COUNT(*) AS count FROM rating g JOIN resource r ON r.id = g.resource \
            WHERE g.resource = $1 AND r.status = 'published' GROUP BY g.value";
        let found = sql::all::<Counted>(self.read(), query, vec![resource.into()]).await?;
        let count = |key: &str| {
            let row = found.iter().find(|row| row.value == key);
            row.map_or(0, |row| row.count)
        };
        let rows = ratings().iter();
        Ok(rows
            .map(|row| (row.key.as_str(), count(&row.key)))
            .collect())
    }

    /// What a person chose for a resource.
    pub async fn own_rating(&self, actor: &Actor, resource: &str) -> Result<Option<String>> {
        let query = "SELECT value FROM rating WHERE account = $1 AND resource = $2";
        let values = vec![actor.account.into(), resource.into()];
        let found = sql::one::<Own>(self.read(), query, values).await?;
        Ok(found.map(|row| row.value))
    }
}
