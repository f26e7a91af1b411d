//! What pages ask for about collections that people make, answered from the store.

mod file;

use crate::clock::iso;
use crate::portal::Portal;
use crate::submissions::{done, failed};
use khue_app::collections::{
    CollectionFile, CollectionSummary, CollectionView, Collections, Item, Own,
};
use khue_app::people::Viewer;
use khue_app::services::Answer;
use khue_app::submissions::Done;
use khue_content::account::Action;
use khue_content::collection::{CollectionText, ItemChange, Put, Visibility};
use khue_store::actions::collections as actions;
use khue_store::{CollectedItem, PeopleCollection, Store};
use std::sync::Arc;

/// [`Collections`] on a [`Portal`].
pub struct PortalCollections(pub Arc<Portal>);

impl PortalCollections {
    fn store(&self) -> &Store {
        &self.0.store
    }
}

fn summary(one: PeopleCollection) -> CollectionSummary {
    CollectionSummary {
        id: one.id,
        name: one.name,
        description: one.description,
        maker: one.maker,
        institution: one.institution,
        visibility: Visibility::parse(&one.visibility).unwrap_or_default(),
        changed_at: iso(one.changed_at),
        count: usize::try_from(one.count).unwrap_or_default(),
        proposals: usize::try_from(one.proposals).unwrap_or_default(),
    }
}

fn summaries(all: Vec<PeopleCollection>) -> Vec<CollectionSummary> {
    all.into_iter().map(summary).collect()
}

fn item(one: CollectedItem) -> Item {
    Item {
        resource: one.resource,
        name: one.name,
        in_language: one.language.unwrap_or_default(),
        note: one.note,
        proposer: one.proposer,
    }
}

impl Collections for PortalCollections {
    fn public(&self, count: usize) -> Answer<'_, Vec<CollectionSummary>> {
        Box::pin(async move {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            let found = self.store().public_collections(count).await;
            Ok(summaries(found.map_err(failed)?))
        })
    }

    fn of_resource<'a>(&'a self, resource: &'a str) -> Answer<'a, Vec<CollectionSummary>> {
        Box::pin(async move {
            let found = self.store().collections_of_resource(resource).await;
            Ok(summaries(found.map_err(failed)?))
        })
    }

    fn own<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Own> {
        Box::pin(async move {
            let (store, actor) = (self.store(), &viewer.actor);
            let open = store.own_collections(actor.account).await;
            let deleted = store.deleted_collections(actor.account).await;
            let shared = store.shared_collections(actor).await;
            Ok(Own {
                open: summaries(open.map_err(failed)?),
                deleted: summaries(deleted.map_err(failed)?),
                shared: summaries(shared.map_err(failed)?),
                may_share: actor.may(Action::ShareCollection, actor.account, actor.institution()),
            })
        })
    }

    fn one<'a>(
        &'a self,
        viewer: Option<&'a Viewer>,
        id: i64,
    ) -> Answer<'a, Option<CollectionView>> {
        Box::pin(async move {
            let actor = viewer.map(|viewer| &viewer.actor);
            let found = self.store().collection(actor, id).await.map_err(failed)?;
            let Some(one) = found else {
                return Ok(None);
            };
            let own = actor.is_some_and(|actor| actor.account == one.account);
            let may_hide = one.visibility != Visibility::Private.name()
                && actor.is_some_and(|actor| {
                    actor.may(Action::HideCollection, one.account, &one.institution)
                });
            let all = self.store().collected(id, own).await.map_err(failed)?;
            let (proposals, items): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|item| item.proposed);
            Ok(Some(CollectionView {
                own,
                may_hide,
                edition: one.edition,
                items: items.into_iter().map(item).collect(),
                proposals: proposals.into_iter().map(item).collect(),
                summary: summary(one),
            }))
        })
    }

    fn create<'a>(&'a self, viewer: &'a Viewer, name: &'a str) -> Answer<'a, Done<i64>> {
        Box::pin(async move {
            done(actions::create_collection(self.store(), &viewer.actor, name).await)
        })
    }

    fn change<'a>(
        &'a self,
        viewer: &'a Viewer,
        id: i64,
        edition: i64,
        form: &'a CollectionText,
        wanted: Option<&'a ItemChange>,
    ) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            let changed =
                actions::change_collection(self.store(), &viewer.actor, id, edition, form, wanted);
            done(changed.await)
        })
    }

    fn put<'a>(
        &'a self,
        viewer: &'a Viewer,
        id: i64,
        resource: &'a str,
        note: &'a str,
    ) -> Answer<'a, Done<Put>> {
        Box::pin(async move {
            let put = actions::put_into_collection(self.store(), &viewer.actor, id, resource, note);
            done(put.await)
        })
    }

    fn delete<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>> {
        Box::pin(
            async move { done(actions::delete_collection(self.store(), &viewer.actor, id).await) },
        )
    }

    fn restore<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>> {
        Box::pin(
            async move { done(actions::restore_collection(self.store(), &viewer.actor, id).await) },
        )
    }

    fn hide<'a>(&'a self, viewer: &'a Viewer, id: i64, words: &'a str) -> Answer<'a, Done<()>> {
        Box::pin(async move {
            done(actions::hide_collection(self.store(), &viewer.actor, id, words).await)
        })
    }

    fn file<'a>(
        &'a self,
        view: &'a CollectionView,
        form: &'a str,
        origin: &'a str,
    ) -> Answer<'a, Option<CollectionFile>> {
        Box::pin(async move { file::written(view, form, origin) })
    }
}
