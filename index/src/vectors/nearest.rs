//! Nearest passages, under a filter.

use super::Entry;
use super::scan::{Passing, scan};
use super::segment::Segment;
use super::store::VectorSet;
use super::top::Top;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Passages of the scan that are ranked by their bytes, for each resource wanted.
const POOL: usize = 16;
/// Fewest of them.
const LEAST_POOL: usize = 1024;
/// Passages that the spread of cosines is taken from.
const SAMPLE: usize = 512;

/// A passage: number of its segment, and its own there.
pub(super) type Place = (u32, u32);

/// A resource near a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Where its vectors are.
    pub entry: Entry,
    /// Cosine of its best passage with the query.
    pub cosine: f32,
    /// Byte range of that passage in its text.
    pub place: (u32, u32),
}

/// A query's vector turned the way that a set's are, with the share of each segment's centre.
pub(crate) struct Turned {
    pub(super) vector: Vec<f32>,
    pub(super) shares: Vec<f32>,
}

impl Turned {
    /// The query itself, turned.
    pub(crate) fn vector(&self) -> &[f32] {
        &self.vector
    }
}

impl VectorSet {
    /// Brings a query to length 1 and turns it; `None` where it does not fit.
    pub(crate) fn turned(&self, query: &[f32]) -> Option<Turned> {
        let length = query.iter().map(|value| value * value).sum::<f32>().sqrt();
        let sound = query.len() == self.dimensions() && length.is_finite() && length > 0.0;
        if !sound {
            return None;
        }
        let unit: Vec<f32> = query.iter().map(|value| value / length).collect();
        let vector = self.rotation.apply(&unit);
        let share = |centre: &[f32]| vector.iter().zip(centre).map(|(q, c)| q * c).sum();
        let shares = self
            .segments
            .iter()
            .map(|segment| share(&segment.centre))
            .collect();
        Some(Turned { vector, shares })
    }

    /// The `limit` resources nearest to the query among those that `allowed` lets through, each by its
    /// best passage; best first.
    pub fn nearest(
        &self,
        query: &[f32],
        limit: usize,
        allowed: impl Fn(Entry) -> bool,
    ) -> Vec<Near> {
        self.turned(query).map_or_else(Vec::new, |turned| {
            let share = |entry| allowed(entry).then_some(0.0);
            self.nearest_turned(&turned, limit, 0.0, share)
        })
    }

    /// The `limit` resources that are nearest once what `share` says is taken from their cosines, and at least
    /// `least` is; those for which it says nothing are left out.
    pub(crate) fn nearest_turned(
        &self,
        query: &Turned,
        limit: usize,
        least: f32,
        share: impl Fn(Entry) -> Option<f32>,
    ) -> Vec<Near> {
        let pool = (limit * POOL).max(LEAST_POOL);
        let mut best: FxHashMap<Entry, (f32, usize)> = FxHashMap::default();
        let promising = self.promising(
            query,
            pool,
            &Passing {
                least,
                share: &share,
            },
        );
        let promising: Vec<Place> = promising.into_iter().map(|(_, place)| place).collect();
        let cosines = self.cosines(&promising, query);
        for ((segment, passage), cosine) in promising.into_iter().zip(cosines) {
            let entry = (
                segment,
                self.segments[segment as usize].owner(passage as usize),
            );
            let kept = best.entry(entry).or_insert((f32::NEG_INFINITY, 0));
            if cosine > kept.0 {
                *kept = (cosine, passage as usize);
            }
        }
        let mut top = Top::new(limit);
        for (entry, (cosine, passage)) in &best {
            let share = share(*entry).unwrap_or(0.0);
            top.push(cosine - share, (*entry, *passage));
        }
        let near = |(_, (entry, passage)): (f32, (Entry, usize))| Near {
            entry,
            cosine: best.get(&entry).map_or(0.0, |(cosine, _)| *cosine),
            place: self.segments[entry.0 as usize].place(passage),
        };
        top.into_sorted().into_iter().map(near).collect()
    }

    /// Exact but for the rounding to bytes.
    fn cosines(&self, passages: &[Place], query: &Turned) -> Vec<f32> {
        pulp::Arch::new().dispatch(Cosines {
            set: self,
            passages,
            query,
        })
    }

    #[inline(always)]
    fn cosine(&self, segment: usize, passage: usize, query: &Turned) -> f32 {
        query.shares[segment] + self.segments[segment].dot(passage, &query.vector)
    }

    /// An entry's best passage against the query, exact but for the rounding to bytes.
    pub(crate) fn near(&self, entry: Entry, query: &Turned) -> Option<Near> {
        let segment = self.segments.get(entry.0 as usize)?;
        let own = segment.passages_of(entry.1);
        let passages: Vec<Place> = own.map(|passage| (entry.0, passage as u32)).collect();
        let scored = self.cosines(&passages, query).into_iter().zip(passages);
        let (cosine, (_, passage)) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
        let passage = passage as usize;
        Some(Near {
            entry,
            cosine,
            place: segment.place(passage),
        })
    }

    /// Cosines with a query of passages that are chosen evenly, with the entries that they are of.
    pub(crate) fn sample(&self, query: &Turned) -> Vec<(Entry, f32)> {
        let step = self.passages().div_ceil(SAMPLE).max(1);
        let of = |(number, segment): (usize, &Arc<Segment>)| {
            let chosen = (0..segment.layout.passages).step_by(step);
            chosen.map(move |passage| (number as u32, passage as u32))
        };
        let passages: Vec<Place> = self.segments.iter().enumerate().flat_map(of).collect();
        let cosines = self.cosines(&passages, query);
        let owner = |(segment, passage): Place| {
            let owner = self.segments[segment as usize].owner(passage as usize);
            (segment, owner)
        };
        passages.into_iter().map(owner).zip(cosines).collect()
    }

    /// The first vector of an entry, turned; empty where there is none.
    pub(crate) fn rotated(&self, entry: Entry) -> Vec<f32> {
        let segment = self.segments.get(entry.0 as usize);
        segment
            .and_then(|segment| Some(segment.vector(segment.passages_of(entry.1).next()?)))
            .unwrap_or_default()
    }

    /// The passages with the highest estimates.
    fn promising(
        &self,
        query: &Turned,
        pool: usize,
        passing: &Passing<impl Fn(Entry) -> Option<f32>>,
    ) -> Vec<(f32, Place)> {
        let mut top = Top::new(pool);
        for (number, segment) in self.segments.iter().enumerate() {
            scan(segment, number as u32, query, &mut top, passing);
        }
        top.into_sorted()
    }
}

/// Exact cosines of passages. It is no closure, since a closure is not compiled into what the processor's instructions
/// were chosen for.
struct Cosines<'a> {
    set: &'a VectorSet,
    passages: &'a [Place],
    query: &'a Turned,
}

impl pulp::NullaryFnOnce for Cosines<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn call(self) -> Vec<f32> {
        let mut cosines = Vec::with_capacity(self.passages.len());
        for (segment, passage) in self.passages {
            cosines.push(
                self.set
                    .cosine(*segment as usize, *passage as usize, self.query),
            );
        }
        cosines
    }
}
