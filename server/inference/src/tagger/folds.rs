//! Folds for judging a head on its own training rows: rows that belong
//! together (passages of one article, translations of one sentence) share a fold.

use super::words::hash;
use std::collections::BTreeMap;

/// The fold of each row, in `0..folds`, always the same for the same input.
/// Groups are dealt out largest first to the fold that has the fewest rows;
/// rows without a group stand alone.
pub(crate) fn folds(groups: &[Option<&str>], folds: usize) -> Vec<usize> {
    let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (row, group) in groups.iter().enumerate() {
        let key = group.map_or_else(|| format!("\0{row}"), str::to_owned);
        members.entry(key).or_default().push(row);
    }
    let mut dealt: Vec<(u64, Vec<usize>)> = members
        .into_iter()
        .map(|(key, rows)| (hash(&[key.as_bytes()]), rows))
        .collect();
    dealt.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let mut sizes = vec![0; folds.max(1)];
    let mut of = vec![0; groups.len()];
    for (_, rows) in dealt {
        let fold = (0..sizes.len())
            .min_by_key(|fold| sizes[*fold])
            .unwrap_or(0);
        sizes[fold] += rows.len();
        rows.into_iter().for_each(|row| of[row] = fold);
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stay_together_and_folds_are_even() {
        let names: Vec<String> = (0..40).map(|row| format!("article {}", row / 4)).collect();
        let groups: Vec<Option<&str>> = names
            .iter()
            .map(|name| Some(name.as_str()))
            .chain((0..40).map(|_| None))
            .collect();
        let of = folds(&groups, 5);
        assert!((0..40).all(|row| of[row] == of[row / 4 * 4]));
        for fold in 0..5 {
            assert_eq!(of.iter().filter(|own| **own == fold).count(), 16);
        }
        assert_eq!(of, folds(&groups, 5));
    }
}
