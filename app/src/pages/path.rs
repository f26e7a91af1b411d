//! `/paths` and `/paths/{id}`: learning paths, and the bar on a resource that is opened from one.

mod bar;
mod desk;
mod edit;
mod editor;
mod find;
mod form;
mod own;
mod proposal;
pub mod record;

use axum::extract::Path as Segment;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::path::{Path, Paths, Step};
use khue_content::vocabulary::Concept;
use leptos::prelude::*;

use super::error;
use crate::components::{breadcrumb, icon, label, narrower, notation};
use crate::document::{Head, page};
use crate::reader::{Reader, encode_segment, resource_path};
use crate::wording;

pub use bar::bar;
use desk::desk;
pub use edit::{change, show_edit};
pub use own::{create, show_own};

/// All paths, by stage.
pub async fn show_all(reader: Reader) -> Response {
    let t = reader.texts();
    let head = Head::new(t.text("paths-title"), t.text("paths-lead"));
    let paths = reader.paths();
    page(&reader, StatusCode::OK, &head, || {
        let stages = narrower("educationalLevel", None).into_iter();
        view! {
            <div class="container">
                {breadcrumb(&reader, Vec::new(), (t.text("paths-title").to_owned(), None))}
                <div class="page-head">
                    <h1>{t.text("paths-title")}</h1>
                    <p class="page-head__lead">{t.text("paths-lead")}</p>
                    <p class="path__ways">
                        <a class="button" href=reader.link("/plan")>{t.text("plan-offer")}</a>
                        {reader.services.path_making.is_some().then(|| view! {
                            <a class="button" href=reader.link("/paths/own")>{t.text("paths-own")}</a>
                        })}
                    </p>
                </div>
                {stages.filter_map(|stage| shelf(&reader, &paths, stage)).collect_view()}
                {desk(&reader, None)}
            </div>
        }
        .into_any()
    })
}

/// The paths of a stage.
fn shelf(reader: &Reader, paths: &Paths, stage: &Concept) -> Option<AnyView> {
    let own = notation(stage);
    let here: Vec<&Path> = paths
        .iter()
        .map(|path| path.as_ref())
        .filter(|path| path.educational_level == own)
        .collect();
    if here.is_empty() {
        return None;
    }
    let id = format!("stage-{own}");
    let card = |path: &&Path| {
        let lang = reader.foreign(&path.in_language);
        view! {
            <li class="card path-card">
                <h3 class="path-card__name" lang=lang.clone()><a href=reader.link(&path_path(&path.id))>{path.name.clone()}</a></h3>
                <p lang=lang>{path.description.clone()}</p>
                <p class="path-card__meta">{extent(reader, path)}</p>
                <details class="path-card__steps">
                    <summary>{reader.texts().text("path-way")}<span class="visually-hidden">{format!(": {}", path.name)}</span></summary>
                    <ol>{path.steps.iter().map(|step| short_step(reader, path, step)).collect_view()}</ol>
                </details>
            </li>
        }
    };
    let view = view! {
        <section class="section" aria-labelledby=id.clone()>
            <h2 class="section__title" id=id.clone()>{label(reader, &stage.id)}</h2>
            <ul class="path-grid">{here.iter().map(card).collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}

/// One path.
pub async fn show(reader: Reader, Segment(id): Segment<String>) -> Response {
    let paths = reader.paths();
    let Some(path) = paths.get(&id) else {
        return error::not_found(&reader);
    };
    page_of(&reader, path, None)
}

/// The page of a path; with a notice above it where it is a draft that is looked at.
fn page_of(reader: &Reader, path: &Path, notice: Option<AnyView>) -> Response {
    let t = reader.texts();
    let lang = reader.foreign(&path.in_language);
    let way = ("/paths".to_owned(), t.text("paths-title").to_owned(), None);
    let is_draft = notice.is_some();
    let head = Head {
        article: true,
        hidden: is_draft,
        ..Head::new(path.name.clone(), path.description.clone())
    };
    page(reader, StatusCode::OK, &head, || {
        view! {
            <div class="container container--narrow path">
                {breadcrumb(reader, vec![way], (path.name.clone(), lang.clone()))}
                {notice}
                <h1 lang=lang.clone()>{path.name.clone()}</h1>
                <p class="page-head__lead" lang=lang.clone()>{path.description.clone()}</p>
                <p class="path-card__meta">{extent(reader, path)}</p>
                <div class="path__ways">
                    {path.steps.first().map(|first| view! {
                        <a class="button button--primary" id="path-continue" href=step_link(reader, path, first)>{t.text("path-begin")}</a>
                    })}
                </div>
                {list(reader, "path-teaches", &path.teaches, lang.clone())}
                {list(reader, "path-required", &path.competency_required, lang.clone())}
                {steps(reader, path)}
                {(reader.services.credentials.is_some() && !path.without_quiz && !is_draft).then(|| record::offer(reader, path))}
                {(!is_draft).then(|| desk(reader, Some(path)))}
            </div>
        }
        .into_any()
    })
}

/// How many steps, and how long.
fn extent(reader: &Reader, path: &Path) -> String {
    let (kept, optional) = path.minutes();
    let t = reader.texts();
    let steps = t.fill("path-steps", &[("count", path.steps.len().into())]);
    let time = t.fill("path-time", &[("time", time(reader, kept).into())]);
    if optional == 0 {
        return format!("{steps} · {time}");
    }
    let more = t.fill(
        "path-time-more",
        &[("time", self::time(reader, optional).into())],
    );
    format!("{steps} · {time}, {more}")
}

fn time(reader: &Reader, minutes: u32) -> String {
    let iso = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("PT{minutes}M"),
        (hours, 0) => format!("PT{hours}H"),
        (hours, minutes) => format!("PT{hours}H{minutes}M"),
    };
    wording::duration(reader.language, &iso)
}

fn list(
    reader: &Reader,
    key: &'static str,
    items: &[String],
    lang: Option<String>,
) -> Option<AnyView> {
    if items.is_empty() {
        return None;
    }
    let item = |item: &String| view! { <li lang=lang.clone()>{item.clone()}</li> };
    let view = view! {
        <section class="path__list" aria-labelledby=key>
            <h2 id=key>{reader.texts().text(key)}</h2>
            <ul>{items.iter().map(item).collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}

fn steps(reader: &Reader, path: &Path) -> AnyView {
    let t = reader.texts();
    let lang = reader.foreign(&path.in_language);
    let step = |step: &Step| {
        view! {
            <li class="path__step" data-step=step.resource.clone()>
                <p class="path__name">
                    <a href=step_link(reader, path, step)>{step.name.clone()}</a>
                    <span class="path__done" hidden>{icon(reader, "check")} " " {t.text("path-done")}</span>
                </p>
                <p lang=lang.clone()>{step.description.clone()}</p>
                <p class="path__meta">
                    {time(reader, step.time_required)}
                    {step.optional.then(|| format!(" · {}", t.text("path-optional")))}
                </p>
            </li>
        }
    };
    // Branches of one choice stand together under what is chosen between.
    let group = |steps: &&[Step]| {
        let first = &steps[0];
        let heading = (!first.section.is_empty())
            .then(|| view! { <li class="path__section"><h3 lang=lang.clone()>{first.section.clone()}</h3></li> });
        let choice = (!first.choice.is_empty()).then(|| {
            let words = t.fill("path-choice", &[("choice", first.choice.as_str().into())]);
            view! { <li class="path__choice"><p lang=lang.clone()>{words}</p></li> }
        });
        view! { {heading} {choice} {steps.iter().map(step).collect_view()} }
    };
    view! {
        <section aria-labelledby="path-way">
            <h2 id="path-way">{t.text("path-way")}</h2>
            <ol class="path__steps">{path.branches().iter().map(group).collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// A step in the list of all paths: its name, and whether it is done.
fn short_step(reader: &Reader, path: &Path, step: &Step) -> AnyView {
    view! {
        <li data-step=step.resource.clone()>
            <a href=step_link(reader, path, step)>{step.name.clone()}</a>
            " " <span class="path__done" hidden>{icon(reader, "check")} " " {reader.texts().text("path-done")}</span>
        </li>
    }
    .into_any()
}

/// The path of a path's page, without the language's prefix.
pub fn path_path(id: &str) -> String {
    format!("/paths/{}", encode_segment(id))
}

/// A step opened from its path.
fn step_link(reader: &Reader, path: &Path, step: &Step) -> String {
    step_of(reader, path, &step.resource)
}

/// A resource opened from a path.
pub fn step_of(reader: &Reader, path: &Path, resource: &str) -> String {
    let resource = resource_path(resource);
    reader.link(&format!("{resource}?path={}", encode_segment(&path.id)))
}
