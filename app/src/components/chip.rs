//! Filters that are on, each with a way off.

use khue_content::search::SearchParams;
use leptos::prelude::*;

use super::concept::{property_label, value_label};
use super::icon::icon;
use crate::reader::Reader;
use crate::wording;

/// The filters of a search as links that take one of them away.
pub fn chip_list(reader: &Reader, params: &SearchParams) -> Option<AnyView> {
    let t = reader.texts();
    let chips = active(reader, params);
    if chips.is_empty() {
        return None;
    }
    let chip = |(name, without): (String, SearchParams)| {
        view! {
            <li>
                <a class="chip" rel="nofollow" href=reader.search_link(&without)>
                    <span class="visually-hidden">{t.text("filter-off")} " "</span>
                    {name} {icon(reader, "close")}
                </a>
            </li>
        }
    };
    let none = SearchParams {
        q: params.q.clone(),
        sort: params.sort,
        ..SearchParams::default()
    };
    let view = view! {
        <ul class="chip-list" aria-label=t.text("filters-active")>
            {chips.into_iter().map(chip).collect_view()}
            <li><a class="chip chip--clear" rel="nofollow" href=reader.search_link(&none)>{t.text("filters-clear")}</a></li>
        </ul>
    };
    Some(view.into_any())
}

/// Every filter that is on: its name, and the search without it.
pub fn active(reader: &Reader, params: &SearchParams) -> Vec<(String, SearchParams)> {
    let t = reader.texts();
    let first = SearchParams {
        page: 1,
        ..params.clone()
    };
    let mut chips = Vec::new();
    for (property, values) in &params.filters {
        for value in values {
            let name = format!(
                "{}: {}",
                property_label(reader, property),
                value_label(reader, property, value)
            );
            chips.push((name, params.toggled(property, value)));
        }
    }
    if params.adaptable {
        chips.push((
            t.text("filter-adaptable").to_owned(),
            SearchParams {
                adaptable: false,
                ..first.clone()
            },
        ));
    }
    let dated =
        |key, day: &str| t.fill(key, &[("date", wording::date(reader.language, day).into())]);
    if let Some(day) = &params.from {
        chips.push((
            dated("filter-from", day),
            SearchParams {
                from: None,
                ..first.clone()
            },
        ));
    }
    if let Some(day) = &params.to {
        chips.push((dated("filter-to", day), SearchParams { to: None, ..first }));
    }
    chips
}
