//! The desk in the browser: single keys, and decisions without a page load.

use crate::browser;
use crate::desk_swap::{Desk, click_in_desk, press};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, KeyboardEvent};

/// Listens while the desk is open. What a key leads to carries it in `data-key`; forms and links of the desk are
/// answered in place. Whatever goes wrong, the browser does what it would have done by itself. A button shows which
/// keys there are; what happens is said in `[role=status]`, and `data-loading` while an answer is on its way.
#[wasm_bindgen]
pub fn desk_keys(island: Element) {
    let (Some(button), Some(status)) = (
        browser::find(&island, "button"),
        browser::find(&island, "[role=status]"),
    ) else {
        return;
    };
    show_keys(&island, &button);
    listen(&Desk::new(status, browser::data(&island, "loading")));
}

/// The button opens and closes the list of keys.
fn show_keys(island: &Element, button: &Element) {
    let (island, own) = (island.clone(), button.clone());
    browser::listen(button, "click", move |_| {
        let open = own.get_attribute("aria-expanded").as_deref() != Some("true");
        let _ = own.set_attribute("aria-expanded", if open { "true" } else { "false" });
        if let Some(hint) = browser::find(&island, ".field__hint") {
            browser::show(&hint, open);
        }
    });
    browser::show(button, true);
}

fn listen(desk: &Desk) {
    let (keys, clicked, sent, moved) = (desk.clone(), desk.clone(), desk.clone(), desk.clone());
    browser::listen_everywhere("keydown", move |event| {
        if event.dyn_ref().is_some_and(|event| pressed(event, &keys)) {
            event.prevent_default();
        }
    });
    browser::listen_everywhere("click", move |event| {
        if let Some(address) = event.dyn_ref().and_then(Desk::followed) {
            event.prevent_default();
            clicked.show(address);
        }
    });
    browser::listen_everywhere("submit", move |event| {
        if let Some(form) = event.dyn_ref().and_then(Desk::sent) {
            event.prevent_default();
            sent.send(form);
        }
    });
    browser::listen_everywhere("popstate", move |_| moved.show_here());
}

/// Whether a key meant something.
fn pressed(event: &KeyboardEvent, desk: &Desk) -> bool {
    let held = event.ctrl_key() || event.meta_key();
    match (event.key().as_str(), held) {
        ("Enter", true) => click_in_desk("button[value=request-changes]", true),
        (_, true) => false,
        (key, false) if !event.alt_key() && !event.is_composing() => press(key, desk),
        _ => false,
    }
}
