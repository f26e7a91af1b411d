//! `/account`, `/sign-in`, `/register`, `/invitation`: a person and how they come in.

mod entrance;
mod field;
mod invitation;
mod mail;
mod person;
mod provider;
mod register;
mod second_factor;

pub use entrance::{show_sign_in, sign_in, sign_out};
pub use field::{Field, name_field, new_passphrase_field, own_passphrase_field, refusal, status};
pub use invitation::{accept_invitation, show_invitation};
pub use mail::{
    change_mail, confirm, forgot, is_on as mail_is_on, reset, show_confirm, show_forgot, show_mail,
    show_reset, show_unsubscribe, unsubscribe,
};
pub use person::{change, show};
pub use provider::{come_back, go, link, show_link};
pub use register::{register, show_register};
pub use second_factor::{check_code, show_code};

use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::error;
use crate::document::{Head, page};
use crate::people::{Caller, Viewer};
use crate::reader::{Reader, encode_segment};
use crate::services::ServiceError;

/// What a form sends.
pub type Fields = Vec<(String, String)>;

/// The last value of a field.
pub fn value<'a>(fields: &'a Fields, name: &str) -> &'a str {
    let found = fields.iter().rfind(|(known, _)| known == name);
    found.map_or("", |(_, value)| value.as_str())
}

/// A page that belongs to one person: nobody keeps it, no search engine takes it.
pub fn personal_page(
    reader: &Reader,
    status: StatusCode,
    title: &str,
    view: impl FnOnce() -> AnyView,
) -> Response {
    let head = Head {
        hidden: true,
        ..Head::new(title, "")
    };
    unkept(page(reader, status, &head, view))
}

/// Marks an answer that nobody keeps.
pub fn unkept(mut response: Response) -> Response {
    let never = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, never);
    response
}

/// Sends the browser on after a form, to a path that is known to be of this site.
pub fn on_to(path: &str) -> Response {
    let place = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    unkept((StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response())
}

/// The page of a failure, or what was meant.
pub fn or_unserved(reader: &Reader, answer: Result<Response, ServiceError>) -> Response {
    answer.unwrap_or_else(|failed| error::unserved(reader, &failed))
}

/// Who is signed in; for others the way to the sign-in and back.
///
/// # Errors
/// The answer for somebody who is not signed in.
pub async fn signed_in(caller: &Caller) -> Result<Viewer, Response> {
    let reader = &caller.reader;
    let found = caller.half_signed_in().await;
    let found = found.map_err(|failed| error::unserved(reader, &failed))?;
    let here = match reader.query.as_str() {
        "" => reader.link(&reader.path),
        query => reader.link(&format!("{}?{query}", reader.path)),
    };
    let way = |page: &str| {
        on_to(&format!(
            "{}?next={}",
            reader.link(page),
            encode_segment(&here)
        ))
    };
    match found {
        None => Err(way("/sign-in")),
        Some(viewer) if viewer.second_factor == crate::people::SecondFactor::Awaited => {
            Err(way("/sign-in/code"))
        }
        Some(viewer) => Ok(viewer),
    }
}
