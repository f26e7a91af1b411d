//! `/desk/bulk`: the same for several files at once. What will happen to each is shown before it is done, and it can be
//! taken back.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::account::Action;
use khue_content::review::MATERIAL_REASONS;
use leptos::prelude::*;

use super::suggestions::value_name;
use super::{AtDesk, at_the_desk, desk_path};
use crate::components::property_label;
use crate::pages::account::{Fields, personal_page, value};
use crate::pages::submission::{property_name, reason_name, state_badge, undone};
use crate::people::Caller;
use crate::reader::Reader;
use crate::submissions::{BulkAction, BulkRow, Done, Summary, Undone};

/// How sure suggestions have to be where nobody says so, in percent.
const SURE: u8 = 90;

/// The steps that can be taken at once.
const STEPS: &[&str] = &["take-on", "accept", "publish", "request-changes", "decline"];

/// The queue with boxes to tick, and what can be done.
pub async fn show_bulk(caller: Caller) -> Response {
    let desk = match at_the_desk(caller).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    choose(&desk, StatusCode::OK, &Fields::new(), None).await
}

/// Shows what would happen, does it, or takes it back.
pub async fn act(caller: Caller, Form(form): Form<Fields>) -> Response {
    let desk = match at_the_desk(caller).await {
        Ok(found) => found,
        Err(response) => return response,
    };
    if let Ok(batch) = value(&form, "undo").parse() {
        return take_back(&desk, batch).await;
    }
    let reader = &desk.asked.caller.reader;
    let Some(action) = action(&form) else {
        let notice = notice(reader.texts().text("bulk-choose-action"));
        return choose(&desk, StatusCode::UNPROCESSABLE_ENTITY, &form, Some(notice)).await;
    };
    let files = chosen(&form);
    if files.is_empty() {
        let notice = notice(reader.texts().text("bulk-choose-files"));
        return choose(&desk, StatusCode::UNPROCESSABLE_ENTITY, &form, Some(notice)).await;
    }
    let (viewer, submissions) = (&desk.asked.viewer, &desk.asked.submissions);
    if value(&form, "do") == "apply" {
        return match submissions.bulk_apply(viewer, &action, &files).await {
            Ok((batch, rows)) => result_page(&desk, &action, batch, &rows),
            Err(failed) => desk.asked.unserved(&failed),
        };
    }
    let numbers: Vec<String> = files.into_iter().map(|(number, _)| number).collect();
    match submissions.bulk_preview(viewer, &action, &numbers).await {
        Ok(rows) => preview_page(&desk, &form, &action, &rows),
        Err(failed) => desk.asked.unserved(&failed),
    }
}

fn notice(words: &str) -> AnyView {
    view! { <p class="notice notice--danger" role="alert" tabindex="-1">{words.to_owned()}</p> }
        .into_any()
}

/// The files that were ticked, each with the edition that was seen.
fn chosen(form: &Fields) -> Vec<(String, i64)> {
    let ticked = form
        .iter()
        .filter(|(name, _)| name == "file")
        .map(|(_, number)| number);
    let mut files: Vec<(String, i64)> = Vec::new();
    for number in ticked {
        if files.iter().all(|(known, _)| known != number) {
            let edition = value(form, &format!("edition-{number}"))
                .parse()
                .unwrap_or_default();
            files.push((number.clone(), edition));
        }
    }
    files
}

/// What the form asks for; nothing where it asks for nothing that there is.
fn action(form: &Fields) -> Option<BulkAction> {
    match value(form, "action") {
        "assign" => value(form, "to").parse().ok().map(BulkAction::Assign),
        "accept-suggestions" => {
            let percent: u8 = value(form, "sure").parse().unwrap_or(SURE);
            Some(BulkAction::AcceptSuggestions(percent.clamp(1, 100)))
        }
        step => STEPS.contains(&step).then(|| BulkAction::Step {
            step: step.to_owned(),
            reason: value(form, "reason").to_owned(),
            words: value(form, "words").to_owned(),
        }),
    }
}

/// What an action is called.
fn action_name(reader: &Reader, name: &str) -> &'static str {
    let key = format!("bulk-do-{name}");
    reader.texts().find(&key).unwrap_or_default()
}

fn name_of(action: &BulkAction) -> &str {
    match action {
        BulkAction::Step { step, .. } => step,
        BulkAction::Assign(_) => "assign",
        BulkAction::AcceptSuggestions(_) => "accept-suggestions",
    }
}

async fn choose(
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
        let body = match desk.queue.files.as_slice() {
            [] => view! { <p>{t.text("desk-empty")}</p> }.into_any(),
            files => view! {
                <form method="post" action=reader.link("/desk/bulk") class="form bulk">
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
                {body}
            </div>
        }
        .into_any()
    })
}

fn called(reader: &Reader, name: &str) -> String {
    match name {
        "" => reader.texts().text("submissions-unnamed").to_owned(),
        name => name.to_owned(),
    }
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

/// What will happen to each, with the button that does it to those that it can be done to.
fn preview_page(desk: &AtDesk, form: &Fields, action: &BulkAction, rows: &[BulkRow]) -> Response {
    let reader = &desk.asked.caller.reader;
    let t = reader.texts();
    let open: Vec<&BulkRow> = rows.iter().filter(|row| row.result.is_ok()).collect();
    let keep = |name: &'static str| view! { <input type="hidden" name=name value=value(form, name).to_owned()/> };
    let file = |row: &&BulkRow| {
        view! {
            <input type="hidden" name="file" value=row.number.clone()/>
            <input type="hidden" name=format!("edition-{}", row.number) value=row.edition.to_string()/>
        }
    };
    let title = t.fill(
        "bulk-preview-title",
        &[("action", action_name(reader, name_of(action)).into())],
    );
    let go = t.fill("bulk-apply", &[("count", open.len().into())]);
    personal_page(reader, StatusCode::OK, &title, || {
        view! {
            <div class="container container--narrow collection">
                <h1>{title.clone()}</h1>
                {table(reader, rows)}
                <form method="post" action=reader.link("/desk/bulk")>
                    {keep("action")} {keep("to")} {keep("sure")} {keep("reason")} {keep("words")}
                    {open.iter().map(file).collect_view()}
                    <p class="viewer__ways">
                        {(!open.is_empty()).then(|| view! { <button class="button button--primary" type="submit" name="do" value="apply">{go}</button> })}
                        <a class="button button--quiet" href=reader.link("/desk/bulk")>{t.text("bulk-back")}</a>
                    </p>
                </form>
            </div>
        }
        .into_any()
    })
}

/// What became of each, with the button that takes it back.
fn result_page(desk: &AtDesk, action: &BulkAction, batch: i64, rows: &[BulkRow]) -> Response {
    let reader = &desk.asked.caller.reader;
    let t = reader.texts();
    let done = rows.iter().filter(|row| row.result.is_ok()).count();
    let values = [
        ("action", action_name(reader, name_of(action)).into()),
        ("count", done.into()),
    ];
    let title = t.fill("bulk-done-title", &values);
    personal_page(reader, StatusCode::OK, &title, || {
        view! {
            <div class="container container--narrow collection">
                <h1 role="status">{title.clone()}</h1>
                {table(reader, rows)}
                <form method="post" action=reader.link("/desk/bulk") class="viewer__ways">
                    {(done > 0).then(|| view! { <button class="button" type="submit" name="undo" value=batch.to_string()>{t.text("bulk-undo")}</button> })}
                    <a class="button button--quiet" href=reader.link("/desk")>{t.text("desk-title")}</a>
                </form>
            </div>
        }
        .into_any()
    })
}

fn table(reader: &Reader, rows: &[BulkRow]) -> AnyView {
    let t = reader.texts();
    let row = |one: &BulkRow| {
        let came = match &one.result {
            Ok((state, tags)) => came(reader, *state, tags),
            Err(why) => barred(reader, *why),
        };
        file_row(reader, &one.number, &one.name, came)
    };
    view! {
        <div class="table-region" tabindex="0" role="region" aria-label=t.text("bulk-files")>
            <table class="bulk__table"><thead><tr><th scope="col">{t.text("bulk-file")}</th><th scope="col">{t.text("bulk-came")}</th></tr></thead>
                <tbody>{rows.iter().map(row).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}

fn file_row(reader: &Reader, number: &str, name: &str, came: AnyView) -> AnyView {
    let link = reader.link(&desk_path(number));
    view! { <tr><th scope="row"><a href=link>{called(reader, name)}</a> " " <code>{number.to_owned()}</code></th><td>{came}</td></tr> }.into_any()
}

fn came(reader: &Reader, state: khue_content::review::State, tags: &[(String, String)]) -> AnyView {
    let tag = |(property, value): &(String, String)| {
        let name = property_name(reader, property);
        let name = if name.is_empty() {
            property_label(reader, property).to_owned()
        } else {
            name.to_owned()
        };
        view! { <li>{name} ": " {value_name(reader, property, value)}</li> }
    };
    let tags = (!tags.is_empty()).then(|| view! { <ul>{tags.iter().map(tag).collect_view()}</ul> });
    view! { {state_badge(reader, state)} {tags} }.into_any()
}

/// Why nothing is done to a file.
fn barred(reader: &Reader, why: Undone) -> AnyView {
    let t = reader.texts();
    let words = match why {
        Undone::NotNow => t.text("bulk-not-now"),
        Undone::Forbidden => t.text("bulk-forbidden"),
        Undone::Stale => t.text("undone-stale"),
        Undone::InUse => t.text("undone-in-use"),
        _ => t.text("undone-missing"),
    };
    view! { <span class="submissions__late">{words}</span> }.into_any()
}

async fn take_back(desk: &AtDesk, batch: i64) -> Response {
    let reader = &desk.asked.caller.reader;
    let rows = match desk
        .asked
        .submissions
        .bulk_undo(&desk.asked.viewer, batch)
        .await
    {
        Ok(Ok(rows)) => rows,
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            return choose(desk, status, &Fields::new(), Some(notice)).await;
        }
        Err(failed) => return desk.asked.unserved(&failed),
    };
    let t = reader.texts();
    let row = |(number, name, result): &(String, String, Done<()>)| {
        let came = match result {
            Ok(()) => {
                view! { <span class="badge badge--level">{t.text("bulk-undone")}</span> }.into_any()
            }
            Err(why) => barred(reader, *why),
        };
        file_row(reader, number, name, came)
    };
    personal_page(reader, StatusCode::OK, t.text("bulk-undo-title"), || {
        view! {
            <div class="container container--narrow collection">
                <h1 role="status">{t.text("bulk-undo-title")}</h1>
                <div class="table-region" tabindex="0" role="region" aria-label=t.text("bulk-files")>
                    <table class="bulk__table"><thead><tr><th scope="col">{t.text("bulk-file")}</th><th scope="col">{t.text("bulk-came")}</th></tr></thead>
                        <tbody>{rows.iter().map(row).collect_view()}</tbody></table>
                </div>
                <p><a href=reader.link("/desk/bulk")>{t.text("bulk-title")}</a></p>
            </div>
        }
        .into_any()
    })
}
