//! `/about`, `/accessibility`, `/privacy`, `/help`: pages that are only text.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::search::SearchParams;
use leptos::prelude::*;

use crate::components::breadcrumb;
use crate::document::{Head, page};
use crate::reader::Reader;

/// A section: key of its heading, keys of its paragraphs.
type Section = (&'static str, &'static [&'static str]);

/// What the portal is.
pub async fn about(reader: Reader) -> Response {
    show(
        &reader,
        "about-title",
        "about-lead",
        &[
            ("about-what", &["about-what-1", "about-what-2"]),
            ("about-from", &["about-from-1", "about-from-2"]),
            ("about-license", &["about-license-1"]),
            ("about-name", &["about-name-1"]),
        ],
    )
}

/// The accessibility statement.
pub async fn accessibility(reader: Reader) -> Response {
    show(
        &reader,
        "accessibility-title",
        "accessibility-lead",
        &[
            (
                "accessibility-done",
                &[
                    "accessibility-done-1",
                    "accessibility-done-2",
                    "accessibility-done-3",
                ],
            ),
            (
                "accessibility-limits",
                &["accessibility-limits-1", "accessibility-limits-2"],
            ),
            ("accessibility-tell", &["accessibility-tell-1"]),
        ],
    )
}

/// What is kept about readers.
pub async fn privacy(reader: Reader) -> Response {
    show(
        &reader,
        "privacy-title",
        "privacy-lead",
        &[
            (
                "privacy-kept",
                &[
                    "privacy-kept-1",
                    "privacy-kept-2",
                    "privacy-kept-3",
                    "privacy-kept-4",
                    "privacy-kept-5",
                    "privacy-kept-6",
                ],
            ),
            ("privacy-not", &["privacy-not-1", "privacy-not-2"]),
            (
                "privacy-machine",
                &["privacy-machine-1", "privacy-machine-2"],
            ),
        ],
    )
}

/// How to search.
pub async fn help(reader: Reader) -> Response {
    show(
        &reader,
        "help-title",
        "help-lead",
        &[
            ("help-words", &["help-words-1", "help-words-2"]),
            (
                "help-understood",
                &["help-understood-1", "help-understood-2"],
            ),
            ("help-filters", &["help-filters-1", "help-filters-2"]),
            ("help-use", &["help-use-1", "help-use-2"]),
            ("help-keys", &["help-keys-1"]),
        ],
    )
}

fn show(
    reader: &Reader,
    title: &'static str,
    lead: &'static str,
    sections: &[Section],
) -> Response {
    let t = reader.texts();
    let head = Head::new(t.text(title), t.text(lead));
    page(reader, StatusCode::OK, &head, || {
        let paragraph = |key: &&'static str| view! { <p>{t.text(key)}</p> };
        let section = |(title, paragraphs): &Section| {
            view! { <h2>{t.text(title)}</h2> {paragraphs.iter().map(paragraph).collect_view()} }
        };
        view! {
            <div class="container container--narrow">
                {breadcrumb(reader, Vec::new(), (t.text(title).to_owned(), None))}
                <article class="resource-body prose">
                    <h1>{t.text(title)}</h1>
                    <p class="page-head__lead">{t.text(lead)}</p>
                    {sections.iter().map(section).collect_view()}
                </article>
                {(title == "help-title").then(|| examples(reader))}
            </div>
        }
        .into_any()
    })
}

/// Searches to try.
fn examples(reader: &Reader) -> AnyView {
    let t = reader.texts();
    let example = |key: &'static str| {
        let params = SearchParams {
            q: t.text(key).to_owned(),
            ..SearchParams::default()
        };
        view! { <li><a class="chip" href=reader.search_link(&params)>{t.text(key)}</a></li> }
    };
    let examples = [
        "help-example-1",
        "help-example-2",
        "help-example-3",
        "help-example-4",
    ];
    view! {
        <h2 class="prose-more">{t.text("help-examples")}</h2>
        <ul class="chip-list">{examples.map(example).into_iter().collect_view()}</ul>
    }
    .into_any()
}
