//! Problem documents (RFC 9457).

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What went wrong, for programs and the people who write them.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    detail: String,
    /// The parameter it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
}

impl Problem {
    /// A parameter with a value that cannot be used. `expected` says what can.
    pub fn parameter(name: &str, value: &str, expected: &str) -> Self {
        let shown: String = value.chars().take(80).collect();
        Self {
            detail: format!("the parameter `{name}` is \"{shown}\", but must be {expected}"),
            parameter: Some(name.to_owned()),
            ..Self::of(StatusCode::BAD_REQUEST)
        }
    }

    /// Something that is not there. `next` says where to look.
    pub fn not_found(what: &str, next: &str) -> Self {
        Self {
            detail: format!("there is no {what}; {next}"),
            ..Self::of(StatusCode::NOT_FOUND)
        }
    }

    /// A resource that is not there.
    pub fn no_resource(id: &str) -> Self {
        let next = "it may have been withdrawn; search at /api/v1/resources";
        Self::not_found(&format!("resource `{id}`"), next)
    }

    /// The same with other words for what to do.
    #[must_use]
    pub fn saying(self, detail: &str) -> Self {
        Self {
            detail: detail.to_owned(),
            ..self
        }
    }

    /// The usual words for a status.
    pub fn of(status: StatusCode) -> Self {
        let (name, title, detail) = words(status);
        Self {
            kind: format!("about:blank#{name}"),
            title,
            status: status.as_u16(),
            detail: detail.to_owned(),
            parameter: None,
        }
    }
}

fn words(status: StatusCode) -> (&'static str, &'static str, &'static str) {
    match status {
        StatusCode::BAD_REQUEST => (
            "bad-request",
            "The request cannot be understood",
            "see /api/openapi.json for what can be asked",
        ),
        StatusCode::NOT_FOUND => (
            "not-found",
            "There is nothing here",
            "see /api/openapi.json for all addresses",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "method-not-allowed",
            "This address is only read",
            "use GET; the header `allow` names all methods",
        ),
        StatusCode::FORBIDDEN => (
            "forbidden",
            "Not from another site",
            "send the form from the portal's own page",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => {
            ("too-large", "The body is too large", "send less at a time")
        }
        StatusCode::TOO_MANY_REQUESTS => (
            "too-many-requests",
            "Too many requests",
            "wait for the seconds in the header `retry-after`, then go on more slowly",
        ),
        StatusCode::SERVICE_UNAVAILABLE => {
            ("busy", "The portal is busy", "try again in a few seconds")
        }
        _ if status.is_client_error() => (
            "bad-request",
            "The request cannot be answered",
            "see /api/openapi.json for what can be asked",
        ),
        _ => (
            "failure",
            "The portal is at fault",
            "try again later; if it stays so, tell the operator the header `x-request-id`",
        ),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl From<Problem> for StatusCode {
    fn from(problem: Problem) -> Self {
        Self::from_u16(problem.status).unwrap_or(Self::INTERNAL_SERVER_ERROR)
    }
}
