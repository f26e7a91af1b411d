//! A calendar file (iCalendar, RFC 5545), as far as a list of appointments needs it.

use jiff::civil::{Date, DateTime};

/// Bytes of a line, its end not counted (section 3.1).
const LINE: usize = 75;

/// The time zone that times are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// That of Viet Nam, seven hours before UTC all year.
    #[default]
    VietNam,
    /// That of whoever reads the calendar.
    Floating,
}

/// A calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// What it is called.
    pub name: String,
    /// The day on which it was made.
    pub made: Date,
    /// The time zone of its events.
    pub zone: Zone,
    /// Its events.
    pub events: Vec<Event>,
}

/// An appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for the same appointment in a later edition of the calendar.
    pub uid: String,
    /// What it is called.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Where to find what it is about; empty where there is nothing.
    pub url: String,
    /// What it belongs to.
    pub category: String,
    /// When it begins.
    pub begins: DateTime,
    /// How long it takes.
    pub minutes: u32,
}

impl Calendar {
    /// The file.
    pub fn to_ics(&self) -> String {
        let mut lines = Lines::default();
        lines.put("BEGIN", "VCALENDAR");
        lines.put("VERSION", "2.0");
        lines.put("PRODID", "-//Khue//Plan of study//VI");
        lines.put("CALSCALE", "GREGORIAN");
        lines.put("METHOD", "PUBLISH");
        lines.text("X-WR-CALNAME", &self.name);
        if self.zone == Zone::VietNam {
            lines.zone();
        }
        for event in &self.events {
            self.event(&mut lines, event);
        }
        lines.put("END", "VCALENDAR");
        lines.written
    }

    fn event(&self, lines: &mut Lines, event: &Event) {
        lines.put("BEGIN", "VEVENT");
        lines.text("UID", &event.uid);
        lines.put("DTSTAMP", &format!("{}Z", moment(self.made.at(0, 0, 0, 0))));
        self.time(lines, "DTSTART", event.begins);
        let length = jiff::Span::new().minutes(i64::from(event.minutes));
        self.time(lines, "DTEND", event.begins.saturating_add(length));
        lines.text("SUMMARY", &event.summary);
        lines.text("DESCRIPTION", &event.description);
        if !event.url.is_empty() {
            lines.put("URL", &event.url);
        }
        lines.text("CATEGORIES", &event.category);
        // A plan leaves room: nobody is kept from an appointment by it.
        lines.put("TRANSP", "TRANSPARENT");
        lines.put("END", "VEVENT");
    }

    fn time(&self, lines: &mut Lines, name: &str, time: DateTime) {
        match self.zone {
            Zone::VietNam => lines.put(&format!("{name};TZID=Asia/Ho_Chi_Minh"), &moment(time)),
            Zone::Floating => lines.put(name, &moment(time)),
        }
    }
}

fn moment(time: DateTime) -> String {
    let (date, clock) = (time.date(), time.time());
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}",
        date.year(),
        date.month(),
        date.day(),
        clock.hour(),
        clock.minute(),
        clock.second()
    )
}

#[derive(Default)]
struct Lines {
    written: String,
}

impl Lines {
    /// A line with a value that is written as it is; what would end the line is left out of it.
    fn put(&mut self, name: &str, value: &str) {
        let value = value.chars().filter(|c| !c.is_control());
        let line: String = name.chars().chain([':']).chain(value).collect();
        self.fold(&line);
    }

    /// A line with words in it (section 3.3.11).
    fn text(&mut self, name: &str, words: &str) {
        let mut value = String::with_capacity(words.len());
        for c in words.replace("\r\n", "\n").chars() {
            match c {
                '\\' | ';' | ',' => value.extend(['\\', c]),
                '\n' => value.push_str("\\n"),
                c => value.push(c),
            }
        }
        self.put(name, &value);
    }

    /// Long lines go on in the next one, behind a space; no character is cut.
    fn fold(&mut self, line: &str) {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > LINE {
                self.written.push_str("\r\n ");
                used = 1;
            }
            self.written.push(c);
            used += c.len_utf8();
        }
        self.written.push_str("\r\n");
    }

    /// What the time zone is; it has been the same since 1975.
    fn zone(&mut self) {
        for (name, value) in [
            ("BEGIN", "VTIMEZONE"),
            ("TZID", "Asia/Ho_Chi_Minh"),
            ("BEGIN", "STANDARD"),
            ("DTSTART", "19750613T000000"),
            ("TZOFFSETFROM", "+0700"),
            ("TZOFFSETTO", "+0700"),
            ("TZNAME", "+07"),
            ("END", "STANDARD"),
            ("END", "VTIMEZONE"),
        ] {
            self.put(name, value);
        }
    }
}
