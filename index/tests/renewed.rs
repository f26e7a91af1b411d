//! An index that has seen every change one after the other serves the same as one that sees the last state only.

use khue_content::search::SearchParams;
use khue_content::{LearningResource, Provenance};
use khue_index::meaning::key;
use khue_index::vectors::{Key, Passage, VectorStore};
use khue_index::{Index, IndexDocument, Writer};

const DIMENSIONS: usize = 64;
const RESOURCES: u64 = 40;

/// Xorshift: the same steps in every run.
struct Steps(u64);

impl Steps {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) % limit
    }

    fn vector(&mut self) -> Vec<f32> {
        let value = |n: u64| n as f32 / 500.0 - 1.0;
        (0..DIMENSIONS).map(|_| value(self.below(1_000))).collect()
    }
}

struct Library {
    folder: tempfile::TempDir,
    store: VectorStore,
    /// Edition of each resource's text, if it is there.
    editions: Vec<Option<u64>>,
    /// Every key that there ever was.
    keys: Vec<Key>,
    changes: i64,
}

impl Library {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Writer::open(folder.path())
            .and_then(Writer::close)
            .expect("an empty index");
        Self {
            folder,
            store: VectorStore::in_memory("test@1", DIMENSIONS).expect("a store"),
            editions: vec![None; RESOURCES as usize],
            keys: Vec::new(),
            changes: 0,
        }
    }

    /// Writes, changes and deletes some resources in one commit.
    fn commit(&mut self, steps: &mut Steps) {
        let mut writer = Writer::open(self.folder.path()).expect("a writer");
        for _ in 0..=steps.below(9) {
            self.changes += 1;
            let number = steps.below(RESOURCES);
            if steps.below(5) == 0 {
                writer.delete(&record(number).id, self.changes);
                self.editions[number as usize] = None;
                continue;
            }
            // Sometimes the very text that was there before.
            let edition = steps.below(3);
            self.editions[number as usize] = Some(edition);
            self.keys.push(key(&record(number), &text(edition)));
            let (record, text) = (record(number), text(edition));
            writer
                .put(&IndexDocument {
                    guidance: "",
                    record: &record,
                    text: &text,
                    change: self.changes,
                })
                .expect("put");
        }
        writer.commit(self.changes).expect("commit");
        writer.close().expect("close");
    }

    /// Makes vectors for some resources, some of them for the second time.
    fn encode(&mut self, steps: &mut Steps) {
        let mut entries = Vec::new();
        for _ in 0..=steps.below(6) {
            let number = steps.below(RESOURCES);
            if let Some(edition) = self.editions[number as usize] {
                let vector = steps.vector();
                let passages = vec![Passage {
                    vector,
                    place: (0, 4),
                }];
                entries.push((key(&record(number), &text(edition)), passages));
            }
        }
        self.store.append(entries).expect("append");
    }
}

fn record(number: u64) -> LearningResource {
    LearningResource {
        id: format!("r{number}"),
        name: format!("bài {number}"),
        in_language: vec!["vi".into()],
        provenance: Provenance {
            source: "test".into(),
            identifier: format!("r{number}"),
            ..Provenance::default()
        },
        ..LearningResource::default()
    }
}

fn text(edition: u64) -> String {
    format!("nội dung lần {edition}")
}

/// What a state of the index tells.
type Told = (Vec<String>, u64, Vec<(String, Key)>, Vec<bool>);

/// What an index says of everything: the documents found by meaning with their order, those without vectors, the
/// keys that are in use.
fn served(index: &Index, keys: &[Key], query: &[f32]) -> Told {
    let params = SearchParams {
        q: "zzz".into(),
        size: 50,
        ..SearchParams::default()
    };
    let page = index
        .find_meant(params, &|_| Some(query.to_vec()))
        .expect("a page");
    let missing = index.without_vectors(50, &|_| false).expect("missing");
    let carries = index.carries();
    (
        page.items.into_iter().map(|hit| hit.id).collect(),
        index.with_vectors(),
        missing.first,
        keys.iter().map(|key| carries(*key)).collect(),
    )
}

#[test]
fn what_is_carried_over_is_what_is_found_anew() {
    let (mut library, mut steps) = (Library::new(), Steps(0x9e37_79b9));
    let index = Index::open(library.folder.path()).expect("open");
    let (mut found, mut dropped) = (0, 0);
    for _ in 0..80 {
        match steps.below(8) {
            0..4 => {
                library.commit(&mut steps);
                index.reload().expect("reload");
            }
            4..7 => {
                library.encode(&mut steps);
                index.set_vectors(library.store.set()).expect("vectors");
            }
            _ => {
                let carries = index.carries();
                dropped += library.store.tidy(&carries).expect("tidied");
                index.set_vectors(library.store.set()).expect("vectors");
            }
        }
        let fresh = Index::open(library.folder.path()).expect("open");
        fresh.set_vectors(library.store.set()).expect("vectors");
        let query = steps.vector();
        let told = served(&index, &library.keys, &query);
        assert_eq!(told, served(&fresh, &library.keys, &query));
        found += told.0.len();
    }
    assert!(found > 50 && dropped > 5, "{found} {dropped}");
}
