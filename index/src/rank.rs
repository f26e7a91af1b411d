//! The order of results: every promising document is looked at word by word.
//!
//! The score of a document is a sum over the words of the query, each weighted by
//! how rare it is, of a saturating count (BM25: Robertson & Zaragoza, *The
//! Probabilistic Relevance Framework*, 2009) in the whole text, in the name and in
//! the keywords; plus neighbours that are neighbours in the text as well (the
//! sequential dependence of Metzler & Croft, 2005); plus, for a long query, the
//! passage that holds most of it; scaled by the share of the query that is
//! found. A name that is the query itself comes before all.

mod compounds;
mod cursors;
mod passage;
mod statistics;

use crate::Result;
use crate::matching::Address;
use crate::opened::Opened;
use crate::query::{Plan, Word};
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use crate::translation;
use compounds::{APART, Compounds};
use cursors::{Found, OTHER_MARKS, WordCursors, look, nearness};
use khue_content::search::Reason;
use passage::Passages;
use statistics::Statistics;
use std::ops::Range;

/// Saturation of counts. This and the other constants were tried one at a time on collections in
/// three languages; CONTRIBUTING.md has the relevance that they give together.
const K1: f32 = 1.5;
const B_ALL: f32 = 0.6;
const B_NAME: f32 = 0.4;
const NAME: f32 = 1.1;
const KEYS: f32 = 0.5;
const NEIGHBOURS: f32 = 2.0;
const WHOLE_NAME: f32 = 0.8;
const COVERAGE: f32 = 0.5;
/// How much less the share that is found counts for each word beyond three: nobody's text holds
/// every word of a long question.
const LENIENCE: f32 = 0.2;
const PASSAGE: f32 = 1.5;
/// A query of so many words is long: its words are sought in one passage.
const LONG: usize = 5;
const QUALITY: f32 = 0.05;
/// A synonym counts a little less than the word that was typed.
const SYNONYM: f32 = 0.75;
/// Weight of a reading of a misspelt word beside a better one.
const REPAIR: f32 = 0.6;
/// Words of a filter that was understood have done their work already.
const OPTIONAL: f32 = 0.4;
/// What a word is worth that stands in the name and often in the text, for each unit of its rarity.
const FULL: f32 = (K1 + 1.0) * (1.0 + NAME) + NEIGHBOURS;

/// A ranked document.
#[derive(Clone, Debug)]
pub(crate) struct Ranked {
    pub address: Address,
    pub score: f32,
    /// Whether every required word is there.
    pub complete: bool,
    /// Whether it is there with the marks as typed.
    pub as_typed: bool,
    /// Whether the name is the query, and nothing else.
    pub titled: bool,
    /// What a document gets that has every word in its name and often in its text.
    pub full: f32,
    /// What comes before what, whatever the scores: 0 first. Others than 0 are for documents outside filters that
    /// were understood.
    pub tier: u8,
    /// Whether its words were looked at one by one.
    pub weighed: bool,
    pub reasons: Vec<Reason>,
    /// The passage that is near in meaning, where that is why the document is here.
    pub passage: Option<(u32, u32)>,
}

impl Ranked {
    /// A document whose order was found without looking at its words.
    pub fn plain(address: Address, reasons: Vec<Reason>) -> Self {
        Self {
            address,
            score: 0.0,
            complete: true,
            as_typed: true,
            titled: false,
            full: 1.0,
            tier: 0,
            weighed: false,
            reasons,
            passage: None,
        }
    }
}

/// Scores the documents; best first, equal ones in the order of the index.
pub(crate) fn rank(
    snapshot: &Snapshot,
    fields: &Fields,
    plan: &Plan,
    documents: &[Address],
) -> Result<Vec<Ranked>> {
    let words = Words::new(plan);
    let statistics = Statistics::new(snapshot, fields, &words)?;
    let mut sorted = documents.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut ranked = Vec::with_capacity(sorted.len());
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        let segment = &snapshot.opened[group[0].0 as usize];
        let mut scorer = Scorer::open(segment, fields, &words, &statistics)?;
        ranked.extend(group.iter().map(|address| scorer.rank(*address)));
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.address.cmp(&b.address)));
    Ok(ranked)
}

/// All words of a plan with the slot that each belongs to.
struct Words<'a> {
    all: Vec<&'a Word>,
    /// The words of each option of each slot.
    own: Vec<Vec<Range<usize>>>,
    /// The words as typed.
    typed: Vec<usize>,
    /// Whether any word was typed with marks: then marks speak.
    marked: bool,
    /// The slot of each word as typed.
    slots: Vec<usize>,
    compounds: Compounds,
    plan: &'a Plan,
}

impl<'a> Words<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut all = Vec::new();
        let (mut typed, mut slots) = (Vec::new(), Vec::new());
        let mut own = Vec::with_capacity(plan.slots.len());
        for (slot, options) in plan.slots.iter().enumerate() {
            let mut ranges = Vec::with_capacity(options.options.len());
            for (option, words) in options.options.iter().enumerate() {
                ranges.push(all.len()..all.len() + words.len());
                all.extend(words.iter());
                if option == 0 {
                    typed.extend(all.len() - words.len()..all.len());
                    slots.resize(typed.len(), slot);
                }
            }
            own.push(ranges);
        }
        let marked = plan.typed_words().any(|word| word.marked);
        Self {
            all,
            own,
            typed,
            marked,
            slots,
            compounds: Compounds::of(plan),
            plan,
        }
    }

    /// Whether they are sought in one passage.
    fn is_long(&self) -> bool {
        self.own.len() >= LONG
    }

    /// What a word in the name is worth: the longer the query, the more of its words stand in some
    /// name by chance.
    fn name_weight(&self) -> f32 {
        NAME * (LONG as f32 / self.own.len().max(LONG) as f32).sqrt()
    }
}

struct Scorer<'a> {
    words: &'a Words<'a>,
    statistics: &'a Statistics,
    cursors: Vec<WordCursors>,
    segment: &'a Opened,
    found: Vec<Found>,
    passages: Passages,
}

impl<'a> Scorer<'a> {
    fn open(
        segment: &'a Opened,
        fields: &Fields,
        words: &'a Words,
        statistics: &'a Statistics,
    ) -> Result<Self> {
        let open = |word: &&Word| WordCursors::open(segment, fields, word, words.marked);
        Ok(Self {
            words,
            statistics,
            cursors: words.all.iter().map(open).collect::<Result<_>>()?,
            segment,
            found: vec![Found::default(); words.all.len()],
            passages: Passages::default(),
        })
    }

    fn rank(&mut self, address: Address) -> Ranked {
        let doc = address.1;
        for (place, cursors) in self.cursors.iter_mut().enumerate() {
            look(
                cursors,
                doc,
                self.words.marked,
                self.words.all[place],
                &mut self.found[place],
            );
        }
        let all_norm = norm(
            self.segment.all_length.fieldnorm(doc),
            self.statistics.average_all,
            B_ALL,
        );
        let name_words = self.segment.name_length.fieldnorm(doc) as f32;
        let name_norm = norm(name_words as u32, self.statistics.average_name, B_NAME);
        let mut slots = self.slots(all_norm, name_norm);
        let apart = self.take_apart(&mut slots);
        let (mut sum, mut weight, mut reached) = (0.0, 0.0, 0.0);
        for slot in &slots {
            sum += slot.score;
            weight += slot.idf;
            reached += if slot.found { slot.idf } else { 0.0 };
        }
        let coverage = coverage(reached, weight, slots.len());
        let near = self.neighbours() + self.passage();
        let score = (sum + near + self.whole_name(&slots, name_words))
            * coverage
            * (1.0 + QUALITY * self.segment.quality.get_val(doc) as f32 / 100.0);
        let complete = slots.iter().all(|s| s.found || s.stop);
        let as_typed = complete && !apart && !slots.iter().any(|s| s.other_marks);
        let typed = self.words.typed.len() as f32;
        let in_name = !slots.is_empty() && slots.iter().all(|slot| slot.in_name);
        Ranked {
            address,
            score,
            complete,
            as_typed,
            titled: in_name && name_words <= typed,
            full: (FULL * weight).max(f32::MIN_POSITIVE),
            tier: 0,
            weighed: true,
            reasons: self.reasons(&slots),
            passage: None,
        }
    }

    /// The best option of each slot.
    fn slots(&self, all_norm: f32, name_norm: f32) -> Vec<SlotScore> {
        let mut slots = vec![SlotScore::default(); self.words.own.len()];
        for (number, slot) in self.words.plan.slots.iter().enumerate() {
            let translation = self.words.plan.translation;
            let least = translation.then(|| self.least_rare(number));
            for option in 0..slot.options.len() {
                let mut scored = self.option(number, option, all_norm, name_norm);
                if let Some(least) = least {
                    scored.score *= least / scored.idf.max(f32::MIN_POSITIVE);
                    scored.idf = least;
                }
                scored.score *= match option {
                    _ if self.words.plan.translation => 1.0,
                    0 => 1.0,
                    _ if slot.is_repair(option) => REPAIR,
                    _ => SYNONYM,
                };
                if option == 0 {
                    slots[number] = scored;
                } else if scored.found && scored.score > slots[number].score {
                    slots[number] = SlotScore {
                        idf: slots[number].idf.max(scored.idf),
                        ..scored
                    };
                }
            }
        }
        slots
    }

    /// Lessens what syllables of one word count that stand apart; tells whether there are any.
    fn take_apart(&self, slots: &mut [SlotScore]) -> bool {
        let mut any = false;
        for run in self.words.compounds.apart(&self.words.typed, &self.found) {
            let own = &self.words.slots[run];
            let plain =
                |slot: &usize| slots[*slot].option == 0 && !self.words.plan.slots[*slot].optional;
            if !own.iter().all(plain) {
                continue;
            }
            any = true;
            for slot in own {
                slots[*slot].score *= APART;
            }
        }
        any
    }

    /// How rare the words of the least rare option of a slot are. Translations count as one word with many forms, as
    /// rare as the most usual of them: else a far-fetched one, being rare, would count most (Pirkola, *The effects of query
    /// structure and dictionary setups in dictionary-based cross-language information retrieval*, 1998).
    fn least_rare(&self, slot: usize) -> f32 {
        let idf = |own: &Range<usize>| self.statistics.idf[own.clone()].iter().sum::<f32>();
        self.words.own[slot]
            .iter()
            .map(idf)
            .fold(f32::INFINITY, f32::min)
    }

    fn option(&self, slot: usize, option: usize, all_norm: f32, name_norm: f32) -> SlotScore {
        let mut total = SlotScore {
            found: true,
            in_name: true,
            in_keys: true,
            stop: true,
            option,
            ..SlotScore::default()
        };
        let own = self.words.own[slot][option].clone();
        let name = self.words.name_weight();
        for number in own.clone() {
            let (found, idf) = (&self.found[number], self.statistics.idf[number]);
            total.score += idf * word_score(found, all_norm, name_norm, name);
            total.idf += idf;
            total.found &= found.anywhere();
            total.in_name &= found.in_name();
            total.in_keys &= found.keys > 0.0;
            total.other_marks |= found.other_marks;
            total.stop &= self.words.all[number].stop;
        }
        // The syllables of a synonym mean something only together.
        if (option > 0 || self.words.plan.translation) && total.found {
            let near = |pair: &[Found]| nearness(&pair[0].positions, &pair[1].positions) >= 1.0;
            total.found = self.found[own].windows(2).all(near);
        }
        if self.words.plan.slots[slot].optional {
            total.stop = true;
            total.other_marks = false;
            total.score *= OPTIONAL;
        }
        total
    }

    /// Neighbours in the query that stand near each other in the text, in the same order or not.
    fn neighbours(&self) -> f32 {
        let pair = |pair: &[usize]| {
            let (a, b) = (&self.found[pair[0]], &self.found[pair[1]]);
            let near = nearness(&a.positions, &b.positions);
            let idf = (self.statistics.idf[pair[0]] + self.statistics.idf[pair[1]]) / 2.0;
            let marks = if a.other_marks || b.other_marks {
                OTHER_MARKS
            } else {
                1.0
            };
            marks * NEIGHBOURS * idf * near / (near + 1.0)
        };
        self.words.typed.windows(2).map(pair).sum()
    }

    /// The best passage for a long query.
    fn passage(&mut self) -> f32 {
        if !self.words.is_long() {
            return 0.0;
        }
        let rarity = &self.statistics.idf_of_passages;
        PASSAGE * self.passages.best(&self.found, rarity)
    }

    /// Lift for a name that holds the whole query, more the less else it holds. A name in the words
    /// as typed comes before one that says the same in other words.
    fn whole_name(&self, slots: &[SlotScore], name_words: f32) -> f32 {
        let held = !slots.is_empty() && slots.iter().all(|slot| slot.in_name || slot.stop);
        let typed = self.words.typed.len() as f32;
        let spoken = slots.iter().any(|slot| slot.in_name);
        let as_meant = |(number, slot): &(usize, &SlotScore)| {
            slot.option == 0 || self.words.plan.slots[*number].is_repair(slot.option)
        };
        let weight: f32 = slots
            .iter()
            .enumerate()
            .filter(as_meant)
            .map(|(_, slot)| slot.idf)
            .sum();
        if held && spoken {
            WHOLE_NAME * weight * (typed / name_words.max(typed))
        } else {
            0.0
        }
    }

    fn reasons(&self, slots: &[SlotScore]) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let all = |test: fn(&SlotScore) -> bool| {
            slots.iter().any(test) && slots.iter().all(|slot| test(slot) || slot.stop)
        };
        reasons.push(
            match (all(|s| s.in_name), all(|s| s.in_name || s.in_keys)) {
                (true, _) => Reason::Name,
                (false, true) => Reason::Keywords,
                _ => Reason::Text,
            },
        );
        if slots.iter().any(|slot| slot.found && slot.other_marks) {
            reasons.push(Reason::Folded);
        }
        for (number, slot) in slots.iter().enumerate().filter(|(_, s)| s.found) {
            let planned = &self.words.plan.slots[number];
            let words = &planned.options[slot.option];
            let text: Vec<&str> = words.iter().map(|w| w.text.as_str()).collect();
            if self.words.plan.translation {
                reasons.push(translation::reason(words));
            } else if planned.is_repair(slot.option) {
                reasons.push(Reason::Correction(text.join(" ")));
            } else if slot.option > 0 {
                reasons.push(Reason::Synonym(text.join(" ")));
            }
        }
        reasons
    }
}

/// What a document has of one slot.
#[derive(Clone, Default)]
struct SlotScore {
    score: f32,
    idf: f32,
    found: bool,
    in_name: bool,
    in_keys: bool,
    other_marks: bool,
    stop: bool,
    option: usize,
}

/// Factor for the share of a query that is found.
fn coverage(reached: f32, weight: f32, words: usize) -> f32 {
    let beyond_three = words.saturating_sub(3) as f32;
    if weight > 0.0 {
        (reached / weight).powf(COVERAGE / (1.0 + LENIENCE * beyond_three))
    } else {
        1.0
    }
}

fn norm(length: u32, average: f32, b: f32) -> f32 {
    1.0 - b + b * length as f32 / average
}

fn word_score(found: &Found, all_norm: f32, name_norm: f32, name: f32) -> f32 {
    let saturated = |count: f32, norm: f32| count * (K1 + 1.0) / (count + K1 * norm);
    let keys = if found.keys > 0.0 { 1.0 } else { 0.0 };
    saturated(found.all, all_norm) + name * saturated(found.name, name_norm) + KEYS * keys
}
