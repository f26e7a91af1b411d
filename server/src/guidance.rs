//! Guidance from files and for pages: records in any form that an import reads, drafts as files.

mod beside;
mod docx;
mod records;
mod writing;

pub use docx::to_docx;
pub use records::{Sourced, records};
pub use writing::{Filled, Score, Scores, Tried, Writing, tried};

use khue_app::services::ServiceError;
use khue_content::LearningResource;
use khue_content::guidance::{GuidanceDraft, GuidanceRequest, Refusal, draft};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Drafts that are made at a time, so that searches keep their processor.
static PLACES: Semaphore = Semaphore::const_new(2);
/// How long a draft may wait for its place.
const PATIENCE: Duration = Duration::from_secs(5);

/// Today in the machine's time zone, ISO 8601.
pub fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

/// A draft for a page, dated today, made off the async threads. Where one is wanted in which a language model chose
/// spans and it is ready, it is that; else one by rules and patterns, at once, and the other is made beside.
///
/// # Errors
/// [`ServiceError::Busy`] where too many are asked for.
pub async fn drafted(
    record: LearningResource,
    request: GuidanceRequest,
) -> Result<Result<GuidanceDraft, Refusal>, ServiceError> {
    let busy = || ServiceError::Busy("too many drafts of guidance are being made".to_owned());
    let place = tokio::time::timeout(PATIENCE, PLACES.acquire()).await;
    let _place = place.map_err(|_| busy())?.map_err(|_| busy())?;
    let request = GuidanceRequest {
        date: today(),
        ..request
    };
    let made = tokio::task::spawn_blocking(move || {
        let worded = request.worded.then(|| beside::worded(&record, &request));
        match worded.flatten() {
            Some(worded) => Ok(worded),
            None => draft(&record, &request, None),
        }
    });
    made.await
        .map_err(|error| ServiceError::Failed(error.to_string()))
}
