//! Pictures that a reader who cannot see them knows nothing of.

use super::content::{Picture, last_part, pictures};
use super::{Finding, MISSING_ALT_TEXT, MOST};
use crate::{LearningResource, MediaObject};
use std::collections::HashSet;

pub(super) fn judge(record: &LearningResource, findings: &mut Vec<Finding>) {
    let shown: HashSet<&str> = match record.encoding.is_empty() {
        true => HashSet::new(),
        false => record
            .body
            .iter()
            .flat_map(pictures)
            .map(|picture| last_part(picture.target))
            .collect(),
    };
    let files = record
        .encoding
        .iter()
        .filter(|file| is_undescribed(file, &shown));
    findings.extend(
        files
            .take(MOST)
            .map(|file| MISSING_ALT_TEXT.on("encoding", &file.name)),
    );
    let bare = |picture: &Picture<'_>| picture.alternative.is_none() && !picture.decorative;
    let bare = record.body.iter().flat_map(pictures).filter(bare);
    findings.extend(
        bare.take(MOST)
            .map(|picture| MISSING_ALT_TEXT.on("body", picture.target)),
    );
}

/// A picture file without a description that the text does not show either:
/// where it does, the picture in the text is judged.
fn is_undescribed(file: &MediaObject, shown: &HashSet<&str>) -> bool {
    let kind = file.encoding_format.as_deref().unwrap_or_default();
    kind.starts_with("image/")
        && file.description.trim().is_empty()
        && !shown.contains(file.name.as_str())
}
