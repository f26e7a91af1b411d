//! What the server suggests.

use crate::browser;
use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// One suggestion, as `/api/v1/suggest` gives it.
pub struct Found {
    /// What to show and to search.
    pub text: String,
    /// Its kind.
    pub kind: String,
    /// Byte ranges of the text that were typed, in order.
    pub ranges: Vec<(usize, usize)>,
    id: Option<String>,
}

/// Asks for completions; `None` where anything goes wrong.
pub async fn ask(words: &str, language: &str) -> Option<Vec<Found>> {
    let words = browser::encode(words);
    let address = format!("/api/v1/suggest?lang={language}&q={words}");
    let answer = browser::fetch_text(&address).await?;
    let all: Array = JSON::parse(&answer).ok()?.dyn_into().ok()?;
    all.iter().map(|one| read(&one)).collect()
}

fn read(one: &JsValue) -> Option<Found> {
    let field = |name: &str| Reflect::get(one, &name.into()).ok();
    let ranges = field("ranges").and_then(|ranges| ranges.dyn_into::<Array>().ok());
    let ranges = ranges.map(|ranges| ranges.iter().filter_map(|range| pair(&range)).collect());
    Some(Found {
        text: field("text")?.as_string()?,
        kind: field("kind")?.as_string()?,
        ranges: ranges.unwrap_or_default(),
        id: field("id").and_then(|id| id.as_string()),
    })
}

fn pair(range: &JsValue) -> Option<(usize, usize)> {
    let range: &Array = range.dyn_ref()?;
    let at = |place| Some(range.get(place).as_f64()? as usize);
    Some((at(0)?, at(1)?))
}

impl Found {
    /// Where it leads; `prefix` is that of the interface's language.
    pub fn address(&self, prefix: &str) -> String {
        match (&self.id, self.kind.as_str()) {
            (Some(id), "name") => format!("{prefix}/resources/{}", browser::encode(id)),
            (Some(id), kind) => format!("{prefix}/search?{kind}={}", browser::encode(id)),
            (None, _) => format!("{prefix}/search?q={}", browser::encode(&self.text)),
        }
    }
}
