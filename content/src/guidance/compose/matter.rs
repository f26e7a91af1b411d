//! What depends on the lesson: sections 2, 5, 6, 10, 11, 12 and 15.

use super::Composer;
use crate::guidance::choose::first;
use crate::guidance::draft::{Item, Origin, Part};
use crate::guidance::fill::Filled;
use crate::guidance::inspect::Warning;
use crate::guidance::policy::{Mode, policy, said};

/// Risk notes of patterns in §11.
const RISKS: usize = 2;
/// Risks that a machine brings into an activity.
const OF_MACHINES: [&str; 4] = ["fabrication", "over-reliance", "ownership", "drift"];

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
            // A machine knows nothing of “this lesson”.
            let nameless = self.lesson.concept.is_none();
            candidates.sort_by_key(|pattern| nameless && names_topic(pattern, self.words.language));
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
        items.extend(
            self.risk_names(activities)
                .into_iter()
                .take(RISKS)
                .filter_map(|risk| self.risk(risk)),
        );
        items
    }

    /// The risks of the activities, later ones first; those of a machine last where the activity
    /// has none.
    fn risk_names(&self, activities: &[Item]) -> Vec<&'static str> {
        let mut found: Vec<(bool, &str)> = Vec::new();
        for item in activities.iter().rev() {
            let pattern = item.pattern.as_deref().and_then(|id| self.pattern(id));
            let Some(risk) = pattern.map(|pattern| pattern.risk.as_str()) else {
                continue;
            };
            let idle = OF_MACHINES.contains(&risk) && item.level == Some(1);
            found.push((idle, risk));
        }
        found.sort_by_key(|(idle, _)| *idle);
        let mut names: Vec<&str> = Vec::new();
        for (_, risk) in found {
            if !risk.is_empty() && !names.contains(&risk) {
                names.push(risk);
            }
        }
        names
    }

    /// What a risk means in the lesson's subject, else in any.
    fn risk(&self, name: &str) -> Option<Item> {
        let risks = &policy()?.risks;
        let mut families = self.chooser.families.iter().flatten();
        let own = families.find_map(|family| risks.get(&format!("{name}:{family}")));
        let text = own.or_else(|| risks.get(name))?;
        Some(self.plain("risk", said(text, self.words.language).to_owned()))
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

    pub(super) fn accept(&mut self, filled: &Filled<'_>) {
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

    pub(super) fn pattern_item(&self, label: &str, filled: &Filled<'_>, text: String) -> Item {
        // A topic runs within a sentence with a small letter.
        let lower = text.to_lowercase();
        let quotes = filled
            .quotes
            .iter()
            .filter(|quote| text.is_empty() || lower.contains(&quote.text.to_lowercase()));
        Item {
            quotes: quotes.cloned().collect(),
            pattern: Some(filled.pattern.id.clone()),
            origin: Origin::Pattern,
            worded: filled.worded,
            ..self.plain(label, text)
        }
    }
}

/// Whether the words that are typed in name the topic.
fn names_topic(pattern: &crate::guidance::Pattern, language: &str) -> bool {
    let prompt = pattern
        .fields(language)
        .and_then(|fields| fields.get("prompt"));
    prompt.is_some_and(|prompt| prompt.contains("{concept}"))
}
