//! Queries made of titles, in the ways in which people type them.

use crate::eval::{Query, Variant};

/// Longest query, in words.
const LONGEST: usize = 10;

/// About `number` queries from titles that lie evenly over the whole list; the same titles always
/// give the same queries.
pub fn derived(titles: &[String], number: usize) -> Vec<Query> {
    let step = (titles.len() / number.max(1)).max(1);
    let chosen = titles
        .iter()
        .step_by(step)
        .filter(|title| !title.trim().is_empty());
    let typed = chosen.enumerate().map(|(turn, title)| Query {
        id: format!("title-{turn}"),
        text: typed(title, turn),
        lang: String::new(),
        kind: String::new(),
    });
    typed
        .filter(|query| !query.text.is_empty())
        .take(number)
        .collect()
}

/// One way of typing a title: whole or in part, every third one without marks, every sixth with a slip.
fn typed(title: &str, turn: usize) -> String {
    let words: Vec<&str> = title.split_whitespace().take(LONGEST).collect();
    let last = words.len().saturating_sub(2);
    let part = match turn / 6 % 4 {
        0 => &words[..],
        1 => &words[..words.len().min(2)],
        2 => &words[last..],
        _ => &words[words.len() / 3..],
    };
    let text = part.join(" ");
    let way = match turn % 6 {
        1 | 4 => Variant::Unmarked,
        5 => Variant::Typo,
        _ => Variant::Typed,
    };
    way.apply(&text)
}

#[cfg(test)]
mod tests {
    use super::derived;

    #[test]
    fn titles_whole_in_parts_and_without_marks() {
        let titles: Vec<String> = (0..18)
            .map(|_| "Định luật Niu-tơn thứ hai".to_owned())
            .collect();
        let typed: Vec<String> = derived(&titles, 18).into_iter().map(|q| q.text).collect();
        assert_eq!(typed[0], "Định luật Niu-tơn thứ hai");
        assert!(typed[1].is_ascii(), "{typed:?}");
        assert_ne!(typed[5], "Định luật Niu-tơn thứ hai");
        assert_eq!(typed[6], "Định luật");
        assert_eq!(typed[12], "thứ hai");
        assert_eq!(derived(&titles, 3).len(), 3);
        assert!(derived(&[], 3).is_empty() && derived(&[" ".into()], 3).is_empty());
    }
}
