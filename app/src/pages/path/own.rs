//! `/paths/own`: the paths that somebody makes, and how a new one begins: empty, or proposed.

use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::Response;
use khue_content::account::Action;
use khue_content::path::Path;
use leptos::prelude::*;
use std::sync::Arc;

use super::{path_path, proposal};
use crate::pages::account::{Fields, on_to, personal_page, signed_in, value};
use crate::pages::error;
use crate::pages::submission::undone;
use crate::path_making::{PathMaking, PathSummary, PathView};
use crate::people::{Caller, Viewer};
use crate::reader::Reader;
use crate::wording;

/// Somebody who is signed in, and the making of paths.
pub struct Asked {
    caller: Caller,
    /// Who it is.
    pub viewer: Viewer,
    /// The making of paths.
    pub making: Arc<dyn PathMaking>,
}

/// Who asks; the answer for those who are not signed in.
pub async fn asked(caller: Caller) -> Result<Asked, Response> {
    let Some(making) = caller.reader.services.path_making.clone() else {
        return Err(error::not_found(&caller.reader));
    };
    let viewer = signed_in(&caller).await?;
    Ok(Asked {
        caller,
        viewer,
        making,
    })
}

impl Asked {
    /// The reader.
    pub fn reader(&self) -> &Reader {
        &self.caller.reader
    }

    /// A path that they may change; the page that there is none for everything else.
    pub async fn one(&self, id: &str) -> Result<PathView, Response> {
        match self.making.one(&self.viewer, id).await {
            Ok(Some(view)) => Ok(view),
            Ok(None) => Err(error::not_found(self.reader())),
            Err(failed) => Err(error::unserved(self.reader(), &failed)),
        }
    }

    fn may_make(&self) -> bool {
        let actor = &self.viewer.actor;
        actor.may(Action::MakePath, actor.account, actor.institution())
    }
}

/// The address of the editor of a path, without the language's prefix.
pub fn edit_path(id: &str) -> String {
    format!("{}/edit", path_path(id))
}

/// The list.
pub async fn show_own(caller: Caller) -> Response {
    match asked(caller).await {
        Ok(asked) => list_page(&asked, StatusCode::OK, None).await,
        Err(response) => response,
    }
}

/// Begins a path.
pub async fn create(caller: Caller, Form(fields): Form<Fields>) -> Response {
    let asked = match asked(caller).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let reader = asked.reader();
    let begun = match value(&fields, "do") {
        "propose" => match proposal::proposed(reader, &fields).await {
            Ok(path) => path,
            Err(failed) => return error::unserved(reader, &failed),
        },
        _ => Some(Path {
            name: value(&fields, "name").trim().to_owned(),
            in_language: reader.code().to_owned(),
            ..Path::default()
        }),
    };
    let Some(path) = begun.filter(|path| !path.name.is_empty()) else {
        let words = reader.texts().text("path-nothing-found");
        let notice =
            view! { <p class="notice notice--warning" role="alert">{words}</p> }.into_any();
        return list_page(&asked, StatusCode::UNPROCESSABLE_ENTITY, Some(notice)).await;
    };
    match asked.making.create(&asked.viewer, &path).await {
        Ok(Ok(id)) => {
            let told = if path.steps.is_empty() {
                ""
            } else {
                "?proposed=1"
            };
            on_to(&reader.link(&format!("{}{told}", edit_path(&id))))
        }
        Ok(Err(why)) => {
            let (status, notice) = undone(reader, why);
            list_page(&asked, status, Some(notice)).await
        }
        Err(failed) => error::unserved(reader, &failed),
    }
}

async fn list_page(asked: &Asked, status: StatusCode, notice: Option<AnyView>) -> Response {
    let reader = asked.reader();
    let own = match asked.making.own(&asked.viewer).await {
        Ok(own) => own,
        Err(failed) => return error::unserved(reader, &failed),
    };
    let t = reader.texts();
    personal_page(reader, status, t.text("paths-own"), || {
        let may_make = asked.may_make();
        let barred = (!may_make)
            .then(|| view! { <p class="notice notice--info">{t.text("paths-own-barred")}</p> });
        view! {
            <div class="container container--narrow path-editor">
                <h1>{t.text("paths-own")}</h1>
                {notice}
                {barred}
                {list(reader, &own)}
                {may_make.then(|| begin(reader))}
                {may_make.then(|| proposal::form(reader))}
            </div>
        }
        .into_any()
    })
}

fn list(reader: &Reader, own: &[PathSummary]) -> AnyView {
    let t = reader.texts();
    let state = |one: &PathSummary| match (one.published, one.differs) {
        (false, _) => t.text("path-draft"),
        (true, false) => t.text("path-published"),
        (true, true) => t.text("path-published-differs"),
    };
    let entry = |one: &PathSummary| {
        view! {
            <li>
                <a href=reader.link(&edit_path(&one.id)) lang=reader.foreign(&one.in_language)>{one.name.clone()}</a>
                <p class="path__meta">
                    <span class="badge">{state(one)}</span> " " <bdi>{one.maker.clone()}</bdi> " · " {wording::date(reader.language, &one.changed_at)}
                </p>
            </li>
        }
    };
    match own {
        [] => view! { <p>{t.text("paths-own-none")}</p> }.into_any(),
        own => view! { <ul class="path-editor__list">{own.iter().map(entry).collect_view()}</ul> }
            .into_any(),
    }
}

fn begin(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <form class="form" method="post" action=reader.link("/paths/own")>
            <h2>{t.text("path-new")}</h2>
            <div class="field">
                <label for="name">{t.text("path-name")}</label>
                <input id="name" name="name" required=true maxlength="200"/>
            </div>
            <p><button class="button button--primary" type="submit" name="do" value="create">{t.text("path-new-begin")}</button></p>
        </form>
    }
    .into_any()
}
