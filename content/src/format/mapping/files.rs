//! Files.

use super::Draft;
use super::agents::with_address;
use super::parts::own;
use super::text::items;
use crate::MediaObject;
use serde_json::{Map, Value};

pub(super) fn files(draft: &mut Draft, key: &str, value: Value) {
    for item in items(value) {
        let found = match item {
            Value::String(text) => Some(file(&text)),
            Value::Object(object) => own(draft, key, sized(object)),
            other => own(draft, key, other),
        };
        draft.record.encoding.extend(found);
    }
}

fn file(text: &str) -> MediaObject {
    let (name, address) = with_address(text);
    let bare = address.is_none() && name.contains("://");
    MediaObject {
        name: if bare {
            name.rsplit('/').next().unwrap_or_default()
        } else {
            name
        }
        .to_owned(),
        content_url: if bare { Some(name) } else { address }.map(str::to_owned),
        ..MediaObject::default()
    }
}

/// A file object whose size may be written as a text and whose address may be `embedUrl`.
fn sized(mut object: Map<String, Value>) -> Value {
    let size = object.get("contentSize").and_then(Value::as_str);
    if let Some(size) = size.and_then(|size| size.trim().parse::<u64>().ok()) {
        object.insert("contentSize".to_owned(), size.into());
    }
    if !object.contains_key("contentUrl")
        && let Some(address) = object.remove("embedUrl")
    {
        object.insert("contentUrl".to_owned(), address);
    }
    if let Some(text) = object
        .get("sha256")
        .and_then(Value::as_str)
        .map(str::to_lowercase)
    {
        object.insert("sha256".to_owned(), text.into());
    }
    Value::Object(object)
}
