//! What to learn next.

use khue_content::LearningResource;
use khue_content::format::markdown::from_markdown;
use khue_content::next_step::{Why, next_steps};
use khue_content::path::shipped;
use khue_content::prerequisite::meets;
use std::path::Path;

fn record(id: &str, teaches: &str, required: &str) -> LearningResource {
    LearningResource {
        id: id.to_owned(),
        name: id.to_owned(),
        in_language: vec!["vi".to_owned()],
        teaches: vec![teaches.to_owned()],
        competency_required: vec![required.to_owned()],
        ..LearningResource::default()
    }
}

#[test]
fn what_builds_on_a_resource_and_what_comes_first_have_their_reasons() {
    let own = record(
        "own",
        "Giải được hệ hai phương trình bậc nhất hai ẩn.",
        "Vẽ đồ thị hàm số bậc nhất.",
    );
    let near = [
        own.clone(),
        record("unlike", "Kể tên các châu lục.", "Đọc bản đồ tỉ lệ lớn."),
        record(
            "later",
            "Giải toán bằng cách lập hệ phương trình.",
            "Giải hệ hai phương trình bậc nhất hai ẩn.",
        ),
        record("before", "Vẽ được đồ thị của hàm số bậc nhất.", ""),
    ];
    let steps = next_steps(&own, &near, shipped());
    let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["later", "before"]);
    assert_eq!(
        steps[0].why,
        Why::BuildsOn("Giải hệ hai phương trình bậc nhất hai ẩn.".to_owned())
    );
    assert!(
        steps[1].is_first()
            && steps[1].why == Why::KnownFirst("Vẽ đồ thị hàm số bậc nhất.".to_owned())
    );
}

#[test]
fn the_next_step_of_a_path_comes_first_and_once() {
    let own = record("toan-11-cap-so-cong", "", "");
    let steps = next_steps(&own, &[], shipped());
    let first = steps.first().expect("a step");
    assert!(
        matches!(&first.why, Why::Path { path, place } if path.steps[place - 1].resource == first.id)
    );
    let mut ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), steps.len());
}

#[test]
fn demands_are_recognised_by_their_words() {
    for (taught, required) in [
        (
            "Nhận biết được và vẽ được đồ thị của hàm số bậc nhất.",
            "Vẽ đồ thị hàm số bậc nhất.",
        ),
        (
            "Calculate the mean and order numbers.",
            "Order numbers and calculate a mean.",
        ),
        ("https://example.org/a", "https://example.org/a"),
    ] {
        assert!(meets(taught, required), "{taught} / {required}");
    }
    for (taught, required) in [
        (
            "Đọc được bản đồ.",
            "Đọc bản đồ khí hậu và biểu đồ nhiệt độ.",
        ),
        ("Vẽ hình.", "Vẽ hình."),
        ("", ""),
        ("https://example.org/a", "https://example.org/ab"),
    ] {
        assert!(!meets(taught, required), "{taught} / {required}");
    }
}

/// Nothing in the library may lead from a higher grade to a lower one of the same subject.
#[test]
fn demands_in_the_library_lead_upwards() {
    let mut records = Vec::new();
    for language in ["vi", "en", "fr"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("library")
            .join(language);
        for entry in std::fs::read_dir(folder).unwrap() {
            let file = entry.unwrap().path();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let mut record = from_markdown(&name, &std::fs::read_to_string(&file).unwrap())
                .record
                .expect("a lesson");
            record.id = name.trim_end_matches(".md").to_owned();
            records.push(record);
        }
    }
    let grade = |record: &LearningResource| {
        let last = record.educational_level.first()?.rsplit('-').next()?;
        last.parse::<u32>().ok()
    };
    let mut pairs = Vec::new();
    for own in &records {
        for step in next_steps(own, &records, shipped()) {
            let Why::BuildsOn(words) = &step.why else {
                continue;
            };
            let later = records
                .iter()
                .find(|record| record.id == step.id)
                .expect("a lesson");
            pairs.push(format!("{} → {} ({words})", own.id, later.id));
            if let (Some(own), Some(later)) = (grade(own), grade(later)) {
                assert!(own <= later, "{pairs:?}");
            }
        }
    }
    println!("{}", pairs.join("\n"));
}
