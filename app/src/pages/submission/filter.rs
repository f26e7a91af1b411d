//! What of a list of submissions is shown: kept in the address, so that it can be sent to somebody and come back to.

use khue_content::review::State;
use leptos::prelude::*;

use super::state::state_name;
use crate::components::pages_nav;
use crate::pages::account::value;
use crate::pages::guidance::parsed;
use crate::reader::Reader;
use crate::submissions::{Listed, Wanted};

/// What the address asks for; what is no state or page is as if it were not there.
pub fn wanted(reader: &Reader) -> Wanted {
    let query = parsed(&reader.query);
    Wanted {
        state: State::parse(value(&query, "state")),
        overdue: value(&query, "late") == "1",
        page: value(&query, "page").parse().unwrap_or(1),
    }
}

/// Whether the address names a page of the list.
pub fn names_page(reader: &Reader) -> bool {
    !value(&parsed(&reader.query), "page").is_empty()
}

/// A path with what is wanted of the list, without the language's prefix.
pub fn with_filter(path: &str, wanted: &Wanted) -> String {
    let state = wanted.state.map(|state| format!("state={}", state.name()));
    let late = wanted.overdue.then(|| "late=1".to_owned());
    let page = (wanted.page > 1).then(|| format!("page={}", wanted.page));
    let pairs: Vec<String> = [state, late, page].into_iter().flatten().collect();
    match pairs.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", pairs.join("&")),
    }
}

/// Whether anything is left out.
pub fn is_narrow(wanted: &Wanted) -> bool {
    wanted.state.is_some() || wanted.overdue
}

/// The form that narrows a list: by these states, and by what is late.
pub fn filter_form(
    reader: &Reader,
    path: &str,
    wanted: &Wanted,
    states: impl Iterator<Item = State>,
) -> AnyView {
    let t = reader.texts();
    let option = |state: State| {
        let now = wanted.state == Some(state);
        view! { <option value=state.name() selected=now>{state_name(reader, state)}</option> }
    };
    let all = is_narrow(wanted)
        .then(|| view! { <a href=reader.link(path)>{t.text("list-filter-all-link")}</a> });
    view! {
        <form class="list-filter" action=reader.link(path)>
            <label for="filter-state">{t.text("list-filter-state")}</label>
            <select id="filter-state" name="state">
                <option value="">{t.text("list-filter-all")}</option>
                {states.map(option).collect_view()}
            </select>
            <span class="field__choice">
                <input type="checkbox" id="filter-late" name="late" value="1" checked=wanted.overdue/>
                <label for="filter-late">{t.text("list-filter-late")}</label>
            </span>
            <button class="button button--small" type="submit">{t.text("list-filter-show")}</button>
            {all}
        </form>
    }
    .into_any()
}

/// Links to the other pages of a list at `path`; nothing where one is all.
pub fn list_pages(
    reader: &Reader,
    path: &str,
    wanted: &Wanted,
    listed: &Listed,
) -> Option<AnyView> {
    let size = |number: i64| usize::try_from(number).unwrap_or(1);
    let link = |target: usize| {
        let page = i64::try_from(target).unwrap_or(1);
        let there = with_filter(path, &Wanted { page, ..*wanted });
        // The first page is named, too: without a number a file at the desk is shown beside its own.
        let named = match (page > 1, there.contains('?')) {
            (true, _) => there,
            (false, true) => format!("{there}&page=1"),
            (false, false) => format!("{there}?page=1"),
        };
        reader.link(&named)
    };
    pages_nav(reader, size(listed.page), size(listed.pages), &link)
}
