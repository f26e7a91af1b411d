//! Several files made into one, without what nobody needs any more.

use super::build::{Centre, Source};
use super::segment::Segment;
use super::{Key, Passage};
use std::sync::Arc;

/// Files of about the same size are merged once there are so many of them.
const TOGETHER: usize = 8;
/// Passages of the smallest class of sizes.
const SMALLEST: usize = 4_096;
/// A centre is taken anew once it stands for so many times more passages than it was taken of.
const OUTGROWN: usize = 4;

/// Entries of several segments in the order of their keys; later segments win.
pub(super) struct Merged<'a> {
    segments: &'a [Arc<Segment>],
    /// (key, segment, entry).
    entries: Vec<(Key, u32, u32)>,
}

impl<'a> Merged<'a> {
    pub fn new(segments: &'a [Arc<Segment>], keep: &dyn Fn(Key) -> bool) -> Self {
        let mut entries = Vec::new();
        for (number, segment) in segments.iter().enumerate() {
            let own = (0..segment.layout.entries)
                .map(|entry| (segment.key(entry), number as u32, entry as u32));
            entries.extend(own.filter(|(key, ..)| keep(*key)));
        }
        entries.sort_unstable_by_key(|(key, segment, _)| (*key, std::cmp::Reverse(*segment)));
        entries.dedup_by_key(|(key, ..)| *key);
        Self { segments, entries }
    }

    /// The largest segment's centre while it still fits, else a new one.
    pub fn centre(&self, dimensions: usize) -> Centre {
        let total: usize = self.segments.iter().map(|s| s.layout.passages).sum();
        let largest = self
            .segments
            .iter()
            .max_by_key(|segment| segment.layout.centred_on);
        match largest {
            Some(segment) if total < OUTGROWN * segment.layout.centred_on as usize => Centre {
                mean: segment.centre.clone(),
                of: segment.layout.centred_on,
            },
            _ => Centre::of(self, dimensions),
        }
    }
}

impl Source for Merged<'_> {
    fn entries(&self) -> usize {
        self.entries.len()
    }
    fn key(&self, entry: usize) -> Key {
        self.entries[entry].0
    }
    fn count(&self, entry: usize) -> usize {
        let (_, segment, own) = self.entries[entry];
        self.segments[segment as usize].passages_of(own).len()
    }
    fn passages(&self, entry: usize) -> Vec<Passage> {
        let (_, segment, own) = self.entries[entry];
        self.segments[segment as usize].rotated_passages(own)
    }
}

/// The segments that are to be merged next, by their places, if any are: many of about the same size.
pub(super) fn due(segments: &[Arc<Segment>]) -> Option<Vec<usize>> {
    let class = |segment: &Segment| (segment.layout.passages / SMALLEST).max(1).ilog(TOGETHER);
    (0..=10).find_map(|wanted| {
        let places: Vec<usize> = (0..segments.len())
            .filter(|place| class(&segments[*place]) == wanted)
            .collect();
        (places.len() >= TOGETHER).then_some(places)
    })
}
