//! The scan of one segment's bits: which passages may be near.

use super::Entry;
use super::code::Probe;
use super::nearest::{Place, Turned};
use super::segment::{Segment, numbers};
use super::top::Top;

/// Passages estimated at a time.
const BLOCK: usize = 64;

/// Which entries may be found, and what is taken from their cosines.
pub(super) struct Passing<'a, S> {
    /// The least of it.
    pub least: f32,
    pub share: &'a S,
}

/// Estimates every passage that has a chance; the instructions are chosen by what the processor has.
pub(super) fn scan<const WORDS: usize>(
    segment: &Segment,
    number: u32,
    query: &Turned,
    top: &mut Top<Place>,
    passing: &Passing<impl Fn(Entry) -> Option<f32>>,
) {
    let probe = Probe::<WORDS>::new(&query.vector, &segment.centre);
    let row = segment.layout.bits_row();
    let arch = pulp::Arch::new();
    let mut block = Block::default();
    for (place, rows) in segment.bits().chunks(BLOCK * row).enumerate() {
        let enough = top.threshold() + passing.least;
        arch.dispatch(Estimating {
            block: &mut block,
            probe: &probe,
            rows,
            row,
            enough,
        });
        for (inside, estimate) in block.promising() {
            let passage = place * BLOCK + inside;
            if estimate - passing.least <= top.threshold() {
                continue;
            }
            if let Some(share) = (passing.share)((number, segment.owner(passage))) {
                top.push(estimate - share, (number, passage as u32));
            }
        }
    }
}

/// The work on one block. It is no closure, since a closure is not compiled into what the processor's instructions were
/// chosen for.
struct Estimating<'a, const WORDS: usize> {
    block: &'a mut Block,
    probe: &'a Probe<WORDS>,
    rows: &'a [u8],
    row: usize,
    enough: f32,
}

impl<const WORDS: usize> pulp::NullaryFnOnce for Estimating<'_, WORDS> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.block
            .estimate(self.probe, self.rows, self.row, self.enough);
    }
}

/// The passages of a block that have a chance.
struct Block {
    places: [u8; BLOCK],
    estimates: [f32; BLOCK],
    count: usize,
}

impl Default for Block {
    fn default() -> Self {
        Self {
            places: [0; BLOCK],
            estimates: [0.0; BLOCK],
            count: 0,
        }
    }
}

impl Block {
    /// Estimates the rows that may exceed `enough`.
    #[inline(always)]
    fn estimate<const WORDS: usize>(
        &mut self,
        probe: &Probe<WORDS>,
        rows: &[u8],
        row: usize,
        enough: f32,
    ) {
        self.count = 0;
        for (place, row) in rows.chunks_exact(row).take(BLOCK).enumerate() {
            let promise = numbers(row).map_or(f32::NEG_INFINITY, |(bits, factor, bias, _)| {
                probe.promise(bits, factor, bias)
            });
            self.places[self.count.min(BLOCK - 1)] = place as u8;
            self.count += usize::from(promise > enough);
        }
        for (place, estimate) in self.places[..self.count].iter().zip(&mut self.estimates) {
            let start = usize::from(*place) * row;
            *estimate = match rows.get(start..start + row).and_then(numbers) {
                Some((bits, factor, bias, ones)) => probe.estimate(bits, factor, bias, ones),
                None => f32::NEG_INFINITY,
            };
        }
    }

    /// Their places in the block, with the estimates.
    fn promising(&self) -> impl Iterator<Item = (usize, f32)> {
        let places = self.places[..self.count]
            .iter()
            .map(|place| usize::from(*place));
        places.zip(self.estimates)
    }
}

/// For numbers of dimensions that no scan is made for.
pub(super) fn exhaustive(
    segment: &Segment,
    number: u32,
    query: &Turned,
    top: &mut Top<Place>,
    passing: &Passing<impl Fn(Entry) -> Option<f32>>,
) {
    for passage in 0..segment.layout.passages {
        let cosine = query.shares[number as usize] + segment.dot(passage, &query.vector);
        if cosine - passing.least <= top.threshold() {
            continue;
        }
        if let Some(share) = (passing.share)((number, segment.owner(passage))) {
            top.push(cosine - share, (number, passage as u32));
        }
    }
}
