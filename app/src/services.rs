//! What pages need from the server. The server implements [`Library`] on the store and the index.

use khue_content::check::Finding;
use khue_content::guidance::{self, GuidanceDraft, GuidanceRequest, Refusal};
use khue_content::path::{self, Paths};
use khue_content::plan::Date;
use khue_content::render::Rendered;
use khue_content::search::{Hit, SearchPage, SearchParams, Suggestion};
use khue_content::{Alignment, LearningResource, Link};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::Language;
use crate::collections::Collections;
use crate::community::Community;
use crate::credentials::Credentials;
use crate::mailing::Mailing;
use crate::path_making::PathMaking;
use crate::people::People;
use crate::providers::Providers;
use crate::sheets::Sheets;
use crate::signing::Signing;
use crate::submissions::Submissions;
use crate::viewing::Viewing;

/// An answer that takes a moment.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, ServiceError>> + Send + 'a>>;

/// Why a page could not have its data.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ServiceError {
    /// Too many are asking; the same request will do in a moment.
    #[error("the portal is busy: {0}; try again in a moment")]
    Busy(String),
    /// No space is left, or the disk may not be written: what is there can be read.
    #[error("the portal can only be read: {0}; free space on its disk")]
    ReadOnly(String),
    /// Something below failed; the log of the server has more.
    #[error("the portal's data cannot be read: {0}; see the server's log")]
    Failed(String),
}

/// What is stored and found, as pages ask for it.
pub trait Library: Send + Sync {
    /// A page of results.
    fn search<'a>(&'a self, params: &'a SearchParams) -> Answer<'a, SearchPage>;
    /// Completions of what is being typed.
    fn suggest<'a>(&'a self, prefix: &'a str, language: Language) -> Answer<'a, Vec<Suggestion>>;
    /// One resource with all that its page shows; `None` where there is none.
    fn resource<'a>(&'a self, id: &'a str) -> Answer<'a, Option<ResourceView>>;
    /// What is said at the address of a resource that was withdrawn.
    fn tombstone<'a>(&'a self, _id: &'a str) -> Answer<'a, Option<Tombstone>> {
        Box::pin(std::future::ready(Ok(None)))
    }
    /// The newest resources.
    fn newest(&self, count: usize) -> Answer<'_, Vec<Hit>>;
    /// Books, courses and collections, the largest first.
    fn collections(&self, count: usize) -> Answer<'_, Vec<Collection>>;
    /// How much there is of everything.
    fn counts(&self) -> Answer<'_, Counts>;
    /// About how many changes are stored and cannot be found yet; 0 where everything can.
    fn waiting(&self) -> Answer<'_, u64> {
        Box::pin(std::future::ready(Ok(0)))
    }
    /// Other resources for the same lesson of a textbook.
    fn same_lesson<'a>(
        &'a self,
        _id: &'a str,
        _alignments: &'a [Alignment],
        _count: usize,
    ) -> Answer<'a, Vec<Hit>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }
    /// A draft of guidance on using AI with a record, dated today, or why there is none.
    fn guidance<'a>(
        &'a self,
        record: &'a LearningResource,
        request: &'a GuidanceRequest,
    ) -> Answer<'a, Result<GuidanceDraft, Refusal>> {
        Box::pin(std::future::ready(Ok(guidance::draft(
            record, request, None,
        ))))
    }
    /// A draft as a Word document.
    fn guidance_word<'a>(&'a self, _draft: &'a GuidanceDraft) -> Answer<'a, Vec<u8>> {
        let none = ServiceError::Failed("Word documents are made by the server".to_owned());
        Box::pin(std::future::ready(Err(none)))
    }
    /// The records with these ids, as far as they are there, in this order.
    fn records<'a>(&'a self, ids: &'a [String]) -> Answer<'a, Vec<LearningResource>> {
        Box::pin(async move {
            let mut records = Vec::with_capacity(ids.len());
            for id in ids {
                records.extend(self.resource(id).await?.map(|view| view.record));
            }
            Ok(records)
        })
    }
    /// Resources like this one, nearest first.
    fn similar<'a>(&'a self, id: &'a str, count: usize) -> Answer<'a, Vec<Hit>>;
}

/// A resource as its page shows it.
#[derive(Clone, Debug, Default)]
pub struct ResourceView {
    /// The record.
    pub record: LearningResource,
    /// How often the record has been changed here, counted from 1.
    pub version: u32,
    /// When the record was last changed here, ISO 8601.
    pub changed_at: String,
    /// Its text, made safe.
    pub reading: Option<Rendered>,
    /// Its parts in order, where it is a whole.
    pub parts: Vec<Link>,
    /// The works that it is a part of.
    pub wholes: Vec<Whole>,
    /// The same work in other languages.
    pub translations: Vec<Translation>,
    /// What the checks have found.
    pub findings: Vec<Finding>,
    /// What the label of signed guidance on using AI says, where there is some.
    pub guidance: Option<GuidanceNote>,
}

/// That there is signed guidance for a resource.
#[derive(Clone, Debug, Default)]
pub struct GuidanceNote {
    /// Who signed, when, and until when.
    pub label: String,
    /// Language of the label.
    pub in_language: String,
    /// Whether somebody has to look at it again.
    pub to_review: bool,
}

/// A resource that was withdrawn.
#[derive(Clone, Debug, Default)]
pub struct Tombstone {
    /// Its name.
    pub name: String,
    /// Key of a reason, or words.
    pub reason: String,
}

/// A work that a resource is a part of.
#[derive(Clone, Debug, Default)]
pub struct Whole {
    /// The work, with the part's position and path within it.
    pub link: Link,
    /// How many parts it has.
    pub total: usize,
    /// The part before.
    pub previous: Option<Link>,
    /// The part after.
    pub next: Option<Link>,
}

/// The same work in another language.
#[derive(Clone, Debug, Default)]
pub struct Translation {
    /// Portal id or absolute address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// BCP 47 code.
    pub in_language: String,
}

/// A book, course or collection in a list.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// Portal id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// BCP 47 code of the name.
    pub in_language: String,
    /// Summary.
    pub description: String,
    /// How many parts it has.
    pub parts: usize,
}

/// How much there is of everything.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// All resources.
    pub total: usize,
    /// Concept URI of a subject → resources, narrower subjects included.
    pub subjects: Vec<(String, usize)>,
    /// Concept URI of a level → resources, narrower levels included.
    pub levels: Vec<(String, usize)>,
}

impl Counts {
    /// Resources about a subject.
    pub fn subject(&self, uri: &str) -> usize {
        count_of(&self.subjects, uri)
    }

    /// Resources for a level.
    pub fn level(&self, uri: &str) -> usize {
        count_of(&self.levels, uri)
    }
}

fn count_of(counts: &[(String, usize)], uri: &str) -> usize {
    counts
        .iter()
        .find(|(known, _)| known == uri)
        .map_or(0, |(_, count)| *count)
}

/// Addresses of the built style and browser half.
#[derive(Clone, Debug, Default)]
pub struct SiteFiles {
    /// The style.
    pub style: Option<String>,
    /// The part of the style that stands in the page for those who come from outside.
    pub first_style: Option<Arc<FirstStyle>>,
    /// The module that wakes the islands; without it pages have no script.
    pub script: Option<String>,
    /// The module that sends files in pieces, which authors load.
    pub uploads: Option<String>,
    /// Fonts worth loading before the style asks for them.
    pub fonts: Vec<String>,
    /// The picture in the browser's tab.
    pub icon: Option<String>,
    /// The sprite of pictures.
    pub sprite: String,
    /// Whether browsers can read school packs.
    pub packs: PackReader,
}

/// A style that stands in pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstStyle {
    /// The rules.
    pub text: String,
    /// SHA-256 of the text in base 64, by which the policy of the page allows it.
    pub sha256: String,
}

/// What searches and reads school packs in the browser, which is built after all else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PackReader {
    /// Nobody wants it.
    #[default]
    LeftOut,
    /// It is being built.
    Coming,
    /// It could not be built.
    Failed,
    /// It is there; the address of the module that fetches packs.
    Ready(String),
}

impl SiteFiles {
    /// Reads the builder's manifest: `address` gives the address under which the server sends
    /// a file of it, such as `/pkg/khue.1a2b3c4d.css` for `khue.css`.
    pub fn from_manifest(address: impl Fn(&str) -> Option<String>) -> Self {
        let own = |name| address(name);
        let fonts = ["fonts/latin-400.woff2", "fonts/vietnamese-400.woff2"];
        Self {
            style: own("khue.css"),
            first_style: None,
            script: own("khue.js").filter(|_| address("khue.wasm").is_some()),
            uploads: own("khue-uploads.js"),
            fonts: fonts.into_iter().filter_map(own).collect(),
            icon: Some("/favicon.svg".to_owned()),
            sprite: own("icons/icons.svg").unwrap_or_default(),
            packs: own("khue-packs.js")
                .filter(|_| address("khue-offline.wasm").is_some())
                .map_or(PackReader::LeftOut, PackReader::Ready),
        }
    }
}

/// The [`SiteFiles`] in force: they may be built anew while the portal runs. Cheap to clone.
#[derive(Clone)]
pub struct CurrentFiles(Arc<dyn Fn() -> Arc<SiteFiles> + Send + Sync>);

impl CurrentFiles {
    /// Asks `now` each time a page is made; it must answer at once.
    pub fn new(now: impl Fn() -> Arc<SiteFiles> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The addresses that a page made now names.
    pub fn now(&self) -> Arc<SiteFiles> {
        (self.0)()
    }
}

/// The same files for ever.
impl From<SiteFiles> for CurrentFiles {
    fn from(files: SiteFiles) -> Self {
        let files = Arc::new(files);
        Self::new(move || files.clone())
    }
}

impl Default for CurrentFiles {
    fn default() -> Self {
        SiteFiles::default().into()
    }
}

/// The [`Paths`] in force: people make some while the portal runs. Cheap to clone.
#[derive(Clone)]
pub struct CurrentPaths(Arc<dyn Fn() -> Paths + Send + Sync>);

impl CurrentPaths {
    /// Asks `now` each time a page is made; it must answer at once.
    pub fn new(now: impl Fn() -> Paths + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The paths that a page made now shows.
    pub fn now(&self) -> Paths {
        (self.0)()
    }
}

/// Those that come with the portal.
impl Default for CurrentPaths {
    fn default() -> Self {
        Self::new(|| path::shipped().clone())
    }
}

/// Everything that pages are given by the server. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// What is stored and found.
    pub library: Arc<dyn Library>,
    /// Accounts and sessions; without it nobody can sign in, and no page says that anybody could.
    pub people: Option<Arc<dyn People>>,
    /// Signing in with providers of OpenID Connect.
    pub providers: Option<Arc<dyn Providers>>,
    /// Mail to people.
    pub mailing: Option<Arc<dyn Mailing>>,
    /// Submissions of those who are signed in.
    pub submissions: Option<Arc<dyn Submissions>>,
    /// Sheets of records that are taken in at the desk.
    pub sheets: Option<Arc<dyn Sheets>>,
    /// Guidance that is sent, signed and rated.
    pub signing: Option<Arc<dyn Signing>>,
    /// What people say of resources.
    pub community: Option<Arc<dyn Community>>,
    /// Learning paths.
    pub paths: CurrentPaths,
    /// Making learning paths.
    pub path_making: Option<Arc<dyn PathMaking>>,
    /// Collections that people make.
    pub collections: Option<Arc<dyn Collections>>,
    /// Files that are shown in place.
    pub viewing: Option<Arc<dyn Viewing>>,
    /// Records that learners can show.
    pub credentials: Option<Arc<dyn Credentials>>,
    /// Style and scripts.
    pub files: CurrentFiles,
    /// Where the portal is reached from outside, such as `https://khue.example.vn`, without a
    /// closing slash; empty where unknown, and then addresses are relative.
    pub origin: Arc<str>,
    /// What day it is where the portal stands.
    pub today: fn() -> Date,
}

/// What the [`Services`] are made of, with nothing but a library: whoever has a clock sets `today`.
impl From<Arc<dyn Library>> for Services {
    fn from(library: Arc<dyn Library>) -> Self {
        Self {
            library,
            people: None,
            providers: None,
            mailing: None,
            submissions: None,
            sheets: None,
            signing: None,
            community: None,
            paths: CurrentPaths::default(),
            path_making: None,
            collections: None,
            viewing: None,
            credentials: None,
            files: CurrentFiles::default(),
            origin: Arc::from(""),
            today: || Date::constant(1970, 1, 1),
        }
    }
}
