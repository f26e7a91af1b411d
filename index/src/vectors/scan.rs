//! The scan of one segment's bits: which passages may be near.

use super::Entry;
use super::block::{Block, TOGETHER};
use super::nearest::{Place, Turned};
use super::probe::Probe;
use super::segment::Segment;
use super::top::Top;

/// Which entries may be found, and what is taken from their cosines.
pub(super) struct Passing<'a, S> {
    /// The least of it.
    pub least: f32,
    pub share: &'a S,
}

/// Estimates every passage, and looks at those that have a chance.
pub(super) fn scan(
    segment: &Segment,
    number: u32,
    query: &Turned,
    top: &mut Top<Place>,
    passing: &Passing<impl Fn(Entry) -> Option<f32>>,
) {
    let probe = Probe::new(&query.vector, &segment.centre);
    let mut estimates = [0.0; TOGETHER];
    for (place, block) in Block::all(segment.bits(), segment.layout.dimensions).enumerate() {
        let enough = top.threshold() + passing.least;
        let mut promising = probe.estimate(block, enough, &mut estimates);
        while promising != 0 {
            let inside = promising.trailing_zeros() as usize;
            promising &= promising - 1;
            let (passage, estimate) = (place * TOGETHER + inside, estimates[inside]);
            if estimate - passing.least <= top.threshold() {
                continue;
            }
            if let Some(share) = (passing.share)((number, segment.owner(passage))) {
                top.push(estimate - share, (number, passage as u32));
            }
        }
    }
}
