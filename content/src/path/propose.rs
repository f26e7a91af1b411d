//! A path proposed from what the library has, for a person to accept or change: in the order in which things need each other, then by
//! textbook, each step with the reason for its place.

use super::{Path, Step};
use crate::plan::{Before, Material, sequence};
use crate::prerequisite::met;

/// Most outcomes and demands of a proposal.
const OUTCOMES: usize = 8;

/// What a proposal is made for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What it is called.
    pub name: String,
    /// Language of its words, BCP 47.
    pub in_language: String,
    /// Notation of its stage.
    pub educational_level: String,
    /// Most steps.
    pub steps: usize,
}

/// Why a resource stands where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It asks for what an earlier step teaches: the name of that step, and what it is.
    BuildsOn(String, String),
    /// It is this lesson of its textbook; volume 0 where there is only one.
    InBook {
        /// The volume.
        volume: u32,
        /// The lesson.
        lesson: u32,
    },
    /// It is near to what was asked for.
    Near,
}

/// A path of these materials, which come nearest first, and the reason of each step. What does not fit is left out, the farthest
/// first; what it needs of the rest stays.
pub fn propose(wanted: &Wanted, materials: &[Material]) -> (Path, Vec<Reason>) {
    let before = Before::of(materials);
    let kept = kept(materials, &before, wanted.steps);
    let order = sequence(materials, &before, &kept);
    let chosen: Vec<&Material> = order.iter().map(|place| &materials[*place]).collect();
    let reasons = (0..chosen.len()).map(|at| reason(&chosen, at)).collect();
    let step = |material: &&Material| Step {
        resource: material.id.clone(),
        name: material.name.clone(),
        time_required: material.minutes,
        ..Step::default()
    };
    let path = Path {
        name: wanted.name.clone(),
        in_language: wanted.in_language.clone(),
        educational_level: wanted.educational_level.clone(),
        teaches: outcomes(&chosen),
        competency_required: demands(&chosen),
        steps: chosen.iter().map(step).collect(),
        ..Path::default()
    };
    (path, reasons)
}

/// The nearest, each with what it needs, as long as there is room.
fn kept(materials: &[Material], before: &Before, most: usize) -> Vec<bool> {
    let mut kept = vec![false; materials.len()];
    for place in 0..materials.len() {
        let wanted = std::iter::once(place).chain(before.needed[place].iter().copied());
        let fresh: Vec<usize> = wanted.filter(|place| !kept[*place]).collect();
        let count = kept.iter().filter(|kept| **kept).count();
        if count + fresh.len() <= most {
            fresh.into_iter().for_each(|place| kept[place] = true);
        }
    }
    kept
}

fn reason(chosen: &[&Material], at: usize) -> Reason {
    let own = chosen[at];
    let needed = chosen[..at].iter().rev().find_map(|earlier| {
        let words = met(&earlier.teaches, &own.competency_required)?;
        Some(Reason::BuildsOn(earlier.name.clone(), words.to_owned()))
    });
    let (volume, lesson, _) = own.place;
    let in_book = (lesson > 0).then_some(Reason::InBook { volume, lesson });
    needed.or(in_book).unwrap_or(Reason::Near)
}

/// What the steps teach, the last steps first: what leads to something else is on the way, not the goal.
fn outcomes(chosen: &[&Material]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for outcome in chosen
        .iter()
        .rev()
        .filter_map(|material| material.teaches.first())
    {
        if all.len() < OUTCOMES && !all.contains(outcome) {
            all.push(outcome.clone());
        }
    }
    all.reverse();
    all
}

/// What the steps ask for and no earlier step teaches.
fn demands(chosen: &[&Material]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (at, material) in chosen.iter().enumerate() {
        for needed in &material.competency_required {
            let one = std::slice::from_ref(needed);
            let taught = chosen[..at]
                .iter()
                .any(|earlier| met(&earlier.teaches, one).is_some());
            if !taught && all.len() < OUTCOMES && !all.contains(needed) {
                all.push(needed.clone());
            }
        }
    }
    all
}
