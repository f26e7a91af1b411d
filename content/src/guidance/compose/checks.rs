//! §7: what of the lesson has to be verified, and where.

use super::Composer;
use crate::guidance::Pattern;
use crate::guidance::draft::{Item, Part};
use crate::guidance::fill::{STRONG, Way};
use crate::guidance::lesson::{Claim, ClaimKind, Exercise, Lesson, names};
use crate::guidance::naming::{self, Naming};
use std::collections::BTreeSet;

/// Claims that §7 checks, besides a task.
const CLAIMS: usize = 4;
/// Claims that stand ready where there are few tasks.
const MORE: usize = 3;
/// So many things to verify there are at least.
const FEWEST: usize = 2;
/// Most tasks that §7 checks.
const TASKS: usize = 3;
/// Most answers to choose from that it checks.
const CHOICES: usize = 2;
/// Most outcomes, and most terms that the record names itself.
const OUTCOMES: usize = 2;
const TERMS: usize = 4;
/// Families of subjects in which the names of people and places are what is learnt.
const NAMING: [&str; 5] = ["literature", "language", "social", "civics", "arts"];

/// Something to verify.
#[derive(Clone, Copy)]
enum Checked<'l> {
    Claim(&'l Claim),
    Task(&'l Exercise),
    /// An answer to choose.
    Choice(&'l str),
    /// What a description tells of the resource.
    Blurb(&'l str),
    Outcome(&'l str),
    /// A term to look up, where there is little else.
    Term(&'l str),
}

impl<'l> Checked<'l> {
    fn text(self) -> &'l str {
        match self {
            Self::Claim(claim) => &claim.text,
            Self::Task(task) => &task.text,
            Self::Choice(text) | Self::Blurb(text) | Self::Outcome(text) | Self::Term(text) => text,
        }
    }

    /// What it is called before the quotation.
    fn label(self) -> &'static str {
        match self {
            Self::Claim(_) => "quote",
            Self::Task(_) => "taskQuote",
            Self::Choice(_) => "choiceQuote",
            Self::Blurb(_) => "blurbQuote",
            Self::Outcome(_) => "outcomeQuote",
            Self::Term(_) => "termQuote",
        }
    }

    /// Whether a pattern suits its form.
    fn suits(self, pattern: &Pattern) -> bool {
        let forms = match self {
            Self::Claim(claim) => claim.forms.as_slice(),
            _ => &[],
        };
        let form = |own: &String| forms.iter().any(|form| form == own);
        let asks = |own: &String| matches!(self, Self::Task(task) if task.asks == own);
        (pattern.forms.is_empty() || pattern.forms.iter().any(form))
            && (pattern.tasks.is_empty() || pattern.tasks.iter().any(asks))
    }
}

/// A figure whose thousands stand apart, as French writes them: “17 993”.
fn in_thousands(sentence: &str) -> Option<&str> {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let start = |at: usize| !sentence[..at].ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let places = sentence.char_indices().map(|(at, _)| at);
    places.filter(|at| start(*at)).find_map(|at| {
        let mut end = at + digits(&sentence[at..]);
        let first = end - at;
        // Groups of three behind a space, narrow or not.
        while let Some(rest) = sentence[end..].strip_prefix([' ', '\u{a0}', '\u{202f}'])
            && digits(rest) == 3
        {
            end = sentence.len() - rest.len() + 3;
        }
        ((1..=3).contains(&first) && end > at + first).then(|| &sentence[at..end])
    })
}

/// Whether a term begins with an acronym, which names nobody: “IA générative”.
fn is_acronym(term: &str) -> bool {
    let first = term.split_whitespace().next().unwrap_or_default();
    !first.chars().any(char::is_lowercase)
}

/// Whether one text holds the other.
fn overlap(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim_end_matches('.'), other.trim_end_matches('.'));
    one.contains(other) || other.contains(one)
}

impl<'a> Composer<'a> {
    /// Claims of different kinds, each with its quotation, how AI spoils it and where to look.
    pub(super) fn checks(&mut self) -> Vec<Item> {
        let lesson = self.lesson;
        let mut chosen: Vec<Checked<'_>> = self.claims().into_iter().map(Checked::Claim).collect();
        // Where the matter lies in its tasks, several of them.
        let more = chosen.split_off(chosen.len().min(CLAIMS));
        let tasks = (CLAIMS + 1).saturating_sub(chosen.len()).clamp(1, TASKS);
        let claims: Vec<&str> = chosen.iter().map(|checked| checked.text()).collect();
        let fresh = |task: &&Exercise| {
            let said = claims.iter().any(|own| overlap(own, &task.text));
            !said && !self.spans.is_taken(&task.text)
        };
        let mut fresh: Vec<&Exercise> = lesson.exercises.iter().filter(fresh).collect();
        fresh.sort_by_key(|task| !task.alone);
        chosen.extend(fresh.into_iter().take(tasks).map(Checked::Task));
        let mut items: Vec<Item> = Vec::new();
        for checked in chosen {
            self.add_check(checked, &mut items);
        }
        // Where tasks are few, a sentence more.
        for checked in more {
            if items.len() <= CLAIMS {
                self.add_check(checked, &mut items);
            }
        }
        // A sheet of few tasks has them once more.
        let mut again = lesson.exercises.iter();
        while items.len() < CLAIMS
            && let Some(task) = again.next()
        {
            self.add_check(Checked::Task(task), &mut items);
        }
        self.add_little(&mut items);
        self.spans.checks_are_made();
        items
    }

    /// What a record with few sentences and tasks has besides: answers to choose from, what it tells of
    /// itself, outcomes, terms to look up.
    fn add_little(&mut self, items: &mut Vec<Item>) {
        let lesson: &'a Lesson = self.lesson;
        // Of several questions nobody could tell whose answer it is.
        let asked = usize::from(lesson.has_one_question()) * CHOICES;
        let choices = lesson
            .choices
            .iter()
            .take(asked)
            .map(|text| Checked::Choice(text));
        let blurbs = lesson
            .blurbs
            .iter()
            .take(1)
            .map(|text| Checked::Blurb(text));
        let outcomes = lesson.outcomes.iter().take(OUTCOMES);
        let outcomes = outcomes.map(|text| Checked::Outcome(text));
        let named = lesson.concept.iter().chain(&lesson.terms);
        // “định lí” says no more than “định lí Pythagore”.
        let within = |term: &str| {
            let topic = lesson.concept.as_deref().unwrap_or_default();
            topic != term && topic.to_lowercase().contains(&term.to_lowercase())
        };
        let listed = |term: &str| !lesson.has_body || self.spans.is_named(term);
        let named = named
            .filter(|term| listed(term) && !within(term))
            .take(TERMS);
        let named: Vec<Checked<'_>> = named.map(|term| Checked::Term(term)).collect();
        for checked in choices.chain(blurbs).chain(outcomes).chain(named) {
            if items.len() <= CLAIMS {
                self.add_check(checked, items);
            }
        }
        // Where the record names no terms, those that come again have to do.
        let mut terms = lesson.concept.iter().chain(&lesson.terms);
        while items.len() < FEWEST
            && let Some(term) = terms.next()
        {
            self.add_check(Checked::Term(term), items);
        }
    }

    /// The claims to verify: of several kinds, what stands in the draft already last.
    fn claims(&self) -> Vec<&'a Claim> {
        let lesson: &'a Lesson = self.lesson;
        let mut kinds: BTreeSet<ClaimKind> = BTreeSet::new();
        let mut chosen: Vec<&'a Claim> = Vec::new();
        for round in 0..4 {
            for claim in &lesson.claims {
                let short = chosen.len() < FEWEST;
                let fresh = (!self.spans.is_taken(&claim.text) || round >= 2)
                    && !self.runs.would_repeat([claim.text.as_str()].into_iter());
                let new = !chosen.iter().any(|own| overlap(&own.text, &claim.text));
                let new_kind = round > 0 || !kinds.contains(&claim.kind);
                // Weak sentences only where the record has nothing better, not even once more.
                let worth = match round {
                    3 => claim.weight >= STRONG || short,
                    _ => self.spans.is_core(claim.weight),
                };
                if chosen.len() < CLAIMS + MORE && fresh && new && new_kind && worth {
                    kinds.insert(claim.kind);
                    chosen.push(claim);
                }
            }
        }
        chosen
    }

    fn add_check(&mut self, checked: Checked<'_>, items: &mut Vec<Item>) {
        let mut quotes = items.iter().filter_map(|item| item.quotes.last());
        let said = quotes.any(|quote| overlap(&quote.text, checked.text()));
        if said && !matches!(checked, Checked::Term(_) | Checked::Choice(_)) {
            return;
        }
        let used: Vec<String> = items
            .iter()
            .filter_map(|item| item.pattern.clone())
            .collect();
        let found = self.check(checked, &used);
        items.extend(found);
    }

    /// What something is checked as: names matter where people and places are what is learnt.
    fn kind(&self, checked: Checked<'_>) -> &'static str {
        let families = &self.lesson.families;
        let named =
            families.is_empty() || families.iter().any(|own| NAMING.contains(&own.as_str()));
        match checked {
            Checked::Task(_) => "exercise",
            Checked::Choice(_) => "choice",
            Checked::Blurb(_) => "blurb",
            Checked::Outcome(_) => "outcome",
            // Whoever is called by a name has no meaning that could be mistaken.
            Checked::Term(term) if self.lesson.names_somebody(term) && !is_acronym(term) => {
                ClaimKind::Name.key()
            }
            Checked::Term(_) => "term",
            Checked::Claim(claim) if claim.kind == ClaimKind::Name && !named => {
                ClaimKind::Claim.key()
            }
            // A lone digit tells of no figure that could be mistaken, unless it is reckoned with.
            Checked::Claim(claim)
                if claim.kind == ClaimKind::Number
                    && self.figure(&claim.text).1.is_none()
                    && !claim.forms.contains(&"sum") =>
            {
                ClaimKind::Claim.key()
            }
            Checked::Claim(claim) => claim.kind.key(),
        }
    }

    /// Patterns for something to verify, those that suit its form and are new in the draft first.
    fn advice(&self, kind: &str, checked: Checked<'_>, used: &[String]) -> Vec<&'static Pattern> {
        let mut found = self.chooser.candidates("check", kind);
        if kind == "number" {
            let figure = self.figure(checked.text()).0;
            found.retain(|pattern| {
                pattern.figures.is_empty() || pattern.figures.iter().any(|own| own == figure)
            });
        }
        if !matches!(
            kind,
            "words"
                | "item"
                | "row"
                | "exercise"
                | "claim"
                | "choice"
                | "blurb"
                | "outcome"
                | "term"
        ) {
            found.extend(self.chooser.candidates("check", "claim"));
        }
        found.retain(|pattern| checked.suits(pattern));
        found.sort_by_key(|pattern| {
            let own = pattern.kind == kind;
            (used.contains(&pattern.id), !own, pattern.forms.is_empty())
        });
        found
    }

    fn check(&mut self, checked: Checked<'_>, used: &[String]) -> Option<Item> {
        const WAY: Way = Way {
            naming: Naming::Full,
            again: true,
            core: false,
        };
        let text = checked.text();
        let kind = self.kind(checked);
        let candidates = self.advice(kind, checked, used);
        let mut filled = candidates
            .iter()
            .filter_map(|pattern| self.spans.fill(pattern, 0, WAY));
        let quote = self.spans.quote(text);
        let (shown, quotes) = self.quoted(checked, quote.clone());
        let whole = [shown.as_str()];
        let filled = filled.find(|filled| !self.runs.would_repeat(filled.texts().chain(whole)))?;
        self.accept(&filled);
        self.runs.add(whole.into_iter());
        self.spans.take(text);
        let part = |label: &str, text: String| Part {
            label: self.words.get(label),
            text,
        };
        // What advises on claims of any kind speaks of the whole sentence.
        let slip = match self.focus(filled.pattern.kind.as_str(), checked) {
            Some(focus) => {
                let colon = match self.words.language {
                    "fr" => "\u{a0}:",
                    _ => ":",
                };
                let focus = self.words.quoted(&focus);
                format!("{focus}{colon} {}", filled.field("slip"))
            }
            None => filled.field("slip"),
        };
        let place = self.place(&quote.heading, &filled.field("where"));
        let parts = vec![
            part("slip", slip),
            part("where", place + &filled.field("where")),
        ];
        Some(Item {
            text: shown,
            parts,
            quotes,
            ..self.pattern_item(checked.label(), &filled, String::new())
        })
    }

    /// The quotation as it is shown: a row together with the head of its table.
    fn quoted(
        &self,
        checked: Checked<'_>,
        quote: crate::guidance::Quote,
    ) -> (String, Vec<crate::guidance::Quote>) {
        let row = self.words.quoted(checked.text());
        match checked {
            Checked::Claim(Claim {
                head: Some(head), ..
            }) => {
                let shown = self.words.quoted(head);
                let text = self.words.with("rowOf", &[("head", &shown), ("row", &row)]);
                (text, vec![self.spans.quote(head), quote])
            }
            _ => (row, vec![quote]),
        }
    }

    /// What in a quoted sentence AI is likely to spoil: the figure, the term that it defines, the name.
    /// Nothing where the whole sentence is at stake.
    fn focus(&self, kind: &str, checked: Checked<'_>) -> Option<String> {
        let Checked::Claim(claim) = checked else {
            return None;
        };
        match kind {
            "number" => self.figure(&claim.text).1,
            "definition" => claim.defined.clone(),
            "name" => self.name(&claim.text),
            _ => None,
        }
    }

    /// The name that a sentence has. Where it follows the first word, that word belongs to it if the
    /// text has both within a sentence; else nothing tells where the name begins.
    fn name(&self, sentence: &str) -> Option<String> {
        let name = names(sentence)?;
        let first = sentence.split_whitespace().next()?;
        if !sentence.starts_with(&format!("{first} {name}")) {
            return Some(name);
        }
        let written = &self.lesson.written;
        let whole = format!("{first} {name}");
        match naming::is_capital_within(&whole, written) {
            true => Some(whole),
            false => {
                naming::is_capital_within(&name, &written.replace(&whole, " ")).then_some(name)
            }
        }
    }

    /// What kind of figure a sentence has, and the figure: with its unit, a year, else a count. A
    /// single digit says too little to be shown.
    fn figure(&self, sentence: &str) -> (&'static str, Option<String>) {
        let holds = |span: &&String| naming::stands(sentence, span) > 0;
        if let Some(quantity) = self.lesson.quantities.iter().find(holds) {
            return ("unit", Some(quantity.clone()));
        }
        let words = sentence
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let is_figure = |word: &&str| {
            word.starts_with(|c: char| c.is_ascii_digit())
                && word
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        };
        if let Some(figure) = in_thousands(sentence) {
            return ("count", Some(figure.to_owned()));
        }
        let figures: Vec<&str> = words.filter(is_figure).collect();
        let Some(figure) = figures.iter().find(|figure| figure.len() > 1) else {
            return ("count", None);
        };
        let year = figure.len() == 4 && matches!(figure.parse::<u16>(), Ok(1000..=2100));
        let kind = match (year, figure.contains([',', '.'])) {
            (true, _) => "year",
            (_, true) => "unit",
            _ => "count",
        };
        (kind, Some((*figure).to_owned()))
    }

    /// Where in the resource a quotation stands, once or twice for each heading, before other places.
    fn place(&mut self, heading: &str, places: &str) -> String {
        let marks = ['“', '”', '«', '»', '"'];
        if heading.is_empty() || heading.contains(marks) || !self.spans.same_language {
            return String::new();
        }
        let quoted = self.words.quoted(heading);
        let text = self.words.with("underHeading", &[("heading", &quoted)]);
        let whole = format!("{text}{places}");
        if self.runs.would_repeat([whole.as_str()].into_iter()) {
            return String::new();
        }
        self.runs.add([whole.as_str()].into_iter());
        text
    }
}
