//! Which resources go into a pack.

use anyhow::{Result, bail};
use khue_content::LearningResource;
use khue_content::vocabulary::{self, Concept};

/// Subjects and levels; everything where there is none.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Subjects.
    pub about: Vec<&'static Concept>,
    /// Grades and stages.
    pub level: Vec<&'static Concept>,
}

impl Choice {
    /// Reads what somebody has typed: a notation, an address or a name in any language.
    ///
    /// # Errors
    /// Names what is not known, and where to look.
    pub fn read(about: &[String], level: &[String]) -> Result<Self> {
        Ok(Self {
            about: concepts("about", "--subject", about)?,
            level: concepts("educationalLevel", "--level", level)?,
        })
    }

    /// Whether a record belongs into the pack. Narrower concepts count as the wider one.
    pub fn takes(&self, record: &LearningResource) -> bool {
        is_one_of(&self.about, &record.about) && is_one_of(&self.level, &record.educational_level)
    }
}

fn concepts(vocabulary: &str, option: &str, typed: &[String]) -> Result<Vec<&'static Concept>> {
    let mut found = Vec::new();
    for word in typed {
        let concept = vocabulary::concept(word).or_else(|| vocabulary::find(vocabulary, word));
        match concept {
            Some(concept) => found.push(concept),
            None => bail!(
                "{option} {word:?} is not known: name it as the portal does, such as \"Toán\" or \"lớp 8\"; \
                 /api/v1/vocabularies/{vocabulary} lists all"
            ),
        }
    }
    Ok(found)
}

fn is_one_of(chosen: &[&'static Concept], own: &[String]) -> bool {
    let mut wider = own.iter().flat_map(|uri| vocabulary::with_broader(uri));
    chosen.is_empty() || wider.any(|concept| chosen.iter().any(|one| one.id == concept.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(about: &str, level: &str) -> LearningResource {
        let uri = |vocabulary, word| vocabulary::find(vocabulary, word).unwrap().id.clone();
        LearningResource {
            about: vec![uri("about", about)],
            educational_level: vec![uri("educationalLevel", level)],
            ..LearningResource::default()
        }
    }

    fn choice(about: &[&str], level: &[&str]) -> Result<Choice> {
        let words = |words: &[&str]| {
            words
                .iter()
                .map(|word| (*word).to_owned())
                .collect::<Vec<_>>()
        };
        Choice::read(&words(about), &words(level))
    }

    #[test]
    fn a_stage_takes_its_grades_and_nothing_takes_everything() {
        let grade_8 = record("Toán", "lớp 8");
        assert!(choice(&[], &[]).unwrap().takes(&grade_8));
        assert!(
            choice(&["toan"], &["Trung học cơ sở"])
                .unwrap()
                .takes(&grade_8)
        );
        assert!(!choice(&["toan"], &["lớp 9"]).unwrap().takes(&grade_8));
        assert!(
            choice(&["Vật lí", "Maths"], &["lớp 9", "lớp 8"])
                .unwrap()
                .takes(&grade_8)
        );
    }

    #[test]
    fn an_unknown_subject_is_named() {
        let error = choice(&["toán rời rạc kì ảo"], &[])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("--subject") && error.contains("kì ảo"),
            "{error}"
        );
    }
}
