//! What a record holds that a draft can rest on, each piece an exact span.

mod claims;
mod exercises;
mod families;
mod forms;
mod kept;
mod kinds;
mod plain;
mod quantities;
mod role;
mod sentences;
mod speech;
mod terms;

use super::{LANGUAGES, guard};
use crate::render::{self, BlockKind, TextBlock};
use crate::{BodyFormat, LearningResource, language};
pub(super) use claims::names;
pub(crate) use sentences::sentences as split;

/// Most characters of a span that a draft quotes.
pub(super) const LONGEST: usize = 230;
/// With so many statements a resource explains something.
const EXPLAINED: usize = 4;
/// From so many words on a topic that comes again is a run that comes too often.
const NAMED: usize = 6;
/// Most bytes of a body that are read; what follows adds nothing to two pages.
const READ: usize = 400_000;

/// What kind of thing a claim states, and so how AI tends to spoil it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClaimKind {
    /// A formula or an equation.
    Formula,
    /// A figure, a year.
    Number,
    /// What something is.
    Definition,
    /// Somebody or some place by name.
    Name,
    /// Anything else.
    Claim,
    /// The very words of a text: a line of verse, what somebody says.
    Words,
    /// An item of a list.
    Item,
    /// A row of a table, cells between `|`.
    Row,
}

impl ClaimKind {
    /// Its key in the patterns.
    pub fn key(self) -> &'static str {
        match self {
            Self::Formula => "formula",
            Self::Number => "number",
            Self::Definition => "definition",
            Self::Name => "name",
            Self::Claim => "claim",
            Self::Words => "words",
            Self::Item => "item",
            Self::Row => "row",
        }
    }
}

/// A sentence that states something.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The sentence, exactly.
    pub text: String,
    /// Heading above it.
    pub heading: String,
    /// Property that holds it.
    pub property: &'static str,
    /// What it states.
    pub kind: ClaimKind,
    /// How much it says about the lesson's matter, for choosing among claims.
    pub weight: f32,
    /// Whether it is a sentence that states something, and no line, item or row.
    pub states: bool,
    /// Whether it warns of a danger.
    pub warns: bool,
    /// Of a row, the head of its table, cells between `|`.
    pub head: Option<String>,
    /// Of a definition, what is defined.
    pub defined: Option<String>,
    /// Its form, by which a retelling may spoil it: `cause`, `condition`, `list`, …
    pub forms: Vec<&'static str>,
}

/// A task or question of the resource.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    /// Its text, exactly.
    pub text: String,
    /// Heading above it.
    pub heading: String,
    /// What it asks for: `compute` a value, `draw`, `explain`, `write` or say something, `other`.
    pub asks: &'static str,
    /// Whether it can be understood without the rest of the resource.
    pub alone: bool,
    /// Whether it is all of the task, and not only what a long one asks in the end.
    pub whole: bool,
    /// The answers to choose from that stand below it, right and wrong ones, exactly.
    pub choices: Vec<String>,
}

/// A record as a teacher would read it for planning.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    /// Topic in few words, a span of the record.
    pub concept: Option<String>,
    /// A shorter name of the topic, where the topic is a long one.
    pub handle: Option<String>,
    /// Terms, most important first, without the concept.
    pub terms: Vec<String>,
    /// Sentences that state something, best first.
    pub claims: Vec<Claim>,
    /// Tasks and questions, those for practising first.
    pub exercises: Vec<Exercise>,
    /// Answers to choose from, of all questions.
    pub choices: Vec<String>,
    /// Sentences of a description that tell of the resource, where there is no text.
    pub blurbs: Vec<String>,
    /// Figures with their units, as written.
    pub quantities: Vec<String>,
    /// Learning outcomes.
    pub outcomes: Vec<String>,
    /// Subject families, nearest first.
    pub families: Vec<String>,
    /// Words that were read, for telling whether there is enough.
    pub words: usize,
    /// All that was read, up to a limit, as it is written.
    pub written: String,
    /// The same in lower case, for comparing with patterns.
    pub bag: String,
    /// Whether the topic is the name of somebody, of a place or a work.
    pub is_named: bool,
    /// Whether there is a text, or only a description.
    pub has_body: bool,
    /// Sentences and whole blocks that were left out because they address a machine.
    pub left_out: usize,
}

/// A block that may be quoted, with its place in the lesson.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) block: TextBlock,
    pub(super) heading: String,
    pub(super) role: role::Role,
    pub(super) property: &'static str,
    /// Number of its paragraph in a plain text, whose lines are blocks.
    pub(super) paragraph: Option<usize>,
}

impl Lesson {
    /// How many sentences, tasks and outcomes can be quoted.
    pub(super) fn quotable(&self) -> usize {
        let own = self.claims.len() + self.exercises.len() + self.outcomes.len();
        own + self.choices.len() + self.blurbs.len()
    }

    /// Whether a topic reads like a heading: it begins with a word that names nothing, and with no
    /// article, or is a sentence.
    pub(super) fn is_heading(&self, topic: &str) -> bool {
        terms::is_heading(topic, &self.bag)
    }

    /// Whether a term is the name of somebody, of a place or a work.
    pub(super) fn names_somebody(&self, term: &str) -> bool {
        terms::is_name(term, &self.written)
    }

    /// Whether a sentence is about the topic: it has its name, or most words of it.
    pub(super) fn is_about_topic(&self, sentence: &str) -> bool {
        let lower = sentence.to_lowercase();
        let mut names = self.concept.iter().chain(&self.handle);
        names.any(|name| {
            let name = name.to_lowercase();
            let words: Vec<&str> = name.split_whitespace().collect();
            let shared = words.iter().filter(|word| lower.contains(**word)).count();
            lower.contains(&name) || words.len() > 2 && shared * 3 >= words.len() * 2
        })
    }

    /// Whether the matter lies in questions with answers to choose from: in a lesson that explains
    /// something they are one task among others.
    fn is_examination(&self) -> bool {
        let chosen = self
            .exercises
            .iter()
            .filter(|task| !task.choices.is_empty());
        chosen.count() * 2 >= self.exercises.len() && self.claims.len() < EXPLAINED
    }

    /// Whether no more than one question has answers to choose from.
    pub(super) fn has_one_question(&self) -> bool {
        let chosen = self
            .exercises
            .iter()
            .filter(|task| !task.choices.is_empty());
        chosen.count() <= 1
    }

    /// Puts a shorter term in the place of a topic that is too long to be named twice, where nothing
    /// shorter stands for it.
    fn shorten_topic(&mut self) {
        let words = |term: &str| term.split_whitespace().count();
        let language = language::detect(&self.bag);
        let handled = |topic: &str| terms::handle(topic, &self.terms, language).is_some();
        let long = |topic: &String| words(topic) >= NAMED && !handled(topic);
        if !self.concept.as_ref().is_some_and(long) {
            return;
        }
        if let Some(at) = self.terms.iter().position(|term| words(term) < NAMED) {
            let short = self.terms.remove(at);
            let topic = self.concept.replace(short);
            self.terms.extend(topic);
        }
    }

    /// Reads a record. Never fails: a poor record is a poor lesson.
    pub fn read(record: &LearningResource) -> Self {
        let (reads, left_out) = blocks(record);
        let outcomes = plain_fields(&record.teaches);
        let mut lesson = Self {
            families: families::of(record),
            words: reads
                .iter()
                .map(|r| r.block.text.split_whitespace().count())
                .sum(),
            has_body: reads.iter().any(|read| read.property == "body"),
            left_out,
            ..Self::default()
        };
        lesson.words += outcomes
            .iter()
            .map(|o| o.split_whitespace().count())
            .sum::<usize>();
        // Of a catalogue record title and keywords are half of what there is.
        let title = Some(&record.name).filter(|_| !record.keywords.is_empty());
        let named = record.keywords.iter().chain(title);
        let named = named.filter(|text| may_be_quoted(text));
        lesson.words += named
            .map(|text| text.split_whitespace().count())
            .sum::<usize>();
        lesson.written = written(&reads, &outcomes);
        lesson.bag = lesson.written.to_lowercase();
        lesson.outcomes = outcomes;
        let found = terms::terms(record, &reads);
        let source = Source::of(record);
        lesson.exercises = exercises::exercises(&reads, &source);
        lesson.choices = exercises::all_choices(&reads);
        // A lesson of a language mixes that language with the one it is taught in.
        let stated = record.main_language().and_then(known);
        let stated = stated.filter(|_| !lesson.families.iter().any(|own| own == "language"));
        lesson.claims = claims::claims(&reads, &found, &lesson.exercises, &source, stated);
        if !lesson.has_body {
            lesson.blurbs = kinds::blurbs(&reads);
        }
        if !lesson.is_examination() {
            lesson.choices.clear();
            let tasks = lesson.exercises.iter_mut();
            tasks.for_each(|task| task.choices.clear());
        }
        lesson.quantities = quantities::quantities(&lesson.claims, &lesson.exercises);
        let mut found = found.into_iter();
        lesson.concept = found.next();
        lesson.terms = found.collect();
        lesson.shorten_topic();
        lesson.is_named = lesson
            .concept
            .as_deref()
            .is_some_and(|concept| terms::is_name(concept, &lesson.written));
        lesson.handle = lesson.concept.as_deref().and_then(|concept| {
            terms::handle(concept, &lesson.terms, language::detect(&lesson.bag))
        });
        lesson
    }
}

/// One of the languages in which drafts are written.
fn known(code: &str) -> Option<&'static str> {
    LANGUAGES.into_iter().find(|own| *own == code)
}

/// The text of a record as it was written, with its markup, single spaces between words.
pub(super) struct Source {
    marked: Option<String>,
    /// The body as it is read, single spaces between words.
    read: String,
}

impl Source {
    fn of(record: &LearningResource) -> Self {
        let body = record.body.as_ref().filter(|body| body.text.len() <= READ);
        let single = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let marked = body.filter(|body| body.format != BodyFormat::Plain);
        Self {
            marked: marked.map(|body| single(&body.text)),
            read: body.map_or_else(String::new, |body| single(&render::plain_text(body))),
        }
    }

    /// Whether a span of the body stands in it without markup between its words.
    pub(super) fn has(&self, span: &str) -> bool {
        self.marked.as_ref().is_none_or(|text| text.contains(span))
    }

    /// Whether words stand in the body as it is read, whatever blocks they belong to.
    pub(super) fn reads(&self, span: &str) -> bool {
        self.read.contains(span)
    }
}

fn written(reads: &[Read], outcomes: &[String]) -> String {
    let blocks = reads.iter().map(|read| read.block.text.as_str());
    let all: Vec<&str> = blocks.chain(outcomes.iter().map(String::as_str)).collect();
    all.join(" ").chars().take(20_000).collect()
}

/// Plain sentences among values, without URIs and what must not be quoted.
pub(super) fn plain_fields(values: &[String]) -> Vec<String> {
    let plain = |value: &&String| {
        !value.contains("://") && !value.trim().is_empty() && value.chars().count() <= LONGEST
    };
    let clean = |value: &&String| may_be_quoted(value) && !value.contains(['“', '”', '«', '»']);
    let values = values.iter().filter(plain).filter(clean);
    values.map(|value| value.trim().to_owned()).collect()
}

/// A title or name that may be shown.
pub(super) fn shown(text: &str) -> Option<String> {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !flat.is_empty() && flat.chars().count() <= 300;
    (fits && may_be_quoted(&flat)).then_some(flat)
}

/// Whether a text is fit to be quoted at all.
pub(super) fn may_be_quoted(text: &str) -> bool {
    !text.chars().any(guard::has_no_shape)
        && !guard::addresses_a_machine(text)
        && guard::personal_data(text).is_none()
}

/// Description and body as blocks that may be quoted, and how many may not.
fn blocks(record: &LearningResource) -> (Vec<Read>, usize) {
    let mut reads = Vec::new();
    if !record.description.trim().is_empty() {
        reads.push(Read {
            block: TextBlock {
                text: record
                    .description
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
                ..TextBlock::default()
            },
            heading: String::new(),
            role: role::Role::Description,
            property: "description",
            paragraph: None,
        });
    }
    reads.extend(body(record));
    let near = beside_machine_lines(&reads);
    let mut left_out = 0;
    let mut introduced = false;
    let mut clean = Vec::with_capacity(reads.len());
    for (read, near) in reads.into_iter().zip(near) {
        let listed = matches!(read.block.kind, BlockKind::Bullet | BlockKind::Numbered);
        let text = read.block.text.trim_end();
        // What stands below “Note to AI:” belongs to it.
        if introduced && listed || near {
            left_out += 1;
            continue;
        }
        let (parts, dropped) = kept::kept(text);
        introduced = dropped > 0 && text.ends_with(':');
        left_out += dropped;
        clean.extend(parts.into_iter().map(|part| read.part(part)));
    }
    (clean, left_out)
}

/// For each block of a plain text, whether it stands beside a line that speaks to a machine, in the
/// same paragraph: one line before it, two behind.
fn beside_machine_lines(reads: &[Read]) -> Vec<bool> {
    let flagged: Vec<bool> = reads
        .iter()
        .map(|read| read.paragraph.is_some() && guard::addresses_a_machine(&read.block.text))
        .collect();
    let beside = |at: usize| {
        let near = at.saturating_sub(2)..(at + 2).min(reads.len());
        near.into_iter().any(|other| {
            other != at && flagged[other] && reads[other].paragraph == reads[at].paragraph
        })
    };
    (0..reads.len()).map(beside).collect()
}

impl Read {
    /// The same place with a part of its text.
    fn part(&self, text: &str) -> Self {
        let mut part = self.clone();
        part.block.stressed.retain(|term| text.contains(term));
        part.block.text = text.to_owned();
        part
    }
}

fn body(record: &LearningResource) -> Vec<Read> {
    let Some(body) = &record.body else {
        return Vec::new();
    };
    let mut body = body.clone();
    if body.text.len() > READ {
        let end = (0..=READ).rev().find(|at| body.text.is_char_boundary(*at));
        body.text.truncate(end.unwrap_or(0));
    }
    let blocks: Vec<(Option<usize>, TextBlock)> = match body.format {
        BodyFormat::Plain => plain::blocks(&body.text),
        _ => render::blocks(&body)
            .into_iter()
            .map(|block| (None, block))
            .collect(),
    };
    let mut place = role::Outline::default();
    let mut reads = Vec::new();
    let asked = asked(&blocks);
    for (number, (paragraph, block)) in blocks.into_iter().enumerate() {
        if let BlockKind::Heading(level) = block.kind {
            place.enter(level, &block.text);
        } else {
            // A question above answers to choose from is for practising, wherever it stands.
            let asked = asked.get(number).copied().unwrap_or_default();
            let role = match (asked, place.role()) {
                (true, role::Role::Matter) => role::Role::Practice,
                (_, own) if is_choice(&reads, block.kind, own, &place.heading()) => {
                    role::Role::Choice
                }
                (_, own) => own,
            };
            reads.push(Read {
                heading: place.heading(),
                role,
                property: "body",
                paragraph,
                block,
            });
        }
    }
    reads
}

/// Whether a block is an answer to choose: an item right below a numbered question, or below another
/// such answer.
fn is_choice(reads: &[Read], kind: BlockKind, role: role::Role, heading: &str) -> bool {
    let last = reads.last().filter(|last| last.heading == heading);
    let below = |last: &Read| {
        let asked = last.block.kind == BlockKind::Numbered
            && matches!(last.role, role::Role::Practice | role::Role::Application);
        last.role == role::Role::Choice || asked
    };
    let tasks = matches!(
        role,
        role::Role::Practice | role::Role::Application | role::Role::Matter
    );
    kind == BlockKind::Bullet && tasks && last.is_some_and(below)
}

/// For each block of a plain text, whether it is a question with answers to choose from below it.
fn asked(blocks: &[(Option<usize>, TextBlock)]) -> Vec<bool> {
    let kind = |at: usize| blocks.get(at).map(|(_, block)| block.kind);
    let is_asked = |at: usize| {
        let plain = blocks[at].0.is_some();
        let answers = [1, 2].map(|next| kind(at + next) == Some(BlockKind::Bullet));
        plain && kind(at) == Some(BlockKind::Numbered) && answers == [true, true]
    };
    (0..blocks.len()).map(is_asked).collect()
}
