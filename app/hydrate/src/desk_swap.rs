//! What the desk shows is fetched and put in place of what is there.

use crate::browser::{self, target};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Element, FormData, HtmlAnchorElement, HtmlElement, HtmlFormElement, HtmlInputElement,
    MouseEvent, RequestInit, Response, SubmitEvent, UrlSearchParams,
};

/// The part of the page that changes.
const REGION: &str = "desk";
/// Where single letters are typed and mean nothing else.
const TYPING: &str = "input:not([type=checkbox]), select, textarea, [contenteditable]";

/// The desk that is open.
#[derive(Clone)]
pub struct Desk {
    said: Element,
    loading: Rc<str>,
    busy: Rc<Cell<bool>>,
}

/// A form with the button that was pressed.
pub struct Sent {
    form: HtmlFormElement,
    button: Option<(String, String)>,
}

impl Desk {
    /// Says in `said` what happens.
    pub fn new(said: Element, loading: String) -> Self {
        Self {
            said,
            loading: loading.into(),
            busy: Rc::default(),
        }
    }

    /// The address of a link within the desk that leads to another of its files, followed plainly.
    pub fn followed(event: &MouseEvent) -> Option<String> {
        let elsewhere =
            event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || elsewhere {
            return None;
        }
        let link = target(event)?
            .closest("#desk .desk__queue a[href]")
            .ok()??;
        Some(link.dyn_into::<HtmlAnchorElement>().ok()?.href())
    }

    /// The form of the desk that was sent.
    pub fn sent(event: &SubmitEvent) -> Option<Sent> {
        let form = target(event)?.closest("#desk form[method=post]").ok()??;
        let button = event.submitter().and_then(|button| {
            Some((
                button.get_attribute("name")?,
                button.get_attribute("value")?,
            ))
        });
        let form = form.dyn_into().ok()?;
        Some(Sent { form, button })
    }

    /// Shows another file.
    pub fn show(&self, address: String) {
        let desk = self.clone();
        self.work(async move {
            let shown = match ask(&address, None).await {
                Some((_, html)) => desk.swap(&html, &address),
                None => None,
            };
            if shown.is_none() {
                browser::go(&address);
            }
        });
    }

    /// Shows what the address of the page says, after a step back.
    pub fn show_here(&self) {
        if let Some(address) = here() {
            self.show(address);
        }
    }

    /// Sends a form and shows what comes of it.
    pub fn send(&self, sent: Sent) {
        let desk = self.clone();
        self.work(async move {
            let answer = match sent.fields() {
                Some((address, fields)) => ask(&address, Some(&fields)).await,
                None => None,
            };
            let shown = answer
                .as_ref()
                .and_then(|(answer, html)| desk.swap(html, &answer.url()));
            match (shown, answer) {
                (Some(()), _) => {}
                // It was done, and led away from the desk.
                (None, Some((answer, _))) if answer.redirected() => browser::go(&answer.url()),
                // Nobody changes what they have not seen: sent twice, it is done once.
                _ => sent.by_itself(),
            }
        });
    }

    /// One thing at a time: who presses a key twice means it once.
    fn work(&self, work: impl Future<Output = ()> + 'static) {
        if self.busy.replace(true) {
            return;
        }
        let busy = self.busy.clone();
        self.said.set_text_content(Some(&self.loading));
        spawn_local(async move {
            work.await;
            busy.set(false);
        });
    }

    fn swap(&self, html: &str, address: &str) -> Option<()> {
        let (new, old) = (browser::parse_page(html)?, browser::element(REGION)?);
        let region = new.get_element_by_id(REGION)?;
        let before = here()?;
        old.set_inner_html(&region.inner_html());
        browser::page()?.set_title(&new.title());
        let same = path(&before) == path(address);
        let window = web_sys::window()?;
        // Another page of the queue beside the same file has an address of its own.
        if bare(&before) != bare(address) {
            let history = window.history().ok()?;
            history
                .push_state_with_url(&JsValue::NULL, "", Some(address))
                .ok()?;
        }
        if !same {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        let find = |css: &str| old.query_selector(css).ok().flatten();
        let text = |css: &str| find(css).and_then(|found| found.text_content());
        let told = ["[role=alert]", "h1", ".submission__status .badge"].map(text);
        let told = told.into_iter().flatten().collect::<Vec<_>>().join(". ");
        self.said.set_text_content(Some(&told));
        let place = match same {
            true => find("[role=alert]")
                .or_else(|| find("[data-first]"))
                .or_else(|| find("#desk-decision")),
            false => find("h1"),
        };
        place.iter().for_each(browser::focus);
        Some(())
    }
}

impl Sent {
    fn fields(&self) -> Option<(String, UrlSearchParams)> {
        let fields = FormData::new_with_form(&self.form).ok()?;
        if let Some((name, value)) = &self.button {
            fields.append_with_str(name, value).ok()?;
        }
        let fields = UrlSearchParams::new_with_str_sequence_sequence(&fields).ok()?;
        Some((self.form.get_attribute("action")?, fields))
    }

    /// As without scripts. A form that is sent by a script does not name the button.
    fn by_itself(&self) {
        let field = || -> Option<HtmlInputElement> {
            let field = browser::page()?.create_element("input").ok()?;
            field.dyn_into().ok()
        };
        if let (Some((name, value)), Some(field)) = (&self.button, field()) {
            field.set_type("hidden");
            field.set_name(name);
            field.set_value(value);
            let _ = self.form.append_child(&field);
        }
        let _ = self.form.submit();
    }
}

/// Does what a key stands for. A link that carries it is followed, a box ticked, a verdict given; anything else gets
/// the focus. `false` where somebody is typing, or nothing carries the key.
pub fn press(key: &str, desk: &Desk) -> bool {
    let active = browser::page().and_then(|page| page.active_element());
    let typing = active
        .as_ref()
        .is_some_and(|active| active.matches(TYPING).unwrap_or(true));
    if typing {
        // Out of the field, so that keys count again.
        let leaves = key == "Escape";
        if let Some(field) = active.filter(|_| leaves) {
            let _ = field.unchecked_ref::<HtmlElement>().blur();
        }
        return leaves;
    }
    let known = key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let css = format!("[data-key='{key}']");
    let Some(target) = known.then(|| find(&css)).flatten() else {
        return false;
    };
    match target.get_attribute("href") {
        Some(address) => desk.show(address),
        None if target.has_attribute("data-now") => {
            return click_in_desk(&css, false);
        }
        None => {
            if let Ok(Some(closed)) = target.closest("details:not([open])") {
                let _ = closed.set_attribute("open", "");
            }
            browser::focus(&target);
        }
    }
    true
}

/// Presses what a selector finds in the desk; only from within its own form where `within` is set.
pub fn click_in_desk(css: &str, within: bool) -> bool {
    let Some(target) = find(css) else {
        return false;
    };
    let inside = || {
        let form = target.closest("form").ok().flatten()?;
        let active = browser::page()?.active_element()?;
        Some(form.contains(Some(&active)))
    };
    if within && inside() != Some(true) {
        return false;
    }
    target.unchecked_ref::<HtmlElement>().click();
    true
}

fn find(css: &str) -> Option<Element> {
    browser::element(REGION)?.query_selector(css).ok().flatten()
}

/// The address of the page.
fn here() -> Option<String> {
    web_sys::window()?.location().href().ok()
}

/// An address without its fragment.
fn bare(address: &str) -> &str {
    address.split('#').next().unwrap_or_default()
}

/// An address without its query and fragment.
fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// What an address answers, whatever the status says: a refusal is a page too.
async fn ask(address: &str, fields: Option<&UrlSearchParams>) -> Option<(Response, String)> {
    let options = RequestInit::new();
    if let Some(fields) = fields {
        options.set_method("POST");
        options.set_body(fields);
    }
    let sent = web_sys::window()?.fetch_with_str_and_init(address, &options);
    let answer: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    let html = JsFuture::from(answer.text().ok()?)
        .await
        .ok()?
        .as_string()?;
    Some((answer, html))
}
