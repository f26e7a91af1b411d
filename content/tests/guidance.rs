//! Guidance: drafts for the open library, refusals, licences, ages and hostile texts.

#[path = "guidance/advice.rs"]
mod advice;
#[path = "guidance/gaps.rs"]
mod gaps;
#[path = "guidance/hostile.rs"]
mod hostile;
#[path = "guidance/library.rs"]
mod library;
#[path = "guidance/quoting.rs"]
mod quoting;
#[path = "guidance/reading.rs"]
mod reading;
#[path = "guidance/records.rs"]
mod records;
#[path = "guidance/rules.rs"]
mod rules;
#[path = "guidance/sentences.rs"]
mod sentences;
#[path = "guidance/topics.rs"]
mod topics;

use khue_content::format::markdown::from_markdown;
use khue_content::guidance::{GuidanceDraft, GuidanceRequest, Refusal, Verdict, draft, judge};
use khue_content::{LearningResource, vocabulary};
use std::path::Path;

/// The lesson of the open library with this name.
fn lesson(path: &str) -> LearningResource {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("library")
        .join(path);
    let text = std::fs::read_to_string(&file).expect("the lesson is there");
    let mut record = from_markdown(path, &text).record.expect("a record");
    record.id = file
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    record
}

/// Every lesson of the open library.
fn lessons() -> Vec<LearningResource> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("library");
    let mut all = Vec::new();
    for language in ["vi", "en", "fr"] {
        let folder = std::fs::read_dir(root.join(language)).expect("the folder is there");
        let mut names: Vec<String> = folder
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        all.extend(
            names
                .iter()
                .map(|name| lesson(&format!("{language}/{name}"))),
        );
    }
    all
}

fn request(language: Option<&str>) -> GuidanceRequest {
    GuidanceRequest {
        language: language.map(str::to_owned),
        date: "2026-11-27".into(),
        ..GuidanceRequest::default()
    }
}

fn drafted(record: &LearningResource) -> Result<GuidanceDraft, Refusal> {
    draft(record, &request(None), None)
}

fn failures(made: &GuidanceDraft, record: &LearningResource) -> Vec<Verdict> {
    judge(made, record)
        .into_iter()
        .filter(|verdict| !verdict.passed)
        .collect()
}

fn uri(scheme: &str, notation: &str) -> String {
    vocabulary::find(scheme, notation)
        .expect("a concept")
        .id
        .clone()
}
