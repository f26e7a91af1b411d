//! The queue with boxes to tick, and what can be done.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::account::Action;
use khue_content::review::MATERIAL_REASONS;
use leptos::prelude::*;

use super::super::AtDesk;
use super::{PATH, SURE, action_name, called};
use crate::pages::account::{Fields, personal_page, value};
use crate::pages::submission::{list_pages, reason_name, state_badge};
use crate::reader::Reader;
use crate::submissions::Summary;

/// The page.
pub(super) async fn choose(
    desk: &AtDesk,
    status: StatusCode,
    form: &Fields,
    notice: Option<AnyView>,
) -> Response {
    let reader = &desk.asked.caller.reader;
    let appraisers = match desk.asked.submissions.appraisers(&desk.asked.viewer).await {
        Ok(all) => all,
        Err(failed) => return desk.asked.unserved(&failed),
    };
    let t = reader.texts();
    personal_page(reader, status, t.text("bulk-title"), || {
        let body = match desk.queue.listed.files.as_slice() {
            [] => view! { <p>{t.text("desk-empty")}</p> }.into_any(),
            files => view! {
                <form method="post" action=reader.link(&desk.queue.keep(PATH)) class="form bulk">
                    {boxes(reader, files, form)}
                    {actions(desk, form, &appraisers)}
                    <p><button class="button button--primary" type="submit" name="do" value="preview">{t.text("bulk-preview")}</button></p>
                </form>
            }
            .into_any(),
        };
        view! {
            <div class="container container--narrow collection">
                <p><a href=reader.link("/desk")>{t.text("desk-title")}</a></p>
                <h1>{t.text("bulk-title")}</h1>
                {notice}
                <p class="page-head__lead">{t.text("bulk-lead")}</p>
                {desk.queue.filter(reader, PATH)}
                {list_pages(reader, PATH, &desk.queue.wanted, &desk.queue.listed)}
                {body}
            </div>
        }
        .into_any()
    })
}

/// The queue, each file with a box.
fn boxes(reader: &Reader, files: &[Summary], form: &Fields) -> AnyView {
    let t = reader.texts();
    let entry = |one: &Summary| {
        let id = format!("file-{}", one.number);
        let ticked = form
            .iter()
            .any(|(name, number)| name == "file" && *number == one.number);
        let age = t.fill("desk-age", &[("days", one.age.max(0).into())]);
        view! {
            <li class="field__choice">
                <input type="checkbox" id=id.clone() name="file" value=one.number.clone() checked=ticked/>
                <label for=id>{called(reader, &one.name)} " " <span class="desk__facts"><code>{one.number.clone()}</code> " " {state_badge(reader, one.state)} " " {age}</span></label>
            </li>
        }
    };
    view! {
        <fieldset class="field"><legend>{t.text("bulk-files")}</legend>
            <ul>{files.iter().map(entry).collect_view()}</ul>
        </fieldset>
    }
    .into_any()
}

/// What can be done by somebody with these roles; whether to each file is asked for each.
fn actions(desk: &AtDesk, form: &Fields, appraisers: &[(i64, String)]) -> AnyView {
    let reader = &desk.asked.caller.reader;
    let t = reader.texts();
    let actor = &desk.asked.viewer.actor;
    let (appraises, publishes) = (
        actor.may_somewhere(Action::Appraise),
        actor.may_somewhere(Action::Publish),
    );
    let all = [
        ("assign", appraises && !appraisers.is_empty()),
        ("accept-suggestions", appraises),
        ("take-on", appraises),
        ("accept", appraises),
        ("request-changes", appraises),
        ("decline", appraises),
        ("publish", publishes),
    ];
    let choice = |name: &'static str| {
        let id = format!("action-{name}");
        let now = value(form, "action") == name;
        view! {
            <p class="field__choice"><input type="radio" id=id.clone() name="action" value=name checked=now/>
                <label for=id>{action_name(reader, name)}</label></p>
        }
    };
    let choices = all
        .into_iter()
        .filter(|(_, open)| *open)
        .map(|(name, _)| choice(name))
        .collect_view();
    let person = |(account, name): &(i64, String)| {
        let now = value(form, "to") == account.to_string();
        view! { <option value=account.to_string() selected=now>{name.clone()}</option> }
    };
    let reason = |key: &&'static str| {
        let now = value(form, "reason") == *key;
        view! { <option value=*key selected=now>{reason_name(reader, key)}</option> }
    };
    let sure = match value(form, "sure") {
        "" => SURE.to_string(),
        typed => typed.to_owned(),
    };
    let details = appraises.then(|| view! {
        <div class="field">
            <label for="to">{t.text("bulk-to")}</label>
            <select id="to" name="to">{appraisers.iter().map(person).collect_view()}</select>
        </div>
        <div class="field">
            <label for="sure">{t.text("bulk-sure")}</label>
            <input id="sure" name="sure" type="number" min="1" max="100" value=sure/>
        </div>
        <div class="field">
            <label for="reason">{t.text("bulk-reason")}</label>
            <select id="reason" name="reason"><option value=""></option>{MATERIAL_REASONS.iter().map(reason).collect_view()}</select>
        </div>
        <div class="field">
            <label for="words">{t.text("bulk-words")}</label>
            <textarea id="words" name="words" rows="3">{value(form, "words").to_owned()}</textarea>
        </div>
    });
    view! { <fieldset class="field"><legend>{t.text("bulk-action")}</legend>{choices}</fieldset> {details} }.into_any()
}
