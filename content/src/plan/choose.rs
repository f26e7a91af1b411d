//! Which materials there is time for.

use super::order::{Before, sequence};
use super::schedule::{fill, revision_days};
use super::{Frame, Material, Plan};

/// A plan over these materials. As long as they do not all fit, the least important one is left out: of a lower level,
/// without exercises, in no path, late in the order; never one that something kept needs.
pub fn plan(frame: &Frame, materials: &[Material]) -> Plan {
    let before = Before::of(materials);
    let mut kept = vec![true; materials.len()];
    let days = loop {
        let order = sequence(materials, &before, &kept);
        if let Some(days) = fill(frame, materials, &order) {
            break days;
        }
        match least(materials, &before, &order, &kept) {
            Some(place) => kept[place] = false,
            None => break Vec::new(),
        }
    };
    let study = frame.study_days();
    let revision = study.len() - revision_days(study.len());
    Plan {
        left_out: (0..kept.len()).filter(|place| !kept[*place]).collect(),
        study_days: study.len(),
        free_days: study.len() - days.len(),
        revision_from: study.get(revision).copied().filter(|_| !days.is_empty()),
        days,
    }
}

/// The least important of the kept ones that no other needs; of all, where each is needed by another.
fn least(materials: &[Material], before: &Before, order: &[usize], kept: &[bool]) -> Option<usize> {
    let needed = |place: usize| {
        let others = before.needed.iter().enumerate();
        others
            .filter(|(other, _)| kept[*other])
            .any(|(_, needs)| needs.contains(&place))
    };
    let weight = |(at, place): &(usize, &usize)| {
        let material = &materials[**place];
        let of_use = (material.exercises > 0, !material.paths.is_empty());
        (
            needed(**place),
            material.level,
            of_use,
            std::cmp::Reverse(*at),
        )
    };
    order
        .iter()
        .enumerate()
        .min_by_key(weight)
        .map(|(_, place)| *place)
}
