//! `/account`: a person's own page.

use axum::extract::Form;
use axum::response::Response;
use khue_content::account::{Action, Held, Role, has_email};
use leptos::prelude::*;

use super::entrance::{self, Shown};
use super::second_factor::begin_form;
use super::{
    Field, Fields, new_passphrase_field, on_to, or_unserved, own_passphrase_field, personal_page,
    provider, refusal, signed_in, status, value,
};
use crate::people::{Caller, Offer, Refused, SecondFactor, SessionView, Viewer};
use crate::providers::LinkedView;
use crate::reader::Reader;
use crate::services::ServiceError;
use crate::wording;

/// What the page shows.
struct Person {
    viewer: Viewer,
    sessions: Vec<SessionView>,
    offer: Option<Offer>,
    linked: Vec<LinkedView>,
    /// Which form was refused, and why.
    refused: Option<(&'static str, Refused)>,
    /// Recovery codes, shown once.
    codes: Vec<String>,
}

/// The person's page; for others the sign-in.
pub async fn show(caller: Caller) -> Response {
    match caller.half_signed_in().await {
        Ok(None) => {
            let next = caller.reader.link("/account");
            entrance::form_page(
                &caller.reader,
                &Shown {
                    next: &next,
                    ..Shown::default()
                },
            )
        }
        Ok(Some(_)) => match signed_in(&caller).await {
            Ok(viewer) => render(&caller, viewer, None, Vec::new()).await,
            Err(response) => response,
        },
        Err(failed) => or_unserved(&caller.reader, Err(failed)),
    }
}

/// Changes something about the account.
pub async fn change(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let viewer = match signed_in(&caller).await {
        Ok(viewer) => viewer,
        Err(response) => return response,
    };
    let reader = &caller.reader;
    let answer = match value(&fields, "do") {
        "end-others" => caller
            .people
            .end_sessions(&viewer, None)
            .await
            .map(|()| home(reader)),
        "passphrase" => return change_passphrase(&caller, viewer, &fields).await,
        "begin-factor" => return begin_factor(&caller, viewer, &fields).await,
        "drop-factor" => return drop_factor(&caller, viewer, &fields).await,
        other if other.starts_with("link-") || other.starts_with("unlink-") => {
            return change_identity(&caller, viewer, &fields, other).await;
        }
        other => match other.strip_prefix("end-").and_then(|id| id.parse().ok()) {
            Some(id) => caller
                .people
                .end_sessions(&viewer, Some(id))
                .await
                .map(|()| home(reader)),
            None => Ok(home(reader)),
        },
    };
    or_unserved(reader, answer)
}

async fn change_identity(
    caller: &Caller,
    viewer: Viewer,
    fields: &Fields,
    asked: &str,
) -> Response {
    let outcome = match asked.strip_prefix("link-") {
        Some(key) => {
            let passphrase = value(fields, "passphrase-link");
            provider::begin_link(caller, &viewer, key, passphrase).await
        }
        None => {
            let id = asked.trim_start_matches("unlink-").parse().unwrap_or(0);
            let done = provider::unlink(caller, &viewer, id).await;
            done.map(|()| on_to(&caller.reader.link("/account#identities")))
        }
    };
    match outcome {
        Ok(response) | Err(Err(response)) => response,
        Err(Ok(refused)) => render(caller, viewer, Some(("identity", refused)), Vec::new()).await,
    }
}

fn home(reader: &Reader) -> Response {
    on_to(&reader.link("/account"))
}

async fn change_passphrase(caller: &Caller, viewer: Viewer, fields: &Fields) -> Response {
    let (now, new) = (
        value(fields, "passphrase-old"),
        value(fields, "passphrase-new"),
    );
    let changed = caller
        .people
        .change_passphrase(&caller.visitor, &viewer, now, new)
        .await;
    settled(caller, viewer, "passphrase", changed).await
}

async fn drop_factor(caller: &Caller, viewer: Viewer, fields: &Fields) -> Response {
    let passphrase = value(fields, "passphrase-now");
    let dropped = caller
        .people
        .drop_second_factor(&caller.visitor, &viewer, passphrase)
        .await;
    settled(caller, viewer, "factor", dropped).await
}

async fn settled(
    caller: &Caller,
    viewer: Viewer,
    form: &'static str,
    outcome: Result<Result<(), Refused>, ServiceError>,
) -> Response {
    match outcome {
        Ok(Ok(())) => home(&caller.reader),
        Ok(Err(refused)) => render(caller, viewer, Some((form, refused)), Vec::new()).await,
        Err(failed) => or_unserved(&caller.reader, Err(failed)),
    }
}

async fn begin_factor(caller: &Caller, viewer: Viewer, fields: &Fields) -> Response {
    let (secret, code) = (value(fields, "secret"), value(fields, "code"));
    let passphrase = value(fields, "passphrase-now");
    let begun = caller
        .people
        .begin_second_factor(&caller.visitor, &viewer, secret, passphrase, code)
        .await;
    match begun {
        Ok(Ok((token, codes))) => {
            let viewer = match caller.people.viewer(&token).await {
                Ok(now) => now.unwrap_or(viewer),
                Err(failed) => return or_unserved(&caller.reader, Err(failed)),
            };
            let mut response = render(caller, viewer, None, codes).await;
            caller.keep(&mut response, Some(&token));
            response
        }
        Ok(Err(refused)) => render(caller, viewer, Some(("factor", refused)), Vec::new()).await,
        Err(failed) => or_unserved(&caller.reader, Err(failed)),
    }
}

async fn render(
    caller: &Caller,
    viewer: Viewer,
    refused: Option<(&'static str, Refused)>,
    codes: Vec<String>,
) -> Response {
    let loaded = load(caller, viewer, refused, codes).await;
    or_unserved(
        &caller.reader,
        loaded.map(|person| person_page(&caller.reader, &person)),
    )
}

async fn load(
    caller: &Caller,
    viewer: Viewer,
    refused: Option<(&'static str, Refused)>,
    codes: Vec<String>,
) -> Result<Person, ServiceError> {
    let sessions = caller.people.sessions(&viewer).await?;
    let linked = provider::linked(caller, &viewer).await?;
    let offer = match viewer.second_factor {
        SecondFactor::Off => Some(caller.people.offer_second_factor(&viewer).await?),
        _ => None,
    };
    Ok(Person {
        viewer,
        sessions,
        offer,
        linked,
        refused,
        codes,
    })
}

fn person_page(reader: &Reader, person: &Person) -> Response {
    let t = reader.texts();
    let code = status(person.refused.map(|(_, why)| why));
    let viewer = &person.viewer;
    personal_page(reader, code, t.text("account-title"), || {
        view! {
            <div class="container container--narrow entrance">
                <h1>{viewer.name.clone()}</h1>
                {has_email(&viewer.email).then(|| view! { <p class="page-head__lead">{viewer.email.clone()}</p> })}
                {codes(reader, &person.codes)}
                {viewer.has_waiting_role().then(|| view! { <p class="notice notice--warning" role="status">{t.text("account-factor-needed")}</p> })}
                {ways(reader, viewer)}
                {roles(reader, viewer)}
                {sessions(reader, person)}
                {provider::section(reader, viewer, &person.linked, of_form(person, "identity"))}
                {passphrase(reader, person)}
                {factor(reader, person)}
                <form class="entrance__out" method="post" action=reader.link("/sign-out")>
                    <button class="button" type="submit">{t.text("account-sign-out")}</button>
                </form>
            </div>
        }
        .into_any()
    })
}

/// What the person works with.
fn ways(reader: &Reader, viewer: &Viewer) -> AnyView {
    let t = reader.texts();
    let desk = viewer.actor.may_somewhere(Action::ReadSubmission);
    view! {
        <p class="submissions__ways">
            <a class="button button--primary" href=reader.link("/submissions")>{t.text("submissions-title")}</a>
            {desk.then(|| view! { <a class="button" href=reader.link("/desk")>{t.text("desk-title")}</a> })}
            <a class="button" href=reader.link("/account/mail")>{t.text("mail-settings")}</a>
        </p>
    }
    .into_any()
}

fn codes(reader: &Reader, codes: &[String]) -> Option<AnyView> {
    let t = reader.texts();
    let code = |code: &String| view! { <li><code>{code.clone()}</code></li> };
    (!codes.is_empty()).then(|| {
        view! {
            <div class="notice notice--success" role="status">
                <p class="notice__title">{t.text("account-codes")}</p>
                <p>{t.text("account-codes-keep")}</p>
                <ul class="entrance__codes">{codes.iter().map(code).collect_view()}</ul>
            </div>
        }
        .into_any()
    })
}

/// The name of a role.
pub fn role_name(reader: &Reader, role: Role) -> &'static str {
    let t = reader.texts();
    match role {
        Role::Learner => t.text("role-learner"),
        Role::Teacher => t.text("role-teacher"),
        Role::Curator => t.text("role-curator"),
        Role::Appraiser => t.text("role-appraiser"),
        Role::Administrator => t.text("role-administrator"),
    }
}

fn roles(reader: &Reader, viewer: &Viewer) -> AnyView {
    let t = reader.texts();
    let entry = |held: &Held| {
        let place = (!held.institution.is_empty()).then(|| format!(" ({})", held.institution));
        let waits = !viewer.actor.roles.contains(held);
        view! { <li>{role_name(reader, held.role)} {place} {waits.then(|| format!(" – {}", t.text("account-role-waits")))}</li> }
    };
    view! {
        <section class="section"><h2>{t.text("account-roles")}</h2>
            <ul class="entrance__list">{viewer.roles.iter().map(entry).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn sessions(reader: &Reader, person: &Person) -> AnyView {
    let t = reader.texts();
    let entry = |session: &SessionView| {
        let own = session.id == person.viewer.session;
        let seen = wording::date(reader.language, &session.seen_at);
        let end = format!("end-{}", session.id);
        let name = format!("{}: {}", t.text("account-session-end"), session.agent);
        let tail = match own {
            true => view! { <span class="badge badge--level">{t.text("account-session-this")}</span> }.into_any(),
            false => view! { <button class="button button--small" type="submit" name="do" value=end aria-label=name>{t.text("account-session-end")}</button> }.into_any(),
        };
        view! { <li><span>{session.agent.clone()} ", " {seen}</span> " " {tail}</li> }
    };
    view! {
        <section class="section"><h2>{t.text("account-sessions")}</h2>
            <form method="post" action=reader.link("/account")>
                <ul class="entrance__list entrance__sessions">{person.sessions.iter().map(entry).collect_view()}</ul>
                {(person.sessions.len() > 1).then(|| view! {
                    <button class="button" type="submit" name="do" value="end-others">{t.text("account-session-end-others")}</button>
                })}
            </form>
        </section>
    }
    .into_any()
}

fn of_form(person: &Person, form: &str) -> Option<Refused> {
    person
        .refused
        .filter(|(known, _)| *known == form)
        .map(|(_, why)| why)
}

fn passphrase(reader: &Reader, person: &Person) -> AnyView {
    let t = reader.texts();
    let refused = of_form(person, "passphrase");
    view! {
        <section class="section"><h2>{t.text("account-passphrase-change")}</h2>
            {refusal(reader, refused)}
            <form class="form" method="post" action=reader.link("/account")>
                {own_passphrase_field(reader, &person.viewer, "passphrase-old", refused)}
                {Field { label: "account-passphrase-new", ..new_passphrase_field("passphrase-new", refused) }.view(reader)}
                <p><button class="button" type="submit" name="do" value="passphrase">{t.text("account-passphrase-change")}</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn factor(reader: &Reader, person: &Person) -> AnyView {
    let t = reader.texts();
    let refused = of_form(person, "factor");
    let content = match (&person.offer, person.viewer.second_factor) {
        (Some(offer), _) => begin_form(reader, &person.viewer, offer, refused),
        (None, SecondFactor::Shown { recovery_codes }) => {
            let left = usize::try_from(recovery_codes).unwrap_or_default();
            view! {
                <p>{t.fill("account-factor-on", &[("count", left.into())])}</p>
                <form class="form" method="post" action=reader.link("/account")>
                    {own_passphrase_field(reader, &person.viewer, "passphrase-now", refused)}
                    <p><button class="button" type="submit" name="do" value="drop-factor">{t.text("account-factor-drop")}</button></p>
                </form>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <section class="section" id="second-factor"><h2>{t.text("account-factor")}</h2>
            {refusal(reader, refused)}
            {content}
        </section>
    }
    .into_any()
}
