//! OpenStax books: CNXML modules and COLLXML collections.
//!
//! A book's folder holds `META-INF/books.xml` (which collections there are),
//! `collections/<slug>.collection.xml`, `modules/<id>/index.cnxml` and `media/`.
//! Nothing here touches a disk. A caller
//!
//! 1. gives the text of `META-INF/books.xml` to [`parse_books`] and reads each
//!    collection it lists (or simply every `collections/*.collection.xml`);
//! 2. gives each of them to [`parse_collection`];
//! 3. calls [`read`] with a function that returns the text of
//!    `modules/<id>/index.cnxml`; it yields the records of the modules, each of
//!    them once, however many collections it stands in, and then those of the
//!    collections;
//! 4. reads `media/<name>` for each name in [`Module::media`], keeps the file,
//!    and fills in the hash and size of the [`crate::MediaObject`] of that name.
//!    A missing one is worth a finding ([`missing_media`]), not the module.
//!
//! The licence stands in the collection: it is read for each record.

mod collection;
mod html;
mod labels;
mod math;
mod media;
mod module;
mod record;
mod table;
mod words;
pub(crate) mod xml;

pub use collection::{BookEntry, Collection, ModuleRef, parse_books, parse_collection};
pub use module::{Module, ModuleContext, module_title, parse_module};
pub use record::{Shelf, read};

use crate::check::{BROKEN_MARKUP, Finding, MISSING_MEDIA};

/// The finding for a file that the text shows and the source does not have.
pub fn missing_media(name: &str) -> Finding {
    MISSING_MEDIA.on("encoding", name)
}

/// The findings for what was wrong with an XML text.
fn broken_lines(problems: &[xml::Problem]) -> Vec<Finding> {
    let place = |problem: &xml::Problem| format!("line {}: {}", problem.line, problem.reason);
    problems
        .iter()
        .map(|problem| BROKEN_MARKUP.on("body", &place(problem)))
        .collect()
}

/// The concept with this notation or address.
fn concept(vocabulary: &str, text: &str) -> Option<String> {
    crate::vocabulary::find(vocabulary, text).map(|found| found.id.clone())
}
