//! What is near in meaning, brought into the results of a search.

use super::asked::{Asked, NEAREST};
use super::fusion::{Shape, fuse};
use crate::Result;
use crate::matching::{self, Address};
use crate::query::Plan;
use crate::rank::Ranked;
use crate::schema::Fields;
use crate::snapshot::{CountKey, Snapshot};
use crate::translation::{self, Translated};
use crate::vectors::Near;
use khue_content::search::SearchParams;
use rustc_hash::{FxHashMap, FxHashSet};

/// What is near must stand at least this high, as a share of the nearest.
const STANDING: f32 = 0.5;

/// Place of what is near in meaning, but outside the filters that were understood.
const LAST: u8 = 2;

/// Where a search takes place.
pub(crate) struct Place<'a> {
    pub snapshot: &'a Snapshot,
    pub fields: &'a Fields,
    pub plan: &'a Plan,
    /// The same in other languages.
    pub translated: &'a [Translated],
    pub params: &'a SearchParams,
    pub key: &'a CountKey,
    /// Filters that were understood: what passes them comes first.
    pub first: &'a [(String, Vec<String>)],
    /// Whether all documents that hold every word are counted as results, also where their order does not matter.
    pub all_counted: bool,
}

/// A search by words with what meaning brought.
pub(crate) struct Merged {
    /// Everything, best first.
    pub ranked: Vec<Ranked>,
    /// How many of them the words had not found.
    pub added: usize,
    /// Those, whatever the filters: for the facets.
    pub unfiltered: Vec<Address>,
}

impl Place<'_> {
    /// Adds to `found`, which holds the documents whose order matters.
    pub fn merge(&self, found: Vec<Ranked>, asked: &Asked) -> Result<Merged> {
        let restricted = self.restriction()?;
        let passes =
            |address: Address| restricted.as_ref().is_none_or(|all| all.contains(&address));
        let everywhere = worthwhile(asked.nearest(passes), asked);
        let filtered = !self.params.filters.is_empty()
            || self.params.adaptable
            || !self.params.side.inside.is_empty();
        let near = match filtered {
            false => everywhere.clone(),
            true => {
                let allowed: Vec<Vec<bool>> = self
                    .snapshot
                    .tuples
                    .iter()
                    .map(|tuples| tuples.allowed(self.params))
                    .collect();
                let through = |address: Address| {
                    let number = self.snapshot.tuples[address.0 as usize]
                        .numbers
                        .get_val(address.1);
                    allowed[address.0 as usize]
                        .get(number as usize)
                        .copied()
                        .unwrap_or(false)
                };
                worthwhile(
                    asked.nearest(|address| through(address) && passes(address)),
                    asked,
                )
            }
        };
        let (weighed, mut rest): (Vec<Ranked>, Vec<Ranked>) =
            found.into_iter().partition(|ranked| ranked.weighed);
        let known: FxHashSet<Address> = weighed.iter().map(|ranked| ranked.address).collect();
        let extra = self.others(&near, &known)?;
        let added = self.uncounted(&extra).count();
        let unfiltered = match filtered {
            false => self.uncounted(&extra).collect(),
            true => self.uncounted(&self.others(&everywhere, &known)?).collect(),
        };
        // What is far down in the order of words stays there, so that pages fit together.
        rest.retain(|ranked| !extra.iter().any(|near| near.address == ranked.address));
        let near: FxHashMap<Address, Near> = near.into_iter().collect();
        let mut ranked = fuse(
            weighed.into_iter().chain(extra).collect(),
            &near,
            asked,
            self.shape(),
        );
        ranked.extend(rest);
        Ok(Merged {
            ranked,
            added,
            unfiltered,
        })
    }

    /// Near documents that the words have not brought, with what they hold of the words.
    fn others(&self, near: &[(Address, Near)], known: &FxHashSet<Address>) -> Result<Vec<Ranked>> {
        let new: Vec<Address> = near
            .iter()
            .map(|(address, _)| *address)
            .filter(|a| !known.contains(a))
            .collect();
        let (snapshot, fields) = (self.snapshot, self.fields);
        let mut ranked =
            translation::rank_in_all(snapshot, fields, self.plan, self.translated, &new)?;
        for one in &mut ranked {
            let inside = self.first.is_empty() || snapshot.passes(one.address, self.first);
            one.tier = if inside { 0 } else { LAST };
        }
        Ok(ranked)
    }

    /// Those that are no results of the words yet.
    fn uncounted<'b>(&self, extra: &'b [Ranked]) -> impl Iterator<Item = Address> + use<'b> {
        let all_counted = self.all_counted;
        let new = extra
            .iter()
            .filter(move |one| !(all_counted && one.complete));
        new.map(|ranked| ranked.address)
    }

    fn shape(&self) -> Shape {
        Shape {
            unmarked: !self
                .plan
                .typed_words()
                .any(|word| word.marked || word.foreign),
        }
    }

    /// The documents that filters outside the facets and excluded words leave; `None` for all.
    fn restriction(&self) -> Result<Option<FxHashSet<Address>>> {
        let free = self.plan.excluded.is_empty()
            && self.key.part_of.is_empty()
            && self.key.days == (None, None);
        if free {
            return Ok(None);
        }
        let all = Box::new(tantivy::query::AllQuery);
        let query = self.plan.without_excluded(self.fields, all);
        matching::all(
            self.snapshot,
            matching::restricted(Some(query), self.fields, self.key).as_ref(),
        )
        .map(Some)
    }
}

/// Those that are not far behind the nearest.
fn worthwhile(mut near: Vec<(Address, Near)>, asked: &Asked) -> Vec<(Address, Near)> {
    let standing = |(address, near): &(Address, Near)| asked.standing(*address, near.cosine);
    let least = near.first().map_or(0.0, |best| STANDING * standing(best));
    near.retain(|one| standing(one) >= least.max(0.0));
    near.truncate(NEAREST);
    near
}
