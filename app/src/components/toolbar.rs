//! Above the results: how many there are, and their order.

use khue_content::search::{SearchPage, SearchParams, Sort};
use leptos::prelude::*;

use super::facet_panel::hidden_fields;
use crate::reader::Reader;

/// The heading of the page and the order of the results.
pub fn toolbar(reader: &Reader, params: &SearchParams, page: &SearchPage) -> AnyView {
    view! {
        <div class="toolbar">
            <h1 class="toolbar__count" id="results-heading" tabindex="-1">{heading(reader, params, page)}</h1>
            {(page.total > 1).then(|| sort_form(reader, params))}
        </div>
    }
    .into_any()
}

/// How many results for which words.
pub fn heading(reader: &Reader, params: &SearchParams, page: &SearchPage) -> String {
    let t = reader.texts();
    match params.q.trim() {
        words if !has_words(words) => t.fill("results-all", &[("count", page.total.into())]),
        words => t.fill(
            "results-for",
            &[("count", page.total.into()), ("words", words.into())],
        ),
    }
}

/// Whether there is a letter or digit to look for: of signs alone the search makes nothing.
pub fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn sort_form(reader: &Reader, params: &SearchParams) -> AnyView {
    let t = reader.texts();
    let others = SearchParams {
        sort: Sort::Relevance,
        page: 1,
        ..params.clone()
    };
    let orders = [
        (Sort::Relevance, "sort-relevance"),
        (Sort::Newest, "sort-newest"),
        (Sort::Name, "sort-name"),
    ];
    let option = |(sort, key): (Sort, &'static str)| {
        view! { <option value=sort.as_str() selected=sort == params.sort>{t.text(key)}</option> }
    };
    view! {
        <form class="toolbar__sort" action=reader.link("/search")>
            {hidden_fields(&others)}
            <label class="toolbar__label" for="sort">{t.text("sort")}</label>
            <select id="sort" name="sort">{orders.map(option).into_iter().collect_view()}</select>
            <button type="submit" class="button button--small">{t.text("sort-apply")}</button>
        </form>
    }
    .into_any()
}
