//! Holds the arrows between crates, the rules for modules, and the hygiene of the whole tree.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// Which of our crates each crate may depend on. Tests are free to use what they test.
const ARROWS: &[(&str, &[&str])] = &[
    ("khue-content", &[]),
    ("khue-store", &["khue-content"]),
    ("khue-index", &["khue-content"]),
    ("khue-extract", &[]),
    ("khue-inference", &[]),
    ("khue-app", &["khue-content"]),
    ("khue-hydrate", &["khue-content"]),
    ("khue-pack", &["khue-app", "khue-content", "khue-index"]),
    ("khue-offline", &["khue-app", "khue-content", "khue-pack"]),
    ("khue-site", &[]),
    (
        "khue-server",
        &[
            "khue-app",
            "khue-content",
            "khue-extract",
            "khue-index",
            "khue-inference",
            "khue-pack",
            "khue-store",
        ],
    ),
];

/// Who alone may know a technology.
const OWNERS: &[(&str, &str)] = &[
    ("sea-orm", "khue-store"),
    ("sqlx", "khue-store"),
    ("rusqlite", "khue-store"),
    ("libsqlite3-sys", "khue-store"),
    ("rusty-s3", "khue-store"),
    ("tantivy", "khue-index"),
    ("candle", "khue-inference"),
];

/// What reaches outside the program: `khue-content` does without all of it.
const REACHES_OUT: &[&str] = &[
    "axum", "hyper", "reqwest", "sea-orm", "tantivy", "tempfile", "tokio", "tower", "tracing",
    "ureq",
];

/// Crates that run on servers only, and how their wasm build is refused.
const SERVER_ONLY: &[&str] = &[
    "content/store",
    "index",
    "server",
    "server/extract",
    "server/inference",
];

/// Lines that a source file may have; beyond that it is more than one thing.
const LONGEST: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn output(program: &str, args: &[&str]) -> String {
    let done = Command::new(program)
        .args(args)
        .current_dir(root())
        .output()
        .unwrap_or_else(|error| panic!("{program} could not be started: {error}"));
    assert!(
        done.status.success(),
        "{program} {args:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).expect("UTF-8")
}

/// A dependency as a manifest states it.
struct Dependency {
    name: String,
    for_tests: bool,
}

/// Our crates and what their manifests ask for.
fn packages() -> BTreeMap<String, Vec<Dependency>> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let answer = output(
        &cargo,
        &[
            "metadata",
            "--offline",
            "--no-deps",
            "--format-version",
            "1",
        ],
    );
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dependency = |value: &Value| Dependency {
        name: text(&value["name"]),
        for_tests: value["kind"] == "dev",
    };
    list(&answer["packages"])
        .iter()
        .map(|package| {
            let dependencies = list(&package["dependencies"]);
            (
                text(&package["name"]),
                dependencies.iter().map(dependency).collect(),
            )
        })
        .collect()
}

/// Files that git knows, or would add; those that are gone from the folder are left out.
fn files() -> Vec<String> {
    output(
        "git",
        &["ls-files", "--cached", "--others", "--exclude-standard"],
    )
    .lines()
    .map(str::to_owned)
    .filter(|file| root().join(file).is_file())
    .collect()
}

fn sources(below: &str) -> Vec<(String, String)> {
    files()
        .into_iter()
        .filter(|file| file.starts_with(below) && file.ends_with(".rs"))
        .map(|file| {
            let text = fs::read_to_string(root().join(&file)).expect("a text file");
            (file, text)
        })
        .collect()
}

fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn our_crates_depend_on_each_other_along_the_arrows_only() {
    let mut wrong = Vec::new();
    for (package, dependencies) in packages() {
        if package == "khue-tests" {
            continue;
        }
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == package) else {
            wrong.push(format!("{package} has no row in ARROWS"));
            continue;
        };
        let ours = dependencies
            .iter()
            .filter(|other| other.name.starts_with("khue-") && !other.for_tests);
        wrong.extend(
            ours.filter(|other| !allowed.contains(&other.name.as_str()))
                .map(|other| format!("{package} must not depend on {}", other.name)),
        );
    }
    none(wrong, "the arrows of ARCHITECTURE.md");
}

#[test]
fn each_technology_has_one_crate_that_knows_it() {
    let mut wrong = Vec::new();
    for (package, dependencies) in packages() {
        for other in dependencies.iter().filter(|other| !other.for_tests) {
            wrong.extend(
                OWNERS
                    .iter()
                    .filter(|(name, owner)| other.name.starts_with(name) && *owner != package)
                    .map(|(_, owner)| format!("{package}: {} belongs to {owner}", other.name)),
            );
        }
    }
    none(
        wrong,
        "only khue-store knows SQL, only khue-index tantivy, only khue-inference models",
    );
}

#[test]
fn content_reaches_nothing_outside() {
    let packages = packages();
    let mut wrong: Vec<String> = packages["khue-content"]
        .iter()
        .filter(|other| !other.for_tests && REACHES_OUT.contains(&other.name.as_str()))
        .map(|other| format!("khue-content depends on {}", other.name))
        .collect();
    let words = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env",
        "std::thread",
        "SystemTime",
        "Instant::now",
    ];
    for (file, text) in sources("content/src/") {
        wrong.extend(
            words
                .iter()
                .filter(|word| text.contains(**word))
                .map(|word| format!("{file}: {word}")),
        );
    }
    none(
        wrong,
        "khue-content does no input or output and knows no clock",
    );
}

#[test]
fn the_browser_half_is_light() {
    let light = [
        "js-sys",
        "khue-content",
        "wasm-bindgen",
        "wasm-bindgen-futures",
        "web-sys",
    ];
    let wrong = packages()["khue-hydrate"]
        .iter()
        .filter(|other| !other.for_tests && !light.contains(&other.name.as_str()))
        .map(|other| format!("khue-hydrate: {}", other.name))
        .collect();
    none(
        wrong,
        "whoever begins to use a page loads the browser half: no framework and no parser in it",
    );
}

#[test]
fn server_only_crates_refuse_to_be_built_for_the_browser() {
    let wrong = SERVER_ONLY
        .iter()
        .map(|folder| format!("{folder}/src/lib.rs"))
        .filter(|file| {
            let text = fs::read_to_string(root().join(file)).unwrap_or_default();
            let for_wasm = ["target_arch = \"wasm32\"", "target_family = \"wasm\""];
            !(for_wasm.iter().any(|words| text.contains(words)) && text.contains("compile_error!"))
        })
        .collect();
    none(
        wrong,
        "these need `#[cfg(target_arch = \"wasm32\")] compile_error!(…)`",
    );
}

#[test]
fn modules_are_named_after_what_they_hold() {
    let wrong = files()
        .into_iter()
        .filter(|file| {
            let path = Path::new(file);
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let folders = path.parent().into_iter().flat_map(Path::components);
            let says_nothing = ["utils", "util", "helpers", "helper", "common", "misc"];
            let named_so = says_nothing.contains(&stem.as_str())
                || folders
                    .into_iter()
                    .any(|part| says_nothing.iter().any(|name| part.as_os_str() == *name));
            file.ends_with(".rs") && (stem == "mod" || named_so)
        })
        .collect();
    none(
        wrong,
        "no mod.rs, and no modules called utils, helpers, common",
    );
}

#[test]
fn source_files_are_short_enough_to_be_one_thing() {
    let wrong = sources("")
        .into_iter()
        .map(|(file, text)| (text.lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, file)| format!("{file}: {lines} lines, at most {LONGEST}"))
        .collect();
    none(wrong, "split what is more than one thing");
}

/// Texts git knows, with their names; what is no UTF-8 is left out.
fn texts() -> impl Iterator<Item = (String, String)> {
    files()
        .into_iter()
        .filter_map(|file| Some((fs::read_to_string(root().join(&file)).ok()?, file)))
        .map(|(text, file)| (file, text))
}

#[test]
fn no_merge_was_left_half_done() {
    let starts = ["<".repeat(7) + " ", ">".repeat(7) + " "];
    let mut wrong = Vec::new();
    for (file, text) in texts() {
        let marks = text
            .lines()
            .enumerate()
            .filter(|(_, line)| starts.iter().any(|start| line.starts_with(start)));
        wrong.extend(marks.map(|(at, line)| format!("{file}:{}: {line}", at + 1)));
    }
    none(wrong, "a merge is finished before it is committed");
}

#[test]
fn each_crate_says_what_it_is() {
    let files = files();
    let wrong = files
        .iter()
        .filter_map(|file| file.strip_suffix("Cargo.toml"))
        .filter(|folder| !files.contains(&format!("{folder}README.md")))
        .map(|folder| format!("{folder}README.md is missing"))
        .collect();
    none(wrong, "each crate has a README.md");
}

#[test]
fn texts_exist_in_all_three_languages() {
    let files = files();
    let of = |language: &str| -> Vec<String> {
        let folder = format!("app/locales/{language}/");
        let mut names: Vec<String> = files
            .iter()
            .filter_map(|file| file.strip_prefix(&folder).map(str::to_owned))
            .collect();
        names.sort();
        names
    };
    assert!(!of("vi").is_empty(), "app/locales/vi is empty");
    assert_eq!(of("vi"), of("en"), "Vietnamese and English");
    assert_eq!(of("vi"), of("fr"), "Vietnamese and French");
}

/// Folders of a person's or a company's machine, put together so that this file has none itself.
fn foreign_folders() -> Vec<String> {
    ["home", "root", "Users", "work", "farm", "mnt", "builds"]
        .iter()
        .map(|name| format!("/{name}/"))
        .collect()
}

/// Whether a path of some machine begins in this line: `a/home/b` and `example.org/home/` are none.
fn names_a_machine(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !(c.is_alphanumeric() || "_.-/}$".contains(c)))
    })
}

#[test]
fn no_file_names_a_folder_of_somebodys_machine() {
    let folders = foreign_folders();
    let mut wrong = Vec::new();
    for file in files() {
        let Ok(text) = fs::read_to_string(root().join(&file)) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            if folders.iter().any(|folder| names_a_machine(line, folder)) {
                wrong.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    none(wrong, "paths of one machine mean nothing on another");
}

#[test]
fn a_machines_folder_is_told_from_an_address() {
    let [home, work] = ["home", "work"].map(|name| format!("/{name}/"));
    assert!(names_a_machine(&format!("see {home}khue"), &home));
    assert!(names_a_machine(&format!("\"{work}main\""), &work));
    assert!(!names_a_machine(
        &format!("https://example.org{home}x"),
        &home
    ));
    assert!(!names_a_machine(&format!("a{work}b"), &work));
}

#[test]
fn nothing_built_or_private_is_kept_in_the_repository() {
    let endings = [
        ".db", ".sqlite", ".wasm", ".key", ".pem", ".gguf", ".onnx", ".zip", ".rlib", ".env",
    ];
    let wrong = files()
        .into_iter()
        .filter(|file| endings.iter().any(|end| file.ends_with(end)))
        .collect();
    none(
        wrong,
        "databases, keys, weights and built things stay outside",
    );
}
