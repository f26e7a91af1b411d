//! A small library in memory: for tests, and for a look at the pages without a store.

mod find;
mod records;

use khue_content::check;
use khue_content::render::render;
use khue_content::search::{Hit, SearchPage, SearchParams, Suggestion};
use khue_content::{LearningResource, Link};
use std::sync::Arc;

use find::{counted, facet, hit, values};

use crate::Language;
use crate::services::{
    Answer, Collection, Counts, Library, ResourceView, ServiceError, Services, Translation, Whole,
};

/// A handful of records.
pub struct SmallLibrary {
    records: Vec<LearningResource>,
    broken: bool,
    waiting: u64,
}

impl SmallLibrary {
    /// The records of [`records`].
    pub fn new() -> Self {
        Self {
            records: records::all(),
            broken: false,
            waiting: 0,
        }
    }

    /// A library whose every answer is an error.
    pub fn broken() -> Self {
        Self {
            records: Vec::new(),
            broken: true,
            waiting: 0,
        }
    }

    /// The same library while so many changes wait for the index.
    pub fn waiting_for(self, waiting: u64) -> Self {
        Self { waiting, ..self }
    }

    /// Services with this library, as the server would give them.
    pub fn services(self) -> Services {
        let library: Arc<dyn Library> = Arc::new(self);
        Services {
            origin: Arc::from("https://khue.example"),
            today: || khue_content::plan::Date::constant(2026, 9, 5),
            ..Services::from(library)
        }
    }

    fn answer<'a, T: Send + 'a>(&self, value: T) -> Answer<'a, T> {
        let broken = self.broken;
        Box::pin(async move {
            match broken {
                true => Err(ServiceError::Failed("it is meant to fail".to_owned())),
                false => Ok(value),
            }
        })
    }

    fn record(&self, id: &str) -> Option<&LearningResource> {
        self.records.iter().find(|record| record.id == id)
    }

    fn parts(&self, id: &str) -> Vec<Link> {
        let part = |record: &LearningResource| {
            let link = record.is_part_of.iter().find(|link| link.id == id)?;
            Some(Link {
                id: record.id.clone(),
                name: record.name.clone(),
                ..link.clone()
            })
        };
        let mut parts: Vec<Link> = self.records.iter().filter_map(part).collect();
        parts.sort_by_key(|part| part.position);
        parts
    }

    fn whole(&self, id: &str, link: &Link) -> Whole {
        let parts = self.parts(&link.id);
        let place = parts
            .iter()
            .position(|part| part.id == id)
            .unwrap_or_default();
        Whole {
            link: link.clone(),
            total: parts.len(),
            previous: place.checked_sub(1).map(|before| parts[before].clone()),
            next: parts.get(place + 1).cloned(),
        }
    }

    fn view(&self, id: &str) -> Option<ResourceView> {
        let record = self.record(id)?.clone();
        let reading = record
            .body
            .as_ref()
            .map(|body| render(body, &record.encoding, &|_| None, "vi"));
        let wholes = record
            .is_part_of
            .iter()
            .map(|link| self.whole(id, link))
            .collect();
        let translation = |link: &Link| Translation {
            id: link.id.clone(),
            name: link.name.clone(),
            in_language: self
                .record(&link.id)
                .and_then(|other| other.in_language.first().cloned())
                .unwrap_or_default(),
        };
        Some(ResourceView {
            findings: check::check(&record),
            translations: record.work_translation.iter().map(translation).collect(),
            parts: self.parts(id),
            version: 1,
            changed_at: "2026-09-05T08:00:00Z".to_owned(),
            reading,
            wholes,
            record,
            guidance: None,
        })
    }

    fn find(&self, params: &SearchParams) -> SearchPage {
        let words = params.q.to_lowercase();
        let has_words = |record: &&LearningResource| {
            let text = format!("{} {}", record.name, record.description).to_lowercase();
            words.split_whitespace().all(|word| text.contains(word))
        };
        let has_values = |record: &&LearningResource| {
            params.filters.iter().all(|(name, wanted)| {
                wanted
                    .iter()
                    .any(|value| values(record, name).contains(value))
            })
        };
        let found: Vec<&LearningResource> = self
            .records
            .iter()
            .filter(has_words)
            .filter(has_values)
            .collect();
        let skipped = (params.page - 1) * params.size;
        SearchPage {
            total: found.len(),
            page: params.page,
            size: params.size,
            items: found
                .iter()
                .skip(skipped)
                .take(params.size)
                .map(|record| hit(record))
                .collect(),
            facets: khue_content::search::FACETS
                .iter()
                .map(|name| facet(name, &found, params))
                .collect(),
            ..SearchPage::default()
        }
    }
}

impl Default for SmallLibrary {
    fn default() -> Self {
        Self::new()
    }
}

impl Library for SmallLibrary {
    fn search<'a>(&'a self, params: &'a SearchParams) -> Answer<'a, SearchPage> {
        self.answer(self.find(params))
    }

    fn waiting(&self) -> Answer<'_, u64> {
        self.answer(self.waiting)
    }

    fn suggest<'a>(&'a self, prefix: &'a str, _: Language) -> Answer<'a, Vec<Suggestion>> {
        let named = self.records.iter().filter(|record| {
            record
                .name
                .to_lowercase()
                .starts_with(&prefix.to_lowercase())
        });
        let suggestion = |record: &LearningResource| Suggestion {
            text: record.name.clone(),
            kind: "name".to_owned(),
            ranges: Vec::new(),
            id: Some(record.id.clone()),
        };
        self.answer(named.map(suggestion).collect())
    }

    fn resource<'a>(&'a self, id: &'a str) -> Answer<'a, Option<ResourceView>> {
        self.answer(self.view(id))
    }

    fn newest(&self, count: usize) -> Answer<'_, Vec<Hit>> {
        self.answer(self.records.iter().take(count).map(hit).collect())
    }

    fn collections(&self, count: usize) -> Answer<'_, Vec<Collection>> {
        let collection = |record: &LearningResource| Collection {
            id: record.id.clone(),
            name: record.name.clone(),
            in_language: record.in_language.first().cloned().unwrap_or_default(),
            description: record.description.clone(),
            parts: self.parts(&record.id).len(),
        };
        let wholes = self
            .records
            .iter()
            .map(collection)
            .filter(|collection| collection.parts > 0);
        self.answer(wholes.take(count).collect())
    }

    fn counts(&self) -> Answer<'_, Counts> {
        let all: Vec<&LearningResource> = self.records.iter().collect();
        self.answer(Counts {
            total: all.len(),
            subjects: counted("about", &all),
            levels: counted("educationalLevel", &all),
        })
    }

    fn records<'a>(&'a self, ids: &'a [String]) -> Answer<'a, Vec<LearningResource>> {
        let known = ids.iter().filter_map(|id| self.record(id)).cloned();
        self.answer(known.collect())
    }

    fn similar<'a>(&'a self, id: &'a str, count: usize) -> Answer<'a, Vec<Hit>> {
        let others = self.records.iter().filter(|record| record.id != id);
        self.answer(others.take(count).map(hit).collect())
    }
}
