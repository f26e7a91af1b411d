//! A CNXML module as a record.

use super::labels::Labels;
use super::xml::{self, Element};
use super::{broken_lines, concept, html, words};
use crate::check::{Finding, UNKNOWN_CONCEPT};
use crate::format::{Incoming, Place};
use crate::{Agent, Body, BodyFormat, LearningResource, Link, Origin, Provenance};

/// What a module does not say of itself.
pub struct ModuleContext<'a> {
    /// Its file, for messages.
    pub file: &'a str,
    /// Short name of the source.
    pub source: &'a str,
    /// Identifier of the module; that of its record.
    pub document: &'a str,
    /// Language of the book, where the module states none.
    pub language: &'a str,
    /// Address of the book's licence.
    pub license: &'a str,
    /// Who publishes the book.
    pub publisher: &'a [Agent],
    /// The books it is a part of.
    pub is_part_of: Vec<Link>,
    /// The portal's address of a module of the same source, for links.
    pub address: &'a dyn Fn(&str) -> String,
    /// The title of a module of the same source, for links without words.
    pub title: &'a dyn Fn(&str) -> Option<String>,
}

/// A module as it was read.
#[derive(Clone, Debug)]
pub struct Module {
    /// The record with what was noticed.
    pub incoming: Incoming,
    /// Names of the files it needs, as found below `media/`.
    pub media: Vec<String>,
}

/// The title of a module, without reading the rest.
pub fn module_title(text: &str) -> Option<String> {
    let (root, _) = xml::parse(text);
    let title = title(root.child("document")?);
    (!title.is_empty()).then_some(title)
}

fn title(document: &Element) -> String {
    let metadata = document
        .child("metadata")
        .and_then(|metadata| metadata.child("title"));
    let title = document.child("title").or(metadata);
    title.map(Element::text).unwrap_or_default()
}

/// Reads a module. Whatever is wrong with it, there is a record.
pub fn parse_module(text: &str, context: &ModuleContext) -> Module {
    let (root, problems) = xml::parse(text);
    let document = root.child("document").unwrap_or(&root);
    let language = document.attribute("lang").unwrap_or(context.language);
    let labels = Labels::new(document, words::of(language));
    let page = html::write(document, context, &labels, words::of(language));
    let mut record = describe(document, context, language);
    record.body = Some(Body {
        format: BodyFormat::Html,
        text: page.html,
    });
    record.encoding = page.media;
    let mut findings = broken_lines(&problems);
    findings.extend(page.findings);
    findings.extend(unknown_license(context));
    let media = record
        .encoding
        .iter()
        .map(|file| file.name.clone())
        .collect();
    let place = Place::new(context.file, 0);
    Module {
        incoming: Incoming {
            place,
            record: Ok(record),
            findings,
        },
        media,
    }
}

fn describe(document: &Element, context: &ModuleContext, language: &str) -> LearningResource {
    let nothing = Element::default();
    let metadata = document.child("metadata").unwrap_or(&nothing);
    let goals = objectives(document);
    let mut record = LearningResource {
        name: title(document),
        description: description(metadata, goals),
        creator: creators(metadata),
        publisher: context.publisher.to_vec(),
        learning_resource_type: concept("learningResourceType", "lesson")
            .into_iter()
            .collect(),
        in_language: Some(language.to_owned())
            .filter(|l| !l.is_empty())
            .into_iter()
            .collect(),
        license: concept("license", context.license),
        teaches: goals.map(items).unwrap_or_default(),
        is_part_of: context.is_part_of.clone(),
        provenance: provenance(context.source, context.document, context.license),
        ..LearningResource::default()
    };
    if let Some(uuid) = metadata.child("uuid").map(Element::text) {
        record.other.insert("uuid".to_owned(), uuid.into());
    }
    record
}

/// Where a record of a book comes from.
pub(super) fn provenance(source: &str, identifier: &str, license: &str) -> Provenance {
    Provenance {
        source: source.to_owned(),
        identifier: identifier.to_owned(),
        origin: Origin::Imported,
        license_as_stated: license.to_owned(),
    }
}

/// The abstract, else what the module says a learner will be able to do.
fn description(metadata: &Element, goals: Option<&Element>) -> String {
    let summary = metadata
        .child("abstract")
        .map(Element::text)
        .unwrap_or_default();
    if !summary.is_empty() {
        return summary;
    }
    let Some(goals) = goals else { return summary };
    let lead = goals.child("para").map(Element::text).unwrap_or_default();
    let items = items(goals);
    let items: Vec<&str> = items
        .iter()
        .map(|item| item.trim_end_matches('.'))
        .collect();
    format!("{lead} {}.", items.join("; ")).trim().to_owned()
}

/// The part of a module that lists learning objectives.
fn objectives(document: &Element) -> Option<&Element> {
    let mut found = None;
    document.walk(&mut |element| {
        let title = element
            .child("title")
            .map(Element::text)
            .unwrap_or_default();
        let titled = matches!(
            title.to_lowercase().as_str(),
            "learning objectives" | "chapter objectives" | "mục tiêu" | "yêu cầu cần đạt"
        );
        let part = matches!(element.name.as_str(), "section" | "note" | "abstract");
        let classed = ["learning-objectives", "chapter-objectives"];
        let classed = classed.iter().any(|class| element.has_class(class));
        let is_abstract = element.name == "abstract";
        if found.is_none()
            && part
            && (titled || classed || is_abstract)
            && element.find("item").is_some()
        {
            found = Some(element);
        }
    });
    found
}

fn items(goals: &Element) -> Vec<String> {
    let mut items = Vec::new();
    goals.walk(&mut |element| {
        if element.name == "item" {
            items.push(element.text());
        }
    });
    items.retain(|item| !item.is_empty());
    items
}

/// Authors, where older modules name them (`md:actors` and `md:roles`).
fn creators(metadata: &Element) -> Vec<Agent> {
    let mut authors = Vec::new();
    metadata.walk(&mut |role| {
        if role.name == "role" && role.attribute("type") == Some("author") {
            authors.extend(role.text().split_whitespace().map(str::to_owned));
        }
    });
    let mut creators = Vec::new();
    metadata.walk(&mut |person| {
        let id = person.attribute("userid").unwrap_or_default();
        if person.name == "person" && authors.iter().any(|author| author == id) {
            creators.extend(
                person
                    .child("fullname")
                    .map(|name| Agent::person(name.text())),
            );
        }
    });
    creators
}

fn unknown_license(context: &ModuleContext) -> Option<Finding> {
    let known = context.license.is_empty() || concept("license", context.license).is_some();
    (!known).then(|| UNKNOWN_CONCEPT.on("license", context.license))
}
