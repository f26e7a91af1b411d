//! People and organisations.

use super::Draft;
use super::text::{items, label};
use crate::{Agent, AgentKind, LearningResource};
use serde_json::{Map, Value};

/// Words in the names of organisations.
const ORGANISATIONS: &[&str] = &[
    "university",
    "foundation",
    "college",
    "institute",
    "ministry",
    "inc.",
    "ltd",
    "team",
    "community",
    "trường",
    "đại học",
    "viện ",
    "bộ ",
    "sở ",
    "nhà xuất bản",
    "université",
    "ministère",
];

/// A person or organisation from one name, `Name <address>` included.
fn agent(text: &str) -> Agent {
    let (name, id) = with_address(text);
    let (name, marked) = match name.strip_suffix("[org]") {
        Some(name) => (name.trim_end(), true),
        None => (name, false),
    };
    let lower = format!("{} ", name.to_lowercase());
    let organisation = marked || ORGANISATIONS.iter().any(|word| lower.contains(word));
    Agent {
        name: name.to_owned(),
        kind: if organisation {
            AgentKind::Organization
        } else {
            AgentKind::Person
        },
        id: id.map(str::to_owned),
    }
}

/// `Name <address>` → both parts.
pub(super) fn with_address(text: &str) -> (&str, Option<&str>) {
    let split = text
        .trim()
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'));
    match split {
        Some((name, address)) => (name.trim(), Some(address.trim())),
        None => (text.trim(), None),
    }
}

pub(super) fn agents(
    draft: &mut Draft,
    value: Value,
    place: fn(&mut LearningResource) -> &mut Vec<Agent>,
) {
    for item in items(value) {
        match item {
            Value::Object(object) => place(&mut draft.record).extend(agent_of(object)),
            other => {
                let names = label(other).unwrap_or_default();
                let names = names.split(';').filter(|name| !name.trim().is_empty());
                place(&mut draft.record).extend(names.map(agent));
            }
        }
    }
}

fn agent_of(object: Map<String, Value>) -> Option<Agent> {
    let kind = object.get("type").or_else(|| object.get("@type"));
    let kind = match kind {
        Some(Value::Array(list)) => list.first(),
        other => other,
    };
    let kind = match kind.and_then(Value::as_str) {
        Some("Person") | None => AgentKind::Person,
        Some(_) => AgentKind::Organization,
    };
    let id = ["id", "@id", "url"]
        .iter()
        .find_map(|key| object.get(*key)?.as_str());
    let id = id.map(str::to_owned);
    let name = label(Value::Object(object))?;
    Some(Agent { name, kind, id })
}
