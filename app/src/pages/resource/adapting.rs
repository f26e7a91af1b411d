//! The way to a work of one's own that is made from the resource.

use khue_content::adapt::licence_of_adaptation;
use leptos::prelude::*;

use crate::pages::adapt::{adapt_path, refusal};
use crate::reader::Reader;
use crate::services::ResourceView;

/// A link where the licence lets one, else why not; nothing where nobody can send anything in.
pub fn adapting(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    reader.services.submissions.as_ref()?;
    let record = &resource.record;
    let is_here = record.body.is_some() || record.encoding.iter().any(|file| file.sha256.is_some());
    if !is_here {
        return None;
    }
    let view = match licence_of_adaptation(record) {
        Ok(_) => {
            let address = reader.link(&adapt_path(&record.id));
            view! { <p class="adapting"><a class="button" href=address rel="nofollow">{reader.texts().text("adapt-link")}</a></p> }.into_any()
        }
        Err(why) => view! { <p class="adapting field__hint">{refusal(reader, why)}</p> }.into_any(),
    };
    Some(view)
}
