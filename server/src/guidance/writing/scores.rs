//! What models have shown that they can: kept beside them, by name and revision.

use anyhow::{Context, Result};
use khue_content::guidance::{Chosen, GapKind};
use khue_inference::models::ModelFolder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Gaps with a known answer that a model must have been asked for a language and a kind.
const FEWEST: usize = 30;
/// Share of them that it must have filled rightly. By chance it is one in four.
const SHARE: f64 = 0.75;

/// How a model filled gaps with a known answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filled {
    /// Gaps.
    pub gaps: usize,
    /// Those that the model filled rightly.
    pub right: usize,
    /// Those that the rules fill rightly.
    pub by_rule: usize,
}

impl Filled {
    /// Whether a model may fill such gaps: often enough right, and more often than the rules.
    fn is_trusted(self) -> bool {
        self.gaps >= FEWEST
            && self.right as f64 >= SHARE * self.gaps as f64
            && self.right > self.by_rule
    }
}

/// The score of a model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    /// Drafts that were made with it and without.
    pub drafts: usize,
    /// Those that passed all ten tests without it.
    pub passed_without: usize,
    /// Those that passed with it.
    pub passed_with: usize,
    /// Mean of the rubric without it.
    pub rubric_without: f64,
    /// Mean of the rubric with it.
    pub rubric_with: f64,
    /// Language → kind of gap → how it filled them.
    pub filled: BTreeMap<String, BTreeMap<GapKind, Filled>>,
}

impl Score {
    /// The gaps that it may fill: none where its drafts are worse.
    pub fn trusted(&self) -> Vec<(String, GapKind)> {
        let worse =
            self.passed_with < self.passed_without || self.rubric_with < self.rubric_without;
        let all = self.filled.iter().flat_map(|(language, kinds)| {
            kinds
                .iter()
                .filter(|(_, filled)| filled.is_trusted())
                .map(|(kind, _)| (language.clone(), *kind))
        });
        all.filter(|_| !worse).collect()
    }
}

/// The scores of all models that were measured here.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores(BTreeMap<String, Score>);

impl Scores {
    /// Those in the folder of models; none where nothing was measured.
    ///
    /// # Errors
    /// The file is there and cannot be used.
    pub fn open(folder: &ModelFolder) -> Result<Self> {
        let path = file(folder);
        if !path.is_file() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        serde_json::from_str(&text).with_context(|| {
            format!(
                "{} is damaged; delete it and measure again with khue eval guidance --model",
                path.display()
            )
        })
    }

    /// That of a model.
    pub fn of(&self, model: &Chosen) -> Option<&Score> {
        self.0.get(&key(model))
    }

    /// Notes a score and writes all of them.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn keep(&mut self, model: &Chosen, score: Score, folder: &ModelFolder) -> Result<()> {
        self.0.insert(key(model), score);
        let path = file(folder);
        let text = serde_json::to_string_pretty(self)? + "\n";
        let beside = path.with_extension(format!("new{}", std::process::id()));
        fs::create_dir_all(folder.path())
            .and_then(|()| fs::write(&beside, text))
            .and_then(|()| fs::rename(&beside, &path))
            .with_context(|| format!("{} cannot be written", path.display()))
    }
}

fn key(model: &Chosen) -> String {
    format!("{}@{}", model.name, model.revision)
}

fn file(folder: &ModelFolder) -> PathBuf {
    folder.path().join("writers.json")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn score(gaps: usize, right: usize, by_rule: usize) -> Score {
        let filled = Filled {
            gaps,
            right,
            by_rule,
        };
        Score {
            filled: BTreeMap::from([("vi".to_owned(), BTreeMap::from([(GapKind::Term, filled)]))]),
            ..Score::default()
        }
    }

    #[test]
    fn a_model_is_trusted_with_what_it_has_shown() {
        let trusted = |gaps, right, by_rule| !score(gaps, right, by_rule).trusted().is_empty();
        assert!(trusted(40, 30, 20));
        assert!(!trusted(40, 29, 20), "too often wrong");
        assert!(!trusted(40, 32, 32), "no better than the rules");
        assert!(!trusted(20, 20, 0), "too few gaps");
        let worse = Score {
            passed_without: 2,
            passed_with: 1,
            ..score(40, 40, 0)
        };
        assert_eq!(worse.trusted(), []);
    }

    #[test]
    fn scores_are_kept_by_name_and_revision() {
        let folder = tempfile::tempdir().unwrap();
        let folder = ModelFolder::new(folder.path());
        let model = |revision: &str| Chosen {
            name: "m".into(),
            revision: revision.into(),
        };
        let mut scores = Scores::open(&folder).unwrap();
        scores
            .keep(&model("1"), score(40, 30, 20), &folder)
            .unwrap();
        let again = Scores::open(&folder).unwrap();
        assert_eq!(again.of(&model("1")), Some(&score(40, 30, 20)));
        assert_eq!(again.of(&model("2")), None);
        fs::write(file(&folder), "{").unwrap();
        let error = format!("{:#}", Scores::open(&folder).unwrap_err());
        assert!(error.contains("writers.json"), "{error}");
    }
}
