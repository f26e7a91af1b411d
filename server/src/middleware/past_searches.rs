//! Counts searches that found something, for suggestions to others.

use super::client_address;
use crate::state::State as Shared;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use khue_content::search::SearchParams;

/// Lets a request pass; a search that found something is counted.
pub async fn note(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let searched = searched(&request);
    let visitor = client_address::of(&request, &state.settings.trusted_proxies);
    let response = next.run(request).await;
    let found = response.extensions().get::<khue_app::Found>();
    if let (Some(words), Some(visitor), Some(_)) = (searched, visitor, found) {
        state.past.note(visitor, &words);
    }
    response
}

/// The words of a search on its first page.
fn searched(request: &Request) -> Option<String> {
    let is_search = request.method() == Method::GET && request.uri().path().ends_with("/search");
    let query = request.uri().query().filter(|_| is_search)?;
    let params = SearchParams::parse(query);
    (params.page == 1 && !params.q.is_empty()).then_some(params.q)
}
