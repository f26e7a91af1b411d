//! What people say of a resource: ratings in numbers, comments, questions with their answers.

use khue_content::community::{CommentKind, choice, ratings};
use leptos::prelude::*;

use crate::community::{CommentView, Voices};
use crate::pages::community::{comments_path, kind_name};
use crate::pages::report::report_path;
use crate::reader::Reader;
use crate::wording;

/// The section; the same for everybody.
pub fn voices(reader: &Reader, resource: &str, voices: &Voices) -> AnyView {
    let t = reader.texts();
    let path = reader.link(&comments_path(resource));
    let report = reader.link(&report_path(resource));
    view! {
        <section class="section voices" aria-labelledby="voices">
            <h2 class="section__title" id="voices">{t.text("voices-title")}</h2>
            {counts(reader, &voices.ratings)}
            {thread(reader, resource, &voices.comments)}
            <p class="voices__ways"><a class="button" href=path rel="nofollow">{t.text("voices-join")}</a>
                <a href=report rel="nofollow">{t.text("report-link")}</a></p>
        </section>
    }
    .into_any()
}

/// Ratings that somebody chose, each with how many did.
pub fn counts(reader: &Reader, counts: &[(&'static str, i64)]) -> AnyView {
    let chosen: Vec<_> = counts.iter().filter(|(_, count)| *count > 0).collect();
    if chosen.is_empty() {
        return view! { <p class="field__hint">{reader.texts().text("voices-no-ratings")}</p> }
            .into_any();
    }
    let row = |(key, count): &(&'static str, i64)| {
        let label = choice(ratings(), key).map_or(*key, |row| row.label(reader.code()));
        let count = wording::number(reader.language, usize::try_from(*count).unwrap_or_default());
        view! { <li class="voices__count"><strong>{count}</strong> " " {label}</li> }
    };
    let rows = chosen.into_iter().map(row).collect_view();
    view! { <ul class="voices__counts">{rows}</ul> }.into_any()
}

/// Comments and questions, each question with its answers.
fn thread(reader: &Reader, resource: &str, comments: &[CommentView]) -> Option<AnyView> {
    let first = comments.iter().filter(|one| one.parent.is_none());
    let entries = first
        .map(|one| entry(reader, resource, one, comments))
        .collect_view();
    (!comments.is_empty()).then(|| view! { <ol class="thread">{entries}</ol> }.into_any())
}

fn entry(reader: &Reader, resource: &str, one: &CommentView, all: &[CommentView]) -> AnyView {
    let answers: Vec<AnyView> = all
        .iter()
        .filter(|other| other.parent == Some(one.id))
        .map(|answer| view! { <li class="thread__entry">{said(reader, answer)}</li> }.into_any())
        .collect();
    let answer = (one.kind == CommentKind::Question).then(|| {
        let path = format!("{}?answer={}#write", comments_path(resource), one.id);
        view! { <p><a href=reader.link(&path) rel="nofollow">{reader.texts().text("voices-answer")}</a></p> }
    });
    let answers = (!answers.is_empty())
        .then(|| view! { <ol class="thread voices__answers">{answers.collect_view()}</ol> });
    view! { <li class="thread__entry" id=format!("comment-{}", one.id)>{said(reader, one)} {answers} {answer}</li> }
        .into_any()
}

/// Who said something, when, and what.
pub fn said(reader: &Reader, one: &CommentView) -> AnyView {
    let name = match one.name.as_str() {
        "" => reader.texts().text("role-learner").to_owned(),
        name => name.to_owned(),
    };
    view! {
        <p class="thread__head"><strong><bdi>{name}</bdi></strong> " " {kind_name(reader, one.kind)} " "
            <span class="thread__time">{wording::date(reader.language, &one.at)}</span></p>
        <p class="thread__words" dir="auto">{one.words.clone()}</p>
    }
    .into_any()
}
