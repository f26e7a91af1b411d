//! The licence in plain words, and the line that credits the makers.

use khue_content::license::{self, Stated, permits};
use khue_content::vocabulary::{self, Concept};
use leptos::prelude::*;

use super::adapting::adapting;
use crate::components::{card, copy_button, short_label};
use crate::reader::{Reader, is_web, resource_path};
use crate::services::ResourceView;

/// A fact of a licence, the answer that is worth a line, its class and its text.
const LINES: &[(&str, bool, &str, &str)] = &[
    (
        "permitsSharing",
        true,
        "licence-card__may--yes",
        "license-may-share",
    ),
    (
        "permitsSharing",
        false,
        "licence-card__may--no",
        "license-may-not-share",
    ),
    (
        "permitsAdaptation",
        true,
        "licence-card__may--yes",
        "license-may-adapt",
    ),
    (
        "permitsAdaptation",
        false,
        "licence-card__may--no",
        "license-may-not-adapt",
    ),
    (
        "permitsCommercialUse",
        true,
        "licence-card__may--yes",
        "license-may-sell",
    ),
    (
        "permitsCommercialUse",
        false,
        "licence-card__may--no",
        "license-may-not-sell",
    ),
    (
        "requiresAttribution",
        true,
        "licence-card__may--must",
        "license-must-credit",
    ),
    (
        "requiresShareAlike",
        true,
        "licence-card__may--must",
        "license-must-share-alike",
    ),
];

/// The card of the licence.
pub fn license(reader: &Reader, resource: &ResourceView) -> AnyView {
    let t = reader.texts();
    let concept = resource
        .record
        .license
        .as_deref()
        .and_then(vocabulary::concept);
    let content = match concept {
        Some(license) => known(reader, resource, license),
        None => {
            view! { <p>{t.text("license-not-stated")}</p> {adapting(reader, resource)} }.into_any()
        }
    };
    let shared = concept.and_then(|license| permits(license, "permitsSharing"));
    let class = match shared {
        Some(true) => "card licence-card",
        _ => "card licence-card licence-card--closed",
    };
    view! { <div id="licence">{card(class, t.text("property-license"), content)}</div> }.into_any()
}

fn known(reader: &Reader, resource: &ResourceView, license: &'static Concept) -> AnyView {
    let t = reader.texts();
    let line = |(fact, answer, class, key): &(&str, bool, &'static str, &'static str)| {
        (permits(license, fact) == Some(*answer))
            .then(|| view! { <li class=*class>{t.text(key)}</li> })
    };
    let words = license
        .definition
        .get(reader.code())
        .map(|words| view! { <p>{words.as_str()}</p> });
    let stated = &resource.record.provenance.license_as_stated;
    let stated = says_more(stated, license).then(
        || view! { <p>{t.fill("license-as-stated", &[("words", stated.as_str().into())])}</p> },
    );
    view! {
        <p class="licence-card__name">{name(reader, license)}</p>
        {words}
        <ul class="licence-card__may">{LINES.iter().map(line).collect_view()}</ul>
        {stated}
        {attribution(reader, resource, license)}
        {adapting(reader, resource)}
    }
    .into_any()
}

/// Whether the source's words say more than a name or the address of the licence does.
fn says_more(stated: &str, license: &Concept) -> bool {
    let is_name = vocabulary::find("license", stated).is_some_and(|found| found.id == license.id);
    let is_address = is_web(stated)
        && matches!(license::read(stated), Stated::One(found) if found.id == license.id);
    !stated.is_empty() && !is_name && !is_address
}

fn name(reader: &Reader, license: &'static Concept) -> AnyView {
    let name = license.label(reader.code());
    let deed = license
        .facts
        .get("url")
        .and_then(|url| url.as_str())
        .filter(|url| is_web(url));
    match deed {
        Some(deed) => view! { <a rel="license external" href=deed>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

/// The line to put beside a copy of the work.
fn attribution(reader: &Reader, resource: &ResourceView, license: &Concept) -> Option<AnyView> {
    if permits(license, "permitsSharing") != Some(true) {
        return None;
    }
    let t = reader.texts();
    let record = &resource.record;
    // Where no author is stated, the publisher is who can be named.
    let agents = [&record.creator, &record.publisher];
    let makers = agents.into_iter().find(|agents| !agents.is_empty());
    let makers = makers.map_or_else(
        || t.text("license-unnamed").to_owned(),
        |agents| {
            let names: Vec<&str> = agents.iter().map(|agent| agent.name.as_str()).collect();
            names.join(", ")
        },
    );
    let address = reader.absolute(&resource_path(&record.id));
    let text = t.fill(
        "license-credit",
        &[
            ("name", record.name.as_str().into()),
            ("makers", makers.into()),
            ("license", short_label(reader, &license.id).into()),
            ("address", address.into()),
        ],
    );
    let view = view! {
        <h3>{t.text("license-credit-title")}</h3>
        <div class="cite-box">
            <p class="cite-box__text" id="attribution">{text}</p>
            <div class="cite-box__actions">
                {copy_button(reader, "attribution", "copy")}
            </div>
        </div>
    };
    Some(view.into_any())
}
