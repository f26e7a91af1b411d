//! What a resource belongs with: parts, wholes, neighbours, similar ones.

use khue_content::Link;
use khue_content::search::Hit;
use leptos::prelude::*;

use super::language_of;
use crate::components::{icon, plain_card};
use crate::reader::Reader;
use crate::services::{ResourceView, Whole};

/// Parts of a work that are shown without opening its sections.
const OPEN_PARTS: usize = 30;

/// The parts of a book or course, under their section titles.
pub fn parts(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    if resource.parts.is_empty() {
        return None;
    }
    let many = resource.parts.len() > OPEN_PARTS;
    let groups = resource.parts.chunk_by(|a, b| a.path == b.path);
    let groups = groups.map(|group| section(reader, resource, group, many));
    let view = view! {
        <section class="section" aria-labelledby="parts">
            <h2 class="section__title" id="parts">{reader.texts().text("parts")}</h2>
            {groups.collect_view()}
        </section>
    };
    Some(view.into_any())
}

/// The parts under one title; of a long book each title opens its own.
fn section(reader: &Reader, resource: &ResourceView, group: &[Link], closed: bool) -> AnyView {
    let lang = language_of(reader, resource);
    let title = group[0].path.join(" › ");
    let start = group[0].position.map(|position| position.to_string());
    let entry = |part: &Link| view! { <li><a href=reader.resource_link(&part.id)>{part.name.clone()}</a></li> };
    let list = view! {
        <ol class="part-list" start=start lang=lang.clone()>{group.iter().map(entry).collect_view()}</ol>
    };
    let values = [("count", group.len().into())];
    let count = reader.texts().fill("collection-parts", &values);
    match (title.is_empty(), closed) {
        (true, _) => list.into_any(),
        (false, false) => view! { <h3 class="part-group" lang=lang>{title}</h3> {list} }.into_any(),
        (false, true) => view! {
            <details class="part-group">
                <summary><h3 lang=lang>{title}</h3> " " <span class="part-group__count">{count}</span></summary>
                {list}
            </details>
        }
        .into_any(),
    }
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
    let link = |link: &Option<Link>, rel: &'static str, key: &'static str| {
        let link = link.as_ref()?;
        let picture = |own, picture| (rel == own).then(|| icon(reader, picture));
        Some(view! {
            <li class=format!("part-nav__{rel}")>
                <a rel=rel href=reader.resource_link(&link.id)>
                    {picture("prev", "chevron-left")} <span>{t.text(key)}</span> {picture("next", "chevron-right")}
                    " " <span lang=lang.clone()>{link.name.clone()}</span>
                </a>
            </li>
        })
    };
    let view = view! {
        <nav class="part-nav" aria-label=label>
            <ul>
                {link(&whole.previous, "prev", "part-previous")}
                {link(&whole.next, "next", "part-next")}
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
