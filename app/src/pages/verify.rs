//! `/verify`: whether a record that a learner shows is what it says. Anybody may look; nothing is kept.

use axum::extract::Multipart;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::error;
use crate::components::breadcrumb;
use crate::credentials::{Shown, Standing};
use crate::document::{Head, page};
use crate::reader::Reader;
use crate::wording;

/// Most bytes of a record that are looked at.
const LONGEST: usize = 256 * 1024;

/// The form.
pub async fn show(reader: Reader) -> Response {
    form_page(&reader, None, "")
}

/// Looks at a record that was pasted or chosen as a file.
pub async fn look(reader: Reader, mut parts: Multipart) -> Response {
    let mut text = String::new();
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(broken) => return error::refusal(&reader, broken.status()),
        };
        match part.bytes().await {
            // A file comes before words; what is too long or no text is no record.
            Ok(bytes) if text.trim().is_empty() => text = readable(&bytes),
            Ok(_) => {}
            Err(broken) => return error::refusal(&reader, broken.status()),
        }
    }
    let Some(credentials) = reader.services.credentials.clone() else {
        return form_page(&reader, None, &text);
    };
    match credentials.check(&text) {
        Ok(standing) => form_page(&reader, Some(&standing), &text),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

fn readable(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|text| text.len() <= LONGEST);
    text.unwrap_or("?").to_owned()
}

fn form_page(reader: &Reader, standing: Option<&Standing>, text: &str) -> Response {
    let t = reader.texts();
    let head = Head::new(t.text("verify-title"), t.text("verify-lead"));
    page(reader, StatusCode::OK, &head, || {
        view! {
            <div class="container container--narrow record">
                {breadcrumb(reader, Vec::new(), (t.text("verify-title").to_owned(), None))}
                <h1>{t.text("verify-title")}</h1>
                <p class="page-head__lead">{t.text("verify-lead")}</p>
                {standing.map(|standing| said(reader, standing))}
                {form(reader, text)}
            </div>
        }
        .into_any()
    })
}

fn form(reader: &Reader, text: &str) -> AnyView {
    let t = reader.texts();
    if reader.services.credentials.is_none() {
        return view! { <p class="notice notice--warning">{t.text("record-not-here")}</p> }
            .into_any();
    }
    view! {
        <form class="form" method="post" action=reader.link("/verify") enctype="multipart/form-data">
            <div class="field">
                <label for="verify-file">{t.text("verify-file")}</label>
                <input id="verify-file" type="file" name="file" accept=".json,.jsonld,application/json,application/ld+json"/>
            </div>
            <div class="field">
                <label for="verify-text">{t.text("verify-text")}</label>
                <textarea id="verify-text" class="record__text" name="text" rows="8" spellcheck="false" autocomplete="off">{text.to_owned()}</textarea>
            </div>
            <p><button type="submit" class="button button--primary">{t.text("verify-look")}</button></p>
            <p class="field__hint">{t.text("verify-private")}</p>
        </form>
    }
    .into_any()
}

/// What it turned out to be, in words.
fn said(reader: &Reader, standing: &Standing) -> AnyView {
    let t = reader.texts();
    let (name, class, key) = match standing {
        Standing::Valid(_) => ("valid", "notice notice--success", "verify-valid"),
        Standing::Expired(_) => ("expired", "notice notice--warning", "verify-expired"),
        Standing::Altered => ("altered", "notice notice--danger", "verify-altered"),
        Standing::Unknown {
            signed: Some(true), ..
        } => ("unknown", "notice notice--warning", "verify-unknown-signed"),
        Standing::Unknown {
            signed: Some(false),
            ..
        } => ("unknown", "notice notice--danger", "verify-unknown-altered"),
        Standing::Unknown { signed: None, .. } => {
            ("unknown", "notice notice--warning", "verify-unknown")
        }
        Standing::OtherProof => ("other", "notice notice--warning", "verify-other"),
        Standing::Unreadable => ("unreadable", "notice notice--danger", "verify-unreadable"),
    };
    let more = match standing {
        Standing::Valid(shown) | Standing::Expired(shown) => facts(reader, shown),
        Standing::Unknown { issuer, .. } => {
            let words = t.fill("verify-issuer", &[("issuer", issuer.as_str().into())]);
            view! { <p class="record__issuer">{words}</p> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class=class role="status" data-standing=name>
            <p class="notice__title">{t.text(key)}</p>
            {more}
        </div>
    }
    .into_any()
}

fn facts(reader: &Reader, shown: &Shown) -> AnyView {
    let t = reader.texts();
    let learner = match shown.learner.as_str() {
        "" => t.text("verify-nobody"),
        name => name,
    };
    let date = |iso: &str| wording::date(reader.language, iso);
    let mut facts = vec![
        ("verify-fact-name", shown.name.clone()),
        ("verify-fact-learner", learner.to_owned()),
        ("verify-fact-from", date(&shown.from)),
    ];
    if let Some((right, asked)) = &shown.score {
        facts.push(("verify-fact-score", format!("{right}/{asked}")));
    }
    if !shown.until.is_empty() {
        facts.push(("verify-fact-until", date(&shown.until)));
    }
    facts.push(("verify-fact-attests", shown.attests.clone()));
    let fact =
        |(key, value): (&'static str, String)| view! { <dt>{t.text(key)}</dt> <dd>{value}</dd> };
    view! { <dl class="record__facts">{facts.into_iter().map(fact).collect_view()}</dl> }.into_any()
}
