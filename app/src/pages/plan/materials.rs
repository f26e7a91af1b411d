//! What the library has for a plan.

use khue_content::plan::{Material, Wish};
use khue_content::search::{Hit, MAX_SIZE, SearchParams};
use khue_content::{LearningResource, vocabulary};
use std::collections::HashSet;

use crate::components::notation;
use crate::reader::Reader;
use crate::services::ServiceError;

/// Lessons of a subject that a plan takes at most.
const MOST: usize = 40;
/// Fewer lessons than this are surely no whole syllabus.
const FEW: usize = 8;
/// Kinds of material that nobody studies by themselves.
const NOT_FOR_LEARNING: [&str; 5] = [
    "teaching-guide",
    "dataset",
    "software",
    "link-collection",
    "image",
];

/// What was found.
pub struct Found {
    /// What the plan is made of.
    pub materials: Vec<Material>,
    /// What there is of each subject, in the order of the wish.
    pub shelves: Vec<Shelf>,
}

/// What the library has of a subject.
pub struct Shelf {
    /// The subject, as a concept URI.
    pub about: String,
    /// Resources of it in the library, for the levels and the language asked for.
    pub total: usize,
    /// Lessons taken into account.
    pub taken: usize,
}

impl Shelf {
    /// Whether this is too little to prepare for anything.
    pub fn is_thin(&self) -> bool {
        self.taken > 0 && self.taken < FEW
    }
}

/// Looks through the library.
pub async fn found(reader: &Reader, wish: &Wish) -> Result<Found, ServiceError> {
    let mut found = Found {
        materials: Vec::new(),
        shelves: Vec::new(),
    };
    let paths = reader.paths();
    let mut seen = HashSet::new();
    for about in &wish.about {
        let (hits, total) = hits(reader, wish, about).await?;
        let ids: Vec<String> = hits
            .into_iter()
            .map(|hit| hit.id)
            .filter(|id| seen.insert(id.clone()))
            .collect();
        let records = reader.services.library.records(&ids).await?;
        let alone = records.iter().filter(|record| !is_whole(record, &records));
        let materials: Vec<Material> = alone
            .map(|record| Material::of(record, about, &paths))
            .collect();
        found.shelves.push(Shelf {
            about: about.clone(),
            total,
            taken: materials.len(),
        });
        found.materials.extend(materials);
    }
    Ok(found)
}

/// Whether a record is a book or course: its parts are studied, not itself.
fn is_whole(record: &LearningResource, all: &[LearningResource]) -> bool {
    let mut links = all.iter().flat_map(|other| &other.is_part_of);
    !record.has_part.is_empty() || links.any(|link| link.id == record.id)
}

/// Lessons of a subject, those of the most important level first, and how many resources there are.
async fn hits(
    reader: &Reader,
    wish: &Wish,
    about: &str,
) -> Result<(Vec<Hit>, usize), ServiceError> {
    let mut taken: Vec<Hit> = Vec::new();
    let mut total = 0;
    for level in wish.levels() {
        let params = search(wish, about, &level);
        let page = reader.services.library.search(&params).await?;
        total += page.total;
        for hit in page.items.into_iter().filter(is_for_learning) {
            if taken.len() < MOST && !is_there(&taken, &hit) {
                taken.push(hit);
            }
        }
    }
    Ok((taken, total))
}

fn search(wish: &Wish, about: &str, level: &str) -> SearchParams {
    let mut params = SearchParams {
        size: MAX_SIZE,
        verbatim: true,
        ..SearchParams::default()
    };
    params.add("about", about);
    params.add("educationalLevel", level);
    let wanted = wish.in_language.as_deref().filter(|code| *code != "any");
    // Lessons of a foreign language are in that language.
    if let Some(code) = wanted.filter(|_| !is_foreign_language(about)) {
        params.add("inLanguage", code);
    }
    params
}

fn is_foreign_language(about: &str) -> bool {
    vocabulary::with_broader(about)
        .into_iter()
        .any(|concept| notation(concept) == "ngoai-ngu")
}

pub fn is_for_learning(hit: &Hit) -> bool {
    let kinds = &hit.learning_resource_type;
    let unfit = |uri: &String| {
        NOT_FOR_LEARNING
            .iter()
            .any(|kind| uri.ends_with(&format!("/{kind}")))
    };
    kinds.is_empty() || !kinds.iter().all(unfit)
}

/// Whether it is there already, maybe in another language.
fn is_there(taken: &[Hit], hit: &Hit) -> bool {
    let names = [&hit.id, &hit.identifier];
    taken.iter().any(|other| {
        other.id == hit.id || other.work_translation.iter().any(|id| names.contains(&id))
    })
}
