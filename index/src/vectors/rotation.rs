//! A fixed rotation: random signs, Hadamard transforms, permutations.
//!
//! Rotating does not change any dot product; it makes every coordinate carry about the same share of
//! a vector, which is what a code of one bit a coordinate needs (the "fast Johnson-Lindenstrauss"
//! construction of Ailon & Chazelle, 2009).

const ROUNDS: usize = 3;
const SEED: u64 = 0x6b68_7565_2076_6563;

/// The rotation for one number of dimensions.
#[derive(Clone, Debug)]
pub(super) struct Rotation {
    rounds: Vec<Round>,
    /// Length of a Hadamard block: the greatest power of two that divides the dimensions.
    block: usize,
}

#[derive(Clone, Debug)]
struct Round {
    signs: Vec<f32>,
    order: Vec<u32>,
}

impl Rotation {
    /// The same for the same `dimensions`, everywhere and always.
    pub fn new(dimensions: usize) -> Self {
        let mut random = SplitMix(SEED ^ dimensions as u64);
        let rounds = (0..ROUNDS)
            .map(|_| Round::new(dimensions, &mut random))
            .collect();
        let block = 1 << dimensions.trailing_zeros().min(31);
        Self { rounds, block }
    }

    /// The rotated vector.
    pub fn apply(&self, vector: &[f32]) -> Vec<f32> {
        let mut current = vector.to_vec();
        let mut next = vec![0.0; current.len()];
        for round in &self.rounds {
            for ((value, sign), place) in current.iter().zip(&round.signs).zip(&round.order) {
                next[*place as usize] = value * sign;
            }
            next.chunks_exact_mut(self.block).for_each(hadamard);
            std::mem::swap(&mut current, &mut next);
        }
        current
    }
}

impl Round {
    fn new(dimensions: usize, random: &mut SplitMix) -> Self {
        let signs = (0..dimensions)
            .map(|_| if random.next() & 1 == 0 { 1.0 } else { -1.0 })
            .collect();
        let mut order: Vec<u32> = (0..dimensions as u32).collect();
        for place in (1..dimensions).rev() {
            order.swap(place, (random.next() % (place as u64 + 1)) as usize);
        }
        Self { signs, order }
    }
}

/// Orthonormal Hadamard transform; the length is a power of two.
fn hadamard(values: &mut [f32]) {
    let mut half = 1;
    while half < values.len() {
        for pair in values.chunks_exact_mut(2 * half) {
            let (low, high) = pair.split_at_mut(half);
            for (a, b) in low.iter_mut().zip(high) {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        half *= 2;
    }
    let scale = 1.0 / (values.len() as f32).sqrt();
    values.iter_mut().for_each(|value| *value *= scale);
}

/// Steele, Lea & Flood, *Fast splittable pseudorandom number generators* (2014).
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Rotation;

    #[test]
    fn lengths_and_angles_stay() {
        let rotation = Rotation::new(384);
        let a: Vec<f32> = (0..384).map(|n| (n as f32 * 0.37).sin()).collect();
        let mut b = vec![0.0; 384];
        b[7] = 1.0;
        let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
        let (ra, rb) = (rotation.apply(&a), rotation.apply(&b));
        assert!((dot(&a, &a) - dot(&ra, &ra)).abs() < 1e-2);
        assert!((dot(&a, &b) - dot(&ra, &rb)).abs() < 1e-4);
        // One coordinate's worth is spread over all of them.
        assert!(rb.iter().all(|value| value.abs() < 0.3));
    }
}
