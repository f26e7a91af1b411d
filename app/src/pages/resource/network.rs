//! What a resource belongs with: parts, wholes, neighbours, similar ones.

use khue_content::Link;
use khue_content::search::Hit;
use leptos::prelude::*;

use super::language_of;
use crate::components::{icon, plain_card};
use crate::reader::Reader;
use crate::services::{ResourceView, Whole};

/// The parts of a book or course, under their section titles.
pub fn parts(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    if resource.parts.is_empty() {
        return None;
    }
    let lang = language_of(reader, resource);
    let mut lists = Vec::new();
    for group in resource.parts.chunk_by(|a, b| a.path == b.path) {
        let title = group[0].path.join(" › ");
        let start = group[0].position.map(|position| position.to_string());
        let entry = |part: &Link| view! { <li><a href=reader.resource_link(&part.id)>{part.name.clone()}</a></li> };
        lists.push(view! {
            {(!title.is_empty()).then(|| view! { <h3 lang=lang.clone()>{title}</h3> })}
            <ol class="part-list" start=start lang=lang.clone()>{group.iter().map(entry).collect_view()}</ol>
        });
    }
    let view = view! {
        <section class="section" aria-labelledby="parts">
            <h2 class="section__title" id="parts">{reader.texts().text("parts")}</h2>
            {lists.collect_view()}
        </section>
    };
    Some(view.into_any())
}

/// Before and after, within each whole.
pub fn neighbours(reader: &Reader, resource: &ResourceView) -> AnyView {
    let lang = language_of(reader, resource);
    let wholes = resource
        .wholes
        .iter()
        .map(|whole| neighbour_links(reader, whole, lang.clone()));
    wholes.collect_view().into_any()
}

fn neighbour_links(reader: &Reader, whole: &Whole, lang: Option<String>) -> Option<AnyView> {
    if whole.previous.is_none() && whole.next.is_none() {
        return None;
    }
    let t = reader.texts();
    let label = t.fill("part-nav", &[("name", whole.link.name.as_str().into())]);
    let link = |link: &Option<Link>, rel: &'static str, picture: &str, key: &'static str| {
        let link = link.as_ref()?;
        let picture = icon(reader, picture);
        Some(view! {
            <li class=format!("part-nav__{rel}")>
                <a rel=rel href=reader.resource_link(&link.id)>
                    {picture} " " <span>{t.text(key)}</span> " " <span lang=lang.clone()>{link.name.clone()}</span>
                </a>
            </li>
        })
    };
    let view = view! {
        <nav class="part-nav" aria-label=label>
            <ul>
                {link(&whole.previous, "prev", "chevron-left", "part-previous")}
                {link(&whole.next, "next", "chevron-right", "part-next")}
            </ul>
        </nav>
    };
    Some(view.into_any())
}

/// Resources for the same lesson of a textbook.
pub fn same_lesson(reader: &Reader, found: &[Hit]) -> Option<AnyView> {
    related(reader, "same-lesson", found)
}

/// Resources like this one.
pub fn similar(reader: &Reader, found: &[Hit]) -> Option<AnyView> {
    related(reader, "similar", found)
}

fn related(reader: &Reader, id: &'static str, found: &[Hit]) -> Option<AnyView> {
    if found.is_empty() {
        return None;
    }
    let card = |hit| view! { <li>{plain_card(reader, hit)}</li> };
    let view = view! {
        <section class="section" aria-labelledby=id>
            <h2 class="section__title" id=id>{reader.texts().text(id)}</h2>
            <ul class="newest-list">{found.iter().map(card).collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}
