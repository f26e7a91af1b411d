//! Light, dark or as the system says.

use crate::browser;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// The buttons of a form choose at once; the server answers the form where nothing else does.
#[wasm_bindgen]
pub fn theme_switch(island: Element) {
    browser::listen(&island.clone(), "click", move |event| {
        let button = browser::target(&event).and_then(|from| from.closest("button").ok()?);
        let Some(choice) = button.and_then(|button| button.get_attribute("value")) else {
            return;
        };
        if keep(&choice).is_some() {
            event.prevent_default();
            press(&island, &choice);
        }
    });
}

fn press(island: &Element, choice: &str) {
    for button in browser::find_all(island, "button") {
        let own = button.get_attribute("value").as_deref() == Some(choice);
        let _ = button.set_attribute("aria-pressed", if own { "true" } else { "false" });
    }
}

/// Sets the attribute and the cookie that the server reads on the next page.
fn keep(choice: &str) -> Option<()> {
    let page = browser::page()?;
    let root = page.document_element()?;
    match choice {
        "auto" => root.remove_attribute("data-theme").ok()?,
        _ => root.set_attribute("data-theme", choice).ok()?,
    }
    let page: web_sys::HtmlDocument = page.dyn_into().ok()?;
    page.set_cookie(&format!(
        "theme={choice};path=/;max-age=31536000;samesite=lax"
    ))
    .ok()
}
