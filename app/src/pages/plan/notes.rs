//! What is said about a plan: what it is, what it lacks, what it leaves out.

use khue_content::plan::{Fault, LONGEST, MOST_SUBJECTS};
use leptos::prelude::*;

use super::list::{date, length};
use super::{Made, materials::Shelf};
use crate::components::label;
use crate::reader::Reader;

/// Why there is no plan.
pub fn faults(reader: &Reader, faults: &[Fault]) -> Option<AnyView> {
    let t = reader.texts();
    let words = |fault: &Fault| match fault {
        Fault::Subject => t.text("plan-fault-subject").to_owned(),
        Fault::Subjects => t.fill("plan-fault-subjects", &[("most", MOST_SUBJECTS.into())]),
        Fault::Level => t.text("plan-fault-level").to_owned(),
        Fault::ExamDay => t.text("plan-fault-exam-day").to_owned(),
        Fault::Day(typed) => t.fill("plan-fault-day", &[("typed", typed.as_str().into())]),
        Fault::Past => t.text("plan-fault-past").to_owned(),
        Fault::Far => t.fill("plan-fault-far", &[("days", LONGEST.into())]),
        Fault::Weekdays => t.text("plan-fault-weekdays").to_owned(),
    };
    if faults.is_empty() {
        return None;
    }
    let items = faults.iter().map(|fault| view! { <li>{words(fault)}</li> });
    let view = view! {
        <div class="notice notice--danger" role="alert">
            <p class="notice__title">{t.text("plan-faults")}</p>
            <ul class="notice--list">{items.collect_view()}</ul>
        </div>
    };
    Some(view.into_any())
}

/// What the plan comes to.
pub fn summary(reader: &Reader, made: &Made) -> AnyView {
    let t = reader.texts();
    let planned = made.found.materials.len() - made.plan.left_out.len();
    let minutes: u32 = made.plan.days.iter().map(|day| day.minutes()).sum();
    let words = t.fill(
        "plan-summary",
        &[
            ("lessons", planned.into()),
            ("days", made.plan.days.len().into()),
            ("time", length(reader, minutes).into()),
            ("first", date(reader, made.frame.from).into()),
            ("exam", date(reader, made.frame.exam_day).into()),
        ],
    );
    let revision = made.plan.revision_from.map(|day| {
        let words = t.fill("plan-revision-from", &[("day", date(reader, day).into())]);
        view! { <p>{words}</p> }
    });
    (!made.plan.days.is_empty())
        .then(|| view! { <div class="plan__summary"><p class="page-head__lead">{words}</p> {revision} <p>{t.text("plan-how")}</p></div> })
        .into_any()
}

/// What the library does not have, and what time does not allow.
pub fn honest(reader: &Reader, made: &Made) -> Option<AnyView> {
    let t = reader.texts();
    let mut said: Vec<String> = made
        .found
        .shelves
        .iter()
        .filter_map(|shelf| of_shelf(reader, shelf))
        .collect();
    if made.plan.days.is_empty() && !made.found.materials.is_empty() {
        said.push(t.text("plan-no-time").to_owned());
    } else if !made.plan.left_out.is_empty() {
        said.push(t.fill(
            "plan-short-time",
            &[("count", made.plan.left_out.len().into())],
        ));
    }
    if made.plan.free_days > 0 && !made.plan.days.is_empty() {
        said.push(t.fill("plan-free-days", &[("count", made.plan.free_days.into())]));
    }
    let guessed = made
        .found
        .materials
        .iter()
        .filter(|material| material.guessed)
        .count();
    if guessed > 0 {
        said.push(t.fill("plan-guessed", &[("count", guessed.into())]));
    }
    if said.is_empty() {
        return None;
    }
    let items = said.into_iter().map(|words| view! { <li>{words}</li> });
    let view = view! {
        <div class="notice notice--warning">
            <p class="notice__title">{t.text("plan-honest")}</p>
            <ul class="notice--list">{items.collect_view()}</ul>
        </div>
    };
    Some(view.into_any())
}

fn of_shelf(reader: &Reader, shelf: &Shelf) -> Option<String> {
    let t = reader.texts();
    let subject = label(reader, &shelf.about);
    if shelf.taken == 0 {
        return Some(t.fill("plan-none", &[("subject", subject.into())]));
    }
    if shelf.is_thin() {
        let values = [("subject", subject.into()), ("count", shelf.taken.into())];
        return Some(t.fill("plan-thin", &values));
    }
    let more = shelf.total > shelf.taken;
    let values = [
        ("subject", subject.into()),
        ("count", shelf.taken.into()),
        ("total", shelf.total.into()),
    ];
    more.then(|| t.fill("plan-part", &values))
}

/// What is left out because time is short.
pub fn left_out(reader: &Reader, made: &Made) -> Option<AnyView> {
    if made.plan.left_out.is_empty() {
        return None;
    }
    let t = reader.texts();
    let item = |place: &usize| {
        let material = &made.found.materials[*place];
        let lang = reader.foreign(&material.in_language);
        let more = format!(
            "{} · {}",
            label(reader, &material.about),
            length(reader, material.minutes)
        );
        view! {
            <li><a lang=lang href=reader.resource_link(&material.id)>{material.name.clone()}</a> " " <span class="plan__length">{more}</span></li>
        }
    };
    let view = view! {
        <section class="plan__left" aria-labelledby="plan-left">
            <h2 id="plan-left">{t.text("plan-left")}</h2>
            <p>{t.text("plan-left-why")}</p>
            <ul>{made.plan.left_out.iter().map(item).collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}
