//! Suggestions as a list box: groups of one kind, each under its name.

use super::found::Found;
use crate::browser;
use web_sys::Element;

/// The id of an option.
pub fn option_id(place: usize) -> String {
    format!("suggestions-{place}")
}

/// The options of a list, in order.
pub fn options(list: &Element) -> Vec<Element> {
    browser::find_all(list, "[role=option]")
}

/// Puts suggestions into the list in place of those that are there. `None` where the page is going away.
pub fn fill(list: &Element, form: &Element, found: &[Found]) -> Option<()> {
    list.set_text_content(None);
    let mut place = 0;
    for group in found.chunk_by(|a, b| a.kind == b.kind) {
        let kind = group.first().map_or("", |first| &first.kind);
        let name = browser::data(form, &format!("kind-{kind}"));
        let box_ = element("div", "suggestions__group", "")?;
        let heading = element("span", "suggestions__kind", &name)?;
        box_.set_attribute("role", "group").ok()?;
        box_.set_attribute("aria-label", &name).ok()?;
        heading.set_attribute("aria-hidden", "true").ok()?;
        box_.append_child(&heading).ok()?;
        for found in group {
            let option = option(place, found)?;
            box_.append_child(&option).ok()?;
            place += 1;
        }
        list.append_child(&box_).ok()?;
    }
    Some(())
}

fn option(place: usize, found: &Found) -> Option<Element> {
    let option = element("div", "suggestions__option", "")?;
    option.set_id(&option_id(place));
    option.set_attribute("role", "option").ok()?;
    option.set_attribute("aria-selected", "false").ok()?;
    option
        .set_attribute("data-place", &place.to_string())
        .ok()?;
    let text = text(found)?;
    option.append_child(&text).ok()?;
    Some(option)
}

/// The text with the typed part marked.
fn text(found: &Found) -> Option<Element> {
    let text = element("span", "suggestions__text", "")?;
    let piece = |from: usize, to: usize| found.text.get(from..to).unwrap_or_default();
    let mut end = 0;
    for (from, to) in found.ranges.iter().copied().filter(|(from, to)| from <= to) {
        text.append_with_str_1(piece(end, from)).ok()?;
        let mark = element("mark", "", piece(from, to))?;
        text.append_child(&mark).ok()?;
        end = to;
    }
    text.append_with_str_1(piece(end, found.text.len())).ok()?;
    Some(text)
}

fn element(tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = browser::page()?.create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    Some(element)
}
