//! Exercises that are checked in place: the form is sent as it is, and what comes back takes its place.
//! Whatever goes wrong, what was answered stays, and the form can be sent once more.

use super::{browser, progress};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlFormElement, UrlSearchParams};

/// Where a form says what became of the answer.
const OUTCOME: &str = ".exercise__outcome";

/// Listens to the exercises of the page; shows nothing.
#[island]
pub fn ExerciseDesk(
    /// What is said when there is no connection.
    failed: String,
) -> impl IntoView {
    Effect::new(move || {
        let failed = failed.clone();
        window_event_listener(ev::submit, move |event| {
            if let Some(form) = answered(&event) {
                event.prevent_default();
                spawn_local(check(form, failed.clone()));
            }
        });
    });
}

/// The form of an exercise that was sent.
fn answered(event: &Event) -> Option<HtmlFormElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("form[data-exercise]").ok()??.dyn_into().ok()
}

async fn check(form: HtmlFormElement, failed: String) {
    let outcome = part(&form, OUTCOME);
    if let Some(outcome) = &outcome {
        let _ = outcome.set_attribute("aria-busy", "true");
    }
    let html = match sent(&form) {
        Some((address, fields)) => browser::post(&address, &fields).await,
        None => None,
    };
    if html.and_then(|html| swap(&form, &html)).is_none() {
        say(outcome, &failed);
    }
}

/// Where the answer goes, asking for the form alone, and what it is.
fn sent(form: &HtmlFormElement) -> Option<(String, UrlSearchParams)> {
    let address = form.get_attribute("action")?;
    let address = address.split('#').next().unwrap_or_default();
    let fields = FormData::new_with_form(form).ok()?;
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    Some((format!("{address}?part=form"), fields))
}

/// Puts what has come back in place of what is there, and the focus on what became of the answer.
fn swap(form: &HtmlFormElement, html: &str) -> Option<()> {
    let new = browser::parse_page(html)?
        .query_selector("form[data-exercise]")
        .ok()??;
    form.set_inner_html(&new.inner_html());
    let verdict = new.get_attribute("data-verdict")?;
    form.set_attribute("data-verdict", &verdict).ok()?;
    progress::answered(&form.get_attribute("data-exercise")?, &verdict);
    browser::focus(&part(form, OUTCOME)?);
    Some(())
}

fn say(outcome: Option<Element>, words: &str) {
    if let Some(outcome) = outcome {
        let _ = outcome.remove_attribute("aria-busy");
        outcome.set_text_content(Some(words));
        browser::focus(&outcome);
    }
}

fn part(form: &HtmlFormElement, selector: &str) -> Option<Element> {
    form.query_selector(selector).ok()?
}
