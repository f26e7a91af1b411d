//! Heads trained on what people accepted: one folder for each property, one
//! version after the other. A version that judges worse than the one in use, on
//! records that neither has learned from, is not taken.

use anyhow::{Context, Result};
use khue_inference::tagger::{Head, Judgement, Languages, Row, stable_hash};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// Fewer examples teach too little.
const FEWEST: usize = 30;
/// One in so many records is never learned from: versions are compared on them.
const ONE_IN: u64 = 5;
/// A version may be so much worse by chance.
const CHANCE: f64 = 0.01;
/// Versions that are kept, the one in use among them.
const KEPT: u32 = 3;

/// A record whose labels people have accepted.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its text and vector.
    pub row: Row,
    /// Its labels.
    pub labels: Vec<String>,
}

/// A head in use, with the records that it has learned from.
#[derive(Debug)]
pub struct Trained {
    /// The head.
    pub head: Head,
    /// What is known of it.
    pub about: Version,
}

/// What is known of a version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its number.
    pub version: u32,
    /// Model and revision of its vectors; empty where it knows words only.
    pub model: String,
    /// How it judged the records held out for that.
    pub judgement: Judgement,
    /// Ids and names of the records that it has learned from.
    pub learned_from: Vec<(String, String)>,
}

/// What came of a training.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Too few examples, or of too few kinds.
    TooFew(usize),
    /// The new version is in use.
    Taken(Version),
    /// The former one stays in use: it judged better.
    Worse {
        /// How the new one judged.
        new: Judgement,
        /// How the one in use judged the same records.
        old: Judgement,
    },
}

/// The folder of heads.
#[derive(Clone, Debug)]
pub struct Heads(PathBuf);

impl Heads {
    /// Heads in this folder, which need not be there yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// The version in use for a property, made with the same model; nothing where there is none, or where it
    /// cannot be read, which is logged: it is trained again.
    pub fn current(&self, property: &str, model: &str) -> Option<Trained> {
        let folder = self.0.join(property);
        let about = match read(&folder.join("current.json")) {
            Ok(about) => about.filter(|about: &Version| about.model == model)?,
            Err(error) => {
                tracing::warn!("{error:#}; the tags of {property} are learned again");
                return None;
            }
        };
        match Head::open(&version_folder(&folder, about.version)) {
            Ok(head) => Some(Trained { head, about }),
            Err(error) => {
                tracing::warn!("{error}");
                None
            }
        }
    }

    /// Learns anew from examples and takes the new version if it is no worse.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn train(
        &self,
        property: &str,
        model: &str,
        examples: &[Example],
        languages: &Languages,
    ) -> Result<Outcome> {
        let (judges, teachers): (Vec<&Example>, Vec<&Example>) =
            examples.iter().partition(|example| is_judge(&example.id));
        if teachers.len() < FEWEST || judges.len() < 3 {
            return Ok(Outcome::TooFew(examples.len()));
        }
        let (rows, labels) = parted(&teachers);
        let head = match Head::train(&rows, &labels, languages) {
            Err(khue_inference::tagger::Error::TooFew { .. }) => {
                return Ok(Outcome::TooFew(examples.len()));
            }
            other => other?,
        };
        let (rows, labels) = parted(&judges);
        let new = head.judge(&rows, &labels)?;
        let former = self.current(property, model);
        if let Some(former) = &former {
            let old = former.head.judge(&rows, &labels)?;
            if new.accuracy + CHANCE < old.accuracy {
                return Ok(Outcome::Worse { new, old });
            }
        }
        let learned_from = teachers
            .iter()
            .map(|one| (one.id.clone(), one.name.clone()));
        let version = Version {
            version: self.newest(property) + 1,
            model: model.to_owned(),
            judgement: new,
            learned_from: learned_from.collect(),
        };
        self.take(property, &head, &version)?;
        Ok(Outcome::Taken(version))
    }

    /// Writes a version, then points to it: a crash between the two leaves the former one in use.
    fn take(&self, property: &str, head: &Head, version: &Version) -> Result<()> {
        let folder = self.0.join(property);
        head.save(&version_folder(&folder, version.version))?;
        let text = serde_json::to_vec_pretty(version)?;
        let (part, file) = (
            folder.join("current.json.part"),
            folder.join("current.json"),
        );
        fs::write(&part, text)
            .and_then(|()| fs::rename(&part, &file))
            .with_context(|| format!("cannot write {}", file.display()))?;
        for old in (1..=version.version.saturating_sub(KEPT)).rev() {
            let Ok(()) = fs::remove_dir_all(version_folder(&folder, old)) else {
                break;
            };
        }
        Ok(())
    }

    /// The highest number that a folder of a version has.
    fn newest(&self, property: &str) -> u32 {
        let entries = fs::read_dir(self.0.join(property))
            .into_iter()
            .flatten()
            .flatten();
        let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        numbers.max().unwrap_or(0)
    }
}

fn version_folder(folder: &Path, version: u32) -> PathBuf {
    folder.join(format!("{version:04}"))
}

fn read(path: &Path) -> Result<Option<Version>> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
    };
    let version = serde_json::from_slice(&text);
    version
        .with_context(|| format!("{} is damaged", path.display()))
        .map(Some)
}

/// Whether a record judges and never teaches: told by its id, so that it stays so.
fn is_judge(id: &str) -> bool {
    (stable_hash(id) >> 16).is_multiple_of(ONE_IN)
}

fn parted(examples: &[&Example]) -> (Vec<Row>, Vec<Vec<String>>) {
    let pairs = examples
        .iter()
        .map(|example| (example.row.clone(), example.labels.clone()));
    pairs.unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lessons of two subjects; with `wrong` the labels say nothing.
    fn examples(count: usize, wrong: bool) -> Vec<Example> {
        let one = |n: usize| {
            let maths = n.is_multiple_of(2);
            let words = if maths {
                "phân số và phép cộng"
            } else {
                "bài thơ và nhân vật"
            };
            let label = if wrong {
                (n / 3).is_multiple_of(2)
            } else {
                maths
            };
            Example {
                id: format!("bai-{n}"),
                name: format!("Bài {n}"),
                row: Row {
                    text: format!("{words} {}", n % 7),
                    ..Row::default()
                },
                labels: vec![if label { "toan" } else { "ngu-van" }.to_owned()],
            }
        };
        (0..count).map(one).collect()
    }

    fn train(heads: &Heads, examples: &[Example]) -> Outcome {
        heads
            .train("about", "", examples, &Languages::default())
            .unwrap()
    }

    #[test]
    fn a_version_is_taken_when_it_is_no_worse_and_the_former_stays_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let heads = Heads::new(folder.path());
        assert!(heads.current("about", "").is_none());
        assert_eq!(train(&heads, &examples(9, false)), Outcome::TooFew(9));
        let Outcome::Taken(first) = train(&heads, &examples(80, false)) else {
            panic!("the first version was not taken");
        };
        assert_eq!((first.version, first.judgement.accuracy), (1, 1.0));
        // Teachers with wrong labels, judges with right ones: the new version must lose.
        let mut spoilt = examples(80, true);
        let right = examples(80, false);
        for (own, right) in spoilt
            .iter_mut()
            .zip(&right)
            .filter(|(own, _)| is_judge(&own.id))
        {
            own.labels.clone_from(&right.labels);
        }
        assert!(
            matches!(train(&heads, &spoilt), Outcome::Worse { new, old } if new.accuracy < old.accuracy)
        );
        assert_eq!(heads.current("about", "").unwrap().about, first);
        for version in 2..6 {
            assert!(
                matches!(train(&heads, &examples(90, false)), Outcome::Taken(v) if v.version == version)
            );
        }
        assert!(!folder.path().join("about/0001").exists());
        assert_eq!(heads.current("about", "").unwrap().about.version, 5);
        // Vectors of another model are of no use.
        assert!(heads.current("about", "e5 2").is_none());
    }
}
