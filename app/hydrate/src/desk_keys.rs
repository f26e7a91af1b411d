//! Keys of the desk: each moves the focus to a button or field, or follows a link.

use crate::browser;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, KeyboardEvent};

/// Listens for single letters while no field has the focus. What a key leads to carries it in `data-key`. Shows which
/// keys there are.
#[wasm_bindgen]
pub fn desk_keys(island: Element) {
    browser::listen_everywhere("keydown", |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let plain =
            !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.is_composing();
        if plain && browser::press(&event.key()) {
            event.prevent_default();
        }
    });
    browser::show(&island, true);
}
