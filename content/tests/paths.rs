//! The paths that come with the portal.

use khue_content::format::markdown::from_markdown;
use khue_content::path::{path, paths};
use khue_content::vocabulary;
use std::collections::BTreeSet;
use std::path::Path;

fn folder(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The name of a lesson; `None` where there is none.
fn lesson(id: &str) -> Option<String> {
    let text = ["vi", "en", "fr"].iter().find_map(|language| {
        std::fs::read_to_string(folder("library").join(language).join(format!("{id}.md"))).ok()
    })?;
    Some(from_markdown(&format!("{id}.md"), &text).record.ok()?.name)
}

#[test]
fn every_file_is_a_path_under_its_own_name() {
    let files = std::fs::read_dir(folder("paths")).expect("a folder");
    let files: BTreeSet<String> = files
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    let known: BTreeSet<String> = paths().iter().map(|path| path.id.clone()).collect();
    assert_eq!(files, known);
}

#[test]
fn every_step_is_a_lesson_of_the_library_once() {
    for path in paths() {
        let mut seen = BTreeSet::new();
        for step in &path.steps {
            let name = lesson(&step.resource);
            assert_eq!(
                name.as_deref(),
                Some(step.name.as_str()),
                "{}: {}",
                path.id,
                step.resource
            );
            assert!(
                seen.insert(&step.resource),
                "{}: {} twice",
                path.id,
                step.resource
            );
            assert!(
                (10..=90).contains(&step.time_required),
                "{}: {}",
                path.id,
                step.resource
            );
        }
        let kept = path.steps.iter().filter(|step| !step.optional).count();
        assert!(kept >= 2 && !path.teaches.is_empty(), "{}", path.id);
        assert!(!path.competency_required.is_empty(), "{}", path.id);
    }
}

#[test]
fn there_is_one_for_every_stage() {
    let stages: BTreeSet<&str> = paths()
        .iter()
        .map(|path| path.educational_level.as_str())
        .collect();
    for stage in [
        "preschool",
        "primary",
        "lower-secondary",
        "upper-secondary",
        "vocational",
        "higher",
        "lifelong",
    ] {
        assert!(stages.contains(stage), "{stage}");
    }
    for stage in stages {
        let uri = format!("https://w3id.org/khue/educationalLevel/{stage}");
        assert!(vocabulary::concept(&uri).is_some(), "{stage}");
    }
}

#[test]
fn most_paths_have_something_to_answer() {
    let answered = |id: &str| {
        path(id).is_some_and(|path| {
            path.steps.iter().any(|step| {
                ["vi", "en", "fr"].iter().any(|language| {
                    let file = folder("library")
                        .join(language)
                        .join(format!("{}.md", step.resource));
                    let text = std::fs::read_to_string(file).unwrap_or_default();
                    !khue_content::exercise::find(&text, language).is_empty()
                })
            })
        })
    };
    let without: Vec<&str> = paths()
        .iter()
        .map(|path| path.id.as_str())
        .filter(|id| !answered(id))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}
