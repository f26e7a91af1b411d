//! From words as typed to the results: what was understood decides the order, and the words stand
//! as they are where it does not help.
//!
//! A search with filters among its words is two searches: one over the documents that pass the
//! filters, in which the filters' own words need not be found, and one over the others, in which
//! they must. So nothing is lost where records say little about themselves.

use crate::Result;
use crate::rank::Ranked;
use crate::schema::Fields;
use crate::search::{Listing, listing, page};
use crate::snapshot::Snapshot;
use khue_content::search::{
    Facet, Force, Reason, SearchPage, SearchParams, SearchRequest, Side, Synonyms, Understood,
    understand_with,
};
use std::time::Instant;

/// How much better a result counts for each understood preference that it fulfils.
const PREFERENCE: f32 = 1.3;

/// Fewer results than this make the spelling of known words doubtful.
const DOUBTFUL: usize = 3;

/// Filters: property name, any of the values.
type Filters = Vec<(String, Vec<String>)>;

/// Reads the words and searches.
pub(crate) fn find(
    snapshot: &Snapshot,
    fields: &Fields,
    params: SearchParams,
    synonyms: &Synonyms,
) -> Result<SearchPage> {
    let started = Instant::now();
    let known = |understood: &Understood| {
        let mut values = understood.values.iter();
        understood.force == Force::Only || values.any(|value| snapshot.has_value(value))
    };
    let meant = understand_with(params, synonyms).keeping(known);
    let mut found = answer(snapshot, fields, &meant, false)?;
    // A name that holds the words as typed is what was meant, be it the only one.
    let named = found.items.first().is_some_and(|best| {
        let reason = |reason| best.reasons.contains(reason);
        reason(&Reason::Name) && !reason(&Reason::Folded)
    });
    let poor = found.relaxed || found.total < DOUBTFUL && !named;
    if poor && found.did_you_mean.is_none() && !meant.params.verbatim {
        // Next to nothing holds the words: one of them may be a slip that made another word.
        let other = answer(snapshot, fields, &meant, true)?;
        let better = other.total > found.total || found.relaxed && !other.relaxed;
        if better && other.did_you_mean.is_some() {
            found = other;
        }
    }
    let written = |understood: &Understood| understood.force == Force::Only;
    if found.total == 0 && meant.understood.iter().any(written) {
        // Nothing passes a filter that was written as one: what there is without it.
        let without = meant.clone().keeping(|understood| !written(understood));
        found = answer(snapshot, fields, &without, false)?;
        found.relaxed = found.total > 0;
    }
    found.took_micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    Ok(found)
}

fn answer(
    snapshot: &Snapshot,
    fields: &Fields,
    meant: &SearchRequest,
    doubting: bool,
) -> Result<SearchPage> {
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
    let mut found = page(snapshot, fields, meant, merged)?;
    let shown = |one: &&Understood| one.force != Force::First || inside > 0;
    for one in meant.understood.iter().filter(shown) {
        let property = one.property.to_owned();
        let told = |value: &String| (property.clone(), value.clone(), one.words.clone());
        found.understood.extend(one.values.iter().map(told));
    }
    found.as_understood = if found.understood.is_empty() {
        0
    } else {
        inside
    };
    Ok(found)
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
    let (named, other_whole): (Vec<Ranked>, Vec<Ranked>) = other_whole
        .into_iter()
        .partition(|r| r.reasons.contains(&Reason::Name));
    let mut ranked: Vec<Ranked> = whole.into_iter().chain(named).collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked.extend(other_whole.into_iter().chain(part).chain(other_part));
    Listing {
        total: first.total + second.total,
        ranked,
        relaxed,
        facets: added(first.facets, second.facets),
        adaptable: first.adaptable + second.adaptable,
        loose: first.loose || second.loose,
        plan: first.plan,
        correction: first.correction.or(second.correction),
    }
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
