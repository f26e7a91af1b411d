//! `/search`: results, filters, and ways on where there are none.

mod empty;
mod notices;

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::search::{SearchPage, SearchParams};
use leptos::prelude::*;

use super::error;
use crate::components::{
    Size, chip_list, facet_panel, fields, heading, last_page, pager, result_card, search_box,
    toolbar,
};
use crate::document::{Head, page};
use crate::reader::{Reader, search_path};

/// The results of a search.
pub async fn show(reader: Reader) -> Response {
    let params = SearchParams::parse(&reader.query);
    match reader
        .services
        .library
        .search(&asked(&reader, &params))
        .await
    {
        Ok(found) => {
            let onward = match found.total == 0 {
                true => empty::Onward::of(&reader, &params).await,
                false => empty::Onward::default(),
            };
            render(&reader, &params, &found, &onward)
        }
        Err(failed) => error::unserved(&reader, &failed),
    }
}

/// Results on a page for those who save data and have not said how many they want.
const FEWER: usize = 10;

/// What is asked for: fewer results where data are saved. Links keep the search as it was typed.
fn asked(reader: &Reader, params: &SearchParams) -> SearchParams {
    let usual = params.size == SearchParams::default().size;
    let size = if reader.saves_data && usual {
        FEWER
    } else {
        params.size
    };
    SearchParams {
        size,
        ..params.clone()
    }
}

fn render(
    reader: &Reader,
    params: &SearchParams,
    found: &SearchPage,
    onward: &empty::Onward,
) -> Response {
    let head = head(reader, params, found);
    let mut response = page(reader, StatusCode::OK, &head, || {
        let loading = reader.texts().text("results-loading");
        view! {
            <div class="container">
                {search_box(reader, Size::Normal, &params.q, kept(params))}
                <p class="visually-hidden" role="status" data-island="live_results" data-loading=loading></p>
                <div class="search-layout" id="results">
                    {toolbar(reader, params, found)}
                    {facet_panel(reader, params, found)}
                    <div class="search-layout__main">
                        {chip_list(reader, params)}
                        {notices::notices(reader, params, found)}
                        {shown(reader, params, found, onward)}
                    </div>
                </div>
            </div>
        }
        .into_any()
    });
    // Completions are made of searches that found what was typed.
    if found.total > 0 && !found.relaxed && found.did_you_mean.is_none() {
        response.extensions_mut().insert(Found);
    }
    response
}

/// The results, or why there are none on this page.
fn shown(
    reader: &Reader,
    params: &SearchParams,
    found: &SearchPage,
    onward: &empty::Onward,
) -> AnyView {
    match (found.items.is_empty(), found.total) {
        (false, _) => list(reader, params, found),
        (true, 0) => empty::empty(reader, params, onward),
        (true, _) => empty::beyond(reader, params, found),
    }
}

/// In the extensions of an answer: the search found what was typed.
#[derive(Clone, Copy, Debug)]
pub struct Found;

/// Filters go along with new words; the page does not.
fn kept(params: &SearchParams) -> Vec<(String, String)> {
    fields(&SearchParams {
        q: String::new(),
        page: 1,
        verbatim: false,
        plain: Vec::new(),
        ..params.clone()
    })
}

fn list(reader: &Reader, params: &SearchParams, found: &SearchPage) -> AnyView {
    let start = (found.page.saturating_sub(1) * found.size + 1).to_string();
    let card = |hit| view! { <li>{result_card(reader, hit)}</li> };
    view! {
        <ol class="result-list" start=start>{found.items.iter().map(card).collect_view()}</ol>
        {pager(reader, params, found)}
    }
    .into_any()
}

fn head(reader: &Reader, params: &SearchParams, found: &SearchPage) -> Head {
    let t = reader.texts();
    let beside = |target: usize| search_path(&params.on_page(target));
    Head {
        query: params.to_query(),
        arrived_at: true,
        hidden: found.total == 0 || !params.filters.is_empty() || found.page > 1,
        previous: (found.page > 1).then(|| beside(found.page - 1)),
        next: (found.page < last_page(found)).then(|| beside(found.page + 1)),
        ..Head::new(heading(reader, params, found), t.text("search-description"))
    }
}
