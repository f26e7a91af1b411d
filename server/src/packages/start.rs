//! Where a package begins.

use super::archive::{Package, Refused};
use super::manifest;
use crate::address::path_segment;
use khue_extract::Kind;
use std::path::Path;

/// Where a package begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// With these pages, at least one; a course may have many.
    Pages(Vec<Part>),
    /// It is an H5P.
    H5p,
    /// There is nothing to begin with.
    Nothing,
    /// It breaks the limits, or names files outside of itself.
    Unsafe,
}

/// A page that a package can be entered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What it is called; may be empty.
    pub name: String,
    /// Its file in the package.
    pub path: String,
    /// What follows `?` in its address; may be empty.
    pub query: String,
}

impl Part {
    /// Its address below that of the package.
    pub fn address(&self, package: &str) -> String {
        let path: Vec<String> = self.path.split('/').map(path_segment).collect();
        let query = match self.query.as_str() {
            "" => String::new(),
            query => format!("?{query}"),
        };
        format!("{package}/{}{query}", path.join("/"))
    }
}

/// Where the archive at `path` begins; nothing for archives that are no packages.
pub fn start(path: &Path, kind: Kind) -> Option<Start> {
    match Package::open(path) {
        Ok(mut package) => match of(&mut package) {
            // A bundle of files that is not meant to run.
            Start::Nothing if kind == Kind::Zip && !package.has("imsmanifest.xml") => None,
            found => Some(found),
        },
        Err(Refused::Unsafe | Refused::TooLarge) => Some(Start::Unsafe),
        Err(_) => None,
    }
}

/// Where an open package begins.
pub(super) fn of(package: &mut Package) -> Start {
    if package.has("h5p.json") {
        return Start::H5p;
    }
    let parts = match package.read("imsmanifest.xml") {
        Ok(xml) => manifest::parts(&xml, &|name| package.has(name)),
        Err(_) => Vec::new(),
    };
    if !parts.is_empty() {
        return Start::Pages(parts);
    }
    let first = ["index.html", "index.htm", "story.html", "default.html"];
    let folder = only_folder(package);
    let found = first.iter().find_map(|name| {
        let inside = format!("{folder}{name}");
        [(*name).to_owned(), inside]
            .into_iter()
            .find(|name| package.has(name))
    });
    found.map_or(Start::Nothing, |path| {
        Start::Pages(vec![Part {
            path,
            ..Part::default()
        }])
    })
}

/// The folder that everything lies in, with its slash; empty where there is none.
fn only_folder(package: &Package) -> String {
    let first = |name: &str| name.split_once('/').map(|(folder, _)| folder.to_owned());
    let Some(folder) = package.names().next().and_then(first) else {
        return String::new();
    };
    let folder = format!("{folder}/");
    match package.names().all(|name| name.starts_with(&folder)) {
        true => folder,
        false => String::new(),
    }
}
