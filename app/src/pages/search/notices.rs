//! What the search has made of the words, each with a way to have it otherwise.

use khue_content::search::{SearchPage, SearchParams};
use leptos::prelude::*;

use crate::components::{active, value_label};
use crate::reader::Reader;

/// Spelling, understood filters, relaxed words.
pub fn notices(reader: &Reader, params: &SearchParams, found: &SearchPage) -> AnyView {
    view! {
        {spelling(reader, params, found)}
        {understood(reader, params, found)}
        {(found.relaxed && !found.items.is_empty()).then(|| relaxed(reader, params))}
    }
    .into_any()
}

fn spelling(reader: &Reader, params: &SearchParams, found: &SearchPage) -> Option<AnyView> {
    let t = reader.texts();
    let better = found.did_you_mean.as_ref()?;
    let corrected = SearchParams {
        q: better.text.clone(),
        page: 1,
        ..params.clone()
    };
    let count = t.fill("did-you-mean-count", &[("count", better.total.into())]);
    let view = view! {
        <p class="notice notice--info" role="note">
            {t.text("did-you-mean")} " "
            <a href=reader.search_link(&corrected)><strong>{better.text.clone()}</strong></a> " " {count}
        </p>
    };
    Some(view.into_any())
}

fn understood(reader: &Reader, params: &SearchParams, found: &SearchPage) -> Option<AnyView> {
    let t = reader.texts();
    if found.understood.is_empty() {
        return None;
    }
    let entry = |place: usize| {
        let (property, value, words) = &found.understood[place];
        let label = value_label(reader, property, value);
        let text = t.fill(
            "understood",
            &[("words", words.as_str().into()), ("value", label.into())],
        );
        view! {
            <li>
                {text} " "
                <a rel="nofollow" href=reader.search_link(&without(params, found, place))>{t.text("understood-off")}</a>
            </li>
        }
    };
    let entries = (0..found.understood.len()).map(entry).collect_view();
    Some(view! { <ul class="notice notice--info notice--list">{entries}</ul> }.into_any())
}

/// The words taken as they are, with every understood filter but one.
fn without(params: &SearchParams, found: &SearchPage, place: usize) -> SearchParams {
    let mut next = SearchParams {
        verbatim: true,
        page: 1,
        ..params.clone()
    };
    for (other, (property, value, _)) in found.understood.iter().enumerate() {
        if other != place {
            next.add(property, value);
        }
    }
    next
}

fn relaxed(reader: &Reader, params: &SearchParams) -> AnyView {
    let t = reader.texts();
    let fewer = (!active(reader, params).is_empty()).then(|| t.text("relaxed-filters"));
    view! { <p class="notice notice--info" role="note">{t.text("relaxed")} " " {fewer}</p> }
        .into_any()
}
