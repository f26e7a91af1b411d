//! `/resources/{id}/comments`: what the one who is signed in says of a resource.

mod own;

pub use own::state_badge;

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::community::{COMMENT_LENGTH, CommentKind, Moderation};
use leptos::prelude::*;

use super::account::{Fields, on_to, signed_in, value};
use super::error;
use super::guidance::parsed;
use super::submission::undone;
use crate::community::{CommentForm, CommentView, Community, OwnVoice, Voices};
use crate::people::{Caller, Viewer};
use crate::reader::{Reader, resource_path};
use crate::services::ServiceError;
use crate::submissions::{Done, Undone};
use std::sync::Arc;

/// The address, without the language's prefix.
pub fn comments_path(resource: &str) -> String {
    format!("{}/comments", resource_path(resource))
}

/// What a comment is, in words.
pub fn kind_name(reader: &Reader, kind: CommentKind) -> &'static str {
    let t = reader.texts();
    match kind {
        CommentKind::Comment => t.text("voices-commented"),
        CommentKind::Question => t.text("voices-asked"),
        CommentKind::Answer => t.text("voices-answered"),
    }
}

/// A resource, who is signed in, and what they have said of it.
struct Asked {
    reader: Reader,
    viewer: Viewer,
    community: Arc<dyn Community>,
    id: String,
    name: String,
    voices: Voices,
    own: OwnVoice,
}

/// What a form did not do, with what was typed.
#[derive(Default)]
struct Typed<'a> {
    notice: Option<AnyView>,
    words: &'a str,
    kind: &'a str,
    answer: &'a str,
}

async fn asked(caller: Caller, id: &str) -> Result<Asked, Response> {
    let reader = &caller.reader;
    let Some(community) = reader.services.community.clone() else {
        return Err(error::not_found(reader));
    };
    let failed = |failed: ServiceError| error::unserved(reader, &failed);
    // What is not public is not there, for whoever asks.
    let Some(resource) = reader.services.library.resource(id).await.map_err(failed)? else {
        return Err(error::not_found(reader));
    };
    let viewer = signed_in(&caller).await?;
    let id = resource.record.id;
    let voices = community.voices(&id).await.map_err(failed)?;
    let own = community.own(&viewer, &id).await.map_err(failed)?;
    Ok(Asked {
        name: resource.record.name,
        reader: caller.reader,
        viewer,
        community,
        id,
        voices,
        own,
    })
}

impl Asked {
    /// The question that somebody answers, where it is seen.
    fn question(&self, typed: &str) -> Option<&CommentView> {
        let id: i64 = typed.parse().ok()?;
        let seen = |one: &&CommentView| one.id == id && one.kind == CommentKind::Question;
        self.voices.comments.iter().find(seen)
    }
}

/// What one has said, and the forms.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Response {
    let asked = match asked(caller, &id).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let query = parsed(&asked.reader.query);
    let t = asked.reader.texts();
    let told = match value(&query, "said") {
        "rated" => Some(t.text("voices-said-rated")),
        "unrated" => Some(t.text("voices-said-unrated")),
        "waiting" => Some(t.text("voices-said-waiting")),
        "visible" => Some(t.text("voices-said-visible")),
        "taken-back" => Some(t.text("voices-said-taken-back")),
        _ => None,
    };
    let notice = told.map(|told| {
        view! { <p class="notice notice--success" role="status">{told}</p> }.into_any()
    });
    let typed = Typed {
        notice,
        answer: value(&query, "answer"),
        ..Typed::default()
    };
    own::own_page(&asked, StatusCode::OK, typed)
}

/// Rates, comments, or takes something back.
pub async fn change(
    caller: Caller,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let asked = match asked(caller, &id).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let pressed = value(&fields, "do");
    let done = match done(&asked, &fields, pressed).await {
        Ok(done) => done,
        Err(failed) => return error::unserved(&asked.reader, &failed),
    };
    match done {
        Ok(said) => {
            let path = format!("{}?said={said}", comments_path(&asked.id));
            on_to(&asked.reader.link(&path))
        }
        Err(why) => {
            let (status, notice) = refused(&asked.reader, pressed, why);
            let typed = Typed {
                notice: Some(notice),
                words: value(&fields, "words"),
                kind: value(&fields, "kind"),
                answer: value(&fields, "answer"),
            };
            own::own_page(&asked, status, typed)
        }
    }
}

/// Does what a button says; gives what is told of it.
async fn done(
    asked: &Asked,
    fields: &Fields,
    pressed: &str,
) -> Result<Done<&'static str>, ServiceError> {
    let (community, viewer) = (&asked.community, &asked.viewer);
    if let Some(key) = pressed.strip_prefix("rate-") {
        let rated = community.rate(viewer, &asked.id, Some(key)).await?;
        return Ok(rated.map(|()| "rated"));
    }
    if let Some(id) = pressed.strip_prefix("take-back-") {
        let taken = community.take_back(viewer, id.parse().unwrap_or_default());
        return Ok(taken.await?.map(|()| "taken-back"));
    }
    match pressed {
        "unrate" => {
            let taken = community.rate(viewer, &asked.id, None).await?;
            Ok(taken.map(|()| "unrated"))
        }
        "comment" => {
            let written = community.comment(viewer, &asked.id, &form(fields)).await?;
            Ok(written.map(|()| match asked.own.moderation {
                Moderation::Before => "waiting",
                Moderation::After => "visible",
            }))
        }
        _ => Ok(Err(Undone::Missing)),
    }
}

fn form(fields: &Fields) -> CommentForm {
    let parent = value(fields, "answer").parse().ok();
    let kind = match parent {
        Some(_) => CommentKind::Answer,
        None if value(fields, "kind") == CommentKind::Question.name() => CommentKind::Question,
        None => CommentKind::Comment,
    };
    CommentForm {
        kind,
        parent,
        words: value(fields, "words").to_owned(),
    }
}

/// Why something was not done, in the words of this page.
fn refused(reader: &Reader, pressed: &str, why: Undone) -> (StatusCode, AnyView) {
    let t = reader.texts();
    let words = match why {
        Undone::Missing => t.text("voices-undone-missing").to_owned(),
        Undone::TooMany => t.text("voices-undone-too-many").to_owned(),
        Undone::NotNow if pressed == "comment" => {
            t.fill("voices-undone-words", &[("count", COMMENT_LENGTH.into())])
        }
        Undone::NotNow => t.text("voices-undone-own").to_owned(),
        _ => return undone(reader, why),
    };
    let (status, _) = undone(reader, why);
    let notice = view! { <p class="notice notice--danger" role="alert" tabindex="-1">{words}</p> };
    (status, notice.into_any())
}
