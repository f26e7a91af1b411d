//! What pages need to know of files that are shown in place. The server implements [`Viewing`] on the kept files.

use khue_content::render::Rendered;
use khue_content::{LearningResource, MediaObject};

use crate::services::Answer;

/// A file of a resource, and how it is shown.
#[derive(Clone, Debug)]
pub struct FileView {
    /// The file.
    pub file: MediaObject,
    /// Where its content is.
    pub address: String,
    /// How it is shown.
    pub way: Way,
}

/// How a file is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By the browser's own viewer, and as text.
    Pdf,
    /// Sound, with what is said.
    Audio(Spoken),
    /// A film, with what is said.
    Video(Spoken),
    /// A picture: width and height in pixels, where they are known.
    Picture(Option<(u32, u32)>),
    /// A document, read as text.
    Text,
    /// What somebody else programmed: H5P, SCORM, packed web pages.
    Package(Package),
}

/// What is said in a film or sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    /// Captions, as WebVTT.
    pub tracks: Vec<Track>,
    /// What is said, in paragraphs, for those who do not hear it.
    pub transcript: Vec<String>,
    /// Language of the transcript; empty where unknown.
    pub in_language: String,
}

/// Captions in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Their address.
    pub address: String,
    /// BCP 47 code; empty where unknown.
    pub in_language: String,
}

/// Whether a package can be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Package {
    /// With these parts, at least one: name and address, which is of another origin than the portal's.
    Runs(Vec<(String, String)>),
    /// The portal has no origin apart for packages.
    NoOrigin,
    /// It is an H5P, and the portal has no player for these.
    NoPlayer,
    /// There is no page in it to begin with.
    NoStart,
    /// It breaks the limits that packages have, or names files outside of itself.
    Unsafe,
}

/// A document as text.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The page that was asked for, counted from 1.
    pub page: usize,
    /// How many pages there are; 0 where no text could be read.
    pub pages: usize,
    /// Its headings: words, depth from 0, page.
    pub contents: Vec<(String, u8, usize)>,
    /// The text of the page, made safe.
    pub text: Rendered,
}

/// Files that are shown in place.
pub trait Viewing: Send + Sync {
    /// The files of a record that can be shown, in its order; captions are shown with what they belong to.
    fn files<'a>(&'a self, record: &'a LearningResource) -> Answer<'a, Vec<FileView>>;
    /// A page of a file's text.
    fn read<'a>(
        &'a self,
        record: &'a LearningResource,
        file: &'a MediaObject,
        page: usize,
    ) -> Answer<'a, Reading>;
}
