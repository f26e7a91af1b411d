//! The bar on a resource that is opened from a path: where one is, what to know first, what comes before and after.

use khue_content::path::{Path, Step};
use leptos::prelude::*;
use std::sync::Arc;

use super::{path_path, step_link};
use crate::components::icon;
use crate::reader::Reader;
use crate::services::ResourceView;

/// The path that an address names and the resource is a part of, and its place there.
fn current(reader: &Reader, resource: &str) -> Option<(Arc<Path>, usize)> {
    let query = reader.query.split('&');
    let id = query.filter_map(|pair| pair.strip_prefix("path=")).next()?;
    let path = reader.paths().get(id)?.clone();
    let place = path.place(resource)?;
    Some((path, place))
}

/// The bar, where the resource was opened from a path.
pub fn bar(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    let (path, place) = current(reader, &resource.record.id)?;
    let t = reader.texts();
    let lang = reader.foreign(&path.in_language);
    let values = [
        ("number", (place + 1).into()),
        ("count", path.steps.len().into()),
    ];
    let view = view! {
        <section class="path-bar" aria-labelledby="path-bar">
            <p class="path-bar__title" id="path-bar">
                <a href=reader.link(&path_path(&path.id)) lang=lang>{path.name.clone()}</a> " · " {t.fill("path-place", &values)}
            </p>
            {required(reader, resource, place.checked_sub(1).and_then(|before| path.steps.get(before)))}
            <button type="button" class="button button--small step-mark" hidden=true aria-pressed="false" data-island="step_mark"
                data-path=path.id.clone() data-resource=resource.record.id.clone()
                data-mark=t.text("path-mark") data-marked=t.text("path-marked")>{t.text("path-mark")}</button>
            {neighbours(reader, &path, place)}
        </section>
    };
    Some(view.into_any())
}

/// What to know first: what the resource says itself, and the step before.
fn required(reader: &Reader, resource: &ResourceView, before: Option<&Step>) -> Option<AnyView> {
    let t = reader.texts();
    let record = &resource.record;
    let lang = record
        .in_language
        .first()
        .and_then(|code| reader.foreign(code));
    let own = record.competency_required.iter().map(|needed| {
        let words = super::super::resource::outcome_text(reader, needed);
        view! { <li lang=lang.clone()>{words}</li> }.into_any()
    });
    let before = before.map(|step| {
        let values = [("name", step.name.as_str().into())];
        view! { <li>{t.fill("path-after", &values)}</li> }.into_any()
    });
    let all: Vec<AnyView> = own.chain(before).collect();
    if all.is_empty() {
        return None;
    }
    let view = view! {
        <details class="path-bar__required">
            <summary>{t.text("path-required")}</summary>
            <ul>{all}</ul>
        </details>
    };
    Some(view.into_any())
}

fn neighbours(reader: &Reader, path: &Path, place: usize) -> AnyView {
    let t = reader.texts();
    let link = |step: Option<&Step>, rel: &'static str, key: &'static str| {
        let step = step?;
        let picture = |own, name| (rel == own).then(|| icon(reader, name));
        Some(view! {
            <li class=format!("part-nav__{rel}")>
                <a rel=rel href=step_link(reader, path, step)>
                    {picture("prev", "chevron-left")} <span>{t.text(key)}</span> {picture("next", "chevron-right")}
                    " " <span>{step.name.clone()}</span>
                </a>
            </li>
        })
    };
    let before = place.checked_sub(1).and_then(|at| path.steps.get(at));
    view! {
        <nav class="part-nav" aria-label=t.text("path-nav")>
            <ul>
                {link(before, "prev", "path-previous")}
                {link(path.steps.get(place + 1), "next", "path-next")}
            </ul>
        </nav>
    }
    .into_any()
}
