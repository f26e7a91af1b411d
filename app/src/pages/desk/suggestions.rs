//! What the model suggests for a file: each with how sure it is and what speaks for it, decided with one key.

use khue_content::vocabulary::scheme;
use khue_content::{Evidence, Kind, PROPERTIES, Suggestion};
use leptos::prelude::*;

use super::decision::key_mark;
use crate::components::label;
use crate::pages::account::{Fields, value};
use crate::pages::submission::property_name;
use crate::reader::Reader;
use crate::submissions::{Fate, SubmissionView, Suggested, SuggestionView, Verdict};
use crate::wording;

/// Most names that are offered while somebody types another value.
const OFFERED: usize = 250;
/// Most pieces of evidence that are shown.
const EVIDENCE: usize = 2;

/// What a button of this part asks for: the number of the suggestion and the verdict.
pub fn verdict(form: &Fields, pressed: &str) -> Option<(i64, Verdict)> {
    let (verb, number) = pressed.strip_prefix("suggestion-")?.split_once('-')?;
    let verdict = match verb {
        "accept" => Verdict::Accept,
        "decline" => Verdict::Decline,
        "edit" => Verdict::Edit(value(form, "value").to_owned()),
        _ => return None,
    };
    Some((number.parse().ok()?, verdict))
}

/// The suggestions; nothing for those who do not appraise.
pub fn suggestions(reader: &Reader, view: &SubmissionView, action: &str) -> Option<AnyView> {
    let t = reader.texts();
    let suggested = view.suggested.as_ref()?;
    let (open, decided): (Vec<_>, Vec<_>) = suggested
        .all
        .iter()
        .partition(|one| one.fate == Fate::Offered);
    let decidable = view.summary.state.is_waiting();
    let none = (open.is_empty() && suggested.read).then(|| {
        let key = if decided.is_empty() {
            "tags-none"
        } else {
            "tags-all-decided"
        };
        view! { <p class="field__hint">{t.text(key)}</p> }
    });
    let cards = open
        .iter()
        .enumerate()
        .filter(|_| decidable)
        .map(|(place, one)| card(reader, view.edition, one, action, place == 0));
    Some(
        view! {
            <section class="tags" aria-labelledby="desk-tags">
                <h2 id="desk-tags">{t.text("tags-title")}</h2>
                {source(reader, suggested)}
                {none}
                <ul class="tags__list">{cards.collect_view()}</ul>
                {settled(reader, &decided)}
            </section>
        }
        .into_any(),
    )
}

/// What has read the file, or that nothing has yet.
fn source(reader: &Reader, suggested: &Suggested) -> AnyView {
    let t = reader.texts();
    let words = match (suggested.read, suggested.model.as_str()) {
        (false, _) => t.text("tags-unread").to_owned(),
        (true, "") => t.text("tags-no-model").to_owned(),
        (true, model) => t.fill("tags-model", &[("model", model.into())]),
    };
    view! { <p class="field__hint">{words}</p> }.into_any()
}

/// The words for a suggested value.
pub fn value_name(reader: &Reader, property: &str, value: &str) -> String {
    match property {
        "inLanguage" => wording::language_name(reader.language, value),
        _ => label(reader, value),
    }
}

fn card(reader: &Reader, edition: i64, one: &SuggestionView, action: &str, first: bool) -> AnyView {
    let t = reader.texts();
    let Suggestion {
        property,
        value,
        confidence,
        evidence,
        ..
    } = &one.suggestion;
    let name = value_name(reader, property, value);
    let sure = t.fill(
        "tags-sure",
        &[("percent", ((confidence * 100.0).round() as i64).into())],
    );
    let button = |verb: &str, key: &'static str, text: &'static str, class: &'static str| {
        let said = format!("{}: {name}", t.text(text));
        view! {
            <button class=class type="submit" name="do" value=format!("suggestion-{verb}-{}", one.id) aria-label=said
                data-key=first.then_some(key) data-now="" aria-keyshortcuts=first.then_some(key)>
                {t.text(text)} {first.then(|| key_mark(key))}
            </button>
        }
    };
    let said = evidence.iter().take(EVIDENCE).map(|one| said(reader, one));
    view! {
        <li class="tags__card">
            <p class="tags__head" tabindex="-1" data-first=first.then_some("")>
                <span class="tags__property">{property_name(reader, property)}</span> " " <strong>{name.clone()}</strong> " "
                <span class="tags__sure">{sure}</span>
            </p>
            <ul class="tags__evidence">{said.collect_view()}</ul>
            <form class="desk__buttons" method="post" action=action.to_owned()>
                <input type="hidden" name="edition" value=edition.to_string()/>
                {button("accept", "y", "tags-accept", "button button--small button--primary")}
                {button("decline", "n", "tags-decline", "button button--small")}
            </form>
            {another(reader, edition, one, action, first)}
        </li>
    }
    .into_any()
}

/// Another value in its place.
fn another(
    reader: &Reader,
    edition: i64,
    one: &SuggestionView,
    action: &str,
    first: bool,
) -> AnyView {
    let t = reader.texts();
    let (field, list) = (format!("value-{}", one.id), format!("values-{}", one.id));
    let names = names(reader, &one.suggestion.property);
    let listed = (!names.is_empty()).then(|| list.clone());
    let options = names
        .into_iter()
        .map(|name| view! { <option value=name></option> });
    view! {
        <details class="tags__edit">
            <summary>{t.text("tags-edit")} {first.then(|| key_mark("i"))}</summary>
            <form class="form" method="post" action=action.to_owned()>
                <input type="hidden" name="edition" value=edition.to_string()/>
                <label class="visually-hidden" for=field.clone()>{t.text("tags-value")}</label>
                <input type="text" id=field name="value" list=listed required=true maxlength="300" autocomplete="off"
                    value=value_name(reader, &one.suggestion.property, &one.suggestion.value)
                    data-key=first.then_some("i") aria-keyshortcuts=first.then_some("i")/>
                <datalist id=list>{options.collect_view()}</datalist>
                <button class="button button--small" type="submit" name="do" value=format!("suggestion-edit-{}", one.id)>{t.text("tags-put")}</button>
            </form>
        </details>
    }
    .into_any()
}

/// Names to choose from, where a property has few.
fn names(reader: &Reader, property: &str) -> Vec<String> {
    let row = PROPERTIES.iter().find(|row| row.name == property);
    let Some(Kind::Concept(name)) = row.map(|row| row.kind) else {
        return Vec::new();
    };
    let concepts = scheme(name).map(|scheme| scheme.concepts.as_slice());
    let concepts = concepts.unwrap_or_default();
    match concepts.len() > OFFERED {
        true => Vec::new(),
        false => concepts.iter().map(|own| label(reader, &own.id)).collect(),
    }
}

fn said(reader: &Reader, evidence: &Evidence) -> AnyView {
    let t = reader.texts();
    match evidence {
        Evidence::Similar { id, name } => {
            view! { <li>{t.text("tags-similar")} " " <a href=reader.resource_link(id)>{name.clone()}</a></li> }
                .into_any()
        }
        other => view! { <li><q>{other.text().to_owned()}</q></li> }.into_any(),
    }
}

/// What was decided before.
fn settled(reader: &Reader, decided: &[&SuggestionView]) -> Option<AnyView> {
    let t = reader.texts();
    if decided.is_empty() {
        return None;
    }
    let entry = |one: &&SuggestionView| {
        let property = &one.suggestion.property;
        let name = value_name(reader, property, &one.suggestion.value);
        let became = match &one.fate {
            Fate::Edited(given) => {
                let given = value_name(reader, property, given);
                t.fill("tags-was-edited", &[("value", given.into())])
            }
            Fate::Declined => t.text("tags-was-declined").to_owned(),
            _ => t.text("tags-was-accepted").to_owned(),
        };
        view! { <li>{property_name(reader, property)} ": " {name} " – " {became}</li> }
    };
    let count = t.fill("tags-decided", &[("count", decided.len().into())]);
    Some(
        view! {
            <details class="tags__settled"><summary>{count}</summary><ul>{decided.iter().map(entry).collect_view()}</ul></details>
        }
        .into_any(),
    )
}
