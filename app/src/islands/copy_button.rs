//! A button that copies a text of the page.

use super::browser;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Copies the text of the element `source`. Hidden until the browser half is there.
#[island]
pub fn CopyButton(
    /// Id of the element whose text is copied.
    source: String,
    /// What the button does.
    label: String,
    /// What is said once it is done.
    done: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let copied = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    let copy = move |_| {
        let source = source.clone();
        spawn_local(async move {
            if browser::copy(&source).await.is_some() {
                copied.set(true);
                set_timeout(move || copied.set(false), Duration::from_secs(3));
            }
        });
    };
    view! {
        <span class="copy-button">
            <button type="button" class="button button--quiet button--small" hidden=move || !ready.get() on:click=copy>
                {label}
            </button>
            <span class="copy-button__done" role="status">{move || copied.get().then(|| done.clone())}</span>
        </span>
    }
}
