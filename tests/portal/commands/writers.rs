//! `khue models` and `khue eval guidance` with language models, of random weights.

use super::{khue_with, said};
use crate::harness::repository;
use khue_inference::testing::TinyWriter;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Output;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let models = folder.join("models");
    khue_with(folder, arguments, &[("KHUE_MODELS", &models)])
}

#[test]
fn a_model_is_measured_beside_drafts_without_it_and_its_score_decides() {
    let folder = tempfile::tempdir().unwrap();
    TinyWriter::new("gemma3").write(folder.path()).unwrap();
    let lessons = folder.path().join("lessons");
    fs::create_dir(&lessons).unwrap();
    for name in [
        "khoa-hoc-5-mach-dien-don-gian.md",
        "toan-2-phep-cong-co-nho-trong-pham-vi-100.md",
    ] {
        let from = repository().join("content/library/vi").join(name);
        fs::copy(from, lessons.join(name)).unwrap();
    }
    let model = "tiny-gemma3.gguf";
    let arguments = [
        "eval",
        "guidance",
        "--resources",
        "lessons",
        "--model",
        model,
        "--json",
    ];
    let output = run(folder.path(), &arguments);
    assert!(output.status.success(), "{}", said(&output));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["drafts"], 2, "{found}");
    assert_eq!(found["passed"], 2, "{found}");
    assert_eq!(found["withoutModel"]["passed"], 2, "{found}");
    assert!(
        found["model"].as_str().unwrap().starts_with("tiny-gemma3@"),
        "{found}"
    );
    assert!(
        found["filled"]["vi"]["term"]["gaps"].as_u64() > Some(0),
        "{found}"
    );
    assert!(folder.path().join("models/writers.json").is_file());

    let lesson = "lessons/khoa-hoc-5-mach-dien-don-gian.md";
    let plain = run(folder.path(), &["guidance", lesson]);
    let with = run(folder.path(), &["guidance", lesson, "--model", model]);
    assert!(with.status.success(), "{}", said(&with));
    assert_eq!(
        plain.stdout, with.stdout,
        "two lessons are too few to trust it"
    );
    assert!(
        said(&with).contains("khue eval guidance"),
        "{}",
        said(&with)
    );
}

#[test]
fn files_that_are_no_writers_are_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut model = TinyWriter::new("llama");
    model.without.push("llama.block_count");
    model.write(folder.path()).unwrap();
    fs::write(folder.path().join("text.gguf"), "no model").unwrap();
    for (file, told) in [
        ("tiny-llama.gguf", "llama.block_count"),
        ("text.gguf", "GGUF"),
        ("nothing.gguf", "khue models list"),
        ("multilingual-e5-small", "encoder"),
        ("gemma-3-270m", "khue models pull gemma-3-270m"),
    ] {
        let output = run(folder.path(), &["models", "use", "writer", file]);
        assert!(!output.status.success(), "{file}");
        let said = said(&output);
        assert!(said.contains(told), "{file}: {said}");
    }
    let output = run(folder.path(), &["models", "use", "cook", "text.gguf"]);
    assert!(
        said(&output).contains("encoder or writer"),
        "{}",
        said(&output)
    );
}
