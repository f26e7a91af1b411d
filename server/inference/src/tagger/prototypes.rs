//! Tags without examples: each concept is known by written descriptions, in
//! several languages, and by its names.

use super::calibration::Calibration;
use super::head::{Row, Tag};
use super::naming::{Naming, naming};
use super::space::{Points, Space};
use super::{Languages, Result};
use candle_core::Tensor;

/// What each kind of evidence weighs. Measured on the lessons that come with the portal (`khue eval tagging --zero-shot`), as
/// they are and with the names of subjects taken out of their titles, and on exam questions of six subjects; each holds over
/// a wide range.
const WORDS: f64 = 0.6;
const HEADING: f64 = 0.35;
const MENTIONED: f64 = 0.05;

/// Softmax sharpness: between the likeliest one on these lessons (26, and 22 without names) and on the questions (26).
const SHARPNESS: f64 = 22.0;

/// Log of how much less likely a concept is that does not fit what is known, or that joins others.
const UNFIT: f64 = -0.35;
const JOINING: f64 = -0.08;

/// How a concept fits what else is known of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Nothing speaks against it.
    Well,
    /// Nothing speaks against it, but it joins others, of which one would say more: "natural science" of a text on cells.
    Joining,
    /// It does not: a subject that is not taught at the stated grade.
    Not,
}

/// A concept to choose from.
#[derive(Clone, Debug, Default)]
pub struct Concept {
    /// What a tag says: a URI.
    pub value: String,
    /// What people call it.
    pub names: Vec<String>,
    /// Descriptions, each with its vector where there is an encoder; those of
    /// narrower concepts may be among them.
    pub descriptions: Vec<Row>,
}

/// Concepts with their descriptions in one space.
#[derive(Debug)]
pub struct Prototypes {
    concepts: Vec<Concept>,
    space: Space,
    points: Points,
    /// Unit vectors of the descriptions (`[descriptions, d]`).
    units: Option<Tensor>,
    /// The concept of each description.
    owner: Vec<usize>,
}

impl Prototypes {
    /// Learns where the concepts stand.
    ///
    /// # Errors
    /// When vectors are not of one length.
    pub fn new(concepts: Vec<Concept>, languages: &Languages) -> Result<Self> {
        let rows: Vec<Row> = concepts
            .iter()
            .flat_map(|concept| concept.descriptions.clone())
            .collect();
        let owner = concepts
            .iter()
            .enumerate()
            .flat_map(|(number, concept)| vec![number; concept.descriptions.len()])
            .collect();
        let space = Space::of(&rows, &languages.offsets);
        let points = space.points(&rows)?;
        let units = points.vectors.as_ref().map(unit).transpose()?;
        Ok(Self {
            concepts,
            space,
            points,
            units,
            owner,
        })
    }

    /// The concepts, most likely first. `passages` are parts of one text with what
    /// each weighs; `title` is where names count; `fit` tells how a concept
    /// fits what else is known of the text (its grade).
    ///
    /// # Errors
    /// When vectors are not of the length of those of the concepts.
    pub fn tags(
        &self,
        passages: &[(Row, f64)],
        title: &str,
        fit: impl Fn(&str) -> Fit,
    ) -> Result<Vec<Tag>> {
        let mut scores = self.likeness(passages)?;
        for (score, concept) in scores.iter_mut().zip(&self.concepts) {
            *score += match concept
                .names
                .iter()
                .filter_map(|name| naming(title, name))
                .max()
            {
                Some(Naming::Heading) => HEADING,
                Some(Naming::Mentioned) => MENTIONED,
                None => 0.0,
            };
            *score += match fit(&concept.value) {
                Fit::Well => 0.0,
                Fit::Joining => JOINING,
                Fit::Not => UNFIT,
            };
        }
        let calibration = Calibration::Softmax {
            sharpness: SHARPNESS,
        };
        let confidences = calibration.probabilities(&scores);
        let mut tags: Vec<Tag> = self
            .concepts
            .iter()
            .zip(confidences)
            .map(|(concept, confidence)| Tag {
                label: concept.value.clone(),
                confidence,
            })
            .collect();
        tags.sort_by(|a, b| {
            b.confidence
                .total_cmp(&a.confidence)
                .then(a.label.cmp(&b.label))
        });
        Ok(tags)
    }

    /// How like the best description of one concept a text is, by the same measure; 0 where
    /// they have nothing in common.
    ///
    /// # Errors
    /// As [`Self::tags`].
    pub fn likeness_to(&self, row: &Row, value: &str) -> Result<f64> {
        let place = self
            .concepts
            .iter()
            .position(|concept| concept.value == value);
        let likeness = self.likeness(&[(row.clone(), 1.0)])?;
        Ok(place.map_or(0.0, |place| likeness[place]))
    }

    /// For each concept how like its best descriptions the passages are.
    fn likeness(&self, passages: &[(Row, f64)]) -> Result<Vec<f64>> {
        let rows: Vec<Row> = passages.iter().map(|(row, _)| row.clone()).collect();
        let points = self.space.points(&rows)?;
        let pairs = self.space.pairs(&points, &self.points)?;
        let width = self.owner.len().max(1);
        let meaning = match (&points.vectors, &self.units) {
            (Some(vectors), Some(units)) => unit(vectors)?
                .matmul(&units.t()?.contiguous()?)?
                .flatten_all()?
                .to_vec1()?,
            _ => vec![0f32; pairs.words.len()],
        };
        let total: f64 = passages.iter().map(|(_, weight)| weight).sum();
        let mut scores = vec![0.0; self.concepts.len()];
        let rows = meaning.chunks(width).zip(pairs.words.chunks(width));
        for ((meaning, words), (_, weight)) in rows.zip(passages) {
            let share = weight / total.max(1e-9);
            let add = |scores: &mut Vec<f64>, values: &[f32], by: f64| {
                let best = self.best(values);
                scores.iter_mut().zip(best).for_each(|(s, b)| *s += by * b);
            };
            add(&mut scores, meaning, share);
            add(&mut scores, words, share * WORDS);
        }
        Ok(scores)
    }

    /// For each concept its best description.
    fn best(&self, values: &[f32]) -> Vec<f64> {
        let mut best = vec![-1.0; self.concepts.len()];
        for (value, owner) in values.iter().zip(&self.owner) {
            best[*owner] = f64::max(best[*owner], f64::from(*value));
        }
        best
    }
}

/// Rows of length 1.
fn unit(vectors: &Tensor) -> Result<Tensor> {
    let lengths = (vectors.sqr()?.sum_keepdim(1)?.sqrt()? + 1e-9)?;
    Ok(vectors.broadcast_div(&lengths)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(value: &str, name: &str, text: &str) -> Concept {
        let row = Row {
            text: text.into(),
            language: "vi".into(),
            ..Row::default()
        };
        Concept {
            value: value.into(),
            names: vec![name.into()],
            descriptions: vec![row],
        }
    }

    fn subjects() -> Prototypes {
        let concepts = vec![
            concept("physics", "Vật lí", "Lực, chuyển động, gia tốc, năng lượng"),
            concept("history", "Lịch sử", "Triều đại, chiến tranh, cách mạng"),
        ];
        Prototypes::new(concepts, &Languages::default()).unwrap()
    }

    fn passage(text: &str) -> Vec<(Row, f64)> {
        vec![(
            Row {
                text: text.into(),
                ..Row::default()
            },
            1.0,
        )]
    }

    #[test]
    fn words_of_the_description_name_or_grade_decide() {
        let subjects = subjects();
        let first = |text: &str, title: &str, fit: fn(&str) -> Fit| {
            subjects.tags(&passage(text), title, fit).unwrap()[0]
                .label
                .clone()
        };
        assert_eq!(first("gia tốc của xe", "", |_| Fit::Well), "physics");
        assert_eq!(first("bài số 3", "Lịch sử 12", |_| Fit::Well), "history");
        let only_history = |value: &str| match value {
            "history" => Fit::Well,
            _ => Fit::Not,
        };
        assert_eq!(first("bài số 3", "", only_history), "history");
        let joining_physics = |value: &str| match value {
            "physics" => Fit::Joining,
            _ => Fit::Well,
        };
        assert_eq!(first("bài số 3", "", joining_physics), "history");
    }
}
