//! The same search in other languages, term by term from the table of `khue_content::search::terms`.
//!
//! A search in one language is read a second time as a search in another: each run of words that the table has becomes
//! one slot with every way to say it there, names and numbers stay as they are, and words that the table does not have
//! are left out. Documents in that language are ranked by it as they are by the words themselves; what they get is
//! lessened by the share of the words that could be translated.

mod dictionary;

use crate::Result;
use crate::matching::Address;
use crate::query::{Plan, Slot, Word, words};
use crate::rank::{Ranked, rank};
use crate::schema::Fields;
use crate::snapshot::Snapshot;
use crate::tokenizer::StemLanguage;
use dictionary::{Dictionary, Part};
use khue_content::search::terms::LANGUAGES;
use khue_content::search::{Clause, Reason, SearchRequest};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// What a document in another language gets of what it would get if the words had been typed like that: a translation
/// says less surely what was meant.
const TRANSLATED: f32 = 0.8;
/// Most ways to say one thing that are looked up.
const MAX_WAYS: usize = 8;

/// A search in another language.
#[derive(Clone, Debug)]
pub(crate) struct Translated {
    /// Code of the language that the words are taken to be in.
    pub from: &'static str,
    /// Whether they surely are.
    pub sure: bool,
    /// Code of the other language.
    pub language: &'static str,
    pub plan: Plan,
    /// Share of the words that are in it.
    pub share: f32,
    /// The search as text, each word as it is said most often.
    pub text: String,
    /// Keys of the words as typed that the table has.
    pub known: FxHashSet<String>,
}

/// A request read in each other language that some document is in; `excluded` is what must not be found.
pub(crate) fn translated(
    snapshot: &Snapshot,
    request: &SearchRequest,
    excluded: &[Slot],
) -> Vec<Translated> {
    let plain = |clause: &Clause| !clause.phrase && clause.property.is_none();
    if request.params.verbatim || !request.clauses.iter().all(plain) {
        return Vec::new();
    }
    let is_spoken = |code: &&str| !snapshot.dialects(code).is_empty();
    let spoken: Vec<&'static str> = LANGUAGES.into_iter().filter(is_spoken).collect();
    let mut all = Vec::new();
    for (from, parts) in read_as(request, &spoken) {
        let others = spoken.iter().filter(|code| **code != from);
        let sure = request.language.is_some();
        all.extend(others.filter_map(|to| plan(&parts, (from, sure), to, excluded)));
    }
    all
}

/// The words as those of their language; where they may be of several, of all that know most of them. None where
/// all documents are in that language.
fn read_as(request: &SearchRequest, spoken: &[&str]) -> Vec<(&'static str, Vec<Part>)> {
    // What was understood as a filter is one in every language.
    let words_of = |clause: &&Clause| clause.understood.is_none();
    let typed = request.clauses.iter().filter(words_of);
    let typed: Vec<&str> = typed.map(|clause| clause.text.as_str()).collect();
    let typed = typed.join(" ");
    let may_be = |code: &&&str| {
        let elsewhere = spoken.iter().any(|other| other != *code);
        elsewhere && request.language.is_none_or(|known| known == **code)
    };
    let read = |code: &&'static str| {
        let words = words(&typed, &stems_of(code));
        (*code, Dictionary::shipped().parts(&words, code))
    };
    let mut all: Vec<_> = LANGUAGES.iter().filter(may_be).map(read).collect();
    let known = |parts: &[Part]| -> usize {
        let known = parts.iter().filter(|part| !part.terms.is_empty());
        known.map(|part| part.words.len()).sum()
    };
    let most = all.iter().map(|(_, parts)| known(parts)).max().unwrap_or(0);
    all.retain(|(_, parts)| most > 0 && known(parts) == most);
    all
}

/// Runs of Vietnamese syllables that the table knows as one word, by their places.
pub(crate) fn compounds(typed: &[Word]) -> Vec<Range<usize>> {
    let mut at = 0;
    let parts = Dictionary::shipped().parts(typed, "vi");
    let runs = parts.into_iter().map(|part| {
        at += part.words.len();
        at - part.words.len()..at
    });
    runs.filter(|run| run.len() > 1).collect()
}

fn stems_of(language: &str) -> Vec<StemLanguage> {
    StemLanguage::from_code(language).into_iter().collect()
}

/// The parts of a search in another language; `None` where the table has nothing for it.
fn plan(
    parts: &[Part],
    (from, sure): (&'static str, bool),
    to: &'static str,
    excluded: &[Slot],
) -> Option<Translated> {
    let stems = stems_of(to);
    let (mut slots, mut text) = (Vec::new(), Vec::new());
    let mut known = FxHashSet::default();
    let (mut said, mut all) = (0, 0);
    for part in parts.iter().filter(|part| !part.is_function_word(from)) {
        all += part.words.len();
        let options: Vec<Vec<Word>> = match part.terms.is_empty() {
            false => ways(part, to, &stems),
            true if part.is_said_alike(from) => vec![words(&part.words[0].text, &stems)],
            true => Vec::new(),
        };
        if !options.is_empty() {
            if !part.terms.is_empty() {
                known.extend(part.words.iter().map(|word| word.exact.clone()));
            }
            said += part.words.len();
            text.push(part.said_as(to).to_owned());
            slots.push(Slot {
                options,
                ..Slot::default()
            });
        }
    }
    let plan = Plan {
        excluded: excluded.to_vec(),
        slots,
        translation: true,
    };
    (!known.is_empty()).then(|| Translated {
        from,
        sure,
        language: to,
        plan,
        share: said as f32 / all.max(1) as f32,
        text: text.join(" "),
        known,
    })
}

/// Every way to say a part in a language, each once.
fn ways(part: &Part, to: &str, stems: &[StemLanguage]) -> Vec<Vec<Word>> {
    let mut ways: Vec<Vec<Word>> = Vec::new();
    for way in part.terms.iter().flat_map(|term| term.ways_in(to)) {
        let mut own = words(way, stems);
        own.iter_mut().for_each(|word| word.stop = false);
        if !own.is_empty() && !ways.contains(&own) && ways.len() < MAX_WAYS {
            ways.push(own);
        }
    }
    ways
}

/// Ranks documents by the words as typed and, those in other languages, by what the words are there: each by the better
/// of both, the best first.
pub(crate) fn rank_in_all(
    snapshot: &Snapshot,
    fields: &Fields,
    plan: &Plan,
    translated: &[Translated],
    documents: &[Address],
) -> Result<Vec<Ranked>> {
    let mut ranked = rank(snapshot, fields, plan, documents)?;
    let found = ranked.iter().any(|one| one.as_typed);
    if translated.iter().all(|one| found && !one.sure) {
        return Ok(ranked);
    }
    let full = ranked.first().map(|one| one.full);
    for one in &mut ranked {
        if is_chance(snapshot, plan, translated, one) {
            one.score = 0.0;
        }
    }
    let mut places: FxHashMap<Address, usize> = FxHashMap::default();
    places.extend(ranked.iter().enumerate().map(|(n, one)| (one.address, n)));
    for one in in_others(snapshot, fields, translated, documents, full)? {
        match places.get(&one.address).map(|place| &mut ranked[*place]) {
            Some(own) if own.score >= one.score => {}
            Some(own) => *own = one,
            None => ranked.push(one),
        }
    }
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.address.cmp(&b.address)));
    Ok(ranked)
}

/// Whether a text in another language holds some of the words, but only as they are without their marks: "thể" is no
/// "the".
fn is_chance(snapshot: &Snapshot, plan: &Plan, translated: &[Translated], one: &Ranked) -> bool {
    let marked = plan.typed_words().any(|word| word.marked);
    let of_vietnamese = translated.iter().filter(|one| one.from == "vi");
    let mut languages = of_vietnamese.map(|one| one.language);
    marked && !one.as_typed && languages.any(|code| snapshot.is_in_language(one.address, code))
}

/// The documents among these that are in one of the languages, as their language ranks them. Words of a language in which
/// little is there are rare; so what they find is put on the scale of the words as typed, by what a document gets at most (`full`).
fn in_others(
    snapshot: &Snapshot,
    fields: &Fields,
    translated: &[Translated],
    documents: &[Address],
    full: Option<f32>,
) -> Result<Vec<Ranked>> {
    let mut all = Vec::new();
    for one in translated {
        let own = documents.iter().copied();
        let own: Vec<Address> = own
            .filter(|address| snapshot.is_in_language(*address, one.language))
            .collect();
        let mut ranked = rank(snapshot, fields, &one.plan, &own)?;
        ranked.retain(|ranked| ranked.score > 0.0);
        let most = ranked.iter().map(|ranked| ranked.full).fold(0.0, f32::max);
        let full = full.unwrap_or(most);
        for ranked in &mut ranked {
            ranked.score *= TRANSLATED * one.share * full / most;
            ranked.full = full;
            ranked.as_typed = false;
            ranked.complete &= one.share >= 1.0;
        }
        all.extend(ranked);
    }
    Ok(all)
}

/// What is left of readings in other languages where something holds the words as they were typed.
pub(crate) fn sure(mut translated: Vec<Translated>) -> Vec<Translated> {
    translated.retain(|one| one.sure);
    translated
}

/// Whether the words of a slot are known: then they are no slips, though no document holds them.
pub(crate) fn knows(translated: &[Translated], slot: &Slot) -> bool {
    let known = |word: &Word| translated.iter().any(|one| one.known.contains(&word.exact));
    slot.options
        .first()
        .is_some_and(|words| words.iter().all(known))
}

/// What was looked up in the language of a document, to be marked there.
pub(crate) fn plan_of<'a>(translated: &'a [Translated], language: &str) -> Option<&'a Plan> {
    let primary = language.split('-').next().unwrap_or_default();
    let own = translated.iter().find(|one| one.language == primary);
    own.map(|one| &one.plan)
}

/// The reason of a result that was found by a translation.
pub(crate) fn reason(words: &[Word]) -> Reason {
    let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    Reason::Translation(text.join(" "))
}
