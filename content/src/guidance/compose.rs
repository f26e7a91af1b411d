//! The draft, section by section.

mod checks;
mod facts;
mod matter;
mod rules;

use super::LANGUAGES;
use super::audience::{self, Audience};
use super::choose::{Chooser, Runs, hash, vocabulary as long_words};
use super::draft::{Chosen, GuidanceDraft, Item, Reference, ResourceRef, Section};
use super::fill::Spans;
use super::gap::Gap;
use super::inspect::{self, Severity};
use super::judge::judge;
use super::lesson::{Lesson, shown};
use super::pattern::Pattern;
use super::policy::{LicenceRule, Mode, policy, said};
use super::rubric::rubric;
use super::wording::Words;
use crate::vocabulary::{self, Concept};
use crate::{LearningResource, language, license};

/// Words that a record must have, title and keywords among them, so that something can rest on them.
const FEWEST_WORDS: usize = 12;
/// Spans that can be quoted, of all kinds together.
const FEWEST_SPANS: usize = 1;
/// Spans below which §7 chooses first: they may stand only so often.
const SCARCE: usize = 4;
/// Drafts that are tried with other numbers before a record is refused.
const TRIES: u64 = 6;

/// How near a pattern's meaning is to a lesson's, from 0 to 1.
pub type Scorer<'a> = &'a dyn Fn(&Pattern, &Lesson) -> f32;
/// Which of the spans of a gap stands there; nothing leaves it to the rules.
pub type Worder<'a> = &'a dyn Fn(&Gap) -> Option<usize>;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct GuidanceRequest {
    /// `vi`, `en` or `fr`; nothing for the language of the resource.
    pub language: Option<String>,
    /// Today, ISO 8601: this crate knows no clock.
    pub date: String,
    /// Number that decides among equals.
    pub seed: u64,
    /// The freest mode that the lesson allows, such as where a class has no devices; age may allow
    /// less still.
    pub most: Option<Mode>,
    /// Tools that may be used, in the teacher's words.
    pub tools: String,
    /// The model behind the scores, where there is one.
    pub model: Option<Chosen>,
    /// The language model that chooses spans, where there is one.
    pub writer: Option<Chosen>,
    /// Whether a draft in which a language model chose spans is wanted, where one is ready.
    pub worded: bool,
}

/// Why there is no draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is too little to quote.
    #[error(
        "the record has too little text to ground guidance in it: {words} words and {spans} usable passages, at least {} words and {} passages are needed; add a text, a description or learning outcomes to the record",
        FEWEST_WORDS,
        FEWEST_SPANS
    )]
    TooLittleText {
        /// Words that could be read.
        words: usize,
        /// Sentences, tasks, outcomes and terms that could be quoted.
        spans: usize,
    },
    /// What there is speaks to a machine, or holds personal data.
    #[error(
        "nearly all text of the record is addressed to a machine or holds personal data ({left_out} passages left out), so nothing of it can be quoted; check the record"
    )]
    NothingQuotable {
        /// Passages that were left out.
        left_out: usize,
    },
    /// No draft can be made of it that passes the tests.
    #[error(
        "no draft of the record passes all ten tests ({failed}); its text repeats itself or is of a kind that cannot be quoted: add a description or learning outcomes in plain sentences"
    )]
    NoWholeDraft {
        /// The tests that failed.
        failed: String,
    },
    /// The program's own files are broken.
    #[error("the policy files of this program cannot be read; install it anew")]
    NoPolicy,
}

impl Refusal {
    /// Its name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLittleText { .. } => "too-little-text",
            Self::NothingQuotable { .. } => "nothing-quotable",
            Self::NoWholeDraft { .. } => "no-whole-draft",
            Self::NoPolicy => "no-policy",
        }
    }

    /// The reason for a reader of this language.
    pub fn message(&self, language: &str) -> String {
        match (self, language) {
            (Self::TooLittleText { words, spans }, "vi") => format!(
                "Học liệu có quá ít chữ để soạn hướng dẫn bám vào bài: {words} tiếng, {spans} đoạn dùng được; cần ít nhất {FEWEST_WORDS} tiếng và {FEWEST_SPANS} đoạn. Hãy bổ sung nội dung, mô tả hoặc yêu cầu cần đạt."
            ),
            (Self::TooLittleText { words, spans }, "fr") => format!(
                "La ressource contient trop peu de texte pour fonder un guide : {words} mots et {spans} passages utilisables ; il faut au moins {FEWEST_WORDS} mots et {FEWEST_SPANS} passages. Complétez le texte, la description ou les objectifs."
            ),
            (Self::NothingQuotable { left_out }, "vi") => format!(
                "Hầu hết nội dung của học liệu là lời nói với máy hoặc có dữ liệu cá nhân ({left_out} đoạn bị bỏ), nên không trích được gì. Hãy kiểm tra lại học liệu."
            ),
            (Self::NothingQuotable { left_out }, "fr") => format!(
                "Presque tout le texte s’adresse à une machine ou contient des données personnelles ({left_out} passages écartés) ; rien ne peut être cité. Vérifiez la notice."
            ),
            (Self::NoWholeDraft { .. }, "vi") => "Không soạn được bản nháp nào đạt đủ mười phép thử: nội dung lặp lại hoặc thuộc loại không trích được. Hãy thêm mô tả hoặc yêu cầu cần đạt bằng câu đầy đủ.".to_owned(),
            (Self::NoWholeDraft { .. }, "fr") => "Aucun brouillon ne passe les dix contrôles : le texte se répète ou ne peut être cité. Ajoutez une description ou des objectifs en phrases complètes.".to_owned(),
            _ => {
                let text = self.to_string();
                super::wording::capital(&text) + "."
            }
        }
    }
}

/// Everything that the sections are made from.
pub(super) struct Composer<'a> {
    record: &'a LearningResource,
    request: &'a GuidanceRequest,
    lesson: &'a Lesson,
    audience: &'a Audience,
    words: &'a Words,
    chooser: Chooser<'a>,
    spans: Spans<'a>,
    runs: Runs,
    worder: Option<Worder<'a>>,
    licence: &'static Concept,
    licence_rule: &'static LicenceRule,
}

/// Drafts guidance for a record.
///
/// `score` tells how near a pattern is to the lesson in meaning; without it,
/// words that both use decide.
///
/// # Errors
/// [`Refusal`]: there is too little text to rest a draft on.
pub fn draft(
    record: &LearningResource,
    request: &GuidanceRequest,
    score: Option<Scorer<'_>>,
) -> Result<GuidanceDraft, Refusal> {
    let lesson = Lesson::read(record);
    let making = Making {
        record,
        request,
        lesson: &lesson,
        score,
    };
    making.plain().map(|(_, made)| made)
}

/// The same, with a language model that chooses spans for gaps. Its draft counts
/// where it passes the tests and its rubric is no lower; else the draft is that
/// of the rules alone, and says so.
///
/// # Errors
/// As [`draft`].
pub fn draft_worded(
    record: &LearningResource,
    request: &GuidanceRequest,
    score: Option<Scorer<'_>>,
    worder: Worder<'_>,
) -> Result<GuidanceDraft, Refusal> {
    let lesson = Lesson::read(record);
    let making = Making {
        record,
        request,
        lesson: &lesson,
        score,
    };
    let (seed, plain) = making.plain()?;
    let worded = making.attempt(seed, Some(worder))?;
    let sound = judge(&worded, record).iter().all(|test| test.passed);
    let worse = rubric(&worded).score < rubric(&plain).score;
    Ok(if sound && !worse { worded } else { plain })
}

/// What a draft is made from.
struct Making<'a> {
    record: &'a LearningResource,
    request: &'a GuidanceRequest,
    lesson: &'a Lesson,
    score: Option<Scorer<'a>>,
}

impl Making<'_> {
    /// The first draft without a language model that passes all tests, and its number.
    fn plain(&self) -> Result<(u64, GuidanceDraft), Refusal> {
        refuse(self.lesson)?;
        let mut failed = String::new();
        // What a draft lacks by the patterns of one number, it may have by those of the next.
        for more in 0..TRIES {
            let seed = self.request.seed.wrapping_add(more);
            let made = self.attempt(seed, None)?;
            let tests = judge(&made, self.record);
            let Some(wrong) = tests.into_iter().find(|test| !test.passed) else {
                return Ok((seed, made));
            };
            failed = [wrong.name, wrong.detail.as_str()].join(": ");
        }
        Err(Refusal::NoWholeDraft { failed })
    }

    /// A draft by the patterns of one number, as good as it gets.
    fn attempt(&self, seed: u64, worder: Option<Worder<'_>>) -> Result<GuidanceDraft, Refusal> {
        let Making {
            record,
            request,
            lesson,
            score,
        } = *self;
        let audience = audience::of(record).ok_or(Refusal::NoPolicy)?;
        let audience = audience.at_most(request.most);
        let language = language_of(record, request, lesson);
        let words = Words::new(language, audience.band);
        let (licence, licence_rule) = licence_of(record).ok_or(Refusal::NoPolicy)?;
        let chooser = Chooser {
            lesson,
            vocabulary: long_words(&lesson.bag),
            audience: &audience,
            families: ranked(lesson, &audience),
            kinds: notations(&record.learning_resource_type),
            adapt: licence_rule.adapt,
            score,
            language,
            seed: hash(&record.id, seed) ^ hash(&record.name, 0),
        };
        let composer = Composer {
            record,
            request,
            lesson,
            audience: &audience,
            words: &words,
            chooser,
            spans: Spans::new(lesson, record, &words),
            runs: Runs::default(),
            worder,
            licence,
            licence_rule,
        };
        Ok(composer.compose())
    }
}

fn refuse(lesson: &Lesson) -> Result<(), Refusal> {
    let spans = lesson.quotable();
    if lesson.words >= FEWEST_WORDS && spans >= FEWEST_SPANS {
        return Ok(());
    }
    if lesson.left_out > 0 && lesson.words < FEWEST_WORDS {
        return Err(Refusal::NothingQuotable {
            left_out: lesson.left_out,
        });
    }
    Err(Refusal::TooLittleText {
        words: lesson.words,
        spans,
    })
}

/// The language asked for, else the record's, else that of its text, else Vietnamese.
fn language_of(
    record: &LearningResource,
    request: &GuidanceRequest,
    lesson: &Lesson,
) -> &'static str {
    let known = |code: &str| {
        let main = code.split(['-', '_']).next().unwrap_or_default();
        LANGUAGES
            .into_iter()
            .find(|own| own.eq_ignore_ascii_case(main))
    };
    let asked = request.language.as_deref().and_then(known);
    asked
        .or_else(|| record.main_language().and_then(known))
        .or_else(|| language::detect(&lesson.bag).and_then(known))
        .unwrap_or("vi")
}

/// Groups of families, nearest first. Stage goes before subject where it shapes the lesson more.
fn ranked(lesson: &Lesson, audience: &Audience) -> Vec<Vec<String>> {
    let subjects: Vec<Vec<String>> = lesson
        .families
        .iter()
        .map(|family| vec![family.clone()])
        .collect();
    let first: Vec<Vec<String>> = match audience.band.id.as_str() {
        "preschool" => return vec![vec!["preschool".into()], vec!["general".into()]],
        "vocational" => vec![vec!["vocational".into()]],
        "continuing" => vec![vec!["adult".into()]],
        "adult" => vec![vec!["higher".into()]],
        _ => Vec::new(),
    };
    first
        .into_iter()
        .chain(subjects)
        .chain([vec!["general".to_owned()]])
        .collect()
}

fn notations(uris: &[String]) -> Vec<String> {
    let concepts = uris.iter().filter_map(|uri| vocabulary::concept(uri));
    concepts.map(|concept| concept.notation.clone()).collect()
}

/// The record's licence, else “unknown”, and what it lets a teacher do.
fn licence_of(record: &LearningResource) -> Option<(&'static Concept, &'static LicenceRule)> {
    let stated = record.license.as_deref().and_then(vocabulary::concept);
    let licence = stated.or_else(license::unknown)?;
    let rules = &policy()?.licences.rules;
    let holds = |rule: &&LicenceRule| {
        rule.when
            .iter()
            .all(|(fact, value)| license::permits(licence, fact) == Some(*value))
    };
    // What no rule fits is treated as the strictest: the last.
    let rule = rules.iter().find(holds).or_else(|| rules.last())?;
    Some((licence, rule))
}

impl Composer<'_> {
    fn compose(mut self) -> GuidanceDraft {
        let mut bodies: Vec<Vec<Item>> = Vec::with_capacity(17);
        bodies.push(self.label());
        bodies.push(self.context());
        // What rests on the lesson is chosen in the order of its worth: quotations are used up.
        let early = (self.lesson.quotable() < SCARCE).then(|| self.checks());
        let purpose = self.purpose();
        let activities = self.activities();
        let prompts = self.prompts();
        let checks = early.unwrap_or_else(|| self.checks());
        bodies.push(purpose);
        bodies.push(self.mode());
        bodies.push(self.levels(&activities));
        bodies.push(activities);
        bodies.push(prompts);
        bodies.push(checks);
        bodies.push(self.privacy());
        bodies.push(self.integrity());
        bodies.push(self.equity());
        bodies.push(Vec::new());
        bodies.push(self.thinking());
        bodies.push(self.competences());
        bodies.push(self.rights());
        bodies.push(self.after());
        bodies.push(self.approval());
        let mut made = self.whole(bodies);
        self.tell_who_worded(&mut made);
        // The separate check gets the draft alone: no record, no request.
        let warnings = inspect::inspect(&made);
        made.locked = warnings
            .iter()
            .any(|warning| warning.severity == Severity::Lock);
        let activities = made.sections.get(5).map(|section| section.items.clone());
        let risks = self.risks(&warnings, &activities.unwrap_or_default());
        if let Some(section) = made.sections.get_mut(11) {
            section.items = risks;
        }
        made.references = self.references(&made.sections);
        made
    }

    fn whole(&self, bodies: Vec<Vec<Item>>) -> GuidanceDraft {
        let titles = policy().map_or(&[][..], |policy| &policy.wording.sections);
        let sections = bodies
            .into_iter()
            .zip(titles)
            .zip(0u8..)
            .map(|((items, title), number)| Section {
                number,
                key: title.get("key").cloned().unwrap_or_default(),
                title: said(title, self.words.language).to_owned(),
                items,
            });
        GuidanceDraft {
            label: self.words.get("label"),
            title: self.words.get("title"),
            in_language: self.words.language.to_owned(),
            resource: ResourceRef {
                id: self.record.id.clone(),
                name: shown(&self.record.name).unwrap_or_else(|| self.words.get("unquotable")),
                version: self.version(),
            },
            date: self.request.date.clone(),
            seed: self.request.seed,
            model: self.request.model.clone(),
            writer: None,
            band: self.audience.band.id.clone(),
            youngest: self.audience.youngest,
            mode: self.audience.mode,
            sections: sections.collect(),
            references: Vec::new(),
            locked: false,
        }
    }

    /// The statements that sections rest on, in order of first use.
    fn references(&self, sections: &[Section]) -> Vec<Reference> {
        let mut ids: Vec<&String> = Vec::new();
        for id in sections
            .iter()
            .flat_map(|s| &s.items)
            .flat_map(|item| &item.sources)
        {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids.into_iter()
            .filter_map(|id| self.reference(id))
            .collect()
    }

    fn reference(&self, id: &str) -> Option<Reference> {
        let statement = policy()?
            .statements
            .iter()
            .find(|statement| statement.id == id)?;
        let language = self.words.language;
        let article = match statement.article.as_str() {
            "" => String::new(),
            article => format!(", {article}"),
        };
        Some(Reference {
            id: id.to_owned(),
            text: said(&statement.text, language).to_owned(),
            source: format!(
                "{}{article}, {}",
                said(&statement.source, language),
                statement.date
            ),
            verified: statement.verified,
            note: if statement.verified {
                String::new()
            } else {
                self.words.get("unverified")
            },
        })
    }

    /// An item made of words of `wording.json`.
    fn plain(&self, label: &str, text: String) -> Item {
        Item {
            label: self.words.get(label),
            text,
            ..Item::default()
        }
    }

    /// The version of the resource, or the day of its last change.
    fn version(&self) -> String {
        let record = self.record;
        let stated = [
            &record.version,
            &record.date_modified,
            &record.date_published,
            &record.date_created,
        ];
        stated
            .into_iter()
            .flatten()
            .find_map(|text| shown(text))
            .unwrap_or_default()
    }
}
