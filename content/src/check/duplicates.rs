//! Records that lead to the same place.

use super::{DUPLICATE_URL, Finding};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Remembers the addresses of the records it was shown, in order.
///
/// Sixteen bytes and a place number for each address, so that a million records fit.
#[derive(Default)]
pub struct DuplicateUrls {
    first: HashMap<u128, u64>,
}

impl DuplicateUrls {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A finding where an earlier record had the same address; its detail names
    /// that record's place (a line or running number, as the caller counts).
    pub fn see(&mut self, url: &str, place: u64) -> Option<Finding> {
        let key = key(&normalised(url));
        match self.first.entry(key) {
            std::collections::hash_map::Entry::Occupied(earlier) => {
                Some(DUPLICATE_URL.on("url", &format!("{}: {url}", earlier.get())))
            }
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(place);
                None
            }
        }
    }
}

/// Two independent hashes: a collision among millions is out of the question.
fn key(url: &str) -> u128 {
    let hash = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, url).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    hash(0) << 64 | hash(1)
}

/// The address without what does not change where it leads: scheme, `www.`,
/// case of the host, fragment and final slash.
fn normalised(url: &str) -> String {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    // A fragment such as `#!/page` or `#/page` is a page of its own.
    let rest = match rest.split_once('#') {
        Some((page, fragment)) if !fragment.starts_with(['!', '/']) => page,
        _ => rest,
    };
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    format!("{host}{}", path.trim_end_matches('/'))
}
