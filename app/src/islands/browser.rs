//! The few things that islands ask of the browser.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DomParser, Element, HtmlElement, Response, SupportedType};

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

/// Text as a part of an address.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
