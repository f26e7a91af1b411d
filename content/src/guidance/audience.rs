//! Which rules of age hold for a record: the youngest learners decide.

use super::policy::{Band, Mode, policy};
use crate::LearningResource;
use crate::vocabulary;

/// Whom a draft is for.
#[derive(Clone, Debug)]
pub(super) struct Audience {
    pub(super) band: &'static Band,
    /// Age in years of the youngest learners.
    pub(super) youngest: u8,
    pub(super) mode: Mode,
    /// Levels that a task may have here.
    pub(super) levels: Vec<u8>,
}

impl Audience {
    /// The same with no freer a mode than this, where its band has such a mode.
    pub(super) fn at_most(mut self, most: Option<Mode>) -> Self {
        let most = most.unwrap_or(self.mode).min(self.mode);
        let allowed = self.band.modes.iter().copied();
        self.mode = allowed
            .filter(|mode| *mode <= most)
            .max()
            .unwrap_or(self.mode);
        self
    }
}

/// Reads levels and ages of a record. Where they differ, the lower age holds.
pub(super) fn of(record: &LearningResource) -> Option<Audience> {
    let rules = &policy()?.rules;
    let unknown = rules.bands.last()?;
    let by_level = record
        .educational_level
        .iter()
        .filter_map(|uri| band_of(uri))
        .min_by_key(|(_, age)| *age);
    let stated = record
        .typical_age_range
        .as_deref()
        .and_then(youngest_stated);
    let age = match (by_level.map(|(_, age)| age), stated) {
        (Some(level), Some(age)) => Some(level.min(age)),
        (level, age) => level.or(age),
    };
    let band = match (by_level.map(|(band, _)| band), age) {
        (Some(band), Some(age)) if age >= band.age => band,
        (_, Some(age)) => band_for_age(age)?,
        (_, None) => unknown,
    };
    let youngest = age.unwrap_or(band.age);
    Some(Audience {
        band,
        youngest,
        mode: usual(band, youngest, rules.independent_from),
        levels: band.levels.clone(),
    })
}

/// The band that a level of the vocabulary belongs to, and the youngest age at that level;
/// nothing for unknown levels.
fn band_of(uri: &str) -> Option<(&'static Band, u8)> {
    let level = vocabulary::concept(uri)?;
    let bands = &policy()?.rules.bands;
    let band = bands
        .iter()
        .find(|band| band.levels_of_record.contains(&level.notation))?;
    let ages = level.facts.get("ages").and_then(|ages| ages.as_str());
    let youngest = ages.and_then(youngest_stated).unwrap_or(band.age);
    Some((band, youngest.max(band.age)))
}

/// The band of school years or adults that an age falls into.
fn band_for_age(age: u8) -> Option<&'static Band> {
    let bands = &policy()?.rules.bands;
    let general =
        |band: &&Band| !matches!(band.id.as_str(), "unknown" | "vocational" | "continuing");
    bands
        .iter()
        .filter(general)
        .rfind(|band| band.age <= age)
        .or_else(|| bands.first())
}

/// The freest mode that needs no further agreement, never above what the age allows.
fn usual(band: &Band, youngest: u8, independent_from: u8) -> Mode {
    let wanted = match band.id.as_str() {
        "adult" => Mode::Independent,
        _ => Mode::Supervised,
    };
    let allowed = band.modes.iter().copied().filter(|mode| *mode <= wanted);
    let by_age = allowed.filter(|mode| youngest >= independent_from || !mode.is_learners());
    by_age.max().unwrap_or(Mode::TeacherOnly)
}

/// The lower end of an age range such as `6-7`, `18-`, `-12` or `6 tuổi`.
fn youngest_stated(range: &str) -> Option<u8> {
    let range = range.trim();
    if range.starts_with('-') {
        return Some(0);
    }
    let digits: String = range
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok().filter(|age| *age < 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(levels: &[&str], ages: Option<&str>) -> LearningResource {
        LearningResource {
            educational_level: levels
                .iter()
                .filter_map(|level| Some(vocabulary::find("educationalLevel", level)?.id.clone()))
                .collect(),
            typical_age_range: ages.map(str::to_owned),
            ..LearningResource::default()
        }
    }

    fn mode(levels: &[&str], ages: Option<&str>) -> (String, Mode) {
        of(&record(levels, ages)).map_or((String::new(), Mode::Independent), |found| {
            (found.band.id.clone(), found.mode)
        })
    }

    #[test]
    fn below_thirteen_no_learner_handles_a_tool() {
        for (levels, ages) in [
            (vec!["preschool"], None),
            (vec!["grade-2"], Some("7-8")),
            (vec!["grade-5"], None),
            (vec!["grade-7"], None),
            (vec!["grade-12", "grade-3"], None),
            (vec!["grade-10"], Some("9-10")),
            (vec!["higher"], Some("6-")),
            (vec![], Some("12")),
            (vec![], Some("-99")),
            (vec![], None),
            (vec!["lifelong"], Some("8-")),
        ] {
            let (band, found) = mode(&levels, ages);
            assert!(
                !found.is_learners(),
                "{levels:?} {ages:?} gave {band}, {found:?}"
            );
        }
    }

    #[test]
    fn older_learners_use_tools_in_the_way_of_their_age() {
        assert_eq!(
            mode(&["grade-8"], None),
            ("lower-secondary".into(), Mode::Supervised)
        );
        assert_eq!(
            mode(&["grade-10"], Some("15-16")),
            ("upper-secondary".into(), Mode::Supervised)
        );
        assert_eq!(mode(&["higher"], None), ("adult".into(), Mode::Independent));
        assert_eq!(
            mode(&["continuing", "lifelong"], Some("18-")).1,
            Mode::Supervised
        );
        assert_eq!(mode(&["vocational"], None).0, "vocational");
    }
}
