//! More like this: the rarest words of a resource find its neighbours, which say what they share.

pub(crate) mod lesson;
mod shared;

use crate::Result;
use crate::fold::{self, Placed};
use crate::query::{Plan, Slot, words};
use crate::rank::rank;
use crate::schema::Fields;
use crate::search::read_card;
use crate::snapshot::Snapshot;
use crate::{matching, query::Reading, tokenizer::StemLanguage};
use khue_content::search::{Hit, SearchParams};
use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

/// Words of a resource that speak for it.
const WORDS: usize = 14;
/// Bytes of its text that are looked at.
const TEXT: usize = 8_000;

/// Resources that share rare words with this one.
pub(crate) fn similar(
    snapshot: &Snapshot,
    fields: &Fields,
    id: &str,
    count: usize,
) -> Result<Vec<Hit>> {
    let own = TermQuery::new(
        Term::from_field_text(fields.id, id),
        IndexRecordOption::Basic,
    );
    let found = snapshot
        .searcher
        .search(&own, &TopDocs::with_limit(1).order_by_score())?;
    let Some((_, address)) = found.first() else {
        return Ok(Vec::new());
    };
    let (card, text) = read_card(snapshot, fields, (address.segment_ord, address.doc_id))?;
    let plan = speaking(snapshot, fields, &card, &text)?;
    if plan.slots.is_empty() {
        return Ok(Vec::new());
    }
    let held = |field, key: &str| snapshot.holds(field, key);
    let union = plan.union(fields, Reading::Folded, held);
    let wanted = count * 3 + 8;
    let params = SearchParams::default();
    let best = matching::best(snapshot, union.as_ref(), &params, wanted)?;
    let documents: Vec<_> = best.into_iter().map(|(_, found)| found).collect();
    let mut placed = vec![Placed {
        address: (address.segment_ord, address.doc_id),
        hit: card.clone(),
    }];
    for ranked in rank(snapshot, fields, &plan, &documents)? {
        let (mut hit, _) = read_card(snapshot, fields, ranked.address)?;
        if hit.id != id {
            hit.score = ranked.score;
            hit.reasons = shared::reasons(&plan, &card, &hit);
            placed.push(Placed {
                address: ranked.address,
                hit,
            });
        }
    }
    // Other editions of the resource itself are folded into it, and it is no neighbour of itself.
    let hits = fold::folded(snapshot, fields, placed)?;
    Ok(hits.into_iter().skip(1).take(count).collect())
}

/// The words of a resource with the highest product of frequency and rarity; its name counts threefold.
fn speaking(snapshot: &Snapshot, fields: &Fields, card: &Hit, text: &str) -> Result<Plan> {
    let languages: Vec<StemLanguage> = StemLanguage::from_code(&card.in_language)
        .into_iter()
        .collect();
    let mut end = TEXT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut counts: FxHashMap<String, (f32, crate::query::Word)> = FxHashMap::default();
    let all = [
        (3.0, card.name.as_str()),
        (1.0, card.description.as_str()),
        (1.0, &text[..end]),
    ];
    for (weight, part) in all {
        for word in words(part, &languages)
            .into_iter()
            .filter(|w| !w.stop && w.folded.len() > 1)
        {
            counts
                .entry(word.exact.clone())
                .or_insert_with(|| (0.0, word))
                .0 += weight;
        }
    }
    let documents = snapshot.documents().max(1) as f32;
    let mut weighed = Vec::with_capacity(counts.len());
    for (_, (count, word)) in counts {
        let seen = snapshot.frequency(fields.all_exact, &word.exact)? as f32;
        if seen > 1.0 {
            weighed.push((count.sqrt() * (documents / seen).ln().max(0.0), word));
        }
    }
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.exact.cmp(&b.1.exact)));
    let slot = |(_, word)| Slot {
        options: vec![vec![word]],
        ..Slot::default()
    };
    Ok(Plan {
        slots: weighed.into_iter().take(WORDS).map(slot).collect(),
        ..Plan::default()
    })
}
