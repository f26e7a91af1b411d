//! One group of filters, with counts.

use khue_content::search::{Facet, FacetValue, SearchParams};
use leptos::prelude::*;

use super::concept::{property_label, value_label};
use crate::reader::Reader;
use crate::wording;

/// Values that are shown before "more".
const SHOWN: usize = 9;

/// A group of links that switch values on and off; nothing where there is nothing to choose.
pub fn facet(reader: &Reader, params: &SearchParams, facet: &Facet) -> Option<AnyView> {
    let rows = in_order(&facet.values);
    if rows.is_empty() {
        return None;
    }
    let chosen = |rows: &[(usize, &FacetValue)]| rows.iter().any(|(_, value)| value.selected);
    let (shown, more) = rows.split_at(rows.len().min(SHOWN));
    let open = chosen(&rows)
        || matches!(
            facet.name.as_str(),
            "about" | "educationalLevel" | "learningResourceType"
        );
    let list = |rows: &[(usize, &FacetValue)]| {
        let items = rows
            .iter()
            .map(|(depth, value)| item(reader, params, &facet.name, *depth, value));
        view! { <ul class="facet__list">{items.collect_view()}</ul> }
    };
    let rest = (!more.is_empty()).then(|| {
        let count = reader.texts().fill("facet-more", &[("count", more.len().into())]);
        let id = format!("facet-{}-more", facet.name);
        view! {
            <details class="facet__more" id=id open=chosen(more)><summary>{count}</summary>{list(more)}</details>
        }
    });
    let view = view! {
        <details class="facet" id=format!("facet-{}", facet.name) open=open>
            <summary>{property_label(reader, &facet.name)}</summary>
            {list(shown)}
            {rest}
        </details>
    };
    Some(view.into_any())
}

/// The values with each wider one before its narrower ones: (depth, value).
fn in_order(values: &[FacetValue]) -> Vec<(usize, &FacetValue)> {
    let known = |uri: &String| values.iter().any(|value| &value.value == uri);
    let is_top = |value: &&FacetValue| !value.broader.as_ref().is_some_and(known);
    let mut rows = Vec::with_capacity(values.len());
    for top in values.iter().filter(is_top) {
        push_with_narrower(values, top, 0, &mut rows);
    }
    rows
}

fn push_with_narrower<'a>(
    values: &'a [FacetValue],
    value: &'a FacetValue,
    depth: usize,
    rows: &mut Vec<(usize, &'a FacetValue)>,
) {
    // A vocabulary that goes in circles would never end.
    if depth > 4 {
        return;
    }
    rows.push((depth, value));
    for narrower in values
        .iter()
        .filter(|other| other.broader.as_ref() == Some(&value.value))
    {
        push_with_narrower(values, narrower, depth + 1, rows);
    }
}

fn item(
    reader: &Reader,
    params: &SearchParams,
    property: &str,
    depth: usize,
    value: &FacetValue,
) -> AnyView {
    let t = reader.texts();
    let prefix = if value.selected {
        t.text("filter-off")
    } else {
        t.text("filter-on")
    };
    let tail = value.value.rsplit('/').next().unwrap_or_default();
    view! {
        <li data-depth=(depth > 0).then_some(depth.min(3))>
            <a class="facet__item" id=format!("f-{property}-{tail}") rel="nofollow"
                aria-current=value.selected.then_some("true")
                href=reader.search_link(&params.toggled(property, &value.value))>
                <span class="visually-hidden">{prefix} " "</span>
                <span class="facet__name">{value_label(reader, property, &value.value)}</span>
                " "
                <span class="facet__count">{wording::number(reader.language, value.count)}</span>
            </a>
        </li>
    }
    .into_any()
}
