//! Guidance to read, without anything to change in it.

use khue_content::guidance::{GuidanceDraft, Item, Reference, Section};
use leptos::prelude::*;

use crate::reader::Reader;

/// All of it, under and above its label.
pub fn plain(reader: &Reader, draft: &GuidanceDraft) -> AnyView {
    let lang = reader.foreign(&draft.in_language);
    let sections = draft.sections.iter().map(|one| section(draft, one));
    view! {
        <div class="guidance__draft" lang=lang.clone()>
            <p class="guidance__label"><strong>{draft.label.clone()}</strong></p>
            {sections.collect_view()}
            {references(reader, draft)}
            <p class="guidance__label"><strong>{draft.label.clone()}</strong></p>
        </div>
    }
    .into_any()
}

fn section(draft: &GuidanceDraft, section: &Section) -> AnyView {
    let items = section.items.iter().map(|one| item(draft, one));
    view! {
        <section class="guidance__section" id=format!("g_{}", section.number)>
            <h2 class="guidance__heading">{format!("{}. {}", section.number, section.title)}</h2>
            {items.collect_view()}
        </section>
    }
    .into_any()
}

fn item(draft: &GuidanceDraft, item: &Item) -> AnyView {
    let code = item
        .code
        .clone()
        .map(|code| view! { " " <code>{code}</code> });
    let place = |id: &String| draft.references.iter().position(|one| one.id == *id);
    let marks = item.sources.iter().filter_map(place).map(|place| {
        let number = place + 1;
        view! { " " <a class="guidance__mark" href=format!("#r_{number}")>{format!("[{number}]")}</a> }
    });
    let parts = item.parts.iter().filter(|part| !part.text.is_empty()).map(|part| {
        view! { <p class="guidance__part"><span class="guidance__part-label">{part.label.clone()} ": "</span> {part.text.clone()}</p> }
    });
    let text = (!item.text.is_empty())
        .then(|| view! { <p class="guidance__text">{item.text.clone()}</p> });
    view! {
        <div class="guidance__item">
            <h3 class="guidance__item-label">{item.label.clone()} {code} {marks.collect_view()}</h3>
            {text}
            {parts.collect_view()}
        </div>
    }
    .into_any()
}

fn references(reader: &Reader, draft: &GuidanceDraft) -> AnyView {
    let entry = |(number, reference): (usize, &Reference)| {
        let note = (!reference.note.is_empty())
            .then(|| view! { " " <em>{format!("({})", reference.note)}</em> });
        view! { <li id=format!("r_{number}")>{reference.source.clone()} ". " {reference.text.clone()} {note}</li> }
    };
    view! {
        <section class="guidance__section">
            <h2 class="guidance__heading" lang=reader.code()>{reader.texts().text("guidance-references")}</h2>
            <ol class="guidance__references">{(1..).zip(&draft.references).map(entry).collect_view()}</ol>
        </section>
    }
    .into_any()
}
