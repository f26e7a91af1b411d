//! The page: one's rating, the form for a comment, and how one's comments stand.

use axum::http::StatusCode;
use axum::response::Response;
use khue_content::community::{
    COMMENT_LENGTH, Choice, CommentKind, CommentState, Moderation, choice, hiding_reasons, ratings,
};
use leptos::prelude::*;

use super::{Asked, Typed, comments_path};
use crate::community::CommentView;
use crate::components::breadcrumb;
use crate::pages::account::personal_page;
use crate::pages::guidance::escaped;
use crate::pages::resource::{rating_counts, said};
use crate::reader::{Reader, resource_path};

/// The page.
pub(super) fn own_page(asked: &Asked, status: StatusCode, typed: Typed<'_>) -> Response {
    let reader = &asked.reader;
    let t = reader.texts();
    let action = reader.link(&comments_path(&asked.id));
    let title = t.fill("voices-page-title", &[("name", asked.name.as_str().into())]);
    personal_page(reader, status, &title, || {
        let way = vec![(resource_path(&asked.id), asked.name.clone(), None)];
        let form = write_form(asked, &action, &typed);
        view! {
            <div class="container container--narrow submissions">
                {breadcrumb(reader, way, (t.text("voices-title").to_owned(), None))}
                <h1>{title.clone()}</h1>
                {typed.notice}
                <h2 id="rate">{t.text("voices-rate")}</h2>
                <p class="field__hint">{t.text("voices-rate-hint")}</p>
                {rate_form(asked, &action)}
                {rating_counts(reader, &asked.voices.ratings)}
                {form}
                {own_comments(asked, &action)}
            </div>
        }
        .into_any()
    })
}

/// A button for each row of the list; the chosen one is pressed.
fn rate_form(asked: &Asked, action: &str) -> AnyView {
    let chosen = asked.own.rating.as_deref();
    let button = |row: &Choice| {
        let own = chosen == Some(row.key.as_str());
        let class = if own {
            "button button--primary"
        } else {
            "button"
        };
        let label = row.label(asked.reader.code()).to_owned();
        view! { <button class=class type="submit" name="do" value=format!("rate-{}", row.key) aria-pressed=own.to_string()>{label}</button> }
    };
    let none = chosen.map(|_| {
        view! { <button class="button button--quiet" type="submit" name="do" value="unrate">{asked.reader.texts().text("voices-unrate")}</button> }
    });
    view! {
        <form method="post" action=action.to_owned() aria-labelledby="rate">
            <div class="desk__buttons">{ratings().iter().map(button).collect_view()} {none}</div>
        </form>
    }
    .into_any()
}

fn write_form(asked: &Asked, action: &str, typed: &Typed<'_>) -> AnyView {
    let t = asked.reader.texts();
    let question = asked.question(typed.answer);
    let answers = question.map(|one| {
        view! {
            <blockquote class="voices__quote">{said(&asked.reader, one)}</blockquote>
            <input type="hidden" name="answer" value=one.id.to_string()/>
        }
    });
    let kinds = question
        .is_none()
        .then(|| kind_field(&asked.reader, typed.kind));
    let (title, label) = match question {
        Some(_) => (t.text("voices-write-answer"), t.text("voices-words-answer")),
        None => (t.text("voices-write"), t.text("voices-words")),
    };
    let moderation = match asked.own.moderation {
        Moderation::Before => t.text("voices-before"),
        Moderation::After => t.text("voices-after"),
    };
    let limits = t.fill("voices-words-hint", &[("count", COMMENT_LENGTH.into())]);
    view! {
        <h2 id="write">{title}</h2>
        <form class="form" method="post" action=action.to_owned() aria-labelledby="write">
            {answers} {kinds}
            <div class="field"><label for="words">{label}</label>
                <p class="field__hint" id="words-hint">{limits} " " {t.text("voices-named")} " " {moderation}</p>
                <textarea id="words" name="words" rows="5" maxlength=COMMENT_LENGTH.to_string() aria-describedby="words-hint">{escaped(typed.words)}</textarea></div>
            <p><button class="button button--primary" type="submit" name="do" value="comment">{t.text("voices-send")}</button></p>
        </form>
    }
    .into_any()
}

fn kind_field(reader: &Reader, chosen: &str) -> AnyView {
    let t = reader.texts();
    let asks = chosen == CommentKind::Question.name();
    let option = |kind: CommentKind, text: &'static str, checked: bool| {
        let id = format!("kind-{}", kind.name());
        view! { <p class="field__choice"><input type="radio" id=id.clone() name="kind" value=kind.name() checked=checked/> <label for=id>{text}</label></p> }
    };
    view! {
        <fieldset class="field"><legend>{t.text("voices-kind")}</legend>
            {option(CommentKind::Comment, t.text("voices-kind-comment"), !asks)}
            {option(CommentKind::Question, t.text("voices-kind-question"), asks)}
        </fieldset>
    }
    .into_any()
}

/// How one's comments stand.
fn own_comments(asked: &Asked, action: &str) -> Option<AnyView> {
    let t = asked.reader.texts();
    let entries = asked.own.comments.iter().map(|one| own_comment(asked, one));
    (!asked.own.comments.is_empty()).then(|| {
        view! {
            <h2 id="own">{t.text("voices-own")}</h2>
            <form method="post" action=action.to_owned() aria-labelledby="own"><ol class="thread">{entries.collect_view()}</ol></form>
        }
        .into_any()
    })
}

fn own_comment(asked: &Asked, one: &CommentView) -> AnyView {
    let reader = &asked.reader;
    let t = reader.texts();
    let reason =
        choice(hiding_reasons(), &one.reason).map(|row| row.label(reader.code()).to_owned());
    let why = (one.state == CommentState::Hidden).then(|| {
        view! { <p class="thread__reason">{reason}</p> <p class="thread__words">{one.note.clone()}</p> }
    });
    view! {
        <li class="thread__entry">
            <p>{state_badge(reader, one.state)}</p>
            {said(reader, one)} {why}
            <p><button class="button button--small" type="submit" name="do" value=format!("take-back-{}", one.id)>{t.text("voices-take-back")}</button></p>
        </li>
    }
    .into_any()
}

/// A state as a badge.
pub fn state_badge(reader: &Reader, state: CommentState) -> AnyView {
    let t = reader.texts();
    let (class, words) = match state {
        CommentState::Waiting => ("badge badge--warning", t.text("voices-state-waiting")),
        CommentState::Visible => ("badge badge--level", t.text("voices-state-visible")),
        CommentState::Hidden => ("badge badge--new", t.text("voices-state-hidden")),
        CommentState::Withdrawn => ("badge", t.text("voices-state-withdrawn")),
    };
    view! { <span class=class>{words}</span> }.into_any()
}
