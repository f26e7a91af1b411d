//! The fields, steps and buttons of the editor of a path.

use khue_content::path::{MINUTES, Path, Step};
use khue_content::search::Hit;
use leptos::prelude::*;

use super::own::edit_path;
use super::{extent, find, path_path};
use crate::components::{label, narrower, notation};
use crate::path_making::{PathVersion, PathView};
use crate::reader::Reader;
use crate::{Language, wording};

/// Fields of what is said of the whole path.
pub fn words_of(reader: &Reader, path: &Path) -> AnyView {
    let t = reader.texts();
    let stage = |uri: &str, code: &str| {
        view! { <option value=code.to_owned() selected=code == path.educational_level>{label(reader, uri)}</option> }
    };
    let stages = narrower("educationalLevel", None)
        .into_iter()
        .map(|concept| stage(&concept.id, notation(concept)));
    let language = |language: Language| {
        let code = language.code();
        view! { <option value=code selected=code == path.in_language>{wording::language_name(reader.language, code)}</option> }
    };
    let area = |name: &'static str,
                key: &'static str,
                hint: Option<&'static str>,
                words: String| {
        let described = hint.map(|_| format!("{name}-hint"));
        let hint = hint.map(
            |key| view! { <p class="field__hint" id=format!("{name}-hint")>{t.text(key)}</p> },
        );
        view! {
            <div class="field">
                <label for=name>{t.text(key)}</label>
                {hint}
                <textarea id=name name=name rows="3" maxlength="4000" aria-describedby=described>{words}</textarea>
            </div>
        }
    };
    view! {
        <div class="field">
            <label for="name">{t.text("path-name")}</label>
            <input id="name" name="name" maxlength="200" value=path.name.clone()/>
        </div>
        {area("description", "path-description", None, path.description.clone())}
        <div class="field">
            <label for="educationalLevel">{t.text("path-stage")}</label>
            <select id="educationalLevel" name="educationalLevel"><option value="">"–"</option>{stages.collect_view()}</select>
        </div>
        <div class="field">
            <label for="inLanguage">{t.text("property-inLanguage")}</label>
            <select id="inLanguage" name="inLanguage">{Language::ALL.map(language).into_iter().collect_view()}</select>
        </div>
        {area("teaches", "path-teaches", Some("path-one-a-line"), path.teaches.join("\n"))}
        {area("competencyRequired", "path-required", Some("path-one-a-line"), path.competency_required.join("\n"))}
        <p class="path-editor__check">
            <input type="checkbox" id="quiz" name="quiz" value="1" checked=!path.without_quiz/>
            <label for="quiz">{t.text("path-quiz")}</label>
        </p>
    }
    .into_any()
}

/// Its steps, each with its fields and buttons.
pub fn steps(reader: &Reader, path: &Path) -> AnyView {
    let t = reader.texts();
    let last = path.steps.len().saturating_sub(1);
    let entries = path
        .steps
        .iter()
        .enumerate()
        .map(|(at, one)| step(reader, at, last, one));
    let none = path
        .steps
        .is_empty()
        .then(|| view! { <p>{t.text("path-steps-none")}</p> });
    view! {
        <h2 id="steps">{t.text("path-way")}</h2>
        <p class="path__meta">{extent(reader, path)}</p>
        {none}
        <ol class="path-editor__steps">{entries.collect_view()}</ol>
    }
    .into_any()
}

fn step(reader: &Reader, at: usize, last: usize, step: &Step) -> AnyView {
    let t = reader.texts();
    let id = |name: &str| format!("{name}-{at}");
    let button = |what: &'static str, keys: [&'static str; 2], open: bool| {
        let label = t.fill(keys[1], &[("name", step.name.as_str().into())]);
        view! {
            <button class="button button--small" type="submit" name="do" value=format!("{what}:{at}") aria-label=label
                aria-disabled=(!open).then_some("true") formnovalidate=true>{t.text(keys[0])}</button>
        }
    };
    let field = |name: &'static str, key: &'static str, value: String| {
        view! {
            <div class="field">
                <label for=id(name)>{t.text(key)}</label>
                <input id=id(name) name=id(name) maxlength="300" value=value/>
            </div>
        }
    };
    view! {
        <li class="card" data-at=at.to_string()>
            <input type="hidden" name=id("resource") value=step.resource.clone()/>
            <p class="path-editor__name"><a href=reader.resource_link(&step.resource)>{step.name.clone()}</a></p>
            {field("description", "path-why", step.description.clone())}
            <div class="path-editor__row">
                <div class="field">
                    <label for=id("minutes")>{t.text("path-minutes")}</label>
                    <input id=id("minutes") name=id("minutes") type="number" min="1" max=MINUTES.to_string() value=step.time_required.to_string()/>
                </div>
                {field("section", "path-section", step.section.clone())}
                {field("choice", "path-branch", step.choice.clone())}
            </div>
            <p class="path-editor__check">
                <input type="checkbox" id=id("optional") name=id("optional") value="1" checked=step.optional/>
                <label for=id("optional")>{t.text("path-optional")}</label>
            </p>
            <p class="viewer__ways">
                {button("up", ["collection-up", "collection-up-label"], at > 0)}
                {button("down", ["collection-down", "collection-down-label"], at < last)}
                {button("remove", ["collection-remove", "collection-remove-label"], true)}
            </p>
        </li>
    }
    .into_any()
}

/// Where resources are looked up to be added.
pub fn finder(reader: &Reader, words: &str, hits: &[Hit]) -> AnyView {
    let t = reader.texts();
    view! {
        <fieldset class="field path-editor__finder">
            <legend>{t.text("path-add-title")}</legend>
            <div class="path-editor__row">
                <div class="field">
                    <label for="find">{t.text("path-find")}</label>
                    <input id="find" name="find" type="search" maxlength="200" autocomplete="off" value=words.to_owned()/>
                </div>
                <button class="button" type="submit" name="do" value="find" formnovalidate=true>{t.text("nav-search")}</button>
            </div>
            {find::found(reader, words, hits)}
        </fieldset>
    }
    .into_any()
}

/// What can be done with the whole.
pub fn buttons(reader: &Reader, view: &PathView) -> AnyView {
    let t = reader.texts();
    let button = |what: &'static str, key: &'static str, class: &'static str| {
        view! { <button class=format!("button {class}") type="submit" name="do" value=what formnovalidate=true>{t.text(key)}</button> }
    };
    let publish = view
        .may_publish
        .then(|| button("publish", "path-publish", "button--primary"));
    let withdraw = (view.may_publish && view.published)
        .then(|| button("withdraw", "path-withdraw", "button--quiet"));
    let delete = (!view.published && view.edition > 0)
        .then(|| button("delete", "path-delete", "button--quiet"));
    let preview = format!("{}?preview=1", edit_path(&view.path.id));
    let shown = view.published.then(|| view! { <a class="button button--quiet" href=reader.link(&path_path(&view.path.id))>{t.text("path-see")}</a> });
    view! {
        <p class="path__ways">
            {button("save", "path-save", "")} {publish}
            <a class="button" href=reader.link(&preview)>{t.text("path-preview")}</a>
            {shown} {withdraw} {delete}
        </p>
        {(!view.may_publish).then(|| view! { <p class="field__hint">{t.text("path-publish-who")}</p> })}
    }
    .into_any()
}

/// What was published, when and by whom.
pub fn versions(reader: &Reader, versions: &[PathVersion]) -> Option<AnyView> {
    if versions.is_empty() {
        return None;
    }
    let t = reader.texts();
    let entry = |version: &PathVersion| {
        let values = [
            ("number", version.number.into()),
            ("date", wording::date(reader.language, &version.at).into()),
            ("name", version.by.as_str().into()),
        ];
        view! { <li>{t.fill("path-version", &values)}</li> }
    };
    let entries = versions.iter().map(entry).collect_view();
    Some(view! { <h2>{t.text("path-versions")}</h2> <ul class="path-editor__versions">{entries}</ul> }.into_any())
}
