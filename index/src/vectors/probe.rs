//! A query's side of the scan.

use super::block::{Block, PAIR, TOGETHER};

/// What sixteen ways of four signs are worth, for the first and the last four of eight dimensions.
type Table = [[u8; PAIR / 2]; 2];

/// A rotated query against one centre. What it is worth that a passage has certain signs in four dimensions is looked
/// up: sixteen ways, each a whole number of steps above the least.
pub(super) struct Probe {
    /// For each eight dimensions the sixteen ways of the first four, then those of the last four.
    tables: Vec<Table>,
    /// Dot product of query and centre.
    base: f32,
    /// What a passage's factor is multiplied with where no step is added, and for each step.
    least: f32,
    step: f32,
    #[cfg(target_arch = "x86_64")]
    v3: Option<pulp::x86::V3>,
}

impl Probe {
    /// Prepares the scan of one segment.
    pub fn new(query: &[f32], centre: &[f32]) -> Self {
        let rest: Vec<f32> = query.iter().zip(centre).map(|(q, c)| q - c).collect();
        let fours: Vec<[f32; 4]> = rest
            .chunks(4)
            .map(|four| std::array::from_fn(|place| four.get(place).copied().unwrap_or(0.0)))
            .collect();
        let range = |four: &[f32; 4]| four.iter().map(|q| q.abs()).sum::<f32>();
        let widest = fours.iter().map(range).fold(0.0, f32::max);
        // A sum of steps must fit into 16 bits.
        let steps = (usize::from(u16::MAX) / fours.len().max(1)).min(255) as f32;
        let step = (widest / steps).max(f32::MIN_POSITIVE);
        let lowest: f32 = rest.iter().map(|q| q.min(0.0)).sum();
        let mut tables = vec![Table::default(); fours.len().div_ceil(2)];
        for (four, table) in fours.iter().zip(tables.as_flattened_mut()) {
            *table = ways(four, step);
        }
        Self {
            tables,
            base: query.iter().zip(centre).map(|(q, c)| q * c).sum(),
            least: 2.0 * lowest - rest.iter().sum::<f32>(),
            step: 2.0 * step,
            #[cfg(target_arch = "x86_64")]
            v3: pulp::x86::V3::try_new(),
        }
    }

    /// About the cosines with the passages of a block; which exceed `enough`, a bit for each.
    pub fn estimate(&self, block: Block, enough: f32, to: &mut [f32; TOGETHER]) -> u32 {
        #[cfg(target_arch = "x86_64")]
        if let Some(v3) = self.v3 {
            return v3.vectorize(WithAvx2 {
                v3,
                probe: self,
                block,
                enough,
                to,
            });
        }
        self.finish(steps(&self.tables, block.signs), block, enough, to)
    }

    #[inline(always)]
    fn finish(
        &self,
        steps: [u16; TOGETHER],
        block: Block,
        enough: f32,
        to: &mut [f32; TOGETHER],
    ) -> u32 {
        let (base, least, step) = (self.base, self.least, self.step);
        let (factors, biases) = block.numbers();
        let mut promising = 0;
        for place in 0..TOGETHER {
            let sum = least + step * f32::from(steps[place]);
            let estimate = base + biases[place] + factors[place] * sum;
            to[place] = estimate;
            promising |= u32::from(estimate > enough) << place;
        }
        promising
    }
}

/// What the sixteen ways of four signs are worth, in steps above the least.
fn ways(four: &[f32; 4], step: f32) -> [u8; PAIR / 2] {
    let least: f32 = four.iter().map(|q| q.min(0.0)).sum();
    std::array::from_fn(|way| {
        let set = four
            .iter()
            .enumerate()
            .filter(|(place, _)| way >> place & 1 == 1);
        let worth: f32 = set.map(|(_, q)| q).sum();
        ((worth - least) / step).round().clamp(0.0, 255.0) as u8
    })
}

/// The steps of each passage, added up.
fn steps(tables: &[Table], signs: &[[u8; PAIR]]) -> [u16; TOGETHER] {
    let mut sums = [0; TOGETHER];
    for (table, signs) in tables.iter().zip(signs) {
        for (table, signs) in table.iter().zip(signs.as_chunks::<{ PAIR / 2 }>().0) {
            for (j, byte) in signs.iter().enumerate() {
                sums[j] += u16::from(table[usize::from(byte & 15)]);
                sums[j + TOGETHER / 2] += u16::from(table[usize::from(byte >> 4)]);
            }
        }
    }
    sums
}

/// The work on one block with 32 look-ups at a time. It is no closure, since a closure is not compiled into what the
/// processor's instructions were chosen for.
#[cfg(target_arch = "x86_64")]
struct WithAvx2<'a> {
    v3: pulp::x86::V3,
    probe: &'a Probe,
    block: Block<'a>,
    enough: f32,
    to: &'a mut [f32; TOGETHER],
}

#[cfg(target_arch = "x86_64")]
impl pulp::NullaryFnOnce for WithAvx2<'_> {
    type Output = u32;

    #[inline(always)]
    fn call(self) -> u32 {
        let steps = steps_avx2(self.v3, &self.probe.tables, self.block.signs);
        self.probe.finish(steps, self.block, self.enough, self.to)
    }
}

/// As [`steps`]. Bytes are added up in 16 bits: all of a lane, and its upper byte alone, which is taken off at the end.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn steps_avx2(v3: pulp::x86::V3, tables: &[Table], signs: &[[u8; PAIR]]) -> [u16; TOGETHER] {
    use pulp::bytemuck::cast;
    use std::arch::x86_64::__m256i;
    let (avx, avx2) = (v3.avx, v3.avx2);
    let low: __m256i = avx._mm256_set1_epi8(15);
    // Of the first sixteen passages and of the last: both bytes, and the upper.
    let mut sums = [[avx._mm256_setzero_si256(); 2]; 2];
    for (table, signs) in tables.iter().zip(signs) {
        let (table, signs): (__m256i, __m256i) = (cast(*table), cast(*signs));
        let upper = avx2._mm256_srli_epi16::<4>(signs);
        for (sums, ways) in sums.iter_mut().zip([signs, upper]) {
            let found = avx2._mm256_shuffle_epi8(table, avx2._mm256_and_si256(ways, low));
            sums[0] = avx2._mm256_add_epi16(sums[0], found);
            sums[1] = avx2._mm256_add_epi16(sums[1], avx2._mm256_srli_epi16::<8>(found));
        }
    }
    let mut all = [0; TOGETHER];
    for (sums, all) in sums.iter().zip(all.as_chunks_mut::<{ TOGETHER / 2 }>().0) {
        let even = avx2._mm256_sub_epi16(sums[0], avx2._mm256_slli_epi16::<8>(sums[1]));
        let (even, odd): ([u16; 16], [u16; 16]) = (cast(even), cast(sums[1]));
        for k in 0..8 {
            all[2 * k] = even[k] + even[k + 8];
            all[2 * k + 1] = odd[k] + odd[k + 8];
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::block::{Blocks, size};
    use super::super::code::Coded;
    use super::*;

    /// A number between −1 and 1, another one for each place.
    fn noise(place: usize) -> f32 {
        let mixed = (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((mixed ^ mixed >> 29) % 2_000_003) as f32 / 1_000_001.0 - 1.0
    }

    fn vector(seed: usize, dimensions: usize) -> Vec<f32> {
        (0..dimensions)
            .map(|place| noise(seed * 10_000 + place))
            .collect()
    }

    /// What the bits alone say, without rounding: Gao & Long (2024).
    fn expected(query: &[f32], centre: &[f32], coded: &Coded) -> f32 {
        let mut sum = 0.0;
        for (place, (q, c)) in query.iter().zip(centre).enumerate() {
            let positive = coded.bits[place / 8] >> (place % 8) & 1 == 1;
            sum += if positive { q - c } else { c - q };
        }
        let base: f32 = query.iter().zip(centre).map(|(q, c)| q * c).sum();
        base + coded.bias + coded.factor * sum
    }

    #[test]
    fn estimates_are_those_of_the_bits_whatever_the_instructions() {
        for (dimensions, count) in [(384_usize, 45_usize), (8, 1), (20, 33), (1_536, 32)] {
            let (query, centre) = (vector(1, dimensions), vector(2, dimensions));
            let coded = |row| Coded::new(&vector(row + 3, dimensions), &centre);
            let (mut file, mut blocks) = (Vec::new(), Blocks::default());
            (0..count).for_each(|row| blocks.push(coded(row), &mut file).unwrap());
            blocks.finish(&mut file).unwrap();
            assert_eq!(file.len(), size(dimensions) * count.div_ceil(TOGETHER));
            let probe = Probe::new(&query, &centre);
            let length = query.iter().map(|q| q * q).sum::<f32>().sqrt();
            for (number, block) in Block::all(&file, dimensions).enumerate() {
                let (mut fast, mut plain) = ([0.0; TOGETHER], [0.0; TOGETHER]);
                let bits = probe.estimate(block, 0.0, &mut fast);
                let sums = steps(&probe.tables, block.signs);
                assert_eq!(bits, probe.finish(sums, block, 0.0, &mut plain));
                assert_eq!(fast, plain);
                for (inside, estimate) in fast.iter().enumerate() {
                    let row = number * TOGETHER + inside;
                    if row >= count {
                        assert_eq!(*estimate, f32::NEG_INFINITY);
                        continue;
                    }
                    let wanted = expected(&query, &centre, &coded(row));
                    let error = (estimate - wanted).abs() / length;
                    assert!(
                        error < 0.03 * coded(row).factor.max(1.0),
                        "{dimensions}: {error}"
                    );
                    assert_eq!(bits >> inside & 1 == 1, *estimate > 0.0);
                }
            }
        }
    }
}
