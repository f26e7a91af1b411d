//! `/sign-in/code`: the second step of signing in. And, on the person's page, how the second factor is begun.

use axum::extract::Form;
use axum::response::Response;
use leptos::prelude::*;

use super::{
    Field, Fields, on_to, or_unserved, own_passphrase_field, personal_page, refusal, status, value,
};
use crate::pages::guidance::parsed;
use crate::people::{Caller, Offer, Refused, SecondFactor, Viewer, own_path};
use crate::reader::Reader;

/// The form for the code.
pub async fn show_code(caller: Caller) -> Response {
    let reader = &caller.reader;
    let query = parsed(&reader.query);
    let next = own_path(value(&query, "next"), &reader.link("/account"));
    match caller.half_signed_in().await {
        Ok(Some(viewer)) if viewer.second_factor == SecondFactor::Awaited => {
            form_page(reader, &next, None)
        }
        Ok(Some(_)) => on_to(&next),
        Ok(None) => on_to(&reader.link("/sign-in")),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

/// Checks the code.
pub async fn check_code(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let next = own_path(value(&fields, "next"), &reader.link("/account"));
    let viewer = match caller.half_signed_in().await {
        Ok(Some(viewer)) if viewer.second_factor == SecondFactor::Awaited => viewer,
        Ok(_) => return on_to(&reader.link("/sign-in")),
        Err(failed) => return or_unserved(reader, Err(failed)),
    };
    let token = caller.token.as_deref().unwrap_or_default();
    let shown = caller
        .people
        .show_second_factor(&caller.visitor, &viewer, token, value(&fields, "code"))
        .await;
    match shown {
        Ok(Ok(token)) => {
            let mut response = on_to(&next);
            caller.keep(&mut response, Some(&token));
            response
        }
        Ok(Err(refused)) => form_page(reader, &next, Some(refused)),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

fn form_page(reader: &Reader, next: &str, refused: Option<Refused>) -> Response {
    let t = reader.texts();
    personal_page(
        reader,
        status(refused),
        t.text("account-code-title"),
        || {
            view! {
            <div class="container container--narrow entrance">
                <h1>{t.text("account-code-title")}</h1>
                {refusal(reader, refused)}
                <form class="form" method="post" action=reader.link("/sign-in/code")>
                    <input type="hidden" name="next" value=next.to_owned()/>
                    {code_field(refused).view(reader)}
                    <p><button class="button button--primary" type="submit">{t.text("account-code-send")}</button></p>
                </form>
                <form method="post" action=reader.link("/sign-out")>
                    <button class="button button--quiet" type="submit">{t.text("account-sign-out")}</button>
                </form>
            </div>
        }
        .into_any()
        },
    )
}

fn code_field(refused: Option<Refused>) -> Field<'static> {
    Field {
        name: "code",
        label: "account-code",
        hint: Some("account-code-hint"),
        kind: "text",
        autocomplete: "one-time-code",
        wrong: refused == Some(Refused::WrongCode),
        ..Field::default()
    }
}

/// The form that begins a second factor.
pub(super) fn begin_form(
    reader: &Reader,
    viewer: &Viewer,
    offer: &Offer,
    refused: Option<Refused>,
) -> AnyView {
    let t = reader.texts();
    // Four letters at a time are easier to copy.
    let letters: Vec<char> = offer.secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    view! {
        <form class="form" method="post" action=reader.link("/account")>
            <p>{t.text("account-factor-how")}</p>
            <p><code class="entrance__secret">{groups.join(" ")}</code></p>
            <p><a href=offer.address.clone()>{t.text("account-factor-open")}</a></p>
            <input type="hidden" name="secret" value=offer.secret.clone()/>
            {code_field(refused).view(reader)}
            {own_passphrase_field(reader, viewer, "passphrase-now", refused)}
            <p><button class="button button--primary" type="submit" name="do" value="begin-factor">{t.text("account-factor-begin")}</button></p>
        </form>
    }
    .into_any()
}
