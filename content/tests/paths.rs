//! The paths that come with the portal.

use khue_content::format::markdown::from_markdown;
use khue_content::path::propose::{Reason, Wanted, propose};
use khue_content::path::{Fault, Path as KhuePath, Step, shipped};
use khue_content::plan::Material;
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
    let known: BTreeSet<String> = shipped().iter().map(|path| path.id.clone()).collect();
    assert_eq!(files, known);
}

#[test]
fn every_step_is_a_lesson_of_the_library_once() {
    for path in shipped().iter() {
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
    let stages: BTreeSet<&str> = shipped()
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
        shipped().get(id).is_some_and(|path| {
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
    let without: Vec<&str> = shipped()
        .iter()
        .map(|path| path.id.as_str())
        .filter(|id| !answered(id))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

/// A path with two certain steps, two branches of one choice, and one that may be left out.
fn branching() -> KhuePath {
    let step = |resource: &str, minutes, choice: &str| Step {
        resource: resource.to_owned(),
        name: resource.to_owned(),
        time_required: minutes,
        choice: choice.to_owned(),
        ..Step::default()
    };
    KhuePath {
        id: "thu".to_owned(),
        in_language: "vi".to_owned(),
        educational_level: "primary".to_owned(),
        name: "Thử".to_owned(),
        description: "Thử.".to_owned(),
        teaches: vec!["Thử được.".to_owned()],
        steps: vec![
            step("a", 20, ""),
            step("b", 30, "vẽ hoặc gấp giấy"),
            step("c", 15, "vẽ hoặc gấp giấy"),
            Step {
                optional: true,
                ..step("d", 10, "")
            },
            step("e", 40, ""),
        ],
        ..KhuePath::default()
    }
}

#[test]
fn of_branches_the_shortest_counts() {
    let path = branching();
    assert_eq!(path.minutes(), (75, 10));
    let groups: Vec<usize> = path.branches().iter().map(|steps| steps.len()).collect();
    assert_eq!(groups, [1, 2, 1, 1]);
    assert!(path.faults().is_empty(), "{:?}", path.faults());
    let json = serde_json::to_string(&path).expect("JSON");
    assert_eq!(
        serde_json::from_str::<KhuePath>(&json).expect("a path"),
        path
    );
}

#[test]
fn what_is_missing_is_told() {
    let with = |change: fn(&mut KhuePath)| {
        let mut path = branching();
        change(&mut path);
        path.faults()
    };
    assert_eq!(with(|path| path.name.clear()), [Fault::Words]);
    assert_eq!(
        with(|path| path.educational_level = "x".to_owned()),
        [Fault::Level]
    );
    assert_eq!(with(|path| path.teaches.clear()), [Fault::Outcomes]);
    assert_eq!(with(|path| path.steps.truncate(1)), [Fault::Steps]);
    assert_eq!(
        with(|path| path.steps[4].resource = "a".to_owned()),
        [Fault::Twice]
    );
    assert_eq!(with(|path| path.steps[0].time_required = 0), [Fault::Time]);
    assert_eq!(with(|path| drop(path.steps.remove(2))), [Fault::Branch]);
    assert_eq!(
        with(|path| path.description = "a".repeat(3000)),
        [Fault::Large]
    );
}

#[test]
fn what_people_made_takes_the_place_of_what_came_with_the_portal() {
    let first = shipped().iter().next().expect("a path");
    let changed = KhuePath {
        name: "Khác".to_owned(),
        ..first.as_ref().clone()
    };
    let all = shipped().with(vec![changed, branching()]);
    assert_eq!(all.iter().count(), shipped().iter().count() + 1);
    assert_eq!(all.get(&first.id).expect("it").name, "Khác");
    assert_ne!(first.name, "Khác", "what came with the portal is as it was");
}

/// A lesson that teaches one thing and asks for another.
fn material(id: &str, teaches: &str, required: &str, lesson: u32) -> Material {
    let list = |words: &str| {
        (!words.is_empty())
            .then(|| words.to_owned())
            .into_iter()
            .collect()
    };
    Material {
        id: id.to_owned(),
        name: id.to_owned(),
        minutes: 45,
        teaches: list(teaches),
        competency_required: list(required),
        place: (0, lesson, 0),
        ..Material::default()
    }
}

#[test]
fn a_proposal_goes_by_what_has_to_be_known_first_and_then_by_the_textbook() {
    let near = [
        material(
            "khó",
            "Giải được bài toán bằng cách lập hệ phương trình.",
            "Giải hệ hai phương trình bậc nhất hai ẩn.",
            9,
        ),
        material("sau", "Vẽ được đồ thị hàm số bậc hai.", "", 7),
        material(
            "trước",
            "Tính được giá trị của hàm số.",
            "Biết các phép tính với số thực.",
            2,
        ),
        material(
            "cần",
            "Giải được hệ hai phương trình bậc nhất hai ẩn.",
            "",
            12,
        ),
        material("xa", "Kể được tên các châu lục.", "", 1),
    ];
    let wanted = Wanted {
        name: "Hệ phương trình".to_owned(),
        in_language: "vi".to_owned(),
        educational_level: "lower-secondary".to_owned(),
        steps: 4,
    };
    let (path, reasons) = propose(&wanted, &near);
    let order: Vec<&str> = path
        .steps
        .iter()
        .map(|step| step.resource.as_str())
        .collect();
    assert_eq!(
        order,
        ["trước", "sau", "cần", "khó"],
        "the farthest is left out"
    );
    assert_eq!(
        reasons[3],
        Reason::BuildsOn(
            "cần".to_owned(),
            "Giải hệ hai phương trình bậc nhất hai ẩn.".to_owned()
        )
    );
    assert_eq!(
        reasons[0],
        Reason::InBook {
            volume: 0,
            lesson: 2
        }
    );
    assert_eq!(
        path.competency_required,
        ["Biết các phép tính với số thực."],
        "what a step teaches is not asked for"
    );
    assert_eq!(path.steps[0].time_required, 45);
}
