//! A button that copies a text of the page; shown once the browser half is there.

use leptos::prelude::*;

use crate::reader::Reader;

/// Copies the text of the element with the id `source`.
pub fn copy_button(reader: &Reader, source: &'static str, label: &'static str) -> AnyView {
    let t = reader.texts();
    view! {
        <span class="copy-button" data-island="copy_button" data-source=source data-done=t.text("copied")>
            <button type="button" class="button button--quiet button--small" hidden=true>{t.text(label)}</button>
            <span class="copy-button__done" role="status"></span>
        </span>
    }
    .into_any()
}
