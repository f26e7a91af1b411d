//! A vector as bits and as steps, and the query's side of both.

/// Bits of a query's coordinate in the scan.
const PLANES: usize = 4;
/// How far above the rough estimate a passage may lie, in standard deviations of the error.
const DOUBT: f32 = 2.0;
/// Most steps of a coordinate, in either direction.
const STEPS: f32 = 32_767.0;

/// A passage's vector as it is kept. All of it is about what is left after subtracting the centre.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Coded {
    /// Signs, one bit a dimension, in little-endian bytes.
    pub bits: Vec<u8>,
    /// What a sum of signed query coordinates is worth: |r|² / Σ|rᵢ|.
    pub factor: f32,
    /// Dot product with the centre, exact.
    pub bias: f32,
    /// Number of bits that are set.
    pub ones: u32,
    /// Worth of one step.
    pub scale: f32,
    /// So many steps in each dimension: two bytes, as one would confuse neighbours that are nearly as near.
    pub steps: Vec<i16>,
}

impl Coded {
    /// Codes a rotated vector.
    pub fn new(rotated: &[f32], centre: &[f32]) -> Self {
        let rest: Vec<f32> = rotated.iter().zip(centre).map(|(v, c)| v - c).collect();
        let sum: f32 = rest.iter().map(|r| r.abs()).sum();
        let square: f32 = rest.iter().map(|r| r * r).sum();
        let largest = rest.iter().fold(0.0f32, |most, r| most.max(r.abs()));
        let scale = largest / STEPS;
        let steps = |r: &f32| {
            if scale > 0.0 {
                (r / scale).round().clamp(-STEPS, STEPS) as i16
            } else {
                0
            }
        };
        let bits = signs(&rest);
        Self {
            ones: bits.iter().map(|byte| byte.count_ones()).sum(),
            bits,
            factor: if sum > 0.0 { square / sum } else { 0.0 },
            bias: rest.iter().zip(centre).map(|(r, c)| r * c).sum(),
            scale,
            steps: rest.iter().map(steps).collect(),
        }
    }
}

fn signs(rest: &[f32]) -> Vec<u8> {
    let byte = |eight: &[f32]| {
        eight
            .iter()
            .enumerate()
            .fold(0u8, |byte, (place, r)| byte | (u8::from(*r > 0.0) << place))
    };
    rest.chunks(8).map(byte).collect()
}

/// The vector that bytes stand for, still rotated.
pub(super) fn decoded(bytes: &[u8], scale: f32, centre: &[f32]) -> Vec<f32> {
    bytes
        .as_chunks::<2>()
        .0
        .iter()
        .zip(centre)
        .map(|(steps, c)| c + scale * f32::from(i16::from_le_bytes(*steps)))
        .collect()
}

/// A rotated query against one centre.
#[derive(Clone, Debug)]
pub(super) struct Probe<const WORDS: usize> {
    /// The query's coordinates in four bits, one plane of bits for each.
    planes: [[u64; WORDS]; PLANES],
    /// Their signs alone.
    signs: [u64; WORDS],
    /// Their mean size, which a sign stands for.
    size: f32,
    /// What signs alone may miss of the sum of signed coordinates.
    doubt: f32,
    lowest: f32,
    step: f32,
    sum: f32,
    /// Dot product of query and centre.
    base: f32,
}

impl<const WORDS: usize> Probe<WORDS> {
    /// Prepares the scan of one segment.
    pub fn new(query: &[f32], centre: &[f32]) -> Self {
        let rest: Vec<f32> = query.iter().zip(centre).map(|(q, c)| q - c).collect();
        let lowest = rest.iter().copied().fold(f32::INFINITY, f32::min);
        let highest = rest.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let step = ((highest - lowest) / 15.0).max(f32::MIN_POSITIVE);
        let mut planes = [[0u64; WORDS]; PLANES];
        let mut signs = [0u64; WORDS];
        for (place, value) in rest.iter().enumerate() {
            signs[place / 64] |= u64::from(*value > 0.0) << (place % 64);
            let level = ((value - lowest) / step).round().clamp(0.0, 15.0) as u64;
            for (plane, words) in planes.iter_mut().enumerate() {
                words[place / 64] |= ((level >> plane) & 1) << (place % 64);
            }
        }
        let size = rest.iter().map(|value| value.abs()).sum::<f32>() / rest.len().max(1) as f32;
        let missed = rest.iter().map(|value| (value.abs() - size).powi(2));
        Self {
            planes,
            signs,
            size,
            doubt: DOUBT * missed.sum::<f32>().sqrt(),
            lowest,
            step,
            sum: rest.iter().sum(),
            base: query.iter().zip(centre).map(|(q, c)| q * c).sum(),
        }
    }

    /// What the cosine with a passage hardly exceeds, from the signs of both sides: a quarter of the work of
    /// [`Self::estimate`]. Its error is a sum of as many terms as there are dimensions, each with the sign of the passage
    /// there, so its spread is the length of what the signs of the query miss.
    #[inline(always)]
    pub fn promise(&self, bits: &[u8], factor: f32, bias: f32) -> f32 {
        let Some(words) = bits.as_chunks::<8>().0.first_chunk::<WORDS>() else {
            return f32::NEG_INFINITY;
        };
        let mut differ = 0;
        for (word, signs) in words.iter().zip(&self.signs) {
            differ += (u64::from_le_bytes(*word) ^ signs).count_ones();
        }
        let alike = (64 * WORDS) as f32 - 2.0 * differ as f32;
        self.base + bias + factor * (self.size * alike + self.doubt)
    }

    /// About the cosine with a passage, from its bits and three numbers.
    #[inline(always)]
    pub fn estimate(&self, bits: &[u8], factor: f32, bias: f32, ones: u32) -> f32 {
        let Some(words) = bits.as_chunks::<8>().0.first_chunk::<WORDS>() else {
            return f32::NEG_INFINITY;
        };
        let mut counted = [0u32; PLANES];
        for (number, word) in words.iter().enumerate() {
            let word = u64::from_le_bytes(*word);
            for (count, plane) in counted.iter_mut().zip(&self.planes) {
                *count += (word & plane[number]).count_ones();
            }
        }
        let levels = counted[0] + 2 * counted[1] + 4 * counted[2] + 8 * counted[3];
        let positive = self.lowest * ones as f32 + self.step * levels as f32;
        self.base + bias + factor * (2.0 * positive - self.sum)
    }
}

/// Dot product of a rotated query with what bytes stand for, without the centre's share.
#[inline(always)]
pub(super) fn dot_bytes(query: &[f32], bytes: &[u8]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for (q, b) in query
        .as_chunks::<16>()
        .0
        .iter()
        .zip(bytes.as_chunks::<32>().0)
    {
        for lane in 0..16 {
            lanes[lane] += q[lane] * f32::from(i16::from_le_bytes([b[2 * lane], b[2 * lane + 1]]));
        }
    }
    lanes.iter().sum()
}
