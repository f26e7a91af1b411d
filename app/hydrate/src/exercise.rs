//! Exercises that are checked in place: the form is sent as it is, and what comes back takes its place.
//! Whatever goes wrong, what was answered stays, and the form can be sent once more.

use crate::{browser, progress};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, FormData, HtmlFormElement, UrlSearchParams};

/// Where a form says what became of the answer.
const OUTCOME: &str = ".exercise__outcome";

/// Listens to the exercises of the page; says `data-failed` where there is no connection.
#[wasm_bindgen]
pub fn exercise_desk(island: Element) {
    let failed = browser::data(&island, "failed");
    browser::listen_everywhere("submit", move |event| {
        if let Some(form) = answered(&event) {
            event.prevent_default();
            spawn_local(check(form, failed.clone()));
        }
    });
}

/// The form of an exercise that was sent.
fn answered(event: &Event) -> Option<HtmlFormElement> {
    let form = browser::target(event)?.closest("form[data-exercise]");
    form.ok()??.dyn_into().ok()
}

async fn check(form: HtmlFormElement, failed: String) {
    let outcome = browser::find(&form, OUTCOME);
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
    browser::focus(&browser::find(form, OUTCOME)?);
    Some(())
}

fn say(outcome: Option<Element>, words: &str) {
    if let Some(outcome) = outcome {
        let _ = outcome.remove_attribute("aria-busy");
        outcome.set_text_content(Some(words));
        browser::focus(&outcome);
    }
}
