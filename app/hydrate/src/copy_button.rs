//! A button that copies a text of the page.

use crate::browser;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

/// How long it is said that the text was copied, in milliseconds.
const SAID: i32 = 3000;

/// Copies the text of the element whose id is in `data-source`, and says `data-done`. Shows the button.
#[wasm_bindgen]
pub fn copy_button(island: Element) {
    let _ = wake(&island);
}

fn wake(island: &Element) -> Option<()> {
    let button = browser::find(island, "button")?;
    let status = browser::find(island, "[role=status]")?;
    let (source, done) = (
        browser::data(island, "source"),
        browser::data(island, "done"),
    );
    browser::listen(&button, "click", move |_| {
        let (source, done, status) = (source.clone(), done.clone(), status.clone());
        spawn_local(async move {
            if browser::copy(&source).await.is_some() {
                status.set_text_content(Some(&done));
                browser::after(SAID, move || status.set_text_content(None));
            }
        });
    });
    browser::show(&button, true);
    Some(())
}
