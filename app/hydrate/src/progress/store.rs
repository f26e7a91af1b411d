//! The browser's own storage. Where it is closed, nothing is remembered and everything else works.

use super::record::Record;
use super::stored::{read, write};

/// Under which name it is kept.
const KEY: &str = "khue-progress";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What is remembered; nothing where there is nothing or it cannot be read.
pub fn load() -> Record {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok()?);
    text.and_then(|text| read(&text)).unwrap_or_default()
}

/// Remembers.
pub fn save(record: &Record) {
    if let Some(storage) = storage() {
        // A full or closed storage keeps what it has.
        let _ = storage.set_item(KEY, &write(record));
    }
}

/// Forgets everything.
pub fn erase() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}

/// Today as a number of days since 1970-01-01, in local time.
pub fn today() -> u32 {
    let now = js_sys::Date::new_0();
    let local = now.get_time() - now.get_timezone_offset() * 60_000.0;
    (local / 86_400_000.0) as u32
}
