//! One state of the index, with what was read out of it once.

use crate::Result;
use crate::facets::{Histogram, Tuples};
use crate::matching::Kept;
use crate::meaning::Joined;
use crate::opened::Opened;
use crate::query::{Plan, Reading};
use crate::schema::Fields;
use crate::suggest::Beginnings;
use crate::vectors::VectorSet;
use khue_content::search::terms::LANGUAGES;
use khue_content::search::{FACETS, SearchPage, SearchParams};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tantivy::index::SegmentId;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader, Term};
use web_time::Instant;

/// Histograms that are kept.
const CACHE: usize = 512;

/// How many results a text has, and which tuples they have, by the reading that found them.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    pub reading: Reading,
    pub histogram: Histogram,
    /// The results themselves, where they are few: (segment, document).
    pub few: Option<Vec<(u32, u32)>>,
    /// Whether it is at least as many as the stages ask for.
    pub enough: bool,
}

/// What a count depends on besides the state: words, and filters outside the tuples.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct CountKey {
    pub plan: Plan,
    pub part_of: Vec<String>,
    pub days: (Option<i64>, Option<i64>),
}

/// One state of the index.
pub(crate) struct Snapshot {
    pub searcher: Searcher,
    /// Stamp of the commit that it shows.
    pub opstamp: u64,
    /// Facet values of each segment's documents.
    pub tuples: Vec<Arc<Tuples>>,
    /// What is open of each segment.
    pub opened: Vec<Arc<Opened>>,
    /// Bits of each segment's frequent keys.
    pub kept: Vec<Arc<Kept>>,
    /// Words of names by how they begin, for each segment.
    beginnings: Vec<(SegmentId, Arc<Beginnings>)>,
    name_folded: Field,
    /// The vectors that belong to it, if there are any.
    pub meaning: Option<Joined>,
    counts: Mutex<FxHashMap<CountKey, Arc<Counted>>>,
    /// By what was asked, and whether its meaning was known.
    pages: Mutex<FxHashMap<(SearchParams, bool), Arc<SearchPage>>>,
    facet_values: OnceLock<FxHashSet<String>>,
    /// Codes of documents' languages, for each of [`LANGUAGES`].
    dialects: OnceLock<[Vec<String>; 3]>,
}

impl Snapshot {
    /// The state that `searcher` sees. A segment never changes but for deletions, so what was
    /// read out of it for the state before is taken over.
    pub fn new(
        searcher: Searcher,
        fields: &Fields,
        before: Option<&Self>,
        vectors: Option<VectorSet>,
    ) -> Result<Self> {
        let segments = searcher.segment_readers();
        let mut tuples = Vec::with_capacity(segments.len());
        let mut opened = Vec::with_capacity(segments.len());
        let mut kept = Vec::with_capacity(segments.len());
        for segment in segments {
            let known =
                before.and_then(|before| before.place(segment.segment_id()).map(|p| (before, p)));
            match known {
                Some((before, place)) => {
                    tuples.push(before.tuples[place].clone());
                    opened.push(before.opened[place].clone());
                    kept.push(before.kept[place].clone());
                }
                None => {
                    tuples.push(Arc::new(Tuples::load(segment)?));
                    opened.push(Arc::new(Opened::load(segment, fields)?));
                    kept.push(Arc::default());
                }
            }
        }
        let beginnings = segments
            .iter()
            .map(|segment| beginnings(segment, fields.name_folded, before))
            .collect::<Result<_>>()?;
        let opstamp = searcher.index().load_metas()?.opstamp;
        let vectors = vectors.filter(|set| !set.is_empty());
        let known = before.and_then(|before| before.meaning.as_ref());
        let meaning = vectors
            .map(|set| Joined::new(&searcher, &tuples, set, known))
            .transpose()?;
        Ok(Self {
            searcher,
            opstamp,
            tuples,
            opened,
            beginnings,
            name_folded: fields.name_folded,
            kept,
            meaning,
            counts: Mutex::default(),
            pages: Mutex::default(),
            facet_values: OnceLock::new(),
            dialects: OnceLock::new(),
        })
    }

    fn place(&self, segment: SegmentId) -> Option<usize> {
        let segments = self.searcher.segment_readers();
        segments.iter().position(|own| own.segment_id() == segment)
    }

    /// Words of names by how they begin, of one segment; only that field is known.
    pub fn beginnings(&self, ordinal: usize, field: Field) -> Option<&Beginnings> {
        let (_, beginnings) = self.beginnings.get(ordinal)?;
        (field == self.name_folded).then_some(beginnings)
    }

    /// How many documents hold a key, deleted ones among them.
    pub fn frequency(&self, field: Field, key: &str) -> Result<u64> {
        Ok(self.doc_freq(&Term::from_field_text(field, key))?)
    }

    /// Whether any document holds a key, as far as can be told.
    pub fn holds(&self, field: Field, key: &str) -> bool {
        self.frequency(field, key).map_or(true, |number| number > 0)
    }

    /// Number of documents.
    pub fn documents(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Whether any document has this value of a facet.
    pub fn has_value(&self, value: &str) -> bool {
        let collect = || {
            let tuples = self.tuples.iter().flat_map(|segment| &segment.values);
            tuples
                .flat_map(|tuple| tuple.iter().flatten().cloned())
                .collect()
        };
        self.facet_values.get_or_init(collect).contains(value)
    }

    /// The codes by which documents are in a language, dialects included: `en`, `en-gb`.
    pub fn dialects(&self, language: &str) -> &[String] {
        let collect = || {
            let of = |code: &&str| {
                let own = self.tuples.iter().flat_map(|segment| &segment.values);
                let codes = own.flat_map(|tuple| languages_of(tuple));
                let own = codes.filter(|found| is_in(found, code)).cloned();
                own.collect::<BTreeSet<String>>().into_iter().collect()
            };
            LANGUAGES.each_ref().map(of)
        };
        let place = LANGUAGES.iter().position(|code| *code == language);
        place.map_or(&[], |place| &self.dialects.get_or_init(collect)[place])
    }

    /// Whether a document is in a language, or in a dialect of it.
    pub fn is_in_language(&self, (segment, doc): (u32, u32), language: &str) -> bool {
        let tuples = &self.tuples[segment as usize];
        let tuple = tuples.values.get(tuples.numbers.get_val(doc) as usize);
        tuple.is_some_and(|tuple| languages_of(tuple).any(|code| is_in(code, language)))
    }

    /// Whether the filters let a document through.
    pub fn passes(&self, (segment, doc): (u32, u32), filters: &[(String, Vec<String>)]) -> bool {
        let tuples = &self.tuples[segment as usize];
        let number = tuples.numbers.get_val(doc) as usize;
        let tuple = tuples.values.get(number);
        tuple.is_some_and(|tuple| crate::facets::passes_all(tuple, filters))
    }

    /// The count kept under `key`, else a new one.
    pub fn counted(
        &self,
        key: CountKey,
        count: impl FnOnce() -> Result<Counted>,
    ) -> Result<Arc<Counted>> {
        if let Some(found) = self.lock().get(&key) {
            return Ok(found.clone());
        }
        let counted = Arc::new(count()?);
        let mut kept = self.lock();
        if kept.len() >= CACHE {
            kept.clear();
        }
        kept.insert(key, counted.clone());
        Ok(counted)
    }

    /// The page kept for a search, else a new one. A snapshot never changes, so a page of it
    /// stays right as long as the snapshot is the current one.
    pub fn page(
        &self,
        params: SearchParams,
        by_meaning: bool,
        search: impl FnOnce(SearchParams) -> Result<SearchPage>,
    ) -> Result<SearchPage> {
        if let Some(page) = self.kept_page(&params, by_meaning) {
            return Ok(page);
        }
        let key = (params, by_meaning);
        let page = Arc::new(search(key.0.clone())?);
        let mut pages = held(&self.pages);
        if pages.len() >= CACHE {
            pages.clear();
        }
        pages.insert(key, page.clone());
        Ok(SearchPage::clone(&page))
    }

    /// The page kept for a search, if there is one.
    pub fn kept_page(&self, params: &SearchParams, by_meaning: bool) -> Option<SearchPage> {
        let started = Instant::now();
        let key = (params.clone(), by_meaning);
        let page = held(&self.pages).get(&key).cloned()?;
        Some(SearchPage {
            took_micros: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            ..SearchPage::clone(&page)
        })
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<CountKey, Arc<Counted>>> {
        held(&self.counts)
    }
}

fn beginnings(
    segment: &SegmentReader,
    field: Field,
    before: Option<&Snapshot>,
) -> Result<(SegmentId, Arc<Beginnings>)> {
    let id = segment.segment_id();
    let known = before.and_then(|before| before.beginnings.iter().find(|(other, _)| *other == id));
    match known {
        Some((_, beginnings)) => Ok((id, beginnings.clone())),
        None => Ok((id, Arc::new(Beginnings::load(segment, field)?))),
    }
}

/// The same figures as those of the searcher, read from what is open already.
impl Bm25StatisticsProvider for Snapshot {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let segments = self.opened.iter();
        Ok(segments.map(|s| s.lists(field).total_num_tokens()).sum())
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        let segments = self.searcher.segment_readers().iter();
        Ok(segments.map(|s| u64::from(s.max_doc())).sum())
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let segments = self.opened.iter();
        let frequency = |s: &Arc<Opened>| Ok(u64::from(s.lists(term.field()).doc_freq(term)?));
        segments.map(frequency).sum()
    }
}

/// What is in the lock, whoever panicked while holding it: entries are inserted whole.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The languages in a document's facet values.
fn languages_of(tuple: &[Vec<String>]) -> impl Iterator<Item = &String> {
    let place = FACETS.iter().position(|name| *name == "inLanguage");
    let own = place.and_then(|place| tuple.get(place));
    own.into_iter().flatten()
}

/// Whether a code is that of the language or of a dialect of it.
fn is_in(code: &str, language: &str) -> bool {
    code.split('-').next() == Some(language)
}
