//! What pages ask for, answered from a pack.

use crate::collections;
use crate::opened::OpenedPack;
use khue_app::Language;
use khue_app::services::{
    Answer, Collection, Counts, Library, ResourceView, ServiceError, Translation, Whole,
};
use khue_content::pack::{PackedResource, PackedWhole};
use khue_content::render::{self, Rendered};
use khue_content::search::{Hit, SearchPage, SearchParams, SearchRequest, Sort, Suggestion};
use khue_content::{Alignment, LearningResource, check};
use khue_index::PastQueries;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::future::ready;
use std::sync::{Arc, OnceLock};

/// Suggestions that are given at a time.
const SUGGESTIONS: usize = 9;

/// [`Library`] on an [`OpenedPack`].
pub struct PackLibrary {
    pack: Arc<OpenedPack>,
    collections: OnceLock<Vec<Collection>>,
}

fn answer<'a, T: Send + 'a>(found: khue_index::Result<T>) -> Answer<'a, T> {
    let found = found.map_err(|error| ServiceError::Failed(error.to_string()));
    Box::pin(ready(found))
}

impl PackLibrary {
    /// The library of a pack.
    pub fn new(pack: Arc<OpenedPack>) -> Self {
        Self {
            pack,
            collections: OnceLock::new(),
        }
    }

    fn newest_of(&self, size: usize) -> khue_index::Result<SearchPage> {
        let params = SearchParams {
            sort: Sort::Newest,
            size,
            ..SearchParams::default()
        };
        self.pack.index.search(&SearchRequest::verbatim(params))
    }
}

impl Library for PackLibrary {
    fn search<'a>(&'a self, params: &'a SearchParams) -> Answer<'a, SearchPage> {
        answer(self.pack.index.find(params.clone()))
    }

    fn suggest<'a>(&'a self, prefix: &'a str, language: Language) -> Answer<'a, Vec<Suggestion>> {
        let past = PastQueries::default();
        let index = &self.pack.index;
        answer(index.suggest(&past, prefix, language.code(), SUGGESTIONS))
    }

    fn resource<'a>(&'a self, id: &'a str) -> Answer<'a, Option<ResourceView>> {
        answer(Ok(self.pack.resource(id).map(view)))
    }

    fn newest(&self, count: usize) -> Answer<'_, Vec<Hit>> {
        answer(self.newest_of(count).map(|page| page.items))
    }

    fn collections(&self, count: usize) -> Answer<'_, Vec<Collection>> {
        let all = self.collections.get_or_init(|| collections::of(&self.pack));
        answer(Ok(all.iter().take(count).cloned().collect()))
    }

    fn counts(&self) -> Answer<'_, Counts> {
        let counts = |page: SearchPage| Counts {
            subjects: facet(&page, "about"),
            levels: facet(&page, "educationalLevel"),
            total: page.total,
        };
        answer(self.newest_of(1).map(counts))
    }

    fn same_lesson<'a>(
        &'a self,
        id: &'a str,
        alignments: &'a [Alignment],
        count: usize,
    ) -> Answer<'a, Vec<Hit>> {
        answer(self.pack.index.same_lesson(id, alignments, count))
    }

    fn records<'a>(&'a self, ids: &'a [String]) -> Answer<'a, Vec<LearningResource>> {
        let packed = ids.iter().filter_map(|id| self.pack.resource(id));
        answer(Ok(packed.map(|packed| packed.record).collect()))
    }

    fn similar<'a>(&'a self, id: &'a str, count: usize) -> Answer<'a, Vec<Hit>> {
        answer(self.pack.index.similar(id, count))
    }
}

/// Values of a facet with their counts.
fn facet(page: &SearchPage, name: &str) -> Vec<(String, usize)> {
    let facet = page.facets.iter().find(|facet| facet.name == name);
    let values = facet.into_iter().flat_map(|facet| &facet.values);
    values
        .map(|value| (value.value.clone(), value.count))
        .collect()
}

fn view(packed: PackedResource) -> ResourceView {
    let translation = |(id, name, in_language)| Translation {
        id,
        name,
        in_language,
    };
    ResourceView {
        reading: read(&packed.record),
        findings: check::check(&packed.record),
        record: packed.record,
        version: packed.version,
        changed_at: packed.changed_at,
        parts: packed.parts,
        wholes: packed.wholes.into_iter().map(whole).collect(),
        translations: packed.translations.into_iter().map(translation).collect(),
        guidance: None,
    }
}

fn whole(packed: PackedWhole) -> Whole {
    Whole {
        link: packed.link,
        total: packed.total,
        previous: packed.previous,
        next: packed.next,
    }
}

/// The text of a record, its pictures at the addresses of the kept files.
fn read(record: &LearningResource) -> Option<Rendered> {
    let body = record.body.as_ref()?;
    let resolve = |name: &str| {
        let file = record.encoding.iter().find(|file| file.name == name)?;
        let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC);
        Some(format!("/files/{}/{name}", file.sha256.as_ref()?))
    };
    let language = record.main_language().unwrap_or("vi");
    Some(render::render(body, &record.encoding, &resolve, language))
}
