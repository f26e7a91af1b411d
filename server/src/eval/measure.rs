//! Measures of retrieval, as TREC and BEIR compute them.

use std::collections::HashMap;

/// Grades of a query's relevant documents, by document.
pub type Grades = HashMap<String, f64>;

/// Normalised discounted cumulative gain at `depth`: gain = grade, discount = log2(rank + 1)
/// (Järvelin & Kekäläinen 2002, in the linear form of `trec_eval`). 0 where nothing is relevant.
pub fn ndcg(ranking: &[String], grades: &Grades, depth: usize) -> f64 {
    let discount = |rank: usize| ((rank + 2) as f64).log2();
    let gain = |(rank, id): (usize, &String)| grades.get(id).unwrap_or(&0.0) / discount(rank);
    let found: f64 = ranking.iter().take(depth).enumerate().map(gain).sum();
    let mut best: Vec<f64> = grades
        .values()
        .copied()
        .filter(|grade| *grade > 0.0)
        .collect();
    best.sort_by(|a, b| b.total_cmp(a));
    let ideal: f64 = best
        .iter()
        .take(depth)
        .enumerate()
        .map(|(rank, grade)| grade / discount(rank))
        .sum();
    if ideal > 0.0 { found / ideal } else { 0.0 }
}

/// Share of the relevant documents among the first `depth`.
pub fn recall(ranking: &[String], grades: &Grades, depth: usize) -> f64 {
    let relevant = grades.values().filter(|grade| **grade > 0.0).count();
    let found = ranking
        .iter()
        .take(depth)
        .filter(|id| grades.get(*id).is_some_and(|g| *g > 0.0))
        .count();
    if relevant > 0 {
        found as f64 / relevant as f64
    } else {
        0.0
    }
}

/// One over the rank of the first relevant document among the first `depth`, else 0.
pub fn reciprocal_rank(ranking: &[String], grades: &Grades, depth: usize) -> f64 {
    let first = ranking
        .iter()
        .take(depth)
        .position(|id| grades.get(id).is_some_and(|g| *g > 0.0));
    first.map_or(0.0, |rank| 1.0 / (rank + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(list: &[&str]) -> Vec<String> {
        list.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn measures_agree_with_values_worked_out_by_hand() {
        let grades: Grades = [
            ("a".to_owned(), 2.0),
            ("b".to_owned(), 1.0),
            ("c".to_owned(), 0.0),
        ]
        .into();
        let ranking = ids(&["c", "a", "x", "b"]);
        let found = 2.0 / 3f64.log2() + 1.0 / 5f64.log2();
        let ideal = 2.0 + 1.0 / 3f64.log2();
        assert!((ndcg(&ranking, &grades, 10) - found / ideal).abs() < 1e-12);
        assert!((recall(&ranking, &grades, 2) - 0.5).abs() < 1e-12);
        assert!((reciprocal_rank(&ranking, &grades, 10) - 0.5).abs() < 1e-12);
        assert_eq!(ndcg(&ids(&["a", "b"]), &grades, 10), 1.0);
        assert_eq!(ndcg(&ranking, &Grades::new(), 10), 0.0);
    }
}
