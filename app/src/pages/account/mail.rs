//! `/account/mail` and links of mail: when somebody gets mail, their address, a forgotten passphrase.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::account::has_email;
use khue_content::mail::{MailMode, MailPreference, QuietHours};
use leptos::prelude::*;
use std::sync::Arc;

use super::{
    Field, Fields, new_passphrase_field, on_to, or_unserved, own_passphrase_field, personal_page,
    refusal, signed_in, status, value,
};
use crate::Language;
use crate::mailing::Mailing;
use crate::pages::{error, guidance::parsed};
use crate::people::{Caller, Refused, Viewer};
use crate::reader::Reader;

fn mailing(reader: &Reader) -> Option<Arc<dyn Mailing>> {
    reader.services.mailing.clone()
}

/// Whether the portal sends mail.
pub fn is_on(reader: &Reader) -> bool {
    mailing(reader).is_some_and(|mailing| mailing.is_on())
}

/// What the page shows.
struct Shown {
    viewer: Viewer,
    chosen: MailPreference,
    confirmed: bool,
    refused: Option<Refused>,
}

/// The person's choice.
pub async fn show_mail(caller: Caller) -> Response {
    match signed_in(&caller).await {
        Ok(viewer) => render(&caller, viewer, None).await,
        Err(response) => response,
    }
}

async fn render(caller: &Caller, viewer: Viewer, refused: Option<Refused>) -> Response {
    let reader = &caller.reader;
    let Some(mailing) = mailing(reader) else {
        return error::not_found(reader);
    };
    let chosen = mailing.chosen(&viewer).await;
    let answer = chosen.map(|(chosen, confirmed)| {
        let shown = Shown {
            viewer,
            chosen,
            confirmed,
            refused,
        };
        mail_page(reader, mailing.is_on(), &shown)
    });
    or_unserved(reader, answer)
}

/// Changes it.
pub async fn change_mail(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let viewer = match signed_in(&caller).await {
        Ok(viewer) => viewer,
        Err(response) => return response,
    };
    let reader = &caller.reader;
    let Some(mailing) = mailing(reader) else {
        return error::not_found(reader);
    };
    if value(&fields, "do") != "address" {
        let kept = mailing.choose(&viewer, &read(&fields)).await;
        let kept = kept.map(|()| on_to(&format!("{}?kept=1", reader.link("/account/mail"))));
        return or_unserved(reader, kept);
    }
    let (email, passphrase) = (value(&fields, "email"), value(&fields, "passphrase-now"));
    let offered = mailing
        .offer_address(&caller.visitor, &viewer, email, passphrase)
        .await;
    match offered {
        Ok(Ok(())) => on_to(&format!("{}?sent=1", reader.link("/account/mail"))),
        Ok(Err(refused)) => render(&caller, viewer, Some(refused)).await,
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

/// What a form says; what it does not say is as usual.
fn read(fields: &Fields) -> MailPreference {
    let usual = MailPreference::default();
    let minute = |name: &str, usual: u16| QuietHours::minute(value(fields, name)).unwrap_or(usual);
    let language = Language::from_code(value(fields, "language")).unwrap_or_default();
    MailPreference {
        language: language.code().to_owned(),
        mode: MailMode::parse(value(fields, "mode")).unwrap_or_default(),
        quiet: QuietHours {
            from: minute("quiet-from", usual.quiet.from),
            until: minute("quiet-until", usual.quiet.until),
        },
    }
}

fn mail_page(reader: &Reader, on: bool, shown: &Shown) -> Response {
    let t = reader.texts();
    let query = parsed(&reader.query);
    let said = |name: &str| value(&query, name) == "1";
    personal_page(
        reader,
        status(shown.refused),
        t.text("mail-settings"),
        || {
            view! {
                <div class="container container--narrow entrance">
                    <h1>{t.text("mail-settings")}</h1>
                    {(!on).then(|| view! { <p class="notice notice--warning" role="status">{t.text("mail-off")}</p> })}
                    {said("kept").then(|| view! { <p class="notice notice--success" role="status">{t.text("mail-kept")}</p> })}
                    {said("sent").then(|| view! { <p class="notice notice--success" role="status">{t.text("mail-sent")}</p> })}
                    {choice(reader, &shown.chosen)}
                    {on.then(|| address(reader, shown))}
                    <p class="entrance__other"><a href=reader.link("/account")>{t.text("account-title")}</a></p>
                </div>
            }
            .into_any()
        },
    )
}

fn choice(reader: &Reader, chosen: &MailPreference) -> AnyView {
    let t = reader.texts();
    let mode = |mode: MailMode| {
        let id = format!("mode-{}", mode.name());
        let words = t
            .find(&format!("mail-mode-{}", mode.name()))
            .unwrap_or_default();
        view! {
            <p class="field__choice"><input type="radio" name="mode" id=id.clone() value=mode.name() checked=mode == chosen.mode/>
                <label for=id>{words}</label></p>
        }
    };
    let language = |language: Language| {
        let own = language.code() == chosen.language;
        view! { <option value=language.code() lang=language.code() selected=own>{language.own_name()}</option> }
    };
    let time = |name: &'static str, label: &'static str, minute: u16| {
        view! {
            <div class="field"><label for=name>{t.text(label)}</label>
                <input type="time" id=name name=name value=QuietHours::time(minute) required=true/></div>
        }
    };
    view! {
        <form class="form" method="post" action=reader.link("/account/mail")>
            <fieldset class="field"><legend>{t.text("mail-mode")}</legend>
                <p class="field__hint">{t.text("mail-mode-hint")}</p>
                {MailMode::ALL.map(mode).collect_view()}
            </fieldset>
            <fieldset class="field"><legend>{t.text("mail-quiet")}</legend>
                <p class="field__hint">{t.text("mail-quiet-hint")}</p>
                {time("quiet-from", "mail-quiet-from", chosen.quiet.from)}
                {time("quiet-until", "mail-quiet-until", chosen.quiet.until)}
            </fieldset>
            <div class="field"><label for="language">{t.text("mail-language")}</label>
                <select id="language" name="language">{Language::ALL.map(language).collect_view()}</select></div>
            <p><button class="button button--primary" type="submit" name="do" value="choose">{t.text("mail-keep")}</button></p>
        </form>
    }
    .into_any()
}

fn address(reader: &Reader, shown: &Shown) -> AnyView {
    let t = reader.texts();
    let own = Some(shown.viewer.email.as_str()).filter(|email| has_email(email));
    let state = match (own, shown.confirmed) {
        (None, _) => t.text("mail-address-none").to_owned(),
        (Some(email), true) => t.fill("mail-address-confirmed", &[("email", email.into())]),
        (Some(email), false) => t.fill("mail-address-unconfirmed", &[("email", email.into())]),
    };
    let email = own.unwrap_or_default();
    view! {
        <section class="section"><h2>{t.text("account-email")}</h2>
            <p>{state}</p>
            {refusal(reader, shown.refused)}
            <form class="form" method="post" action=reader.link("/account/mail")>
                {Field {
                    name: "email", label: "account-email", hint: Some("mail-address-hint"), value: email, kind: "email", autocomplete: "email",
                    wrong: shown.refused == Some(Refused::Email)
                }.view(reader)}
                {own_passphrase_field(reader, &shown.viewer, "passphrase-now", shown.refused)}
                <p><button class="button" type="submit" name="do" value="address">{t.text("mail-address-send")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// A page with a heading, words, and perhaps a form with one button.
fn plain_page(
    reader: &Reader,
    code: StatusCode,
    title: &'static str,
    words: &'static str,
    form: Option<AnyView>,
) -> Response {
    let t = reader.texts();
    personal_page(reader, code, t.text(title), || {
        view! {
            <div class="container container--narrow entrance">
                <h1>{t.text(title)}</h1>
                <p class="page-head__lead">{t.text(words)}</p>
                {form}
            </div>
        }
        .into_any()
    })
}

/// The page of a link that shows whose an address is. Opening it does nothing yet: programs that look at mail open links too.
pub async fn show_confirm(caller: Caller) -> Response {
    if let Err(response) = signed_in(&caller).await {
        return response;
    }
    let reader = &caller.reader;
    let t = reader.texts();
    let query = parsed(&reader.query);
    let token = value(&query, "token").to_owned();
    let form = view! {
        <form class="form" method="post" action=reader.link("/account/confirm")>
            <input type="hidden" name="token" value=token/>
            <p><button class="button button--primary" type="submit">{t.text("mail-confirm-do")}</button></p>
        </form>
    };
    plain_page(
        reader,
        StatusCode::OK,
        "mail-confirm-title",
        "mail-confirm-words",
        Some(form.into_any()),
    )
}

/// The address is theirs.
pub async fn confirm(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let viewer = match signed_in(&caller).await {
        Ok(viewer) => viewer,
        Err(response) => return response,
    };
    let reader = &caller.reader;
    let Some(mailing) = mailing(reader) else {
        return error::not_found(reader);
    };
    match mailing.confirm(&viewer, value(&fields, "token")).await {
        Ok(Ok(())) => on_to(&format!("{}?kept=1", reader.link("/account/mail"))),
        Ok(Err(_)) => plain_page(
            reader,
            StatusCode::NOT_FOUND,
            "mail-confirm-title",
            "mail-link-gone",
            None,
        ),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

/// The form for a forgotten passphrase; nothing where no mail is sent.
pub async fn show_forgot(caller: Caller) -> Response {
    let reader = &caller.reader;
    if !is_on(reader) {
        return error::not_found(reader);
    }
    forgot_page(reader, "", None)
}

fn forgot_page(reader: &Reader, email: &str, refused: Option<Refused>) -> Response {
    let t = reader.texts();
    personal_page(reader, status(refused), t.text("mail-forgot-title"), || {
        view! {
            <div class="container container--narrow entrance">
                <h1>{t.text("mail-forgot-title")}</h1>
                <p class="page-head__lead">{t.text("mail-forgot-lead")}</p>
                {refusal(reader, refused)}
                <form class="form" method="post" action=reader.link("/forgot")>
                    {Field {
                        name: "email", label: "account-email", value: email, kind: "email", autocomplete: "username",
                        wrong: refused == Some(Refused::Email), ..Field::default()
                    }.view(reader)}
                    <p><button class="button button--primary" type="submit">{t.text("mail-forgot-send")}</button></p>
                </form>
                <p class="entrance__other"><a href=reader.link("/sign-in")>{t.text("account-sign-in")}</a></p>
            </div>
        }
        .into_any()
    })
}

/// Sends the link; the answer is the same whether an account has the address or not.
pub async fn forgot(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let email = value(&fields, "email");
    let Some(mailing) = mailing(reader).filter(|mailing| mailing.is_on()) else {
        return error::not_found(reader);
    };
    match mailing.forgot(&caller.visitor, email).await {
        Ok(Ok(())) => plain_page(
            reader,
            StatusCode::OK,
            "mail-forgot-title",
            "mail-forgot-done",
            None,
        ),
        Ok(Err(refused)) => forgot_page(reader, email, Some(refused)),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

/// The form for the new passphrase.
pub async fn show_reset(caller: Caller) -> Response {
    let query = parsed(&caller.reader.query);
    reset_page(&caller, value(&query, "token"), None).await
}

async fn reset_page(caller: &Caller, token: &str, refused: Option<Refused>) -> Response {
    let reader = &caller.reader;
    let t = reader.texts();
    let Some(mailing) = mailing(reader) else {
        return error::not_found(reader);
    };
    match mailing.resets(token).await {
        Ok(true) => {}
        Ok(false) => {
            return plain_page(
                reader,
                StatusCode::NOT_FOUND,
                "mail-reset-title",
                "mail-link-gone",
                None,
            );
        }
        Err(failed) => return or_unserved(reader, Err(failed)),
    }
    personal_page(reader, status(refused), t.text("mail-reset-title"), || {
        view! {
            <div class="container container--narrow entrance">
                <h1>{t.text("mail-reset-title")}</h1>
                {refusal(reader, refused)}
                <form class="form" method="post" action=reader.link("/reset")>
                    <input type="hidden" name="token" value=token.to_owned()/>
                    {Field { label: "account-passphrase-new", ..new_passphrase_field("passphrase", refused) }.view(reader)}
                    <p><button class="button button--primary" type="submit">{t.text("account-passphrase-change")}</button></p>
                </form>
            </div>
        }
        .into_any()
    })
}

/// Chooses it.
pub async fn reset(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let reader = &caller.reader;
    let token = value(&fields, "token");
    let Some(mailing) = mailing(reader) else {
        return error::not_found(reader);
    };
    let set = mailing
        .reset(&caller.visitor, token, value(&fields, "passphrase"))
        .await;
    match set {
        Ok(Ok(())) => {
            let mut response = on_to(&format!("{}?reset=1", reader.link("/sign-in")));
            caller.keep(&mut response, None);
            response
        }
        Ok(Err(refused)) => reset_page(&caller, token, Some(refused)).await,
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

/// The page where no more mail is wanted; it needs no account.
pub async fn show_unsubscribe(caller: Caller) -> Response {
    let reader = &caller.reader;
    let t = reader.texts();
    let query = parsed(&reader.query);
    let token = value(&query, "token").to_owned();
    let known = match mailing(reader) {
        Some(mailing) => mailing.knows(&token).await,
        None => Ok(false),
    };
    match known {
        Ok(true) => {
            let action = format!("{}?token={token}", reader.link("/unsubscribe"));
            let form = view! {
                <form class="form" method="post" action=action>
                    <p><button class="button button--primary" type="submit">{t.text("mail-unsubscribe-do")}</button></p>
                </form>
            };
            plain_page(
                reader,
                StatusCode::OK,
                "mail-unsubscribe",
                "mail-unsubscribe-words",
                Some(form.into_any()),
            )
        }
        Ok(false) => plain_page(
            reader,
            StatusCode::NOT_FOUND,
            "mail-unsubscribe",
            "mail-link-gone",
            None,
        ),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}

/// No more is wanted: by the button, or by one request of a mail program (RFC 8058).
pub async fn unsubscribe(caller: Caller) -> Response {
    let reader = &caller.reader;
    let query = parsed(&reader.query);
    let done = match mailing(reader) {
        Some(mailing) => mailing.unsubscribe(value(&query, "token")).await,
        None => Ok(false),
    };
    match done {
        Ok(true) => plain_page(
            reader,
            StatusCode::OK,
            "mail-unsubscribe",
            "mail-unsubscribed",
            None,
        ),
        Ok(false) => plain_page(
            reader,
            StatusCode::NOT_FOUND,
            "mail-unsubscribe",
            "mail-link-gone",
            None,
        ),
        Err(failed) => or_unserved(reader, Err(failed)),
    }
}
