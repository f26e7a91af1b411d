//! What the search does of itself: mended slips, editions under one result, completions, neighbours.

mod editions;
mod related;
mod spelling;
mod suggestions;

use khue_content::search::{SearchPage, SearchParams};
use khue_content::{LearningResource, Provenance};
use khue_index::{Index, IndexDocument, Writer};

/// An index in a folder of its own.
struct Library {
    index: Index,
    _folder: tempfile::TempDir,
}

impl Library {
    /// Of records with their texts.
    fn of<'a>(records: impl IntoIterator<Item = (LearningResource, &'a str)>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(folder.path()).expect("a writer");
        let mut change = 0;
        for (record, text) in records {
            change += 1;
            let source = IndexDocument {
                guidance: "",
                record: &record,
                text,
                change,
            };
            writer.put(&source).expect("put");
        }
        writer.commit(change).expect("commit");
        writer.close().expect("close");
        Self {
            index: Index::open(folder.path()).expect("open"),
            _folder: folder,
        }
    }

    fn find(&self, q: &str) -> SearchPage {
        let params = SearchParams {
            q: q.to_owned(),
            ..SearchParams::default()
        };
        self.index.find(params).expect("an answer")
    }
}

fn record(id: &str, name: &str, language: &str) -> LearningResource {
    LearningResource {
        id: id.to_owned(),
        name: name.to_owned(),
        in_language: vec![language.to_owned()],
        provenance: Provenance {
            source: "test".into(),
            identifier: format!("{id}-at-home"),
            ..Provenance::default()
        },
        ..LearningResource::default()
    }
}
