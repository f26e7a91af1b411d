//! Resources to put into a path, looked up while its maker types.

use khue_content::path::{Path, Step};
use khue_content::plan::Material;
use khue_content::search::{Hit, SearchParams};
use leptos::prelude::*;

use crate::components::label;
use crate::reader::Reader;
use crate::services::ServiceError;

/// How many are shown.
const SHOWN: usize = 8;

/// What these words find that is not in the path already.
pub async fn hits(reader: &Reader, path: &Path, words: &str) -> Result<Vec<Hit>, ServiceError> {
    if words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let params = SearchParams {
        q: words.to_owned(),
        size: SHOWN * 2,
        ..SearchParams::default()
    };
    let page = reader.services.library.search(&params).await?;
    let fresh = page
        .items
        .into_iter()
        .filter(|hit| path.place(&hit.id).is_none());
    Ok(fresh.take(SHOWN).collect())
}

/// The resource as a step, with its time; nothing where there is no such resource.
pub async fn step(reader: &Reader, id: &str) -> Result<Option<Step>, ServiceError> {
    let records = reader.services.library.records(&[id.to_owned()]).await?;
    let Some(record) = records.first() else {
        return Ok(None);
    };
    let material = Material::of(record, "", &reader.paths());
    Ok(Some(Step {
        resource: material.id,
        name: material.name,
        time_required: material.minutes,
        ..Step::default()
    }))
}

/// The list of what was found; a button of the form around it puts one in.
pub fn found(reader: &Reader, words: &str, hits: &[Hit]) -> AnyView {
    let t = reader.texts();
    let entry = |hit: &Hit| {
        let add = t.fill("path-add-label", &[("name", hit.name.as_str().into())]);
        let levels = hit
            .educational_level
            .iter()
            .map(|uri| label(reader, uri))
            .collect::<Vec<_>>();
        view! {
            <li>
                <span lang=reader.foreign(&hit.in_language)>{hit.name.clone()}</span>
                " " <span class="path__meta">{levels.join(", ")}</span> " "
                <button class="button button--small" type="submit" name="do" value=format!("add:{}", hit.id) aria-label=add formnovalidate=true>
                    {t.text("path-add")}
                </button>
            </li>
        }
    };
    let none = (hits.is_empty() && !words.trim().is_empty())
        .then(|| view! { <p>{t.text("path-found-none")}</p> });
    view! {
        <div id="found" aria-live="polite">
            {none}
            <ul class="path-editor__found">{hits.iter().map(entry).collect_view()}</ul>
        </div>
    }
    .into_any()
}
