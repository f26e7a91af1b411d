//! One group of filters, with counts.

use khue_content::search::{Facet, FacetValue, SearchParams};
use leptos::prelude::*;

use super::concept::{property_label, value_label};
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
    // "One more" would take the room of the one.
    let shown = if tops.len() > SHOWN + 1 {
        SHOWN
    } else {
        tops.len()
    };
    let (shown, more) = tops.split_at(shown);
    let rest = (!more.is_empty()).then(|| {
        let count = reader
            .texts()
            .fill("facet-more", &[("count", more.len().into())]);
        let open = more.iter().any(|value| group.is_chosen(value, 0));
        group.details("facet__more", "more", count, (open, more, 0))
    });
    let view = view! {
        <details class="facet" id=format!("facet-{}", facet.name) open=open>
            <summary>{property_label(reader, &facet.name)}</summary>
            {group.list(shown, 0)}
            {rest}
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
        values.iter().filter(is_top).collect()
    }

    fn narrower(self, value: &FacetValue) -> Vec<&'a FacetValue> {
        let values = self.facet.values.iter();
        values
            .filter(|other| other.broader.as_ref() == Some(&value.value))
            .collect()
    }

    /// Whether a value or a narrower one is on.
    fn is_chosen(self, value: &FacetValue, depth: usize) -> bool {
        let below = |other: &&FacetValue| self.is_chosen(other, depth + 1);
        value.selected || depth < DEEPEST && self.narrower(value).iter().any(below)
    }

    fn list(self, values: &[&FacetValue], depth: usize) -> AnyView {
        let branches = values.iter().map(|value| self.branch(value, depth));
        view! { <ul class="facet__list">{branches.collect_view()}</ul> }.into_any()
    }

    /// A value, its narrower ones behind a line that opens.
    fn branch(self, value: &FacetValue, depth: usize) -> AnyView {
        let narrower = self.narrower(value);
        let below = (!narrower.is_empty() && depth < DEEPEST).then(|| {
            let label = value_label(self.reader, &self.facet.name, &value.value);
            let text = self.reader.texts().fill(
                "facet-narrower",
                &[("name", label.into()), ("count", narrower.len().into())],
            );
            let open = self.is_chosen(value, depth);
            self.details(
                "facet__narrower",
                tail(value),
                text,
                (open, &narrower, depth + 1),
            )
        });
        let link = item(self.reader, self.params, &self.facet.name, value);
        view! { <li>{link} {below}</li> }.into_any()
    }

    fn details(
        self,
        class: &'static str,
        name: &str,
        summary: String,
        (open, values, depth): (bool, &[&FacetValue], usize),
    ) -> AnyView {
        let id = format!("facet-{}-{name}", self.facet.name);
        view! {
            <details class=class id=id open=open><summary>{summary}</summary>{self.list(values, depth)}</details>
        }
        .into_any()
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
