//! `/plan` and `/plan/calendar`: a plan of study until an examination. Everything asked for stands in the address; the server
//! keeps nothing of it.

mod calendar;
mod form;
mod list;
mod materials;
mod notes;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use khue_content::plan::{Fault, Frame, Plan, Wish, plan};
use leptos::prelude::*;

use super::error;
use crate::Language;
use crate::components::{breadcrumb, label};
use crate::document::{Head, page};
use crate::reader::Reader;
use crate::services::ServiceError;
pub use materials::is_for_learning;
use materials::{Found, found};

/// A plan with what it was made for and of.
struct Made {
    wish: Wish,
    frame: Frame,
    plan: Plan,
    found: Found,
}

/// The form, and the plan where one is asked for.
pub async fn show(reader: Reader) -> Response {
    let wish = wish(&reader);
    if !wish.asked {
        return form_page(&reader, &wish, &[]);
    }
    match wish.frame((reader.services.today)()) {
        Err(faults) => form_page(&reader, &wish, &faults),
        Ok(frame) => match made(&reader, wish, frame).await {
            Ok(made) => plan_page(&reader, &made),
            Err(failed) => error::unserved(&reader, &failed),
        },
    }
}

/// The plan as a calendar file.
pub async fn calendar(reader: Reader) -> Response {
    let wish = wish(&reader);
    let frame = match wish.frame((reader.services.today)()) {
        Ok(frame) => frame,
        Err(faults) => return form_page(&reader, &wish, &faults),
    };
    match made(&reader, wish, frame).await {
        Ok(made) => {
            let headers = [
                (CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (
                    CONTENT_DISPOSITION,
                    "attachment; filename=\"khue-plan.ics\"",
                ),
            ];
            (headers, calendar::file(&reader, &made)).into_response()
        }
        Err(failed) => error::unserved(&reader, &failed),
    }
}

/// What the address asks for; lessons in Vietnamese where a Vietnamese page names no language.
fn wish(reader: &Reader) -> Wish {
    let mut wish = Wish::parse(&reader.query);
    let named = match wish.in_language.as_deref() {
        Some("any") => Some("any"),
        Some(code) => Language::from_code(code).map(Language::code),
        None => None,
    };
    wish.in_language = Some(named.unwrap_or_else(|| usual_language(reader)).to_owned());
    wish
}

/// Examinations are in Vietnamese; whoever reads another language takes what there is.
fn usual_language(reader: &Reader) -> &'static str {
    match reader.language {
        Language::Vi => "vi",
        _ => "any",
    }
}

async fn made(reader: &Reader, wish: Wish, frame: Frame) -> Result<Made, ServiceError> {
    let found = found(reader, &wish).await?;
    let plan = plan(&frame, &found.materials);
    Ok(Made {
        wish,
        frame,
        plan,
        found,
    })
}

fn head(reader: &Reader, wish: &Wish) -> Head {
    let t = reader.texts();
    Head {
        hidden: wish.asked,
        query: wish
            .exam
            .filter(|_| !wish.asked)
            .map_or_else(String::new, |exam| format!("exam={}", exam.id)),
        ..Head::new(title(reader, wish), t.text("plan-lead"))
    }
}

/// What the plan is for: the examination, else the subjects.
fn title(reader: &Reader, wish: &Wish) -> String {
    let t = reader.texts();
    let named = wish.exam.map(|exam| exam.label(reader.code()).to_owned());
    match named.or_else(|| subjects(reader, wish)) {
        Some(name) => t.fill("plan-title-for", &[("name", name.into())]),
        None => t.text("plan-title").to_owned(),
    }
}

fn subjects(reader: &Reader, wish: &Wish) -> Option<String> {
    let labels = |uris: &[String]| {
        let labels: Vec<String> = uris.iter().map(|uri| label(reader, uri)).collect();
        labels.join(", ")
    };
    let all = format!(
        "{} · {}",
        labels(&wish.about),
        labels(&wish.educational_level)
    );
    (!wish.about.is_empty() && !wish.educational_level.is_empty()).then_some(all)
}

fn around(
    reader: &Reader,
    wish: &Wish,
    status: StatusCode,
    content: impl FnOnce() -> AnyView,
) -> Response {
    let title = title(reader, wish);
    page(reader, status, &head(reader, wish), || {
        view! {
            <div class="container container--narrow plan">
                {breadcrumb(reader, vec![paths_way(reader)], (reader.texts().text("plan-title").to_owned(), None))}
                <h1>{title}</h1>
                {content()}
            </div>
        }
        .into_any()
    })
}

fn paths_way(reader: &Reader) -> (String, String, Option<String>) {
    (
        "/paths".to_owned(),
        reader.texts().text("paths-title").to_owned(),
        None,
    )
}

fn form_page(reader: &Reader, wish: &Wish, faults: &[Fault]) -> Response {
    let t = reader.texts();
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    around(reader, wish, status, || {
        view! {
            <p class="page-head__lead">{t.text("plan-lead")}</p>
            {notes::faults(reader, faults)}
            {form::ways(reader, wish)}
            {form::form(reader, wish)}
        }
        .into_any()
    })
}

fn plan_page(reader: &Reader, made: &Made) -> Response {
    let t = reader.texts();
    around(reader, &made.wish, StatusCode::OK, || {
        view! {
            {notes::summary(reader, made)}
            {notes::honest(reader, made)}
            {list::list(reader, made)}
            {notes::left_out(reader, made)}
            <details class="plan__again">
                <summary>{t.text("plan-change")}</summary>
                {form::ways(reader, &made.wish)}
                {form::form(reader, &made.wish)}
            </details>
        }
        .into_any()
    })
}
