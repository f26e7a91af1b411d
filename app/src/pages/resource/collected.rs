//! The public collections that a resource is in, and the way into one's own.

use leptos::prelude::*;

use crate::collections::CollectionSummary;
use crate::components::card;
use crate::pages::collection::{collect_path, collection_path};
use crate::reader::Reader;

/// A card beside the text; nothing where the portal has no collections.
pub fn collected(
    reader: &Reader,
    resource: &str,
    all: Option<&[CollectionSummary]>,
) -> Option<AnyView> {
    let all = all?;
    let t = reader.texts();
    let entry = |one: &CollectionSummary| {
        view! { <li><a href=reader.link(&collection_path(one.id)) dir="auto">{one.name.clone()}</a></li> }
    };
    let list = (!all.is_empty()).then(|| view! { <ul>{all.iter().map(entry).collect_view()}</ul> });
    let title = match all {
        [] => "collected-none",
        _ => "collected-title",
    };
    let content = view! {
        {list}
        <p><a href=reader.link(&collect_path(resource)) rel="nofollow">{t.text("collect-link")}</a></p>
    };
    Some(card("card collected", t.text(title), content.into_any()))
}
