//! `/desk/figures`: how the desk and its suggestions fare, for administrators.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::mailing::MailFigures;
use crate::pages::account::personal_page;
use crate::pages::error;
use crate::pages::guidance::sent_path;
use crate::pages::submission::{asked, property_name};
use crate::people::Caller;
use crate::reader::Reader;
use crate::signing::TapCounts;
use crate::submissions::Rate;

/// The figures; for others there is no such page.
pub async fn show_figures(caller: Caller) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let reader = &asked.caller.reader;
    let taps = match &reader.services.signing {
        Some(signing) => signing.taps(&asked.viewer).await,
        None => Ok(Ok(Vec::new())),
    };
    let mail = match &reader.services.mailing {
        Some(mailing) if mailing.is_on() => mailing.figures(&asked.viewer).await,
        _ => Ok(None),
    };
    let mail = match mail {
        Ok(mail) => mail,
        Err(failed) => return asked.unserved(&failed),
    };
    match (asked.submissions.rates(&asked.viewer).await, taps) {
        (Ok(Ok(rates)), Ok(Ok(taps))) => figures_page(reader, &rates, &taps, mail),
        (Ok(_), Ok(_)) => error::not_found(reader),
        (Err(failed), _) | (_, Err(failed)) => asked.unserved(&failed),
    }
}

fn figures_page(
    reader: &Reader,
    rates: &[Rate],
    taps: &[TapCounts],
    mail: Option<MailFigures>,
) -> Response {
    let t = reader.texts();
    personal_page(reader, StatusCode::OK, t.text("figures-title"), || {
        view! {
            <div class="container figures">
                <h1>{t.text("figures-title")}</h1>
                <h2>{t.text("figures-tags")}</h2>
                <p>{t.text("figures-tags-lead")}</p>
                {match rates {
                    [] => view! { <p>{t.text("figures-none")}</p> }.into_any(),
                    rates => table(reader, rates),
                }}
                <h2>{t.text("figures-guidance")}</h2>
                <p>{t.text("figures-guidance-lead")}</p>
                {match taps {
                    [] => view! { <p>{t.text("figures-no-taps")}</p> }.into_any(),
                    taps => taps_table(reader, taps),
                }}
                <h2>{t.text("mail-figures")}</h2>
                <p>{mail_words(reader, mail)}</p>
            </div>
        }
        .into_any()
    })
}

/// How mail fares, or that none is sent.
fn mail_words(reader: &Reader, mail: Option<MailFigures>) -> String {
    let t = reader.texts();
    let Some(mail) = mail else {
        return t.text("mail-off").to_owned();
    };
    let counts = [
        ("waiting", mail.waiting.into()),
        ("sent", mail.sent.into()),
        ("failed", mail.failed.into()),
    ];
    t.fill("mail-figures-on", &counts)
}

fn table(reader: &Reader, rates: &[Rate]) -> AnyView {
    let t = reader.texts();
    let columns = [
        "property", "model", "accepted", "edited", "declined", "offered", "share",
    ];
    let heads = columns.map(|name| view! { <th scope="col">{named(reader, name)}</th> });
    let row = |rate: &Rate| {
        let decided = rate.accepted + rate.edited + rate.declined;
        let share = (decided > 0).then(|| format!("{} %", rate.accepted * 100 / decided));
        let counts = [rate.accepted, rate.edited, rate.declined, rate.offered];
        view! {
            <tr>
                <th scope="row">{property_name(reader, &rate.property)}</th>
                <td><code>{rate.model.clone()}</code></td>
                {counts.map(|count| view! { <td class="figures__number">{count}</td> }).collect_view()}
                <td class="figures__number">{share.unwrap_or_else(|| "–".to_owned())}</td>
            </tr>
        }
    };
    view! {
        <div class="figures__scroll" tabindex="0" role="region" aria-label=t.text("figures-tags")>
            <table class="figures__table">
                <thead><tr>{heads.collect_view()}</tr></thead>
                <tbody>{rates.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What readers said of signed guidance, what looks worst first.
fn taps_table(reader: &Reader, taps: &[TapCounts]) -> AnyView {
    let t = reader.texts();
    let columns = ["tap-helped", "tap-wrong", "tap-unsafe"];
    let heads =
        columns.map(|name| view! { <th scope="col">{t.find(name).unwrap_or_default()}</th> });
    let row = |one: &TapCounts| {
        let address = reader.link(&sent_path(one.id));
        view! {
            <tr>
                <th scope="row"><a href=address>{one.resource.clone()}</a></th>
                {one.counts.map(|count| view! { <td class="figures__number">{count}</td> }).collect_view()}
            </tr>
        }
    };
    view! {
        <div class="figures__scroll" tabindex="0" role="region" aria-label=t.text("figures-guidance")>
            <table class="figures__table">
                <thead><tr><th scope="col">{t.text("figures-resource")}</th>{heads.collect_view()}</tr></thead>
                <tbody>{taps.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn named(reader: &Reader, column: &str) -> &'static str {
    reader
        .texts()
        .find(&format!("figures-{column}"))
        .unwrap_or_default()
}
