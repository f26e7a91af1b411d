//! What is open of a segment for as long as it lives: every search reads its dictionaries, and opening
//! them anew, the empty ones above all, would cost more than many a search.

use crate::Result;
use crate::schema::{Fields, column};
use std::sync::Arc;
use tantivy::columnar::ColumnValues;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, SegmentReader};

/// Dictionaries and columns of one segment. Deletions change neither, so they stay as long as it does.
pub(crate) struct Opened {
    /// By the number of the field; `None` for fields that are not indexed.
    lists: Vec<Option<Arc<InvertedIndexReader>>>,
    /// Of a field without any key.
    empty: Arc<InvertedIndexReader>,
    /// Words of each text.
    pub all_length: FieldNormReader,
    /// Words of each name.
    pub name_length: FieldNormReader,
    /// How complete each record is, from 0 to 100.
    pub quality: Arc<dyn ColumnValues<u64>>,
    /// Both halves of each text's fingerprint.
    pub prints: [Arc<dyn ColumnValues<u64>>; 2],
}

impl Opened {
    /// Opens them.
    pub fn load(segment: &SegmentReader, fields: &Fields) -> Result<Self> {
        let open = |(field, entry): (Field, &tantivy::schema::FieldEntry)| match entry.is_indexed()
        {
            true => segment.inverted_index(field).map(Some),
            false => Ok(None),
        };
        Ok(Self {
            lists: segment
                .schema()
                .fields()
                .map(open)
                .collect::<tantivy::Result<_>>()?,
            empty: Arc::new(InvertedIndexReader::empty(
                tantivy::schema::IndexRecordOption::Basic,
            )),
            all_length: segment.get_fieldnorms_reader(fields.all_folded)?,
            name_length: segment.get_fieldnorms_reader(fields.name_folded)?,
            quality: numbers(segment, column::QUALITY)?,
            prints: [
                numbers(segment, column::PRINT_A)?,
                numbers(segment, column::PRINT_B)?,
            ],
        })
    }

    /// The dictionary of a field with its lists.
    pub fn lists(&self, field: Field) -> &Arc<InvertedIndexReader> {
        let known = self.lists.get(field.field_id() as usize);
        known.and_then(Option::as_ref).unwrap_or(&self.empty)
    }
}

/// A column of numbers; 0 where a document has none.
fn numbers(segment: &SegmentReader, name: &str) -> Result<Arc<dyn ColumnValues<u64>>> {
    Ok(segment.fast_fields().u64(name)?.first_or_default_col(0))
}
