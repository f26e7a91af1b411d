//! What pages need for making learning paths. The server implements [`PathMaking`] on the store; what somebody may not change is
//! not there for them.

use khue_content::path::Path;

use crate::people::Viewer;
use crate::services::Answer;
use crate::submissions::Done;

/// A path that is being made, as a list shows it.
#[derive(Clone, Debug, Default)]
pub struct PathSummary {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// BCP 47 code of the name.
    pub in_language: String,
    /// Name of the one who began it.
    pub maker: String,
    /// When it was changed last, ISO 8601.
    pub changed_at: String,
    /// Whether it is published.
    pub published: bool,
    /// Whether the draft says something else than what is published.
    pub differs: bool,
}

/// A path that is being made.
#[derive(Clone, Debug, Default)]
pub struct PathView {
    /// The draft.
    pub path: Path,
    /// Rises with every change; forms send it back. 0: it comes with the portal and nobody has changed it.
    pub edition: i64,
    /// Whether it is published.
    pub published: bool,
    /// Whether the one who looks may publish it.
    pub may_publish: bool,
    /// What was published, the newest first.
    pub versions: Vec<PathVersion>,
}

/// A version of a path that was published.
#[derive(Clone, Debug, Default)]
pub struct PathVersion {
    /// Its number, from 1.
    pub number: i64,
    /// When, ISO 8601.
    pub at: String,
    /// Name of the one who published it.
    pub by: String,
}

/// Making paths.
pub trait PathMaking: Send + Sync {
    /// Those that somebody may change, the one changed last first.
    fn own<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Vec<PathSummary>>;
    /// One, for somebody who may change it.
    fn one<'a>(&'a self, viewer: &'a Viewer, id: &'a str) -> Answer<'a, Option<PathView>>;
    /// Begins one with what is known of it; gives its identifier.
    fn create<'a>(&'a self, viewer: &'a Viewer, path: &'a Path) -> Answer<'a, Done<String>>;
    /// Saves the draft.
    fn save<'a>(&'a self, viewer: &'a Viewer, edition: i64, path: &'a Path)
    -> Answer<'a, Done<()>>;
    /// Saves and publishes it.
    fn publish<'a>(
        &'a self,
        viewer: &'a Viewer,
        edition: i64,
        path: &'a Path,
    ) -> Answer<'a, Done<()>>;
    /// Takes what was published out of sight; the draft stays. One that comes with the portal is as it came again.
    fn withdraw<'a>(&'a self, viewer: &'a Viewer, id: &'a str) -> Answer<'a, Done<()>>;
    /// Deletes a draft that is not published.
    fn delete<'a>(&'a self, viewer: &'a Viewer, id: &'a str) -> Answer<'a, Done<()>>;
}
