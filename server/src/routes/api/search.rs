//! `/api/v1/resources`: search.

use super::labels::{self, Labels};
use super::query::Query;
use super::{Answer, json};
use crate::error::Problem;
use crate::state::State as Shared;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use khue_content::search::{FACETS, MAX_PAGE, MAX_SIZE, SearchPage, SearchParams, Sort};
use khue_content::{Kind, PROPERTIES, vocabulary};
use serde::Serialize;

/// Seconds that an answer may be kept.
const KEPT: u32 = 30;
const OTHERS: &[&str] = &[
    "q",
    "page",
    "size",
    "sort",
    "from",
    "to",
    "adaptable",
    "verbatim",
    "plain",
    "isPartOf",
    "facets",
    "lang",
];

/// Every parameter.
pub fn parameters() -> impl Iterator<Item = &'static str> {
    OTHERS.iter().chain(FACETS).copied()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Found<'a> {
    #[serde(flatten)]
    page: &'a SearchPage,
    language: &'static str,
    labels: Labels<'a>,
    links: Links,
    warnings: Vec<String>,
}

/// Where the same search goes on.
#[derive(Serialize)]
struct Links {
    #[serde(rename = "self")]
    this: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Finds resources.
pub async fn search(
    State(state): State<Shared>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Answer {
    let query = Query::new(raw.as_deref());
    let language = query.language(&headers)?;
    let known: Vec<&str> = parameters().collect();
    let mut warnings = query.warnings(&known);
    let params = params(&query, &mut warnings)?;
    let facets = facets(&query)?;
    let mut page = state.services.library.search(&params).await?;
    page.facets
        .retain(|facet| facets.contains(&facet.name.as_str()));
    let labels = labels::of_page(&page, language);
    let links = links(&state.services.origin, &params, page.total);
    Ok(json(
        &Found {
            page: &page,
            language: language.code(),
            labels,
            links,
            warnings,
        },
        KEPT,
    ))
}

fn params(query: &Query, warnings: &mut Vec<String>) -> Result<SearchParams, Problem> {
    let mut params = SearchParams {
        q: query.text("q")?.to_owned(),
        page: query.number("page", 1, MAX_PAGE)?,
        size: query.number("size", 20, MAX_SIZE)?,
        sort: sort(query)?,
        from: query.day("from")?,
        to: query.day("to")?,
        adaptable: query.flag("adaptable")?,
        verbatim: query.flag("verbatim")?,
        ..SearchParams::default()
    };
    for property in query.all("plain") {
        if !FACETS.contains(&property) {
            let known = FACETS.join(", ");
            return Err(Problem::parameter("plain", property, &known));
        }
        params.plain.push(property.to_owned());
    }
    for name in FACETS.iter().chain(&["isPartOf"]) {
        for value in query.all(name) {
            params.add(name, concept(name, value, warnings));
        }
    }
    Ok(params)
}

/// The facets to count: all of them unless some are named, separated by commas, or `none`.
fn facets(query: &Query) -> Result<Vec<&'static str>, Problem> {
    let named = query.all("facets").flat_map(|list| list.split(','));
    let named: Vec<&str> = named
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let known = |name: &str| FACETS.iter().copied().find(|facet| *facet == name);
    match named[..] {
        [] => Ok(FACETS.to_vec()),
        ["none"] => Ok(Vec::new()),
        _ => {
            let one = |name: &&str| {
                let allowed = || format!("none, or some of {}", FACETS.join(", "));
                known(name).ok_or_else(|| Problem::parameter("facets", name, &allowed()))
            };
            named.iter().map(one).collect()
        }
    }
}

fn sort(query: &Query) -> Result<Sort, Problem> {
    let Some(word) = query.one("sort") else {
        return Ok(Sort::default());
    };
    let known = [Sort::Relevance, Sort::Newest, Sort::Name]
        .into_iter()
        .find(|sort| sort.as_str() == word);
    known.ok_or_else(|| Problem::parameter("sort", word, "relevance, newest or name"))
}

/// The URI of the concept that a value names by notation or label; other values as they are.
fn concept<'a>(property: &str, value: &'a str, warnings: &mut Vec<String>) -> &'a str {
    let row = PROPERTIES.iter().find(|row| row.name == property);
    let name = match (row.map(|row| row.kind), property) {
        (Some(Kind::Concept(name)), _) => name,
        (_, "textbook") => "textbook",
        _ => return value,
    };
    match vocabulary::find(name, value) {
        Some(concept) => &concept.id,
        None => {
            let shown: String = value.chars().take(80).collect();
            warnings.push(format!("\"{shown}\" is no concept of `{property}`, so nothing has it; see /api/v1/vocabularies/{name}"));
            value
        }
    }
}

fn links(origin: &str, params: &SearchParams, total: usize) -> Links {
    let address = |page: usize| {
        format!(
            "{origin}/api/v1/resources?{}",
            params.on_page(page).to_query()
        )
    };
    let more = params.page < MAX_PAGE && params.page * params.size < total;
    Links {
        this: address(params.page),
        previous: (params.page > 1).then(|| address(params.page - 1)),
        next: more.then(|| address(params.page + 1)),
    }
}
