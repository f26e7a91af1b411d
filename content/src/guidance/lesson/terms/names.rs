//! Names of people and places as terms, of texts that have few others.

use super::super::Read;
use super::super::role::Role;
use std::collections::HashMap;

/// Most names that are taken.
const NAMES: usize = 4;
/// Fewest letters of a name of one word, and how often the text has it.
const LETTERS: usize = 5;
const OFTEN: usize = 2;
/// Small words within a name: “Abou d’Alger” apart.
const JOINS: &[&str] = &["de", "du", "des", "la", "of", "the"];

/// Names within sentences, those first that come most often, then in their order.
pub(super) fn names(reads: &[Read]) -> Vec<String> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    let texts = reads.iter().filter(|read| read.role != Role::Sources);
    for text in texts.map(|read| read.block.text.as_str()) {
        for name in in_text(text) {
            let place = counts.len();
            counts.entry(name).or_insert((0, place)).0 += 1;
        }
    }
    let telling = |name: &str, times: usize| {
        name.contains(' ') || name.chars().count() >= LETTERS && times >= OFTEN
    };
    let mut found: Vec<(String, (usize, usize))> = counts.into_iter().collect();
    found.retain(|(name, (times, _))| telling(name, *times));
    found.sort_by_key(|(_, (times, place))| (usize::MAX - times, *place));
    found
        .into_iter()
        .take(NAMES)
        .map(|(name, _)| name)
        .collect()
}

/// Runs of words with a capital, none of which begins a sentence.
fn in_text(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    let mut begins = true;
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = bare.starts_with(char::is_uppercase)
            && bare.chars().any(char::is_lowercase)
            && bare.chars().all(|c| c.is_alphabetic() || c == '-');
        let opens = bare.len() == word.len() || word.starts_with(bare);
        let joins = !run.is_empty() && JOINS.contains(&word);
        if !(capital && opens && !begins || joins) {
            close(&mut run, &mut found);
        } else {
            run.push(bare);
        }
        if !word.ends_with(bare) {
            close(&mut run, &mut found);
        }
        begins = word.ends_with(['.', '?', '!', ':', '…', '"', '»', '”']) || word.is_empty();
    }
    close(&mut run, &mut found);
    found
}

/// Ends a run of words: without joining words at its end it is a name.
fn close(run: &mut Vec<&str>, found: &mut Vec<String>) {
    while run.last().is_some_and(|last| JOINS.contains(last)) {
        run.pop();
    }
    if !run.is_empty() {
        found.push(run.join(" "));
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn names_stand_within_sentences() {
        let text = "Martin joue à Cortina d'Ampezzo avec les Devils du New Jersey. Son père vit au Québec, Canada.";
        assert_eq!(
            in_text(text),
            ["Cortina", "Devils du New Jersey", "Québec", "Canada"]
        );
        let text = "Ông ở Hà Nội. Chiến dịch Điện Biên Phủ kết thúc năm 1954.";
        assert_eq!(in_text(text), ["Hà Nội", "Điện Biên Phủ"]);
    }
}
