//! `/submissions`: a person's own.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::review::State;
use khue_content::{Agent, LearningResource, account::Action};
use leptos::prelude::*;

use super::filter::{filter_form, is_narrow, list_pages, wanted};
use super::{Asked, asked, state_badge, submission_path, undone};
use crate::pages::account::{on_to, personal_page};
use crate::people::Caller;
use crate::reader::Reader;
use crate::submissions::{Listed, Summary, Wanted};
use crate::wording;

/// Its address, without the language's prefix.
const PATH: &str = "/submissions";

/// The list.
pub async fn show_own(caller: Caller) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let wanted = wanted(&asked.caller.reader);
    match asked.submissions.own(&asked.viewer, &wanted).await {
        Ok(own) => {
            // The list stands without the number.
            let new = asked.submissions.new_notices(&asked.viewer).await;
            let new = new.unwrap_or_default();
            list_page(&asked, StatusCode::OK, (&own, &wanted), (new, None))
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
            let none = (&Listed::default(), &Wanted::default());
            list_page(&asked, status, none, (0, Some(notice)))
        }
        Err(failed) => asked.unserved(&failed),
    }
}

fn list_page(
    asked: &Asked,
    status: StatusCode,
    (own, wanted): (&Listed, &Wanted),
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
                {entries(reader, own, wanted)}
            </div>
        }
        .into_any()
    })
}

/// A page of the list, with the way to the others. Who has only a few needs no filter.
fn entries(reader: &Reader, own: &Listed, wanted: &Wanted) -> AnyView {
    let t = reader.texts();
    let narrow = is_narrow(wanted);
    let worth = narrow || own.total > 5;
    let filter = worth.then(|| filter_form(reader, PATH, wanted, State::ALL.into_iter()));
    let count = worth.then(|| {
        view! { <p class="submissions__facts">{t.fill("list-count", &[("count", own.total.into())])}</p> }
    });
    let list = match own.files.as_slice() {
        [] if narrow => view! { <p>{t.text("list-none")}</p> }.into_any(),
        [] => view! { <p>{t.text("submissions-none")}</p> }.into_any(),
        files => view! { <ul class="submissions__list">{files.iter().map(|one| entry(reader, one)).collect_view()}</ul> }.into_any(),
    };
    view! { {filter} {count} {list} {list_pages(reader, PATH, wanted, own)} }.into_any()
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
