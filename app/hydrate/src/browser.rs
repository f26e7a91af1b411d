//! The few things that are asked of the browser.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, Event, EventTarget, HtmlElement, HtmlTextAreaElement,
    RequestInit, Response, SupportedType, UrlSearchParams,
};

/// The text behind an address of this site; `None` where anything goes wrong.
pub async fn fetch_text(address: &str) -> Option<String> {
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(address))
        .await
        .ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

/// What an address of this site answers to a form; `None` where anything goes wrong.
pub async fn post(address: &str, fields: &UrlSearchParams) -> Option<String> {
    let options = RequestInit::new();
    options.set_method("POST");
    options.set_body(fields);
    let sent = web_sys::window()?.fetch_with_str_and_init(address, &options);
    let answer: Response = JsFuture::from(sent).await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

/// Calls `act` at every event of this kind, for as long as the page lives.
pub fn listen(to: &EventTarget, kind: &str, act: impl FnMut(Event) + 'static) {
    let act = Closure::<dyn FnMut(Event)>::new(act);
    let listening = to.add_event_listener_with_callback(kind, act.as_ref().unchecked_ref());
    if listening.is_ok() {
        act.forget();
    }
}

/// [`listen`], to the whole window.
pub fn listen_everywhere(kind: &str, act: impl FnMut(Event) + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, kind, act);
    }
}

/// Calls `act` after so many milliseconds.
pub fn after(milliseconds: i32, act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        // A timer that cannot be set is one that never comes.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            act.unchecked_ref(),
            milliseconds,
        );
    }
}

/// The element that an event comes from.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// What an element carries in `data-<name>`; nothing where it carries none.
pub fn data(element: &Element, name: &str) -> String {
    let name = format!("data-{name}");
    element.get_attribute(&name).unwrap_or_default()
}

/// The first element below another that a selector finds.
pub fn find(below: &Element, selector: &str) -> Option<Element> {
    below.query_selector(selector).ok()?
}

/// All elements below another that a selector finds.
pub fn find_all(below: &Element, selector: &str) -> Vec<Element> {
    let Ok(list) = below.query_selector_all(selector) else {
        return Vec::new();
    };
    let elements = (0..list.length()).filter_map(|place| list.get(place)?.dyn_into().ok());
    elements.collect()
}

/// Shows or hides an element.
pub fn show(element: &Element, shown: bool) {
    // An attribute with a plain name can always be set.
    let _ = match shown {
        true => element.remove_attribute("hidden"),
        false => element.set_attribute("hidden", ""),
    };
}

/// The page.
pub fn page() -> Option<Document> {
    web_sys::window()?.document()
}

/// Text as a page of its own, without running anything in it.
pub fn parse_page(html: &str) -> Option<Document> {
    DomParser::new()
        .ok()?
        .parse_from_string(html, SupportedType::TextHtml)
        .ok()
}

/// The element with this id.
pub fn element(id: &str) -> Option<Element> {
    page()?.get_element_by_id(id)
}

/// Moves the focus there.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Without focus the page still works; there is nothing better to do.
        let _ = element.focus();
    }
}

/// Goes to an address as a link would.
pub fn go(address: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_href(address);
    }
}

/// Copies the text of an element; `None` where the browser does not let it, and then the element is
/// shown, so that it can be copied by hand.
pub async fn copy(id: &str) -> Option<()> {
    let source = element(id)?;
    let text = source.text_content()?;
    let window = web_sys::window()?;
    let copied = if window.is_secure_context() {
        let written = window.navigator().clipboard().write_text(text.trim());
        JsFuture::from(written).await.is_ok()
    } else {
        copy_selected(text.trim()).unwrap_or(false)
    };
    if !copied {
        source.remove_attribute("hidden").ok()?;
    }
    copied.then_some(())
}

/// Copies as a reader would who selects the text. A portal on a school's own network is often reached
/// without TLS, where browsers have no clipboard for scripts.
fn copy_selected(text: &str) -> Option<bool> {
    let page = page()?;
    let before = page.active_element();
    let field: HtmlTextAreaElement = page.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    page.body()?.append_child(&field).ok()?;
    field.select();
    let page: web_sys::HtmlDocument = page.dyn_into().ok()?;
    let copied = page.exec_command("copy").ok();
    field.remove();
    if let Some(before) = before {
        focus(&before);
    }
    copied
}

/// Text as a part of an address.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Puts a link behind the other items of a list.
pub fn append_link(list: &Element, address: &str, words: &str) -> Option<()> {
    let link = page()?.create_element("a").ok()?;
    link.set_attribute("href", address).ok()?;
    link.set_text_content(Some(words));
    let item = page()?.create_element("li").ok()?;
    item.append_child(&link).ok()?;
    list.append_child(&item).ok()?;
    Some(())
}
