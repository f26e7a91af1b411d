//! `/guidance/sent`: drafts that a teacher has sent, for their author and for those who sign them.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::Fields;
use super::draft::findings;
use super::plain::plain;
use crate::pages::account::{on_to, personal_page, signed_in, value};
use crate::pages::error;
use crate::pages::submission::undone;
use crate::people::{Caller, Viewer};
use crate::reader::Reader;
use crate::signing::{Ruling, SentGuidance, Signing, Standing};
use crate::wording;
use std::sync::Arc;

/// The path of one that was sent, without the language's prefix.
pub fn sent_path(id: i64) -> String {
    format!("/guidance/sent/{id}")
}

/// The number in an address; nothing has the number 0.
fn number_of(typed: &str) -> i64 {
    typed.parse().unwrap_or(0)
}

/// Who asks, signed in, and what answers.
async fn asked(caller: &Caller) -> Result<(Viewer, Arc<dyn Signing>), Response> {
    let viewer = signed_in(caller).await?;
    match caller.reader.services.signing.clone() {
        Some(signing) => Ok((viewer, signing)),
        None => Err(error::not_found(&caller.reader)),
    }
}

/// What waits for a signature, and what one has sent.
pub async fn show_sent(caller: Caller) -> Response {
    let (viewer, signing) = match asked(&caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let reader = &caller.reader;
    let both = (signing.queue(&viewer).await, signing.own(&viewer).await);
    match both {
        (Ok(queue), Ok(own)) => list_page(reader, &queue, &own),
        (Err(failed), _) | (_, Err(failed)) => error::unserved(reader, &failed),
    }
}

fn list_page(reader: &Reader, queue: &[SentGuidance], own: &[SentGuidance]) -> Response {
    let t = reader.texts();
    let list = |all: &[SentGuidance]| {
        view! { <ul class="submissions__list">{all.iter().map(|one| entry(reader, one)).collect_view()}</ul> }
    };
    personal_page(reader, StatusCode::OK, t.text("sent-title"), || {
        view! {
            <div class="container container--narrow submissions">
                <h1>{t.text("sent-title")}</h1>
                <p class="page-head__lead">{t.text("sent-lead")}</p>
                {(!queue.is_empty()).then(|| view! { <h2>{t.text("sent-queue")}</h2> {list(queue)} })}
                <h2>{t.text("sent-own")}</h2>
                {match own {
                    [] => view! { <p>{t.text("sent-none")}</p> }.into_any(),
                    own => list(own).into_any(),
                }}
            </div>
        }
        .into_any()
    })
}

fn badge(reader: &Reader, standing: Standing) -> AnyView {
    let key = format!("sent-state-{}", standing.name());
    let class = match standing {
        Standing::Signed => "badge badge--level",
        Standing::Returned => "badge badge--warning",
        _ => "badge",
    };
    view! { <span class=class>{reader.texts().find(&key).unwrap_or_default()}</span> }.into_any()
}

fn entry(reader: &Reader, one: &SentGuidance) -> AnyView {
    let since = wording::date(reader.language, &one.sent_at);
    view! {
        <li>
            <a class="submissions__name" href=reader.link(&sent_path(one.id))>{one.draft.resource.name.clone()}</a>
            <p class="submissions__facts">{badge(reader, one.standing)} " " {since}</p>
        </li>
    }
    .into_any()
}

/// One that was sent.
pub async fn show_sent_one(caller: Caller, Path(number): Path<String>) -> Response {
    let id = number_of(&number);
    let (viewer, signing) = match asked(&caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let reader = &caller.reader;
    match signing.one(&viewer, id).await {
        Ok(Some(one)) => one_page(reader, StatusCode::OK, &one, None),
        Ok(None) => error::not_found(reader),
        Err(failed) => error::unserved(reader, &failed),
    }
}

/// Signs it, sends it back or takes it away.
pub async fn rule(
    caller: Caller,
    Path(number): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let id = number_of(&number);
    let (viewer, signing) = match asked(&caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let reader = &caller.reader;
    let one = match signing.one(&viewer, id).await {
        Ok(Some(one)) => one,
        Ok(None) => return error::not_found(reader),
        Err(failed) => return error::unserved(reader, &failed),
    };
    let text = |name| value(&fields, name).to_owned();
    let ruling = match value(&fields, "do") {
        "sign" => Ruling::Sign(text("review-by")),
        "return" => Ruling::Return(text("note")),
        "end" => Ruling::End(text("note")),
        _ => return error::not_found(reader),
    };
    let edition = value(&fields, "edition").parse().unwrap_or_default();
    match signing.rule(&viewer, id, edition, &ruling).await {
        Ok(Ok(())) => on_to(&reader.link(&sent_path(id))),
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            one_page(reader, status, &one, Some((notice, value(&fields, "note"))))
        }
        Err(failed) => error::unserved(reader, &failed),
    }
}

fn one_page(
    reader: &Reader,
    status: StatusCode,
    one: &SentGuidance,
    refused: Option<(AnyView, &str)>,
) -> Response {
    let t = reader.texts();
    let (notice, typed) = match refused {
        Some((notice, typed)) => (Some(notice), typed),
        None => (None, ""),
    };
    personal_page(reader, status, &one.draft.title, || {
        view! {
            <div class="container guidance">
                <p><a href=reader.link("/guidance/sent")>{t.text("sent-title")}</a></p>
                <h1 class="guidance__title">{one.draft.title.clone()}</h1>
                <p class="guidance__subject"><a href=reader.resource_link(&one.draft.resource.id)>{one.draft.resource.name.clone()}</a></p>
                <ul class="submission__status"><li>{badge(reader, one.standing)}</li><li>{wording::date(reader.language, &one.sent_at)}</li></ul>
                {notice}
                {(!one.note.is_empty()).then(|| view! { <p class="notice notice--warning">{one.note.clone()}</p> })}
                {one.outdated.then(|| view! { <p class="notice notice--warning">{t.text("sent-outdated")}</p> })}
                {findings(reader, &one.draft)}
                <div class="guidance__layout">
                    {plain(reader, &one.draft)}
                    <aside class="guidance__lesson" aria-label=t.text("desk-decision")>{decision(reader, one, typed)}</aside>
                </div>
            </div>
        }
        .into_any()
    })
}

/// What whoever may sign can do now.
fn decision(reader: &Reader, one: &SentGuidance, typed: &str) -> Option<AnyView> {
    let t = reader.texts();
    let signs = one.standing == Standing::Sent;
    if !one.may_sign || !(signs || one.standing == Standing::Signed) {
        return None;
    }
    let date = signs.then(|| {
        view! {
            <div class="field"><label for="review-by">{t.text("sent-review-by")}</label>
                <p class="field__hint" id="review-by-hint">{t.text("sent-review-by-hint")}</p>
                <input type="date" id="review-by" name="review-by" value=one.review_by.clone() aria-describedby="review-by-hint"/></div>
            <p><button class="button button--primary" type="submit" name="do" value="sign">{t.text("sent-sign")}</button></p>
        }
    });
    let (verb, text) = match signs {
        true => ("return", "sent-return"),
        false => ("end", "sent-end"),
    };
    Some(
        view! {
            <h2>{t.text("desk-decision")}</h2>
            <p class="field__hint">{t.text("sent-sign-hint")}</p>
            <form class="form" method="post" action=reader.link(&sent_path(one.id))>
                <input type="hidden" name="edition" value=one.edition.to_string()/>
                {date}
                <div class="field"><label for="note">{t.text("desk-words")}</label>
                    <textarea id="note" name="note" rows="4" maxlength="2000">{super::escaped(typed)}</textarea></div>
                <p><button class="button" type="submit" name="do" value=verb>{t.text(text)}</button></p>
            </form>
        }
        .into_any(),
    )
}
