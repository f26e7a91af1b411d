//! Pictures that a reader who cannot see them knows nothing of.

use super::content::{Picture, pictures};
use super::{Finding, MISSING_ALT_TEXT};
use crate::{LearningResource, MediaObject};

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let files = record.encoding.iter().filter(|file| is_undescribed(file, record));
    findings.extend(files.map(|file| MISSING_ALT_TEXT.on("encoding", &file.name)));
    let Some(body) = &record.body else { return };
    let bare = |picture: &Picture<'_>| picture.alternative.is_none() && !picture.decorative;
    let bare = pictures(body).filter(bare);
    findings.extend(bare.map(|picture| MISSING_ALT_TEXT.on("body", picture.target)));
}

/// A picture file without a description that the text does not show with one.
fn is_undescribed(file: &MediaObject, record: &LearningResource) -> bool {
    let kind = file.encoding_format.as_deref().unwrap_or_default();
    let shown = || {
        let body = record.body.as_ref();
        body.is_some_and(|body| pictures(body).any(|picture| picture.target.ends_with(&file.name)))
    };
    kind.starts_with("image/") && file.description.trim().is_empty() && !shown()
}
