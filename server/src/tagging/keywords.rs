//! Keywords that a text itself says: phrases that come again, above all those of
//! its title and headings.

use super::Document;
use khue_inference::tagger::{sentences, split_words};
use std::collections::HashMap;

/// A keyword with the sentence that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// The words.
    pub words: String,
    /// First sentence that has them.
    pub sentence: String,
    /// How sure that is.
    pub confidence: f64,
}

const MOST: usize = 6;
/// Words of a phrase.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=4;

/// Words that begin or end no keyword.
const FUNCTION: &str = " a an and are as at be by can do for from has have if in into is it its of on or \
    than that the their then there they this to was we what when which will with you your not no \
    à au aux avec ce ces cette dans de des du elle en est et il la le les leur mais ne nous on ou par pas pour \
    qu que qui sa se ses son sont sur un une vous \
    bằng bị bởi các cái cách cho có của cùng cũng do dùng đã đang để đến đi được gì giữa hai hay hãy hơn \
    khi không là lại làm lên lúc mà mỗi một này nào nên nếu như nhưng những nhiều nó ở phải qua ra rằng rất rồi \
    sau sẽ so sự ta tại thành theo thì trên trong trước từ và vào về với vì việc vẫn ấy đó em gv hs ba bốn năm \
    thế nhau mình bài ";

#[derive(Default)]
struct Phrase {
    count: usize,
    titled: bool,
    sentence: usize,
}

/// The phrases that tell most of the text, best first.
pub fn of(document: &Document) -> Vec<Keyword> {
    let text = document.whole();
    let spans = sentences(&text);
    let mut phrases: HashMap<String, Phrase> = HashMap::new();
    for (number, span) in spans.iter().enumerate() {
        let sentence = &text[span.start..span.end];
        let titled = span.end <= document.title.len() || sentence.starts_with('#');
        for phrase in phrases_of(sentence) {
            let own = phrases.entry(phrase).or_insert_with(|| Phrase {
                sentence: number,
                ..Phrase::default()
            });
            own.count += 1;
            own.titled |= titled;
        }
    }
    let mut scored: Vec<(f64, String, usize)> = phrases
        .into_iter()
        .filter(|(_, phrase)| phrase.count >= 3 || (phrase.titled && phrase.count >= 2))
        .map(|(words, phrase)| {
            let length = words.split(' ').count() as f64;
            let titled = if phrase.titled { 1.6 } else { 1.0 };
            let score = (phrase.count as f64).ln_1p() * length.powf(0.7) * titled;
            (score, words, phrase.sentence)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let highest = scored.first().map_or(1.0, |best| best.0);
    let mut kept: Vec<Keyword> = Vec::new();
    for (score, words, sentence) in scored {
        let part = |other: &Keyword| other.words.contains(&words) || words.contains(&other.words);
        if kept.len() < MOST && !kept.iter().any(part) {
            let span = &spans[sentence];
            let sentence = text[span.start..span.end].to_owned();
            kept.push(Keyword {
                words,
                sentence,
                confidence: 0.35 + 0.3 * score / highest,
            });
        }
    }
    kept
}

/// Runs of words within a sentence that neither begin nor end with a function word.
fn phrases_of(sentence: &str) -> Vec<String> {
    let mut phrases = Vec::new();
    for part in sentence.split(|c: char| ",;:.()[]{}“”\"!?–—|*#/\\$=+<>".contains(c)) {
        let words = split_words(part);
        for length in LENGTHS {
            for run in words.windows(length) {
                let plain = |word: &String| {
                    word.chars().count() > 1
                        && word.chars().all(char::is_alphabetic)
                        && !FUNCTION.contains(&format!(" {word} "))
                };
                if run.first().is_some_and(plain) && run.last().is_some_and(plain) {
                    phrases.push(run.join(" "));
                }
            }
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_again_and_in_the_title_is_a_keyword() {
        let document = Document {
            title: "Khối lượng riêng".into(),
            text: "Khối lượng riêng cho biết vật nặng hay nhẹ. Đo khối lượng riêng của nước. \
                   Dùng cân và ống đong để đo."
                .into(),
            ..Document::default()
        };
        let found = of(&document);
        assert_eq!(found[0].words, "khối lượng riêng");
        assert!(found.iter().all(|one| !one.words.contains("ống đong để")));
        assert_eq!(of(&Document::default()), []);
    }
}
