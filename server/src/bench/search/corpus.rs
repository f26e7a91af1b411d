//! The documents that all engines get: the same ones in the same order, under numbers.

use crate::eval::{Document, documents};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// Documents handed over at a time.
const CHUNK: usize = 5_000;

/// The first documents of a file.
#[derive(Debug)]
pub struct Corpus {
    path: PathBuf,
    ids: Vec<String>,
    titles: Vec<String>,
}

/// A document under its number in the corpus.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// Place in the corpus, from 0.
    pub number: usize,
    /// The document; its id is the number as well, so that every engine can keep it.
    pub document: Document,
}

impl Corpus {
    /// Reads through the first `limit` documents once.
    ///
    /// # Errors
    /// The file cannot be read, a line is no JSON object, or there is no document.
    pub fn open(path: &Path, limit: usize) -> Result<Self> {
        let (mut ids, mut titles) = (Vec::new(), Vec::new());
        for document in documents(path)?.take(limit) {
            let document = document?;
            ids.push(document.id);
            titles.push(document.title);
        }
        if ids.is_empty() {
            bail!(
                "{} holds no documents: expected lines with id, title, text and lang",
                path.display()
            );
        }
        let path = path.to_owned();
        Ok(Self { path, ids, titles })
    }

    /// Number of documents.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Always false: a corpus without documents is an error.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// What the file calls the document of this number.
    pub fn id(&self, number: usize) -> Option<&str> {
        self.ids.get(number).map(String::as_str)
    }

    /// All titles, in order.
    pub fn titles(&self) -> &[String] {
        &self.titles
    }

    /// All documents, some thousand at a time.
    pub fn chunks(&self) -> Result<impl Iterator<Item = Result<Vec<Numbered>>>> {
        let mut all = documents(&self.path)?.take(self.len()).enumerate();
        Ok(std::iter::from_fn(move || {
            let chunk: Result<Vec<Numbered>> = all.by_ref().take(CHUNK).map(numbered).collect();
            match chunk {
                Ok(chunk) if chunk.is_empty() => None,
                chunk => Some(chunk),
            }
        }))
    }
}

fn numbered((number, document): (usize, Result<Document>)) -> Result<Numbered> {
    let mut document = document?;
    document.id = number.to_string();
    Ok(Numbered { number, document })
}
