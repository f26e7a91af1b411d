//! Nothing found: ways on.

use khue_content::search::{SearchPage, SearchParams};
use khue_content::vocabulary::{self, Concept};
use leptos::prelude::*;

use crate::components::{active, icon, last_page, school_subjects, subject_path};
use crate::reader::Reader;

/// Subjects that are offered.
const OFFERED: usize = 8;

/// Filters that are tried without.
const TRIED: usize = 6;

/// A search that would find something: the filter that it does without, the search, its results.
pub struct Way {
    filter: String,
    params: SearchParams,
    total: usize,
}

/// What to say where nothing was found.
#[derive(Default)]
pub struct Onward {
    ways: Vec<Way>,
    /// Changes of the library that cannot be found yet.
    waiting: u64,
}

impl Onward {
    /// Looks for ways on.
    pub async fn of(reader: &Reader, params: &SearchParams) -> Self {
        Self {
            ways: ways(reader, params).await,
            // A count that cannot be had is left out: the page stands without it.
            waiting: reader.services.library.waiting().await.unwrap_or(0),
        }
    }
}

/// The same search without one of its filters each, and without any, where that finds something.
async fn ways(reader: &Reader, params: &SearchParams) -> Vec<Way> {
    let mut tried = active(reader, params);
    tried.truncate(TRIED);
    if tried.len() > 1 {
        let all = reader.texts().text("empty-all-filters").to_owned();
        tried.push((all, without_filters(params)));
    }
    let mut ways = Vec::new();
    for (filter, params) in tried {
        let asked = SearchParams {
            size: 1,
            ..params.clone()
        };
        // A way that cannot be tried is left out: the page stands without it.
        let total = reader
            .services
            .library
            .search(&asked)
            .await
            .map_or(0, |page| page.total);
        if total > 0 {
            ways.push(Way {
                filter,
                params,
                total,
            });
        }
    }
    ways
}

fn without_filters(params: &SearchParams) -> SearchParams {
    SearchParams {
        q: params.q.clone(),
        sort: params.sort,
        verbatim: params.verbatim,
        ..SearchParams::default()
    }
}

/// What to try next.
pub fn empty(reader: &Reader, params: &SearchParams, onward: &Onward) -> AnyView {
    let t = reader.texts();
    let ways = &onward.ways;
    let waiting =
        (onward.waiting > 0).then(|| t.fill("empty-waiting", &[("count", onward.waiting.into())]));
    view! {
        <section class="empty-state" aria-labelledby="empty-title">
            <h2 class="empty-state__title" id="empty-title">{icon(reader, "search")} {t.text("empty-title")}</h2>
            {waiting.map(|text| view! { <p class="notice notice--info" role="status">{text}</p> })}
            {(!ways.is_empty()).then(|| view! {
                <ul class="empty-state__ways">{ways.iter().map(|way| without(reader, way)).collect_view()}</ul>
            })}
            <ul class="empty-state__hints">
                <li>{t.text("empty-spelling")}</li>
                <li>{t.text("empty-fewer-words")}</li>
                <li><a href=reader.link("/help")>{t.text("empty-help")}</a></li>
            </ul>
            <h3 class="empty-state__more">{t.text("empty-subjects")}</h3>
            <ul class="chip-list">{subjects(reader, &params.q)}</ul>
        </section>
    }
    .into_any()
}

fn without(reader: &Reader, way: &Way) -> AnyView {
    let values = [
        ("filter", way.filter.as_str().into()),
        ("count", way.total.into()),
    ];
    let text = reader.texts().fill("empty-without", &values);
    view! { <li><a rel="nofollow" href=reader.search_link(&way.params)>{text}</a></li> }.into_any()
}

/// A page behind the last one: how many there are, and the way there.
pub fn beyond(reader: &Reader, params: &SearchParams, found: &SearchPage) -> AnyView {
    let t = reader.texts();
    let last = last_page(found);
    let text = t.fill("empty-beyond", &[("count", last.into())]);
    let back = reader.search_link(&params.on_page(last));
    view! {
        <section class="empty-state" aria-labelledby="empty-title">
            <h2 class="empty-state__title" id="empty-title">{text}</h2>
            <p><a class="button" href=back>{t.text("empty-beyond-link")}</a></p>
        </section>
    }
    .into_any()
}

/// Subjects that share a word with the search, else those of the school.
fn subjects(reader: &Reader, words: &str) -> AnyView {
    let near = nearest(words);
    let offered = if near.is_empty() {
        school_subjects()
    } else {
        near
    };
    let entry = |concept: &'static Concept| {
        let path = subject_path(&concept.id);
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
    let wanted = vocabulary::plain(words);
    let wanted: Vec<&str> = wanted
        .split_whitespace()
        .filter(|word| word.chars().count() > 1)
        .collect();
    let concepts = vocabulary::scheme("about").map_or(&[][..], |scheme| &scheme.concepts);
    let mut scored: Vec<(usize, &Concept)> = concepts
        .iter()
        .map(|concept| (shared(concept, &wanted), concept))
        .collect();
    // One syllable of several says little: "hợp" of "quang hợp" is in many names.
    let enough = wanted.len().min(2);
    scored.retain(|(shared, _)| *shared > 0 && *shared >= enough);
    scored.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    scored
        .into_iter()
        .map(|(_, concept)| concept)
        .take(OFFERED)
        .collect()
}

/// How many of the words stand in a concept's names, marks aside.
fn shared(concept: &Concept, wanted: &[&str]) -> usize {
    let names: Vec<String> = concept
        .pref_label
        .values()
        .chain(concept.alt_label.values().flatten())
        .map(|name| vocabulary::plain(name))
        .collect();
    let stands = |word: &&&str| {
        names
            .iter()
            .any(|name| name.split_whitespace().any(|part| part == **word))
    };
    wanted.iter().filter(stands).count()
}
