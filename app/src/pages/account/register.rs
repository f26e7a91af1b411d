//! `/register`: an account for whoever wants one.

use axum::extract::Form;
use axum::response::Response;
use leptos::prelude::*;

use super::{
    Field, Fields, name_field, new_passphrase_field, on_to, or_unserved, personal_page, refusal,
    status, value,
};
use crate::people::{Caller, Refused};
use crate::reader::Reader;

/// The form.
pub async fn show_register(caller: Caller) -> Response {
    form_page(&caller.reader, "", "", None)
}

/// Makes the account. The answer is the same whether the address had one or not.
pub async fn register(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let (email, name) = (value(&fields, "email"), value(&fields, "name"));
    let made = caller
        .people
        .register(&caller.visitor, email, name, value(&fields, "passphrase"))
        .await;
    let answer = made.map(|made| match made {
        Ok(()) => on_to(&format!("{}?registered=1", reader.link("/sign-in"))),
        Err(refused) => form_page(reader, email, name, Some(refused)),
    });
    or_unserved(reader, answer)
}

fn form_page(reader: &Reader, email: &str, name: &str, refused: Option<Refused>) -> Response {
    let t = reader.texts();
    personal_page(reader, status(refused), t.text("account-register"), || {
        view! {
            <div class="container container--narrow entrance">
                <h1>{t.text("account-register")}</h1>
                <p class="page-head__lead">{t.text("account-register-lead")}</p>
                {refusal(reader, refused)}
                <form class="form" method="post" action=reader.link("/register")>
                    {name_field(name, refused).view(reader)}
                    {Field {
                        name: "email", label: "account-email", value: email, kind: "email", autocomplete: "username",
                        wrong: refused == Some(Refused::Email), ..Field::default()
                    }.view(reader)}
                    {new_passphrase_field("passphrase", refused).view(reader)}
                    <p><button class="button button--primary" type="submit">{t.text("account-register")}</button></p>
                </form>
                <p class="entrance__other">{t.text("account-has-one")} " " <a href=reader.link("/sign-in")>{t.text("account-sign-in")}</a></p>
            </div>
        }
        .into_any()
    })
}
