//! Identifiers, alignments and where a record comes from.

use super::Draft;
use super::agents::with_address;
use super::text::{items, texts};
use crate::Alignment;
use crate::check::UNMAPPED_VALUE;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(super) fn identifier(draft: &mut Draft, key: &str, value: Value) {
    let found = texts(draft, key, value).into_iter();
    for text in found {
        match draft.record.provenance.identifier.is_empty() {
            true => draft.record.provenance.identifier = text,
            false => draft.keep(key, Value::String(text)),
        }
    }
}

/// Reads items as our own type; what does not fit is kept.
pub(super) fn own<T: DeserializeOwned>(draft: &mut Draft, key: &str, item: Value) -> Option<T> {
    let kept = item.clone();
    let read = serde_json::from_value(item).ok();
    if read.is_none() {
        draft.say(&UNMAPPED_VALUE, key, &kept.to_string());
        draft.keep(key, kept);
    }
    read
}

pub(super) fn alignments(draft: &mut Draft, key: &str, value: Value) {
    for item in items(value) {
        let found = match item {
            Value::String(text) => Some(alignment(&text)),
            other => own(draft, key, other),
        };
        draft.record.educational_alignment.extend(found);
    }
}

/// `Framework » lesson <address>`.
fn alignment(text: &str) -> Alignment {
    let (text, target) = with_address(text);
    let (framework, name) = text.split_once('»').unwrap_or(("", text));
    Alignment {
        educational_framework: framework.trim().to_owned(),
        target_url: target.map(str::to_owned),
        target_name: name.trim().to_owned(),
    }
}

pub(super) fn provenance(draft: &mut Draft, key: &str, value: Value) {
    if let Some(read) = value.is_object().then(|| own(draft, key, value)).flatten() {
        draft.record.provenance = read;
    }
}
