//! `/paths/{id}/record`: the exercises of a path in one form; whoever has enough of them right is given a record that they can
//! show. Nothing is stored: answers and name are in the form, the record is in the page that answers it.

use axum::extract::{Form, Path as Segment};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::credential::{Completion, LONGEST_NAME, PASS};
use khue_content::exercise::{self, Answers, Exercise, Outcome, Verdict};
use khue_content::path::Path;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;

use super::path_path;
use crate::components::breadcrumb;
use crate::document::{Head, page};
use crate::pages::error;
use crate::pages::exercise::{exercises, question};
use crate::reader::Reader;
use crate::services::ServiceError;

/// Questions that are asked at most.
const MOST: usize = 10;
/// Fewer questions than this say nothing.
const FEWEST: usize = 3;

/// A question of a path: the resource that it is of, its number there, and itself.
type Question = (String, usize, Exercise);
/// What was answered to each question, and what became of it.
type Answered = Vec<(Answers, Outcome)>;

/// The way to the record, on the page of the path.
pub fn offer(reader: &Reader, path: &Path) -> AnyView {
    let t = reader.texts();
    view! {
        <section class="card record-offer" aria-labelledby="record-offer">
            <h2 class="card__title" id="record-offer">{t.text("record-title")}</h2>
            <p>{t.text("record-offer")}</p>
            <p class="path__ways">
                <a class="button" href=reader.link(&record_path(path))>{t.text("record-begin")}</a> " "
                <a class="button" href=reader.link("/verify")>{t.text("verify-title")}</a>
            </p>
        </section>
    }
    .into_any()
}

/// The path, where there are questions at its end.
fn of(reader: &Reader, id: &str) -> Option<Arc<Path>> {
    let path = reader.paths().get(id)?.clone();
    (!path.without_quiz).then_some(path)
}

/// The form.
pub async fn show(reader: Reader, Segment(id): Segment<String>) -> Response {
    let Some(path) = of(&reader, &id) else {
        return error::not_found(&reader);
    };
    let path = path.as_ref();
    match questions(&reader, path).await {
        Ok(questions) => form_page(&reader, path, &questions, None),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

/// Looks at the answers, and gives the record where they are good enough.
pub async fn answer(
    reader: Reader,
    Segment(id): Segment<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let Some(path) = of(&reader, &id) else {
        return error::not_found(&reader);
    };
    let path = path.as_ref();
    let questions = match questions(&reader, path).await {
        Ok(questions) => questions,
        Err(failed) => return error::unserved(&reader, &failed),
    };
    let answered: Answered = questions.iter().map(|one| scored(one, &fields)).collect();
    let completion = completion(&reader, path, &answered, learner(&fields));
    let credentials = reader.services.credentials.clone();
    let (Some(credentials), true) = (
        credentials,
        completion.passes() && questions.len() >= FEWEST,
    ) else {
        return form_page(&reader, path, &questions, Some((&answered, &completion)));
    };
    match credentials.issue(&completion) {
        Ok(file) => record_page(&reader, path, &completion, &file),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

/// The questions of a path: the first ones of each lesson that belongs to it in any case, in the order of the path.
async fn questions(reader: &Reader, path: &Path) -> Result<Vec<Question>, ServiceError> {
    let steps = path.steps.iter().filter(|step| step.is_certain());
    let ids: Vec<String> = steps.map(|step| step.resource.clone()).collect();
    let records = reader.services.library.records(&ids).await?;
    let mut found: Vec<(usize, usize, Question)> = Vec::new();
    for (step, record) in records.iter().enumerate() {
        for (turn, (number, exercise)) in exercises(record).into_iter().enumerate() {
            found.push((turn, step, (record.id.clone(), number, exercise)));
        }
    }
    // A first one of each lesson, a second one of each, and so on.
    found.sort_by_key(|(turn, step, _)| (*turn, *step));
    found.truncate(MOST);
    found.sort_by_key(|(turn, step, _)| (*step, *turn));
    Ok(found.into_iter().map(|(_, _, question)| question).collect())
}

/// What stands before the names of a question's fields: it is the same whatever else the path has.
fn prefix((resource, number, _): &Question) -> String {
    format!("{resource}/{number}.")
}

fn scored(question: &Question, fields: &[(String, String)]) -> (Answers, Outcome) {
    let prefix = prefix(question);
    let own = fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?, value)));
    let answers = Answers::new(own);
    let outcome = exercise::score(&question.2, &answers);
    (answers, outcome)
}

/// The name as it was typed, in one line.
fn learner(fields: &[(String, String)]) -> String {
    let typed = fields.iter().find(|(name, _)| name == "learner");
    let typed = typed.map_or("", |(_, value)| value.as_str());
    let words: Vec<&str> = typed
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(LONGEST_NAME).collect()
}

fn completion<'a>(
    reader: &Reader,
    path: &'a Path,
    answered: &Answered,
    learner: String,
) -> Completion<'a> {
    let t = reader.texts();
    let right = answered
        .iter()
        .filter(|(_, outcome)| outcome.verdict == Verdict::Right)
        .count();
    let values = [("right", right.into()), ("asked", answered.len().into())];
    Completion {
        path,
        learner,
        right,
        asked: answered.len(),
        criteria: t.fill("record-criteria", &[("pass", PASS.into())]),
        attests: t.fill("record-attests", &values),
    }
}

/// The path of a path's record, without the language's prefix.
fn record_path(path: &Path) -> String {
    format!("{}/record", path_path(&path.id))
}

fn around(reader: &Reader, path: &Path, content: impl FnOnce() -> AnyView) -> Response {
    let t = reader.texts();
    let title = t.fill("record-for", &[("name", path.name.as_str().into())]);
    let head = Head {
        hidden: true,
        ..Head::new(title.clone(), t.text("record-offer"))
    };
    let way = (
        path_path(&path.id),
        path.name.clone(),
        reader.foreign(&path.in_language),
    );
    page(reader, StatusCode::OK, &head, || {
        view! {
            <div class="container container--narrow record">
                {breadcrumb(reader, vec![way], (t.text("record-title").to_owned(), None))}
                <h1>{title}</h1>
                {content()}
            </div>
        }
        .into_any()
    })
}

fn form_page(
    reader: &Reader,
    path: &Path,
    questions: &[Question],
    given: Option<(&Answered, &Completion)>,
) -> Response {
    let t = reader.texts();
    around(reader, path, || {
        let barred = match (
            reader.services.credentials.is_some(),
            questions.len() >= FEWEST,
        ) {
            (false, _) => Some("record-not-here"),
            (true, false) => Some("record-too-few"),
            (true, true) => None,
        };
        if let Some(key) = barred {
            return view! { <p class="notice notice--warning">{t.text(key)}</p> }.into_any();
        }
        view! {
            <p class="page-head__lead">{t.text("record-lead")}</p>
            {given.map(|(_, completion)| missed(reader, completion))}
            <form class="form record__form" method="post" action=reader.link(&record_path(path))>
                {fields(reader, questions, given.map(|(answered, _)| answered))}
                {name_field(reader, given.map_or("", |(_, completion)| &completion.learner))}
                <p><button type="submit" class="button button--primary">{t.text("record-send")}</button></p>
            </form>
        }
        .into_any()
    })
}

fn missed(reader: &Reader, completion: &Completion) -> AnyView {
    let values = [
        ("right", completion.right.into()),
        ("asked", completion.asked.into()),
        ("pass", PASS.into()),
    ];
    let words = reader.texts().fill("record-missed", &values);
    view! { <p class="notice notice--warning" role="alert">{words}</p> }.into_any()
}

fn fields(reader: &Reader, questions: &[Question], answered: Option<&Answered>) -> AnyView {
    let one = |(at, asked): (usize, &Question)| {
        let given = answered.and_then(|all| all.get(at));
        let given = given.map(|(answers, outcome)| (answers, outcome));
        question(reader, (&asked.0, &asked.2), at + 1, prefix(asked), given)
    };
    questions
        .iter()
        .enumerate()
        .map(one)
        .collect_view()
        .into_any()
}

fn name_field(reader: &Reader, typed: &str) -> AnyView {
    let t = reader.texts();
    view! {
        <div class="field">
            <label for="record-learner">{t.text("record-learner")}</label>
            <input id="record-learner" type="text" name="learner" maxlength=LONGEST_NAME.to_string() autocomplete="name"
                aria-describedby="record-learner-hint" value=typed.to_owned()/>
            <p class="field__hint" id="record-learner-hint">{t.text("record-learner-hint")}</p>
        </div>
    }
    .into_any()
}

/// The record: to keep as a file, or to copy.
fn record_page(reader: &Reader, path: &Path, completion: &Completion, file: &str) -> Response {
    let t = reader.texts();
    let name = format!("khue-{}.json", path.id);
    let address = format!(
        "data:application/json;charset=utf-8,{}",
        utf8_percent_encode(file, NON_ALPHANUMERIC)
    );
    around(reader, path, || {
        view! {
            <div class="notice notice--success" role="status">
                <p class="notice__title">{t.text("record-done")}</p>
                <p>{completion.attests.clone()}</p>
            </div>
            <p>{t.text("record-keep")}</p>
            <p class="path__ways">
                <a class="button button--primary" download=name href=address>{t.text("record-file")}</a> " "
                <a class="button" href=reader.link("/verify")>{t.text("verify-title")}</a>
            </p>
            <div class="field">
                <label for="record-text">{t.text("record-text")}</label>
                <textarea id="record-text" class="record__text" readonly=true rows="12" spellcheck="false">{file.to_owned()}</textarea>
            </div>
        }
        .into_any()
    })
}
