//! Writing a file of vectors.

use super::block::Blocks;
use super::code::Coded;
use super::layout::Layout;
use super::{Key, Passage};
use std::io::{Result, Write};

/// Entries in the order of their keys, their vectors already rotated.
pub(super) trait Source {
    fn entries(&self) -> usize;
    fn key(&self, entry: usize) -> Key;
    /// Number of passages of an entry.
    fn count(&self, entry: usize) -> usize;
    fn passages(&self, entry: usize) -> Vec<Passage>;
}

/// What a file's codes are relative to, and how many passages that is the mean of.
#[derive(Clone, Debug)]
pub(super) struct Centre {
    pub mean: Vec<f32>,
    pub of: u32,
}

/// Passages that a mean is taken of, at most.
const SAMPLE: usize = 20_000;

impl Centre {
    /// The mean of the source's passages, or of evenly chosen ones where they are many.
    pub fn of(source: &dyn Source, dimensions: usize) -> Self {
        let step = source.entries().div_ceil(SAMPLE).max(1);
        let mut sum = vec![0.0f64; dimensions];
        let mut count = 0u32;
        for passage in (0..source.entries())
            .step_by(step)
            .flat_map(|entry| source.passages(entry))
        {
            sum.iter_mut()
                .zip(&passage.vector)
                .for_each(|(sum, value)| *sum += f64::from(*value));
            count += 1;
        }
        let share = 1.0 / f64::from(count.max(1));
        Self {
            mean: sum.iter().map(|sum| (sum * share) as f32).collect(),
            of: count * step as u32,
        }
    }
}

/// Writes a whole file.
pub(super) fn write(
    out: &mut dyn Write,
    source: &dyn Source,
    centre: &Centre,
    model: u64,
) -> Result<()> {
    let passages = (0..source.entries()).map(|entry| source.count(entry)).sum();
    let layout = Layout {
        dimensions: centre.mean.len(),
        entries: source.entries(),
        passages,
        centred_on: centre.of,
        model,
    };
    let mut tables = Summed {
        out: &mut *out,
        sum: crc32fast::Hasher::new(),
    };
    write_tables(&mut tables, source, centre)?;
    let sum = tables.sum.finalize();
    let mut blocks = Blocks::default();
    each_row(source, centre, |coded| blocks.push(coded, out))?;
    blocks.finish(out)?;
    each_row(source, centre, |coded| {
        out.write_all(&coded.scale.to_le_bytes())?;
        let bytes: Vec<u8> = coded
            .steps
            .iter()
            .flat_map(|steps| steps.to_le_bytes())
            .collect();
        out.write_all(&bytes)
    })?;
    out.write_all(&layout.footer(sum))
}

fn write_tables(out: &mut dyn Write, source: &dyn Source, centre: &Centre) -> Result<()> {
    for value in &centre.mean {
        out.write_all(&value.to_le_bytes())?;
    }
    let entries = 0..source.entries();
    for entry in entries.clone() {
        out.write_all(&source.key(entry).to_le_bytes())?;
    }
    let mut first = 0u32;
    out.write_all(&first.to_le_bytes())?;
    for entry in entries.clone() {
        first += source.count(entry) as u32;
        out.write_all(&first.to_le_bytes())?;
    }
    for entry in entries.clone() {
        for _ in 0..source.count(entry) {
            out.write_all(&(entry as u32).to_le_bytes())?;
        }
    }
    for passage in entries.flat_map(|entry| source.passages(entry)) {
        out.write_all(&passage.place.0.to_le_bytes())?;
        out.write_all(&passage.place.1.to_le_bytes())?;
    }
    Ok(())
}

fn each_row(
    source: &dyn Source,
    centre: &Centre,
    mut row: impl FnMut(Coded) -> Result<()>,
) -> Result<()> {
    let passages = (0..source.entries()).flat_map(|entry| source.passages(entry));
    passages
        .map(|passage| Coded::new(&passage.vector, &centre.mean))
        .try_for_each(&mut row)
}

/// Passes on what is written and sums it up.
struct Summed<'a> {
    out: &'a mut dyn Write,
    sum: crc32fast::Hasher,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}

/// Vectors handed in by the caller.
pub(super) struct Fresh(Vec<(Key, Vec<Passage>)>);

impl Fresh {
    /// Sorts by key; of entries with the same key the last one stays.
    pub fn new(mut entries: Vec<(Key, Vec<Passage>)>) -> Self {
        entries.reverse();
        entries.sort_by_key(|(key, _)| *key);
        entries.dedup_by_key(|(key, _)| *key);
        Self(entries)
    }
}

impl Source for Fresh {
    fn entries(&self) -> usize {
        self.0.len()
    }
    fn key(&self, entry: usize) -> Key {
        self.0[entry].0
    }
    fn count(&self, entry: usize) -> usize {
        self.0[entry].1.len()
    }
    fn passages(&self, entry: usize) -> Vec<Passage> {
        self.0[entry].1.clone()
    }
}
