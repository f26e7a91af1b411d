//! `/desk/comments`: comments that somebody has to look at, or all of those on a resource.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::account::Action;
use khue_content::community::{COMMENT_LENGTH, Choice, CommentState, hiding_reasons};
use leptos::prelude::*;

use super::at_the_desk;
use crate::community::{CommentRuling, Community, ModeratedView};
use crate::components::pages_nav;
use crate::pages::account::{Fields, on_to, personal_page, value};
use crate::pages::community::state_badge;
use crate::pages::error;
use crate::pages::guidance::{escaped, parsed};
use crate::pages::resource::said;
use crate::pages::submission::undone;
use crate::people::{Caller, Viewer};
use crate::reader::{Reader, encode_segment};
use crate::submissions::Undone;
use std::sync::Arc;

/// Comments that are shown at a time.
const SHOWN: usize = 50;

/// A moderator, and what they look at.
struct Moderator {
    reader: Reader,
    viewer: Viewer,
    community: Arc<dyn Community>,
    /// The resource whose comments are shown; all that wait where it is `None`.
    resource: Option<String>,
    /// Which part of them, from 1.
    page: usize,
}

/// A ruling that was not made, with what was typed.
struct Refused<'a> {
    why: Undone,
    id: i64,
    form: &'a Fields,
}

/// The address, without the language's prefix.
fn comments_path(resource: Option<&str>) -> String {
    match resource {
        Some(id) => format!("/desk/comments?resource={}", encode_segment(id)),
        None => "/desk/comments".to_owned(),
    }
}

async fn moderator(caller: Caller, fields: &Fields) -> Result<Moderator, Response> {
    let desk = at_the_desk(caller, None).await?;
    let reader = desk.asked.caller.reader;
    let viewer = desk.asked.viewer;
    let community = reader.services.community.clone();
    let may = viewer.actor.may_somewhere(Action::ModerateComments);
    let Some(community) = community.filter(|_| may) else {
        return Err(error::not_found(&reader));
    };
    let resource = Some(value(fields, "resource").to_owned()).filter(|id| !id.is_empty());
    Ok(Moderator {
        reader,
        viewer,
        community,
        resource,
        page: value(fields, "page").parse().unwrap_or(1).max(1),
    })
}

/// The comments.
pub async fn show_comments(caller: Caller) -> Response {
    let query = parsed(&caller.reader.query);
    match moderator(caller, &query).await {
        Ok(moderator) => list_page(&moderator, None).await,
        Err(response) => response,
    }
}

/// Shows a comment to everybody, or hides it.
pub async fn rule_on_comment(caller: Caller, Form(form): Form<Fields>) -> Response {
    let moderator = match moderator(caller, &form).await {
        Ok(moderator) => moderator,
        Err(response) => return response,
    };
    let number = |name| value(&form, name).parse().unwrap_or_default();
    let (id, edition) = (number("id"), number("edition"));
    let ruling = match value(&form, "do") {
        "show" => CommentRuling::Show,
        "hide" => CommentRuling::Hide(
            value(&form, "reason").to_owned(),
            value(&form, "words").to_owned(),
        ),
        _ => return error::not_found(&moderator.reader),
    };
    let ruled = moderator
        .community
        .rule(&moderator.viewer, id, edition, &ruling)
        .await;
    match ruled {
        Ok(Ok(())) => {
            let path = comments_path(moderator.resource.as_deref());
            on_to(&moderator.reader.link(&path))
        }
        Ok(Err(why)) => {
            let form = &form;
            list_page(&moderator, Some(&Refused { why, id, form })).await
        }
        Err(failed) => error::unserved(&moderator.reader, &failed),
    }
}

async fn list_page(moderator: &Moderator, refused: Option<&Refused<'_>>) -> Response {
    let reader = &moderator.reader;
    let t = reader.texts();
    let resource = moderator.resource.as_deref();
    let found = moderator.community.to_moderate(&moderator.viewer, resource);
    let all = match found.await {
        Ok(all) => all,
        Err(failed) => return error::unserved(reader, &failed),
    };
    let (status, notice) = match refused.map(|refused| notice(reader, refused.why)) {
        Some((status, notice)) => (status, Some(notice)),
        None => (StatusCode::OK, None),
    };
    let lead = t.fill("moderation-waiting", &[("count", all.len().into())]);
    personal_page(reader, status, t.text("moderation-title"), || {
        let last = all.len().div_ceil(SHOWN).max(1);
        let page = moderator.page.min(last);
        let shown = all.iter().skip((page - 1) * SHOWN).take(SHOWN);
        let entries = shown.map(|one| entry(reader, resource, one, refused));
        view! {
            <div class="container container--narrow submissions">
                <p><a href=reader.link("/desk")>{t.text("desk-title")}</a></p>
                <h1>{t.text("moderation-title")}</h1>
                {notice}
                {match all.is_empty() {
                    true => view! { <p class="page-head__lead">{t.text("moderation-none")}</p> }.into_any(),
                    false => view! { <p class="page-head__lead">{lead}</p> <ol class="thread moderation">{entries.collect_view()}</ol> {parts(reader, resource, page, last)} }.into_any(),
                }}
            </div>
        }
        .into_any()
    })
}

/// Links to the other parts; nothing where there is only one.
fn parts(reader: &Reader, resource: Option<&str>, page: usize, last: usize) -> Option<AnyView> {
    let link = |target: usize| {
        let path = comments_path(resource);
        let sign = if path.contains('?') { '&' } else { '?' };
        reader.link(&format!("{path}{sign}page={target}"))
    };
    pages_nav(reader, page, last, &link)
}

/// Why a ruling was not made, in the words of this page.
fn notice(reader: &Reader, why: Undone) -> (StatusCode, AnyView) {
    let t = reader.texts();
    let words = match why {
        Undone::Missing => t.text("moderation-undone-missing"),
        Undone::Stale => t.text("moderation-undone-stale"),
        Undone::NotNow => t.text("moderation-undone-reason"),
        _ => return undone(reader, why),
    };
    let (status, _) = undone(reader, why);
    let notice = view! { <p class="notice notice--danger" role="alert" tabindex="-1">{words}</p> };
    (status, notice.into_any())
}

fn entry(
    reader: &Reader,
    resource: Option<&str>,
    one: &ModeratedView,
    refused: Option<&Refused<'_>>,
) -> AnyView {
    let t = reader.texts();
    let id = one.comment.id;
    let none = Fields::new();
    let mine = refused.filter(|refused| refused.id == id);
    let form = mine.map_or(&none, |refused| refused.form);
    let age = t.fill("desk-age", &[("days", one.age.max(0).into())]);
    let visible = one.comment.state == CommentState::Visible;
    // What is seen already is only looked at.
    let show = match (visible, one.waits) {
        (true, false) => None,
        (true, true) => Some(t.text("moderation-keep")),
        (false, _) => Some(t.text("moderation-show")),
    };
    let show = show.map(|text| {
        view! { <button class="button button--primary" type="submit" name="do" value="show">{text}</button> }
    });
    let hide = (one.comment.state != CommentState::Hidden)
        .then(|| hide_fields(reader, id, form, mine.is_some()));
    view! {
        <li class="thread__entry moderation__entry">
            <p class="submissions__facts">{state_badge(reader, one.comment.state)} " " {age} " "
                <a href=reader.link(&comments_path(Some(&one.resource)))>{t.text("moderation-all")}</a></p>
            <p><a class="submissions__name" href=reader.resource_link(&one.resource)>{one.resource_name.clone()}</a></p>
            {said(reader, &one.comment)}
            <form class="form" method="post" action=reader.link("/desk/comments")>
                <input type="hidden" name="id" value=id.to_string()/>
                <input type="hidden" name="edition" value=one.edition.to_string()/>
                <input type="hidden" name="resource" value=resource.unwrap_or_default().to_owned()/>
                <div class="desk__buttons">{show}</div>
                {hide}
            </form>
        </li>
    }
    .into_any()
}

/// A reason from the list, words of one's own, and the button.
fn hide_fields(reader: &Reader, id: i64, form: &Fields, open: bool) -> AnyView {
    let t = reader.texts();
    let (reason_id, words_id) = (format!("reason-{id}"), format!("words-{id}"));
    let chosen = value(form, "reason").to_owned();
    let option = |row: &Choice| {
        let label = row.label(reader.code()).to_owned();
        view! { <option value=row.key.clone() selected=chosen == row.key>{label}</option> }
    };
    view! {
        <details class="submission__more" open=open>
            <summary>{t.text("moderation-hide")}</summary>
            <div class="submission__fields">
                <div class="field"><label for=reason_id.clone()>{t.text("desk-reason")}</label>
                    <select id=reason_id name="reason">
                        <option value="">{t.text("submission-choose")}</option>
                        {hiding_reasons().iter().map(option).collect_view()}
                    </select></div>
                <div class="field"><label for=words_id.clone()>{t.text("moderation-words")}</label>
                    <textarea id=words_id name="words" rows="2" maxlength=COMMENT_LENGTH.to_string()>{escaped(value(form, "words"))}</textarea></div>
                <p><button class="button" type="submit" name="do" value="hide">{t.text("moderation-hide")}</button></p>
            </div>
        </details>
    }
    .into_any()
}
