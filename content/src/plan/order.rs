//! In which order materials are learned.

use super::Material;
use crate::prerequisite::met;
use std::collections::BTreeMap;

/// What has to come before what: for each material, others by their places.
pub struct Before {
    /// What teaches something that it asks for.
    pub needed: Vec<Vec<usize>>,
    /// What stands before it in a path.
    path: Vec<Vec<usize>>,
}

impl Before {
    /// Looks every two materials over.
    pub fn of(materials: &[Material]) -> Self {
        let all = |wanted: fn(&Material, &Material) -> bool| {
            let of = |later: &Material| {
                let earlier = materials.iter().enumerate();
                let found =
                    earlier.filter(|(_, earlier)| earlier.id != later.id && wanted(earlier, later));
                found.map(|(place, _)| place).collect()
            };
            materials.iter().map(of).collect()
        };
        Self {
            needed: all(teaches_for),
            path: all(stands_before),
        }
    }

    fn all(&self, place: usize) -> impl Iterator<Item = &usize> {
        self.needed[place].iter().chain(&self.path[place])
    }
}

/// A lesson of a higher level is never needed for one of a lower level, whatever its words are.
fn teaches_for(earlier: &Material, later: &Material) -> bool {
    earlier.level <= later.level && met(&earlier.teaches, &later.competency_required).is_some()
}

fn stands_before(earlier: &Material, later: &Material) -> bool {
    let places = |id: &String| {
        later
            .paths
            .iter()
            .find(|(path, _)| path == id)
            .map(|(_, place)| *place)
    };
    earlier
        .paths
        .iter()
        .any(|(path, place)| places(path).is_some_and(|other| *place < other))
}

/// The kept materials in the order in which they are learned: what others need comes before them, subjects take turns by
/// how much of each is left. Where things need each other in a circle, the order of textbooks decides.
pub fn sequence(materials: &[Material], before: &Before, kept: &[bool]) -> Vec<usize> {
    let mut left: Vec<usize> = (0..materials.len()).filter(|place| kept[*place]).collect();
    left.sort_by_key(|place| by_book(&materials[*place]));
    let whole = minutes_by_subject(materials, &left);
    let mut sequence = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let remaining = minutes_by_subject(materials, &left);
        let share = |place: usize| {
            let subject = materials[place].about.as_str();
            let (left, all) = (remaining.get(subject), whole.get(subject));
            f64::from(*left.unwrap_or(&0)) / f64::from(*all.unwrap_or(&1)).max(1.0)
        };
        let ready = |place: usize| !before.all(place).any(|other| left.contains(other));
        let next = chosen(&left, ready, share);
        sequence.push(left.remove(next));
    }
    sequence
}

/// Where the next one stands: the first that is ready of the subject of which most is left.
fn chosen(left: &[usize], ready: impl Fn(usize) -> bool, share: impl Fn(usize) -> f64) -> usize {
    let mut best: Option<(f64, usize)> = None;
    for (at, place) in left.iter().enumerate().filter(|(_, place)| ready(**place)) {
        let share = share(*place);
        // Of one subject all have the same share, so its first one stays.
        if best.is_none_or(|(most, _)| share > most) {
            best = Some((share, at));
        }
    }
    best.map_or(0, |(_, at)| at)
}

fn by_book(material: &Material) -> (usize, (u32, u32, u32), Option<usize>, String) {
    let in_path = material.paths.first().map(|(_, place)| *place);
    (
        material.level,
        material.place,
        in_path,
        material.name.clone(),
    )
}

fn minutes_by_subject<'a>(materials: &'a [Material], places: &[usize]) -> BTreeMap<&'a str, u32> {
    let mut sums = BTreeMap::new();
    for place in places {
        let material = &materials[*place];
        *sums.entry(material.about.as_str()).or_insert(0) += material.minutes;
    }
    sums
}
