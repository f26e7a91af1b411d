//! Results that change in place: links and forms inside `#results` that lead to the same page are
//! fetched and swapped. Whatever goes wrong, the browser simply goes to the address.

use crate::browser;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Document, Element, Event, HtmlAnchorElement, HtmlDetailsElement, HtmlFormElement,
    HtmlInputElement, Location, MouseEvent,
};

const REGION: &str = "results";
/// The filters that go along with new words.
const KEPT: &str = "input[type=hidden]";

/// Listens to the page; says in its own text how many results there are, and `data-loading` while they are on their way.
#[wasm_bindgen]
pub fn live_results(island: Element) {
    let results = Results {
        loading: browser::data(&island, "loading").into(),
        status: island,
        turn: Rc::default(),
    };
    let (clicked, sent, moved) = (results.clone(), results.clone(), results);
    browser::listen_everywhere("click", move |event| {
        if let Some((address, from)) = event.dyn_ref().and_then(followed_link) {
            event.prevent_default();
            clicked.show(address, from, true);
        }
    });
    browser::listen_everywhere("submit", move |event| {
        if let Some((address, from)) = sent_form(&event) {
            event.prevent_default();
            sent.show(address, from, true);
        }
    });
    browser::listen_everywhere("popstate", move |_| {
        if let Some(address) = location().and_then(|location| location.href().ok()) {
            moved.show(address, None, false);
        }
    });
}

#[derive(Clone)]
struct Results {
    status: Element,
    loading: Rc<str>,
    turn: Rc<Cell<u32>>,
}

fn location() -> Option<Location> {
    Some(web_sys::window()?.location())
}

impl Results {
    fn show(&self, address: String, from: Option<String>, push: bool) {
        let results = self.clone();
        self.turn.set(self.turn.get() + 1);
        let turn = self.turn.get();
        self.say(&self.loading);
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

    fn say(&self, words: &str) {
        self.status.set_text_content(Some(words));
    }

    fn swap(&self, html: &str, address: &str, from: Option<String>, push: bool) -> Option<()> {
        let (new, old) = (browser::parse_page(html)?, browser::element(REGION)?);
        let region = new.get_element_by_id(REGION)?;
        keep_open(&old, &region);
        old.set_inner_html(&region.inner_html());
        browser::page()?.set_title(&new.title());
        follow(&new);
        if push {
            let history = web_sys::window()?.history().ok()?;
            history
                .push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address))
                .ok()?;
        }
        let heading = browser::element("results-heading")?;
        self.say(&heading.text_content().unwrap_or_default());
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
    let field = |form| {
        browser::find(form, "#q")?
            .dyn_into::<HtmlInputElement>()
            .ok()
    };
    let (field, twin) = (field(&form)?, field(&box_)?);
    if browser::page()?.active_element().as_ref() != Some(field.as_ref()) {
        field.set_value(&twin.value());
    }
    for kept in browser::find_all(&form, KEPT) {
        kept.remove();
    }
    for kept in browser::find_all(&box_, KEPT) {
        form.append_child(&kept).ok()?;
    }
    Some(())
}

fn search_form(page: &Document) -> Option<Element> {
    page.query_selector("main form[role=search]").ok()?
}

/// Groups that the reader has opened or closed stay so.
fn keep_open(old: &Element, new: &Element) {
    for group in browser::find_all(old, "details[id]") {
        let twin = browser::find(new, &format!("details[id='{}']", group.id()));
        let twin = twin.and_then(|twin| twin.dyn_into::<HtmlDetailsElement>().ok());
        if let (Some(twin), Some(group)) = (twin, group.dyn_ref::<HtmlDetailsElement>()) {
            twin.set_open(group.open());
        }
    }
}

/// The address and the id of a link that was followed plainly, inside the region, to this page.
fn followed_link(event: &MouseEvent) -> Option<(String, Option<String>)> {
    let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || elsewhere {
        return None;
    }
    let link = browser::target(event)?.closest("#results a[href]").ok()??;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    let location = location()?;
    let same =
        link.pathname() == location.pathname().ok()? && link.host() == location.host().ok()?;
    (same && link.hash().is_empty())
        .then(|| (link.href(), Some(link.id()).filter(|id| !id.is_empty())))
}

/// The address of a form that was sent from inside the region.
fn sent_form(event: &Event) -> Option<(String, Option<String>)> {
    let form: HtmlFormElement = browser::target(event)?
        .closest("#results form")
        .ok()??
        .dyn_into()
        .ok()?;
    let fields = web_sys::FormData::new_with_form(&form).ok()?;
    let query = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
    let path = location()?.pathname().ok()?;
    Some((format!("{path}?{}", String::from(query.to_string())), None))
}
