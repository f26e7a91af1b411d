//! What to learn next, and what first where something is still hard: each with its reason.
//!
//! Reasons come from paths, and from what resources say they teach and ask for ([`crate::prerequisite`]). Nothing here knows what
//! other people have looked at.

use crate::LearningResource;
use crate::path::{Path, Paths};
use crate::plan::level;
use crate::prerequisite::met;
use std::sync::Arc;

/// Steps of one sort at most.
const MOST: usize = 3;

/// Why one resource is named beside another, if it is.
type Pick = fn(&LearningResource, &LearningResource) -> Option<Why>;

/// A resource to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// Portal id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its main language.
    pub in_language: String,
    /// Why it is named.
    pub why: Why,
}

/// Why a resource is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the next step of a path.
    Path {
        /// The path.
        path: Arc<Path>,
        /// Its place there, from 1.
        place: usize,
    },
    /// It asks for what this resource teaches: in its own words.
    BuildsOn(String),
    /// It teaches what this resource asks for: in this resource's words.
    KnownFirst(String),
}

impl NextStep {
    /// Whether it is for those to whom this resource is still hard.
    pub fn is_first(&self) -> bool {
        matches!(self.why, Why::KnownFirst(_))
    }
}

/// Steps after a resource, out of its paths and of others that are near to it, nearest first: next steps of paths, what builds
/// on it, and what to know first. No resource is named twice.
pub fn next_steps(
    record: &LearningResource,
    near: &[LearningResource],
    paths: &Paths,
) -> Vec<NextStep> {
    let mut steps = of_paths(record, paths);
    for pick in [builds_on as Pick, known_first] {
        let found = near
            .iter()
            .filter(|other| other.id != record.id)
            .filter_map(|other| {
                let why = pick(record, other)?;
                Some(NextStep {
                    id: other.id.clone(),
                    name: other.name.clone(),
                    in_language: other.main_language().unwrap_or_default().to_owned(),
                    why,
                })
            });
        let fresh: Vec<NextStep> = found
            .filter(|step| steps.iter().all(|known| known.id != step.id))
            .take(MOST)
            .collect();
        steps.extend(fresh);
    }
    steps
}

fn of_paths(record: &LearningResource, paths: &Paths) -> Vec<NextStep> {
    let next = |path: &Arc<Path>| {
        let place = path.place(&record.id)? + 1;
        let step = path.steps.get(place)?;
        Some(NextStep {
            id: step.resource.clone(),
            name: step.name.clone(),
            in_language: String::new(),
            why: Why::Path {
                path: path.clone(),
                place: place + 1,
            },
        })
    };
    let mut steps: Vec<NextStep> = Vec::new();
    for step in paths.iter().filter_map(next) {
        if steps.iter().all(|known| known.id != step.id) {
            steps.push(step);
        }
    }
    steps
}

fn builds_on(record: &LearningResource, other: &LearningResource) -> Option<Why> {
    // Nothing of a lower level builds on it, whatever its words are.
    let above = level(other) >= level(record);
    let words = met(&record.teaches, &other.competency_required).filter(|_| above);
    words.map(|words| Why::BuildsOn(words.to_owned()))
}

fn known_first(record: &LearningResource, other: &LearningResource) -> Option<Why> {
    let below = level(other) <= level(record);
    let words = met(&other.teaches, &record.competency_required).filter(|_| below);
    words.map(|words| Why::KnownFirst(words.to_owned()))
}
