//! A record as it will be written: serialised and hashed before the transaction.

use crate::error::{Error, Result};
use khue_content::{LearningResource, Link};
use sha2::{Digest, Sha256};

/// Longest source name, identifier or reference that is indexed, in bytes.
const MAX_KEY: usize = 1000;

/// The kinds of links that the store can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RelationKind {
    IsPartOf,
    HasPart,
    WorkTranslation,
    IsBasedOn,
}

impl RelationKind {
    /// The property's name, as stored.
    pub(crate) fn name(self) -> &'static str {
        match self {
            RelationKind::IsPartOf => "isPartOf",
            RelationKind::HasPart => "hasPart",
            RelationKind::WorkTranslation => "workTranslation",
            RelationKind::IsBasedOn => "isBasedOn",
        }
    }
}

/// One link of a record.
#[derive(Debug)]
pub(crate) struct Relation {
    pub kind: RelationKind,
    pub place: i32,
    pub to_ref: String,
    pub position: Option<i64>,
    pub path: Option<String>,
}

/// A record ready to be compared and written.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// Place in the batch.
    pub place: usize,
    pub wanted_id: String,
    pub source: String,
    pub identifier: String,
    pub name: String,
    pub language: Option<String>,
    pub hash: Vec<u8>,
    pub record: String,
    pub relations: Vec<Relation>,
}

/// Prepares a record; `None` where it cannot be told from others for want of a
/// usable source or identifier.
pub(crate) fn prepare(place: usize, mut record: LearningResource) -> Result<Option<Prepared>> {
    let (source, identifier) = (&record.provenance.source, &record.provenance.identifier);
    if !(is_key(source) && is_key(identifier)) {
        return Ok(None);
    }
    let (source, identifier) = (source.clone(), identifier.clone());
    let wanted_id = std::mem::take(&mut record.id);
    let text = canonical_json(&mut record)?;
    Ok(Some(Prepared {
        place,
        wanted_id,
        source,
        identifier,
        name: record.name.replace('\0', ""),
        language: record.main_language().map(|code| code.replace('\0', "")),
        hash: Sha256::digest(&text).to_vec(),
        record: text,
        relations: relations(&record),
    }))
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_KEY && !text.contains('\0')
}

/// The record as JSON with every object's keys in one order. Fields are in the
/// order of the struct; only what the source said besides can be in any.
fn canonical_json(record: &mut LearningResource) -> Result<String> {
    record.other.sort_keys();
    record
        .other
        .values_mut()
        .for_each(serde_json::Value::sort_all_objects);
    serde_json::to_string(record).map_err(|e| Error::Internal(e.to_string()))
}

fn relations(record: &LearningResource) -> Vec<Relation> {
    let lists = [
        (RelationKind::IsPartOf, &record.is_part_of),
        (RelationKind::HasPart, &record.has_part),
        (RelationKind::WorkTranslation, &record.work_translation),
        (RelationKind::IsBasedOn, &record.is_based_on),
    ];
    let each = |(kind, links): (RelationKind, &Vec<Link>)| {
        let numbered = (0i32..).zip(links.iter());
        numbered
            .filter_map(|(place, link)| relation(kind, place, link))
            .collect::<Vec<_>>()
    };
    lists.into_iter().flat_map(each).collect()
}

fn relation(kind: RelationKind, place: i32, link: &Link) -> Option<Relation> {
    let to_ref = link.id.trim();
    let path = || serde_json::to_string(&link.path).ok();
    is_key(to_ref).then(|| Relation {
        kind,
        place,
        to_ref: to_ref.to_owned(),
        position: link.position.map(i64::from),
        path: if link.path.is_empty() { None } else { path() },
    })
}
