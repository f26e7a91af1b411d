//! `/submissions`: a person's own.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::{Agent, LearningResource, account::Action};
use leptos::prelude::*;

use super::{Asked, asked, state_badge, submission_path, undone};
use crate::pages::account::{on_to, personal_page};
use crate::people::Caller;
use crate::reader::Reader;
use crate::submissions::Summary;
use crate::wording;

/// The list.
pub async fn show_own(caller: Caller) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    match asked.submissions.own(&asked.viewer).await {
        Ok(own) => {
            // The list stands without the number.
            let new = asked.submissions.new_notices(&asked.viewer).await;
            list_page(
                &asked,
                StatusCode::OK,
                &own,
                (new.unwrap_or_default(), None),
            )
        }
        Err(failed) => asked.unserved(&failed),
    }
}

/// Begins a draft with what is known already, and leads to its form.
pub async fn create(caller: Caller) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let reader = &asked.caller.reader;
    let record = LearningResource {
        creator: vec![Agent::person(asked.viewer.name.clone())],
        in_language: vec![reader.code().to_owned()],
        ..LearningResource::default()
    };
    match asked.submissions.create(&asked.viewer, &record).await {
        Ok(Ok(number)) => on_to(&reader.link(&submission_path(&number))),
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            list_page(&asked, status, &[], (0, Some(notice)))
        }
        Err(failed) => asked.unserved(&failed),
    }
}

fn list_page(
    asked: &Asked,
    status: StatusCode,
    own: &[Summary],
    (new, notice): (i64, Option<AnyView>),
) -> Response {
    let reader = &asked.caller.reader;
    let t = reader.texts();
    personal_page(reader, status, t.text("submissions-title"), || {
        view! {
            <div class="container container--narrow submissions">
                <h1>{t.text("submissions-title")}</h1>
                {notice}
                <p class="page-head__lead">{t.text("submissions-lead")}</p>
                <form method="post" action=reader.link("/submissions")>
                    <p class="submissions__ways">
                        <button class="button button--primary" type="submit">{t.text("submissions-new")}</button>
                        {ways(asked, new)}
                    </p>
                </form>
                {match own {
                    [] => view! { <p>{t.text("submissions-none")}</p> }.into_any(),
                    own => view! { <ul class="submissions__list">{own.iter().map(|one| entry(reader, one)).collect_view()}</ul> }.into_any(),
                }}
            </div>
        }
        .into_any()
    })
}

/// Where else this person may work.
fn ways(asked: &Asked, new: i64) -> AnyView {
    let (reader, actor) = (&asked.caller.reader, &asked.viewer.actor);
    let t = reader.texts();
    let desk = actor.may_somewhere(Action::ReadSubmission);
    let notices = match new {
        0 => t.text("notices-title").to_owned(),
        new => t.fill("notices-count", &[("count", new.into())]),
    };
    let all = [
        (true, "/notices", notices.as_str()),
        (desk, "/desk", t.text("desk-title")),
        (
            reader.services.signing.is_some(),
            "/guidance/sent",
            t.text("sent-title"),
        ),
        (
            actor.may(Action::ReadFigures, 0, ""),
            "/desk/figures",
            t.text("figures-title"),
        ),
    ];
    let open = all.into_iter().filter(|(open, ..)| *open);
    open.map(|(_, path, name)| view! { " " <a class="button" href=reader.link(path)>{name.to_owned()}</a> })
        .collect_view()
        .into_any()
}

fn entry(reader: &Reader, one: &Summary) -> AnyView {
    let t = reader.texts();
    let name = if one.name.is_empty() {
        t.text("submissions-unnamed").to_owned()
    } else {
        one.name.clone()
    };
    let due = one.due_at.as_ref().map(|due| {
        let date = wording::date(reader.language, due);
        let key = if one.overdue { "submissions-overdue" } else { "submissions-due" };
        view! { <span class=one.overdue.then_some("submissions__late")>{t.fill(key, &[("date", date.into())])}</span> }
    });
    view! {
        <li>
            <a class="submissions__name" href=reader.link(&submission_path(&one.number))>{name}</a>
            <p class="submissions__facts"><code>{one.number.clone()}</code> " " {state_badge(reader, one.state)} " " {due}</p>
        </li>
    }
    .into_any()
}
