//! `/invitation?token=…`: accept a role.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{
    Fields, name_field, new_passphrase_field, on_to, or_unserved, personal_page, refusal, status,
    value,
};
use crate::pages::guidance::parsed;
use crate::people::{Caller, Refused};
use crate::reader::Reader;

/// The form for whoever holds the link.
pub async fn show_invitation(caller: Caller) -> Response {
    let query = parsed(&caller.reader.query);
    page_of(&caller, value(&query, "token"), "", None).await
}

/// Accepts it: the person sets a name and a passphrase and signs in with them.
pub async fn accept_invitation(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let (token, name) = (value(&fields, "token"), value(&fields, "name"));
    let accepted = caller
        .people
        .accept_invitation(&caller.visitor, token, name, value(&fields, "passphrase"))
        .await;
    match accepted {
        Ok(Ok(())) => {
            let mut response = on_to(&format!("{}?registered=1", reader.link("/sign-in")));
            // Whoever was signed in here before is not the one who accepted.
            caller.keep(&mut response, None);
            response
        }
        Ok(Err(refused)) => page_of(&caller, token, name, Some(refused)).await,
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

async fn page_of(caller: &Caller, token: &str, name: &str, refused: Option<Refused>) -> Response {
    let reader = &caller.reader;
    match caller.people.invited(token).await {
        Ok(Some(email)) => form_page(reader, token, &email, name, refused),
        Ok(None) => gone(reader),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

fn gone(reader: &Reader) -> Response {
    let t = reader.texts();
    personal_page(
        reader,
        StatusCode::NOT_FOUND,
        t.text("account-invitation"),
        || {
            view! {
                <div class="container container--narrow entrance">
                    <h1>{t.text("account-invitation")}</h1>
                    {refusal(reader, Some(Refused::Gone))}
                </div>
            }
            .into_any()
        },
    )
}

fn form_page(
    reader: &Reader,
    token: &str,
    email: &str,
    name: &str,
    refused: Option<Refused>,
) -> Response {
    let t = reader.texts();
    personal_page(
        reader,
        status(refused),
        t.text("account-invitation"),
        || {
            view! {
            <div class="container container--narrow entrance">
                <h1>{t.text("account-invitation")}</h1>
                <p class="page-head__lead">{t.fill("account-invitation-lead", &[("email", email.into())])}</p>
                {refusal(reader, refused)}
                <form class="form" method="post" action=reader.link("/invitation")>
                    <input type="hidden" name="token" value=token.to_owned()/>
                    {name_field(name, refused).view(reader)}
                    {new_passphrase_field("passphrase", refused).view(reader)}
                    <p><button class="button button--primary" type="submit">{t.text("account-accept")}</button></p>
                </form>
            </div>
        }
        .into_any()
        },
    )
}
