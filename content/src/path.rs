//! Learning paths: ordered resources with outcomes and estimated times, as curators write them in `content/paths` or on a screen.

pub mod propose;

use crate::vocabulary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

/// Most steps of a path, and most outcomes or demands.
pub const STEPS: usize = 200;
/// Longest words of one kind, in characters.
pub const LENGTH: usize = 2_000;
/// Most minutes of a step.
pub const MINUTES: u32 = 600;

/// The files of `content/paths`, in the order in which paths are listed.
const FILES: &[&str] = &[
    include_str!("../paths/choi-ma-hoc-o-tuoi-mau-giao.json"),
    include_str!("../paths/con-so-va-nuoc-dien-quanh-em.json"),
    include_str!("../paths/so-va-hinh-trung-hoc-co-so.json"),
    include_str!("../paths/maths-and-science-in-english.json"),
    include_str!("../paths/le-francais-pour-les-sciences.json"),
    include_str!("../paths/tu-cap-so-den-chuyen-dong.json"),
    include_str!("../paths/vao-nghe-an-toan.json"),
    include_str!("../paths/tu-cau-hoi-den-so-lieu.json"),
    include_str!("../paths/song-an-toan-tren-mang.json"),
];

/// A path. The same JSON is a file of `content/paths`, what is stored, and what the editor works on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Path {
    /// Identifier: the name of its file.
    pub id: String,
    /// Language of its words, BCP 47; resources may be in others.
    pub in_language: String,
    /// Notation of its stage in the vocabulary `educationalLevel`.
    pub educational_level: String,
    /// What it is called.
    pub name: String,
    /// One or two sentences.
    pub description: String,
    /// What a learner can do at its end.
    pub teaches: Vec<String>,
    /// What to know before it.
    pub competency_required: Vec<String>,
    /// Whether there are no questions at its end that a record is given for.
    #[serde(default, skip_serializing_if = "is_false")]
    pub without_quiz: bool,
    /// Its resources, in order.
    pub steps: Vec<Step>,
}

/// A resource of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// Identifier of the resource.
    pub resource: String,
    /// Its name.
    pub name: String,
    /// Minutes that somebody needs who studies alone.
    pub time_required: u32,
    /// Why it is here.
    pub description: String,
    /// Whether it may be left out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Heading of the section that begins with it; empty: the section goes on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
    /// What is chosen between: steps that follow each other with the same words here are branches, and one of them is enough.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub choice: String,
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Step {
    /// Whether everybody takes it: it may not be left out, and is no branch of several.
    pub fn is_certain(&self) -> bool {
        !self.optional && self.choice.is_empty()
    }
}

/// Why a path cannot be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// It has no name, or no description.
    Words,
    /// Its stage or its language is not known.
    Level,
    /// It does not say what it leads to.
    Outcomes,
    /// Fewer than two steps belong to it in any case.
    Steps,
    /// A resource stands in it twice.
    Twice,
    /// A step takes no time, or too much.
    Time,
    /// A branch stands alone: there is nothing to choose from.
    Branch,
    /// There is more of something than there may be.
    Large,
}

impl Fault {
    /// Its name in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Level => "level",
            Self::Outcomes => "outcomes",
            Self::Steps => "steps",
            Self::Twice => "twice",
            Self::Time => "time",
            Self::Branch => "branch",
            Self::Large => "large",
        }
    }
}

impl Path {
    /// Minutes of the steps that belong to it in any case, and of those that may be left out. Of branches the shortest counts, since
    /// one of them is enough.
    pub fn minutes(&self) -> (u32, u32) {
        let sum = |optional: bool| {
            let steps = self
                .steps
                .iter()
                .filter(|step| step.optional == optional && step.choice.is_empty());
            steps.map(|step| step.time_required).sum::<u32>()
        };
        let branches = self
            .branches()
            .into_iter()
            .filter(|steps| !steps[0].choice.is_empty());
        let shortest =
            branches.filter_map(|steps| steps.iter().map(|step| step.time_required).min());
        (sum(false) + shortest.sum::<u32>(), sum(true))
    }

    /// Its steps; those that are branches of one choice together.
    pub fn branches(&self) -> Vec<&[Step]> {
        let same = |a: &Step, b: &Step| {
            !a.choice.is_empty() && a.choice == b.choice && b.section.is_empty()
        };
        self.steps.chunk_by(same).collect()
    }

    /// Where a resource stands in it, from 0.
    pub fn place(&self, resource: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.resource == resource)
    }

    /// What keeps it from being published, each once.
    pub fn faults(&self) -> Vec<Fault> {
        let uri = format!(
            "https://w3id.org/khue/educationalLevel/{}",
            self.educational_level
        );
        let known = vocabulary::concept(&uri).is_some();
        let mut seen = BTreeSet::new();
        let found = [
            (
                Fault::Words,
                self.name.trim().is_empty() || self.description.trim().is_empty(),
            ),
            (Fault::Level, !known || self.in_language.is_empty()),
            (Fault::Outcomes, self.teaches.is_empty()),
            (
                Fault::Steps,
                self.branches()
                    .iter()
                    .filter(|steps| !steps[0].optional)
                    .count()
                    < 2,
            ),
            (
                Fault::Twice,
                !self.steps.iter().all(|step| seen.insert(&step.resource)),
            ),
            (
                Fault::Time,
                self.steps
                    .iter()
                    .any(|step| !(1..=MINUTES).contains(&step.time_required)),
            ),
            (
                Fault::Branch,
                self.branches()
                    .iter()
                    .any(|steps| steps.len() == 1 && !steps[0].choice.is_empty()),
            ),
            (Fault::Large, self.is_large()),
        ];
        found
            .into_iter()
            .filter_map(|(fault, is)| is.then_some(fault))
            .collect()
    }

    /// Whether there is more in it than there is room for.
    pub fn is_large(&self) -> bool {
        let lists = [
            self.teaches.len(),
            self.competency_required.len(),
            self.steps.len(),
        ];
        let own = [&self.name, &self.description].into_iter();
        let steps = self
            .steps
            .iter()
            .flat_map(|step| [&step.description, &step.section, &step.choice]);
        let mut words = own
            .chain(&self.teaches)
            .chain(&self.competency_required)
            .chain(steps);
        lists.into_iter().any(|count| count > STEPS)
            || words.any(|words| words.chars().count() > LENGTH)
    }
}

/// The paths of a portal: those that come with it, and those that its people made. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Paths(Arc<[Arc<Path>]>);

impl Paths {
    /// These together with what people made; of two with one identifier the one that people made counts.
    pub fn with(&self, made: Vec<Path>) -> Self {
        let replaced = |path: &&Arc<Path>| made.iter().all(|own| own.id != path.id);
        let kept: Vec<Arc<Path>> = self.0.iter().filter(replaced).cloned().collect();
        Self(
            kept.into_iter()
                .chain(made.into_iter().map(Arc::new))
                .collect(),
        )
    }

    /// All of them, in the order in which they are listed.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Path>> {
        self.0.iter()
    }

    /// The path with this identifier.
    pub fn get(&self, id: &str) -> Option<&Arc<Path>> {
        self.0.iter().find(|path| path.id == id)
    }
}

/// The paths that come with the portal. A file that cannot be read is left out; a test reads each of them.
pub fn shipped() -> &'static Paths {
    static SHIPPED: LazyLock<Paths> = LazyLock::new(|| {
        let read = |text: &&str| serde_json::from_str(text).ok();
        Paths::default().with(FILES.iter().filter_map(read).collect())
    });
    &SHIPPED
}
