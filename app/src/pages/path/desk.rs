//! What a browser remembers of a path: an empty card, filled and shown by the browser half.

use khue_content::path::Path;
use leptos::prelude::*;

use crate::reader::Reader;

/// Lessons that are not steady yet, exercises to look at again; out into a file, in from one, away. Without a path it is about
/// everything that this browser remembers.
pub fn desk(reader: &Reader, path: Option<&Path>) -> AnyView {
    let t = reader.texts();
    view! {
        <section class="card path-desk" aria-labelledby="path-progress" hidden=true data-island="path_desk"
            data-path=path.map(|path| path.id.clone()).unwrap_or_default() data-prefix=reader.language.prefix() data-continue=t.text("path-continue")
            data-sure=t.text("path-erase-sure") data-imported=t.text("path-imported") data-import-failed=t.text("path-import-failed")
            data-erased=t.text("path-erased") data-exercise=t.text("exercise-label-short") data-unsteady=t.text("next-unsteady")>
            <h2 class="card__title" id="path-progress">{t.text("path-progress")}</h2>
            <p>{t.text("path-progress-text")}</p>
            <h3>{t.text("path-review")}</h3>
            <p class="path-desk__none">{t.text("path-review-none")}</p>
            <ul class="path-desk__due"></ul>
            <div class="path-desk__unsteady" hidden=true>
                <h3>{t.text("next-weak")}</h3>
                <p>{t.text("next-weak-why")}</p>
                <ul></ul>
            </div>
            {ways(reader)}
            <p role="status"></p>
        </section>
    }
    .into_any()
}

fn ways(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <p class="path-desk__ways">
            <a class="button button--small" download="khue-progress.json" href="#path-progress">{t.text("path-export")}</a>
            <label class="button button--small" for="path-file">{t.text("path-import")}
                <input id="path-file" class="visually-hidden" type="file" accept="application/json,.json"/>
            </label>
            <button type="button" class="button button--small">{t.text("path-erase")}</button>
        </p>
    }
    .into_any()
}
