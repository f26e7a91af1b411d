//! The decision: rubric, reason, words, buttons.

use khue_content::review::{RUBRIC, Reasons, Transition};
use leptos::prelude::*;

use super::screen::Refused;
use crate::pages::account::{Fields, value};
use crate::pages::submission::{reason_name, rubric_name, step_name, submission_path};
use crate::reader::Reader;
use crate::submissions::SubmissionView;

/// The steps of the desk, in the order of their buttons, with the key that leads to each.
const STEPS: &[(&str, &str)] = &[
    ("take-on", "t"),
    ("accept", "a"),
    ("publish", "p"),
    ("request-changes", "r"),
    ("decline", "x"),
];

/// The form; nothing where there is nothing to decide.
pub fn decision(
    reader: &Reader,
    view: &SubmissionView,
    action: &str,
    refused: Option<&Refused<'_>>,
) -> Option<AnyView> {
    let t = reader.texts();
    let steps: Vec<(&Transition, &str)> = STEPS
        .iter()
        .filter_map(|(name, key)| Some((*view.steps.iter().find(|step| step.name == *name)?, *key)))
        .collect();
    if steps.is_empty() {
        return None;
    }
    let none = Fields::new();
    let sent = refused.map_or(&none, |refused| refused.form);
    let reasoned = steps
        .iter()
        .any(|(step, _)| step.reasons == Reasons::Material);
    let plain = steps
        .iter()
        .filter(|(step, _)| step.reasons == Reasons::None)
        .map(|(step, key)| button(reader, step, key));
    let rest = steps
        .iter()
        .filter(|(step, _)| step.reasons != Reasons::None)
        .map(|(step, key)| button(reader, step, key));
    Some(
        view! {
            <form class="form desk__decision" method="post" action=action.to_owned()>
                <input type="hidden" name="edition" value=view.edition.to_string()/>
                {reasoned.then(|| rubric(reader, sent))}
                <div class="desk__buttons">{plain.collect_view()}</div>
                {reasoned.then(|| reasons(reader, Reasons::Material, sent, "reason", "words"))}
                <div class="desk__buttons">{rest.collect_view()}</div>
                {reasoned.then(|| view! { <p class="field__hint">{t.text("desk-reason-needed")}</p> })}
            </form>
        }
        .into_any(),
    )
}

fn button(reader: &Reader, step: &Transition, key: &str) -> AnyView {
    let class = match step.name {
        "accept" | "publish" => "button button--primary",
        _ => "button",
    };
    view! {
        <button class=class type="submit" name="do" value=step.name data-key=key.to_owned() aria-keyshortcuts=key.to_owned()>
            {step_name(reader, step.name)} {key_mark(key)}
        </button>
    }
    .into_any()
}

/// The key of something, for those who see; others are told by the element itself. Shown where keys work.
pub fn key_mark(key: &str) -> AnyView {
    view! { <kbd class="desk__key" aria-hidden="true">{key.to_owned()}</kbd> }.into_any()
}

fn rubric(reader: &Reader, sent: &Fields) -> AnyView {
    let entry = |(place, key): (usize, &&'static str)| {
        let id = format!("rubric-{key}");
        let digit = (place + 1).to_string();
        let given = sent
            .iter()
            .any(|(name, value)| name == "rubric" && value == key);
        view! {
            <li class="field__choice"><input type="checkbox" id=id.clone() name="rubric" value=*key checked=given
                data-key=digit.clone() data-now="" aria-keyshortcuts=digit.clone()/> <label for=id>{rubric_name(reader, key)} " " {key_mark(&digit)}</label></li>
        }
    };
    view! {
        <fieldset class="field"><legend>{reader.texts().text("desk-rubric")}</legend>
            <ul>{RUBRIC.iter().enumerate().map(entry).collect_view()}</ul>
        </fieldset>
    }
    .into_any()
}

/// A reason from the list, and words of one's own.
fn reasons(
    reader: &Reader,
    reasons: Reasons,
    sent: &Fields,
    reason_id: &'static str,
    words_id: &'static str,
) -> AnyView {
    let t = reader.texts();
    let chosen = value(sent, "reason").to_owned();
    let option = |key: &&'static str| view! { <option value=*key selected=chosen == **key>{reason_name(reader, key)}</option> };
    let words = crate::pages::guidance::escaped(value(sent, "words"));
    view! {
        <div class="field"><label for=reason_id>{t.text("desk-reason")} " " {(reason_id == "reason").then(|| key_mark("e"))}</label>
            <select id=reason_id name="reason" data-key=(reason_id == "reason").then_some("e") aria-keyshortcuts=(reason_id == "reason").then_some("e")>
                <option value="">{t.text("submission-choose")}</option>
                {reasons.list().iter().map(option).collect_view()}
            </select></div>
        <div class="field"><label for=words_id>{t.text("desk-words")}</label>
            <textarea id=words_id name="words" rows="4" maxlength="5000">{words}</textarea></div>
    }
    .into_any()
}

/// The form that takes something published out of sight; nothing for those who may not.
pub fn withdraw_form(reader: &Reader, view: &SubmissionView) -> Option<AnyView> {
    let t = reader.texts();
    view.steps.iter().find(|step| step.name == "withdraw")?;
    let none = Fields::new();
    let action = format!("{}/withdraw", submission_path(&view.summary.number));
    Some(
        view! {
            <details class="submission__more">
                <summary>{step_name(reader, "withdraw")}</summary>
                <form class="form" method="post" action=reader.link(&action)>
                    <p class="field__hint">{t.text("desk-withdraw-hint")}</p>
                    <input type="hidden" name="edition" value=view.edition.to_string()/>
                    {reasons(reader, Reasons::Withdrawal, &none, "withdraw-reason", "withdraw-words")}
                    <p><button class="button" type="submit" name="do" value="withdraw">{step_name(reader, "withdraw")}</button></p>
                </form>
            </details>
        }
        .into_any(),
    )
}
