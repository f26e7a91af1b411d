//! Answers as the protocol has them.

use super::said;
use crate::error::{Problem, unanswered};
use crate::uploads::{UploadError, expires};
use axum::http::header::{CACHE_CONTROL, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::fmt::rfc2822::DateTimePrinter;
use khue_app::services::ServiceError;
use khue_app::submissions::Undone;

/// The status that the protocol has for a piece with another checksum than was said.
const DAMAGED: u16 = 460;

/// An answer without a body.
pub fn answer(status: StatusCode) -> Response {
    let mut response = status.into_response();
    let headers = response.headers_mut();
    headers.insert("tus-resumable", HeaderValue::from_static(said::VERSION));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The same with how much has come, in bytes.
pub fn with_offset(mut response: Response, offset: u64) -> Response {
    let offset = HeaderValue::from(offset);
    response.headers_mut().insert("upload-offset", offset);
    response
}

/// The same with when the file is given up if nothing comes any more.
pub fn with_times(mut response: Response) -> Response {
    let time = jiff::Timestamp::try_from(expires()).ok();
    let text = time.and_then(|time| {
        let printed = DateTimePrinter::new().timestamp_to_rfc9110_string(&time);
        HeaderValue::from_str(&printed.ok()?).ok()
    });
    if let Some(text) = text {
        response.headers_mut().insert("upload-expires", text);
    }
    response
}

/// Why a request is not done.
pub enum Refusal {
    /// Nobody is signed in.
    SignedOut,
    /// Another version of the protocol, or none.
    Version,
    /// A header is missing or says nothing that could be used.
    Header(&'static str),
    /// The content is of another type than pieces are.
    Kind,
    /// Anything else that is wrong with the request.
    Said(&'static str),
    /// The author may not do this, or not now.
    Undone(Undone),
    /// The file cannot come, or not go on.
    Upload(UploadError),
    /// Something below failed.
    Service(ServiceError),
    /// The portal is at fault.
    Broken,
}

impl From<UploadError> for Refusal {
    fn from(error: UploadError) -> Self {
        Self::Upload(error)
    }
}

impl From<ServiceError> for Refusal {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl From<Undone> for Refusal {
    fn from(why: Undone) -> Self {
        Self::Undone(why)
    }
}

impl Refusal {
    fn problem(self) -> Problem {
        let said = |status, detail: &str| Problem::of(status).saying(detail);
        match self {
            Self::SignedOut => said(StatusCode::UNAUTHORIZED, "sign in at /sign-in, then go on"),
            Self::Version => said(
                StatusCode::PRECONDITION_FAILED,
                "send the header `tus-resumable: 1.0.0`",
            ),
            Self::Header(name) => said(
                StatusCode::BAD_REQUEST,
                &format!("the header `{name}` is missing or cannot be read"),
            ),
            Self::Kind => said(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                &format!("send pieces as `content-type: {}`", super::PIECE),
            ),
            Self::Said(detail) => said(StatusCode::BAD_REQUEST, detail),
            Self::Undone(why) => said(
                status_of(why),
                "this submission takes no such file of yours now",
            ),
            Self::Upload(UploadError::Folder(error)) => unanswered(error).into(),
            Self::Upload(error) => said(upload_status(&error), &error.to_string()),
            Self::Service(error) => error.into(),
            Self::Broken => Problem::of(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

fn status_of(why: Undone) -> StatusCode {
    match why {
        Undone::Missing => StatusCode::NOT_FOUND,
        Undone::Forbidden => StatusCode::FORBIDDEN,
        Undone::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Undone::Stale | Undone::InUse | Undone::NotNow => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn upload_status(error: &UploadError) -> StatusCode {
    match error {
        UploadError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        UploadError::TooMany => StatusCode::TOO_MANY_REQUESTS,
        UploadError::Expired => StatusCode::GONE,
        UploadError::Missing => StatusCode::NOT_FOUND,
        UploadError::Elsewhere(_) => StatusCode::CONFLICT,
        UploadError::Damaged => StatusCode::from_u16(DAMAGED).unwrap_or(StatusCode::BAD_REQUEST),
        UploadError::Cut => StatusCode::REQUEST_TIMEOUT,
        UploadError::Folder(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let offset = match &self {
            Self::Upload(UploadError::Elsewhere(offset)) => Some(*offset),
            _ => None,
        };
        let mut response = self.problem().into_response();
        let signed_out = response.status() == StatusCode::UNAUTHORIZED;
        let headers = response.headers_mut();
        headers.insert("tus-resumable", HeaderValue::from_static(said::VERSION));
        headers.insert("tus-version", HeaderValue::from_static(said::VERSION));
        if signed_out {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Session"));
        }
        match offset {
            Some(offset) => with_offset(response, offset),
            None => response,
        }
    }
}
