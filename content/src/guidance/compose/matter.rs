//! What depends on the lesson: sections 2, 5, 6, 7, 10, 11, 12 and 15.

use super::Composer;
use crate::guidance::choose::first;
use crate::guidance::draft::{Item, Origin, Part};
use crate::guidance::fill::{Filled, STRONG};
use crate::guidance::inspect::Warning;
use crate::guidance::lesson::{Claim, ClaimKind};
use crate::guidance::naming::{self, Naming};
use crate::guidance::policy::{Mode, policy, said};
use std::collections::BTreeSet;

/// Claims that §7 checks, besides a task.
const CLAIMS: usize = 4;
/// So many things to verify there are at least.
const FEWEST: usize = 2;
/// Most tasks that §7 checks.
const TASKS: usize = 3;
/// Families of subjects in which the names of people and places are what is learnt.
const NAMING: [&str; 5] = ["literature", "language", "social", "civics", "arts"];
/// Risk notes of patterns in §11.
const RISKS: usize = 2;

impl<'a> Composer<'a> {
    /// §2: what AI serves here, what must be done without it, and two principles.
    pub(super) fn purpose(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        if let Some(filled) = self.pick("purpose", "") {
            for (label, field) in [("aim", "aim"), ("without", "without")] {
                items.push(self.pattern_item(label, &filled, filled.field(field)));
            }
        }
        for id in ["cv2250-objective", "cv2250-check"] {
            if let Some(found) = self.reference(id) {
                items.push(Item {
                    sources: vec![id.into()],
                    ..self.plain("principle", found.text)
                });
            }
        }
        items
    }

    /// §5: the four activities of a lesson plan.
    pub(super) fn activities(&mut self) -> Vec<Item> {
        let parts = ["opening", "building", "practice", "application"];
        parts
            .into_iter()
            .filter_map(|part| self.activity(part))
            .collect()
    }

    fn activity(&mut self, part: &str) -> Option<Item> {
        let filled = self.pick(part, "")?;
        let fields = ["teacher", "pupils", "ai", "product", "evidence"];
        let parts = fields.map(|field| Part {
            label: self.words.get(field),
            text: filled.field(field),
        });
        Some(Item {
            parts: parts.into(),
            level: Some(filled.pattern.level),
            sources: if part == "opening" {
                vec!["cv5512-plan".into()]
            } else {
                Vec::new()
            },
            ..self.pattern_item(part, &filled, String::new())
        })
    }

    /// §6: two prompts with what they should give, and one to avoid.
    pub(super) fn prompts(&mut self) -> Vec<Item> {
        let who = if self.audience.mode.is_learners() {
            "typedByLearner"
        } else {
            "typedByTeacher"
        };
        let mut items = Vec::new();
        if self.audience.mode == Mode::TeacherOnly {
            items.push(self.plain("principle", self.words.get("noAiHere")));
        }
        let mut chosen: Vec<&str> = Vec::new();
        for number in 1..=2 {
            let mut candidates = self.chooser.candidates("prompt", "");
            candidates.retain(|pattern| !chosen.contains(&pattern.id.as_str()));
            let Some(filled) = first(&candidates, &self.spans, &self.runs) else {
                break;
            };
            let filled = self.worded(filled);
            self.accept(&filled);
            chosen.push(&filled.pattern.id);
            let part = |label: &str, text: String| Part {
                label: self.words.get(label),
                text,
            };
            let mut parts = vec![
                part("prompt", filled.field("prompt")),
                part("expected", filled.field("expected")),
            ];
            if number == 1 {
                parts.insert(0, part("whoTypes", self.words.get(who)));
            }
            items.push(Item {
                label: format!("{} {number}", self.words.get("prompt")),
                parts,
                ..self.pattern_item("prompt", &filled, String::new())
            });
        }
        if let Some(filled) = self.pick("badPrompt", "") {
            let part = |label: &str, field: &str| Part {
                label: self.words.get(label),
                text: filled.field(field),
            };
            items.push(Item {
                parts: vec![part("prompt", "prompt"), part("why", "why")],
                ..self.pattern_item("badPrompt", &filled, String::new())
            });
        }
        items
    }

    /// §7: claims of different kinds, each with its quotation, how AI spoils it and where to look.
    pub(super) fn checks(&mut self) -> Vec<Item> {
        let lesson = self.lesson;
        let mut kinds: BTreeSet<ClaimKind> = BTreeSet::new();
        let mut chosen: Vec<(&str, &str)> = Vec::new();
        for round in 0..4 {
            for claim in &lesson.claims {
                // What stands in the draft already comes once more where there is nothing fresh.
                let short = chosen.len() < FEWEST;
                let fresh = (!self.spans.is_taken(&claim.text) || round == 3)
                    && !self.runs.would_repeat([claim.text.as_str()].into_iter());
                let new = !chosen.iter().any(|(_, text)| *text == claim.text);
                let new_kind = round > 0 || !kinds.contains(&claim.kind);
                // Weak sentences only where the record has nothing better.
                let worth = claim.weight >= STRONG || round >= 2 && short;
                if chosen.len() < CLAIMS && fresh && new && new_kind && worth {
                    kinds.insert(claim.kind);
                    chosen.push((self.kind(claim), &claim.text));
                }
            }
        }
        // Where the matter lies in its tasks, several of them.
        let tasks = (CLAIMS + 1).saturating_sub(chosen.len()).clamp(1, TASKS);
        let fresh = lesson
            .exercises
            .iter()
            .filter(|task| !self.spans.is_taken(&task.text));
        chosen.extend(
            fresh
                .take(tasks)
                .map(|task| ("exercise", task.text.as_str())),
        );
        let mut items: Vec<Item> = Vec::new();
        for (kind, text) in chosen {
            self.add_check(kind, text, &mut items);
        }
        // A record with little else has at least terms to look up.
        let mut terms = lesson.concept.iter().chain(&lesson.terms);
        while items.len() < FEWEST
            && let Some(term) = terms.next()
        {
            self.add_check("definition", term, &mut items);
        }
        items
    }

    fn add_check(&mut self, kind: &str, text: &str, items: &mut Vec<Item>) {
        let used: Vec<String> = items
            .iter()
            .filter_map(|item| item.pattern.clone())
            .collect();
        let found = self.check(kind, text, &used);
        items.extend(found);
    }

    /// What a claim is checked as: names matter where people and places are what is learnt.
    fn kind(&self, claim: &Claim) -> &'static str {
        let families = &self.lesson.families;
        let named =
            families.is_empty() || families.iter().any(|own| NAMING.contains(&own.as_str()));
        match claim.kind {
            ClaimKind::Name if !named => ClaimKind::Claim.key(),
            kind => kind.key(),
        }
    }

    fn check(&mut self, kind: &str, text: &str, used: &[String]) -> Option<Item> {
        let mut candidates = self.chooser.candidates("check", kind);
        if kind == "formula" {
            candidates.extend(self.chooser.candidates("check", "number"));
        }
        if !matches!(kind, "words" | "item" | "row") {
            candidates.extend(self.chooser.candidates("check", "claim"));
        }
        // The same advice twice only where there is no other.
        candidates.sort_by_key(|pattern| used.contains(&pattern.id));
        if kind == "number" {
            let figure = self.figure(text).0;
            candidates.retain(|pattern| {
                pattern.figures.is_empty() || pattern.figures.iter().any(|own| own == figure)
            });
        }
        let mut filled = candidates
            .iter()
            .filter_map(|pattern| self.spans.fill(pattern, 0, Naming::Full, true));
        let filled = filled.find(|filled| !self.runs.would_repeat(filled.texts().chain([text])))?;
        self.accept(&filled);
        self.runs.add([text].into_iter());
        self.spans.take(text);
        let part = |label: &str, text: String| Part {
            label: self.words.get(label),
            text,
        };
        let quote = self.spans.quote(text);
        let slip = match self.focus(kind, text) {
            Some(focus) => {
                let colon = if self.words.language == "fr" {
                    "\u{a0}:"
                } else {
                    ":"
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
            text: self.words.quoted(text),
            parts,
            quotes: vec![quote],
            ..self.pattern_item("quote", &filled, String::new())
        })
    }

    /// What in a quoted sentence AI is likely to spoil: its figure where that is what is checked, else
    /// the term it is about.
    fn focus(&self, kind: &str, sentence: &str) -> Option<String> {
        if matches!(kind, "number" | "formula") {
            return self.figure(sentence).1;
        }
        let holds =
            |span: &&String| span.len() < sentence.len() && naming::stands(sentence, span) > 0;
        let mut terms = self.lesson.terms.iter().filter(holds);
        terms.find(|span| !span.is_empty()).cloned()
    }

    /// What kind of figure a sentence has, and the figure: with its unit, a year, else a count.
    fn figure(&self, sentence: &str) -> (&'static str, Option<String>) {
        let holds = |span: &&String| naming::stands(sentence, span) > 0;
        if let Some(quantity) = self.lesson.quantities.iter().find(holds) {
            return ("unit", Some(quantity.clone()));
        }
        let mut words = sentence
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let is_figure = |word: &&str| {
            word.starts_with(|c: char| c.is_ascii_digit())
                && word
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        };
        let Some(figure) = words.find(is_figure) else {
            return ("count", None);
        };
        let year = figure.len() == 4 && matches!(figure.parse::<u16>(), Ok(1000..=2100));
        let kind = match (year, figure.contains([',', '.'])) {
            (true, _) => "year",
            (_, true) => "unit",
            _ => "count",
        };
        (kind, Some(figure.to_owned()))
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

    /// §10: without devices, with one, and for those who need something else.
    pub(super) fn equity(&mut self) -> Vec<Item> {
        let parts = [
            ("unplugged", "unplugged"),
            ("oneDevice", "oneDevice"),
            ("adaptation", "adaptation"),
        ];
        parts
            .into_iter()
            .filter_map(|(part, label)| self.one(part, "", label))
            .collect()
    }

    /// §11: what the separate check found, bias, and the risks of the chosen patterns.
    pub(super) fn risks(&mut self, warnings: &[Warning], activities: &[Item]) -> Vec<Item> {
        let mut items: Vec<Item> = warnings
            .iter()
            .map(|warning| Item {
                origin: Origin::Check,
                ..self.plain("flag", warning.advice.clone())
            })
            .collect();
        if items.is_empty() {
            items.push(Item {
                origin: Origin::Check,
                ..self.plain("flag", self.words.get("noFlag"))
            });
        }
        items.extend(self.one("bias", "", "bias"));
        let mut notes: Vec<&str> = Vec::new();
        for item in activities.iter().rev() {
            let pattern = item.pattern.as_deref().unwrap_or_default();
            let found = self.pattern(pattern).map(|pattern| pattern.risk.as_str());
            notes.extend(found.filter(|risk| !risk.is_empty() && !notes.contains(risk)));
        }
        for risk in notes.into_iter().take(RISKS) {
            let text = policy().and_then(|policy| policy.risks.get(risk));
            items.extend(
                text.map(|text| self.plain("risk", said(text, self.words.language).to_owned())),
            );
        }
        items
    }

    /// §12: tasks that ask for analysing, evaluating and creating.
    pub(super) fn thinking(&mut self) -> Vec<Item> {
        let kinds = ["analyse", "evaluate", "create"];
        kinds
            .into_iter()
            .filter_map(|kind| self.one("thinking", kind, kind))
            .collect()
    }

    /// §15: three questions to oneself, and how to tell the desk.
    pub(super) fn after(&mut self) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for _ in 0..3 {
            let mut candidates = self.chooser.candidates("reflection", "");
            candidates.retain(|pattern| {
                !items
                    .iter()
                    .any(|item| item.pattern.as_ref() == Some(&pattern.id))
            });
            let Some(filled) = first(&candidates, &self.spans, &self.runs) else {
                break;
            };
            let filled = self.worded(filled);
            self.accept(&filled);
            items.push(self.pattern_item("reflection", &filled, filled.field("text")));
        }
        items.push(self.plain("feedback", self.words.get("feedbackText")));
        items
    }

    /// One item from the best pattern of a part with a single text.
    pub(super) fn one(&mut self, part: &str, kind: &str, label: &str) -> Option<Item> {
        let filled = self.pick(part, kind)?;
        Some(self.pattern_item(label, &filled, filled.field("text")))
    }

    /// The best pattern of a part, filled and noted.
    fn pick(&mut self, part: &str, kind: &str) -> Option<Filled<'a>> {
        let candidates = self.chooser.candidates(part, kind);
        let filled = first(&candidates, &self.spans, &self.runs)?;
        let filled = self.worded(filled);
        self.accept(&filled);
        Some(filled)
    }

    /// As the language model words it, where there is one.
    fn worded(&self, filled: Filled<'a>) -> Filled<'a> {
        let repeats = |filled: &Filled<'a>| self.runs.would_repeat(filled.texts());
        match self.worder {
            Some(worder) => self.spans.worded(filled, worder, &repeats),
            None => filled,
        }
    }

    fn accept(&mut self, filled: &Filled<'_>) {
        self.runs.add(filled.texts());
        filled
            .quotes
            .iter()
            .for_each(|quote| self.spans.take(&quote.text));
    }

    fn pattern(&self, id: &str) -> Option<&'static crate::guidance::Pattern> {
        crate::guidance::patterns()
            .iter()
            .find(|pattern| pattern.id == id)
    }

    fn pattern_item(&self, label: &str, filled: &Filled<'_>, text: String) -> Item {
        let quotes = filled
            .quotes
            .iter()
            .filter(|quote| text.is_empty() || text.contains(&quote.text));
        Item {
            quotes: quotes.cloned().collect(),
            pattern: Some(filled.pattern.id.clone()),
            origin: Origin::Pattern,
            worded: filled.worded,
            ..self.plain(label, text)
        }
    }
}
