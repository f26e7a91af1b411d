//! The button on a step of a path that says "I am done with this".

use super::store;
use crate::browser;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// Remembers that the step `data-resource` of `data-path` is open, and whether it is done; the button says `data-mark` or
/// `data-marked`. Shows it.
#[wasm_bindgen]
pub fn step_mark(island: Element) {
    let (path, resource) = (
        browser::data(&island, "path"),
        browser::data(&island, "resource"),
    );
    let mut record = store::load();
    record.set_open(&path, &resource);
    store::save(&record);
    say(&island, record.is_done(&resource));
    browser::show(&island, true);
    browser::listen(&island.clone(), "click", move |_| {
        let mut record = store::load();
        let done = !record.is_done(&resource);
        record.set_done(&resource, done, store::today());
        store::save(&record);
        say(&island, done);
    });
}

fn say(button: &Element, done: bool) {
    let _ = button.set_attribute("aria-pressed", if done { "true" } else { "false" });
    let words = browser::data(button, if done { "marked" } else { "mark" });
    button.set_text_content(Some(&words));
}
