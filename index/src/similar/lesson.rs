//! Resources for the same lesson of a textbook, or the same node of another framework.

use crate::Result;
use crate::query::words;
use crate::schema::Fields;
use crate::search::read_card;
use crate::snapshot::Snapshot;
use khue_content::Alignment;
use khue_content::search::Hit;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

/// Keys by which alignments are the same: the address of the target, and framework with name of the
/// target, marks, case and punctuation aside.
pub(crate) fn keys(alignment: &Alignment) -> Vec<String> {
    let plain = |text: &str| -> Vec<String> {
        words(text, &[])
            .into_iter()
            .map(|word| word.folded)
            .collect()
    };
    let target = plain(&alignment.target_name).join(" ");
    let framework = plain(&alignment.educational_framework).join(" ");
    let named = (!target.is_empty()).then(|| format!("{framework}\u{1f}{target}"));
    alignment
        .target_url
        .clone()
        .into_iter()
        .chain(named)
        .collect()
}

/// Other resources that are aligned with one of these.
pub(crate) fn same(
    snapshot: &Snapshot,
    fields: &Fields,
    id: &str,
    alignments: &[Alignment],
    count: usize,
) -> Result<Vec<Hit>> {
    let term = |key: String| -> Box<dyn Query> {
        let term = Term::from_field_text(fields.aligned, &key);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    };
    let terms: Vec<_> = alignments.iter().flat_map(keys).map(term).collect();
    if terms.is_empty() || count == 0 {
        return Ok(Vec::new());
    }
    let query = BooleanQuery::union(terms);
    let found = snapshot
        .searcher
        .search(&query, &TopDocs::with_limit(count + 1).order_by_score())?;
    let mut hits = Vec::new();
    for (_, address) in found {
        let (hit, _) = read_card(snapshot, fields, (address.segment_ord, address.doc_id))?;
        if hit.id != id && hits.len() < count {
            hits.push(hit);
        }
    }
    Ok(hits)
}
