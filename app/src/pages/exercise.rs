//! `/resources/{id}/exercises/{number}`: one exercise of a resource, and what becomes of an answer.
//!
//! In the resource's page the same forms stand where its text has them. An answer is looked at and forgotten: nothing
//! about it is stored, and trying again is the same form once more.

mod fields;
mod form;
mod lesson;
mod outcome;

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use khue_content::exercise::{self, Answers, Exercise, Outcome};
use khue_content::render;
use khue_content::{Body, BodyFormat, LearningResource};
use leptos::prelude::*;

use super::error;
use crate::components::breadcrumb;
use crate::document::{Head, page};
use crate::reader::{Reader, resource_path};
use crate::services::ResourceView;

pub use lesson::lesson;

/// An exercise of a resource, as its form needs it.
struct Shown<'a> {
    reader: &'a Reader,
    /// Portal id of the resource.
    resource: &'a str,
    /// Number within the resource, from 1.
    number: usize,
    exercise: &'a Exercise,
    /// Language of its texts where it is not the reader's.
    lang: Option<String>,
    /// What was answered, and what became of it.
    given: Option<(&'a Answers, &'a Outcome)>,
    /// What stands before the names of its fields, where one form has several exercises.
    prefix: String,
}

impl Shown<'_> {
    /// The path of its own page, without the language's prefix.
    fn path(&self) -> String {
        path(self.resource, self.number)
    }

    /// Markdown of the exercise as safe HTML.
    fn markdown(&self, text: &str) -> String {
        let body = Body {
            format: BodyFormat::Markdown,
            text: text.to_owned(),
        };
        render::render(&body, &[], &|_| None, &self.exercise.language).html
    }

    /// The same for a few words: without the paragraph around them.
    fn words(&self, text: &str) -> String {
        let html = self.markdown(text);
        let html = html.trim();
        let inside = html
            .strip_prefix("<p>")
            .and_then(|rest| rest.strip_suffix("</p>"));
        let single = inside.filter(|inside| !inside.contains("<p>"));
        single.unwrap_or(html).to_owned()
    }
}

/// An exercise of a resource as one question among others of a form: it is called by its place there, and the names of its fields
/// begin with `prefix`.
pub fn question(
    reader: &Reader,
    (resource, exercise): (&str, &Exercise),
    place: usize,
    prefix: String,
    given: Option<(&Answers, &Outcome)>,
) -> AnyView {
    let exercise = Exercise {
        label: place.to_string(),
        ..exercise.clone()
    };
    form::question(&Shown {
        reader,
        resource,
        number: place,
        lang: reader.foreign(&exercise.language),
        exercise: &exercise,
        given,
        prefix,
    })
}

/// The path of an exercise, without the language's prefix.
pub fn path(resource: &str, number: usize) -> String {
    format!("{}/exercises/{number}", resource_path(resource))
}

/// The exercises of a record in order, by their numbers from 1; broken ones are left out.
pub fn exercises(record: &LearningResource) -> Vec<(usize, Exercise)> {
    let Some(body) = record
        .body
        .as_ref()
        .filter(|body| body.format == BodyFormat::Markdown)
    else {
        return Vec::new();
    };
    let language = record.main_language().unwrap_or("vi");
    let found = exercise::find(&body.text, language).into_iter().enumerate();
    found
        .filter_map(|(at, found)| Some((at + 1, found.exercise.ok()?)))
        .collect()
}

/// The page of an exercise.
pub async fn show(reader: Reader, Path((id, number)): Path<(String, String)>) -> Response {
    respond(&reader, &id, &number, None).await
}

/// The same with feedback on an answer.
pub async fn answer(
    reader: Reader,
    Path((id, number)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    respond(&reader, &id, &number, Some(Answers::new(fields))).await
}

async fn respond(reader: &Reader, id: &str, number: &str, answers: Option<Answers>) -> Response {
    let Ok(number) = number.parse::<usize>() else {
        return error::not_found(reader);
    };
    let resource = match reader.services.library.resource(id).await {
        Ok(Some(resource)) => resource,
        Ok(None) => return error::not_found(reader),
        Err(failed) => return error::unserved(reader, &failed),
    };
    let all = exercises(&resource.record);
    let Some((_, exercise)) = all.iter().find(|(own, _)| *own == number) else {
        return error::not_found(reader);
    };
    let outcome = answers
        .as_ref()
        .map(|answers| exercise::score(exercise, answers));
    let shown = Shown {
        reader,
        resource: id,
        number,
        exercise,
        lang: reader.foreign(&exercise.language),
        given: answers.as_ref().zip(outcome.as_ref()),
        prefix: String::new(),
    };
    // The island asks for the form alone.
    if reader.query == "part=form" {
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        return ([(CONTENT_TYPE, html)], form::html(&shown)).into_response();
    }
    let after = all.iter().map(|(own, _)| *own).find(|own| *own > number);
    whole_page(&shown, &resource, after)
}

fn whole_page(shown: &Shown, resource: &ResourceView, after: Option<usize>) -> Response {
    let reader = shown.reader;
    let t = reader.texts();
    let name = resource.record.name.clone();
    let title = form::label(shown);
    let head = Head {
        hidden: true,
        ..Head::new(format!("{title} – {name}"), t.text("exercise-page-lead"))
    };
    let way = (resource_path(shown.resource), name, shown.lang.clone());
    let back = format!(
        "{}#exercise-{}",
        reader.resource_link(shown.resource),
        shown.number
    );
    let next = after.map(|number| reader.link(&path(shown.resource, number)));
    page(reader, StatusCode::OK, &head, || {
        view! {
            <div class="container container--narrow">
                {breadcrumb(reader, vec![way], (title.clone(), None))}
                <h1 class="exercise-page__title">{title.clone()}</h1>
                <div inner_html=form::html(shown)></div>
                <p class="exercise-page__ways">
                    <a class="button" href=back>{t.text("exercise-back")}</a> " "
                    {next.map(|next| view! { <a class="button" rel="next" href=next>{t.text("exercise-next")}</a> })}
                </p>
                {desk(reader)}
            </div>
        }
        .into_any()
    })
}

/// What answers without leaving the page.
pub fn desk(reader: &Reader) -> AnyView {
    let failed = reader.texts().text("exercise-failed");
    view! { <template data-island="exercise_desk" data-failed=failed></template> }.into_any()
}
