//! From words as typed to the results: what was understood decides the order, and the words stand
//! as they are where it does not help.
//!
//! A search with filters among its words is two searches: one over the documents that pass the
//! filters, in which the filters' own words need not be found, and one over the others, in which
//! they must. So nothing is lost where records say little about themselves.

use crate::Result;
use crate::matching;
use crate::meaning::{Asked, Place};
use crate::rank::Ranked;
use crate::schema::Fields;
use crate::search::{Listing, histogram_of, listing, page};
use crate::snapshot::Snapshot;
use crate::translation::Translated;
use khue_content::search::{
    Facet, Force, Reason, SearchPage, SearchParams, SearchRequest, Side, Sort, Synonyms,
    Understood, understand_with,
};
use web_time::Instant;

/// How much better a result counts for each understood preference that it fulfils.
const PREFERENCE: f32 = 1.3;

/// A search is asked for in another language, too, where this share of its words is known there.
const KNOWN: f32 = 0.5;

/// Fewer results than this make the spelling of known words doubtful.
const DOUBTFUL: usize = 3;

/// Place of what holds all words, outside the filters that were understood.
const OUTSIDE: u8 = 1;
/// Place of what holds a part of the words, where there are such filters.
const IN_PART: u8 = 2;

/// Filters: property name, any of the values.
type Filters = Vec<(String, Vec<String>)>;

/// Turns a text into its vector, as that of a query; `None` where that cannot be done now.
pub type Encode<'a> = dyn Fn(&str) -> Option<Vec<f32>> + 'a;

/// What a search means.
pub(crate) struct Vector<'a> {
    /// The vector of its words.
    pub of_words: Vec<f32>,
    pub encode: &'a Encode<'a>,
}

impl Vector<'_> {
    /// The vectors of what the words are in other languages, where most of them are known there; each with that of the
    /// words as typed, which knows what a translation word by word loses.
    fn translated(&self, translated: &[Translated]) -> Vec<(&'static str, Vec<f32>)> {
        let known = translated.iter().filter(|one| one.share >= KNOWN);
        let with_own = |vector: Vec<f32>| -> Vec<f32> {
            vector
                .iter()
                .zip(&self.of_words)
                .map(|(a, b)| a + b)
                .collect()
        };
        known
            .filter_map(|one| Some((one.language, with_own((self.encode)(&one.text)?))))
            .collect()
    }
}

/// The results of one reading of the words.
struct Answer {
    listing: Listing,
    /// How many results hold the words: only these tell whether the words are doubtful.
    by_words: usize,
    /// How many pass the filters that were understood.
    inside: usize,
}

impl Answer {
    /// Whether next to nothing holds the words. A name that holds them as typed is what was meant, be it the only one.
    fn is_poor(&self) -> bool {
        let named = self.listing.ranked.first().is_some_and(|best| {
            let reason = |reason| best.reasons.contains(reason);
            reason(&Reason::Name) && !reason(&Reason::Folded)
        });
        self.listing.relaxed || self.by_words < DOUBTFUL && !named
    }

    /// Whether it is found by another spelling, and holds more than what was found without.
    fn mends(&self, found: &Self) -> bool {
        let whole = found.listing.relaxed && !self.listing.relaxed;
        self.listing.correction.is_some() && (self.by_words > found.by_words || whole)
    }
}

/// Reads the words and searches.
pub(crate) fn find(
    snapshot: &Snapshot,
    fields: &Fields,
    params: SearchParams,
    synonyms: &Synonyms,
    vector: Option<&Vector>,
) -> Result<SearchPage> {
    let started = Instant::now();
    let known = |understood: &Understood| {
        let mut values = understood.values.iter();
        understood.force == Force::Only || values.any(|value| snapshot.has_value(value))
    };
    let meant = understand_with(params, synonyms).keeping(known);
    let mut found = answer(snapshot, fields, &meant, false, vector)?;
    if found.is_poor() && found.listing.correction.is_none() && !meant.params.verbatim {
        // One of the words may be a slip that made another word. Whether it was, words tell; meaning is asked again only
        // where it was.
        let other = answer(snapshot, fields, &meant, true, None)?;
        if other.mends(&found) {
            found = match vector {
                Some(_) => answer(snapshot, fields, &meant, true, vector)?,
                None => other,
            };
        }
    }
    let written = |understood: &Understood| understood.force == Force::Only;
    let mut page = match found.listing.total == 0 && meant.understood.iter().any(written) {
        false => shown(snapshot, fields, &meant, found)?,
        true => {
            // Nothing passes a filter that was written as one: what there is without it.
            let without = meant.clone().keeping(|understood| !written(understood));
            let found = answer(snapshot, fields, &without, false, vector)?;
            let mut page = shown(snapshot, fields, &without, found)?;
            page.relaxed = page.total > 0;
            page
        }
    };
    page.took_micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    Ok(page)
}

fn answer(
    snapshot: &Snapshot,
    fields: &Fields,
    meant: &SearchRequest,
    doubting: bool,
    vector: Option<&Vector>,
) -> Result<Answer> {
    let first = listing(snapshot, fields, &with_side(meant, true), doubting)?;
    let inside = first.total;
    let parted = !filters(meant, Force::First).is_empty();
    let other = match parted {
        true => Some(with_side(meant, false)),
        false => None,
    };
    let second = other
        .as_ref()
        .map(|request| listing(snapshot, fields, request, doubting));
    let merged = merged(snapshot, meant, first, second.transpose()?);
    Ok(Answer {
        by_words: merged.total,
        inside,
        listing: with_meaning(snapshot, fields, meant, merged, vector)?,
    })
}

/// The page of an answer, with what was understood.
fn shown(
    snapshot: &Snapshot,
    fields: &Fields,
    meant: &SearchRequest,
    found: Answer,
) -> Result<SearchPage> {
    let mut page = page(snapshot, fields, meant, found.listing)?;
    let shown = |one: &&Understood| one.force != Force::First || found.inside > 0;
    for one in meant.understood.iter().filter(shown) {
        let property = one.property.to_owned();
        let told = |value: &String| (property.clone(), value.clone(), one.words.clone());
        page.understood.extend(one.values.iter().map(told));
    }
    page.as_understood = match page.understood.is_empty() {
        true => 0,
        false => found.inside,
    };
    Ok(page)
}

/// The listing with what is near in meaning, whatever of the filters are but preferences.
fn with_meaning(
    snapshot: &Snapshot,
    fields: &Fields,
    meant: &SearchRequest,
    mut listing: Listing,
    vector: Option<&Vector>,
) -> Result<Listing> {
    let joined = snapshot.meaning.as_ref().zip(vector);
    let wanted = meant.params.sort == Sort::Relevance && !listing.plan.slots.is_empty();
    let Some((joined, vector)) = joined.filter(|_| wanted) else {
        return Ok(listing);
    };
    let translated = match listing.enough {
        true => Vec::new(),
        false => vector.translated(&listing.translated),
    };
    let Some(asked) = Asked::new(joined, &vector.of_words, &translated) else {
        return Ok(listing);
    };
    let side = Side {
        inside: filters(meant, Force::Only),
        outside: Filters::new(),
    };
    let params = SearchParams {
        side,
        ..meant.params.clone()
    };
    let place = Place {
        snapshot,
        fields,
        plan: &listing.plan,
        translated: &listing.translated,
        params: &params,
        key: &matching::count_key(&listing.plan, &params),
        first: &filters(meant, Force::First),
        all_counted: listing.enough,
    };
    let merged = place.merge(listing.ranked, &asked)?;
    let histogram = histogram_of(snapshot, merged.unfiltered.into_iter());
    listing.total += merged.added;
    listing.adaptable += histogram.adaptable(&params);
    listing.facets = added(listing.facets, histogram.facets(&params));
    listing.ranked = merged.ranked;
    Ok(listing)
}

fn filters(request: &SearchRequest, force: Force) -> Filters {
    let mut all = Filters::new();
    for one in request.understood.iter().filter(|one| one.force == force) {
        match all
            .iter_mut()
            .find(|(property, _)| property == one.property)
        {
            Some((_, values)) => values.extend(one.values.iter().cloned()),
            None => all.push((one.property.to_owned(), one.values.clone())),
        }
    }
    all
}

/// The search over what passes the understood filters, or over the rest, where their words are
/// words like others.
fn with_side(meant: &SearchRequest, inside: bool) -> SearchRequest {
    let (only, first) = (filters(meant, Force::Only), filters(meant, Force::First));
    let mut request = meant.clone();
    if inside {
        let inside = only.into_iter().chain(first).collect();
        request.params.side = Side {
            inside,
            outside: Filters::new(),
        };
        return request;
    }
    let mut request = request.keeping(|understood| understood.force != Force::First);
    request.params.side = Side {
        inside: only,
        outside: first,
    };
    request
}

/// Both listings in one order: what passes the filters and holds all other words, or holds all
/// words in its name; then what holds all words; then what holds a part.
fn merged(
    snapshot: &Snapshot,
    meant: &SearchRequest,
    mut first: Listing,
    second: Option<Listing>,
) -> Listing {
    let preferred: Vec<Filters> = filters(meant, Force::Preferred)
        .into_iter()
        .map(|filter| vec![filter])
        .collect();
    prefer(snapshot, &preferred, &mut first.ranked);
    let complete = |listing: &Listing| listing.total > 0 && !listing.relaxed;
    let useful = |second: &Listing| second.total > 0 && (complete(second) || !complete(&first));
    let Some(mut second) = second.filter(useful) else {
        return first;
    };
    prefer(snapshot, &preferred, &mut second.ranked);
    let relaxed = !complete(&first) && !complete(&second);
    let (whole, part): (Vec<Ranked>, Vec<Ranked>) =
        first.ranked.into_iter().partition(|r| r.complete);
    let (other_whole, other_part): (Vec<Ranked>, Vec<Ranked>) =
        second.ranked.into_iter().partition(|r| r.complete);
    // Where nothing but a filter was typed, what passes it is what was meant; only a name that is the query goes before.
    let all_understood = first.plan.slots.iter().all(|slot| slot.optional);
    let (named, other_whole): (Vec<Ranked>, Vec<Ranked>) = other_whole
        .into_iter()
        .partition(|r| r.titled || !all_understood && r.reasons.contains(&Reason::Name));
    let mut ranked: Vec<Ranked> = whole.into_iter().chain(named).collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked.extend(in_tier(other_whole, OUTSIDE));
    ranked.extend(in_tier(part, IN_PART).chain(in_tier(other_part, IN_PART)));
    Listing {
        total: first.total + second.total,
        ranked,
        relaxed,
        facets: added(first.facets, second.facets),
        adaptable: first.adaptable + second.adaptable,
        loose: first.loose || second.loose,
        plan: first.plan,
        enough: first.enough || second.enough,
        translated: first.translated,
        correction: first.correction.or(second.correction),
    }
}

fn in_tier(ranked: Vec<Ranked>, tier: u8) -> impl Iterator<Item = Ranked> {
    ranked.into_iter().map(move |one| Ranked { tier, ..one })
}

/// Lifts what fulfils a preference.
fn prefer(snapshot: &Snapshot, preferred: &[Filters], ranked: &mut [Ranked]) {
    if preferred.is_empty() {
        return;
    }
    for one in ranked.iter_mut() {
        let fulfilled = preferred.iter().filter(|f| snapshot.passes(one.address, f));
        one.score *= PREFERENCE.powi(i32::try_from(fulfilled.count()).unwrap_or(0));
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
}

/// The counts of two parts of the results that share no document.
fn added(mut first: Vec<Facet>, second: Vec<Facet>) -> Vec<Facet> {
    for (facet, other) in first.iter_mut().zip(second) {
        for value in other.values {
            match facet.values.iter_mut().find(|own| own.value == value.value) {
                Some(own) => own.count += value.count,
                None => facet.values.push(value),
            }
        }
        facet
            .values
            .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    }
    first
}
