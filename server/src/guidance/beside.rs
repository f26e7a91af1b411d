//! Drafts in which a language model chose spans, made beside the pages: a page never waits for one.

use super::writing::{Scores, Writing};
use khue_content::LearningResource;
use khue_content::guidance::{Chosen, GuidanceDraft, GuidanceRequest};
use khue_inference::models::{ModelFolder, Role};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Drafts that are kept, some tens of kilobytes each.
const KEPT: usize = 64;

/// The model that is in use and may choose; read when the first draft is made.
static WRITING: OnceLock<Option<Writing>> = OnceLock::new();
/// Whether one is being made: one at a time, on one core, so that searches keep the others.
static BUSY: AtomicBool = AtomicBool::new(false);
/// What was made, by what it was made from; nothing where the model chose nothing.
static READY: Mutex<VecDeque<(Key, Option<GuidanceDraft>)>> = Mutex::new(VecDeque::new());

/// Hash of record and request.
type Key = [u8; 32];

/// The draft, where it is ready. Else it is begun, where no other is being made and a model may choose.
pub(super) fn worded(
    record: &LearningResource,
    request: &GuidanceRequest,
) -> Option<GuidanceDraft> {
    let key = key(record, request)?;
    if let Some((_, made)) = ready().iter().find(|(own, _)| *own == key) {
        return made.clone();
    }
    let hopeless = matches!(WRITING.get(), Some(None));
    if !hopeless && !BUSY.swap(true, Ordering::AcqRel) {
        let (record, request) = (record.clone(), request.clone());
        let making = std::thread::Builder::new().name("write-guidance".to_owned());
        let begun = making.spawn(move || {
            let _free = Free;
            make(key, &record, &request);
        });
        if begun.is_err() {
            BUSY.store(false, Ordering::Release);
        }
    }
    None
}

/// Lets the next one begin, whatever becomes of this one.
struct Free;

impl Drop for Free {
    fn drop(&mut self) {
        BUSY.store(false, Ordering::Release);
    }
}

fn make(key: Key, record: &LearningResource, request: &GuidanceRequest) {
    let Some(writing) = WRITING.get_or_init(open) else {
        return;
    };
    let made = writing.draft(record, request).ok();
    let made = made.filter(|made| made.writer.is_some());
    let mut ready = ready();
    ready.push_back((key, made));
    let over = ready.len().saturating_sub(KEPT);
    ready.drain(..over);
}

/// The writer in use, where its score lets it choose anything.
fn open() -> Option<Writing> {
    let folder = ModelFolder::default_place();
    let scores = Scores::open(&folder);
    let scores = scores
        .inspect_err(|error| tracing::warn!("{error:#}"))
        .ok()?;
    let in_use = folder.in_use(Role::Writer).ok()?;
    let model = Chosen {
        name: in_use.name,
        revision: in_use.revision,
    };
    if scores
        .of(&model)
        .is_none_or(|score| score.trusted().is_empty())
    {
        return None;
    }
    let opened = Writing::named(Role::Writer.name(), &folder);
    let writing = opened
        .inspect_err(|error| tracing::warn!("{error:#}"))
        .ok()?;
    tracing::info!("{} chooses passages of guidance", model.name);
    Some(writing.trusted_by(&scores))
}

/// All that a draft is made from.
fn key(record: &LearningResource, request: &GuidanceRequest) -> Option<Key> {
    let mut bytes = serde_json::to_vec(record).ok()?;
    bytes.extend(format!("{request:?}").bytes());
    Some(Sha256::digest(&bytes).into())
}

fn ready() -> std::sync::MutexGuard<'static, VecDeque<(Key, Option<GuidanceDraft>)>> {
    READY.lock().unwrap_or_else(PoisonError::into_inner)
}
