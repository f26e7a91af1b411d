//! Name, makers, summary, and what can be done first.

use leptos::prelude::*;

use super::language_of;
use crate::components::{
    copy_button, icon, label, level_path, license_class, short_label, subject_path, type_icon,
};
use crate::pages::guidance::signed_path;
use crate::reader::{Reader, is_web};
use crate::services::ResourceView;
use crate::wording;

/// The head of the page.
pub fn header(reader: &Reader, resource: &ResourceView) -> AnyView {
    let record = &resource.record;
    let foreign = language_of(reader, resource);
    let kind = record.learning_resource_type.first();
    let kind = kind.map(|uri| {
        let (icon, name) = (type_icon(reader, Some(uri)), label(reader, uri));
        view! { <p class="resource-header__kind">{icon} " " {name}</p> }
    });
    let creators: Vec<&str> = record
        .creator
        .iter()
        .map(|agent| agent.name.as_str())
        .collect();
    let by = (!creators.is_empty()).then(|| {
        let names = creators.join(", ");
        view! { <p class="resource-header__creators">{reader.texts().fill("by", &[("names", names.into())])}</p> }
    });
    let lead = (!record.description.is_empty())
        .then(|| view! { <p class="resource-header__lead" lang=foreign.clone()>{record.description.clone()}</p> });
    view! {
        <header class="resource-header">
            {kind}
            <h1 class="resource-header__title" lang=foreign.clone()>{record.name.clone()}</h1>
            {by}
            {lead}
            {badges(reader, resource)}
            {actions(reader, resource)}
        </header>
    }
    .into_any()
}

fn badges(reader: &Reader, resource: &ResourceView) -> AnyView {
    let record = &resource.record;
    let link = |class: &'static str, path: String, name: String| {
        view! { <li><a class=class href=reader.link(&path)>{name}</a></li> }
    };
    let subjects = record.about.iter().map(|uri| {
        link(
            "badge badge--subject",
            subject_path(uri),
            label(reader, uri),
        )
    });
    let levels = record
        .educational_level
        .iter()
        .map(|uri| link("badge badge--level", level_path(uri), label(reader, uri)));
    let languages = record.in_language.iter().map(|code| {
        view! { <li><span class="badge">{wording::language_name(reader.language, code)}</span></li> }
    });
    let time = record.time_required.iter().map(|time| {
        view! { <li><span class="badge">{wording::duration(reader.language, time)}</span></li> }
    });
    let license = record.license.as_ref().map(|uri| {
        view! { <li><a class=license_class(uri) href="#licence">{short_label(reader, uri)}</a></li> }
    });
    view! {
        <ul class="resource-header__meta">
            {subjects.collect_view()} {levels.collect_view()} {languages.collect_view()}
            {time.collect_view()} {license}
        </ul>
    }
    .into_any()
}

/// Open at its home, first file, link to share.
fn actions(reader: &Reader, resource: &ResourceView) -> AnyView {
    let t = reader.texts();
    let record = &resource.record;
    let only_linked = resource.reading.is_none() && record.encoding.is_empty();
    let key = if only_linked {
        "open-outside"
    } else {
        "open-original"
    };
    let class = if only_linked {
        "button button--primary"
    } else {
        "button"
    };
    let outside = record.url.clone().filter(|address| is_web(address)).map(|address| {
        view! { <a class=class href=address rel="external noopener">{icon(reader, "external")} " " {t.text(key)}</a> }
    });
    let files = (!record.encoding.is_empty()).then(|| {
        view! { <a class="button button--primary" href="#files">{icon(reader, "download")} " " {t.text("to-files")}</a> }
    });
    let guidance = format!("{}/guidance", reader.resource_link(&record.id));
    let address = reader.absolute(&reader.resource_link(&record.id));
    let elsewhere = record.url.as_deref().filter(|_| only_linked).and_then(host);
    let elsewhere = elsewhere.map(|host| {
        let text = t.fill("elsewhere", &[("site", host.into())]);
        view! { <p class="resource-header__elsewhere">{text}</p> }
    });
    let signed = resource.guidance.as_ref().map(|note| {
        let address = reader.link(&signed_path(&record.id));
        let again = note.to_review.then(|| view! { " " <span class="badge badge--warning">{t.text("signed-review-short")}</span> });
        view! {
            <p class="resource-header__guidance">
                <a href=address>{icon(reader, "star")} " " {t.text("signed-link")}</a> {again} " "
                <span class="field__hint" lang=reader.foreign(&note.in_language)>{note.label.clone()}</span>
            </p>
        }
    });
    view! {
        {elsewhere}
        {signed}
        <div class="resource-header__actions">
            {outside} {files}
            <a class="button" href=guidance rel="nofollow">{icon(reader, "star")} " " {t.text("guidance-link")}</a>
            <span hidden=true id="page-address">{address}</span>
            {copy_button(reader, "page-address", "copy-link")}
        </div>
    }
    .into_any()
}

/// The name of the site that a web address leads to.
fn host(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://").filter(|_| is_web(address))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.trim_start_matches("www.");
    (!host.is_empty()).then_some(host)
}
