//! The fields of the form, drawn from the table of properties, each with what the checks say of it.

use khue_content::check::{Finding, Severity};
use khue_content::format::form::{TEXT_FIELD, asked, shown};
use khue_content::vocabulary::{Concept, scheme};
use khue_content::{Kind, LearningResource, Property};
use leptos::prelude::*;

use crate::components::label;
use crate::pages::guidance::escaped;
use crate::reader::Reader;
use crate::submissions::SubmissionView;
use crate::texts::finding;
use crate::wording;

/// Languages that are offered beside those that are there.
const LANGUAGES: &[&str] = &[
    "vi", "en", "fr", "km", "zh", "ja", "ko", "de", "es", "ru", "lo", "th", "hmn", "jra", "rad",
    "cjm",
];

/// All fields: what publishing waits for first, the text, then the rest.
pub fn fields(reader: &Reader, view: &SubmissionView) -> AnyView {
    let t = reader.texts();
    let one = |property: &'static Property| field(reader, view, property);
    let (first, rest): (Vec<_>, Vec<_>) = asked().partition(|property| property.required);
    view! {
        {first.into_iter().map(one).collect_view()}
        {text(reader, view)}
        <details class="submission__more">
            <summary>{t.text("submission-more")}</summary>
            <div class="submission__fields">{rest.into_iter().map(one).collect_view()}</div>
        </details>
    }
    .into_any()
}

/// The name of a property, in the reader's language.
pub fn property_name(reader: &Reader, name: &str) -> &'static str {
    let t = reader.texts();
    t.find(&format!("field-{name}")).unwrap_or_default()
}

fn field(reader: &Reader, view: &SubmissionView, property: &'static Property) -> AnyView {
    let values = shown(&view.record, property);
    match property.kind {
        Kind::Concept(name) => choice(reader, view, property, &values, options(reader, name)),
        Kind::Language => choice(reader, view, property, &values, languages(reader, &values)),
        Kind::Flag => choice(reader, view, property, &values, flags(reader)),
        _ => lines(reader, view, property, &values),
    }
}

/// What the checks say of a field, with the id that the field is described by.
fn findings(
    reader: &Reader,
    view: &SubmissionView,
    name: &str,
) -> (Option<String>, Option<AnyView>) {
    let own: Vec<&Finding> = view
        .findings
        .iter()
        .filter(|found| found.property == name)
        .collect();
    if own.is_empty() {
        return (None, None);
    }
    let id = format!("{name}-found");
    let entry = |found: &&Finding| {
        let class = if found.severity == Severity::Error {
            "field__error"
        } else {
            "field__hint"
        };
        view! { <li class=class>{finding(reader.language, found)}</li> }
    };
    let list = view! { <ul class="submission__found" id=id.clone()>{own.iter().map(entry).collect_view()}</ul> };
    (Some(id), Some(list.into_any()))
}

fn hint(reader: &Reader, property: &Property) -> (Option<String>, Option<AnyView>) {
    let t = reader.texts();
    let words = match property.kind {
        Kind::Agent => t.text("hint-agent"),
        Kind::Link => t.text("hint-link"),
        Kind::Duration => t.text("hint-duration"),
        Kind::Date => t.text("hint-date"),
        _ if property.many => t.text("hint-lines"),
        _ => return (None, None),
    };
    let id = format!("{}-hint", property.name);
    let view = view! { <p class="field__hint" id=id.clone()>{words}</p> };
    (Some(id), Some(view.into_any()))
}

fn described(parts: [Option<String>; 2]) -> Option<String> {
    let ids: Vec<String> = parts.into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn lines(
    reader: &Reader,
    view: &SubmissionView,
    property: &'static Property,
    values: &[String],
) -> AnyView {
    let name = property.name;
    let (found_id, found) = findings(reader, view, name);
    let (hint_id, hint) = hint(reader, property);
    let described = described([hint_id, found_id]);
    let long = property.many || property.kind == Kind::LongText;
    let control = if long {
        let one_line = |value: &String| {
            if property.many {
                value.replace('\n', " ")
            } else {
                value.clone()
            }
        };
        let text = escaped(&values.iter().map(one_line).collect::<Vec<_>>().join("\n"));
        let rows = if property.kind == Kind::LongText {
            "4"
        } else {
            "2"
        };
        view! { <textarea id=name name=name rows=rows aria-describedby=described>{text}</textarea> }
            .into_any()
    } else {
        let value = values.first().cloned().unwrap_or_default();
        view! { <input type="text" id=name name=name value=value maxlength="2000" autocomplete="off" aria-describedby=described/> }.into_any()
    };
    view! {
        <div class="field">
            <label for=name>{property_name(reader, name)}</label>
            {hint}{control}{found}
        </div>
    }
    .into_any()
}

/// Options of a field: value, words, depth.
type Options = Vec<(String, String, usize)>;

/// One value from a list; where there may be several, those that are chosen are ticked and another can be added.
fn choice(
    reader: &Reader,
    view: &SubmissionView,
    property: &'static Property,
    values: &[String],
    options: Options,
) -> AnyView {
    let t = reader.texts();
    let name = property.name;
    let (found_id, found) = findings(reader, view, name);
    let chosen = |value: &String| !property.many && values.contains(value);
    let option = |(value, words, depth): &(String, String, usize)| {
        view! { <option value=value.clone() selected=chosen(value)>{format!("{}{words}", "\u{2003}".repeat(*depth))}</option> }
    };
    let ticked = |(place, value): (usize, &String)| {
        let id = format!("{name}-{place}");
        let words = options
            .iter()
            .find(|(known, ..)| known == value)
            .map_or_else(|| label(reader, value), |(_, words, _)| words.clone());
        view! {
            <li class="field__choice"><input type="checkbox" id=id.clone() name=name value=value.clone() checked=true/> <label for=id>{words}</label></li>
        }
    };
    let first = if property.many {
        t.text("submission-add")
    } else {
        t.text("submission-choose")
    };
    view! {
        <div class="field">
            <label for=name>{property_name(reader, name)}</label>
            {property.many.then(|| view! { <ul class="submission__chosen">{values.iter().enumerate().map(ticked).collect_view()}</ul> })}
            <select id=name name=name aria-describedby=found_id>
                <option value="">{first}</option>
                {options.iter().map(option).collect_view()}
            </select>
            {found}
        </div>
    }
    .into_any()
}

fn options(reader: &Reader, name: &str) -> Options {
    let Some(scheme) = scheme(name) else {
        return Vec::new();
    };
    let depth = |concept: &Concept| depth_of(concept, 0);
    let option = |concept: &Concept| {
        (
            concept.id.clone(),
            label(reader, &concept.id),
            depth(concept),
        )
    };
    scheme.concepts.iter().map(option).collect()
}

fn depth_of(concept: &Concept, steps: usize) -> usize {
    let wider = concept
        .broader
        .first()
        .and_then(|uri| khue_content::vocabulary::concept(uri));
    match wider {
        Some(wider) if steps < 6 => depth_of(wider, steps + 1),
        _ => steps,
    }
}

fn languages(reader: &Reader, values: &[String]) -> Options {
    let mut codes: Vec<&str> = LANGUAGES.to_vec();
    codes.extend(
        values
            .iter()
            .map(String::as_str)
            .filter(|code| !LANGUAGES.contains(code)),
    );
    codes
        .into_iter()
        .map(|code| {
            (
                code.to_owned(),
                wording::language_name(reader.language, code),
                0,
            )
        })
        .collect()
}

fn flags(reader: &Reader) -> Options {
    let t = reader.texts();
    vec![
        ("true".into(), t.text("flag-yes").into(), 0),
        ("false".into(), t.text("flag-no").into(), 0),
    ]
}

/// The text in Markdown.
fn text(reader: &Reader, view: &SubmissionView) -> AnyView {
    let t = reader.texts();
    let record: &LearningResource = &view.record;
    let body = record.body.as_ref().map_or("", |body| body.text.as_str());
    let (found_id, found) = findings(reader, view, "body");
    let described = described([Some("text-hint".to_owned()), found_id]);
    view! {
        <div class="field">
            <label for=TEXT_FIELD>{t.text("submission-text")}</label>
            <p class="field__hint" id="text-hint">{t.text("submission-text-hint")}</p>
            <textarea class="submission__text" id=TEXT_FIELD name=TEXT_FIELD rows="16" aria-describedby=described>{escaped(body)}</textarea>
            {found}
        </div>
    }
    .into_any()
}
