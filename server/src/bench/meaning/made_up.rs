//! Vectors that look like real ones to a search: of length 1, in clusters, all leaning the same way.

use khue_index::vectors::Passage;

/// Topics that vectors lie around.
const TOPICS: usize = 500;
/// Length of what a topic adds to what all have in common.
const TOPIC: f32 = 0.45;
/// Length of what is a vector's own.
const OWN: f32 = 0.35;

/// Makes the same vectors in every run.
pub(super) struct MadeUp {
    state: u64,
    topics: Vec<Vec<f32>>,
}

impl MadeUp {
    /// For vectors of so many dimensions.
    pub fn new(dimensions: usize) -> Self {
        let mut made_up = Self {
            state: 0x9e37_79b9_7f4a_7c15,
            topics: Vec::new(),
        };
        let common = made_up.noise(dimensions, 1.0);
        made_up.topics = (0..TOPICS)
            .map(|_| sum(&common, &made_up.noise(dimensions, TOPIC)))
            .collect();
        made_up
    }

    /// The next one, for a text of so many bytes.
    pub fn passage(&mut self, bytes: usize) -> Passage {
        let topic = (self.next() % TOPICS as u64) as usize;
        let own = self.noise(self.topics[topic].len(), OWN);
        Passage {
            vector: sum(&self.topics[topic], &own),
            place: (0, u32::try_from(bytes).unwrap_or(u32::MAX)),
        }
    }

    /// About `length` long, in any direction.
    fn noise(&mut self, dimensions: usize, length: f32) -> Vec<f32> {
        let scale = length * (3.0 / dimensions as f32).sqrt();
        (0..dimensions)
            .map(|_| scale * (self.next() as f32 / u32::MAX as f32 * 2.0 - 1.0))
            .collect()
    }

    /// Marsaglia, *Xorshift RNGs* (2003); 32 bits of it.
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state >> 32
    }
}

fn sum(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}
