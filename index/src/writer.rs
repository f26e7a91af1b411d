//! Writing: one writer, batched commits, the store's change number in each commit.

use crate::document::{IndexDocument, document};
use crate::schema::{Fields, schema, tokenizers};
use crate::{Error, Result};
use std::path::Path;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexWriter, TantivyDocument, Term};

/// Memory for documents that are not yet written, in bytes.
const BUFFER: usize = 64 * 1024 * 1024;

/// Share of deleted documents from which on a segment is written anew without them.
const DELETED: f32 = 0.25;

/// The one writer of an index.
pub struct Writer {
    writer: IndexWriter<TantivyDocument>,
    fields: Fields,
    /// Whether documents may be there already.
    replacing: bool,
    /// Changes since the last commit.
    pending: usize,
    /// Number of the last change taken, committed or not.
    taken: Option<i64>,
}

impl Writer {
    /// Opens the index in `folder` for writing; creates it where there is none.
    ///
    /// # Errors
    /// [`Error::Locked`] while another process writes.
    pub fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|source| Error::Folder {
            folder: folder.to_owned(),
            source,
        })?;
        let (schema, fields) = schema();
        let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
        let index = tantivy::Index::builder()
            .schema(schema)
            .tokenizers(tokenizers())
            .open_or_create(directory)?;
        let replacing = !index.searchable_segment_ids()?.is_empty();
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(BUFFER)
            .num_merge_threads(1)
            .build();
        let writer = index.writer_with_options(options)?;
        let mut merges = LogMergePolicy::default();
        merges.set_del_docs_ratio_before_merge(DELETED);
        writer.set_merge_policy(Box::new(merges));
        Ok(Self {
            writer,
            fields,
            replacing,
            pending: 0,
            taken: None,
        })
    }

    /// Number of the last change that is in the index; 0 for an empty one.
    pub fn last_change(&self) -> Result<i64> {
        let payload = self.writer.index().load_metas()?.payload;
        Ok(payload.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    /// Number of the last change taken, whether it is committed yet or not.
    pub fn last_taken(&self) -> Result<i64> {
        self.taken.map_or_else(|| self.last_change(), Ok)
    }

    /// Changes since the last commit.
    pub fn pending(&self) -> usize {
        self.pending
    }

    /// Adds a resource or replaces it.
    pub fn put(&mut self, source: &IndexDocument) -> Result<()> {
        self.delete(&source.record.id, source.change);
        self.writer.add_document(document(&self.fields, source))?;
        Ok(())
    }

    /// Takes a resource out.
    pub fn delete(&mut self, id: &str, change: i64) {
        if self.replacing {
            self.writer
                .delete_term(Term::from_field_text(self.fields.id, id));
        }
        self.pending += 1;
        self.taken = Some(change);
    }

    /// Makes everything so far visible and durable, up to the store's change `last_change`.
    pub fn commit(&mut self, last_change: i64) -> Result<()> {
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(&last_change.to_string());
        prepared.commit()?;
        (self.replacing, self.pending, self.taken) = (true, 0, Some(last_change));
        Ok(())
    }

    /// Waits until the files are tidied up, then closes.
    pub fn close(self) -> Result<()> {
        self.writer.wait_merging_threads()?;
        Ok(())
    }
}
