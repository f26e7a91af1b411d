//! What waits for the one at the desk, as far as the address narrows it.

use khue_content::account::Action;
use khue_content::review::State;
use leptos::prelude::*;

use super::decision::key_mark;
use super::desk_path;
use crate::community::ReportView;
use crate::pages::submission::{
    Asked, filter_form, is_narrow, list_pages, names_page, state_badge, wanted, with_filter,
};
use crate::reader::Reader;
use crate::services::ServiceError;
use crate::submissions::{Listed, Summary, Wanted};

/// What waits.
pub(super) struct Queue {
    /// Submissions, what is due first.
    pub listed: Listed,
    /// What of them was asked for.
    pub wanted: Wanted,
    /// How many comments; `None` for those who don't moderate them.
    pub comments: Option<usize>,
    /// Reports, what is due first.
    pub reports: Vec<ReportView>,
    /// Whether the one who looks takes sheets in.
    pub imports: bool,
}

impl Queue {
    /// Looks what waits. Where the address names no page, it is the one with the file `here`.
    pub async fn of(asked: &Asked, here: Option<&str>) -> Result<Self, ServiceError> {
        let viewer = &asked.viewer;
        let moderates = viewer.actor.may_somewhere(Action::ModerateComments);
        let community = asked.caller.reader.services.community.as_ref();
        let comments = match community.filter(|_| moderates) {
            Some(community) => Some(community.to_moderate(viewer, None).await?.len()),
            None => None,
        };
        let handles = viewer.actor.may_somewhere(Action::HandleReports);
        let reports = match community.filter(|_| handles) {
            Some(community) => community.reports(viewer).await?,
            None => Vec::new(),
        };
        let wanted = wanted(&asked.caller.reader);
        let (reader, submissions) = (&asked.caller.reader, &asked.submissions);
        let listed = match here.filter(|_| !names_page(reader)) {
            Some(here) => submissions.queue_around(viewer, &wanted, here).await?,
            None => submissions.queue(viewer, &wanted).await?,
        };
        Ok(Self {
            wanted: Wanted {
                page: listed.page,
                ..wanted
            },
            listed,
            comments,
            reports,
            imports: viewer.actor.may_somewhere(Action::ImportSheets),
        })
    }

    /// A path of the desk on this page of the queue, narrowed as it is.
    pub fn keep(&self, path: &str) -> String {
        with_filter(path, &self.wanted)
    }

    /// The path of the file before (-1) or behind (1) another in the queue. Where that is not in it, the first is behind it.
    pub fn beside(&self, number: &str, step: isize) -> Option<String> {
        let files = &self.listed.files;
        let Some(place) = files.iter().position(|one| one.number == number) else {
            let first = files.first().filter(|_| step > 0)?;
            return Some(self.keep(&desk_path(&first.number)));
        };
        let near = place.checked_add_signed(step).and_then(|at| files.get(at));
        if let Some(near) = near {
            return Some(self.keep(&desk_path(&near.number)));
        }
        let beyond = match step < 0 {
            true => self.listed.before.as_ref(),
            false => self.listed.after.as_ref(),
        };
        let page = self.wanted.page + i64::try_from(step).unwrap_or_default();
        let there = Wanted {
            page,
            ..self.wanted
        };
        beyond.map(|number| with_filter(&desk_path(number), &there))
    }

    /// The queue beside the file that is open.
    pub fn view(&self, reader: &Reader, here: &str) -> AnyView {
        let t = reader.texts();
        let files = self.listed.files.iter();
        let entries = files.map(|one| self.waiting(reader, one, here));
        let filter = self.filter(reader, &desk_path(here)).map(|form| {
            let open = is_narrow(&self.wanted);
            view! { <details class="desk__filter" open=open><summary>{t.text("list-filter-show")}</summary>{form}</details> }
        });
        view! {
            <h2>{t.fill("desk-waiting", &[("count", self.listed.total.into())])}</h2>
            {filter}
            <ol>{entries.collect_view()}</ol>
            {list_pages(reader, &desk_path(here), &self.wanted, &self.listed)}
        }
        .into_any()
    }

    /// The form that narrows the queue, where there is anything to narrow.
    pub fn filter(&self, reader: &Reader, path: &str) -> Option<AnyView> {
        let states = State::ALL.into_iter().filter(|state| state.is_waiting());
        let worth = self.listed.total > 1 || is_narrow(&self.wanted);
        worth.then(|| filter_form(reader, path, &self.wanted, states))
    }

    fn waiting(&self, reader: &Reader, one: &Summary, here: &str) -> AnyView {
        let t = reader.texts();
        let name = if one.name.is_empty() {
            t.text("submissions-unnamed").to_owned()
        } else {
            one.name.clone()
        };
        let current = (one.number == here).then_some("page");
        let age = t.fill("desk-age", &[("days", one.age.max(0).into())]);
        let late = one
            .overdue
            .then(|| view! { " " <span class="submissions__late">{t.text("desk-late")}</span> });
        view! {
            <li><a href=reader.link(&self.keep(&desk_path(&one.number))) aria-current=current>
                <span class="desk__name">{name}</span>
                <span class="desk__facts">{state_badge(reader, one.state)} " " {age} {late}</span>
            </a></li>
        }
        .into_any()
    }

    /// Links to the files before and after, and the keys that open them.
    pub fn neighbours(&self, reader: &Reader, here: &str) -> AnyView {
        let t = reader.texts();
        let previous = self.beside(here, -1).map(|path| reader.link(&path));
        let next = self.beside(here, 1).map(|path| reader.link(&path));
        view! {
            <p class="desk__ways">
                {previous.map(|link| view! { <a class="button button--small" href=link data-key="k" aria-keyshortcuts="k">{t.text("desk-previous")} {key_mark("k")}</a> })}
                {next.map(|link| view! { <a class="button button--small" href=link data-key="j" aria-keyshortcuts="j">{t.text("desk-next")} {key_mark("j")}</a> })}
            </p>
        }
        .into_any()
    }
}
