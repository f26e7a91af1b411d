//! Editions of one work, shown as one result.
//!
//! A page of results takes nearly equal texts ([`fingerprint`]) and translations under the best of them. Only
//! results of the same page are folded, so the number of results, the facets and the place of every page
//! stay what they are. Translations that the words did not find are added from the relation.

pub(crate) mod fingerprint;

use crate::Result;
use crate::matching::Address;
use crate::schema::Fields;
use crate::search::read_card;
use crate::snapshot::Snapshot;
use fingerprint::{Fingerprint, same_work};
use khue_content::search::Hit;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

/// Translations of one result that are looked up.
const TRANSLATIONS: usize = 8;

/// A result and where it stands.
pub(crate) struct Placed {
    pub address: Address,
    pub hit: Hit,
}

/// The results with later editions of a work under its first one.
pub(crate) fn folded(snapshot: &Snapshot, fields: &Fields, found: Vec<Placed>) -> Result<Vec<Hit>> {
    let mut works: Vec<Work> = Vec::with_capacity(found.len());
    for placed in found {
        let print = fingerprint_of(snapshot, placed.address);
        let same = works
            .iter_mut()
            .find(|work| work.holds(&print, &placed.hit));
        match same {
            Some(work) => work.take(placed.hit),
            None => works.push(Work {
                print,
                hit: placed.hit,
            }),
        }
    }
    for work in &mut works {
        work.translate(snapshot, fields)?;
    }
    Ok(works.into_iter().map(|work| work.hit).collect())
}

/// The first edition of a work, with the others in its `versions`.
struct Work {
    print: Fingerprint,
    hit: Hit,
}

impl Work {
    fn holds(&self, print: &Fingerprint, hit: &Hit) -> bool {
        let own = &self.hit;
        translates(own, hit)
            || translates(hit, own)
            || own.in_language == hit.in_language
                && same_work(&self.print, print, own.name == hit.name)
    }

    fn take(&mut self, other: Hit) {
        self.add(&other);
        for version in other.versions {
            self.hit.versions.push(version);
        }
    }

    fn add(&mut self, other: &Hit) {
        let known =
            self.hit.id == other.id || self.hit.versions.iter().any(|(id, ..)| *id == other.id);
        if !known {
            let version = (
                other.id.clone(),
                other.name.clone(),
                other.in_language.clone(),
            );
            self.hit.versions.push(version);
        }
    }

    /// Adds the translations that the record names.
    fn translate(&mut self, snapshot: &Snapshot, fields: &Fields) -> Result<()> {
        let named: Vec<String> = self
            .hit
            .work_translation
            .iter()
            .take(TRANSLATIONS)
            .cloned()
            .collect();
        for reference in named {
            if let Some(other) = referred(snapshot, fields, &self.hit.source, &reference)? {
                self.add(&other);
            }
        }
        Ok(())
    }
}

/// Whether one record names the other as its translation: by identifier of the same source, or by id.
fn translates(from: &Hit, to: &Hit) -> bool {
    let names = |reference: &String| {
        *reference == to.id || from.source == to.source && *reference == to.identifier
    };
    from.work_translation.iter().any(names)
}

/// The resource that a record of `source` means by a reference.
fn referred(
    snapshot: &Snapshot,
    fields: &Fields,
    source: &str,
    reference: &str,
) -> Result<Option<Hit>> {
    let terms = [
        Term::from_field_text(fields.named, &identifier(source, reference)),
        Term::from_field_text(fields.id, reference),
    ];
    for term in terms {
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = snapshot
            .searcher
            .search(&query, &TopDocs::with_limit(1).order_by_score())?;
        if let Some((_, address)) = found.first() {
            let (hit, _) = read_card(snapshot, fields, (address.segment_ord, address.doc_id))?;
            return Ok(Some(hit));
        }
    }
    Ok(None)
}

/// What a source calls a record, as one key.
pub(crate) fn identifier(source: &str, identifier: &str) -> String {
    format!("{source}\u{1f}{identifier}")
}

fn fingerprint_of(snapshot: &Snapshot, (segment, doc): Address) -> Fingerprint {
    let segment = &snapshot.opened[segment as usize];
    Fingerprint {
        halves: [
            segment.prints[0].get_val(doc),
            segment.prints[1].get_val(doc),
        ],
        words: segment.all_length.fieldnorm(doc),
    }
}
