//! The text of a file, page by page.

use leptos::prelude::*;

use crate::reader::Reader;
use crate::viewing::{Reading, Way};

/// Most headings in the list of contents.
const MOST: usize = 300;

/// The text, or that there is none.
pub fn text(reader: &Reader, way: Way, reading: &Reading, lang: Option<String>) -> AnyView {
    let t = reader.texts();
    if reading.pages == 0 {
        // A package may well have no text; a document without any has to say so.
        return match way {
            Way::Package(_) => ().into_any(),
            _ => view! { <p class="notice" id="text">{t.text("viewing-no-text")}</p> }.into_any(),
        };
    }
    let title = match way {
        Way::Package(_) => "viewing-text-of-package",
        _ => "viewing-as-text",
    };
    view! {
        <section class="viewer-text" aria-labelledby="text">
            <h2 class="section__title" id="text">{t.text(title)}</h2>
            <p class="field__hint">{t.text("viewing-text-note")}</p>
            {contents(reader, reading, lang.clone())}
            <article class="resource-body" lang=lang inner_html=reading.text.html.clone()></article>
            {pager(reader, reading)}
        </section>
    }
    .into_any()
}

/// The address of a page of the text.
fn place(reader: &Reader, page: usize) -> String {
    reader.link(&format!("{}?page={page}#text", reader.path))
}

/// The headings of the whole file; those of this page lead to their places.
fn contents(reader: &Reader, reading: &Reading, lang: Option<String>) -> Option<AnyView> {
    if reading.contents.len() < 2 {
        return None;
    }
    let t = reader.texts();
    let mut anchors = reading.text.outline.iter();
    let entry = |(words, depth, page): &(String, u8, usize)| {
        let here = (*page == reading.page).then(|| anchors.next()).flatten();
        let address = here.map_or_else(
            || place(reader, *page),
            |heading| format!("#{}", heading.id),
        );
        let depth = (*depth > 0).then_some((*depth).min(3));
        view! { <li data-depth=depth><a href=address>{words.clone()}</a></li> }
    };
    let entries = reading.contents.iter().take(MOST).map(entry).collect_view();
    let view = view! {
        <nav class="outline" aria-label=t.text("viewing-contents")>
            <details open=reading.contents.len() <= 12>
                <summary>{t.text("viewing-contents")}</summary>
                <ol lang=lang>{entries}</ol>
            </details>
        </nav>
    };
    Some(view.into_any())
}

fn pager(reader: &Reader, reading: &Reading) -> Option<AnyView> {
    if reading.pages < 2 {
        return None;
    }
    let t = reader.texts();
    let values = [
        ("page", reading.page.into()),
        ("pages", reading.pages.into()),
    ];
    let link = |page: Option<usize>, rel: &'static str, key: &'static str| {
        page.map(
            |page| view! { <a class="button" rel=rel href=place(reader, page)>{t.text(key)}</a> },
        )
    };
    let before = reading.page.checked_sub(1).filter(|page| *page > 0);
    let after = Some(reading.page + 1).filter(|page| *page <= reading.pages);
    let view = view! {
        <nav class="viewer__ways" aria-label=t.text("viewing-pages")>
            {link(before, "prev", "viewing-previous")}
            <span>{t.fill("viewing-page", &values)}</span>
            {link(after, "next", "viewing-next")}
        </nav>
    };
    Some(view.into_any())
}
