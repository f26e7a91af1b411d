//! Nothing found: ways on.

use khue_content::search::SearchParams;
use khue_content::vocabulary::{self, Concept};
use leptos::prelude::*;

use crate::components::{active, narrower, notation};
use crate::reader::Reader;

/// Subjects that are offered.
const OFFERED: usize = 6;

/// What to try next.
pub fn empty(reader: &Reader, params: &SearchParams) -> AnyView {
    let t = reader.texts();
    view! {
        <section class="empty-state" aria-labelledby="empty-title">
            <h2 class="empty-state__title" id="empty-title">{t.text("empty-title")}</h2>
            <ul class="empty-state__hints">
                {without_filters(reader, params)}
                <li>{t.text("empty-spelling")}</li>
                <li>{t.text("empty-fewer-words")}</li>
                <li><a href=reader.link("/help")>{t.text("empty-help")}</a></li>
            </ul>
            <h3>{t.text("empty-subjects")}</h3>
            <ul class="chip-list">{subjects(reader, &params.q)}</ul>
        </section>
    }
    .into_any()
}

fn without_filters(reader: &Reader, params: &SearchParams) -> AnyView {
    let t = reader.texts();
    let filters = active(reader, params);
    let entry = |(name, without): (String, SearchParams)| {
        let text = t.fill("empty-without", &[("filter", name.into())]);
        view! { <li><a rel="nofollow" href=reader.search_link(&without)>{text}</a></li> }
    };
    filters.into_iter().map(entry).collect_view().into_any()
}

/// Subjects that share a word with the search, else the groups of subjects.
fn subjects(reader: &Reader, words: &str) -> AnyView {
    let near = nearest(words);
    let offered = if near.is_empty() {
        narrower("about", None)
    } else {
        near
    };
    let entry = |concept: &'static Concept| {
        let path = format!("/browse/{}", notation(concept));
        view! { <li><a class="chip" href=reader.link(&path)>{concept.label(reader.code())}</a></li> }
    };
    offered
        .into_iter()
        .take(OFFERED)
        .map(entry)
        .collect_view()
        .into_any()
}

fn nearest(words: &str) -> Vec<&'static Concept> {
    let wanted = words.to_lowercase();
    let wanted: Vec<&str> = wanted
        .split_whitespace()
        .filter(|word| word.chars().count() > 1)
        .collect();
    let concepts = vocabulary::scheme("about").map_or(&[][..], |scheme| &scheme.concepts);
    let mut scored: Vec<(usize, &Concept)> = concepts
        .iter()
        .map(|concept| (shared(concept, &wanted), concept))
        .collect();
    scored.retain(|(shared, _)| *shared > 0);
    scored.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    scored
        .into_iter()
        .map(|(_, concept)| concept)
        .take(OFFERED)
        .collect()
}

/// How many of the words stand in a concept's names.
fn shared(concept: &Concept, wanted: &[&str]) -> usize {
    let names: Vec<String> = concept
        .pref_label
        .values()
        .chain(concept.alt_label.values().flatten())
        .map(|name| name.to_lowercase())
        .collect();
    let stands = |word: &&&str| {
        names
            .iter()
            .any(|name| name.split_whitespace().any(|part| part == **word))
    };
    wanted.iter().filter(stands).count()
}
