//! `/sitemap.xml` and its parts.
//!
//! A part holds the resources whose last change has a number within its span, so that finding the
//! parts costs nothing and every part can be streamed.

use super::origin::origin;
use crate::address::path_segment;
use crate::state::{Holdings, State as Shared};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures::stream;
use khue_app::Language;
use khue_app::services::ServiceError;
use khue_content::path::Paths;
use khue_content::vocabulary;
use std::sync::Arc;

/// Changes in one part; the protocol allows 50,000 addresses.
const SPAN: i64 = 10_000;
/// Changes read at a time.
const STEP: u64 = 500;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const PAGES: &[&str] = &[
    "/",
    "/browse",
    "/collections",
    "/paths",
    "/plan",
    "/verify",
    "/about",
    "/help",
    "/accessibility",
    "/privacy",
    "/offline",
];

/// The list of parts.
pub async fn index(State(state): State<Shared>, headers: HeaderMap) -> Response {
    let Ok(last) = state.holdings.last_change().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let origin = escape(&origin(&state.settings, &headers));
    let mut xml = format!(
        "{HEAD}<sitemapindex xmlns=\"{SCHEMA}\">\n<sitemap><loc>{origin}/sitemap/pages.xml</loc></sitemap>\n"
    );
    for part in 0..(last + SPAN - 1) / SPAN {
        xml.push_str(&format!(
            "<sitemap><loc>{origin}/sitemap/{part}.xml</loc></sitemap>\n"
        ));
    }
    xml.push_str("</sitemapindex>\n");
    answer(Body::from(xml))
}

/// One part: `pages.xml`, or `<number>.xml`.
pub async fn part(
    State(state): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let origin = escape(&origin(&state.settings, &headers));
    match name
        .strip_suffix(".xml")
        .map(|name| (name, name.parse::<i64>()))
    {
        Some(("pages", _)) => answer(Body::from(pages(&origin, &state.services.paths.now()))),
        Some((_, Ok(part))) if (0..i64::MAX / SPAN - 1).contains(&part) => answer(
            Body::from_stream(resources(state.holdings.clone(), origin, part)),
        ),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(body: Body) -> Response {
    (
        [
            (CONTENT_TYPE, "application/xml"),
            (CACHE_CONTROL, "public, max-age=3600"),
        ],
        body,
    )
        .into_response()
}

fn opening() -> String {
    format!("{HEAD}<urlset xmlns=\"{SCHEMA}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n")
}

fn pages(origin: &str, paths: &Paths) -> String {
    let mut xml = opening();
    PAGES.iter().for_each(|path| add(&mut xml, origin, path));
    for path in paths.iter() {
        add(&mut xml, origin, &format!("/paths/{}", path.id));
    }
    for (name, folder) in [("about", "/browse"), ("educationalLevel", "/browse/level")] {
        let concepts = vocabulary::scheme(name)
            .map(|scheme| scheme.concepts.as_slice())
            .unwrap_or_default();
        for concept in concepts
            .iter()
            .filter(|concept| !concept.notation.is_empty())
        {
            add(
                &mut xml,
                origin,
                &format!("{folder}/{}", path_segment(&concept.notation)),
            );
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

/// A page in every language.
fn add(xml: &mut String, origin: &str, path: &str) {
    for language in Language::ALL {
        xml.push_str(&format!("<url><loc>{origin}{}</loc>", language.link(path)));
        for other in Language::ALL {
            let (code, link) = (other.code(), other.link(path));
            xml.push_str(&format!(
                "<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{origin}{link}\"/>"
            ));
        }
        xml.push_str("</url>\n");
    }
}

enum Step {
    Open,
    After(i64),
    Done,
}

fn resources(
    holdings: Arc<dyn Holdings>,
    origin: String,
    part: i64,
) -> impl futures::Stream<Item = Result<String, ServiceError>> {
    let end = (part + 1) * SPAN;
    stream::try_unfold(Step::Open, move |step| {
        let (holdings, origin) = (holdings.clone(), origin.clone());
        async move {
            let after = match step {
                Step::Open => return Ok(Some((opening(), Step::After(part * SPAN)))),
                Step::Done => return Ok(None),
                Step::After(after) => after,
            };
            let found = holdings.addresses(after, STEP).await?;
            let mut xml = String::new();
            let within = found.iter().take_while(|address| address.change <= end);
            for id in within.filter_map(|address| address.id.as_deref()) {
                add(
                    &mut xml,
                    &origin,
                    &format!("/resources/{}", path_segment(id)),
                );
            }
            match found.last().map(|last| last.change) {
                Some(last) if last < end => Ok(Some((xml, Step::After(last)))),
                _ => Ok(Some((xml + "</urlset>\n", Step::Done))),
            }
        }
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
