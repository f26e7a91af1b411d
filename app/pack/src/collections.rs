//! Books and courses of a pack: what other resources of it are parts of.

use crate::opened::OpenedPack;
use khue_app::services::Collection;
use std::collections::BTreeMap;

/// All of them, the largest first, those of one size by their names.
pub fn of(pack: &OpenedPack) -> Vec<Collection> {
    let mut found: BTreeMap<String, Collection> = BTreeMap::new();
    for whole in pack.resources().filter(|one| !one.parts.is_empty()) {
        let record = whole.record;
        let collection = Collection {
            in_language: record.main_language().unwrap_or_default().to_owned(),
            name: record.name,
            description: String::new(),
            parts: whole.parts.len(),
            id: record.id.clone(),
        };
        found.insert(record.id, collection);
    }
    let mut all: Vec<Collection> = found.into_values().collect();
    all.sort_by(|a, b| b.parts.cmp(&a.parts).then_with(|| a.name.cmp(&b.name)));
    all
}
