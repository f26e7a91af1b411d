//! MathML of a module, written without prefixes and without what browsers have dropped.

use super::xml::{Element, Node};
use crate::escape::escape;

/// Attributes that only say where an element comes from.
const DROPPED: &[&str] = &["xmlns", "m", "math", "mml", "id", "class"];

/// Writes `<math>` and everything in it.
pub(super) fn write(out: &mut String, element: &Element, is_root: bool) {
    let name = name(&element.name);
    out.push('<');
    out.push_str(name);
    for (attribute, value) in &element.attributes {
        let (attribute, value) = attribute_today(attribute, value);
        let plain = attribute
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
        if plain && !DROPPED.contains(&attribute) {
            out.push_str(&format!(" {attribute}=\""));
            escape(value, out);
            out.push('"');
        }
    }
    out.push('>');
    for child in &element.children {
        match child {
            Node::Text(text) if is_root || !text.trim().is_empty() => escape(text, out),
            Node::Text(_) => {}
            Node::Element(part) => write(out, part, false),
        }
    }
    out.push_str(&format!("</{name}>"));
}

/// Content MathML is shown as the row of its parts.
fn name(name: &str) -> &str {
    let safe = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match name {
        "apply" | "reln" | "bvar" | "lambda" => "mrow",
        "ci" => "mi",
        "cn" => "mn",
        _ if safe && !name.is_empty() => name,
        _ => "mrow",
    }
}

/// `fontstyle` and `fontweight` became `mathvariant`.
fn attribute_today<'a>(name: &'a str, value: &'a str) -> (&'a str, &'a str) {
    match (name, value) {
        ("fontstyle", "normal") => ("mathvariant", "normal"),
        ("fontstyle" | "fontweight", other) => ("mathvariant", other),
        same => same,
    }
}
