//! What pages ask for, answered from store and index.

use crate::portal::Portal;
use khue_app::Language;
use khue_app::services::{
    Answer, Collection, Counts, GuidanceNote, Library, ResourceView, ServiceError, Tombstone,
    Translation, Whole,
};
use khue_content::check;
use khue_content::guidance::{GuidanceDraft, GuidanceRequest, Refusal};
use khue_content::render::{self, Rendered};
use khue_content::search::{Hit, SearchPage, SearchParams, SearchRequest, Sort, Suggestion};
use khue_content::{Alignment, LearningResource, Link};
use khue_index::Index;
use khue_store::{Part, Status, Store};
use std::sync::Arc;

/// Suggestions that are given at a time.
const SUGGESTIONS: usize = 9;

/// [`Library`] on a [`Portal`].
pub struct PortalLibrary(pub Arc<Portal>);

fn failed(error: impl std::fmt::Display) -> ServiceError {
    tracing::error!(%error, "a page could not have its data");
    ServiceError::Failed(error.to_string())
}

impl PortalLibrary {
    /// Runs work on the index off the async threads.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Index) -> khue_index::Result<T> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let index = self.0.index();
        let done = tokio::task::spawn_blocking(move || work(&index)).await;
        done.map_err(failed)?.map_err(failed)
    }

    fn store(&self) -> &Store {
        &self.0.store
    }
}

/// A published resource with all that its page shows; `None` where there is none.
async fn view(store: &Store, id: &str) -> Result<Option<ResourceView>, ServiceError> {
    let Some(view) = unread(store, id).await? else {
        return Ok(None);
    };
    let read = tokio::task::spawn_blocking(move || ResourceView {
        reading: read(&view.record),
        findings: check::check(&view.record),
        ..view
    });
    read.await.map(Some).map_err(failed)
}

/// The same without what is made from the record itself: its text for the page, and findings.
pub(crate) async fn unread(store: &Store, id: &str) -> Result<Option<ResourceView>, ServiceError> {
    let Some(stored) = store.resource(id).await.map_err(failed)? else {
        return Ok(None);
    };
    if stored.status != Status::Published {
        return Ok(None);
    }
    let parts = store.parts_of(id).await.map_err(failed)?;
    let wholes = wholes(store, id).await?;
    let translations = store.translations_of(id).await.map_err(failed)?;
    let translation = |other: khue_store::Summary| Translation {
        id: other.id,
        name: other.name,
        in_language: other.language.unwrap_or_default(),
    };
    Ok(Some(ResourceView {
        record: stored.record,
        version: u32::try_from(stored.version).unwrap_or(1),
        changed_at: crate::clock::iso(stored.changed_at),
        parts: parts.into_iter().map(link).collect(),
        wholes,
        translations: translations.into_iter().map(translation).collect(),
        guidance: guidance_note(store, id, stored.version).await?,
        ..ResourceView::default()
    }))
}

/// What the label of signed guidance says: the Vietnamese one first.
async fn guidance_note(
    store: &Store,
    id: &str,
    version: i64,
) -> Result<Option<GuidanceNote>, ServiceError> {
    let all = store.signed_guidance(id).await.map_err(failed)?;
    let note = |one| {
        let signed = crate::signing::signed(one, version);
        GuidanceNote {
            label: signed.draft.label,
            in_language: signed.draft.in_language,
            to_review: signed.to_review,
        }
    };
    let mut notes: Vec<GuidanceNote> = all.into_iter().map(note).collect();
    let vietnamese = notes.iter().position(|note| note.in_language == "vi");
    Ok((!notes.is_empty()).then(|| notes.swap_remove(vietnamese.unwrap_or(0))))
}

async fn wholes(store: &Store, id: &str) -> Result<Vec<Whole>, ServiceError> {
    let mut wholes = Vec::new();
    let found = store.wholes_of(id).await.map_err(failed)?;
    for whole in found.into_iter().take(8) {
        let parts = store.parts_of(&whole.resource.id).await.map_err(failed)?;
        let place = parts.iter().position(|part| part.resource.id == id);
        let near = |step: isize| {
            let at = place?.checked_add_signed(step)?;
            parts.get(at).cloned().map(link)
        };
        wholes.push(Whole {
            total: parts.len(),
            previous: near(-1),
            next: near(1),
            link: link(whole),
        });
    }
    Ok(wholes)
}

/// The text of a record, its pictures at the addresses of the kept files.
fn read(record: &LearningResource) -> Option<Rendered> {
    let body = record.body.as_ref()?;
    let resolve = |name: &str| {
        let file = record.encoding.iter().find(|file| file.name == name)?;
        let sha256 = file.sha256.as_ref()?;
        Some(format!(
            "/files/{sha256}/{}",
            crate::address::path_segment(&file.name)
        ))
    };
    let language = record.main_language().unwrap_or("vi");
    Some(render::render(body, &record.encoding, &resolve, language))
}

fn link(part: Part) -> Link {
    Link {
        id: part.resource.id,
        name: part.resource.name,
        position: part.position.and_then(|p| u32::try_from(p).ok()),
        path: part.path,
    }
}

/// A search without words, for lists of what there is.
fn everything(sort: Sort, size: usize) -> SearchRequest {
    SearchRequest::verbatim(SearchParams {
        sort,
        size,
        ..SearchParams::default()
    })
}

impl Library for PortalLibrary {
    fn search<'a>(&'a self, params: &'a SearchParams) -> Answer<'a, SearchPage> {
        let params = params.clone();
        let meaning = self.0.meaning().cloned();
        Box::pin(self.ask(move |index| match meaning {
            Some(meaning) => index.find_meant(params, &|text| meaning.query(text)),
            None => index.find(params),
        }))
    }

    fn suggest<'a>(&'a self, prefix: &'a str, language: Language) -> Answer<'a, Vec<Suggestion>> {
        let prefix = prefix.to_owned();
        let past = self.0.past.known();
        Box::pin(self.ask(move |index| index.suggest(&past, &prefix, language.code(), SUGGESTIONS)))
    }

    fn resource<'a>(&'a self, id: &'a str) -> Answer<'a, Option<ResourceView>> {
        Box::pin(view(self.store(), id))
    }

    fn tombstone<'a>(&'a self, id: &'a str) -> Answer<'a, Option<Tombstone>> {
        Box::pin(async move {
            let stored = self.store().resource(id).await.map_err(failed)?;
            Ok(stored.and_then(|stored| match stored.status {
                Status::Published => None,
                Status::Withdrawn(reason) => Some(Tombstone {
                    name: stored.record.name,
                    reason,
                }),
            }))
        })
    }

    fn newest(&self, count: usize) -> Answer<'_, Vec<Hit>> {
        Box::pin(async move {
            Ok(self
                .ask(move |index| index.search(&everything(Sort::Newest, count)))
                .await?
                .items)
        })
    }

    fn collections(&self, count: usize) -> Answer<'_, Vec<Collection>> {
        Box::pin(async move {
            let wanted = u64::try_from(count).unwrap_or(u64::MAX);
            let found = self.store().collections(wanted).await.map_err(failed)?;
            let collection = |one: khue_store::Collection| Collection {
                id: one.resource.id,
                name: one.resource.name,
                in_language: one.resource.language.unwrap_or_default(),
                description: String::new(),
                parts: usize::try_from(one.parts).unwrap_or(usize::MAX),
            };
            Ok(found.into_iter().map(collection).collect())
        })
    }

    fn waiting(&self) -> Answer<'_, u64> {
        Box::pin(async move {
            let stored = self.store().last_change().await.map_err(failed)?;
            let found = self.ask(Index::last_change).await?;
            Ok(u64::try_from(stored - found).unwrap_or(0))
        })
    }

    fn counts(&self) -> Answer<'_, Counts> {
        Box::pin(async move {
            let page = self
                .ask(|index| index.search(&everything(Sort::Newest, 1)))
                .await?;
            let of = |name: &str| {
                let facet = page.facets.iter().find(|facet| facet.name == name);
                facet
                    .into_iter()
                    .flat_map(|f| &f.values)
                    .map(|v| (v.value.clone(), v.count))
                    .collect()
            };
            Ok(Counts {
                total: page.total,
                subjects: of("about"),
                levels: of("educationalLevel"),
            })
        })
    }

    fn same_lesson<'a>(
        &'a self,
        id: &'a str,
        alignments: &'a [Alignment],
        count: usize,
    ) -> Answer<'a, Vec<Hit>> {
        let (id, alignments) = (id.to_owned(), alignments.to_vec());
        Box::pin(self.ask(move |index| index.same_lesson(&id, &alignments, count)))
    }

    fn guidance<'a>(
        &'a self,
        record: &'a LearningResource,
        request: &'a GuidanceRequest,
    ) -> Answer<'a, Result<GuidanceDraft, Refusal>> {
        Box::pin(crate::guidance::drafted(record.clone(), request.clone()))
    }

    fn guidance_word<'a>(&'a self, draft: &'a GuidanceDraft) -> Answer<'a, Vec<u8>> {
        Box::pin(async move { crate::guidance::to_docx(draft).map_err(failed) })
    }

    fn records<'a>(&'a self, ids: &'a [String]) -> Answer<'a, Vec<LearningResource>> {
        Box::pin(async move {
            let stored = self.store().resources(ids).await.map_err(failed)?;
            Ok(stored.into_iter().map(|stored| stored.record).collect())
        })
    }

    fn similar<'a>(&'a self, id: &'a str, count: usize) -> Answer<'a, Vec<Hit>> {
        let id = id.to_owned();
        Box::pin(self.ask(move |index| index.similar(&id, count)))
    }
}
