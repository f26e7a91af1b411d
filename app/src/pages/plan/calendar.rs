//! A plan as a calendar file.

use khue_content::calendar::{Calendar, Event, Zone};
use khue_content::plan::{Date, DateTime, Purpose, Session, Span};

use super::list::{address, purpose};
use super::{Made, title};
use crate::components::label;
use crate::reader::Reader;

/// The file.
pub fn file(reader: &Reader, made: &Made) -> String {
    let days = made.plan.days.iter();
    let events = days.flat_map(|day| {
        let mut begins = day.date.to_datetime(made.wish.at);
        day.sessions.iter().map(move |session| {
            let event = event(reader, made, session, begins);
            begins = begins.saturating_add(Span::new().minutes(i64::from(session.minutes)));
            event
        })
    });
    let calendar = Calendar {
        name: title(reader, &made.wish),
        made: (reader.services.today)(),
        zone: if made.wish.floating {
            Zone::Floating
        } else {
            Zone::VietNam
        },
        events: events.collect(),
    };
    calendar.to_ics()
}

fn event(reader: &Reader, made: &Made, session: &Session, begins: DateTime) -> Event {
    let material = &made.found.materials[session.material];
    let (_, what) = purpose(reader, session.purpose);
    let link = reader.absolute(&reader.link(&address(material, session.purpose)));
    // Without the portal's own name a link would lead nowhere from a calendar.
    let link = Some(link)
        .filter(|_| !reader.services.origin.is_empty())
        .unwrap_or_default();
    Event {
        uid: uid(reader, made.frame.exam_day, &material.id, session.purpose),
        summary: format!("{what} {}", material.name),
        description: link.clone(),
        url: link,
        category: label(reader, &material.about),
        begins,
        minutes: session.minutes,
    }
}

/// The same for the same session of a plan for the same day, whatever else was changed: a calendar that reads the file
/// again moves the event instead of having it twice.
fn uid(reader: &Reader, exam_day: Date, resource: &str, purpose: Purpose) -> String {
    let (kind, number) = match purpose {
        Purpose::Learn { part, .. } => ("learn", part),
        Purpose::Return(nth) => ("return", nth),
        Purpose::Revise(nth) => ("revise", nth),
    };
    let host = reader
        .services
        .origin
        .rsplit('/')
        .next()
        .filter(|host| !host.is_empty());
    format!(
        "{resource}-{kind}-{number}-{exam_day}@{}",
        host.unwrap_or("khue")
    )
}
