//! Numbers of figures, tables, examples and exercises, and what links to them say.

use super::words::Words;
use super::xml::Element;
use std::collections::HashMap;

/// What a link to an anchor of this module says, by anchor.
#[derive(Default)]
pub(super) struct Labels(HashMap<String, String>);

impl Labels {
    /// Numbers everything in a module.
    pub(super) fn new(content: &Element, words: &Words) -> Self {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        let mut labels = HashMap::new();
        content.walk(&mut |element| {
            let label = match name(element, words) {
                Some(word) => {
                    let count = counts.entry(word).or_default();
                    *count += 1;
                    Some(format!("{word} {count}"))
                }
                None => element.child("title").map(Element::text),
            };
            if let (Some(id), Some(label)) = (element.attribute("id"), label) {
                labels.entry(id.to_owned()).or_insert(label);
            }
        });
        Self(labels)
    }

    /// The label of an anchor.
    pub(super) fn of(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// The label of an element.
    pub(super) fn of_element(&self, element: &Element) -> Option<&str> {
        self.of(element.attribute("id")?)
    }
}

/// The word before the number, for what is numbered.
fn name<'w>(element: &Element, words: &'w Words) -> Option<&'w str> {
    if element.has_class("unnumbered") {
        return None;
    }
    match element.name.as_str() {
        "figure" => Some(words.figure),
        "table" => Some(words.table),
        "example" => Some(words.example),
        "exercise" => Some(words.exercise),
        "equation" => Some(words.equation),
        _ => None,
    }
}
