//! `/sign-in`, `/sign-out`.

use axum::extract::Form;
use axum::response::Response;
use leptos::prelude::*;

use super::{Field, Fields, on_to, or_unserved, personal_page, provider, refusal, status, value};
use crate::people::{Caller, Refused, SecondFactor, own_path};
use crate::reader::{Reader, encode_segment};

/// What the page shows besides the form.
#[derive(Clone, Copy, Default)]
pub(super) struct Shown<'a> {
    pub email: &'a str,
    pub next: &'a str,
    pub refused: Option<Refused>,
    /// Whether the person has just asked for an account.
    pub registered: bool,
}

/// The form; who is signed in already is led on.
pub async fn show_sign_in(caller: Caller) -> Response {
    let reader = &caller.reader;
    let query = crate::pages::guidance::parsed(&reader.query);
    let next = own_path(value(&query, "next"), &reader.link("/account"));
    match caller.half_signed_in().await {
        Ok(Some(viewer)) if viewer.second_factor == SecondFactor::Awaited => {
            on_to(&code_page(reader, &next))
        }
        Ok(Some(_)) => on_to(&next),
        Ok(None) => {
            let registered = value(&query, "registered") == "1";
            let next = next.as_str();
            form_page(
                reader,
                &Shown {
                    next,
                    registered,
                    ..Shown::default()
                },
            )
        }
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

fn code_page(reader: &Reader, next: &str) -> String {
    format!(
        "{}?next={}",
        reader.link("/sign-in/code"),
        encode_segment(next)
    )
}

/// Begins a session.
pub async fn sign_in(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let (reader, people) = (&caller.reader, &caller.people);
    let email = value(&fields, "email");
    let next = own_path(value(&fields, "next"), &reader.link("/account"));
    let former = caller.token.as_deref();
    let begun = people
        .sign_in(&caller.visitor, email, value(&fields, "passphrase"), former)
        .await;
    let token = match begun {
        Ok(Ok(token)) => token,
        Ok(Err(refused)) => {
            let refused = Some(refused);
            return form_page(
                reader,
                &Shown {
                    email,
                    next: &next,
                    refused,
                    registered: false,
                },
            );
        }
        Err(failed) => return or_unserved(reader, Err(failed)),
    };
    let mut response = match people.viewer(&token).await {
        Ok(Some(viewer)) if viewer.second_factor == SecondFactor::Awaited => {
            on_to(&code_page(reader, &next))
        }
        Ok(_) => on_to(&next),
        Err(failed) => return or_unserved(reader, Err(failed)),
    };
    caller.keep(&mut response, Some(&token));
    response
}

/// Ends the session.
pub async fn sign_out(caller: Caller) -> Response {
    let ended = match caller.half_signed_in().await {
        Ok(Some(viewer)) => caller.people.sign_out(&viewer).await,
        Ok(None) => Ok(()),
        Err(failed) => Err(failed),
    };
    let mut response = or_unserved(
        &caller.reader,
        ended.map(|()| on_to(&caller.reader.link("/"))),
    );
    caller.keep(&mut response, None);
    response
}

/// Whether the person has just chosen a new passphrase.
fn was_reset(reader: &Reader) -> bool {
    value(&crate::pages::guidance::parsed(&reader.query), "reset") == "1"
}

/// The page with the form.
pub(super) fn form_page(reader: &Reader, shown: &Shown<'_>) -> Response {
    let t = reader.texts();
    personal_page(
        reader,
        status(shown.refused),
        t.text("account-sign-in"),
        || {
            view! {
            <div class="container container--narrow entrance">
                <h1>{t.text("account-sign-in")}</h1>
                {shown.registered.then(|| view! { <p class="notice notice--success" role="status">{t.text("account-registered")}</p> })}
                {was_reset(reader).then(|| view! { <p class="notice notice--success" role="status">{t.text("mail-reset-done")}</p> })}
                {refusal(reader, shown.refused)}
                {provider::problem(reader)}
                <form class="form" method="post" action=reader.link("/sign-in")>
                    <input type="hidden" name="next" value=shown.next.to_owned()/>
                    {Field {
                        name: "email", label: "account-email", value: shown.email, kind: "email", autocomplete: "username",
                        wrong: shown.refused == Some(Refused::Wrong), ..Field::default()
                    }.view(reader)}
                    {Field {
                        name: "passphrase", label: "account-passphrase", kind: "password", autocomplete: "current-password",
                        wrong: shown.refused == Some(Refused::Wrong), ..Field::default()
                    }.view(reader)}
                    <p><button class="button button--primary" type="submit">{t.text("account-sign-in")}</button></p>
                </form>
                {provider::ways(reader, shown.next)}
                <p class="entrance__other">{t.text("account-none-yet")} " " <a href=reader.link("/register")>{t.text("account-register")}</a></p>
                {match super::mail::is_on(reader) {
                    true => view! { <p><a href=reader.link("/forgot")>{t.text("mail-forgot-link")}</a></p> }.into_any(),
                    false => view! { <p class="field__hint">{t.text("account-lost")}</p> }.into_any(),
                }}
            </div>
        }
        .into_any()
        },
    )
}
