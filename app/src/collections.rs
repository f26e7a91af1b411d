//! What pages need to know of collections that people make. The server implements [`Collections`] on the store; what
//! somebody may not see is not there for them.

use khue_content::collection::{CollectionText, ItemChange, Put, Visibility};

use crate::people::Viewer;
use crate::services::Answer;
use crate::submissions::Done;

/// A collection as a list shows it.
#[derive(Clone, Debug, Default)]
pub struct CollectionSummary {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it is for: plain text.
    pub description: String,
    /// Name of the one who made it; empty where it is not shown.
    pub maker: String,
    /// Code of the institution that it is shared with.
    pub institution: String,
    /// Who sees it.
    pub visibility: Visibility,
    /// When it was changed last, ISO 8601.
    pub changed_at: String,
    /// How many resources are in it.
    pub count: usize,
    /// How many proposals wait.
    pub proposals: usize,
}

/// A collection with what is in it.
#[derive(Clone, Debug, Default)]
pub struct CollectionView {
    /// As in a list.
    pub summary: CollectionSummary,
    /// Whether the one who looks made it.
    pub own: bool,
    /// Whether the one who looks may take it out of sight.
    pub may_hide: bool,
    /// Rises with every change; forms send it back.
    pub edition: i64,
    /// Its resources, in its order.
    pub items: Vec<Item>,
    /// What is proposed, for its maker.
    pub proposals: Vec<Item>,
}

/// A resource in a collection.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Id of the resource.
    pub resource: String,
    /// Its name.
    pub name: String,
    /// BCP 47 code of the name; empty where unknown.
    pub in_language: String,
    /// What is said of it: plain text.
    pub note: String,
    /// Name of the one who proposes it.
    pub proposer: String,
}

/// A person's collections.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// Those that are there.
    pub open: Vec<CollectionSummary>,
    /// Those that were deleted and can be brought back.
    pub deleted: Vec<CollectionSummary>,
    /// Those of others that are shared where the person has a role.
    pub shared: Vec<CollectionSummary>,
    /// Whether the person may share with everybody.
    pub may_share: bool,
}

/// Collections that people make.
pub trait Collections: Send + Sync {
    /// Public ones that hold something, the one changed last first.
    fn public(&self, count: usize) -> Answer<'_, Vec<CollectionSummary>>;
    /// Public ones that a resource is in.
    fn of_resource<'a>(&'a self, resource: &'a str) -> Answer<'a, Vec<CollectionSummary>>;
    /// A person's own.
    fn own<'a>(&'a self, viewer: &'a Viewer) -> Answer<'a, Own>;
    /// One, for somebody who sees it.
    fn one<'a>(&'a self, viewer: Option<&'a Viewer>, id: i64)
    -> Answer<'a, Option<CollectionView>>;
    /// Begins one; gives its number.
    fn create<'a>(&'a self, viewer: &'a Viewer, name: &'a str) -> Answer<'a, Done<i64>>;
    /// Saves what is said of one, then changes what is in it.
    fn change<'a>(
        &'a self,
        viewer: &'a Viewer,
        id: i64,
        edition: i64,
        form: &'a CollectionText,
        change: Option<&'a ItemChange>,
    ) -> Answer<'a, Done<()>>;
    /// Puts a resource into one's own, or proposes it for another's.
    fn put<'a>(
        &'a self,
        viewer: &'a Viewer,
        id: i64,
        resource: &'a str,
        note: &'a str,
    ) -> Answer<'a, Done<Put>>;
    /// Deletes one.
    fn delete<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>>;
    /// Brings a deleted one back.
    fn restore<'a>(&'a self, viewer: &'a Viewer, id: i64) -> Answer<'a, Done<()>>;
    /// Takes a shared one out of sight, with words that say why.
    fn hide<'a>(&'a self, viewer: &'a Viewer, id: i64, words: &'a str) -> Answer<'a, Done<()>>;
    /// One as a file: `json` (JSON-LD), `csv` or `odt`; nothing for other forms.
    fn file<'a>(
        &'a self,
        view: &'a CollectionView,
        form: &'a str,
        origin: &'a str,
    ) -> Answer<'a, Option<CollectionFile>>;
}

/// A collection as a file.
#[derive(Clone, Debug, Default)]
pub struct CollectionFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub content: Vec<u8>,
}
