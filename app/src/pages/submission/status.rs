//! Where a file stands: number, state, since when, until when, who is waited for.

use khue_content::account::Role;
use leptos::prelude::*;

use super::state_badge;
use crate::reader::Reader;
use crate::submissions::SubmissionView;
use crate::wording;

/// The facts that everybody involved sees.
pub fn status(reader: &Reader, view: &SubmissionView) -> AnyView {
    let t = reader.texts();
    let summary = &view.summary;
    let since = t.fill(
        "submission-since",
        &[(
            "date",
            wording::date(reader.language, &summary.entered_at).into(),
        )],
    );
    let due = summary.due_at.as_ref().map(|due| {
        let key = if summary.overdue { "submissions-overdue" } else { "submissions-due" };
        let class = summary.overdue.then_some("submissions__late");
        view! { <li class=class>{t.fill(key, &[("date", wording::date(reader.language, due).into())])}</li> }
    });
    let waits = summary
        .state
        .waits_for()
        .map(|role| match (role, view.own) {
            (Role::Teacher, true) => t.text("submission-waits-you"),
            (Role::Teacher, false) => t.text("submission-waits-author"),
            (Role::Curator, _) => t.text("submission-waits-curator"),
            _ => t.text("submission-waits-appraiser"),
        });
    let public = view.resource.as_ref().map(|id| {
        view! { <li><a href=reader.resource_link(id)>{t.text("submission-public")}</a></li> }
    });
    view! {
        <ul class="submission__status">
            <li><code>{summary.number.clone()}</code></li>
            <li>{state_badge(reader, summary.state)}</li>
            <li>{since}</li>
            {due}
            {waits.map(|words| view! { <li>{words}</li> })}
            {public}
        </ul>
    }
    .into_any()
}
