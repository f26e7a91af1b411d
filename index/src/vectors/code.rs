//! A vector as bits and as steps.

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
        Self {
            bits: signs(&rest),
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
