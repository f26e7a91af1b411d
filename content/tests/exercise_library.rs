//! The exercises of the lessons that come with the portal: all can be read, and what their authors call right is right.

use khue_content::exercise::{
    self, Answers, Choice, Exercise, Gap, NumberKey, Task, TextKey, Verdict,
};
use khue_content::format::markdown::from_markdown;
use khue_content::render;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Name and text of every lesson.
fn lessons() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("library");
    let mut files: Vec<PathBuf> = ["vi", "en", "fr"]
        .iter()
        .flat_map(|language| std::fs::read_dir(folder.join(language)).expect("a folder"))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path
            .strip_prefix(&folder)
            .expect("inside")
            .display()
            .to_string();
        (name, std::fs::read_to_string(&path).expect("a text"))
    };
    files.into_iter().map(read).collect()
}

/// All exercises with the names of their lessons.
fn exercises() -> Vec<(String, Exercise)> {
    let mut all = Vec::new();
    for (name, text) in lessons() {
        let record = from_markdown(&name, &text).record.expect("a record");
        let language = record.main_language().unwrap_or("vi").to_owned();
        for found in exercise::find(&record.body.expect("a body").text, &language) {
            let exercise = found
                .exercise
                .unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
            all.push((format!("{name}, {}", exercise.label), exercise));
        }
    }
    all
}

fn right(choices: &[Choice]) -> Vec<usize> {
    let numbers = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| choice.right);
    numbers.map(|(at, _)| at).collect()
}

fn number(key: &NumberKey, language: &str) -> String {
    let answer = key
        .answers
        .iter()
        .find(|answer| answer.right)
        .expect("a right one");
    let value = answer.value.to_string();
    let value = if language == "en" {
        value
    } else {
        value.replace('.', ",")
    };
    format!("{value} {}", answer.unit)
}

fn words(key: &TextKey) -> String {
    key.answers
        .iter()
        .find(|answer| answer.right)
        .expect("a right one")
        .text
        .clone()
}

/// The answer that the author means.
fn meant(exercise: &Exercise) -> Answers {
    let language = exercise.language.as_str();
    let fields: Vec<(String, String)> = match &exercise.task {
        Task::Single(choices) | Task::Multiple(choices) => right(choices)
            .iter()
            .map(|at| ("a".to_owned(), at.to_string()))
            .collect(),
        Task::Number(key) => vec![("a".to_owned(), number(key, language))],
        Task::Text(key) => vec![("a".to_owned(), words(key))],
        Task::Ordering(items) => (0..items.len())
            .map(|at| (format!("p{at}"), (at + 1).to_string()))
            .collect(),
        Task::Matching { pairs, .. } => (0..pairs.len())
            .map(|at| (format!("m{at}"), at.to_string()))
            .collect(),
        Task::Gaps(gaps) => gaps
            .iter()
            .enumerate()
            .map(|(at, gap)| {
                let value = match gap {
                    Gap::Text(key) => words(key),
                    Gap::Number(key) => number(key, language),
                    Gap::Choice(choices) => right(choices)[0].to_string(),
                };
                (format!("g{at}"), value)
            })
            .collect(),
    };
    Answers::new(fields)
}

#[test]
fn what_authors_call_right_is_scored_right() {
    let all = exercises();
    for (name, exercise) in &all {
        let outcome = exercise::score(exercise, &meant(exercise));
        assert_eq!(
            (outcome.verdict, outcome.score),
            (Verdict::Right, 1.0),
            "{name}: {outcome:?}"
        );
    }
    let lessons: BTreeSet<&str> = all
        .iter()
        .filter_map(|(name, _)| name.split(',').next())
        .collect();
    assert!(lessons.len() >= 12, "{lessons:?}");
}

#[test]
fn expected_mistakes_are_wrong_and_say_why() {
    for (name, exercise) in exercises() {
        let typed: Vec<(String, String)> = match &exercise.task {
            Task::Number(key) => {
                let wrong = key.answers.iter().filter(|answer| !answer.right);
                wrong
                    .map(|a| (a.value.to_string(), a.feedback.clone()))
                    .collect()
            }
            Task::Text(key) => {
                let wrong = key.answers.iter().filter(|answer| !answer.right);
                wrong
                    .map(|a| (a.text.clone(), a.feedback.clone()))
                    .collect()
            }
            _ => continue,
        };
        for (typed, feedback) in typed {
            let outcome = exercise::score(&exercise, &Answers::new([("a", &typed)]));
            assert_eq!(outcome.verdict, Verdict::Wrong, "{name}: {typed}");
            assert!(!feedback.is_empty(), "{name}: {typed} has no feedback");
        }
    }
}

#[test]
fn what_is_read_without_a_form_gives_no_answer_away() {
    for (name, text) in lessons() {
        let record = from_markdown(&name, &text).record.expect("a record");
        let body = record.body.expect("a body");
        let page = render::render(&body, &[], &|_| None, "vi");
        let plain = render::plain_text(&body);
        let count = exercise::find(&body.text, "vi").len();
        // Without exercises these words are the lesson's own.
        if count == 0 {
            continue;
        }
        assert_eq!(
            page.exercises.len(),
            count,
            "{name}: every exercise has its place"
        );
        for sign in [
            "- (x)",
            "- ( )",
            "[x] ",
            "\n= ",
            "\n~ ",
            "[[",
            "gợi ý:",
            "hint:",
            "indice:",
        ] {
            assert!(!plain.contains(sign), "{name}: {sign}");
        }
        assert!(
            !page.html.contains("(x)") && !page.html.contains("[["),
            "{name}"
        );
    }
}
