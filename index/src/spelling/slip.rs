//! How unlikely a slip is: a weighted edit distance between keys.

use crate::tokenizer::key::{self, is_tone};

/// Price of a slip in the first letter, on top: people see those.
const FIRST: f32 = 0.5;
/// Letters that are next to each other on the keyboards of the field: QWERTY and AZERTY rows.
const ROWS: [&str; 6] = [
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
];
/// Letters that sound alike where Vietnamese is spoken.
const ALIKE: [(char, char); 7] = [
    ('s', 'x'),
    ('d', 'r'),
    ('l', 'n'),
    ('i', 'y'),
    ('c', 'k'),
    ('d', 'g'),
    ('c', 'q'),
];

/// Price of typing `typed` for `meant`; 0 where they are the same, about 1 for one slip. Optimal string
/// alignment: letters left out, put in, replaced or swapped, none of them touched twice.
pub(super) fn price(typed: &str, meant: &str) -> f32 {
    let (typed, meant): (Vec<char>, Vec<char>) = (typed.chars().collect(), meant.chars().collect());
    let mut rows = vec![vec![0.0; meant.len() + 1]; typed.len() + 1];
    for i in 0..=typed.len() {
        for j in 0..=meant.len() {
            rows[i][j] = cheapest(&rows, &typed, &meant, i, j);
        }
    }
    rows[typed.len()][meant.len()]
}

fn cheapest(rows: &[Vec<f32>], typed: &[char], meant: &[char], i: usize, j: usize) -> f32 {
    if i == 0 && j == 0 {
        return 0.0;
    }
    let first = |place: usize| if place == 1 { FIRST } else { 0.0 };
    let mut best = f32::MAX;
    if i > 0 {
        best = best.min(rows[i - 1][j] + gap(typed, i) + first(i));
    }
    if j > 0 {
        best = best.min(rows[i][j - 1] + gap(meant, j) + first(j));
    }
    if i > 0 && j > 0 {
        let (a, b) = (typed[i - 1], meant[j - 1]);
        let price = if a == b {
            0.0
        } else {
            replaced(a, b) + first(i.min(j))
        };
        best = best.min(rows[i - 1][j - 1] + price);
    }
    let swapped = i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1];
    if swapped && typed[i - 1] != typed[i - 2] {
        best = best.min(rows[i - 2][j - 2] + 0.8 + first(i - 1));
    }
    best
}

/// A letter too many or too few: cheaper where it doubles its neighbour, or is only a tone.
fn gap(letters: &[char], place: usize) -> f32 {
    let letter = letters[place - 1];
    let doubled = place > 1 && letters[place - 2] == letter || letters.get(place) == Some(&letter);
    match (is_tone(letter), doubled) {
        (true, _) => 0.5,
        (_, true) => 0.6,
        _ => 1.0,
    }
}

fn replaced(a: char, b: char) -> f32 {
    if is_tone(a) || is_tone(b) {
        return if is_tone(a) && is_tone(b) { 0.5 } else { 1.6 };
    }
    let plain = |c: char| key::folded(c.encode_utf8(&mut [0; 4]));
    if plain(a) == plain(b) {
        return 0.5;
    }
    let alike = ALIKE.contains(&(a, b)) || ALIKE.contains(&(b, a));
    let beside = |row: &&str| {
        let place = |c| row.find(c);
        place(a)
            .zip(place(b))
            .is_some_and(|(x, y)| x.abs_diff(y) == 1)
    };
    if alike || ROWS.iter().any(beside) {
        0.9
    } else {
        1.2
    }
}

#[cfg(test)]
mod tests {
    use super::price;
    use crate::tokenizer::key::exact;

    #[test]
    fn likely_slips_are_cheap() {
        assert_eq!(price("quang", "quang"), 0.0);
        assert!(price("qunag", "quang") < 1.0);
        assert!(price("formating", "formatting") < price("formaing", "formatting"));
        assert!(price("luat", "luat") < price("lut", "luat"));
        assert!(price("inh", "dinh") > price("dih", "dinh"));
        assert!(price(&exact("hộp"), &exact("hợp")) < price("hop", "hip"));
    }
}
