//! Says to pages where a request comes from.

use super::client_address;
use crate::auth::agent;
use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::header::USER_AGENT;
use axum::middleware::Next;
use axum::response::Response;
use khue_app::Language;
use khue_app::people::Visitor;

/// Puts the visitor into the request.
pub async fn name(State(state): State<Shared>, mut request: Request, next: Next) -> Response {
    let said = request
        .headers()
        .get(USER_AGENT)
        .and_then(|said| said.to_str().ok());
    let visitor = Visitor {
        address: client_address::of(&request, &state.settings.trusted_proxies),
        agent: agent(said.unwrap_or_default()),
        language: Language::of_path(request.uri().path()).0,
    };
    request.extensions_mut().insert(visitor);
    next.run(request).await
}
