//! Addresses in texts: which links are safe, which pictures are ours.

use super::event::collapse;
use crate::MediaObject;
use percent_encoding::percent_decode_str;

/// Schemes that a link may have; addresses without one stay on this origin.
pub(super) const SCHEMES: &[&str] = &["http", "https", "mailto"];

/// The address as browsers read it: no white space around, no line breaks within.
pub(super) fn tidy(raw: &str) -> String {
    let ends = |c: char| c <= ' ' || c == '\u{7f}';
    let inner = raw.trim_matches(ends);
    inner.chars().filter(|c| !c.is_control()).collect()
}

/// What stands before the first colon, in lower case, unless that is a part of a path.
/// More than a scheme may be, so that no odd spelling of one is taken for a path.
pub(super) fn scheme(address: &str) -> Option<String> {
    let (before, _) = address.split_once(':')?;
    let in_path = before.contains(['/', '?', '#']);
    (!in_path).then(|| before.to_lowercase())
}

/// Whether a link may lead there.
pub(super) fn is_safe_link(address: &str) -> bool {
    tidy(address) == address
        && scheme(address).is_none_or(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// Whether the address is a path on this origin.
pub(super) fn is_own(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let first = path.split('/').next().unwrap_or_default();
    let outside = path.starts_with("//") || path.contains('\\') || first.contains(':');
    !outside && !path.is_empty() && tidy(address) == address
}

/// Whether the address names another site's page or picture.
pub(super) fn is_web(address: &str) -> bool {
    matches!(scheme(address).as_deref(), Some("http" | "https"))
}

/// The files of a resource, by the names that texts use.
pub(super) struct Files<'a> {
    files: &'a [MediaObject],
    resolve: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Files<'a> {
    pub(super) fn new(
        files: &'a [MediaObject],
        resolve: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        Self { files, resolve }
    }

    /// Where this origin serves the file that the text calls so.
    pub(super) fn address(&self, called: &str) -> Option<String> {
        let found = names(called).iter().find_map(|name| (self.resolve)(name));
        found.filter(|address| is_own(address))
    }

    /// Where the file is kept, if not here.
    pub(super) fn elsewhere(&self, called: &str) -> Option<String> {
        let address = self.file(called)?.content_url.as_deref()?;
        is_web(address).then(|| tidy(address))
    }

    /// What a reader who cannot see the file should know.
    pub(super) fn description(&self, called: &str) -> Option<&str> {
        let text = self.file(called)?.description.as_str();
        (!text.is_empty()).then_some(text)
    }

    fn file(&self, called: &str) -> Option<&MediaObject> {
        let names = names(called);
        self.files.iter().find(|file| names.contains(&file.name))
    }
}

/// The last part of an address, for people.
pub(super) fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    collapse(&percent_decode_str(last).decode_utf8_lossy())
}

/// The names that an address in a text may mean: as written, decoded, without its folders.
fn names(called: &str) -> Vec<String> {
    let path = called.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_start_matches("./");
    let decoded = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let last = decoded.rsplit('/').next().unwrap_or_default().to_owned();
    let mut names = vec![path.to_owned(), decoded, last];
    names.dedup();
    names.retain(|name| !name.is_empty());
    names
}
