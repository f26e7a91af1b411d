//! Results that change in place: links and forms inside `#results` that lead to the same page are
//! fetched and swapped. Whatever goes wrong, the browser simply goes to the address.

use super::browser;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, HtmlAnchorElement, HtmlDetailsElement, HtmlFormElement,
    HtmlInputElement, MouseEvent,
};

const REGION: &str = "results";

/// Listens to the page; shows nothing but says how many results there are.
#[island]
pub fn LiveResults(
    /// What is said while results are on their way.
    loading: String,
) -> impl IntoView {
    let status = RwSignal::new(String::new());
    Effect::new(move || listen(status, loading.clone()));
    view! { <p class="visually-hidden" role="status">{move || status.get()}</p> }
}

#[derive(Clone)]
struct Results {
    status: RwSignal<String>,
    loading: Rc<str>,
    turn: Rc<Cell<u32>>,
}

fn listen(status: RwSignal<String>, loading: String) {
    let results = Results {
        status,
        loading: loading.into(),
        turn: Rc::default(),
    };
    let (clicked, sent, moved) = (results.clone(), results.clone(), results);
    window_event_listener(ev::click, move |event| {
        if let Some((address, from)) = followed_link(&event) {
            event.prevent_default();
            clicked.show(address, from, true);
        }
    });
    window_event_listener(ev::submit, move |event| {
        if let Some((address, from)) = sent_form(&event) {
            event.prevent_default();
            sent.show(address, from, true);
        }
    });
    window_event_listener(ev::popstate, move |_| {
        if let Ok(address) = window().location().href() {
            moved.show(address, None, false);
        }
    });
}

impl Results {
    fn show(&self, address: String, from: Option<String>, push: bool) {
        let results = self.clone();
        self.turn.set(self.turn.get() + 1);
        let turn = self.turn.get();
        self.status.set(self.loading.to_string());
        spawn_local(async move {
            let html = browser::fetch_text(&address).await;
            if results.turn.get() != turn {
                return;
            }
            if html
                .and_then(|html| results.swap(&html, &address, from, push))
                .is_none()
            {
                browser::go(&address);
            }
        });
    }

    fn swap(&self, html: &str, address: &str, from: Option<String>, push: bool) -> Option<()> {
        let (new, old) = (browser::parse_page(html)?, browser::element(REGION)?);
        let region = new.get_element_by_id(REGION)?;
        keep_open(&old, &region);
        old.set_inner_html(&region.inner_html());
        browser::page()?.set_title(&new.title());
        follow(&new);
        if push {
            let history = window().history().ok()?;
            history
                .push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address))
                .ok()?;
        }
        let heading = browser::element("results-heading")?;
        self.status.set(heading.text_content().unwrap_or_default());
        match from.and_then(|id| browser::element(&id)) {
            Some(same) => browser::focus(&same),
            None => {
                heading.scroll_into_view();
                browser::focus(&heading);
            }
        }
        Some(())
    }
}

/// The search box above the results says and keeps what the new page's says: its words, its filters.
fn follow(new: &Document) -> Option<()> {
    let (form, box_) = (search_form(&browser::page()?)?, search_form(new)?);
    let field = |form: &Element| {
        let found = form.query_selector("#q").ok()??;
        found.dyn_into::<HtmlInputElement>().ok()
    };
    let (field, twin) = (field(&form)?, field(&box_)?);
    if browser::page()?.active_element().as_ref() != Some(field.as_ref()) {
        field.set_value(&twin.value());
    }
    for kept in kept(&form) {
        kept.remove();
    }
    for kept in kept(&box_) {
        form.append_child(&kept).ok()?;
    }
    Some(())
}

fn search_form(page: &Document) -> Option<Element> {
    page.query_selector("main form[role=search]").ok()?
}

/// The filters that go along with new words.
fn kept(form: &Element) -> Vec<Element> {
    let Ok(fields) = form.query_selector_all("input[type=hidden]") else {
        return Vec::new();
    };
    let fields = (0..fields.length()).filter_map(|place| fields.get(place)?.dyn_into().ok());
    fields.collect()
}

/// Groups that the reader has opened or closed stay so.
fn keep_open(old: &Element, new: &Element) {
    let Ok(groups) = old.query_selector_all("details[id]") else {
        return;
    };
    for place in 0..groups.length() {
        let Some(group) = groups
            .get(place)
            .and_then(|node| node.dyn_into::<HtmlDetailsElement>().ok())
        else {
            continue;
        };
        let twin = new
            .query_selector(&format!("details[id='{}']", group.id()))
            .ok()
            .flatten();
        if let Some(twin) = twin.and_then(|twin| twin.dyn_into::<HtmlDetailsElement>().ok()) {
            twin.set_open(group.open());
        }
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The address and the id of a link that was followed plainly, inside the region, to this page.
fn followed_link(event: &MouseEvent) -> Option<(String, Option<String>)> {
    let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || elsewhere {
        return None;
    }
    let link = target(event)?.closest("#results a[href]").ok()??;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    let location = window().location();
    let same =
        link.pathname() == location.pathname().ok()? && link.host() == location.host().ok()?;
    (same && link.hash().is_empty())
        .then(|| (link.href(), Some(link.id()).filter(|id| !id.is_empty())))
}

/// The address of a form that was sent from inside the region.
fn sent_form(event: &Event) -> Option<(String, Option<String>)> {
    let form: HtmlFormElement = target(event)?
        .closest("#results form")
        .ok()??
        .dyn_into()
        .ok()?;
    let fields = web_sys::FormData::new_with_form(&form).ok()?;
    let query = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    let path = window().location().pathname().ok()?;
    Some((format!("{path}?{}", String::from(query.to_string())), None))
}
