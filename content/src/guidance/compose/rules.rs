//! What code decides from policy: sections 3, 4, 8, 9 and 13.

use super::Composer;
use crate::guidance::choose::hash;
use crate::guidance::draft::{Item, Part};
use crate::guidance::lesson::shown;
use crate::guidance::policy::{Mode, policy, said};
use crate::guidance::wording::stage;
use crate::vocabulary;

impl Composer<'_> {
    /// §3: who may use AI, and how.
    pub(super) fn mode(&self) -> Vec<Item> {
        let band = self.audience.band;
        let language = self.words.language;
        let modes = policy().and_then(|policy| policy.rules.modes.get(self.audience.mode.key()));
        let name = modes.map_or("", |labels| said(labels, language));
        let who = said(&band.who, language);
        let who = if who.starts_with(name) {
            who.to_owned()
        } else {
            format!("{name}. {who}")
        };
        let age = self.audience.youngest.to_string();
        let mut items = vec![
            Item {
                text: who,
                sources: band.statements.clone(),
                ..self.plain("who", String::new())
            },
            self.plain("forbidden", said(&band.forbidden, language).to_owned()),
        ];
        if band.id != "unknown" {
            items.push(self.plain("age", self.words.with("ageText", &[("age", &age)])));
        }
        let named = shown(&self.request.tools).map_or_else(String::new, |tools| {
            self.words.with("toolsNamed", &[("tools", &tools)])
        });
        items.push(Item {
            sources: vec!["unesco-genai-validate".into()],
            ..self.plain("tool", named + &self.words.get("toolText"))
        });
        items
    }

    /// §4: for each level that the activities have, its tasks and the sentence that learners read.
    pub(super) fn levels(&self, activities: &[Item]) -> Vec<Item> {
        let mut used: Vec<u8> = activities.iter().filter_map(|item| item.level).collect();
        used.sort_unstable();
        used.dedup();
        used.into_iter()
            .filter_map(|level| self.level(level, activities))
            .collect()
    }

    fn level(&self, level: u8, activities: &[Item]) -> Option<Item> {
        let row = policy()?.levels.iter().find(|row| row.level == level)?;
        let language = self.words.language;
        let stage = stage(&self.audience.band.id);
        let pupil = row.pupil.get(stage).or_else(|| row.pupil.get("adult"))?;
        let tasks = activities.iter().filter(|item| item.level == Some(level));
        let mut tasks: String = tasks
            .map(|item| item.label.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        if level == 1 {
            tasks.push_str(&format!(" ({})", self.words.get("supervised")));
        }
        let part = |label: &str, text: String| Part {
            label: self.words.get(label),
            text,
        };
        let name = said(&row.name, language);
        Some(Item {
            label: self
                .words
                .with("level", &[("n", &level.to_string()), ("name", name)]),
            parts: vec![
                part("tasks", tasks),
                part("read", said(pupil, language).to_owned()),
            ],
            level: Some(level),
            sources: vec!["aias-idea".into()],
            ..Item::default()
        })
    }

    /// §8: what never to type in, and who must agree.
    pub(super) fn privacy(&self) -> Vec<Item> {
        let Some(policy) = policy() else {
            return Vec::new();
        };
        let language = self.words.language;
        let never = policy.checklist.never_type.iter();
        let mut items: Vec<Item> = never
            .map(|row| self.plain("never", said(row, language).to_owned()))
            .collect();
        let age = self.audience.youngest;
        if let Some(consent) = policy.rules.consent.iter().find(|row| age < row.under) {
            items.push(Item {
                sources: consent.statements.clone(),
                ..self.plain("consent", said(&consent.text, language).to_owned())
            });
        }
        items
    }

    /// §9: how learners say what they did, and what is assessed.
    pub(super) fn integrity(&mut self) -> Vec<Item> {
        let form = match self.audience.mode {
            Mode::TeacherOnly => 0,
            Mode::TeacherLed => 1,
            Mode::Supervised | Mode::Independent => 2,
        };
        let language = self.words.language;
        let forms = policy().map_or(&[][..], |policy| &policy.checklist.disclosure);
        let form = forms.get(form).map_or("", |row| said(row, language));
        let mut items = vec![Item {
            sources: vec!["cv8334-honesty".into()],
            ..self.plain("disclosure", self.words.with_roles(form))
        }];
        items.extend(self.one("rubric", "", "rubric"));
        for (label, statement) in [
            ("detectors", "portal-no-detectors"),
            ("marks", "portal-teacher-decides"),
        ] {
            if let Some(found) = self.reference(statement) {
                items.push(Item {
                    sources: vec![statement.into()],
                    ..self.plain(label, found.text)
                });
            }
        }
        items
    }

    /// §13: codes from the lists, with the labels that the lists give them.
    pub(super) fn competences(&self) -> Vec<Item> {
        let Some(rows) = policy().map(|policy| &policy.competences) else {
            return Vec::new();
        };
        let (mode, band) = (self.audience.mode.key(), self.audience.band.id.as_str());
        let by_mode = rows.learner.get(mode);
        let learner = by_mode.and_then(|row| row.get(band).or_else(|| row.get("any")));
        let mut codes: Vec<String> = learner.into_iter().flatten().take(2).cloned().collect();
        if self.audience.mode != Mode::TeacherOnly {
            let family = self
                .lesson
                .families
                .first()
                .and_then(|family| rows.families.get(family));
            let more = family
                .into_iter()
                .flatten()
                .filter(|code| !codes.contains(code))
                .cloned();
            let more: Vec<String> = more.collect();
            codes.extend(more);
        }
        if let Some(level) = rows.indicators.get(band) {
            codes = codes
                .into_iter()
                .map(|code| self.indicator(&code, level))
                .collect();
        }
        let strands = rows
            .strands
            .get(band)
            .filter(|_| self.audience.mode != Mode::TeacherOnly);
        let strand = strands.filter(|all| !all.is_empty());
        codes.extend(
            strand.map(|all| {
                all[hash(&self.record.id, self.request.seed) as usize % all.len()].clone()
            }),
        );
        let mut items: Vec<Item> = codes
            .iter()
            .filter_map(|code| self.competence("learner", code, "tt02-2025"))
            .collect();
        if items.is_empty() {
            items.push(self.plain("learner", self.words.get("noLearnerCodes")));
        }
        let teacher = rows.teacher.get(mode).into_iter().flatten();
        items.extend(
            teacher.filter_map(|code| self.competence("ownTeacher", code, "unesco-ai-cft")),
        );
        items
    }

    /// The first indicator of a component at a level, else the component itself.
    fn indicator(&self, code: &str, level: &str) -> String {
        let wanted = format!("{code}.{level}a");
        let known = vocabulary::find("competencies", &wanted).is_some();
        if known { wanted } else { code.to_owned() }
    }

    fn competence(&self, label: &str, code: &str, source: &str) -> Option<Item> {
        let concept = vocabulary::find("competencies", code)?;
        let source = if code.starts_with("NL") {
            self.strand_source()
        } else {
            source
        };
        Some(Item {
            code: Some(concept.notation.clone()),
            text: concept.label(self.words.language).to_owned(),
            sources: vec![source.to_owned()],
            ..self.plain(label, String::new())
        })
    }

    /// The statement of the framework for AI education that fits the stage.
    fn strand_source(&self) -> &'static str {
        match self.audience.band.id.as_str() {
            "primary-early" | "primary" => "qd3439-primary",
            "lower-secondary-young" | "lower-secondary" => "qd3439-lower",
            _ => "qd3439-upper",
        }
    }
}
