//! What was decided and said about a file.

use leptos::prelude::*;

use super::{event_name, property_name, reason_name, rubric_name};
use crate::pages::desk::value_name;
use crate::reader::Reader;
use crate::submissions::{EventView, SubmissionView};
use crate::wording;

/// The thread, the oldest first.
pub fn thread(reader: &Reader, view: &SubmissionView) -> AnyView {
    let t = reader.texts();
    let entries = view
        .events
        .iter()
        .map(|event| entry(reader, event))
        .collect_view();
    match view.events.is_empty() {
        true => view! { <p class="field__hint">{t.text("thread-empty")}</p> }.into_any(),
        false => view! { <ol class="thread">{entries}</ol> }.into_any(),
    }
}

fn entry(reader: &Reader, event: &EventView) -> AnyView {
    let t = reader.texts();
    let tag = event.kind == "tag";
    let name = match tag {
        true => property_name(reader, &event.reason),
        false => reason_name(reader, &event.reason),
    };
    let reason = (!event.reason.is_empty()).then(|| view! { <p class="thread__reason">{name}</p> });
    let words = match tag {
        true => value_name(reader, &event.reason, &event.words),
        false => event.words.clone(),
    };
    let words = (!words.is_empty()).then(|| view! { <p class="thread__words">{words}</p> });
    let good: Vec<&str> = event
        .rubric
        .iter()
        .map(|key| rubric_name(reader, key))
        .collect();
    let good = (!good.is_empty()).then(
        || view! { <p class="field__hint">{t.text("thread-good")} " " {good.join(", ")}</p> },
    );
    view! {
        <li class="thread__entry">
            <p class="thread__head"><strong>{event.name.clone()}</strong> " " {event_name(reader, &event.kind)} " "
                <span class="thread__time">{wording::date(reader.language, &event.at)}</span></p>
            {reason}{words}{good}
        </li>
    }
    .into_any()
}

/// The form for a message.
pub fn message_form(reader: &Reader, view: &SubmissionView, action: String) -> Option<AnyView> {
    let t = reader.texts();
    view.may_write.then(|| {
        view! {
            <form class="form thread__form" method="post" action=action>
                <div class="field">
                    <label for="message">{t.text("thread-message")}</label>
                    <textarea id="message" name="message" rows="3" maxlength="5000"></textarea>
                </div>
                <p><button class="button" type="submit" name="do" value="message">{t.text("thread-send")}</button></p>
            </form>
        }
        .into_any()
    })
}
