//! `/notices`: what happened to a person's own.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{asked, event_name, submission_path};
use crate::pages::account::{mail_is_on, personal_page};
use crate::pages::community::comments_path;
use crate::pages::guidance::sent_path;
use crate::people::Caller;
use crate::reader::{Reader, encode_segment};
use crate::submissions::NoticeView;
use crate::wording;

/// The notifications, those that are new marked; with this they have been seen.
pub async fn show_notices(caller: Caller) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let found = asked.submissions.notices(&asked.viewer).await;
    let notices = match found {
        Ok(notices) => notices,
        Err(failed) => return asked.unserved(&failed),
    };
    if let Some(last) = notices.iter().filter(|one| one.new).map(|one| one.id).max() {
        // They are shown all the same, and once more the next time.
        if let Err(failed) = asked.submissions.see_notices(&asked.viewer, last).await {
            tracing::warn!(%failed, "it could not be noted that notifications were seen");
        }
    }
    let reader = &asked.caller.reader;
    let t = reader.texts();
    personal_page(reader, StatusCode::OK, t.text("notices-title"), || {
        view! {
            <div class="container container--narrow submissions">
                <h1>{t.text("notices-title")}</h1>
                {match mail_is_on(reader) {
                    true => view! { <p><a href=reader.link("/account/mail")>{t.text("mail-settings")}</a></p> }.into_any(),
                    false => view! { <p class="field__hint">{t.text("mail-off-short")}</p> }.into_any(),
                }}
                {match notices.as_slice() {
                    [] => view! { <p>{t.text("notices-none")}</p> }.into_any(),
                    all => view! { <ul class="submissions__list">{all.iter().map(|one| entry(reader, one)).collect_view()}</ul> }.into_any(),
                }}
            </div>
        }
        .into_any()
    })
}

fn entry(reader: &Reader, one: &NoticeView) -> AnyView {
    let t = reader.texts();
    let path = notice_path(&one.object);
    let name = match one.name.as_str() {
        "" => t.text("submissions-unnamed").to_owned(),
        name => name.to_owned(),
    };
    let badge = one
        .new
        .then(|| view! { <span class="badge badge--new">{t.text("notices-new")}</span> " " });
    view! {
        <li>
            <a class="submissions__name" href=reader.link(&path)>{name}</a>
            <p class="submissions__facts">{badge} {event_name(reader, &one.kind)} " "
                <span class="thread__time">{wording::date(reader.language, &one.at)}</span></p>
        </li>
    }
    .into_any()
}

/// Where what a notification is about can be seen.
pub fn notice_path(object: &str) -> String {
    if let Some(report) = object.strip_prefix("report:") {
        return format!("/desk/reports/{}", encode_segment(report));
    }
    if let Some(resource) = object.strip_prefix("comments:") {
        return comments_path(resource);
    }
    if let Some(collection) = object.strip_prefix("collection:") {
        return format!("/collections/{collection}");
    }
    let guidance = object.strip_prefix("guidance:");
    match guidance.and_then(|id| id.parse().ok()) {
        Some(id) => sent_path(id),
        None => submission_path(object),
    }
}
