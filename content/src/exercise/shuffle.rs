//! The order in which things that must not be shown in theirs are shown.

/// In which order `count` things are shown: the same for everybody and at every look, and never the order in
/// which they stand, unless there are fewer than two. `seed` is any text of the exercise.
///
/// The items of an ordering and the right sides of a matching are shown so; a form names them by their own numbers.
pub fn shown_order(seed: &str, count: usize) -> Vec<usize> {
    let mut state = seed.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut order: Vec<usize> = (0..count).collect();
    // Fisher–Yates with the high bits of a linear congruential generator (Knuth, MMIX).
    for last in (1..count).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let below = u64::try_from(last + 1).unwrap_or(1);
        let pick = usize::try_from((state >> 33) % below).unwrap_or(0);
        order.swap(last, pick);
    }
    if order.iter().enumerate().all(|(place, own)| place == *own) {
        order.rotate_left(usize::from(count > 1));
    }
    order
}
