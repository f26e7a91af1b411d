//! Collections that people made: for their makers, for those they are shared with, for everybody.

use crate::actions::scope;
use crate::clock::{DAY, now};
use crate::error::Result;
use crate::sql;
use crate::store::Store;
use khue_content::account::{Action, Actor};
use khue_content::collection::{DAYS_TO_UNDO, Visibility};
use sea_orm::{FromQueryResult, Value};

/// A collection as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PeopleCollection {
    /// Its number.
    pub id: i64,
    /// Account of the one who made it.
    pub account: i64,
    /// Name of the one who made it, as others see it: empty for those who are learners only.
    pub maker: String,
    /// Code of the institution that it is shared with.
    pub institution: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Who sees it, by name.
    pub visibility: String,
    /// When it was changed last.
    pub changed_at: i64,
    /// Rises with every change.
    pub edition: i64,
    /// How many published resources are in it.
    pub count: i64,
    /// How many proposals wait.
    pub proposals: i64,
}

/// A resource in a collection.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct CollectedItem {
    /// Id of the resource.
    pub resource: String,
    /// Its name.
    pub name: String,
    /// BCP 47 code of the name.
    pub language: Option<String>,
    /// What the maker, or the one who proposes it, says of it.
    pub note: String,
    /// Whether it is only proposed.
    pub proposed: bool,
    /// Name of the one who proposes it.
    pub proposer: String,
}

const COLUMNS: &str = "c.id, c.account, c.institution, c.name, c.description, c.visibility, c.changed_at, c.edition, \
    CASE WHEN EXISTS (SELECT 1 FROM role_grant g WHERE g.account = c.account AND g.role <> 'learner') THEN a.name ELSE '' END AS maker, \
    (SELECT COUNT(*) FROM collection_item i JOIN resource r ON r.id = i.resource \
     WHERE i.collection = c.id AND i.state = 'in' AND r.status = 'published') AS count, \
    (SELECT COUNT(*) FROM collection_item i JOIN resource r ON r.id = i.resource \
     WHERE i.collection = c.id AND i.state = 'proposed' AND r.status = 'published') AS proposals";

impl PeopleCollection {
    /// Whether somebody sees it. `actor` is missing where nobody is signed in.
    fn is_seen_by(&self, actor: Option<&Actor>) -> bool {
        let shared = self.visibility == Visibility::Institution.name();
        self.visibility == Visibility::Public.name()
            || actor.is_some_and(|actor| {
                actor.account == self.account
                    || shared && actor.may(Action::ReadCollection, self.account, &self.institution)
            })
    }
}

impl Store {
    async fn collections_where(
        &self,
        here: &str,
        values: Vec<Value>,
    ) -> Result<Vec<PeopleCollection>> {
        let query = format!(
            "SELECT {COLUMNS} FROM collection c JOIN account a ON a.id = c.account WHERE {here}"
        );
        sql::all(self.read(), &query, values).await
    }

    /// Public collections that hold something, the one changed last first.
    pub async fn public_collections(&self, limit: i64) -> Result<Vec<PeopleCollection>> {
        let here = "c.visibility = 'public' AND c.deleted_at IS NULL AND EXISTS (SELECT 1 FROM collection_item i \
            JOIN resource r ON r.id = i.resource WHERE i.collection = c.id AND i.state = 'in' AND r.status = 'published') \
            ORDER BY c.changed_at DESC, c.id DESC LIMIT $1";
        self.collections_where(here, vec![limit.into()]).await
    }

    /// Public collections that a resource is in.
    pub async fn collections_of_resource(&self, resource: &str) -> Result<Vec<PeopleCollection>> {
        let here = "c.visibility = 'public' AND c.deleted_at IS NULL AND EXISTS (SELECT 1 FROM collection_item i \
            JOIN resource r ON r.id = i.resource \
            WHERE i.collection = c.id AND i.resource = $1 AND i.state = 'in' AND r.status = 'published') \
            ORDER BY c.changed_at DESC, c.id DESC LIMIT 12";
        self.collections_where(here, vec![resource.into()]).await
    }

    /// A person's own collections, the one changed last first.
    pub async fn own_collections(&self, account: i64) -> Result<Vec<PeopleCollection>> {
        let here = "c.account = $1 AND c.deleted_at IS NULL ORDER BY c.changed_at DESC, c.id DESC";
        self.collections_where(here, vec![account.into()]).await
    }

    /// A person's own that were deleted and can be brought back.
    pub async fn deleted_collections(&self, account: i64) -> Result<Vec<PeopleCollection>> {
        let here = "c.account = $1 AND c.deleted_at >= $2 ORDER BY c.deleted_at DESC";
        let oldest = now() - DAYS_TO_UNDO * DAY;
        self.collections_where(here, vec![account.into(), oldest.into()])
            .await
    }

    /// Collections of others that are shared where this person has a role, the one changed last first.
    pub async fn shared_collections(&self, actor: &Actor) -> Result<Vec<PeopleCollection>> {
        let columns = ("c.account", "c.institution");
        let reached = scope::may(actor, Action::ReadCollection, columns, 2);
        let here = format!(
            "c.visibility = 'institution' AND c.deleted_at IS NULL AND c.account <> $1 AND {} \
            ORDER BY c.changed_at DESC, c.id DESC LIMIT 1000",
            reached.sql
        );
        let mut values = vec![actor.account.into()];
        values.extend(reached.values);
        let mut found = self.collections_where(&here, values).await?;
        found.retain(|one| one.is_seen_by(Some(actor)));
        Ok(found)
    }

    /// One collection, for somebody who sees it.
    pub async fn collection(
        &self,
        actor: Option<&Actor>,
        id: i64,
    ) -> Result<Option<PeopleCollection>> {
        let found = self
            .collections_where("c.id = $1 AND c.deleted_at IS NULL", vec![id.into()])
            .await?;
        Ok(found.into_iter().find(|one| one.is_seen_by(actor)))
    }

    /// The published resources of a collection in its order; with what is proposed, after them, for its maker.
    pub async fn collected(&self, id: i64, with_proposals: bool) -> Result<Vec<CollectedItem>> {
        let query = "SELECT i.resource, r.name, r.language, i.note, i.state = 'proposed' AS proposed, \
            CASE WHEN i.state = 'proposed' THEN a.name ELSE '' END AS proposer \
            FROM collection_item i JOIN resource r ON r.id = i.resource LEFT JOIN account a ON a.id = i.account \
            WHERE i.collection = $1 AND r.status = 'published' AND (i.state = 'in' OR i.state = $2) \
            ORDER BY CASE WHEN i.state = 'in' THEN 0 ELSE 1 END, i.position";
        let also = if with_proposals { "proposed" } else { "in" };
        sql::all(self.read(), query, vec![id.into(), also.into()]).await
    }
}
