//! The days of a plan, by week.

use khue_content::plan::{Date, Day, Material, Purpose, Session, Span};
use leptos::prelude::*;

use super::{Made, form};
use crate::components::label;
use crate::reader::{Reader, encode_segment, resource_path};
use crate::wording;

/// All weeks, and the way to the calendar file.
pub fn list(reader: &Reader, made: &Made) -> AnyView {
    if made.plan.days.is_empty() {
        return ().into_any();
    }
    let t = reader.texts();
    let file = reader.link(&format!("/plan/calendar?{}", made.wish.to_query()));
    let weeks = made.plan.weeks();
    let weeks = weeks
        .iter()
        .zip(1..)
        .map(|((monday, days), number)| week(reader, made, *monday, days, number));
    view! {
        <p class="plan__take">
            <a class="button button--primary" href=file download="khue-plan.ics">{t.text("plan-calendar")}</a>
            <span class="field__hint">{t.text("plan-print")}</span>
        </p>
        {weeks.collect_view()}
    }
    .into_any()
}

fn week(reader: &Reader, made: &Made, monday: Date, days: &[Day], number: usize) -> AnyView {
    let sunday = monday.saturating_add(Span::new().days(6));
    let words = reader.texts().fill(
        "plan-week",
        &[
            ("number", number.into()),
            ("first", date(reader, monday).into()),
            ("last", date(reader, sunday).into()),
        ],
    );
    let id = format!("week-{number}");
    view! {
        <section class="plan__week" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{words}</h2>
            <ol class="plan__days">{days.iter().map(|one| day(reader, made, one)).collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn day(reader: &Reader, made: &Made, day: &Day) -> AnyView {
    let number = usize::try_from(day.date.weekday().to_monday_one_offset()).unwrap_or(1);
    let sessions = day.sessions.iter().map(|one| session(reader, made, one));
    view! {
        <li class="plan__day">
            <h3 class="plan__date">
                <time datetime=day.date.to_string()>{form::weekday(reader, number)} ", " {date(reader, day.date)}</time>
                " " <span class="plan__length">{length(reader, day.minutes())}</span>
            </h3>
            <ul class="plan__sessions">{sessions.collect_view()}</ul>
        </li>
    }
    .into_any()
}

fn session(reader: &Reader, made: &Made, session: &Session) -> AnyView {
    let material = &made.found.materials[session.material];
    let (class, what) = purpose(reader, session.purpose);
    let lang = reader.foreign(&material.in_language);
    let subject = label(reader, &material.about);
    view! {
        <li class=format!("plan__session plan__session--{class}")>
            <span class="plan__purpose">{what}</span> " "
            <a lang=lang href=reader.link(&address(material, session.purpose))>{material.name.clone()}</a> " "
            <span class="plan__length">{format!("{subject} · {}", length(reader, session.minutes))}</span>
        </li>
    }
    .into_any()
}

/// What a session is for: a name for its style, and words.
pub fn purpose(reader: &Reader, purpose: Purpose) -> (&'static str, String) {
    let t = reader.texts();
    match purpose {
        Purpose::Learn { of: 1, .. } => ("learn", t.text("plan-learn").to_owned()),
        Purpose::Learn { part, of } => {
            let values = [("part", part.into()), ("of", of.into())];
            ("learn", t.fill("plan-learn-part", &values))
        }
        Purpose::Return(_) => ("return", t.text("plan-return").to_owned()),
        Purpose::Revise(_) => ("revise", t.text("plan-revise").to_owned()),
    }
}

/// Where a session leads: the lesson on its path, or its exercises where it is looked at again.
pub fn address(material: &Material, purpose: Purpose) -> String {
    let resource = resource_path(&material.id);
    let path = material
        .paths
        .first()
        .map_or_else(String::new, |(path, _)| {
            format!("?path={}", encode_segment(path))
        });
    match purpose {
        Purpose::Learn { .. } => format!("{resource}{path}"),
        _ if material.exercises > 0 => format!("{resource}{path}#exercise-1"),
        _ => format!("{resource}{path}"),
    }
}

/// A day as people write it.
pub fn date(reader: &Reader, day: Date) -> String {
    wording::date(reader.language, &day.to_string())
}

/// Minutes as people write them.
pub fn length(reader: &Reader, minutes: u32) -> String {
    let iso = format!("PT{}H{}M", minutes / 60, minutes % 60);
    wording::duration(reader.language, &iso)
}
