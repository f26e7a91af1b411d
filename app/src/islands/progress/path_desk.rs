//! What is remembered of a path: done steps, where to go on, what to look at again; out into a file, in from one, away.

use super::{record::Record, store};
use crate::islands::browser;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

/// Shows on the page of a path what this browser remembers of it. Hidden until the browser half is there.
#[island]
pub fn PathDesk(
    /// Identifier of the path.
    path: String,
    /// What stands before the paths of addresses in the reader's language.
    prefix: String,
    /// Its words: continue, heading, text, review, nothing to review, export, import, erase, sure, imported, not
    /// imported, erased, name of an exercise.
    words: Vec<String>,
) -> impl IntoView {
    let record = RwSignal::new(Record::default());
    let ready = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let word = move |at: usize| words.get(at).cloned().unwrap_or_default();
    let words = StoredValue::new(word);
    let word = move |at: usize| words.with_value(|word| word(at));
    Effect::new(move || {
        record.set(store::load());
        ready.set(true);
    });
    Effect::new(move || {
        if ready.get() {
            let _ = show(&record.get(), &path, &word(0));
        }
    });
    let import = move |event: Event| {
        spawn_local(async move {
            let Some(other) = chosen_file(&event)
                .await
                .and_then(|text| store::read(&text))
            else {
                return said.set(word(10));
            };
            let mut own = store::load();
            own.merge(other);
            store::save(&own);
            record.set(own);
            said.set(word(9));
        });
    };
    let erase = move |_| {
        let sure = window().confirm_with_message(&word(8)).unwrap_or(false);
        if sure {
            store::erase();
            record.set(Record::default());
            said.set(word(11));
        }
    };
    let file = move || {
        if !ready.get() {
            return "#path-progress".to_owned();
        }
        let text = browser::encode(&store::write(&record.get()));
        format!("data:application/json;charset=utf-8,{text}")
    };
    let due = move || {
        let due = due_today(ready, record);
        due.into_iter()
            .filter_map(|exercise| link(&prefix, &exercise, &word(12)))
            .map(|(href, name)| view! { <li><a href=href>{name}</a></li> })
            .collect_view()
    };
    let none = move || due_today(ready, record).is_empty();
    view! {
        <section class="card path-desk" aria-labelledby="path-progress" hidden=move || !ready.get()>
            <h2 class="card__title" id="path-progress">{word(1)}</h2>
            <p>{word(2)}</p>
            <h3>{word(3)}</h3>
            <p hidden=move || !none()>{word(4)}</p>
            <ul class="path-desk__due">{due}</ul>
            <p class="path-desk__ways">
                <a class="button button--small" download="khue-progress.json" href=file>{word(5)}</a>
                <label class="button button--small" for="path-file">{word(6)}
                    <input id="path-file" class="visually-hidden" type="file" accept="application/json,.json" on:change=import/>
                </label>
                <button type="button" class="button button--small" on:click=erase>{word(7)}</button>
            </p>
            <p role="status">{move || said.get()}</p>
        </section>
    }
}

/// Exercises that are due; none before the browser half is there.
fn due_today(ready: RwSignal<bool>, record: RwSignal<Record>) -> Vec<String> {
    if !ready.get() {
        return Vec::new();
    }
    let due = |record: &Record| {
        let due = record.due(store::today()).into_iter().take(20);
        due.map(str::to_owned).collect()
    };
    record.with(due)
}

/// Address and name of an exercise by its own address, `resource/number`.
fn link(prefix: &str, exercise: &str, word: &str) -> Option<(String, String)> {
    let (resource, number) = exercise.rsplit_once('/')?;
    let number: u32 = number.parse().ok()?;
    let name = step(resource)
        .and_then(|step| step.query_selector("a").ok()?)
        .and_then(|link| link.text_content())
        .unwrap_or_else(|| resource.to_owned());
    let address = format!(
        "{prefix}/resources/{}/exercises/{number}",
        browser::encode(resource)
    );
    Some((address, format!("{name}: {word} {number}")))
}

/// The step of a resource on the page.
fn step(resource: &str) -> Option<Element> {
    let steps = steps()?;
    steps
        .into_iter()
        .find(|step| step.get_attribute("data-step").as_deref() == Some(resource))
}

fn steps() -> Option<Vec<Element>> {
    let list = browser::page()?.query_selector_all("[data-step]").ok()?;
    let elements = (0..list.length()).filter_map(|place| list.get(place)?.dyn_into().ok());
    Some(elements.collect())
}

/// Puts marks on done steps, and the way on into the button at the top: the open step, else the first that is not done.
fn show(record: &Record, path: &str, word: &str) -> Option<()> {
    let mut next: Option<Element> = None;
    let open = record
        .open
        .iter()
        .find(|(own, _)| own == path)
        .map(|(_, step)| step);
    for step in steps()? {
        let resource = step.get_attribute("data-step")?;
        let done = record.is_done(&resource);
        let mark = step.query_selector(".path__done").ok()??;
        match done {
            true => mark.remove_attribute("hidden").ok()?,
            false => mark.set_attribute("hidden", "").ok()?,
        }
        let is_open = open == Some(&resource);
        if !done && (next.is_none() || is_open) {
            next = Some(step);
        }
    }
    if open.is_none() && record.done.is_empty() {
        return Some(());
    }
    let target = next?.query_selector("a").ok()??;
    let button = browser::element("path-continue")?;
    button
        .set_attribute("href", &target.get_attribute("href")?)
        .ok()?;
    let name = target.text_content().unwrap_or_default();
    button.set_text_content(Some(&format!("{word} {name}")));
    Some(())
}

/// The text of the file that was chosen.
async fn chosen_file(event: &Event) -> Option<String> {
    let field: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = field.files()?.get(0)?;
    if file.size() > 2_000_000.0 {
        return None;
    }
    let text = wasm_bindgen_futures::JsFuture::from(file.text())
        .await
        .ok()?;
    field.set_value("");
    text.as_string()
}
