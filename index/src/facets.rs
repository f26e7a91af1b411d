//! Facets: one tuple a document, counted once, read as many facets.
//!
//! A document's facet values are written as one text, its tuple. The column's
//! dictionary numbers the distinct tuples of a segment; a search counts how often
//! each number occurs. Every facet, under every filter, follows from those
//! counts alone, so changing a filter needs no second pass over the documents.

use crate::Result;
use crate::schema::column;
use khue_content::search::{FACETS, Facet, FacetValue, SearchParams};
use khue_content::{LearningResource, vocabulary};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::SegmentReader;
use tantivy::columnar::ColumnValues;

const BETWEEN_FACETS: char = '\u{1e}';
const BETWEEN_VALUES: char = '\u{1f}';
/// Extra value in the last place of a tuple: the licence permits adaptation.
const ADAPTABLE: &str = "adaptable";

/// The facet values of a record as one text; wider concepts are values too.
pub(crate) fn tuple(record: &LearningResource, guidance: &str) -> String {
    let value = |name: &&str| match *name {
        "guidance" => guidance.to_owned(),
        name => values(record, name),
    };
    let mut places: Vec<String> = FACETS.iter().map(value).collect();
    places.push(if is_adaptable(record) {
        ADAPTABLE.into()
    } else {
        String::new()
    });
    places.join(&BETWEEN_FACETS.to_string())
}

fn values(record: &LearningResource, facet: &str) -> String {
    let mut values: Vec<String> = match facet {
        "about" => with_broader(&record.about),
        "educationalLevel" => with_broader(&record.educational_level),
        "learningResourceType" => with_broader(&record.learning_resource_type),
        "textbook" => textbooks(record),
        "inLanguage" => record
            .main_language()
            .map(str::to_lowercase)
            .into_iter()
            .collect(),
        "license" => record.license.iter().cloned().collect(),
        _ => vec![record.provenance.source.clone()],
    };
    values.retain(|value| !value.is_empty());
    values.sort();
    values.dedup();
    values.join(&BETWEEN_VALUES.to_string())
}

fn with_broader(uris: &[String]) -> Vec<String> {
    let widened = uris.iter().flat_map(|uri| vocabulary::with_broader(uri));
    let mut all: Vec<String> = widened.map(|concept| concept.id.clone()).collect();
    all.extend(
        uris.iter()
            .filter(|uri| vocabulary::concept(uri).is_none())
            .cloned(),
    );
    all
}

/// The series that a record follows, and the book or lesson where the vocabulary has it.
fn textbooks(record: &LearningResource) -> Vec<String> {
    let named = record.educational_alignment.iter().flat_map(|alignment| {
        let names = [&alignment.educational_framework, &alignment.target_name];
        names.map(|name| vocabulary::find("textbook", name))
    });
    let found: Vec<String> = named.flatten().map(|concept| concept.id.clone()).collect();
    with_broader(&found)
}

fn is_adaptable(record: &LearningResource) -> bool {
    let license = record.license.as_deref().and_then(vocabulary::concept);
    license
        .and_then(|l| l.facts.get("permitsAdaptation"))
        .and_then(|fact| fact.as_bool())
        .unwrap_or(false)
}

/// Number of the tuple of each document, unpacked: it is read for every document that is counted.
pub(crate) struct Numbers(Vec<u32>);

impl Numbers {
    /// Number of the tuple of a document.
    #[inline]
    pub fn get_val(&self, doc: u32) -> u64 {
        u64::from(self.0.get(doc as usize).copied().unwrap_or(0))
    }
}

/// The distinct tuples of a segment and which document has which.
pub(crate) struct Tuples {
    /// Number of the tuple of each document.
    pub numbers: Numbers,
    /// Tuple by number: values by facet, the adaptable mark last.
    pub values: Vec<Arc<[Vec<String>]>>,
}

impl Tuples {
    /// Reads the dictionary of a segment.
    pub fn load(segment: &SegmentReader) -> Result<Self> {
        let Some(strings) = segment.fast_fields().str(column::FACETS)? else {
            return Ok(Self {
                numbers: Numbers(Vec::new()),
                values: Vec::new(),
            });
        };
        let mut values = Vec::with_capacity(strings.num_terms());
        let mut text = String::new();
        for number in 0..strings.num_terms() as u64 {
            text.clear();
            strings.ord_to_str(number, &mut text)?;
            values.push(parse(&text));
        }
        let column = strings.ords().clone().first_or_default_col(0);
        let mut unpacked = vec![0u64; segment.max_doc() as usize];
        column.get_range(0, &mut unpacked);
        let numbers = unpacked
            .into_iter()
            .map(|n| u32::try_from(n).unwrap_or(0))
            .collect();
        Ok(Self {
            numbers: Numbers(numbers),
            values,
        })
    }

    /// Whether the filters let one tuple through.
    pub fn allows(&self, number: usize, params: &SearchParams) -> bool {
        self.values
            .get(number)
            .is_some_and(|tuple| misses(tuple, params).is_empty())
    }

    /// For each tuple whether the filters let it through.
    pub fn allowed(&self, params: &SearchParams) -> Vec<bool> {
        self.values
            .iter()
            .map(|tuple| misses(tuple, params).is_empty())
            .collect()
    }
}

fn parse(text: &str) -> Arc<[Vec<String>]> {
    let split = |place: &str| -> Vec<String> {
        place
            .split(BETWEEN_VALUES)
            .filter(|v| !v.is_empty())
            .map(str::to_owned)
            .collect()
    };
    text.split(BETWEEN_FACETS).map(split).collect()
}

/// Whether a tuple has one of the values chosen for a facet, where any is.
fn has(tuple: &[Vec<String>], place: usize, chosen: &[String]) -> bool {
    let own = tuple.get(place);
    chosen.is_empty() || own.is_some_and(|own| own.iter().any(|v| chosen.contains(v)))
}

/// Whether a tuple passes filters: each property one of its values.
pub(crate) fn passes_all(tuple: &[Vec<String>], filters: &[(String, Vec<String>)]) -> bool {
    filters.iter().all(|(name, chosen)| {
        let place = FACETS.iter().position(|facet| facet == name);
        place.is_some_and(|place| has(tuple, place, chosen))
    })
}

/// Places of a tuple that the filters do not let through; the place after the facets is "adaptable",
/// the one after that the part of the results that is looked at.
fn misses(tuple: &[Vec<String>], params: &SearchParams) -> Vec<usize> {
    let passes = |place: usize, name: &str| has(tuple, place, params.filter(name));
    let mut missed: Vec<usize> = FACETS
        .iter()
        .enumerate()
        .filter(|(place, name)| !passes(*place, name))
        .map(|(p, _)| p)
        .collect();
    if params.adaptable && tuple.get(FACETS.len()).is_none_or(Vec::is_empty) {
        missed.push(FACETS.len());
    }
    let side = &params.side;
    let here = passes_all(tuple, &side.inside)
        && (side.outside.is_empty() || !passes_all(tuple, &side.outside));
    if !here {
        missed.push(FACETS.len() + 1);
    }
    missed
}

/// How often each tuple occurs among the results of a text, whatever the filters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Histogram(pub Vec<(Arc<[Vec<String>]>, usize)>);

impl Histogram {
    /// Number of results under the filters.
    pub fn total(&self, params: &SearchParams) -> usize {
        self.0
            .iter()
            .filter(|(tuple, _)| misses(tuple, params).is_empty())
            .map(|(_, n)| n)
            .sum()
    }

    /// Number of results that may be adapted, with all filters but that one.
    pub fn adaptable(&self, params: &SearchParams) -> usize {
        let adaptable = SearchParams {
            adaptable: true,
            ..params.clone()
        };
        self.total(&adaptable)
    }

    /// Counts of every facet, each with the filters on all other properties applied.
    pub fn facets<'a>(&'a self, params: &'a SearchParams) -> Vec<Facet> {
        let mut counts: Vec<FxHashMap<&'a str, usize>> = vec![FxHashMap::default(); FACETS.len()];
        for (tuple, count) in &self.0 {
            let missed = misses(tuple, params);
            for (place, counted) in counts.iter_mut().enumerate() {
                if missed.iter().all(|m| *m == place) {
                    for value in tuple.get(place).into_iter().flatten() {
                        *counted.entry(value).or_default() += count;
                    }
                }
            }
        }
        FACETS
            .iter()
            .zip(counts)
            .map(|(name, counted)| facet(name, counted, params))
            .collect()
    }
}

fn facet<'a>(
    name: &str,
    mut counted: FxHashMap<&'a str, usize>,
    params: &'a SearchParams,
) -> Facet {
    for chosen in params.filter(name) {
        counted.entry(chosen).or_default();
    }
    let selected = |value: &str| params.filter(name).iter().any(|v| v == value);
    let mut values: Vec<FacetValue> = counted
        .iter()
        .map(|(value, count)| FacetValue {
            value: (*value).to_owned(),
            count: *count,
            selected: selected(value),
            broader: vocabulary::concept(value).and_then(|c| c.broader.first().cloned()),
        })
        .collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    Facet {
        name: name.to_owned(),
        values,
    }
}
