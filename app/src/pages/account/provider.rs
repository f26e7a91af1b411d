//! `/sign-in/with/{provider}` and back, `/sign-in/link`: signing in with a provider of OpenID Connect. And, on the
//! person's page, the identities that are linked.

use axum::extract::{Form, Path};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use leptos::prelude::*;
use std::sync::Arc;

use super::{Field, Fields, on_to, or_unserved, personal_page, refusal, status, value};
use crate::Language;
use crate::pages::{error, guidance::parsed};
use crate::people::{Caller, Refused, SecondFactor, Viewer, own_path};
use crate::providers::{Awaited, Begun, Finished, LinkedView, Problem, ProviderView, Providers};
use crate::reader::{Reader, encode_segment};
use crate::wording;

/// Minutes that a browser keeps its token.
const KEPT: u32 = 600;

fn providers(reader: &Reader) -> Option<Arc<dyn Providers>> {
    reader.services.providers.clone()
}

/// What a provider is called, also where the settings no longer have it.
fn name_of(reader: &Reader, key: &str) -> String {
    let all = providers(reader);
    let found = all
        .iter()
        .flat_map(|all| all.list())
        .find(|one| one.key == key);
    found
        .map_or(key, |one| one.name(reader.language))
        .to_owned()
}

/// Sends the browser to the provider.
pub async fn go(caller: Caller, Path(key): Path<String>) -> Response {
    let reader = &caller.reader;
    let query = parsed(&reader.query);
    let next = own_path(value(&query, "next"), &reader.link("/account"));
    let Some(providers) = providers(reader) else {
        return error::not_found(reader);
    };
    let begun = providers
        .begin(&caller.visitor, &key, &next, reader.language)
        .await;
    match begun {
        Ok(None) => error::not_found(reader),
        Ok(Some(Ok(begun))) => {
            let mut response = on_to(&begun.address);
            keep(
                &caller,
                &mut response,
                Some(&in_language(reader, &begun.token)),
            );
            response
        }
        Ok(Some(Err(problem))) => on_to(&failed_at(reader.language, &key, problem)),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

/// The sign-in with what went wrong.
fn failed_at(language: Language, key: &str, problem: Problem) -> String {
    language.link(&format!(
        "/sign-in?with={}&problem={}",
        encode_segment(key),
        problem.word()
    ))
}

/// The way back. Its address has no language: the browser's token knows it.
pub async fn come_back(caller: Caller, Path(key): Path<String>, headers: HeaderMap) -> Response {
    let reader = &caller.reader;
    let Some(providers) = providers(reader) else {
        return error::not_found(reader);
    };
    if !providers.list().iter().any(|one| one.key == key) {
        return error::not_found(reader);
    }
    let (language, token) = kept(&caller, &headers);
    let viewer = match caller.viewer().await {
        Ok(viewer) => viewer,
        Err(failed) => return or_unserved(reader, Err(failed)),
    };
    let query = parsed(&reader.query);
    let before = (token.as_deref(), caller.token.as_deref(), viewer.as_ref());
    let finished = providers
        .finish(&caller.visitor, &key, &query, before)
        .await;
    let finished = match finished {
        Ok(Ok(finished)) => finished,
        Ok(Err(problem)) => {
            let mut response = match viewer {
                Some(_) => on_to(&language.link(&format!(
                    "/account?with={}&problem={}#identities",
                    encode_segment(&key),
                    problem.word()
                ))),
                None => on_to(&failed_at(language, &key, problem)),
            };
            keep(&caller, &mut response, None);
            return response;
        }
        Err(failed) => return or_unserved(reader, Err(failed)),
    };
    led_to(&caller, language, finished).await
}

async fn led_to(caller: &Caller, language: Language, finished: Finished) -> Response {
    match finished {
        Finished::SignedIn { session, next } => {
            let mut response = after_sign_in(caller, language, &session, &next).await;
            keep(caller, &mut response, None);
            response
        }
        Finished::Linked => {
            let mut response = on_to(&language.link("/account#identities"));
            keep(caller, &mut response, None);
            response
        }
        Finished::Awaits { token } => {
            let mut response = on_to(&language.link("/sign-in/link"));
            let token = format!("{}.{token}", language.code());
            keep(caller, &mut response, Some(&token));
            response
        }
    }
}

/// On to the page that was wanted, by way of the second factor where there is one.
async fn after_sign_in(caller: &Caller, language: Language, session: &str, next: &str) -> Response {
    let next = own_path(next, &language.link("/account"));
    let mut response = match caller.people.viewer(session).await {
        Ok(Some(viewer)) if viewer.second_factor == SecondFactor::Awaited => on_to(&format!(
            "{}?next={}",
            language.link("/sign-in/code"),
            encode_segment(&next)
        )),
        Ok(_) => on_to(&next),
        Err(failed) => return or_unserved(&caller.reader, Err(failed)),
    };
    caller.keep(&mut response, Some(session));
    response
}

/// The page that asks for the passphrase of the account that has the address.
pub async fn show_link(caller: Caller, headers: HeaderMap) -> Response {
    link_page_of(&caller, &headers, None).await
}

/// Takes the passphrase.
pub async fn link(caller: Caller, headers: HeaderMap, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let (_, token) = kept(&caller, &headers);
    let (Some(providers), Some(token)) = (providers(reader), token) else {
        return on_to(&failed_at(reader.language, "", Problem::Lost));
    };
    let before = caller.token.as_deref();
    let confirmed = providers
        .confirm(
            &caller.visitor,
            &token,
            value(&fields, "passphrase"),
            before,
        )
        .await;
    match confirmed {
        Ok(Ok((session, next))) => {
            let mut response = after_sign_in(&caller, reader.language, &session, &next).await;
            keep(&caller, &mut response, None);
            response
        }
        Ok(Err(Refused::Gone)) => on_to(&failed_at(reader.language, "", Problem::Lost)),
        Ok(Err(refused)) => link_page_of(&caller, &headers, Some(refused)).await,
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

async fn link_page_of(caller: &Caller, headers: &HeaderMap, refused: Option<Refused>) -> Response {
    let reader = &caller.reader;
    let (_, token) = kept(caller, headers);
    let lost = || on_to(&failed_at(reader.language, "", Problem::Lost));
    let (Some(providers), Some(token)) = (providers(reader), token) else {
        return lost();
    };
    match providers.awaited(&token).await {
        Ok(Some(awaited)) => link_page(reader, &awaited, refused),
        Ok(None) => lost(),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

fn link_page(reader: &Reader, awaited: &Awaited, refused: Option<Refused>) -> Response {
    let t = reader.texts();
    let provider = name_of(reader, &awaited.provider);
    let lead = t.fill(
        "provider-link-lead",
        &[
            ("email", awaited.email.as_str().into()),
            ("provider", provider.as_str().into()),
        ],
    );
    let form = || {
        view! {
            <form class="form" method="post" action=reader.link("/sign-in/link")>
                {Field {
                    name: "passphrase", label: "account-passphrase", kind: "password", autocomplete: "current-password",
                    wrong: refused == Some(Refused::Wrong), ..Field::default()
                }.view(reader)}
                <p><button class="button button--primary" type="submit">{t.text("provider-link-do")}</button></p>
            </form>
            <p class="field__hint">{t.text("provider-link-not-mine")}</p>
        }
        .into_any()
    };
    personal_page(
        reader,
        status(refused),
        t.text("provider-link-title"),
        || {
            view! {
            <div class="container container--narrow entrance">
                <h1>{t.text("provider-link-title")}</h1>
                <p class="page-head__lead">{lead}</p>
                {refusal(reader, refused)}
                {match awaited.has_passphrase {
                    true => form(),
                    false => view! { <p class="notice notice--warning" role="status">{t.text("provider-link-no-passphrase")}</p> }.into_any(),
                }}
                <p class="entrance__other"><a href=reader.link("/sign-in")>{t.text("account-sign-in")}</a></p>
            </div>
        }
        .into_any()
        },
    )
}

/// Links to every provider, on the page of the sign-in.
pub(super) fn ways(reader: &Reader, next: &str) -> Option<AnyView> {
    let t = reader.texts();
    let providers = providers(reader)?;
    let entry = |one: &ProviderView| {
        let way = format!(
            "/sign-in/with/{}?next={}",
            encode_segment(&one.key),
            encode_segment(next)
        );
        let words = t.fill(
            "provider-sign-in",
            &[("provider", one.name(reader.language).into())],
        );
        view! { <li><a class="button" rel="nofollow" href=reader.link(&way)>{words}</a></li> }
    };
    Some(
        view! {
            <section class="entrance__other" aria-labelledby="providers">
                <h2 id="providers">{t.text("provider-others")}</h2>
                <ul class="entrance__providers">{providers.list().iter().map(entry).collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// What went wrong with a provider, where the address of the page says so.
pub(super) fn problem(reader: &Reader) -> Option<AnyView> {
    let t = reader.texts();
    let query = parsed(&reader.query);
    let problem = Problem::parse(value(&query, "problem"))?;
    let known = providers(reader)?;
    let key = value(&query, "with");
    let provider = match known.list().iter().find(|one| one.key == key) {
        Some(one) => one.name(reader.language).to_owned(),
        None => t.text("provider-any").to_owned(),
    };
    let words = t.fill(
        &format!("provider-problem-{}", problem.word()),
        &[("provider", provider.into())],
    );
    Some(view! { <p class="notice notice--danger" role="alert">{words}</p> }.into_any())
}

/// The part of the person's page about identities.
pub(super) fn section(
    reader: &Reader,
    viewer: &Viewer,
    linked: &[LinkedView],
    refused: Option<Refused>,
) -> Option<AnyView> {
    let t = reader.texts();
    let providers = providers(reader)?;
    let free: Vec<&ProviderView> = providers
        .list()
        .iter()
        .filter(|one| !linked.iter().any(|known| known.provider == one.key))
        .collect();
    let entry = |one: &LinkedView| {
        let name = name_of(reader, &one.provider);
        let label = format!("{}: {name}", t.text("provider-unlink"));
        let since = wording::date(reader.language, &one.linked_at);
        view! {
            <li><span>{name} ", " {since}</span> " "
                <button class="button button--small" type="submit" name="do" value=format!("unlink-{}", one.id) aria-label=label>{t.text("provider-unlink")}</button></li>
        }
    };
    let offer = |one: &&ProviderView| {
        let words = t.fill(
            "provider-link-with",
            &[("provider", one.name(reader.language).into())],
        );
        view! { <li><button class="button" type="submit" name="do" value=format!("link-{}", one.key)>{words}</button></li> }
    };
    Some(
        view! {
            <section class="section" id="identities"><h2>{t.text("provider-linked")}</h2>
                {problem(reader)}
                {refusal(reader, refused)}
                {match linked.is_empty() {
                    true => view! { <p>{t.text("provider-linked-none")}</p> }.into_any(),
                    false => view! {
                        <form method="post" action=reader.link("/account")>
                            <ul class="entrance__list entrance__sessions">{linked.iter().map(entry).collect_view()}</ul>
                        </form>
                    }.into_any(),
                }}
                {(!free.is_empty()).then(|| view! {
                    <form class="form" method="post" action=reader.link("/account")>
                        {super::own_passphrase_field(reader, viewer, "passphrase-link", refused)}
                        <ul class="entrance__providers">{free.iter().map(offer).collect_view()}</ul>
                    </form>
                })}
            </section>
        }
        .into_any(),
    )
}

/// The page that leads on to the provider: forms may not lead to other sites, links may.
pub(super) fn onward(caller: &Caller, key: &str, begun: &Begun) -> Response {
    let reader = &caller.reader;
    let t = reader.texts();
    let provider = name_of(reader, key);
    let title = t.fill(
        "provider-link-with",
        &[("provider", provider.as_str().into())],
    );
    let mut response = personal_page(reader, StatusCode::OK, &title, || {
        let words = t.fill("provider-onward", &[("provider", provider.as_str().into())]);
        view! {
            <div class="container container--narrow entrance">
                <h1>{title.clone()}</h1>
                <p class="page-head__lead">{words}</p>
                <p><a class="button button--primary" rel="nofollow noreferrer" href=begun.address.clone()>{t.text("provider-onward-go")}</a></p>
                <p><a href=reader.link("/account")>{t.text("account-title")}</a></p>
            </div>
        }
        .into_any()
    });
    keep(
        caller,
        &mut response,
        Some(&in_language(reader, &begun.token)),
    );
    response
}

fn cookie_name(caller: &Caller) -> &'static str {
    match caller.people.cookie().secure {
        true => "__Host-khue-provider",
        false => "khue-provider",
    }
}

/// A token with the language in which the person goes on.
fn in_language(reader: &Reader, token: &str) -> String {
    format!("{}.{token}", reader.code())
}

/// Gives the browser the token of its way to a provider, or takes it away.
fn keep(caller: &Caller, response: &mut Response, token: Option<&str>) {
    let name = cookie_name(caller);
    let secure = match caller.people.cookie().secure {
        true => "; Secure",
        false => "",
    };
    let (value, age) = match token {
        Some(token) => (token, KEPT),
        None => ("", 0),
    };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// The language and the token that the browser has kept, such as `en.0f3a…`.
fn kept(caller: &Caller, headers: &HeaderMap) -> (Language, Option<String>) {
    let name = cookie_name(caller);
    let lines = headers.get_all(COOKIE).iter();
    let mut pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let found = pairs.find(|(known, value)| *known == name && value.len() <= 128);
    let parts = found.and_then(|(_, value)| value.split_once('.'));
    match parts {
        Some((code, token)) => (
            Language::from_code(code).unwrap_or_default(),
            Some(token.to_owned()),
        ),
        None => (caller.reader.language, None),
    }
}

/// Begins to link an identity with the account of the viewer.
pub(super) async fn begin_link(
    caller: &Caller,
    viewer: &Viewer,
    key: &str,
    passphrase: &str,
) -> Result<Response, Result<Refused, Response>> {
    let reader = &caller.reader;
    let Some(providers) = providers(reader) else {
        return Err(Err(error::not_found(reader)));
    };
    let begun = providers
        .begin_link(&caller.visitor, viewer, key, passphrase, reader.language)
        .await;
    match begun {
        Ok(Some(Ok(Ok(begun)))) => Ok(onward(caller, key, &begun)),
        Ok(Some(Ok(Err(problem)))) => Ok(on_to(&reader.link(&format!(
            "/account?with={}&problem={}#identities",
            encode_segment(key),
            problem.word()
        )))),
        Ok(Some(Err(refused))) => Err(Ok(refused)),
        Ok(None) => Err(Err(error::not_found(reader))),
        Err(failed) => Err(Err(or_unserved(reader, Err(failed)))),
    }
}

/// Takes an identity away from the account of the viewer.
pub(super) async fn unlink(
    caller: &Caller,
    viewer: &Viewer,
    id: i64,
) -> Result<(), Result<Refused, Response>> {
    let reader = &caller.reader;
    let Some(providers) = providers(reader) else {
        return Err(Err(error::not_found(reader)));
    };
    match providers.unlink(viewer, id).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(refused)) => Err(Ok(refused)),
        Err(failed) => Err(Err(or_unserved(reader, Err(failed)))),
    }
}

/// What the person's page shows of identities.
pub(super) async fn linked(
    caller: &Caller,
    viewer: &Viewer,
) -> Result<Vec<LinkedView>, crate::services::ServiceError> {
    match providers(&caller.reader) {
        Some(providers) => providers.linked(viewer).await,
        None => Ok(Vec::new()),
    }
}
