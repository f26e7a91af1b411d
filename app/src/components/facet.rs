//! One group of filters, with counts.

use khue_content::search::{Facet, FacetValue, SearchParams};
use leptos::prelude::*;

use super::concept::{place, property_label, value_label};
use crate::reader::Reader;
use crate::wording;

/// Values that are shown before "more".
const SHOWN: usize = 8;
/// Deepest level of a vocabulary that is shown: one that goes in circles would never end.
const DEEPEST: usize = 4;

/// A group of links that switch values on and off; nothing where there is nothing to choose.
pub fn facet(reader: &Reader, params: &SearchParams, facet: &Facet) -> Option<AnyView> {
    let group = Group {
        reader,
        params,
        facet,
    };
    let tops = group.tops();
    if tops.is_empty() {
        return None;
    }
    let open = facet.values.iter().any(|value| value.selected)
        || matches!(
            facet.name.as_str(),
            "about" | "educationalLevel" | "learningResourceType"
        );
    let tree = facet.values.iter().any(|value| group.has_narrower(value));
    let class = if tree { "facet facet--tree" } else { "facet" };
    let view = view! {
        <details class=class id=format!("facet-{}", facet.name) open=open>
            <summary>{property_label(reader, &facet.name)}</summary>
            {group.list(&tops, 0, "")}
        </details>
    };
    Some(view.into_any())
}

/// One facet of one search.
#[derive(Clone, Copy)]
struct Group<'a> {
    reader: &'a Reader,
    params: &'a SearchParams,
    facet: &'a Facet,
}

impl<'a> Group<'a> {
    /// Values with no wider one among the values.
    fn tops(self) -> Vec<&'a FacetValue> {
        let values = &self.facet.values;
        let known = |uri: &String| values.iter().any(|value| &value.value == uri);
        let is_top = |value: &&FacetValue| !value.broader.as_ref().is_some_and(known);
        self.in_order(values.iter().filter(is_top).collect())
    }

    /// Levels in the order of school; everything else as it was counted, the largest first.
    fn in_order(self, mut values: Vec<&'a FacetValue>) -> Vec<&'a FacetValue> {
        if self.facet.name == "educationalLevel" {
            values.sort_by_key(|value| place("educationalLevel", &value.value));
        }
        values
    }

    fn narrower(self, value: &FacetValue) -> Vec<&'a FacetValue> {
        let under = |other: &&FacetValue| other.broader.as_ref() == Some(&value.value);
        self.in_order(self.facet.values.iter().filter(under).collect())
    }

    fn has_narrower(self, value: &FacetValue) -> bool {
        let mut values = self.facet.values.iter();
        values.any(|other| other.broader.as_ref() == Some(&value.value))
    }

    /// Whether a branch is open without anybody having opened it: something in it is on, or it is the
    /// largest branch of a search in which nothing is on yet.
    fn is_open(self, value: &FacetValue, depth: usize) -> bool {
        let values = self.facet.values.iter();
        let branches = values.filter(|other| self.has_narrower(other));
        let largest = branches.map(|other| other.count).max();
        let untouched = depth == 0 && !self.facet.values.iter().any(|other| other.selected);
        self.is_chosen(value, depth) || untouched && largest == Some(value.count)
    }

    /// Whether a value or a narrower one is on.
    fn is_chosen(self, value: &FacetValue, depth: usize) -> bool {
        let below = |other: &&FacetValue| self.is_chosen(other, depth + 1);
        value.selected || depth < DEEPEST && self.narrower(value).iter().any(below)
    }

    /// Values, the rest of many behind a line that opens. `below` tells the lists of one group apart.
    fn list(self, values: &[&FacetValue], depth: usize, below: &str) -> AnyView {
        // "One more" would take the room of the one.
        let shown = if values.len() > SHOWN + 1 {
            SHOWN
        } else {
            values.len()
        };
        let (shown, more) = values.split_at(shown);
        view! { {self.branches(shown, depth)} {self.rest(more, depth, below)} }.into_any()
    }

    fn branches(self, values: &[&FacetValue], depth: usize) -> AnyView {
        let branches = values.iter().map(|value| self.branch(value, depth));
        view! { <ul class="facet__list">{branches.collect_view()}</ul> }.into_any()
    }

    fn rest(self, values: &[&FacetValue], depth: usize, below: &str) -> Option<AnyView> {
        if values.is_empty() {
            return None;
        }
        let texts = self.reader.texts();
        let count = texts.fill("facet-more", &[("count", values.len().into())]);
        let open = values.iter().any(|value| self.is_chosen(value, depth));
        let id = format!("facet-{}-{below}more", self.facet.name);
        let view = view! {
            <details class="facet__more" id=id open=open>
                <summary>{count}</summary>
                {self.branches(values, depth)}
            </details>
        };
        Some(view.into_any())
    }

    /// A value, its narrower ones behind an arrow that opens.
    fn branch(self, value: &FacetValue, depth: usize) -> AnyView {
        let narrower = self.narrower(value);
        let below = (!narrower.is_empty() && depth < DEEPEST).then(|| {
            let label = value_label(self.reader, &self.facet.name, &value.value);
            let text = self.reader.texts().fill(
                "facet-narrower",
                &[("name", label.into()), ("count", narrower.len().into())],
            );
            let id = format!("facet-{}-{}", self.facet.name, tail(value));
            view! {
                <details class="facet__narrower" id=id open=self.is_open(value, depth)>
                    <summary><span class="visually-hidden">{text}</span></summary>
                    {self.list(&narrower, depth + 1, &format!("{}-", tail(value)))}
                </details>
            }
        });
        let link = item(self.reader, self.params, &self.facet.name, value);
        view! { <li>{link} {below}</li> }.into_any()
    }
}

/// The last part of a value's address.
fn tail(value: &FacetValue) -> &str {
    value.value.rsplit('/').next().unwrap_or_default()
}

/// A link that switches a value on or off.
fn item(reader: &Reader, params: &SearchParams, property: &str, value: &FacetValue) -> AnyView {
    let t = reader.texts();
    let prefix = if value.selected {
        t.text("filter-off")
    } else {
        t.text("filter-on")
    };
    view! {
        <a class="facet__item" id=format!("f-{property}-{}", tail(value)) rel="nofollow"
            aria-current=value.selected.then_some("true")
            href=reader.search_link(&params.toggled(property, &value.value))>
            <span class="visually-hidden">{prefix} " "</span>
            <span class="facet__name">{value_label(reader, property, &value.value)}</span>
            " "
            <span class="facet__count">{wording::number(reader.language, value.count)}</span>
        </a>
    }
    .into_any()
}
