//! COLLXML: what a collection is called, and which modules it holds in which order.

use super::broken_lines;
use super::xml::{self, Element};
use crate::check::{EMPTY_COLLECTION, Finding};

/// A row of `META-INF/books.xml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookEntry {
    /// Slug of the collection.
    pub slug: String,
    /// Path of its file, as seen from `META-INF`.
    pub href: String,
}

/// A book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// Title.
    pub title: String,
    /// BCP 47 code.
    pub language: String,
    /// Address of the licence.
    pub license: String,
    /// Name in addresses; the identifier of its record.
    pub slug: String,
    /// The publisher's own identifier.
    pub uuid: String,
    /// The modules, in order.
    pub modules: Vec<ModuleRef>,
    /// What was wrong with the file.
    pub findings: Vec<Finding>,
}

/// A module's place in a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleRef {
    /// Identifier of the module, such as `m00001`.
    pub document: String,
    /// Titles of the parts and chapters around it, outermost first.
    pub path: Vec<String>,
    /// Place in the book, counted from 1.
    pub position: u32,
}

/// The books listed in `META-INF/books.xml`.
pub fn parse_books(text: &str) -> Vec<BookEntry> {
    let (root, _) = xml::parse(text);
    let mut books = Vec::new();
    root.walk(&mut |element| {
        if let ("book", Some(href)) = (element.name.as_str(), element.attribute("href")) {
            let slug = element.attribute("slug").unwrap_or_default().to_owned();
            books.push(BookEntry {
                slug,
                href: href.to_owned(),
            });
        }
    });
    books
}

/// Reads a `*.collection.xml`.
pub fn parse_collection(text: &str) -> Collection {
    let (root, problems) = xml::parse(text);
    let top = root.child("collection").unwrap_or(&root);
    let nothing = Element::default();
    let metadata = top.child("metadata").unwrap_or(&nothing);
    let field = |name: &str| metadata.child(name).map(Element::text).unwrap_or_default();
    let license = metadata.child("license").map(license).unwrap_or_default();
    let mut collection = Collection {
        title: field("title"),
        language: field("language"),
        license,
        slug: field("slug"),
        uuid: field("uuid"),
        modules: Vec::new(),
        findings: broken_lines(&problems),
    };
    if collection.language.is_empty() {
        collection.language = top.attribute("lang").unwrap_or_default().to_owned();
    }
    add_modules(top, &mut Vec::new(), &mut collection.modules);
    collection.findings.extend(empty(&collection));
    collection
}

/// The address of a licence, or what stands there instead.
fn license(element: &Element) -> String {
    let address = element.attribute("url").map(str::to_owned);
    address.unwrap_or_else(|| element.text())
}

fn add_modules(element: &Element, path: &mut Vec<String>, modules: &mut Vec<ModuleRef>) {
    for child in element.elements() {
        match child.name.as_str() {
            "module" => add_module(child, path, modules),
            "subcollection" => {
                path.push(child.child("title").map(Element::text).unwrap_or_default());
                add_modules(child, path, modules);
                path.pop();
            }
            "metadata" => {}
            _ => add_modules(child, path, modules),
        }
    }
}

fn add_module(element: &Element, path: &[String], modules: &mut Vec<ModuleRef>) {
    if let Some(document) = element.attribute("document") {
        modules.push(ModuleRef {
            document: document.to_owned(),
            path: path.to_vec(),
            position: u32::try_from(modules.len() + 1).unwrap_or(u32::MAX),
        });
    }
}

fn empty(collection: &Collection) -> Option<Finding> {
    let empty = collection.modules.is_empty();
    empty.then(|| EMPTY_COLLECTION.on("hasPart", &collection.slug))
}
