//! The way from the home page to this one.

use leptos::prelude::*;

use crate::reader::Reader;

/// A step of the way: address without the language's prefix, words, language of the words.
pub type Step = (String, String, Option<String>);

/// The steps between the home page and the page itself, which comes last, without an address.
pub fn breadcrumb(reader: &Reader, steps: Vec<Step>, here: (String, Option<String>)) -> AnyView {
    let t = reader.texts();
    let step = |(path, name, lang): Step| view! { <li><a href=reader.link(&path) lang=lang>{name}</a></li> };
    let (name, lang) = here;
    view! {
        <nav class="breadcrumb" aria-label=t.text("nav-breadcrumb")>
            <ol>
                <li><a href=reader.link("/")>{t.text("nav-home")}</a></li>
                {steps.into_iter().map(step).collect_view()}
                <li><span aria-current="page" lang=lang>{name}</span></li>
            </ol>
        </nav>
    }
    .into_any()
}
