//! Files from the world, where they are there: every one ends in an outcome.

use khue_extract::{Extractor, Limits, Outcome, Reason};
use std::path::{Path, PathBuf};

fn shared(name: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("KHUE_SHARED_DATA").map_or_else(beside, PathBuf::from);
    let path = folder.join(name);
    if !path.exists() {
        println!("skipped: {} is missing", path.display());
        return None;
    }
    Some(path)
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        match path.is_dir() {
            true => below(&path, found),
            false => found.push(path),
        }
    }
}

/// Reads all files of a folder; none may crash its reader.
fn all(name: &str, limits: &Limits) {
    let Some(folder) = shared(name) else { return };
    let mut files = Vec::new();
    below(&folder, &mut files);
    assert!(!files.is_empty());
    let extractor = Extractor::new(
        env!("CARGO_BIN_EXE_khue-extract-child"),
        &[],
        limits.clone(),
    );
    for file in files {
        let found = extractor.read(&file).expect("a child");
        let crashed = matches!(
            &found.outcome,
            Outcome::Unreadable {
                reason: Reason::Crashed { .. }
            } | Outcome::Unfinished
        );
        assert!(!crashed, "{}: {:?}", file.display(), found.outcome);
    }
}

#[test]
fn bad_files_do_no_harm() {
    all(
        "bad_files",
        &Limits {
            cpu_seconds: 20,
            wall_seconds: 60,
            ..Limits::default()
        },
    );
}

#[test]
fn office_files_and_books_are_read() {
    for folder in [
        "docx_vi_exams",
        "docx_python-docx",
        "pptx_python-pptx",
        "odf_odfpy",
        "epub_crate",
        "dspace",
    ] {
        all(&format!("real_files/{folder}"), &Limits::default());
    }
}

#[test]
fn a_manual_has_the_words_of_its_source() {
    let Some(folder) = shared("real_files/manuals") else {
        return;
    };
    let bytes = std::fs::read(folder.join("developers-reference.fr.epub")).expect("a book");
    let found = khue_extract::read_whole(&bytes, "a.epub", &Limits::default());
    assert_eq!(found.outcome, Outcome::Extracted);
    assert_eq!(found.metadata.language.as_deref(), Some("fr"));
    assert!(found.sections.len() > 50 && found.text().contains("responsable"));
}
