//! Searching: request in, page out.

use crate::Result;
use crate::facets::Histogram;
use crate::fold::{self, Placed};
use crate::highlight::Marker;
use crate::matching::{self, Address};
use crate::meaning;
use crate::query::{Plan, Reading};
use crate::rank::{Ranked, rank};
use crate::schema::{Fields, column};
use crate::snapshot::{Counted, Snapshot};
use crate::spelling::{self, Repair};
use crate::translation::{self, Translated};
use khue_content::search::{
    Correction, Facet, Highlight, Hit, Reason, SearchPage, SearchParams, SearchRequest, Sort,
};
use std::sync::Arc;
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};
use web_time::Instant;

/// Documents that are ranked by every feature.
const RANKED: usize = 150;
/// The same for a search that found too little with all words.
const RANKED_LOOSELY: usize = 120;

/// So many results that hold the whole query leave little to wish for.
const ENOUGH_COMPLETE: usize = 5;

/// Runs a search on one state of the index.
pub(crate) fn search(
    snapshot: &Snapshot,
    fields: &Fields,
    request: &SearchRequest,
) -> Result<SearchPage> {
    let started = Instant::now();
    let listing = listing(snapshot, fields, request, false)?;
    let mut page = page(snapshot, fields, request, listing)?;
    page.took_micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    Ok(page)
}

/// The results of a search in their order, at least up to the end of the page asked for.
pub(crate) struct Listing {
    pub total: usize,
    pub ranked: Vec<Ranked>,
    /// Whether none of them holds everything.
    pub relaxed: bool,
    pub facets: Vec<Facet>,
    /// Results that may be adapted, with all filters but that one.
    pub adaptable: usize,
    /// Whether marks may differ from those typed.
    pub loose: bool,
    /// The words looked up, slips mended.
    pub plan: Plan,
    /// Whether results that hold all words are many.
    pub enough: bool,
    /// What they are in other languages of the library.
    pub translated: Vec<Translated>,
    /// The spelling that they are looked up by, where it is another.
    pub correction: Option<Correction>,
}

/// Looks for the results of a search. Words that the library does not know are read as what was
/// probably meant; with `doubting`, a word that it knows may be a slip as well.
pub(crate) fn listing(
    snapshot: &Snapshot,
    fields: &Fields,
    request: &SearchRequest,
    doubting: bool,
) -> Result<Listing> {
    let typed = Plan::new(request);
    let translated = translation::translated(snapshot, request, &typed.excluded);
    let mut repairs = repairs(snapshot, fields, request, &typed, doubting)?;
    repairs.retain(|repair| !translation::knows(&translated, &typed.slots[repair.slot]));
    let plan = typed.repaired(&repairs);
    let params = &request.params;
    let key = matching::count_key(&plan, params);
    let counted = snapshot.counted(key.clone(), || matching::count(snapshot, fields, &key))?;
    let search = Searching {
        snapshot,
        fields,
        plan: &plan,
        params,
        counted: &counted,
        key: &key,
        translated: &translated,
    };
    let found = search.found()?;
    let translated = match found.ranked.iter().any(|one| one.as_typed) {
        true => translation::sure(translated),
        false => translated,
    };
    Ok(Listing {
        total: found.total,
        ranked: found.ranked,
        relaxed: found.relaxed,
        facets: found.histogram.facets(params),
        adaptable: found.histogram.adaptable(params),
        loose: counted.reading == Reading::Folded || !counted.enough,
        correction: corrected(request, &typed, &repairs),
        plan,
        enough: counted.enough,
        translated,
    })
}

fn repairs(
    snapshot: &Snapshot,
    fields: &Fields,
    request: &SearchRequest,
    typed: &Plan,
    doubting: bool,
) -> Result<Vec<Repair>> {
    if request.params.verbatim {
        return Ok(Vec::new());
    }
    let unknown = spelling::unknown(snapshot, fields, typed)?;
    match unknown.is_empty() && doubting {
        true => spelling::doubtful(snapshot, fields, typed),
        false => Ok(unknown),
    }
}

/// The spelling to offer.
fn corrected(request: &SearchRequest, typed: &Plan, repairs: &[Repair]) -> Option<Correction> {
    (!repairs.is_empty()).then(|| Correction {
        text: spelling::rewritten(&request.params.q, typed, repairs),
        total: 0,
        applied: repairs.iter().any(|repair| repair.unknown),
    })
}

/// The page of a listing that was asked for, with everything that is shown.
pub(crate) fn page(
    snapshot: &Snapshot,
    fields: &Fields,
    request: &SearchRequest,
    listing: Listing,
) -> Result<SearchPage> {
    let params = &request.params;
    let correction = listing.correction.map(|correction| Correction {
        total: listing.total,
        ..correction
    });
    let mut page = SearchPage {
        total: listing.total,
        page: params.page,
        size: params.size,
        facets: listing.facets,
        adaptable: listing.adaptable,
        did_you_mean: correction,
        relaxed: listing.relaxed,
        ..SearchPage::default()
    };
    let looked_up = LookedUp {
        plan: &listing.plan,
        translated: &listing.translated,
        loose: listing.loose,
    };
    let first = (params.page - 1) * params.size;
    let mut placed = Vec::with_capacity(params.size);
    for ranked in listing.ranked.into_iter().skip(first).take(params.size) {
        let hit = hit(snapshot, fields, &looked_up, &ranked)?;
        placed.push(Placed {
            address: ranked.address,
            hit,
        });
    }
    let by_text = !listing.plan.slots.is_empty() && params.sort == Sort::Relevance;
    page.items = match by_text {
        true => fold::folded(snapshot, fields, placed)?,
        false => placed.into_iter().map(|placed| placed.hit).collect(),
    };
    Ok(page)
}

/// The tuples of some documents, one for each.
pub(crate) fn histogram_of(
    snapshot: &Snapshot,
    documents: impl Iterator<Item = Address>,
) -> Histogram {
    let tuple = |address: Address| {
        let tuples = &snapshot.tuples[address.0 as usize];
        let number = tuples.numbers.get_val(address.1) as usize;
        tuples.values.get(number).map(|values| (values.clone(), 1))
    };
    Histogram(documents.filter_map(tuple).collect())
}

struct Searching<'a> {
    snapshot: &'a Snapshot,
    fields: &'a Fields,
    plan: &'a Plan,
    params: &'a SearchParams,
    counted: &'a Arc<Counted>,
    key: &'a crate::snapshot::CountKey,
    translated: &'a [Translated],
}

struct Found {
    total: usize,
    ranked: Vec<Ranked>,
    relaxed: bool,
    histogram: Histogram,
}

impl Searching<'_> {
    fn found(&self) -> Result<Found> {
        let total = self.counted.histogram.total(self.params);
        let histogram = self.counted.histogram.clone();
        if self.plan.slots.is_empty() || self.params.sort != Sort::Relevance {
            return Ok(Found {
                total,
                ranked: self.sorted()?,
                relaxed: false,
                histogram,
            });
        }
        if self.counted.enough {
            return Ok(Found {
                total,
                ranked: self.ranked(total)?,
                relaxed: false,
                histogram,
            });
        }
        let ranked = worthwhile(self.loosely_ranked()?);
        let histogram = histogram_of(self.snapshot, ranked.iter().map(|r| r.address));
        let ranked: Vec<Ranked> = ranked
            .into_iter()
            .filter(|r| self.allowed(r.address))
            .collect();
        let relaxed = !ranked.is_empty() && !ranked.iter().any(|r| r.complete);
        Ok(Found {
            total: ranked.len(),
            relaxed,
            ranked,
            histogram,
        })
    }

    /// One past the last result of the page.
    fn end(&self) -> usize {
        self.params.page * self.params.size
    }

    fn allowed(&self, address: Address) -> bool {
        let tuples = &self.snapshot.tuples[address.0 as usize];
        let number = tuples.numbers.get_val(address.1) as usize;
        tuples.allows(number, self.params)
    }

    /// Results that hold every word: all of them where they are few, else the most promising.
    fn ranked(&self, total: usize) -> Result<Vec<Ranked>> {
        if let Some(few) = &self.counted.few {
            let documents: Vec<Address> =
                few.iter().copied().filter(|a| self.allowed(*a)).collect();
            return rank(self.snapshot, self.fields, self.plan, &documents);
        }
        let conjunction = self.restricted(self.plan.conjunction(self.fields, self.counted.reading));
        let wanted = self.end().min(total);
        let by_text = matching::best(
            self.snapshot,
            conjunction.as_ref(),
            self.params,
            RANKED.max(wanted),
        )?;
        let mut promising: Vec<Address> = by_text.iter().take(RANKED).map(|(_, a)| *a).collect();
        promising.extend(self.promising(self.counted.reading, self.params, RANKED / 2)?);
        let mut ranked = rank(self.snapshot, self.fields, self.plan, &promising)?;
        ranked.retain(|r| r.complete);
        let seen: rustc_hash::FxHashSet<Address> = ranked.iter().map(|r| r.address).collect();
        // Far down the list the plain score is order enough.
        let rest = by_text
            .iter()
            .filter(|(_, a)| !seen.contains(a))
            .map(|(_, address)| Ranked::plain(*address, vec![Reason::Text]));
        ranked.extend(rest);
        Ok(ranked)
    }

    /// Results that hold as much of the query as there is, whatever the filters; those that the
    /// filters let through are looked for once more, as they may be far down.
    fn loosely_ranked(&self) -> Result<Vec<Ranked>> {
        let mut documents: Vec<Address> = self.counted.few.iter().flatten().copied().collect();
        let unfiltered = SearchParams::default();
        for reading in self
            .plan
            .readings()
            .into_iter()
            .filter(|reading| *reading != Reading::Half)
        {
            documents.extend(self.promising(reading, &unfiltered, RANKED_LOOSELY)?);
            if !self.params.filters.is_empty() || self.params.adaptable {
                documents.extend(self.promising(reading, self.params, RANKED_LOOSELY)?);
            }
        }
        let (snapshot, fields) = (self.snapshot, self.fields);
        documents.extend(self.promising_in_others()?);
        let mut ranked =
            translation::rank_in_all(snapshot, fields, self.plan, self.translated, &documents)?;
        ranked.retain(|one| one.score > 0.0);
        Ok(ranked)
    }

    /// Documents in other languages that hold what the words are there.
    fn promising_in_others(&self) -> Result<Vec<Address>> {
        let mut documents = Vec::new();
        for one in self.translated {
            let mut params = self.params.clone();
            let own = self.snapshot.dialects(one.language).to_vec();
            params.filters.retain(|(name, _)| name != "inLanguage");
            params.filters.push(("inLanguage".into(), own));
            for reading in one.plan.readings().into_iter().take(1) {
                documents.extend(self.promising_by(&one.plan, reading, &params, RANKED_LOOSELY)?);
            }
        }
        Ok(documents)
    }

    fn promising(
        &self,
        reading: Reading,
        params: &SearchParams,
        limit: usize,
    ) -> Result<Vec<Address>> {
        self.promising_by(self.plan, reading, params, limit)
    }

    fn promising_by(
        &self,
        plan: &Plan,
        reading: Reading,
        params: &SearchParams,
        limit: usize,
    ) -> Result<Vec<Address>> {
        let held = |field, key: &str| self.snapshot.holds(field, key);
        let union = plan.union(self.fields, reading, held);
        let query = match plan.excluded.is_empty()
            && self.key.part_of.is_empty()
            && self.key.days == (None, None)
        {
            true => union,
            false => self.restricted(Some(plan.without_excluded(self.fields, union))),
        };
        Ok(
            matching::best(self.snapshot, query.as_ref(), params, limit)?
                .into_iter()
                .map(|(_, a)| a)
                .collect(),
        )
    }

    fn restricted(
        &self,
        query: Option<Box<dyn tantivy::query::Query>>,
    ) -> Box<dyn tantivy::query::Query> {
        matching::restricted(query, self.fields, self.key)
    }

    /// A page in the order of a column.
    fn sorted(&self) -> Result<Vec<Ranked>> {
        let conjunction = self.restricted(self.plan.conjunction(self.fields, self.counted.reading));
        let wanted = self.end();
        let documents = match self.params.sort {
            Sort::Name => {
                crate::order::by_name(self.snapshot, conjunction.as_ref(), self.params, wanted)?
            }
            _ => crate::order::by_number(
                self.snapshot,
                conjunction.as_ref(),
                self.params,
                column::RECENCY,
                wanted,
            )?,
        };
        let plain = |address| Ranked::plain(address, Vec::new());
        Ok(documents.into_iter().map(plain).collect())
    }
}

/// What was looked up, to be marked in the results.
struct LookedUp<'a> {
    plan: &'a Plan,
    translated: &'a [Translated],
    loose: bool,
}

/// A result as it is shown.
fn hit(snapshot: &Snapshot, fields: &Fields, looked_up: &LookedUp, ranked: &Ranked) -> Result<Hit> {
    let (mut hit, text) = read_card(snapshot, fields, ranked.address)?;
    let there = translation::plan_of(looked_up.translated, &hit.in_language);
    let plan = there.unwrap_or(looked_up.plan);
    let marker = Marker::new(plan, &hit.in_language, looked_up.loose);
    if !plan.slots.is_empty() {
        hit.highlights.extend(marker.whole("name", &hit.name));
        hit.highlights
            .extend(marker.passage("description", &hit.description));
        hit.highlights.extend(marker.passage("body", &text));
    }
    if let Some(near) = ranked
        .passage
        .and_then(|place| meaning::shown(&text, place))
    {
        hit.passage = Some(meaning::opening(&near).to_owned());
        if !hit.highlights.iter().any(|found| found.property != "name") {
            hit.highlights.push(Highlight {
                property: "body".into(),
                text: near,
                ranges: Vec::new(),
            });
        }
    }
    if hit.description.is_empty() {
        hit.description = beginning(&hit.name, &text);
    }
    hit.score = ranked.score;
    hit.reasons.clone_from(&ranked.reasons);
    Ok(hit)
}

/// Without results that hold a part of the query, or hold it with other marks, and are far behind
/// the best: the more results hold it as typed, the nearer the others must come.
fn worthwhile(mut ranked: Vec<Ranked>) -> Vec<Ranked> {
    let complete = ranked.iter().filter(|r| r.as_typed).count();
    let share = match complete {
        0 => 0.1,
        1..ENOUGH_COMPLETE => 0.35,
        _ => 0.55,
    };
    let least = ranked.first().map_or(0.0, |best| best.score * share);
    ranked.retain(|r| r.as_typed || r.score >= least);
    ranked
}

/// The stored card of a document and its text.
pub(crate) fn read_card(
    snapshot: &Snapshot,
    fields: &Fields,
    address: Address,
) -> Result<(Hit, String)> {
    let document: TantivyDocument = snapshot
        .searcher
        .doc(DocAddress::new(address.0, address.1))?;
    let card = document
        .get_first(fields.card)
        .and_then(|value| value.as_bytes().map(<[u8]>::to_vec));
    let text = document
        .get_first(fields.text)
        .and_then(|value| value.as_str().map(str::to_owned));
    let hit = card
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    Ok((hit, text.unwrap_or_default()))
}

/// The first words of a text, for a record without a description.
fn beginning(name: &str, text: &str) -> String {
    let text = text.trim_start_matches(['#', ' ', '\n']);
    let text = text.strip_prefix(name).unwrap_or(text).trim_start();
    let cut: String = text.chars().take(220).collect();
    if cut.len() == text.len() {
        return cut;
    }
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}
