//! One result.

use khue_content::search::{Highlight, Hit, Reason};
use leptos::prelude::*;

use super::concept::{label, license_class, short_label};
use super::icon::type_icon;
use crate::reader::{Reader, is_web, resource_path};
use crate::wording;

/// A result of a search, with the words that were found.
pub fn result_card(reader: &Reader, hit: &Hit) -> AnyView {
    let foreign = reader.foreign(&hit.in_language);
    let title = match highlight(hit, &["name"]) {
        Some(found) => marked(found),
        None => hit.name.clone().into_any(),
    };
    let snippet = match highlight(hit, &["body", "description"]) {
        Some(found) => view! { {cut_mark(found)} {marked(found)} }.into_any(),
        None => hit.description.clone().into_any(),
    };
    view! {
        <article class="result-card">
            {kind(reader, hit, reason(reader, hit))}
            <h2 class="result-card__title" lang=foreign.clone()><a href=reader.hit_link(hit)>{title}</a></h2>
            <p class="result-card__snippet" lang=foreign>{snippet}</p>
            {facts(reader, hit)}
            {collect(reader, hit)}
            {versions(reader, hit)}
        </article>
    }
    .into_any()
}

/// A resource in a list that no words were searched for.
pub fn plain_card(reader: &Reader, hit: &Hit) -> AnyView {
    let foreign = reader.foreign(&hit.in_language);
    view! {
        <article class="result-card result-card--small">
            {kind(reader, hit, None)}
            <h3 class="result-card__title" lang=foreign><a href=reader.resource_link(&hit.id)>{hit.name.clone()}</a></h3>
            {facts(reader, hit)}
            {shared(reader, hit)}
        </article>
    }
    .into_any()
}

/// What kind of material it is, and why it is here where that is not plain to see.
fn kind(reader: &Reader, hit: &Hit, reason: Option<String>) -> Option<AnyView> {
    let kind = hit.learning_resource_type.first();
    if kind.is_none() && reason.is_none() {
        return None;
    }
    let kind = kind.map(|uri| {
        let (icon, name) = (type_icon(reader, Some(uri)), label(reader, uri));
        view! { <span class="result-card__type">{icon} " " {name}</span> " " }
    });
    let reason = reason.map(|text| view! { <span class="result-card__reason">{text}</span> });
    Some(view! { <p class="result-card__kind">{kind} {reason}</p> }.into_any())
}

/// Where a passage begins within a sentence.
fn cut_mark(found: &Highlight) -> Option<&'static str> {
    let inside = found.text.starts_with(|first: char| first.is_lowercase());
    (inside && found.property == "body").then_some("… ")
}

/// Subject, level, language, makers, licence, linked-out mark.
fn facts(reader: &Reader, hit: &Hit) -> AnyView {
    let t = reader.texts();
    let badge =
        |class: &'static str, text: String| view! { <li><span class=class>{text}</span></li> };
    let subjects = hit
        .about
        .iter()
        .take(2)
        .map(|uri| badge("badge badge--subject", label(reader, uri)));
    let levels = hit
        .educational_level
        .iter()
        .take(3)
        .map(|uri| badge("badge badge--level", label(reader, uri)));
    let language = reader
        .foreign(&hit.in_language)
        .map(|code| wording::language_name(reader.language, &code));
    let license = hit.license.as_ref().map(|uri| license_badge(reader, uri));
    let outside = hit.url.as_ref().filter(|address| is_web(address));
    let outside = outside.map(|_| t.text("hit-outside"));
    let whole = hit
        .is_part_of
        .as_ref()
        .map(|(id, name)| whole(reader, hit, id, name));
    view! {
        <ul class="result-card__meta">
            {subjects.collect_view()}
            {levels.collect_view()}
            {language.map(|name| view! { <li>{name}</li> })}
            {(!hit.creator.is_empty()).then(|| view! { <li>{hit.creator.join(", ")}</li> })}
            {whole}
            {outside.map(|text| view! { <li>{text}</li> })}
            {license}
        </ul>
    }
    .into_any()
}

/// The work that a resource is a part of: a link where the portal has it.
fn whole(reader: &Reader, hit: &Hit, id: &str, name: &str) -> AnyView {
    let lang = reader.foreign(&hit.in_language);
    let name = if name.is_empty() { id } else { name }.to_owned();
    let name = match id {
        "" => view! { <span lang=lang>{name}</span> }.into_any(),
        id if is_web(id) => {
            view! { <a href=id.to_owned() rel="external noopener" lang=lang>{name}</a> }.into_any()
        }
        id => view! { <a href=reader.resource_link(id) lang=lang>{name}</a> }.into_any(),
    };
    view! { <li>{reader.texts().text("hit-part-of")} " " {name}</li> }.into_any()
}

fn license_badge(reader: &Reader, uri: &str) -> AnyView {
    let (class, name) = (license_class(uri), short_label(reader, uri));
    view! { <li><span class=class>{name}</span></li> }.into_any()
}

/// The way into a collection, where the portal has them.
fn collect(reader: &Reader, hit: &Hit) -> Option<AnyView> {
    reader.services.collections.as_ref()?;
    let t = reader.texts();
    let label = t.fill("collect-link-label", &[("name", hit.name.as_str().into())]);
    let address = reader.link(&format!("{}/collect", resource_path(&hit.id)));
    let view = view! {
        <p class="result-card__collect"><a href=address rel="nofollow" aria-label=label>{t.text("collect-link")}</a></p>
    };
    Some(view.into_any())
}

/// Why a result is here, where it is not plain to see.
fn reason(reader: &Reader, hit: &Hit) -> Option<String> {
    let t = reader.texts();
    let with = |key: &'static str, word: &str| t.fill(key, &[("word", word.into())]);
    hit.reasons.iter().find_map(|reason| match reason {
        Reason::Synonym(word) => Some(with("reason-synonym", word)),
        Reason::Translation(word) => Some(with("reason-translation", word)),
        Reason::Correction(word) => Some(with("reason-correction", word)),
        Reason::Folded => Some(t.text("reason-folded").to_owned()),
        Reason::Meaning => Some(t.text("reason-meaning").to_owned()),
        _ => None,
    })
}

/// What a resource shares with the one that it is shown beside.
fn shared(reader: &Reader, hit: &Hit) -> Option<AnyView> {
    let t = reader.texts();
    let with = |key: &'static str, word: String| t.fill(key, &[("word", word.into())]);
    let text = |reason: &Reason| match reason {
        Reason::Shared(words) => Some(with("reason-shared", words.clone())),
        Reason::SameSubject(uri) => Some(with("reason-subject", label(reader, uri))),
        Reason::SameLevel(uri) => Some(with("reason-level", label(reader, uri))),
        _ => None,
    };
    let texts: Vec<String> = hit.reasons.iter().filter_map(text).collect();
    let texts = texts.join(" · ");
    (!texts.is_empty()).then(|| view! { <p class="result-card__shared">{texts}</p> }.into_any())
}

/// Other editions and translations, behind a line that says how many.
fn versions(reader: &Reader, hit: &Hit) -> Option<AnyView> {
    if hit.versions.is_empty() {
        return None;
    }
    let entry = |(id, name, language): &(String, String, String)| {
        let code = language.clone();
        view! {
            <li>
                <a href=reader.resource_link(id) lang=reader.foreign(language) hreflang=code>{name.clone()}</a>
                " (" {wording::language_name(reader.language, language)} ")"
            </li>
        }
    };
    let entries = hit.versions.iter().map(entry).collect_view();
    let count = reader
        .texts()
        .fill("hit-versions", &[("count", hit.versions.len().into())]);
    let view = view! {
        <details class="result-card__versions">
            <summary>{count}</summary>
            <ul>{entries}</ul>
        </details>
    };
    Some(view.into_any())
}

fn highlight<'a>(hit: &'a Hit, properties: &[&str]) -> Option<&'a Highlight> {
    let of = |name: &&str| hit.highlights.iter().find(|found| found.property == **name);
    properties.iter().find_map(of)
}

/// The text with its found words marked; ranges that do not fit are passed over.
fn marked(found: &Highlight) -> AnyView {
    let mut pieces = Vec::new();
    let mut end = 0;
    for (from, to) in &found.ranges {
        let (Some(before), Some(word)) = (found.text.get(end..*from), found.text.get(*from..*to))
        else {
            continue;
        };
        pieces.push(before.to_owned().into_any());
        pieces.push(view! { <mark>{word.to_owned()}</mark> }.into_any());
        end = *to;
    }
    pieces.push(
        found
            .text
            .get(end..)
            .unwrap_or_default()
            .to_owned()
            .into_any(),
    );
    pieces.collect_view().into_any()
}
