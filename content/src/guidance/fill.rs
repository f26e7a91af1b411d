//! Slots of patterns, filled with exact spans of the record.

mod template;
mod written;

use super::draft::Quote;
use super::lesson::{Claim, ClaimKind, Exercise, Lesson};
use super::naming::{self, Naming};
use super::pattern::{Fields, Pattern};
use super::wording::Words;
use crate::{LearningResource, language};
use std::collections::HashMap;
pub(super) use template::fitted;

/// From this weight on a sentence says something of the matter.
pub(super) const STRONG: f32 = 0.5;
/// How much less than the best a sentence may weigh that the lesson rests on.
const NEAR: f32 = 3.5;
/// How much less it may weigh where there are few.
const FAR: f32 = 5.5;
/// So many sentences a lesson rests on at least, where it has as many.
const LEAST: usize = 4;
/// So many sentences a lesson rests on, where it has as many that weigh enough.
const CORE: usize = 7;
/// Words behind which a term is spoken of as a word.
const AS_WORDS: [&str; 6] = [
    "chữ ",
    "từ ",
    "the word ",
    "Giải nghĩa ",
    "Explain ",
    "Explains ",
];
/// Words behind which a French term is no word but what it means.
const ABOUT: [&str; 11] = [
    " sur ",
    " de ",
    " à ",
    " entre ",
    "explique ",
    "expliquent ",
    "Expliquer ",
    "confond ",
    "confond-il ",
    "rencontrer ",
    "qu’est ",
];
/// Words for a lesson on something, which “this lesson” stands for as a whole.
const LESSONS: [&str; 4] = [
    "bài về ",
    "the lesson on ",
    "the resource on ",
    "la leçon sur ",
];
/// From so many words on, a span stands once in a draft.
const LONG: usize = 6;

/// Fields in the order of reading, where it is not that of their names.
const READ: [&str; 6] = ["teacher", "pupils", "ai", "product", "evidence", "prompt"];
/// How much less a sentence is worth beside the topic that is not about it.
const STRANGE: f32 = 2.5;
/// Fewest words of a formula's sentence that a class can talk about.
const SPOKEN: usize = 8;

/// Spans by the slots that they fill.
pub(super) type Slots<'a> = HashMap<&'a str, &'a str>;

/// A pattern with its slots filled.
#[derive(Clone, Debug)]
pub(super) struct Filled<'a> {
    pub(super) pattern: &'static Pattern,
    fields: Fields,
    pub(super) quotes: Vec<Quote>,
    pub(super) slots: Slots<'a>,
    pub(super) naming: Naming,
    /// Whether a language model chose spans of it.
    pub(super) worded: bool,
}

impl Filled<'_> {
    /// The text of a field.
    pub(super) fn field(&self, name: &str) -> String {
        self.fields.get(name).cloned().unwrap_or_default()
    }

    /// The same, chosen by a language model.
    pub(super) fn by_a_model(self) -> Self {
        Self {
            worded: true,
            ..self
        }
    }

    /// All texts in the order of reading.
    pub(super) fn read_in_order(&self) -> impl Iterator<Item = &str> {
        in_order(&self.fields)
            .into_iter()
            .map(|(_, text)| text.as_str())
    }

    /// All texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.fields.values().map(String::as_str)
    }
}

/// How a pattern may be filled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// How the topic is named.
    pub(super) naming: Naming,
    /// Whether long spans may stand a second time.
    pub(super) again: bool,
    /// Whether only the sentences will do that the lesson rests on.
    pub(super) core: bool,
}

/// The spans of a lesson, and which of them stand in the draft already.
pub(super) struct Spans<'a> {
    lesson: &'a Lesson,
    record: &'a LearningResource,
    words: &'a Words,
    /// How often long spans stand in the draft.
    used: HashMap<String, u32>,
    /// Spans as they run within a sentence of the draft.
    running: HashMap<&'a str, String>,
    /// Terms that the record names itself, by keywords.
    named: Vec<&'a str>,
    /// Weight from which on the lesson rests on a sentence.
    core: f32,
    /// Whether §7 has what it verifies.
    checked: bool,
    /// Whether the lesson is in the language of the draft.
    pub(super) same_language: bool,
}

/// Slots for a word or two.
fn is_short(slot: &str) -> bool {
    matches!(slot, "concept" | "term" | "quantity" | "choice")
}

/// With so many sentences some may stand twice before §7.
const MANY: usize = 6;

/// So many of the best terms take turns in a draft.
const TURNS: usize = 4;

impl<'a> Spans<'a> {
    pub(super) fn new(lesson: &'a Lesson, record: &'a LearningResource, words: &'a Words) -> Self {
        let own = language::detect(&lesson.bag).or_else(|| record.main_language());
        let same_language = own == Some(words.language);
        let named = named(lesson, record);
        let topics = lesson.concept.iter().chain(&lesson.handle);
        let topics = topics.map(String::as_str).chain(named.iter().copied());
        let running =
            |topic: &'a str| Some((topic, naming::running(topic, lesson, words.language)?));
        let topics = topics.filter(|_| same_language).filter_map(running);
        Self {
            lesson,
            record,
            words,
            used: HashMap::new(),
            running: topics.collect(),
            named,
            core: core(lesson),
            checked: false,
            same_language,
        }
    }

    /// Whether the record has a term among its keywords, or in its title.
    pub(super) fn is_named(&self, term: &str) -> bool {
        let lower = term.to_lowercase();
        let mut words = self.record.keywords.iter();
        words.any(|word| word.to_lowercase() == lower)
            || naming::stands(&self.record.name.to_lowercase(), &lower) > 0
    }

    /// Whether the lesson rests on a sentence of this weight.
    pub(super) fn is_core(&self, weight: f32) -> bool {
        weight >= self.core
    }

    /// The lesson that the spans are of.
    pub(super) fn lesson(&self) -> &'a Lesson {
        self.lesson
    }

    /// The language of the draft.
    pub(super) fn language(&self) -> &'static str {
        self.words.language
    }

    /// Notes that a span stands in the draft.
    pub(super) fn take(&mut self, span: &str) {
        *self
            .used
            .entry(span.trim_end_matches('.').to_owned())
            .or_default() += 1;
    }

    /// Whether a sentence may stand a second time before §7 has it: where there are few, that place is
    /// kept for what has to be verified.
    pub(super) fn may_return(&self) -> bool {
        self.checked || self.lesson.claims.len() >= MANY
    }

    /// Notes that §7 has what it verifies.
    pub(super) fn checks_are_made(&mut self) {
        self.checked = true;
    }

    /// Whether a long span stands in the draft already.
    pub(super) fn is_taken(&self, span: &str) -> bool {
        span.split_whitespace().count() >= LONG
            && self.used.contains_key(span.trim_end_matches('.'))
    }

    /// A span of the record that the draft quotes.
    pub(super) fn quote(&self, span: &str) -> Quote {
        let heading = |text: &str| {
            let claims = self
                .lesson
                .claims
                .iter()
                .map(|c| (&c.text, &c.heading, c.property));
            let exercises = self
                .lesson
                .exercises
                .iter()
                .map(|e| (&e.text, &e.heading, "body"));
            let mut all = claims.chain(exercises);
            all.find(|(own, ..)| own.trim_end_matches('.') == text.trim_end_matches('.'))
                .map(|(_, heading, property)| (heading.clone(), property))
        };
        let (heading, property) =
            heading(span).unwrap_or_else(|| (String::new(), self.property(span)));
        Quote {
            text: span.to_owned(),
            property: property.to_owned(),
            heading,
        }
    }

    fn property(&self, span: &str) -> &'static str {
        let record = self.record;
        if record.teaches.iter().any(|own| own.contains(span)) {
            "teaches"
        } else if record.keywords.iter().any(|own| own.contains(span)) {
            "keywords"
        } else if record.name.contains(span) {
            "name"
        } else if record.description.contains(span) {
            "description"
        } else {
            "body"
        }
    }

    /// The spans that fit a slot of a pattern, best first.
    pub(super) fn candidates(&self, slot: &str, pattern: &Pattern, core: bool) -> Vec<&'a str> {
        let lesson = self.lesson;
        let needs = |slot: &str| pattern.needs.iter().any(|need| need == slot);
        match slot {
            "concept" => lesson.concept.iter().map(String::as_str).collect(),
            "term" => {
                let terms = lesson.terms.iter().chain(&lesson.concept);
                let mut terms: Vec<&str> = terms.map(String::as_str).collect();
                if pattern.meaning {
                    terms.retain(|term| !lesson.names_somebody(term));
                }
                // What the record names itself is a term; what only comes again may be a piece of a
                // sentence. And a word that is spoken of is rather none that names somebody.
                if terms.iter().any(|term| self.is_named(term)) {
                    terms.retain(|term| self.is_named(term));
                }
                terms.sort_by_key(|term| lesson.names_somebody(term));
                self.in_turn(terms)
            }
            "sentence" => self.sentences(pattern, core),
            "exercise" => {
                let fits = |asks: &str| {
                    pattern.tasks.is_empty() || pattern.tasks.iter().any(|own| own == asks)
                };
                // A machine sees nothing of the resource but the task.
                let typed = matches!(pattern.part.as_str(), "prompt" | "badPrompt");
                let tasks = lesson.exercises.iter().filter(|task| fits(task.asks));
                // Where answers are spoken of too, the task has some, and leans on them.
                let chooses = needs("choice");
                let tasks = tasks.filter(|task| task.alone || !typed || chooses && task.whole);
                let tasks = tasks.filter(|task| !chooses || !task.choices.is_empty());
                let mut tasks: Vec<&Exercise> = tasks.collect();
                tasks.sort_by_key(|task| !task.alone);
                tasks.into_iter().map(|task| task.text.as_str()).collect()
            }
            "quantity" => {
                let quantities = lesson.quantities.iter().map(String::as_str);
                self.in_turn(quantities.collect())
            }
            // Of several questions nobody could tell whose answer it is.
            "choice" if !needs("exercise") && !lesson.has_one_question() => Vec::new(),
            "choice" => self.in_turn(lesson.choices.iter().map(String::as_str).collect()),
            "blurb" => lesson.blurbs.iter().map(String::as_str).collect(),
            "outcome" => lesson.outcomes.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The best of short spans, those first that stand in the draft least often.
    fn in_turn(&self, mut spans: Vec<&'a str>) -> Vec<&'a str> {
        let best = spans.len().min(TURNS);
        spans[..best].sort_by_key(|span| self.used.get(*span).copied().unwrap_or_default());
        spans
    }

    /// Whether an answer to choose belongs to a task.
    fn answers(&self, choice: &str, task: &str) -> bool {
        let own = self.lesson.exercises.iter().find(|own| own.text == task);
        own.is_some_and(|own| own.choices.iter().any(|other| other == choice))
    }

    /// Sentences that somebody can have an opinion about: no item of a list, a formula last. Where the
    /// pattern names the topic too, those about it weigh more.
    fn sentences(&self, pattern: &Pattern, core: bool) -> Vec<&'a str> {
        let lesson = self.lesson;
        let strong = lesson.claims.iter().any(|claim| claim.weight >= STRONG);
        let worth = |claim: &&Claim| {
            let speaks = claim.states || claim.kind == ClaimKind::Words;
            let weight = match core {
                true => claim.weight >= self.core,
                false => !strong || claim.weight >= STRONG,
            };
            let form = |own: &String| claim.forms.iter().any(|form| form == own);
            let suits = pattern.forms.is_empty() || pattern.forms.iter().any(form);
            speaks && weight && suits && !(claim.warns && tries_out(pattern))
        };
        let needs = |slot: &str| pattern.needs.iter().any(|need| need == slot);
        let strange = |claim: &Claim| !lesson.is_about_topic(&claim.text);
        // What speaks of topic, term and sentence speaks of one thing.
        let apart = |claim: &Claim| needs("concept") && needs("term") && strange(claim);
        let found = lesson.claims.iter().filter(worth);
        let mut found: Vec<&Claim> = found.filter(|claim| !apart(claim)).collect();
        // A formula alone cannot be talked about, and “amplitude = …” is no source to be doubted.
        let written = |claim: &Claim| {
            let bare = claim.kind == ClaimKind::Formula && words(&claim.text) < SPOKEN;
            bare || claim.text.contains(" = ") && !reckons(pattern, lesson)
        };
        let worth = |claim: &Claim| {
            let less = needs("concept") && strange(claim);
            claim.weight - if less { STRANGE } else { 0.0 }
        };
        found.sort_by(|a, b| {
            let last = written(a).cmp(&written(b));
            last.then(worth(b).total_cmp(&worth(a)))
        });
        found.into_iter().map(|claim| claim.text.as_str()).collect()
    }

    /// Fills a pattern, passing over so many of the best spans; nothing where a slot has none left.
    pub(super) fn fill(
        &self,
        pattern: &'static Pattern,
        pass: usize,
        way: Way,
    ) -> Option<Filled<'a>> {
        let mut chosen: Slots<'a> = HashMap::new();
        // A term that is spoken of together with a sentence stands in it.
        let mut needs: Vec<&'static String> = pattern.needs.iter().collect();
        needs.sort_by_key(|need| matches!(need.as_str(), "term" | "choice"));
        for slot in needs {
            if slot == "concept" {
                if let Some(span) = self.topic(way.naming)? {
                    chosen.insert(slot, span);
                }
                continue;
            }
            let pass = if is_short(slot) { 0 } else { pass };
            let spans = self.candidates(slot, pattern, way.core).into_iter();
            // An answer stands beside its own question.
            let task = chosen.get("exercise").copied();
            let strange =
                |span: &str| slot == "choice" && task.is_some_and(|task| !self.answers(span, task));
            let mut spans = spans.filter(|span| {
                (way.again || slot == "blurb" || !self.is_taken(span))
                    && goes_with(slot, span, &chosen)
                    && !strange(span)
            });
            let span = spans.nth(pass)?;
            chosen.insert(slot, span);
        }
        self.keep_to_the_sentence(&mut chosen);
        self.written(pattern, chosen, way.naming)
    }

    /// Beside a sentence that is not about the topic, names what it is about, where the record has a
    /// name for that.
    fn keep_to_the_sentence(&self, chosen: &mut Slots<'a>) {
        let Some(sentence) = chosen.get("sentence").copied() else {
            return;
        };
        if !chosen.contains_key("concept") || self.lesson.is_about_topic(sentence) {
            return;
        }
        let lower = sentence.to_lowercase();
        let within = |name: &&&str| naming::stands(&lower, &name.to_lowercase()) > 0;
        if let Some(own) = self.named.iter().find(within) {
            chosen.insert("concept", *own);
        }
    }
}

/// Terms that a record names itself, by keywords.
fn named<'a>(lesson: &'a Lesson, record: &LearningResource) -> Vec<&'a str> {
    let key = |term: &&String| {
        let lower = term.to_lowercase();
        let mut words = record.keywords.iter();
        term.contains(' ') && words.any(|word| word.to_lowercase() == lower)
    };
    let terms = lesson.terms.iter().filter(key);
    terms.map(String::as_str).collect()
}

/// Whether a pattern works with what is written in signs: in subjects that do, and where knowledge is
/// built; nobody has an opinion on a formula.
fn reckons(pattern: &Pattern, lesson: &Lesson) -> bool {
    let signs =
        |family: &String| matches!(family.as_str(), "mathematics" | "science" | "computing");
    let builds = pattern.part == "building" && lesson.families.iter().any(signs);
    builds || pattern.families.iter().any(signs)
}

/// Whether a pattern has people try out or doubt what a sentence says: not with a warning.
fn tries_out(pattern: &Pattern) -> bool {
    const CAREFUL: [&str; 5] = ["technology", "vocational", "pe", "preschool", "adult"];
    let careful = |family: &String| CAREFUL.contains(&family.as_str());
    !pattern.families.iter().all(careful) && pattern.part != "check"
}

/// Words with two letters or more.
fn words(text: &str) -> usize {
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    text.split_whitespace().filter(letters).count()
}

/// Whether a span may stand beside the others: it is none of them, and a term stands in the sentence that it is spoken of
/// with.
pub(super) fn goes_with(slot: &str, span: &str, chosen: &Slots<'_>) -> bool {
    let apart = slot == "term"
        && chosen.get("sentence").is_some_and(|sentence| {
            naming::stands(&sentence.to_lowercase(), &span.to_lowercase()) == 0
        });
    // A term says more than the topic: “present perfect” is no word beside “the present perfect”.
    let lower = span.to_lowercase();
    let same = slot == "term"
        && chosen.get("concept").is_some_and(|topic| {
            let topic = topic.to_lowercase();
            topic.contains(&lower) || lower.contains(&topic)
        });
    !apart && !same && !chosen.values().any(|own| *own == span)
}

/// The fields of a pattern in the order of reading.
fn in_order(fields: &Fields) -> Vec<(&String, &String)> {
    let mut all: Vec<(&String, &String)> = fields.iter().collect();
    all.sort_by_key(|(name, _)| {
        let place = READ.iter().position(|own| own == name);
        place.unwrap_or(READ.len())
    });
    all
}

/// The weight from which on the lesson rests on a sentence: near to the best, and at least a few.
fn core(lesson: &Lesson) -> f32 {
    let speaks = |claim: &&Claim| claim.states || claim.kind == ClaimKind::Words;
    let weights: Vec<f32> = lesson
        .claims
        .iter()
        .filter(speaks)
        .map(|claim| claim.weight)
        .collect();
    let best = weights.first().copied().unwrap_or_default();
    let many = weights.get(CORE - 1).copied().unwrap_or_default();
    let few = weights.get(LEAST - 1).copied().unwrap_or(best - FAR);
    let near = (best - NEAR).min(many.max(best - FAR));
    near.min(few).max(STRONG)
}
