//! Judges guidance: a draft for every record, ten tests on every draft.

use crate::guidance::{Score, Sourced, Tried, Writing, today, tried};
use khue_content::LearningResource;
use khue_content::guidance::{
    Chosen, GuidanceDraft, GuidanceRequest, Refusal, Rubric, Verdict, draft, judge, rubric,
};
use serde::Serialize;

/// A draft and how it came out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Drafted {
    /// Id of the record.
    pub id: String,
    /// Where the record stood.
    pub place: String,
    /// Language of the draft.
    pub in_language: String,
    /// Who handles the tool.
    pub mode: &'static str,
    /// Whether all ten tests passed.
    pub passed: bool,
    /// Whether the separate check locked the draft.
    pub locked: bool,
    /// The tests that failed.
    pub failed: Vec<Verdict>,
    /// How well it rests on its record.
    pub rubric: Rubric,
    /// Items in which a language model chose spans.
    pub worded: usize,
}

/// A record without a draft.
#[derive(Debug, Serialize)]
pub struct Refused {
    /// Id of the record; empty where there was no record.
    pub id: String,
    /// Where it stood.
    pub place: String,
    /// Short name of the reason.
    pub code: String,
    /// The reason.
    pub reason: String,
}

/// How often a test passed.
#[derive(Debug, Serialize)]
pub struct Tally {
    /// From 1 to 10.
    pub number: u8,
    /// What it tests.
    pub name: &'static str,
    /// Drafts that passed.
    pub passed: usize,
    /// Drafts that did not.
    pub failed: usize,
}

/// What came out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GuidanceJudged {
    /// Records and lines read.
    pub records: usize,
    /// Drafts made.
    pub drafts: usize,
    /// Drafts that passed all ten tests.
    pub passed: usize,
    /// Records without a draft.
    pub refused: usize,
    /// The language model that chose spans, with its revision; nothing where rules and words did.
    pub model: Option<String>,
    /// The same records without the model, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_model: Option<WithoutModel>,
    /// Gaps with known answers, by language and kind, where there is a model.
    #[serde(skip_serializing_if = "Tried::is_empty")]
    pub filled: Tried,
    /// Number that decided among equals.
    pub seed: u64,
    /// Mean of the rubric over all drafts.
    pub rubric: f64,
    /// Each test.
    pub tests: Vec<Tally>,
    /// Each refusal.
    pub refusals: Vec<Refused>,
    /// Each draft.
    pub results: Vec<Drafted>,
}

/// What came out without a model.
#[derive(Debug, Serialize)]
pub struct WithoutModel {
    /// Drafts made.
    pub drafts: usize,
    /// Drafts that passed all ten tests.
    pub passed: usize,
    /// Mean of the rubric over all drafts.
    pub rubric: f64,
}

/// Makes drafts.
type Maker<'a> = &'a dyn Fn(&LearningResource, &GuidanceRequest) -> Result<GuidanceDraft, Refusal>;

/// Drafts and judges.
pub fn judge_guidance(records: &[Sourced], lang: Option<&str>, seed: u64) -> GuidanceJudged {
    judged(records, lang, seed, &|record, request| {
        draft(record, request, None)
    })
}

/// Drafts with a language model that fills every gap, and without, and has it fill gaps whose answers are known.
pub fn judge_writing(
    records: &[Sourced],
    lang: Option<&str>,
    seed: u64,
    writing: &Writing,
) -> GuidanceJudged {
    let without = judge_guidance(records, lang, seed);
    let found = judged(records, lang, seed, &|record, request| {
        writing.draft(record, request)
    });
    let Chosen { name, revision } = writing.chosen();
    GuidanceJudged {
        model: Some(format!("{name}@{revision}")),
        without_model: Some(WithoutModel {
            drafts: without.drafts,
            passed: without.passed,
            rubric: without.rubric,
        }),
        filled: tried(writing, records),
        ..found
    }
}

impl GuidanceJudged {
    /// What is kept of the model; nothing where there was none.
    pub fn score(&self) -> Option<Score> {
        let without = self.without_model.as_ref()?;
        Some(Score {
            drafts: self.drafts,
            passed_without: without.passed,
            passed_with: self.passed,
            rubric_without: without.rubric,
            rubric_with: self.rubric,
            filled: self.filled.clone(),
        })
    }
}

fn judged(records: &[Sourced], lang: Option<&str>, seed: u64, make: Maker<'_>) -> GuidanceJudged {
    let request = GuidanceRequest {
        language: lang.map(str::to_owned),
        date: today(),
        seed,
        ..GuidanceRequest::default()
    };
    let (mut results, mut refusals) = (Vec::new(), Vec::new());
    let mut tests: Vec<Tally> = Vec::new();
    for one in records {
        match drafted(one, &request, make) {
            Ok((made, verdicts)) => {
                count(&mut tests, &verdicts);
                results.push(made);
            }
            Err(refused) => refusals.push(refused),
        }
    }
    let total: f64 = results
        .iter()
        .map(|made| f64::from(made.rubric.score))
        .sum();
    GuidanceJudged {
        records: records.len(),
        drafts: results.len(),
        passed: results.iter().filter(|made| made.passed).count(),
        refused: refusals.len(),
        model: None,
        without_model: None,
        filled: Tried::new(),
        seed,
        rubric: total / results.len().max(1) as f64,
        tests,
        refusals,
        results,
    }
}

fn drafted(
    one: &Sourced,
    request: &GuidanceRequest,
    make: Maker<'_>,
) -> Result<(Drafted, Vec<Verdict>), Refused> {
    let refused = |id: &str, code: &str, reason: String| Refused {
        id: id.to_owned(),
        place: one.place.clone(),
        code: code.to_owned(),
        reason,
    };
    let record: &LearningResource = one
        .record
        .as_ref()
        .map_err(|reason| refused("", "no-record", reason.clone()))?;
    let made = make(record, request)
        .map_err(|refusal| refused(&record.id, refusal.code(), refusal.to_string()))?;
    let verdicts = judge(&made, record);
    let failed: Vec<Verdict> = verdicts
        .iter()
        .filter(|verdict| !verdict.passed)
        .cloned()
        .collect();
    let items = made.sections.iter().flat_map(|section| &section.items);
    let drafted = Drafted {
        id: record.id.clone(),
        place: one.place.clone(),
        in_language: made.in_language.clone(),
        mode: made.mode.key(),
        passed: failed.is_empty(),
        locked: made.locked,
        failed,
        rubric: rubric(&made),
        worded: items.filter(|item| item.worded).count(),
    };
    Ok((drafted, verdicts))
}

fn count(tests: &mut Vec<Tally>, verdicts: &[Verdict]) {
    for verdict in verdicts {
        let known = tests
            .iter()
            .position(|tally| tally.number == verdict.number);
        let place = known.unwrap_or_else(|| {
            tests.push(Tally {
                number: verdict.number,
                name: verdict.name,
                passed: 0,
                failed: 0,
            });
            tests.len() - 1
        });
        tests[place].passed += usize::from(verdict.passed);
        tests[place].failed += usize::from(!verdict.passed);
    }
}
