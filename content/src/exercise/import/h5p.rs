//! H5P question types, as they stand in `content/content.json` of a package; `h5p.json` names the main library.
//!
//! Semantics: the files `semantics.json` of the libraries named below.

use super::{Imported, markup};
use crate::exercise::{Choice, Exercise, GAP, Gap, Task, TextKey};
use serde_json::Value;

/// Reads a package: the texts of `h5p.json` and `content/content.json`.
pub fn from_h5p(package: &str, content: &str, language: &str) -> Imported {
    let mut imported = Imported::default();
    let package: Value = match serde_json::from_str(package) {
        Ok(package) => package,
        Err(error) => {
            imported.leave_out("h5p.json", format!("not JSON ({error}); nothing was read"));
            return imported;
        }
    };
    let content: Value = match serde_json::from_str(content) {
        Ok(content) => content,
        Err(error) => {
            imported.leave_out(
                "content/content.json",
                format!("not JSON ({error}); nothing was read"),
            );
            return imported;
        }
    };
    let title = package["title"].as_str().unwrap_or("H5P").to_owned();
    let library = package["mainLibrary"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    question(&mut imported, &title, &library, &content, language);
    imported
}

fn question(imported: &mut Imported, place: &str, library: &str, content: &Value, language: &str) {
    let name = library.split_whitespace().next().unwrap_or_default();
    let made = match name {
        "H5P.TrueFalse" => true_false(content),
        "H5P.MultiChoice" => choices(content),
        "H5P.SingleChoiceSet" => return choice_set(imported, place, content, language),
        "H5P.Blanks" => return blanks(imported, place, content, language),
        "H5P.DragText" => return drag_text(imported, content, language),
        "H5P.QuestionSet" | "H5P.Column" => return several(imported, place, content, language),
        other => {
            return imported.leave_out(
                place,
                format!("the type {other} has no equal here; left out"),
            );
        }
    };
    match made {
        Some((question, task)) => {
            if !content["media"]["type"].is_null() {
                imported.leave_out(place, "a picture or film beside the question; left out");
            }
            imported.add(place, exercise(question, task, language));
        }
        None => imported.leave_out(
            place,
            format!("a {name} without question or right answer; left out"),
        ),
    }
}

fn exercise(question: String, task: Task, language: &str) -> Exercise {
    Exercise {
        language: language.to_owned(),
        question,
        task,
        ..Exercise::default()
    }
}

fn html(value: &Value) -> String {
    markup::from_html(value.as_str().unwrap_or_default())
}

fn true_false(content: &Value) -> Option<(String, Task)> {
    let truth = match &content["correct"] {
        Value::Bool(truth) => *truth,
        other => other.as_str()? == "true",
    };
    let text = |key: &str, or: &str| {
        let own = markup::escaped(content["l10n"][key].as_str().unwrap_or_default());
        if own.is_empty() { or.to_owned() } else { own }
    };
    let feedback = |key: &str| html(&content["behaviour"][key]);
    let (on_right, on_wrong) = (feedback("feedbackOnCorrect"), feedback("feedbackOnWrong"));
    let choice = |own: bool, text: String| Choice {
        text,
        right: own == truth,
        feedback: if own == truth {
            on_right.clone()
        } else {
            on_wrong.clone()
        },
    };
    let choices = vec![
        choice(true, text("trueText", "✓")),
        choice(false, text("falseText", "✗")),
    ];
    let question = html(&content["question"]);
    (!question.is_empty()).then_some((question, Task::Single(choices)))
}

fn choices(content: &Value) -> Option<(String, Task)> {
    let choice = |answer: &Value| {
        let tips = &answer["tipsAndFeedback"];
        Choice {
            text: html(&answer["text"]),
            right: answer["correct"].as_bool().unwrap_or(false),
            feedback: html(&tips["chosenFeedback"]),
        }
    };
    let choices: Vec<Choice> = content["answers"].as_array()?.iter().map(choice).collect();
    let right = choices.iter().filter(|choice| choice.right).count();
    let single = content["behaviour"]["type"].as_str() == Some("single")
        || content["behaviour"]["singleAnswer"].as_bool() == Some(true);
    let task = match right {
        0 => return None,
        1 if single || content["behaviour"]["type"].as_str() != Some("multi") => {
            Task::Single(choices)
        }
        _ => Task::Multiple(choices),
    };
    let question = html(&content["question"]);
    (!question.is_empty()).then_some((question, task))
}

/// Questions whose first answer is the right one.
fn choice_set(imported: &mut Imported, place: &str, content: &Value, language: &str) {
    for (number, one) in content["choices"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        let answers = one["answers"].as_array().map_or(&[][..], Vec::as_slice);
        let choice = |(at, text): (usize, &Value)| Choice {
            text: html(text),
            right: at == 0,
            feedback: String::new(),
        };
        let question = html(&one["question"]);
        if question.is_empty() || answers.len() < 2 {
            imported.leave_out(
                &format!("{place}, {}", number + 1),
                "no question or too few answers; left out",
            );
            continue;
        }
        let mut choices: Vec<Choice> = answers.iter().enumerate().map(choice).collect();
        // The program shuffles them; here the place is fixed, and must not give the answer away.
        let turn = question.len() % choices.len();
        choices.rotate_right(turn);
        imported.add(place, exercise(question, Task::Single(choices), language));
    }
}

/// Sentences with `*answer/other:tip*`.
fn blanks(imported: &mut Imported, place: &str, content: &Value, language: &str) {
    let case_matters = content["behaviour"]["caseSensitive"]
        .as_bool()
        .unwrap_or(false);
    let lead = html(&content["text"]);
    for sentence in content["questions"].as_array().into_iter().flatten() {
        let (question, answers) = starred(sentence.as_str().unwrap_or_default());
        if answers.is_empty() {
            imported.leave_out(place, "a sentence without a gap; left out");
            continue;
        }
        let hints = answers.iter().filter_map(|(_, tip)| tip.clone()).collect();
        let gap = |(words, _): &(Vec<String>, Option<String>)| {
            Gap::Text(TextKey {
                answers: words
                    .iter()
                    .map(|text| Choice {
                        text: text.clone(),
                        right: true,
                        feedback: String::new(),
                    })
                    .collect(),
                case_matters,
                marks_ignored: false,
            })
        };
        let gaps = answers.iter().map(gap).collect();
        let made = exercise(joined(&lead, &question), Task::Gaps(gaps), language);
        imported.add(place, Exercise { hints, ..made });
    }
}

/// A text with `*word:tip*`, each word to be dragged to its place: a list for each gap.
fn drag_text(imported: &mut Imported, content: &Value, language: &str) {
    let lead = html(&content["taskDescription"]);
    let (question, answers) = starred(content["textField"].as_str().unwrap_or_default());
    let mut words: Vec<String> = answers
        .iter()
        .filter_map(|(words, _)| words.first().cloned())
        .collect();
    let meant = words.clone();
    words.sort();
    words.dedup();
    if words.len() < 2 {
        return imported.leave_out(&lead, "a text with fewer than two words to place; left out");
    }
    let gap = |right: &String| {
        let choice = |word: &String| Choice {
            text: word.clone(),
            right: word == right,
            feedback: String::new(),
        };
        Gap::Choice(words.iter().map(choice).collect())
    };
    let gaps = meant.iter().map(gap).collect();
    imported.add(
        &lead,
        exercise(joined(&lead, &question), Task::Gaps(gaps), language),
    );
}

fn joined(lead: &str, question: &str) -> String {
    match lead.is_empty() {
        true => question.to_owned(),
        false => format!("{lead}\n\n{question}"),
    }
}

/// The words that fill a gap, and the tip beside them.
type Starred = (Vec<String>, Option<String>);

/// The sentence with gaps, and for each the words between its stars and the tip behind `:`.
fn starred(sentence: &str) -> (String, Vec<Starred>) {
    let body = crate::Body {
        format: crate::BodyFormat::Html,
        text: sentence.to_owned(),
    };
    let plain = crate::render::plain_text(&body);
    let mut question = String::new();
    let mut answers = Vec::new();
    for (number, piece) in plain.split('*').enumerate() {
        if number % 2 == 0 {
            question.push_str(&markup::escaped(piece));
            continue;
        }
        let (words, tip) = match piece.split_once(':') {
            Some((words, tip)) => (words, Some(markup::escaped(tip.trim()))),
            None => (piece, None),
        };
        let words = words
            .split('/')
            .map(|word| word.trim().to_owned())
            .collect();
        answers.push((words, tip));
        question.push(GAP);
    }
    (question.trim().to_owned(), answers)
}

/// The questions of a set or a column, each with its own type.
fn several(imported: &mut Imported, place: &str, content: &Value, language: &str) {
    let questions = content["questions"]
        .as_array()
        .or(content["content"].as_array());
    for (number, one) in questions.into_iter().flatten().enumerate() {
        let one = if one["content"]["library"].is_string() {
            &one["content"]
        } else {
            one
        };
        let library = one["library"].as_str().unwrap_or_default();
        // A set within a set would be no set of questions.
        let nested = library.starts_with("H5P.QuestionSet") || library.starts_with("H5P.Column");
        let here = format!("{place}, {}", number + 1);
        match nested {
            true => imported.leave_out(&here, "a set within a set; left out"),
            false => question(imported, &here, library, &one["params"], language),
        }
    }
}
