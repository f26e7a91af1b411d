//! Every address of the pages.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, State};
use axum::http::header::{LOCATION, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use std::collections::HashMap;

use crate::Language;
use crate::pages::{
    account, adapt, browse, collection, community, desk, error, exercise, guidance, home, offline,
    path, plan, prose, report, resource, search, submission, verify, viewer,
};
use crate::reader::Reader;
use crate::services::Services;

/// The pages in all languages and the theme switch. The fallback is left to the server, which
/// gives it to [`not_found`] once its own addresses are in.
pub fn router(services: Services) -> Router {
    let pages = pages();
    Router::new()
        .merge(pages.clone())
        .nest(Language::En.prefix(), pages.clone())
        .nest(Language::Fr.prefix(), pages)
        .route("/theme", post(keep_theme))
        .route("/preferences", post(keep_preferences))
        .with_state(services)
}

fn pages() -> Router<Services> {
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(search::show))
        .route("/resources/{id}", get(resource::show))
        .route(
            "/resources/{id}/exercises/{number}",
            get(exercise::show).post(exercise::answer),
        )
        .route(
            "/resources/{id}/guidance",
            get(guidance::show).post(guidance::change),
        )
        .route("/resources/{id}/guidance/send", post(guidance::send))
        .route(
            "/resources/{id}/guidance/signed",
            get(guidance::show_signed).post(guidance::tap),
        )
        .route(
            "/resources/{id}/comments",
            get(community::show).post(community::change),
        )
        .route(
            "/resources/{id}/report",
            get(report::show).post(report::send),
        )
        .route("/resources/{id}/files/{sha256}", get(viewer::show))
        .route("/reports/{token}", get(report::show_state))
        .route("/guidance/sent", get(guidance::show_sent))
        .route(
            "/guidance/sent/{number}",
            get(guidance::show_sent_one).post(guidance::rule),
        )
        .route(
            "/guidance",
            get(guidance::describe).post(guidance::describe_drafted),
        )
        .route("/browse", get(browse::show_all))
        .route("/browse/{subject}", get(browse::show_subject))
        .route("/browse/level/{level}", get(browse::show_level))
        .route("/collections", get(browse::show_collections))
        .route("/account", get(account::show).post(account::change))
        .route(
            "/sign-in",
            get(account::show_sign_in).post(account::sign_in),
        )
        .route(
            "/sign-in/code",
            get(account::show_code).post(account::check_code),
        )
        .route(
            "/account/mail",
            get(account::show_mail).post(account::change_mail),
        )
        .route(
            "/account/confirm",
            get(account::show_confirm).post(account::confirm),
        )
        .route("/forgot", get(account::show_forgot).post(account::forgot))
        .route("/reset", get(account::show_reset).post(account::reset))
        .route(
            "/unsubscribe",
            get(account::show_unsubscribe).post(account::unsubscribe),
        )
        .route("/sign-in/with/{provider}", get(account::go))
        .route("/sign-in/back/{provider}", get(account::come_back))
        .route("/sign-in/link", get(account::show_link).post(account::link))
        .route("/sign-out", post(account::sign_out))
        .route(
            "/register",
            get(account::show_register).post(account::register),
        )
        .route(
            "/submissions",
            get(submission::show_own).post(submission::create),
        )
        .route(
            "/submissions/{number}",
            get(submission::show).post(submission::save),
        )
        .route(
            "/submissions/{number}/files",
            post(submission::attach).layer(DefaultBodyLimit::disable()),
        )
        .route("/submissions/{number}/withdraw", post(submission::withdraw))
        .route("/notices", get(submission::show_notices))
        .route("/desk", get(desk::show))
        .route("/desk/bulk", get(desk::show_bulk).post(desk::act))
        .route("/desk/figures", get(desk::show_figures))
        .route(
            "/desk/imports",
            get(desk::show_imports)
                .post(desk::bring_sheet)
                .layer(DefaultBodyLimit::disable()),
        )
        .route(
            "/desk/imports/{id}",
            get(desk::show_import).post(desk::change_import),
        )
        .route(
            "/desk/imports/{id}/undo",
            get(desk::show_undo).post(desk::undo_import),
        )
        .route(
            "/desk/comments",
            get(desk::show_comments).post(desk::rule_on_comment),
        )
        .route(
            "/desk/reports/{number}",
            get(desk::show_report).post(desk::rule_on_report),
        )
        .route("/desk/{number}", get(desk::show_one).post(desk::decide))
        .route(
            "/invitation",
            get(account::show_invitation).post(account::accept_invitation),
        )
        .route(
            "/resources/{id}/collect",
            get(collection::show_collect).post(collection::collect),
        )
        .route(
            "/collections/own",
            get(collection::show_own).post(collection::create),
        )
        .route("/resources/{id}/adapt", get(adapt::show).post(adapt::begin))
        .route("/collections/{id}", get(collection::show))
        .route(
            "/collections/{id}/edit",
            get(collection::show_edit).post(collection::change),
        )
        .route("/collections/{id}/hide", post(collection::hide))
        .route("/collections/{id}/{form}", get(collection::file))
        .route("/paths", get(path::show_all))
        .route("/paths/own", get(path::show_own).post(path::create))
        .route("/paths/{id}", get(path::show))
        .route("/paths/{id}/edit", get(path::show_edit).post(path::change))
        .route(
            "/paths/{id}/record",
            get(path::record::show).post(path::record::answer),
        )
        .route("/verify", get(verify::show).post(verify::look))
        .route("/plan", get(plan::show))
        .route("/plan/calendar", get(plan::calendar))
        .route("/offline", get(offline::show))
        .route("/about", get(prose::about))
        .route("/accessibility", get(prose::accessibility))
        .route("/privacy", get(prose::privacy))
        .route("/help", get(prose::help))
}

/// The page for an address that leads nowhere. A closing slash is taken away first, and `/vi`: Vietnamese is the
/// language of addresses without one.
pub async fn not_found(
    State(services): State<Services>,
    request: axum::extract::Request,
) -> Response {
    let reader = reader_of(&request, services);
    match meant(request.uri().path()) {
        Some(path) => Redirect::permanent(&with_query(path, &reader.query)).into_response(),
        None => error::not_found(&reader),
    }
}

/// Where the page is that an address means; `None` where it means none.
fn meant(path: &str) -> Option<&str> {
    let vietnamese = path.strip_prefix("/vi");
    let vietnamese = vietnamese.filter(|rest| rest.is_empty() || rest.starts_with('/'));
    vietnamese.or_else(|| path.strip_suffix('/').filter(|path| !path.is_empty()))
}

fn with_query(path: &str, query: &str) -> String {
    // A path that begins with two slashes would be another site.
    let path = format!("/{}", path.trim_start_matches('/'));
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}

/// The page for a failure, for whoever catches panics and timeouts. `path` tells the language.
pub fn failure(services: Services, path: &str) -> Response {
    error::failure(&Reader::new(path, "", &HeaderMap::new(), services))
}

/// The page for a request that is not answered, by its status. `path` tells the language.
pub fn refusal(services: Services, path: &str, status: axum::http::StatusCode) -> Response {
    let reader = Reader::new(path, "", &HeaderMap::new(), services);
    error::refusal(&reader, status)
}

fn reader_of(request: &axum::extract::Request, services: Services) -> Reader {
    let uri = request.uri();
    Reader::new(
        uri.path(),
        uri.query().unwrap_or(""),
        request.headers(),
        services,
    )
}

/// Keeps the theme for a reader without scripts and goes back to where they were.
async fn keep_theme(headers: HeaderMap, Form(fields): Form<HashMap<String, String>>) -> Response {
    let asked = fields.get("theme").map_or("auto", String::as_str);
    let theme = ["light", "dark"]
        .into_iter()
        .find(|known| *known == asked)
        .unwrap_or("auto");
    kept_and_back(&headers, &[("theme", theme)])
}

/// What else a reader can choose for all pages, with what may be chosen.
const PREFERENCES: [(&str, [&str; 2]); 2] = [("data", ["less", "all"]), ("terms", ["on", "off"])];

/// Keeps what was chosen and goes back to where the reader was.
async fn keep_preferences(
    headers: HeaderMap,
    Form(fields): Form<HashMap<String, String>>,
) -> Response {
    let chosen = PREFERENCES.iter().filter_map(|(name, values)| {
        let asked = fields.get(*name)?;
        let value = values.iter().find(|known| *known == asked)?;
        Some((*name, *value))
    });
    let chosen: Vec<(&str, &str)> = chosen.collect();
    kept_and_back(&headers, &chosen)
}

/// Sets a cookie for each choice, for a year, and leads back to the page that asked.
fn kept_and_back(headers: &HeaderMap, chosen: &[(&str, &str)]) -> Response {
    let back = headers
        .get(REFERER)
        .and_then(|from| from.to_str().ok())
        .map_or("/", path_of);
    let mut answer = (StatusCode::SEE_OTHER, [(LOCATION, back.to_owned())]).into_response();
    for (name, value) in chosen {
        let cookie = format!("{name}={value};path=/;max-age=31536000;samesite=lax");
        let cookie = HeaderValue::from_str(&cookie).ok();
        answer
            .headers_mut()
            .extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    }
    answer
}

/// The path and query of an absolute address, so that nobody is sent to another site.
fn path_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |place| &rest[place..]);
    if path.starts_with("//") { "/" } else { path }
}
