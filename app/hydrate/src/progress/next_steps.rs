//! What to learn next, by what this browser remembers: exercises of the lesson that are not steady yet, and then what to know
//! first before what comes next.

use super::{record::Record, store};
use crate::browser;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// Shows in the section of next steps of `data-resource` which of its exercises are not steady yet, called `data-exercise`.
#[wasm_bindgen]
pub fn next_steps(island: Element) {
    let _ = show(&island, &store::load());
}

fn show(island: &Element, record: &Record) -> Option<()> {
    let resource = browser::data(island, "resource");
    let unsteady = record.unsteady();
    let (_, numbers) = unsteady.iter().find(|(own, _)| *own == resource)?;
    let part = browser::find(island, ".next-steps__unsteady")?;
    let list = browser::find(&part, "ul")?;
    list.set_text_content(None);
    for number in numbers {
        let words = format!("{} {number}", browser::data(island, "exercise"));
        browser::append_link(&list, &format!("#exercise-{number}"), &words)?;
    }
    browser::show(&part, true);
    // What to know first comes first now.
    let first = browser::find(island, ".next-steps__first")?;
    part.after_with_node_1(&first).ok()
}
