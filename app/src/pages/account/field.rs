//! Fields of the forms about people, and why a form was refused.

use axum::http::StatusCode;
use khue_content::account::{PASSPHRASE, Weak};
use leptos::prelude::*;

use crate::people::{Refused, Viewer};
use crate::reader::Reader;

/// A field of one line.
#[derive(Clone, Copy, Default)]
pub struct Field<'a> {
    /// Its name, which is its id too.
    pub name: &'static str,
    /// Key of its label.
    pub label: &'static str,
    /// Key of what helps with it.
    pub hint: Option<&'static str>,
    /// What it holds.
    pub value: &'a str,
    /// The `type` of the input.
    pub kind: &'static str,
    /// What browsers may fill in.
    pub autocomplete: &'static str,
    /// Whether it is what the form was refused for.
    pub wrong: bool,
}

impl Field<'_> {
    /// The field with its label and hint.
    pub fn view(self, reader: &Reader) -> AnyView {
        let t = reader.texts();
        let hint_id = format!("{}-hint", self.name);
        let described = self.hint.map(|_| hint_id.clone());
        let mode = (self.autocomplete == "one-time-code").then_some("text");
        view! {
            <div class="field">
                <label for=self.name>{t.text(self.label)}</label>
                {self.hint.map(|hint| view! { <p class="field__hint" id=hint_id>{t.text(hint)}</p> })}
                <input type=self.kind id=self.name name=self.name value=self.value.to_owned() required=true
                    maxlength="300" autocomplete=self.autocomplete inputmode=mode autocapitalize="none" spellcheck="false"
                    aria-describedby=described aria-invalid=self.wrong.then_some("true")/>
            </div>
        }
        .into_any()
    }
}

/// How a person wants to be called.
pub fn name_field(value: &str, refused: Option<Refused>) -> Field<'_> {
    Field {
        name: "name",
        label: "account-name",
        hint: Some("account-name-hint"),
        value,
        kind: "text",
        autocomplete: "name",
        wrong: refused == Some(Refused::Name),
    }
}

/// A passphrase that is chosen now, in the field `name`.
pub fn new_passphrase_field(name: &'static str, refused: Option<Refused>) -> Field<'static> {
    Field {
        name,
        label: "account-passphrase",
        hint: Some("account-passphrase-hint"),
        kind: "password",
        autocomplete: "new-password",
        wrong: matches!(refused, Some(Refused::Passphrase(_))),
        ..Field::default()
    }
}

/// The passphrase that proves who asks; where the account has none, how else it is proved.
pub fn own_passphrase_field(
    reader: &Reader,
    viewer: &Viewer,
    name: &'static str,
    refused: Option<Refused>,
) -> AnyView {
    if !viewer.has_passphrase {
        let words = reader.texts().text("account-no-passphrase-yet");
        return view! { <p class="field__hint">{words}</p> }.into_any();
    }
    Field {
        name,
        label: "account-passphrase-now",
        kind: "password",
        autocomplete: "current-password",
        wrong: refused == Some(Refused::Wrong),
        ..Field::default()
    }
    .view(reader)
}

/// The status of a page whose form was refused, or was not.
pub fn status(refused: Option<Refused>) -> StatusCode {
    match refused {
        None => StatusCode::OK,
        Some(Refused::TooMany(_)) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Why the form was refused, in words.
pub fn refusal(reader: &Reader, refused: Option<Refused>) -> Option<AnyView> {
    let t = reader.texts();
    let words = match refused? {
        Refused::TooMany(seconds) => t.fill("account-too-many", &[("seconds", seconds.into())]),
        Refused::Wrong => t.text("account-wrong").to_owned(),
        Refused::WrongCode => t.text("account-wrong-code").to_owned(),
        Refused::Email => t.text("account-bad-email").to_owned(),
        Refused::Name => t.text("account-bad-name").to_owned(),
        Refused::Gone => t.text("account-invitation-gone").to_owned(),
        Refused::Again => t.text("account-sign-in-again").to_owned(),
        Refused::LastWay => t.text("provider-last-way").to_owned(),
        Refused::Passphrase(Weak::Short) => {
            t.fill("account-short", &[("count", PASSPHRASE.0.into())])
        }
        Refused::Passphrase(Weak::Long) => {
            t.fill("account-long", &[("count", PASSPHRASE.1.into())])
        }
        Refused::Passphrase(Weak::Guessed) => t.text("account-guessed").to_owned(),
    };
    Some(view! { <p class="notice notice--danger" role="alert">{words}</p> }.into_any())
}
