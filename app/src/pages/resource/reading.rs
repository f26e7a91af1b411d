//! The text itself: outcomes, table of contents, body.

use khue_content::LearningResource;
use khue_content::render::Heading;
use leptos::prelude::*;

use super::{language_of, pictures, terms, tools};
use crate::components::label;
use crate::pages::exercise;
use crate::reader::Reader;
use crate::services::ResourceView;

/// What a learner will know (*yêu cầu cần đạt*).
pub fn outcomes(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    let teaches = &resource.record.teaches;
    if teaches.is_empty() {
        return None;
    }
    let lang = language_of(reader, resource);
    let entry =
        |outcome: &String| view! { <li lang=lang.clone()>{outcome_text(reader, outcome)}</li> };
    let view = view! {
        <section class="card outcomes" aria-labelledby="outcomes">
            <h2 class="card__title" id="outcomes">{reader.texts().text("outcomes")}</h2>
            <ul>{teaches.iter().map(entry).collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}

/// An outcome in words, whether it is a sentence or a concept.
pub fn outcome_text(reader: &Reader, outcome: &str) -> String {
    if outcome.starts_with("http") {
        label(reader, outcome)
    } else {
        outcome.to_owned()
    }
}

/// The table of contents, where there is enough to choose from.
pub fn outline(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    let outline = &resource.reading.as_ref()?.outline;
    if outline.len() < 3 {
        return None;
    }
    let lang = language_of(reader, resource);
    let top = outline
        .iter()
        .map(|heading| heading.level)
        .min()
        .unwrap_or(2);
    let entry = |heading: &Heading| {
        let depth = heading.level - top;
        view! {
            <li data-depth=(depth > 0).then_some(depth.min(3))>
                <a href=format!("#{}", heading.id)>{heading.text.clone()}</a>
            </li>
        }
    };
    let entries = outline
        .iter()
        .filter(|heading| heading.level <= top + 1)
        .map(entry)
        .collect_view();
    let view = view! {
        <nav class="outline" aria-label=reader.texts().text("outline")>
            <p class="outline__title">{reader.texts().text("outline")}</p>
            <details>
                <summary>{reader.texts().text("outline")}</summary>
                <ol lang=lang>{entries}</ol>
            </details>
        </nav>
    };
    Some(view.into_any())
}

/// The body, in its own language, with its exercises as forms, its terms explained, and pictures when they are wanted.
pub fn body(
    reader: &Reader,
    resource: &ResourceView,
    near: &[LearningResource],
) -> Option<AnyView> {
    let reading = resource.reading.as_ref()?;
    let lang = language_of(reader, resource);
    let (html, with_exercises) = exercise::lesson(reader, resource, reading);
    let html = pictures::when_asked(reader, resource, html);
    let (html, notes) = terms::explained(reader, resource, html, near);
    let view = view! {
        {tools::tools(reader, resource)}
        <article class="resource-body" id="reading" lang=lang inner_html=html></article>
        {notes}
        {with_exercises.then(|| exercise::desk(reader))}
    };
    Some(view.into_any())
}
