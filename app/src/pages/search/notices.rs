//! What the search has made of the words, each with a way to have it otherwise.

use khue_content::search::{SearchPage, SearchParams};
use leptos::prelude::*;

use crate::components::{active, has_words, icon, property_label, value_label};
use crate::reader::Reader;

/// Spelling, understood filters, relaxed words.
pub fn notices(reader: &Reader, params: &SearchParams, found: &SearchPage) -> AnyView {
    view! {
        {no_words(reader, params)}
        {spelling(reader, params, found)}
        {understood(reader, params, found)}
        {(found.relaxed && !found.items.is_empty()).then(|| relaxed(reader, params))}
    }
    .into_any()
}

/// Signs were typed, and no word.
fn no_words(reader: &Reader, params: &SearchParams) -> Option<AnyView> {
    let typed = params.q.trim();
    if typed.is_empty() || has_words(typed) {
        return None;
    }
    let text = reader
        .texts()
        .fill("results-no-words", &[("words", typed.into())]);
    Some(view! { <p class="notice notice--info" role="note">{text}</p> }.into_any())
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
            {t.text(if better.applied { "results-corrected" } else { "did-you-mean" })} " "
            <a href=reader.search_link(&corrected)><strong>{better.text.clone()}</strong></a> " " {count}
        </p>
    };
    Some(view.into_any())
}

/// Filters that were read out of the words, each with a way off; how many results pass them.
fn understood(reader: &Reader, params: &SearchParams, found: &SearchPage) -> Option<AnyView> {
    let t = reader.texts();
    if found.understood.is_empty() {
        return None;
    }
    let chip = |one: Understood| {
        let labels: Vec<String> = one
            .values
            .iter()
            .map(|value| value_label(reader, one.property, value))
            .collect();
        let off = SearchParams {
            plain: with(&params.plain, one.property),
            page: 1,
            ..params.clone()
        };
        view! {
            <li>
                <a class="chip" rel="nofollow" href=reader.search_link(&off)>
                    <span class="visually-hidden">{t.text("filter-off")} " "</span>
                    {property_label(reader, one.property)} ": " {labels.join(", ")}
                    {icon(reader, "close")}
                </a>
            </li>
        }
    };
    let exactly = SearchParams {
        verbatim: true,
        page: 1,
        ..params.clone()
    };
    let chips = grouped(found).into_iter().map(chip).collect_view();
    let view = view! {
        <div class="understood" role="group" aria-labelledby="understood-title">
            <p class="understood__title" id="understood-title">{t.text("understood")}</p>
            <ul class="chip-list">
                {chips}
                <li><a class="chip chip--clear" rel="nofollow" href=reader.search_link(&exactly)>{t.text("understood-off")}</a></li>
            </ul>
            {(found.as_understood > 0 && found.as_understood < found.total).then(|| first_ones(reader, params, found))}
        </div>
    };
    Some(view.into_any())
}

/// How many results pass what was understood, and the way to see no others.
fn first_ones(reader: &Reader, params: &SearchParams, found: &SearchPage) -> AnyView {
    let t = reader.texts();
    let mut only = SearchParams {
        page: 1,
        ..params.clone()
    };
    for (property, value, _) in &found.understood {
        only.add(property, value);
    }
    let text = t.fill("understood-first", &[("count", found.as_understood.into())]);
    view! {
        <p class="understood__note">
            {text} " " <a rel="nofollow" href=reader.search_link(&only)>{t.text("understood-only")}</a>
        </p>
    }
    .into_any()
}

/// An understood filter as it is shown: one chip for all values that the same words mean.
struct Understood<'a> {
    property: &'a str,
    values: Vec<&'a str>,
}

fn grouped(found: &SearchPage) -> Vec<Understood<'_>> {
    let mut groups: Vec<Understood> = Vec::new();
    for (property, value, _) in &found.understood {
        match groups.iter_mut().find(|group| group.property == property) {
            Some(group) if group.values.contains(&value.as_str()) => {}
            Some(group) => group.values.push(value),
            None => groups.push(Understood {
                property,
                values: vec![value],
            }),
        }
    }
    groups
}

fn with(properties: &[String], another: &str) -> Vec<String> {
    let others = properties.iter().filter(|property| *property != another);
    others.cloned().chain([another.to_owned()]).collect()
}

fn relaxed(reader: &Reader, params: &SearchParams) -> AnyView {
    let t = reader.texts();
    let fewer = (!active(reader, params).is_empty()).then(|| t.text("relaxed-filters"));
    view! { <p class="notice notice--info" role="note">{t.text("relaxed")} " " {fewer}</p> }
        .into_any()
}
