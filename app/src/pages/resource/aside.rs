//! Beside the text: files, licence, facts, citation, wholes, translations, origin.

use khue_content::Origin;
use leptos::prelude::*;

use super::{cite, facts, files, language_of, license};
use crate::components::{card, fact_list};
use crate::reader::{Reader, is_web};
use crate::services::{ResourceView, Translation, Whole};
use crate::wording;

/// The cards.
pub fn aside(reader: &Reader, resource: &ResourceView, collected: Option<AnyView>) -> AnyView {
    view! {
        <aside class="resource-aside" aria-label=reader.texts().text("about-resource")>
            {files::files(reader, resource)}
            {license::license(reader, resource)}
            {facts::facts(reader, resource)}
            {wholes(reader, resource)}
            {collected}
            {translations(reader, resource)}
            {cite::cite(reader, resource)}
            {origin(reader, resource)}
        </aside>
    }
    .into_any()
}

fn wholes(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    let t = reader.texts();
    if resource.wholes.is_empty() {
        return None;
    }
    let place = |whole: &Whole| {
        let position = whole.link.position.filter(|_| whole.total > 0)?;
        let values = [("position", position.into()), ("total", whole.total.into())];
        Some(t.fill("part-position", &values))
    };
    let entry = |whole: &Whole| {
        let lang = language_of(reader, resource);
        view! {
            <li>
                <a href=reader.resource_link(&whole.link.id) lang=lang>{whole.link.name.clone()}</a> " "
                <span>{place(whole)}</span>
            </li>
        }
    };
    let list = view! { <ul>{resource.wholes.iter().map(entry).collect_view()}</ul> };
    Some(card("card", t.text("part-of"), list.into_any()))
}

fn translations(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    if resource.translations.is_empty() {
        return None;
    }
    let entry = |other: &Translation| {
        let address = if is_web(&other.id) {
            other.id.clone()
        } else {
            reader.resource_link(&other.id)
        };
        let language = wording::language_name(reader.language, &other.in_language);
        view! {
            <li>
                <a href=address hreflang=other.in_language.clone() lang=reader.foreign(&other.in_language)>
                    {other.name.clone()}
                </a>
                " (" {language} ")"
            </li>
        }
    };
    let list = view! { <ul>{resource.translations.iter().map(entry).collect_view()}</ul> };
    Some(card(
        "card",
        reader.texts().text("translations"),
        list.into_any(),
    ))
}

/// Where the record comes from and when it was changed.
fn origin(reader: &Reader, resource: &ResourceView) -> AnyView {
    let t = reader.texts();
    let provenance = &resource.record.provenance;
    let text = |text: &str| text.to_owned().into_any();
    let came = match provenance.origin {
        Origin::Imported => "origin-imported",
        Origin::Harvested => "origin-harvested",
        Origin::Submitted => "origin-submitted",
        Origin::Shipped => "origin-shipped",
    };
    let mut rows = vec![(t.text("origin-how"), text(t.text(came)))];
    if !provenance.source.is_empty() {
        rows.push((t.text("property-source"), text(&provenance.source)));
        rows.push((
            t.text("origin-identifier"),
            view! { <code>{provenance.identifier.clone()}</code> }.into_any(),
        ));
    }
    if !resource.changed_at.is_empty() {
        let day = wording::date(reader.language, &resource.changed_at);
        rows.push((t.text("origin-changed"), text(&day)));
    }
    let version = t.fill("origin-version", &[("version", resource.version.into())]);
    rows.push((t.text("origin-record"), text(&version)));
    card("card", t.text("origin"), fact_list(rows))
}
