//! The form that describes a lesson.

use khue_content::vocabulary::Concept;
use leptos::prelude::*;

use super::describe::{DEVICES, Description};
use super::draft::escaped;
use crate::Language;
use crate::components::{label, narrower, notation};
use crate::reader::Reader;

/// The form, with what has been filled in.
pub fn form(reader: &Reader, given: &Description) -> AnyView {
    let t = reader.texts();
    view! {
        <form class="form guidance__form" method="post" action=reader.link("/guidance")>
            {line(reader, given, "name", true)}
            <div class="guidance__pair">
                {choice(reader, given, "about", subjects(reader))}
                {choice(reader, given, "level", levels(reader))}
            </div>
            <div class="guidance__pair">
                {line(reader, given, "age", false)}
                {line(reader, given, "textbook", false)}
            </div>
            {area(reader, given, "teaches", 4)}
            {area(reader, given, "text", 10)}
            <div class="guidance__pair">
                {choice(reader, given, "devices", devices(reader))}
                {choice(reader, given, "in", languages())}
            </div>
            {line(reader, given, "tools", false)}
            <p class="field__hint">{t.text("guidance-form-private")}</p>
            <p><button class="button button--primary" type="submit">{t.text("guidance-form-send")}</button></p>
        </form>
    }
    .into_any()
}

/// A field with its label and hint; `control` takes the id of what describes it.
fn field(
    reader: &Reader,
    name: &'static str,
    control: impl FnOnce(Option<String>) -> AnyView,
) -> AnyView {
    let t = reader.texts();
    let label = t.find(&format!("guidance-form-{name}")).unwrap_or_default();
    let hint = t.find(&format!("guidance-form-{name}-hint"));
    let hint_id = format!("hint-{name}");
    let control = control(hint.map(|_| hint_id.clone()));
    view! {
        <div class="field">
            <label for=name>{label.to_owned()}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {control}
        </div>
    }
    .into_any()
}

fn line(reader: &Reader, given: &Description, name: &'static str, required: bool) -> AnyView {
    let value = given.get(name).to_owned();
    let control = |described| {
        view! {
            <input type="text" id=name name=name value=value maxlength="300" required=required
                aria-describedby=described autocomplete="off"/>
        }
        .into_any()
    };
    field(reader, name, control)
}

fn area(reader: &Reader, given: &Description, name: &'static str, rows: u8) -> AnyView {
    let text = escaped(given.get(name));
    let control = |described| {
        view! { <textarea id=name name=name rows=rows aria-describedby=described>{text}</textarea> }
            .into_any()
    };
    field(reader, name, control)
}

fn choice(
    reader: &Reader,
    given: &Description,
    name: &'static str,
    options: Vec<(String, String)>,
) -> AnyView {
    let own = if name == "in" { reader.code() } else { "" };
    let chosen = Some(given.get(name)).filter(|value| !value.is_empty());
    let chosen = chosen.unwrap_or(own).to_owned();
    let option = |(value, label): (String, String)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{label}</option> }
    };
    let open = reader.texts().text("guidance-form-open");
    let control = |described| {
        view! {
            <select id=name name=name aria-describedby=described>
                <option value="">{open}</option>
                {options.into_iter().map(option).collect_view()}
            </select>
        }
        .into_any()
    };
    field(reader, name, control)
}

/// Subjects of school, then the fields of higher education.
fn subjects(reader: &Reader) -> Vec<(String, String)> {
    let groups = narrower("about", None);
    let all = groups
        .into_iter()
        .flat_map(|group| narrower("about", Some(&group.id)));
    all.map(|concept| named(reader, concept)).collect()
}

fn levels(reader: &Reader) -> Vec<(String, String)> {
    let stages = narrower("educationalLevel", None);
    let with_grades = stages.into_iter().flat_map(|stage| {
        let grades = narrower("educationalLevel", Some(&stage.id));
        if grades.is_empty() {
            vec![stage]
        } else {
            grades
        }
    });
    with_grades.map(|concept| named(reader, concept)).collect()
}

fn named(reader: &Reader, concept: &'static Concept) -> (String, String) {
    (notation(concept).to_owned(), label(reader, &concept.id))
}

fn devices(reader: &Reader) -> Vec<(String, String)> {
    let t = reader.texts();
    let named = |value: &str| {
        let label = t
            .find(&format!("guidance-devices-{value}"))
            .unwrap_or_default();
        (value.to_owned(), label.to_owned())
    };
    DEVICES.map(named).into()
}

fn languages() -> Vec<(String, String)> {
    let named = |language: Language| (language.code().to_owned(), language.own_name().to_owned());
    Language::ALL.map(named).into()
}
