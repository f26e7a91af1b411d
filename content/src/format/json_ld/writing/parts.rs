//! Agents, works, files and alignments as JSON-LD objects.

use super::page_of;
use crate::check::values::{is_media_type, is_sha256, is_uri};
use crate::{Agent, AgentKind, Alignment, Link, MediaObject};
use serde_json::{Value, json};

pub(super) fn agent(agent: &Agent) -> Value {
    let kind = match agent.kind {
        AgentKind::Person => "Person",
        AgentKind::Organization => "Organization",
    };
    let mut out = json!({"type": kind, "name": agent.name});
    if let Some(id) = agent.id.as_ref().filter(|id| is_uri(id)) {
        out["id"] = json!(id);
    }
    out
}

/// The address of another work: its own, or its page in this portal.
fn address(id: &str, base_url: &str) -> Option<String> {
    if is_uri(id) && id.contains("://") {
        return Some(id.to_owned());
    }
    (!id.is_empty()).then(|| page_of(base_url, id))
}

/// Another work; AMB wants an address, or a name where `named` says so.
pub(super) fn link(link: &Link, base_url: &str, named: bool) -> Option<Value> {
    let id = address(&link.id, base_url);
    if id.is_none() && !named {
        return None;
    }
    let mut out = json!({"type": ["LearningResource"]});
    if named || !link.name.is_empty() {
        out["name"] = json!(link.name);
    }
    if let Some(id) = id {
        out["id"] = json!(id);
    }
    if let Some(position) = link.position {
        out["position"] = json!(position);
    }
    Some(out)
}

/// A file, where it has an address here or elsewhere.
pub(super) fn file(file: &MediaObject, base_url: &str) -> Option<Value> {
    let elsewhere = file.content_url.clone().filter(|url| is_uri(url));
    let sha256 = file.sha256.as_ref().filter(|sum| is_sha256(sum));
    let here = || sha256.map(|sum| format!("{}/files/{sum}", base_url.trim_end_matches('/')));
    let mut out =
        json!({"type": "MediaObject", "contentUrl": elsewhere.or_else(here)?, "name": file.name});
    if let Some(format) = file
        .encoding_format
        .as_ref()
        .filter(|format| is_media_type(format))
    {
        out["encodingFormat"] = json!(format);
    }
    if let Some(size) = file.content_size {
        out["contentSize"] = json!(size.to_string());
    }
    if let Some(sum) = sha256 {
        out["sha256"] = json!(sum);
    }
    if !file.description.is_empty() {
        out["description"] = json!(file.description);
    }
    Some(out)
}

pub(super) fn alignment(alignment: &Alignment) -> Value {
    let mut out = json!({
        "type": "AlignmentObject",
        "educationalFramework": alignment.educational_framework,
        "targetName": alignment.target_name,
    });
    if let Some(target) = &alignment.target_url {
        out["targetUrl"] = json!(target);
    }
    out
}
