//! From a [`SearchRequest`] to what is looked up: words with their keys, in slots.
//!
//! A slot is one thing that must be found; its options are the words as typed and
//! what stands for them. A [`Reading`] says which family of keys the words are
//! looked up by; readings are tried from strict to loose.

mod language;

use crate::matching::Keys;
use crate::schema::Fields;
use crate::spelling::Repair;
use crate::tokenizer::{Segments, StemLanguage, is_stop_word, key, stem, syllable};
use khue_content::search::SearchRequest;
use language::languages;
use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

/// Most words of a query that are looked up; the rest is passed over.
pub(crate) const MAX_WORDS: usize = 64;
/// A query of more words than this is a text: its function words are passed over.
const TEXT: usize = 24;

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Word {
    /// As typed.
    pub text: String,
    pub exact: String,
    pub folded: String,
    /// Whether it was typed with a mark.
    pub marked: bool,
    /// Stems in the languages that the query may be in.
    pub stems: Vec<String>,
    /// Function word in every language that the query may be in.
    pub stop: bool,
    /// Not the shape of a Vietnamese syllable.
    pub foreign: bool,
}

/// One thing that must be found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    /// The words as typed first, then synonyms.
    pub options: Vec<Vec<Word>>,
    /// The words of each option must be neighbours.
    pub phrase: bool,
    /// Only in this property.
    pub property: Option<&'static str>,
    /// Speaks for the order of results, but need not be found.
    pub optional: bool,
    /// From which option on they are repairs of what was typed, where there are any.
    pub repaired: Option<usize>,
}

/// What is looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Plan {
    pub slots: Vec<Slot>,
    pub excluded: Vec<Slot>,
    /// Whether its words are translations: then all options of a slot are equally good.
    pub translation: bool,
}

/// Which keys of a word must be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    /// Marks as typed; a word without marks has none in the text either.
    Exact,
    /// Marks where they were typed; words typed without marks may have any.
    Half,
    /// Marks do not matter; stems count.
    Folded,
}

impl Plan {
    /// Plans the words of a request.
    pub fn new(request: &SearchRequest) -> Self {
        let typed: Vec<&str> = request.clauses.iter().map(|c| c.text.as_str()).collect();
        let languages = languages(&typed.join(" "), request.language);
        let mut slots = Vec::new();
        let mut budget = MAX_WORDS;
        let is_text = typed
            .iter()
            .map(|clause| clause.split_whitespace().count())
            .sum::<usize>()
            > TEXT;
        for clause in &request.clauses {
            let mut own = words(&clause.text, &languages);
            if is_text && !clause.phrase {
                own.retain(|word| !word.stop);
            }
            own.truncate(budget);
            budget -= own.len();
            if own.is_empty() {
                continue;
            }
            if clause.phrase || !clause.synonyms.is_empty() {
                let others = clause
                    .synonyms
                    .iter()
                    .map(|s| synonym(s, &languages))
                    .filter(|w| !w.is_empty());
                let options = std::iter::once(own).chain(others).collect();
                slots.push(Slot {
                    options,
                    phrase: clause.phrase,
                    property: clause.property,
                    optional: clause.understood.is_some(),
                    repaired: None,
                });
            } else {
                slots.extend(own.into_iter().map(|word| Slot {
                    options: vec![vec![word]],
                    phrase: false,
                    property: clause.property,
                    optional: clause.understood.is_some(),
                    repaired: None,
                }));
            }
        }
        let excluded = request.excluded.iter().map(|clause| Slot {
            options: vec![words(&clause.text, &languages)],
            phrase: clause.phrase,
            property: clause.property,
            optional: false,
            repaired: None,
        });
        Self {
            slots,
            excluded: excluded
                .filter(|slot| !slot.options[0].is_empty())
                .collect(),
            translation: false,
        }
    }

    /// Plain words, one after the other.
    pub fn of_words(words: Vec<Word>) -> Self {
        let slot = |word| Slot {
            options: vec![vec![word]],
            ..Slot::default()
        };
        Self {
            slots: words.into_iter().map(slot).collect(),
            ..Self::default()
        }
    }

    /// The same with repairs: words that the library does not know make room for what was meant, others
    /// stay the first option.
    pub fn repaired(&self, repairs: &[Repair]) -> Self {
        let mut slots = self.slots.clone();
        for repair in repairs {
            let slot = &mut slots[repair.slot];
            if repair.unknown {
                slot.options.clear();
            }
            slot.repaired = Some(slot.options.len());
            let readings = repair.readings.iter().map(|reading| reading.words.clone());
            slot.options.extend(readings);
        }
        let swallowed = |place: usize| {
            let inside = |r: &Repair| r.slot < place && place < r.slot + r.span;
            repairs.iter().any(inside)
        };
        let kept = slots.into_iter().enumerate();
        Self {
            slots: kept
                .filter(|(place, _)| !swallowed(*place))
                .map(|(_, slot)| slot)
                .collect(),
            excluded: self.excluded.clone(),
            translation: self.translation,
        }
    }

    /// Readings from strict to loose: only those that differ for these words.
    pub fn readings(&self) -> Vec<Reading> {
        let all = || self.typed_words();
        if !all().any(|word| word.marked) {
            return vec![Reading::Folded];
        }
        match all().all(|word| word.marked) {
            true => vec![Reading::Exact, Reading::Folded],
            false => vec![Reading::Exact, Reading::Half, Reading::Folded],
        }
    }

    /// The words as typed, in order.
    pub fn typed_words(&self) -> impl Iterator<Item = &Word> {
        self.slots
            .iter()
            .flat_map(|slot| slot.options.iter().take(1).flatten())
    }

    /// Everything required, nothing scored beyond it.
    pub fn conjunction(&self, fields: &Fields, reading: Reading) -> Option<Box<dyn Query>> {
        let required = self.slots.iter().filter(|slot| !slot.optional);
        let stops = required.clone().any(|slot| !slot.is_stop());
        let required = required.filter(|slot| !stops || !slot.is_stop());
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = required
            .map(|slot| (Occur::Must, slot.query(fields, reading)))
            .collect();
        if clauses.is_empty() {
            return None;
        }
        clauses.extend(
            self.excluded
                .iter()
                .map(|s| (Occur::MustNot, s.query(fields, Reading::Exact))),
        );
        match clauses.len() {
            1 => clauses.pop().map(|(_, query)| query),
            _ => Some(Box::new(BooleanQuery::new(clauses))),
        }
    }

    /// The keys of each required word, of which a document must hold one; `None` where more is asked
    /// than words.
    pub fn required_keys(&self, fields: &Fields, reading: Reading) -> Option<Vec<Keys>> {
        let required = self.slots.iter().filter(|slot| !slot.optional);
        let stops = required.clone().any(|slot| !slot.is_stop());
        let required = required.filter(|slot| !stops || !slot.is_stop());
        let keys = required.map(|slot| match slot.options.as_slice() {
            [words] if !slot.phrase && slot.property.is_none() && words.len() == 1 => {
                Some(words[0].keys(fields, reading))
            }
            _ => None,
        });
        let keys: Vec<Keys> = keys.collect::<Option<_>>()?;
        (self.excluded.is_empty() && !keys.is_empty()).then_some(keys)
    }

    /// One flat union that finds the best documents quickly, whether all words are there or not; of keys
    /// that `held` says some document holds.
    pub fn union(
        &self,
        fields: &Fields,
        reading: Reading,
        held: impl Fn(Field, &str) -> bool,
    ) -> Box<dyn Query> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        let mut should = |field: Field, text: &str, boost: f32| {
            if held(field, text) {
                clauses.push((Occur::Should, boosted(field, text, boost)));
            }
        };
        let mut before: Option<&Word> = None;
        for slot in &self.slots {
            for (place, option) in slot.options.iter().enumerate() {
                let weight = match place {
                    _ if self.translation => 1.0 / option.len() as f32,
                    0 => 1.0,
                    _ => 0.7 / option.len() as f32,
                };
                for word in option
                    .iter()
                    .filter(|word| !word.stop || self.slots.len() == 1)
                {
                    word.union(fields, reading, weight, &mut should);
                }
            }
            for word in slot.options.iter().take(1).flatten() {
                if let Some(before) = before {
                    should(
                        fields.name_pair,
                        &format!("{}{}", before.folded, word.folded),
                        0.8,
                    );
                }
                before = Some(word);
            }
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// The query without what must not be found.
    pub fn without_excluded(&self, fields: &Fields, query: Box<dyn Query>) -> Box<dyn Query> {
        let mut clauses = vec![(Occur::Must, query)];
        clauses.extend(
            self.excluded
                .iter()
                .map(|s| (Occur::MustNot, s.query(fields, Reading::Exact))),
        );
        Box::new(BooleanQuery::new(clauses))
    }
}

impl Slot {
    /// Whether an option is a repair of what was typed.
    pub fn is_repair(&self, option: usize) -> bool {
        self.repaired.is_some_and(|from| option >= from)
    }

    fn is_stop(&self) -> bool {
        !self.phrase
            && self.property.is_none()
            && self.options.len() == 1
            && self.options[0].iter().all(|w| w.stop)
    }

    fn query(&self, fields: &Fields, reading: Reading) -> Box<dyn Query> {
        let option = |(place, words): (usize, &Vec<Word>)| -> Box<dyn Query> {
            if (self.phrase || place > 0 && words.len() > 1) && self.property.is_none() {
                return phrase(words, fields, reading);
            }
            all_of(
                words
                    .iter()
                    .map(|word| word.required(fields, reading, self.property))
                    .collect(),
            )
        };
        any_of(self.options.iter().enumerate().map(option).collect())
    }
}

/// Neighbouring words in order; synonyms of several words are looked up like that too.
fn phrase(words: &[Word], fields: &Fields, reading: Reading) -> Box<dyn Query> {
    let (field, exact) = match reading {
        Reading::Exact => (fields.all_exact, true),
        Reading::Half | Reading::Folded => (fields.all_folded, false),
    };
    let term =
        |word: &Word| Term::from_field_text(field, if exact { &word.exact } else { &word.folded });
    match words {
        [only] => Box::new(TermQuery::new(term(only), IndexRecordOption::WithFreqs)),
        _ => Box::new(tantivy::query::PhraseQuery::new(
            words.iter().map(term).collect(),
        )),
    }
}

impl Word {
    /// The word that a key of the index stands for; how it is written is not known from it.
    pub fn from_key(exact: String, languages: &[StemLanguage]) -> Self {
        let plain = key::without_tone(&exact);
        let folded = key::folded(plain);
        let marked = folded != exact;
        Self {
            text: if marked {
                String::new()
            } else {
                folded.clone()
            },
            stems: languages.iter().filter_map(|l| stem(*l, plain)).collect(),
            foreign: !syllable::is_syllable(&folded),
            stop: false,
            exact,
            folded,
            marked,
        }
    }

    /// The key and field by which this reading looks the word up.
    pub fn key(&self, fields: &Fields, reading: Reading) -> (Field, &str) {
        match reading {
            Reading::Exact => (fields.all_exact, &self.exact),
            Reading::Half if self.marked => (fields.all_exact, &self.exact),
            Reading::Half | Reading::Folded => (fields.all_folded, &self.folded),
        }
    }

    fn required(
        &self,
        fields: &Fields,
        reading: Reading,
        property: Option<&str>,
    ) -> Box<dyn Query> {
        match property {
            Some("name") if reading == Reading::Exact => {
                return plain(fields.name_exact, &self.exact);
            }
            Some("name") => return plain(fields.name_folded, &self.folded),
            Some(_) => return plain(fields.keys_folded, &self.folded),
            None => {}
        }
        let keys = self.keys(fields, reading);
        any_of(
            keys.iter()
                .map(|(field, text)| plain(*field, text))
                .collect(),
        )
    }

    /// The keys of which a document must hold one.
    fn keys(&self, fields: &Fields, reading: Reading) -> Keys {
        let (field, text) = self.key(fields, reading);
        let mut keys = vec![(field, text.to_owned())];
        if reading == Reading::Folded {
            keys.extend(
                self.stems
                    .iter()
                    .map(|stem| (fields.all_stem, stem.clone())),
            );
        }
        if self.foreign && self.folded.len() >= 4 {
            keys.push((fields.name_pair, self.folded.clone()));
        }
        keys
    }

    fn union(
        &self,
        fields: &Fields,
        reading: Reading,
        weight: f32,
        should: &mut impl FnMut(Field, &str, f32),
    ) {
        let (field, text) = self.key(fields, reading);
        should(field, text, weight);
        let (name, text) = match field == fields.all_exact {
            true => (fields.name_exact, &self.exact),
            false => (fields.name_folded, &self.folded),
        };
        should(name, text, weight);
        if field == fields.all_exact && self.marked {
            should(fields.all_folded, &self.folded, 0.2 * weight);
        }
        for stem in &self.stems {
            should(fields.all_stem, stem, weight);
            should(fields.name_stem, stem, weight);
        }
        if self.foreign && self.folded.len() >= 4 {
            should(fields.name_pair, &self.folded, weight);
        }
    }
}

fn plain(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, text),
        IndexRecordOption::WithFreqs,
    ))
}

fn boosted(field: Field, text: &str, boost: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(plain(field, text), boost))
}

fn any_of(mut options: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match options.len() {
        1 => options.remove(0),
        _ => Box::new(BooleanQuery::union(options)),
    }
}

fn all_of(mut parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match parts.len() {
        1 => parts.remove(0),
        _ => Box::new(BooleanQuery::intersection(parts)),
    }
}

/// The words of a text; parts of a compound such as `3/4` are left to the compound.
pub(crate) fn words(text: &str, languages: &[StemLanguage]) -> Vec<Word> {
    let mut compound_end = 0;
    let mut found = Vec::new();
    for segment in Segments::new(text) {
        if segment.parts > 0 {
            compound_end = segment.to;
        } else if segment.to <= compound_end {
            continue;
        }
        found.push(word(&text[segment.from..segment.to], languages));
    }
    found.retain(|word: &Word| !word.folded.is_empty());
    found
}

/// The words of a synonym: all of them count, as "số" and "độ" are no English function words there.
fn synonym(text: &str, languages: &[StemLanguage]) -> Vec<Word> {
    let mut found = words(text, languages);
    found.iter_mut().for_each(|word| word.stop = false);
    found
}

/// A word with its keys.
pub(crate) fn word(text: &str, languages: &[StemLanguage]) -> Word {
    let folded = key::folded(text);
    let mut stems: Vec<String> = languages.iter().filter_map(|l| stem(*l, text)).collect();
    stems.dedup();
    Word {
        text: text.to_owned(),
        exact: key::exact(text),
        marked: key::has_marks(text),
        stop: !languages.is_empty() && languages.iter().any(|l| is_stop_word(*l, &folded)),
        foreign: !syllable::is_syllable(&folded),
        stems,
        folded,
    }
}
