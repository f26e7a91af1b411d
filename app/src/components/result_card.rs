//! One result.

use khue_content::license::permits;
use khue_content::search::{Highlight, Hit, Reason};
use khue_content::vocabulary;
use leptos::prelude::*;

use super::concept::label;
use super::icon::type_icon;
use crate::reader::{Reader, is_web};
use crate::wording;

/// A result of a search, with the words that were found.
pub fn result_card(reader: &Reader, hit: &Hit) -> AnyView {
    let foreign = reader.foreign(&hit.in_language);
    let title = match highlight(hit, &["name"]) {
        Some(found) => marked(found),
        None => hit.name.clone().into_any(),
    };
    let snippet = match highlight(hit, &["body", "description"]) {
        Some(found) => marked(found),
        None => hit.description.clone().into_any(),
    };
    view! {
        <article class="result-card">
            {kind(reader, hit)}
            <h2 class="result-card__title" lang=foreign.clone()><a href=reader.resource_link(&hit.id)>{title}</a></h2>
            <p class="result-card__snippet" lang=foreign>{snippet}</p>
            {facts(reader, hit)}
            {reason(reader, hit)}
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
            {kind(reader, hit)}
            <h3 class="result-card__title" lang=foreign><a href=reader.resource_link(&hit.id)>{hit.name.clone()}</a></h3>
            {facts(reader, hit)}
            {shared(reader, hit)}
        </article>
    }
    .into_any()
}

fn kind(reader: &Reader, hit: &Hit) -> Option<AnyView> {
    let uri = hit.learning_resource_type.first()?;
    let icon = type_icon(reader, Some(uri));
    let name = label(reader, uri);
    Some(view! { <p class="result-card__kind">{icon} " " {name}</p> }.into_any())
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
    let whole = hit.is_part_of.as_ref().map(|(id, name)| {
        view! { <li>{t.text("hit-part-of")} " " <a href=reader.resource_link(id) lang=reader.foreign(&hit.in_language)>{name.clone()}</a></li> }
    });
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

fn license_badge(reader: &Reader, uri: &str) -> AnyView {
    let adaptable =
        vocabulary::concept(uri).and_then(|license| permits(license, "permitsAdaptation"));
    // "CC BY 4.0 (Attribution)": what stands in brackets is for the page of the resource.
    let name = label(reader, uri);
    let short = name.split(" (").next().unwrap_or_default().to_owned();
    let class = if adaptable == Some(true) {
        "badge badge--open"
    } else {
        "badge"
    };
    view! { <li><span class=class>{short}</span></li> }.into_any()
}

/// Why a result is here, where it is not plain to see.
fn reason(reader: &Reader, hit: &Hit) -> Option<AnyView> {
    let t = reader.texts();
    let with = |key: &'static str, word: &str| t.fill(key, &[("word", word.into())]);
    let text = hit.reasons.iter().find_map(|reason| match reason {
        Reason::Synonym(word) => Some(with("reason-synonym", word)),
        Reason::Correction(word) => Some(with("reason-correction", word)),
        Reason::Folded => Some(t.text("reason-folded").to_owned()),
        Reason::Meaning => Some(t.text("reason-meaning").to_owned()),
        _ => None,
    })?;
    Some(view! { <p class="result-card__reason">{text}</p> }.into_any())
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
    (!texts.is_empty()).then(|| view! { <p class="result-card__reason">{texts}</p> }.into_any())
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
