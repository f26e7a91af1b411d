//! Choosing patterns: conditions first, then subject, meaning and variety,
//! and never one that would make the draft repeat itself.

use super::audience::Audience;
use super::compose::Scorer;
use super::fill::{Filled, Spans, Way};
use super::lesson::Lesson;
use super::naming::Naming;
use super::pattern::{Pattern, patterns};
use std::collections::{HashMap, HashSet};

/// Words in a run whose repetition is looked for.
const RUN: usize = 6;
/// Spans that are tried for the slots of a pattern.
const TRIES: usize = 6;
/// What a task of the lesson adds to the worth of a pattern: nothing is better to practise with.
const OWN_TASK: f32 = 0.26;
/// What an answer to choose or the description of a resource adds: few records have them.
const OWN_WORDS: f32 = 0.2;
/// What a term adds besides the topic.
const NAMING: f32 = 0.04;
/// What a quotation adds to the worth of a pattern.
const QUOTING: f32 = 0.08;
/// How often a run may stand in a draft.
const OFTEN: u32 = 2;

/// What choosing needs to know.
pub(super) struct Chooser<'a> {
    pub(super) lesson: &'a Lesson,
    /// The longer words of the lesson.
    pub(super) vocabulary: HashSet<String>,
    pub(super) audience: &'a Audience,
    pub(super) families: Vec<Vec<String>>,
    pub(super) kinds: Vec<String>,
    /// Whether the licence lets the text be changed.
    pub(super) adapt: bool,
    pub(super) score: Option<Scorer<'a>>,
    pub(super) language: &'a str,
    pub(super) seed: u64,
}

impl Chooser<'_> {
    /// The patterns for a part whose conditions hold, best first.
    pub(super) fn candidates(&self, part: &str, kind: &str) -> Vec<&'static Pattern> {
        let all = patterns().iter().filter(|pattern| pattern.part == part);
        // What asks for examples of a thing comes last where the topic is a name.
        let strange = |pattern: &Pattern| pattern.thing && self.lesson.is_named;
        let mut fitting: Vec<((bool, usize), f32, &'static Pattern)> = all
            .filter(|pattern| self.allows(pattern) && (kind.is_empty() || pattern.kind == kind))
            .filter_map(|pattern| {
                let rank = (strange(pattern), self.rank(pattern)?);
                Some((rank, self.worth(pattern), pattern))
            })
            .collect();
        fitting.sort_by(|a, b| {
            a.0.cmp(&b.0)
                .then(b.1.total_cmp(&a.1))
                .then(a.2.id.cmp(&b.2.id))
        });
        fitting.into_iter().map(|(_, _, pattern)| pattern).collect()
    }

    fn allows(&self, pattern: &Pattern) -> bool {
        let band = &self.audience.band.id;
        pattern.modes.contains(&self.audience.mode)
            && (pattern.level == 0 || self.audience.levels.contains(&pattern.level))
            && (self.adapt || !pattern.adapts)
            && (pattern.bands.is_empty() || pattern.bands.contains(band))
            && (pattern.kinds.is_empty()
                || pattern.kinds.iter().any(|kind| self.kinds.contains(kind)))
    }

    /// How near the pattern's families are to the lesson's; nothing where they are strange to it.
    fn rank(&self, pattern: &Pattern) -> Option<usize> {
        let near =
            |group: &Vec<String>| group.iter().any(|family| pattern.families.contains(family));
        self.families.iter().position(near)
    }

    /// Meaning by the function handed in, else overlap of words; a little chance by the seed.
    fn worth(&self, pattern: &Pattern) -> f32 {
        let meaning = match self.score {
            Some(score) => score(pattern, self.lesson),
            None => self.overlap(&pattern.words(self.language)),
        };
        // What is written for few subjects says more about each of them.
        let written_for = 0.1 / pattern.families.len().max(1) as f32;
        let chance = (hash(&pattern.id, self.seed) % 1_000) as f32 / 1_000.0 * 0.2;
        // What quotes a sentence or a task of the lesson is about this lesson and no other.
        let quoting = |need: &String| match need.as_str() {
            "exercise" => OWN_TASK,
            "choice" | "blurb" => OWN_WORDS,
            "sentence" | "outcome" => QUOTING,
            "term" => NAMING,
            _ => 0.0,
        };
        let quotes: f32 = pattern.needs.iter().map(quoting).sum();
        meaning + written_for + quotes + chance
    }

    /// Share of the longer words of a pattern that the lesson uses too.
    fn overlap(&self, pattern: &str) -> f32 {
        let words = vocabulary(pattern);
        let shared = words.intersection(&self.vocabulary).count();
        shared as f32 / words.len().max(1) as f32
    }
}

/// The words of a text that say something by their length.
pub(super) fn vocabulary(text: &str) -> HashSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() >= 4);
    long.map(str::to_owned).collect()
}

/// FNV-1a over a name and a number.
pub(super) fn hash(name: &str, seed: u64) -> u64 {
    let bytes = name.bytes().chain(seed.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Runs of words in the draft so far.
#[derive(Debug, Default)]
pub(super) struct Runs(HashMap<String, u32>);

impl Runs {
    /// Whether these texts would make a run stand too often.
    pub(super) fn would_repeat<'t>(&self, texts: impl Iterator<Item = &'t str>) -> bool {
        let mut more: HashMap<String, u32> = HashMap::new();
        for run in texts.flat_map(runs) {
            *more.entry(run).or_default() += 1;
        }
        more.iter()
            .any(|(run, count)| self.0.get(run).copied().unwrap_or(0) + count > OFTEN)
    }

    /// Adds texts.
    pub(super) fn add<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        for run in texts.flat_map(runs) {
            *self.0.entry(run).or_default() += 1;
        }
    }

    /// Runs that stand too often.
    pub(super) fn too_often(&self) -> Vec<&str> {
        let mut found: Vec<&str> = self
            .0
            .iter()
            .filter(|(_, n)| **n > OFTEN)
            .map(|(run, _)| run.as_str())
            .collect();
        found.sort_unstable();
        found
    }
}

/// Every run of six words, in lower case.
fn runs(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    words.windows(RUN).map(|run| run.join(" ")).collect()
}

/// The first of these patterns that can be filled and repeats nothing: with what the lesson rests on,
/// fresh or standing in the draft once; then with any sentence; else without the topic's name.
pub(super) fn first<'a>(
    candidates: &[&'static Pattern],
    spans: &Spans<'a>,
    runs: &Runs,
) -> Option<Filled<'a>> {
    let named = |core, again| {
        Naming::NAMED.map(|naming| Way {
            naming,
            again,
            core,
        })
    };
    let again = spans.may_return();
    let apart = Way {
        naming: Naming::Apart,
        again,
        core: false,
    };
    let ways = [(true, false), (true, again), (false, false), (false, again)];
    let ways = ways.map(|(core, again)| named(core, again));
    // A way of working that says nothing of the lesson does for want of another.
    let bare =
        |pattern: &&&'static Pattern| pattern.part == "unplugged" && pattern.needs.is_empty();
    let found = |ways: &[Way]| {
        let mut own = candidates.iter().filter(|pattern| !bare(pattern));
        own.find_map(|pattern| filled(pattern, ways, spans, runs))
    };
    // A machine knows nothing of “this lesson”: what is typed in does without the topic.
    let silent = |pattern: &&&'static Pattern| {
        let prompt = pattern
            .fields(spans.language())
            .and_then(|own| own.get("prompt"));
        prompt.is_some_and(|prompt| !prompt.contains("{concept}"))
    };
    let unspoken = || {
        let mut own = candidates.iter().filter(silent);
        own.find_map(|pattern| filled(pattern, &[apart], spans, runs))
    };
    let by_name = ways.iter().find_map(|ways| found(ways));
    by_name
        .or_else(unspoken)
        .or_else(|| found(&[apart]))
        .or_else(|| {
            let mut rest = candidates.iter().filter(bare);
            rest.find_map(|pattern| filled(pattern, &[apart], spans, runs))
        })
}

/// The pattern filled in the first of these ways that repeats nothing.
fn filled<'a>(
    pattern: &'static Pattern,
    ways: &[Way],
    spans: &Spans<'a>,
    runs: &Runs,
) -> Option<Filled<'a>> {
    ways.iter().find_map(|way| {
        let mut tries = (0..TRIES).filter_map(|pass| spans.fill(pattern, pass, *way));
        tries.find(|filled| !runs.would_repeat(filled.texts()))
    })
}
