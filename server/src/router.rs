//! Every address at a glance.

use crate::middleware::{
    access_log, body_limit, deadline, faults, freshness, own_site, past_searches, rate_limit,
    security_headers, visitor,
};
use crate::routes::api::{
    self, description, guidance, resource, search, suggest, synonyms, vocabularies,
};
use crate::routes::{
    captions, did, files, health, packs, robots, sheet_reports, site, sitemap, submitted_files,
    uploads,
};
use crate::state::State;
use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// Brotli's and gzip's effort for pages: more would cost more time than it saves.
const EFFORT: CompressionLevel = CompressionLevel::Precise(4);

/// Everything that the server answers.
pub fn router(state: State) -> Router {
    let answers = Router::new().merge(texts(&state)).merge(kept(&state));
    around(answers, state)
}

/// Pages and data: made for every request, compressed on the way out.
fn texts(state: &State) -> Router {
    let lost = Router::new()
        .fallback(khue_app::not_found)
        .with_state(state.services.clone());
    let own = Router::new()
        .route("/api/openapi.json", get(description::openapi))
        .route("/api/v1/resources", get(search::search))
        .route("/api/v1/resources/{id}", get(resource::resource))
        .route("/api/v1/resources/{id}/guidance", get(guidance::guidance))
        .route("/api/v1/suggest", get(suggest::suggest))
        .route("/api/v1/synonyms", get(synonyms::list))
        .route("/api/v1/vocabularies", get(vocabularies::list))
        .route("/api/v1/vocabularies/{name}", get(vocabularies::vocabulary))
        .route("/api/{*rest}", any(api::not_found))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/.well-known/did.json", get(did::document))
        .route("/robots.txt", get(robots::robots))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemap/{part}", get(sitemap::part))
        .with_state(state.clone());
    khue_app::router(state.services.clone())
        .merge(own)
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .fallback_service(lost)
        .layer(from_fn(freshness::tag))
        .layer(CompressionLayer::new().quality(EFFORT))
}

/// Files: compressed before, or not worth it.
fn kept(state: &State) -> Router {
    let submitted = match state.portal.clone() {
        Some(portal) => Router::new()
            .route(
                "/submissions/{number}/files/{sha256}/{name}",
                get(submitted_files::file),
            )
            .route("/desk/imports/{id}/report.csv", get(sheet_reports::report))
            .with_state((state.clone(), portal)),
        None => Router::new(),
    };
    Router::new()
        .route("/files/{sha256}/{name}", get(files::file))
        .route("/captions/{sha256}/{name}", get(captions::captions))
        .route("/pkg/{*path}", get(site::package))
        .route("/favicon.svg", get(site::icon))
        .route("/app.webmanifest", get(site::webmanifest))
        .route("/sw.js", get(site::worker))
        .route("/packs", get(packs::list))
        .route("/packs/{name}", get(packs::file))
        .with_state(state.clone())
        .merge(submitted)
        .merge(uploads::router(state))
}

/// What happens around every request; the last one named is the first to see it.
fn around(answers: Router, state: State) -> Router {
    let rates = rate_limit::Rates::new(&state.settings.limits);
    answers
        .layer(from_fn_with_state(state.clone(), body_limit::limit))
        .layer(from_fn_with_state(state.clone(), deadline::keep))
        .layer(from_fn_with_state(state.clone(), visitor::name))
        .layer(from_fn_with_state(state.clone(), past_searches::note))
        .layer(from_fn_with_state(state.clone(), own_site::require))
        .layer(from_fn_with_state(
            (state.clone(), rates),
            rate_limit::limit,
        ))
        .layer(from_fn_with_state(state.clone(), faults::form))
        .layer(from_fn_with_state(state, security_headers::add))
        .layer(from_fn(access_log::log))
}
