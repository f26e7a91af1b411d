//! Learning paths: ordered resources with outcomes and estimated times, as curators write them in `content/paths`.

use serde::Deserialize;
use std::sync::LazyLock;

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

/// A path.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
    /// Its resources, in order.
    pub steps: Vec<Step>,
}

/// A resource of a path.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
    #[serde(default)]
    pub optional: bool,
}

impl Path {
    /// Minutes of the steps that belong to it in any case, and of those that may be left out.
    pub fn minutes(&self) -> (u32, u32) {
        let sum = |optional: bool| {
            let steps = self.steps.iter().filter(|step| step.optional == optional);
            steps.map(|step| step.time_required).sum()
        };
        (sum(false), sum(true))
    }

    /// Where a resource stands in it, from 0.
    pub fn place(&self, resource: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.resource == resource)
    }
}

/// All paths. A file that cannot be read is left out; a test reads each of them.
pub fn paths() -> &'static [Path] {
    static PATHS: LazyLock<Vec<Path>> = LazyLock::new(|| {
        let read = |text: &&str| serde_json::from_str(text).ok();
        FILES.iter().filter_map(read).collect()
    });
    &PATHS
}

/// The path with this identifier.
pub fn path(id: &str) -> Option<&'static Path> {
    paths().iter().find(|path| path.id == id)
}
