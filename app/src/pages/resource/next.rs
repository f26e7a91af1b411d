//! What to learn next after a resource, and what first where it is still hard; each with its reason.

use khue_content::LearningResource;
use khue_content::next_step::{NextStep, Why};
use leptos::prelude::*;

use super::reading::outcome_text;
use crate::pages::path::{path_path, step_of};
use crate::reader::Reader;

/// The section, where there is something to name. The browser half adds what it remembers of missed exercises.
pub fn steps(reader: &Reader, record: &LearningResource, steps: &[NextStep]) -> Option<AnyView> {
    if steps.is_empty() {
        return None;
    }
    let t = reader.texts();
    let (first, next): (Vec<&NextStep>, Vec<&NextStep>) =
        steps.iter().partition(|step| step.is_first());
    let view = view! {
        <section class="section next-steps" id="next-steps" aria-labelledby="next-title" data-island="next_steps"
            data-resource=record.id.clone() data-exercise=t.text("exercise-label-short")>
            <h2 class="section__title" id="next-title">{t.text("next-title")}</h2>
            <div class="next-steps__unsteady notice notice--info" hidden=true>
                <p>{t.text("next-missed")}</p>
                <ul></ul>
            </div>
            {list(reader, "next-steps__after", None, &next)}
            {list(reader, "next-steps__first", Some("next-hard"), &first)}
            <p class="next-steps__note">{t.text("next-from")}</p>
        </section>
    };
    Some(view.into_any())
}

fn list(
    reader: &Reader,
    class: &'static str,
    title: Option<&'static str>,
    steps: &[&NextStep],
) -> Option<AnyView> {
    if steps.is_empty() {
        return None;
    }
    let title = title.map(|key| view! { <h3>{reader.texts().text(key)}</h3> });
    let items = steps.iter().map(|one| step(reader, one));
    Some(view! { <div class=class>{title} <ul>{items.collect_view()}</ul></div> }.into_any())
}

fn step(reader: &Reader, step: &NextStep) -> AnyView {
    let lang = reader.foreign(&step.in_language);
    let address = match &step.why {
        Why::Path { path, .. } => step_of(reader, path, &step.id),
        _ => reader.resource_link(&step.id),
    };
    view! {
        <li>
            <a lang=lang href=address>{step.name.clone()}</a>
            <p class="next-steps__why">{why(reader, &step.why)}</p>
        </li>
    }
    .into_any()
}

/// The reason, in the reader's language.
fn why(reader: &Reader, why: &Why) -> AnyView {
    let t = reader.texts();
    match why {
        Why::Path { path, place } => {
            let values = [
                ("number", (*place).into()),
                ("count", path.steps.len().into()),
            ];
            let lang = reader.foreign(&path.in_language);
            view! {
                {t.text("next-path")} " " <a lang=lang href=reader.link(&path_path(&path.id))>{path.name.clone()}</a>
                " (" {t.fill("path-place", &values)} ")"
            }
            .into_any()
        }
        Why::BuildsOn(words) => {
            let words = outcome_text(reader, words);
            t.fill("next-builds", &[("outcome", words.into())])
                .into_any()
        }
        Why::KnownFirst(words) => {
            let words = outcome_text(reader, words);
            t.fill("next-first", &[("outcome", words.into())])
                .into_any()
        }
    }
}
