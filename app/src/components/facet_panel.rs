//! All filters of a search.

use khue_content::search::{SearchPage, SearchParams};
use leptos::prelude::*;

use super::chip::active;
use super::facet::facet;
use super::icon::icon;
use crate::reader::Reader;
use crate::wording;

/// The groups of filters, in one box that small screens keep closed.
pub fn facet_panel(reader: &Reader, params: &SearchParams, page: &SearchPage) -> AnyView {
    let t = reader.texts();
    let count = active(reader, params).len();
    let groups = page
        .facets
        .iter()
        .filter_map(|group| facet(reader, params, group))
        .collect_view();
    let number = (count > 0).then(|| {
        view! { <span class="facet__count">{wording::number(reader.language, count)}</span> }
    });
    view! {
        <details class="facet-panel" id="facets">
            <summary class="facet-panel__summary">{icon(reader, "filter")} " " {t.text("filters")} " " {number}</summary>
            <div class="facet-panel__body" role="group" aria-label=t.text("filters")>
                {groups} {reuse(reader, params, page.adaptable)} {days(reader, params)}
            </div>
        </details>
    }
    .into_any()
}

/// Only what may be changed and passed on.
fn reuse(reader: &Reader, params: &SearchParams, count: usize) -> AnyView {
    let t = reader.texts();
    let other = SearchParams {
        adaptable: !params.adaptable,
        page: 1,
        ..params.clone()
    };
    let prefix = if params.adaptable {
        t.text("filter-off")
    } else {
        t.text("filter-on")
    };
    view! {
        <details class="facet" id="facet-adaptable" open=true>
            <summary>{t.text("property-adaptable")}</summary>
            <ul class="facet__list">
                <li>
                    <a class="facet__item" id="f-adaptable" rel="nofollow" href=reader.search_link(&other)
                        aria-current=params.adaptable.then_some("true")>
                        <span class="visually-hidden">{prefix} " "</span>
                        <span class="facet__name">{t.text("filter-adaptable")}</span>
                        " "
                        <span class="facet__count">{wording::number(reader.language, count)}</span>
                    </a>
                </li>
            </ul>
        </details>
    }
    .into_any()
}

/// Days of publication, as a small form.
fn days(reader: &Reader, params: &SearchParams) -> AnyView {
    let t = reader.texts();
    let others = SearchParams {
        from: None,
        to: None,
        page: 1,
        ..params.clone()
    };
    let field = |name: &'static str, key, value: &Option<String>| {
        let id = format!("day-{name}");
        view! {
            <div class="field">
                <label for=id.clone()>{t.text(key)}</label>
                <input type="date" id=id name=name value=value.clone()/>
            </div>
        }
    };
    view! {
        <details class="facet" id="facet-days" open=params.from.is_some() || params.to.is_some()>
            <summary>{t.text("property-datePublished")}</summary>
            <form class="form" action=reader.link("/search")>
                {hidden_fields(&others)}
                {field("from", "date-from", &params.from)}
                {field("to", "date-to", &params.to)}
                <button type="submit" class="button button--small">{t.text("filter-apply")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// A search as hidden fields of a form.
pub fn hidden_fields(params: &SearchParams) -> AnyView {
    let field =
        |(name, value): (String, String)| view! { <input type="hidden" name=name value=value/> };
    fields(params)
        .into_iter()
        .map(field)
        .collect_view()
        .into_any()
}

/// A search as names and values.
pub fn fields(params: &SearchParams) -> Vec<(String, String)> {
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    let query = params.to_query();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}
