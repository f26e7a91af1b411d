//! The button on a step of a path that says "I am done with this".

use super::store;
use leptos::prelude::*;

/// Remembers that the step is open, and whether it is done. Hidden until the browser half is there.
#[island]
pub fn StepMark(
    /// Identifier of the path.
    path: String,
    /// Identifier of the resource.
    resource: String,
    /// What the button does.
    mark: String,
    /// What it says once it is done.
    marked: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let done = RwSignal::new(false);
    let step = resource.clone();
    Effect::new(move || {
        let mut record = store::load();
        done.set(record.is_done(&step));
        record.set_open(&path, &step);
        store::save(&record);
        ready.set(true);
    });
    let toggle = move |_| {
        let now = !done.get();
        let mut record = store::load();
        record.set_done(&resource, now, store::today());
        store::save(&record);
        done.set(now);
    };
    view! {
        <button type="button" class="button button--small step-mark" hidden=move || !ready.get()
            aria-pressed=move || done.get().to_string() on:click=toggle>
            {move || if done.get() { marked.clone() } else { mark.clone() }}
        </button>
    }
}
