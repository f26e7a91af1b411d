//! Large links to subjects, stages and collections.

use khue_content::vocabulary::Concept;
use leptos::prelude::*;

use super::concept::{level_path, narrower, subject_path};
use crate::reader::{Reader, resource_path};
use crate::services::{Collection, Counts};

/// One large link.
pub struct Tile {
    /// Address without the language's prefix.
    pub path: String,
    /// What it leads to.
    pub name: String,
    /// Language of the name where it is not the reader's.
    pub foreign: Option<String>,
    /// A summary, in the language of the name.
    pub text: String,
    /// A few more words.
    pub note: String,
    /// How much is there.
    pub count: Option<usize>,
    /// Smaller links under it: address, name.
    pub under: Vec<(String, String)>,
}

impl Tile {
    /// A link with nothing but a name.
    pub fn new(path: String, name: String) -> Self {
        Self {
            path,
            name,
            foreign: None,
            text: String::new(),
            note: String::new(),
            count: None,
            under: Vec::new(),
        }
    }

    /// A link to a subject.
    pub fn subject(reader: &Reader, concept: &Concept, counts: &Counts) -> Self {
        let name = concept.label(reader.code()).to_owned();
        Self {
            count: Some(counts.subject(&concept.id)),
            ..Self::new(subject_path(&concept.id), name)
        }
    }

    /// A link to a book, course or collection.
    pub fn collection(reader: &Reader, collection: &Collection) -> Self {
        Self {
            foreign: reader.foreign(&collection.in_language),
            text: collection.description.clone(),
            note: reader
                .texts()
                .fill("collection-parts", &[("count", collection.parts.into())]),
            ..Self::new(resource_path(&collection.id), collection.name.clone())
        }
    }

    /// A link to a stage, with its grades under it.
    pub fn level(reader: &Reader, concept: &Concept, counts: &Counts) -> Self {
        let name = |concept: &Concept| concept.label(reader.code()).to_owned();
        let grades = narrower("educationalLevel", Some(&concept.id));
        Self {
            count: Some(counts.level(&concept.id)),
            under: grades
                .into_iter()
                .map(|grade| (level_path(&grade.id), name(grade)))
                .collect(),
            ..Self::new(level_path(&concept.id), name(concept))
        }
    }
}

/// A list of large links.
pub fn tile_grid(reader: &Reader, class: &'static str, tiles: Vec<Tile>) -> AnyView {
    let tiles = tiles
        .into_iter()
        .map(|tile| tile_view(reader, tile))
        .collect_view();
    view! { <ul class=class>{tiles}</ul> }.into_any()
}

/// Subjects as a list of large links.
pub fn subject_tiles(reader: &Reader, concepts: &[&Concept], counts: &Counts) -> AnyView {
    let tiles = concepts
        .iter()
        .map(|concept| Tile::subject(reader, concept, counts))
        .collect();
    tile_grid(reader, "subject-grid", tiles)
}

fn tile_view(reader: &Reader, tile: Tile) -> AnyView {
    let t = reader.texts();
    let count = tile.count.map(|count| {
        view! { <span class="tile__count">{t.fill("tile-count", &[("count", count.into())])}</span> }
    });
    let note =
        (!tile.note.is_empty()).then(|| view! { <span class="tile__note">{tile.note}</span> });
    let text = (!tile.text.is_empty()).then(
        || view! { <span class="tile__text" lang=tile.foreign.clone()>{tile.text.clone()}</span> " " },
    );
    let grade = |(path, name): (String, String)| view! { <li><a class="chip" href=reader.link(&path)>{name}</a></li> };
    let under = (!tile.under.is_empty()).then(|| {
        view! { <ul class="chip-list">{tile.under.into_iter().map(grade).collect_view()}</ul> }
    });
    let class = match tile.count {
        Some(0) => "tile tile--empty",
        _ => "tile",
    };
    view! {
        <li>
            <a class=class href=reader.link(&tile.path)>
                <span class="tile__name" lang=tile.foreign.clone()>{tile.name}</span> " " {text} {note} " " {count}
            </a>
            {under}
        </li>
    }
    .into_any()
}
