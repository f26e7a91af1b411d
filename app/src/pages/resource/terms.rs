//! Terms of the text, explained: notes that open over the text, and without scripts are where their links lead.

use khue_content::LearningResource;
use khue_content::glossary::{Definition, Term, explain, note_id, place_id};
use khue_content::search::SearchParams;
use leptos::prelude::*;

use crate::reader::Reader;
use crate::services::ResourceView;
use crate::wording;

/// The text with its terms as links, and their notes.
pub fn explained(
    reader: &Reader,
    resource: &ResourceView,
    html: String,
    near: &[LearningResource],
) -> (String, Option<AnyView>) {
    let language = resource
        .record
        .main_language()
        .filter(|_| reader.explains_terms);
    let Some(language) = language else {
        return (html, None);
    };
    let (html, terms) = explain(&html, &resource.record, near);
    let notes = (!terms.is_empty()).then(|| notes(reader, language, &terms));
    (html, notes)
}

fn notes(reader: &Reader, language: &str, terms: &[Term]) -> AnyView {
    let t = reader.texts();
    let lang = reader.foreign(language);
    let items = terms
        .iter()
        .enumerate()
        .map(|(at, term)| note(reader, lang.clone(), at + 1, term));
    view! {
        <section class="term-notes" aria-labelledby="term-notes" data-island="term_notes">
            <h2 id="term-notes">{t.text("terms-title")}</h2>
            <ul>{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn note(reader: &Reader, lang: Option<String>, number: usize, term: &Term) -> AnyView {
    let t = reader.texts();
    let search = SearchParams {
        q: term.word.clone(),
        ..SearchParams::default()
    };
    let more = t.fill("terms-more", &[("term", term.word.as_str().into())]);
    view! {
        <li class="term-note" id=note_id(number)>
            <p class="term-note__word" lang=lang.clone()>{term.word.clone()}</p>
            {term.definition.as_ref().map(|said| definition(reader, lang, said))}
            {translations(reader, term)}
            <p class="term-note__ways">
                <a href=reader.search_link(&search)>{more}</a>
                <a class="term-note__close" href=format!("#{}", place_id(number))>{t.text("terms-back")}</a>
            </p>
        </li>
    }
    .into_any()
}

/// The sentence, and where it stands if that is elsewhere.
fn definition(reader: &Reader, lang: Option<String>, said: &Definition) -> AnyView {
    let from = said.source.as_ref().map(|(id, name)| {
        view! {
            <span class="term-note__from">
                {reader.texts().text("terms-from")} " " <a href=reader.resource_link(id) lang=lang.clone()>{name.clone()}</a>
            </span>
        }
    });
    view! { <p><span lang=lang.clone()>{said.text.clone()}</span> {from}</p> }.into_any()
}

fn translations(reader: &Reader, term: &Term) -> Option<AnyView> {
    if term.translations.is_empty() {
        return None;
    }
    let entry = |(code, ways): &(&'static str, Vec<String>)| {
        let language = wording::language_name(reader.language, code);
        view! { <li>{language} ": " <span lang=*code>{ways.join(", ")}</span></li> }
    };
    let entries = term.translations.iter().map(entry).collect_view();
    Some(view! { <ul class="term-note__translations">{entries}</ul> }.into_any())
}
