//! Keys of the desk: each moves the focus to a button or field, or follows a link.

use super::browser;
use leptos::ev;
use leptos::prelude::*;

/// Listens for single letters while no field has the focus. What a key leads to carries it in `data-key`. Hidden until
/// the browser half is there.
#[island]
pub fn DeskKeys(
    /// Which keys there are.
    hint: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    Effect::new(move || {
        ready.set(true);
        let listening = window_event_listener(ev::keydown, |event| {
            let plain =
                !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.is_composing();
            if plain && browser::press(&event.key()) {
                event.prevent_default();
            }
        });
        on_cleanup(move || listening.remove());
    });
    view! { <p class="field__hint" hidden=move || !ready.get()>{hint}</p> }
}
