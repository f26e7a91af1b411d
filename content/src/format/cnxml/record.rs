//! A whole book: every module once, and the collections themselves.

use super::collection::Collection;
use super::concept;
use super::module::{self, Module, ModuleContext};
use crate::check::LICENSES_DIFFER;
use crate::format::{Incoming, Place, Refusal};
use crate::{Agent, LearningResource, Link};
use std::collections::HashMap;

/// What a caller says of all records of a book folder.
pub struct Shelf<'a> {
    /// Short name of the source.
    pub source: &'a str,
    /// Who publishes the books.
    pub publisher: &'a [Agent],
    /// The portal's address (or id) of a module or collection of this source.
    pub address: &'a dyn Fn(&str) -> String,
}

/// Reads the modules of some collections, and makes a record of each collection.
/// `text_of` returns the text of `modules/<id>/index.cnxml`.
pub fn read(
    shelf: &Shelf,
    collections: &[Collection],
    text_of: &dyn Fn(&str) -> Option<String>,
) -> Vec<Module> {
    let texts: Vec<(&str, Option<String>)> = documents(collections)
        .into_iter()
        .map(|id| (id, text_of(id)))
        .collect();
    let named = texts
        .iter()
        .filter_map(|(id, text)| Some((*id, module::module_title(text.as_deref()?)?)));
    let titles: HashMap<&str, String> = named.collect();
    let mut records: Vec<Module> = texts
        .iter()
        .map(|(id, text)| one_module(shelf, collections, &titles, id, text.as_deref()))
        .collect();
    records.extend(
        collections
            .iter()
            .map(|book| one_collection(shelf, book, &titles)),
    );
    records
}

/// The modules of all collections, each once, in the order of the books.
fn documents(collections: &[Collection]) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    let all = collections.iter().flat_map(|book| &book.modules);
    let all = all.map(|module| module.document.as_str());
    all.filter(|document| seen.insert(*document)).collect()
}

fn one_module(
    shelf: &Shelf,
    collections: &[Collection],
    titles: &HashMap<&str, String>,
    document: &str,
    text: Option<&str>,
) -> Module {
    let file = format!("modules/{document}/index.cnxml");
    let Some(text) = text else {
        return missing(file);
    };
    let books = books_of(collections, document);
    let first = books.first().copied();
    let mut module = module::parse_module(
        text,
        &ModuleContext {
            file: &file,
            source: shelf.source,
            document,
            language: first.map_or("", |book| &book.language),
            license: first.map_or("", |book| &book.license),
            publisher: shelf.publisher,
            is_part_of: books
                .iter()
                .flat_map(|book| places(shelf, book, document))
                .collect(),
            address: shelf.address,
            title: &|id| titles.get(id).cloned(),
        },
    );
    let other = books
        .iter()
        .find(|book| Some(&book.license) != first.map(|first| &first.license));
    let differs = other.map(|book| LICENSES_DIFFER.on("license", &book.license));
    module.incoming.findings.extend(differs);
    module
}

fn missing(file: String) -> Module {
    let refusal = Refusal::Unreadable {
        place: Place::new(file, 0),
        reason: "a collection lists this module, but there is no such file".to_owned(),
    };
    Module {
        incoming: Incoming::refused(refusal),
        media: Vec::new(),
    }
}

fn books_of<'c>(collections: &'c [Collection], document: &str) -> Vec<&'c Collection> {
    let holds = |book: &&Collection| book.modules.iter().any(|m| m.document == document);
    collections.iter().filter(holds).collect()
}

/// Where a module stands in a book.
fn places(shelf: &Shelf, book: &Collection, document: &str) -> Option<Link> {
    let place = book
        .modules
        .iter()
        .find(|module| module.document == document)?;
    Some(Link {
        id: (shelf.address)(&book.slug),
        name: book.title.clone(),
        position: Some(place.position),
        path: place.path.clone(),
    })
}

fn one_collection(shelf: &Shelf, book: &Collection, titles: &HashMap<&str, String>) -> Module {
    let parts = book.modules.iter().map(|module| Link {
        id: (shelf.address)(&module.document),
        name: titles
            .get(module.document.as_str())
            .cloned()
            .unwrap_or_default(),
        position: Some(module.position),
        path: module.path.clone(),
    });
    let mut record = LearningResource {
        name: book.title.clone(),
        publisher: shelf.publisher.to_vec(),
        learning_resource_type: concept("learningResourceType", "textbook")
            .into_iter()
            .collect(),
        in_language: Some(book.language.clone())
            .filter(|l| !l.is_empty())
            .into_iter()
            .collect(),
        license: concept("license", &book.license),
        has_part: parts.collect(),
        provenance: module::provenance(shelf.source, &book.slug, &book.license),
        ..LearningResource::default()
    };
    if !book.uuid.is_empty() {
        record
            .other
            .insert("uuid".to_owned(), book.uuid.clone().into());
    }
    let place = Place::new(format!("collections/{}.collection.xml", book.slug), 0);
    let findings = book.findings.clone();
    Module {
        incoming: Incoming {
            place,
            record: Ok(record),
            findings,
        },
        media: Vec::new(),
    }
}
