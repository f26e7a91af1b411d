//! `/collections/{id}` and what belongs to it: collections that people make.

mod collect;
mod edit;
mod own;
mod page;

pub use collect::{collect, show_collect};
pub use edit::{change, show_edit};
pub use own::{create, show_own};
pub use page::{file, hide, show};

use axum::response::Response;
use khue_content::collection::Visibility;
use leptos::prelude::*;

use super::account::signed_in;
use super::error;
use crate::collections::{CollectionSummary, CollectionView, Collections};
use crate::people::{Caller, Viewer};
use crate::reader::{Reader, resource_path};
use std::sync::Arc;

/// The address of a collection, without the language's prefix.
pub fn collection_path(id: i64) -> String {
    format!("/collections/{id}")
}

/// The address where a resource is put into collections.
pub fn collect_path(resource: &str) -> String {
    format!("{}/collect", resource_path(resource))
}

/// Somebody who is signed in, and their collections.
struct Asked {
    caller: Caller,
    viewer: Viewer,
    collections: Arc<dyn Collections>,
}

async fn asked(caller: Caller) -> Result<Asked, Response> {
    let Some(collections) = caller.reader.services.collections.clone() else {
        return Err(error::not_found(&caller.reader));
    };
    let viewer = signed_in(&caller).await?;
    Ok(Asked {
        caller,
        viewer,
        collections,
    })
}

impl Asked {
    fn reader(&self) -> &Reader {
        &self.caller.reader
    }

    /// A collection of their own; the page that there is none for everything else.
    async fn own(&self, id: &str) -> Result<CollectionView, Response> {
        let found = match id.parse() {
            Ok(id) => self.collections.one(Some(&self.viewer), id).await,
            Err(_) => Ok(None),
        };
        match found {
            Ok(Some(view)) if view.own => Ok(view),
            Ok(_) => Err(error::not_found(self.reader())),
            Err(failed) => Err(error::unserved(self.reader(), &failed)),
        }
    }
}

/// Who sees a collection, in words.
fn visibility_name(reader: &Reader, one: &CollectionSummary) -> String {
    let t = reader.texts();
    match one.visibility {
        Visibility::Private => t.text("collection-private").to_owned(),
        Visibility::Institution => t.fill(
            "collection-institution",
            &[("institution", one.institution.as_str().into())],
        ),
        Visibility::Public => t.text("collection-public").to_owned(),
    }
}

/// Collections as a list of links, each with what it is for and how much it holds.
pub fn list(reader: &Reader, all: &[CollectionSummary], with_visibility: bool) -> AnyView {
    let t = reader.texts();
    let entry = |one: &CollectionSummary| {
        let maker = (!one.maker.is_empty()).then(|| {
            let text = t.fill("collection-by", &[("name", one.maker.as_str().into())]);
            view! { <bdi>{text}</bdi> " · " }
        });
        let seen = with_visibility
            .then(|| view! { <span class="badge">{visibility_name(reader, one)}</span> " " });
        let waiting = (one.proposals > 0 && with_visibility).then(|| {
            let text = t.fill("collection-waiting", &[("count", one.proposals.into())]);
            view! { <span class="badge badge--warning">{text}</span> " " }
        });
        let description = (!one.description.is_empty()).then(
            || view! { <p class="collection-list__words" dir="auto">{one.description.clone()}</p> },
        );
        view! {
            <li>
                <a class="collection-list__name" href=reader.link(&collection_path(one.id)) dir="auto">{one.name.clone()}</a>
                {description}
                <p class="collection-list__facts">{seen} {waiting} {maker}
                    {t.fill("collection-count", &[("count", one.count.into())])}</p>
            </li>
        }
    };
    view! { <ul class="collection-list">{all.iter().map(entry).collect_view()}</ul> }.into_any()
}
