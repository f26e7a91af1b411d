//! What may be written: sentences with gaps, each gap with the texts that may stand in it.
//!
//! Pieces of a model end anywhere, within a character too, so all of it goes byte by byte: the places at which what has been
//! written may stand are kept side by side, and a piece is allowed where its bytes lead on from one of them.

use super::tokenizer::Tokenizer;

/// A sentence: texts that may stand in each of its gaps, in order. What is fixed is a gap with one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grammar(Vec<Vec<String>>);

impl Grammar {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Then this text.
    #[must_use]
    pub fn then(self, text: &str) -> Self {
        self.one_of(&[text])
    }

    /// Then one of these texts; where there are none, nothing can be written.
    #[must_use]
    pub fn one_of<S: AsRef<str>>(mut self, texts: &[S]) -> Self {
        let texts = texts.iter().map(|text| text.as_ref().to_owned());
        self.0.push(texts.collect());
        self
    }

    /// The sentence with these choices, one for each gap.
    fn text(&self, choices: &[usize]) -> String {
        let chosen = self.0.iter().zip(choices);
        chosen
            .map(|(texts, choice)| texts[*choice].as_str())
            .collect()
    }

    /// Every place at which a sentence may begin.
    pub(super) fn start(&self) -> Places {
        let mut places = Places(Vec::new());
        self.enter(Place::default(), &mut places);
        places
    }

    /// Goes into the next gap; a text of no length leads into the one behind it.
    fn enter(&self, place: Place, to: &mut Places) {
        let Some(texts) = self.0.get(place.choices.len()) else {
            to.0.push(place);
            return;
        };
        for (choice, text) in texts.iter().enumerate() {
            let mut next = place.clone();
            match text.is_empty() {
                true => {
                    next.choices.push(choice);
                    self.enter(next, to);
                }
                false => {
                    next.inside = Some((choice, 0));
                    to.0.push(next);
                }
            }
        }
    }

    /// The byte that a place goes on with; nothing at the end.
    fn next(&self, place: &Place) -> Option<u8> {
        let (choice, at) = place.inside?;
        let texts = self.0.get(place.choices.len())?;
        texts[choice].as_bytes().get(at).copied()
    }

    /// The places behind this byte.
    fn step(&self, places: &Places, byte: u8) -> Places {
        let mut to = Places(Vec::new());
        for place in places
            .0
            .iter()
            .filter(|place| self.next(place) == Some(byte))
        {
            let Some((choice, at)) = place.inside else {
                continue;
            };
            let mut next = place.clone();
            let whole = self.0[place.choices.len()][choice].len() == at + 1;
            if whole {
                next.choices.push(choice);
                next.inside = None;
                self.enter(next, &mut to);
            } else {
                next.inside = Some((choice, at + 1));
                to.0.push(next);
            }
        }
        to
    }

    /// The places behind these bytes.
    pub(super) fn steps(&self, places: Places, bytes: &[u8]) -> Places {
        let step = |places: Places, byte: &u8| self.step(&places, *byte);
        bytes.iter().fold(places, step)
    }

    /// The pieces that may come next as the model was taught to cut such texts; where there are none of those, as when a
    /// character is half written, every piece that leads on. Others would be judged by what stands behind odd cuts.
    pub(super) fn usual(&self, places: &Places, tokenizer: &Tokenizer) -> Vec<u32> {
        let rests = places.0.iter().filter_map(|place| self.rest(place));
        let mut usual: Vec<u32> = rests
            .filter_map(|rest| tokenizer.pieces(&rest).first().copied())
            .collect();
        usual.sort_unstable();
        usual.dedup();
        let mut allowed = self.allowed(places, tokenizer);
        if allowed.iter().any(|piece| usual.contains(piece)) {
            allowed.retain(|piece| usual.contains(piece));
        }
        allowed
    }

    /// What stands behind a place, up to the next choice.
    fn rest(&self, place: &Place) -> Option<String> {
        let (choice, at) = place.inside?;
        let gap = place.choices.len();
        let mut bytes = self.0.get(gap)?[choice].as_bytes()[at..].to_vec();
        let fixed = self.0[gap + 1..]
            .iter()
            .take_while(|texts| texts.len() == 1);
        fixed.flatten().for_each(|text| bytes.extend(text.bytes()));
        String::from_utf8(bytes).ok()
    }

    /// The pieces that may come next, however the text is cut.
    pub(super) fn allowed(&self, places: &Places, tokenizer: &Tokenizer) -> Vec<u32> {
        let mut found = Vec::new();
        self.walk(places, tokenizer.sorted(), 0, tokenizer, &mut found);
        found
    }

    /// Of pieces that agree in the first `depth` bytes, which led to these places.
    fn walk(
        &self,
        places: &Places,
        pieces: &[u32],
        depth: usize,
        tokenizer: &Tokenizer,
        found: &mut Vec<u32>,
    ) {
        let ended = pieces.partition_point(|piece| tokenizer.bytes(*piece).len() <= depth);
        if depth > 0 {
            found.extend(&pieces[..ended]);
        }
        let longer = &pieces[ended..];
        let mut bytes: Vec<u8> = places
            .0
            .iter()
            .filter_map(|place| self.next(place))
            .collect();
        bytes.sort_unstable();
        bytes.dedup();
        for byte in bytes {
            let at = |piece: &u32| tokenizer.bytes(*piece)[depth];
            let from = longer.partition_point(|piece| at(piece) < byte);
            let to = longer.partition_point(|piece| at(piece) <= byte);
            if from < to {
                let next = self.step(places, byte);
                self.walk(&next, &longer[from..to], depth + 1, tokenizer, found);
            }
        }
    }

    /// What is written, where only one sentence is left: its choices. Of sentences that read the same it is the first.
    pub(super) fn decided(&self, places: &Places) -> Option<Written> {
        let first = places.0.first()?;
        let mut left = places.0.iter();
        let one = |place: &Place| {
            let chosen = place.choices.clone();
            let inside = place.inside.map(|(choice, _)| choice);
            let mut choices: Vec<usize> = chosen.into_iter().chain(inside).collect();
            let open = self.0.get(choices.len()..)?;
            if open.iter().any(|texts| texts.len() != 1) {
                return None;
            }
            choices.resize(self.0.len(), 0);
            Some(choices)
        };
        let choices = one(first)?;
        let text = self.text(&choices);
        let same = left.all(|place| one(place).is_some_and(|own| self.text(&own) == text));
        same.then_some(Written { text, choices })
    }
}

/// A sentence that was written under a grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The whole of it.
    pub text: String,
    /// Which text stands in each gap, from 0.
    pub choices: Vec<usize>,
}

/// Where what was written may stand.
#[derive(Clone, Debug)]
pub(super) struct Places(Vec<Place>);

/// A place in the grammar: gaps that are filled, and how far the next one is.
#[derive(Clone, Debug, Default)]
struct Place {
    choices: Vec<usize>,
    inside: Option<(usize, usize)>,
}
