//! An index of records, for tests.

use khue_content::search::SearchParams;
use khue_content::{LearningResource, render};
use khue_index::{Index, IndexDocument, Writer};
use std::path::PathBuf;

/// An index in a folder that goes with it.
pub struct Shelf {
    pub index: Index,
    _folder: tempfile::TempDir,
}

impl Shelf {
    pub fn new(records: &[LearningResource]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path()).expect("a writer");
        for (number, record) in records.iter().enumerate() {
            let text = record.body.as_ref().map(render::plain_text);
            let document = IndexDocument {
                record,
                text: text.as_deref().unwrap_or_default(),
                change: number as i64 + 1,
            };
            writer.put(&document).expect("a document");
        }
        writer.commit(records.len() as i64).expect("a commit");
        writer.close().expect("an end");
        Self {
            index: Index::open(folder.path()).expect("an index"),
            _folder: folder,
        }
    }

    /// Identifiers of the first results, other versions of a work right behind it.
    pub fn first(&self, q: &str, size: usize) -> Vec<String> {
        let params = SearchParams {
            q: q.to_owned(),
            size,
            ..SearchParams::default()
        };
        let page = self.index.find(params).expect("an answer");
        let hits = page.items.into_iter().flat_map(|hit| {
            let versions = hit.versions.into_iter().map(|(id, ..)| id);
            std::iter::once(hit.id).chain(versions).collect::<Vec<_>>()
        });
        hits.collect()
    }
}

/// A folder of the repository.
pub fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(path)
}

/// A text file of the repository.
pub fn text(path: &str) -> String {
    let path = folder(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
