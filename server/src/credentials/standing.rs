//! What a record that somebody brings turns out to be.

use super::{multikey, proof};
use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use khue_app::credentials::{Shown, Standing};
use serde_json::Value;

/// Looks at a text. `own` are the identifiers of this portal.
pub fn of(text: &str, key: &VerifyingKey, own: &[String], now: Timestamp) -> Standing {
    let Ok(document) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
        return Standing::Unreadable;
    };
    if !is_credential(&document) {
        return Standing::Unreadable;
    }
    let read = match proof::read(document.clone()) {
        Ok(read) => read,
        Err(proof::Unread::Other) => return Standing::OtherProof,
        Err(proof::Unread::Missing) => return Standing::Altered,
    };
    let issuer = issuer(&document);
    if own.contains(&issuer) {
        return by_portal(&document, &read, key, &issuer, now);
    }
    Standing::Unknown {
        signed: foreign_key(&read.method, &issuer).map(|key| read.is_by(&key)),
        issuer,
    }
}

fn is_credential(document: &Value) -> bool {
    let kinds = document.get("type").and_then(Value::as_array);
    kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "VerifiableCredential"))
}

/// Who has given it, by its own words.
fn issuer(document: &Value) -> String {
    let issuer = &document["issuer"];
    let id = issuer.as_str().or_else(|| issuer["id"].as_str());
    id.unwrap_or_default().chars().take(300).collect()
}

fn by_portal(
    document: &Value,
    read: &proof::Read,
    key: &VerifyingKey,
    issuer: &str,
    now: Timestamp,
) -> Standing {
    let method = read.method.split('#').next().unwrap_or_default();
    if method != issuer || !read.is_by(key) {
        return Standing::Altered;
    }
    let shown = shown(document);
    let moment = |text: &str| text.parse::<Timestamp>().ok();
    let begun = moment(&shown.from).is_some_and(|from| from <= now);
    // An end that cannot be read is no end in force.
    let ended = !shown.until.is_empty() && moment(&shown.until).is_none_or(|until| until < now);
    match begun && !ended {
        true => Standing::Valid(shown),
        false => Standing::Expired(shown),
    }
}

/// The key of an issuer that is a key itself; what other issuers publish is not asked for over the network.
fn foreign_key(method: &str, issuer: &str) -> Option<VerifyingKey> {
    let (did, fragment) = method.split_once('#')?;
    let own = did.strip_prefix("did:key:")?;
    (did == issuer && own == fragment)
        .then(|| multikey::decode(own))
        .flatten()
}

fn shown(document: &Value) -> Shown {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let subject = &document["credentialSubject"];
    let achievement = &subject["achievement"];
    let named = subject["identifier"].as_array().into_iter().flatten();
    let learner = named
        .filter(|one| one["identityType"] == "name")
        .map(|one| text(&one["identityHash"]))
        .next();
    let right = subject["result"][0]["value"].as_str();
    let all = achievement["resultDescription"][0]["valueMax"].as_str();
    Shown {
        name: text(&achievement["name"]),
        learner: learner.unwrap_or_default(),
        score: right
            .zip(all)
            .map(|(right, all)| (right.to_owned(), all.to_owned())),
        from: text(&document["validFrom"]),
        until: text(&document["validUntil"]),
        attests: text(&document["evidence"][0]["narrative"]),
    }
}
