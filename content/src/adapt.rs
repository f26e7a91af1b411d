//! A work made from another: whether the licence lets one, what is copied, and what is said of where it came from.

use crate::license::permits;
use crate::vocabulary::{self, Concept};
use crate::{Agent, Body, BodyFormat, LearningResource, Link};
use serde_json::json;

/// Why a resource cannot be adapted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No licence is stated, or nothing is known of it: then all rights are reserved by law.
    NotKnown,
    /// All rights are reserved.
    Reserved,
    /// The licence lets nobody pass on what they changed.
    NoDerivatives,
    /// The portal has neither its text nor its files: there is nothing to copy.
    NothingHere,
}

impl Refusal {
    /// Its name, as texts are called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotKnown => "not-known",
            Self::Reserved => "reserved",
            Self::NoDerivatives => "no-derivatives",
            Self::NothingHere => "nothing-here",
        }
    }
}

/// The licence of a work that is made from this one: the same where the licence asks for it or for no commerce; where
/// the makers keep no right, the one that open material has as a rule.
///
/// # Errors
/// The licence does not let one adapt it.
pub fn licence_of_adaptation(record: &LearningResource) -> Result<&'static Concept, Refusal> {
    let license = record.license.as_deref().and_then(vocabulary::concept);
    let license = license.filter(|license| license.notation != "unknown");
    let license = license.ok_or(Refusal::NotKnown)?;
    let says = |fact: &str| permits(license, fact);
    match (says("permitsAdaptation"), says("permitsSharing")) {
        (Some(true), Some(true)) => {}
        (_, Some(true)) => return Err(Refusal::NoDerivatives),
        _ => return Err(Refusal::Reserved),
    }
    let free = says("requiresAttribution") == Some(false);
    match free
        .then(|| vocabulary::find("license", "CC-BY-4.0"))
        .flatten()
    {
        Some(usual) => Ok(usual),
        None => Ok(license),
    }
}

/// A draft made from a published record. `address` is where the record can be read, `adapter` who makes it.
///
/// Text, description, subjects and files are copied; what belongs to the one work alone (its id, home, days, parts,
/// translations) is not. Who made it, under which licence, stands in `isBasedOn` and in a line below the text.
///
/// # Errors
/// The licence does not let one adapt it, or there is nothing to copy.
pub fn adapt(
    record: &LearningResource,
    address: &str,
    adapter: &str,
) -> Result<LearningResource, Refusal> {
    let license = licence_of_adaptation(record)?;
    let kept: Vec<_> = record
        .encoding
        .iter()
        .filter(|file| file.sha256.is_some())
        .cloned()
        .collect();
    if record.body.is_none() && kept.is_empty() {
        return Err(Refusal::NothingHere);
    }
    let mut is_based_on = vec![Link {
        id: record.id.clone(),
        name: record.name.clone(),
        ..Link::default()
    }];
    is_based_on.extend(
        record
            .is_based_on
            .iter()
            .filter(|link| link.id != record.id)
            .cloned(),
    );
    let makers: Vec<&str> = record
        .creator
        .iter()
        .map(|agent| agent.name.as_str())
        .collect();
    let mut made = LearningResource {
        name: called(record),
        creator: vec![Agent::person(adapter.to_owned())],
        license: Some(license.id.clone()),
        is_based_on,
        encoding: kept,
        body: body(record, address, &makers),
        ..copied(record)
    };
    let source = json!({
        "id": address,
        "name": record.name,
        "creator": makers,
        "license": record.license,
    });
    let mut sources = vec![source];
    let before = record
        .other
        .get("isBasedOn")
        .and_then(|list| list.as_array());
    sources.extend(before.into_iter().flatten().cloned());
    made.other.insert("isBasedOn".to_owned(), sources.into());
    Ok(made)
}

/// What holds for the new work as for the old one.
fn copied(record: &LearningResource) -> LearningResource {
    LearningResource {
        description: record.description.clone(),
        about: record.about.clone(),
        learning_resource_type: record.learning_resource_type.clone(),
        educational_level: record.educational_level.clone(),
        in_language: record.in_language.clone(),
        keywords: record.keywords.clone(),
        teaches: record.teaches.clone(),
        assesses: record.assesses.clone(),
        competency_required: record.competency_required.clone(),
        audience: record.audience.clone(),
        interactivity_type: record.interactivity_type.clone(),
        typical_age_range: record.typical_age_range.clone(),
        time_required: record.time_required.clone(),
        accessibility_feature: record.accessibility_feature.clone(),
        educational_alignment: record.educational_alignment.clone(),
        ..LearningResource::default()
    }
}

fn called(record: &LearningResource) -> String {
    let more = match record.main_language() {
        Some("en") => "adapted",
        Some("fr") => "adaptation",
        _ => "bản phỏng theo",
    };
    format!("{} ({more})", record.name)
}

/// The text with the line that licences ask for: what it is made from, by whom, under which licence, where.
fn body(record: &LearningResource, address: &str, makers: &[&str]) -> Option<Body> {
    let body = record.body.as_ref()?;
    let license = record.license.as_deref().and_then(vocabulary::concept);
    let license = license.map_or("", |license| license.notation.as_str());
    let (name, makers) = (record.name.as_str(), makers.join(", "));
    let by = match (record.main_language(), makers.is_empty()) {
        (Some("en"), false) => format!("Adapted from “{name}” by {makers}, {license}: {address}"),
        (Some("en"), true) => format!("Adapted from “{name}”, {license}: {address}"),
        (Some("fr"), false) => format!("D’après « {name} » de {makers}, {license} : {address}"),
        (Some("fr"), true) => format!("D’après « {name} », {license} : {address}"),
        (_, false) => format!("Phỏng theo “{name}” của {makers}, {license}: {address}"),
        (_, true) => format!("Phỏng theo “{name}”, {license}: {address}"),
    };
    let line = match body.format {
        BodyFormat::Html => {
            let safe = by.replace('&', "&amp;").replace('<', "&lt;");
            format!("\n<p>{safe}</p>\n")
        }
        BodyFormat::Markdown => format!("\n\n{}\n", plain_markdown(&by)),
        BodyFormat::Plain => format!("\n\n{by}\n"),
    };
    Some(Body {
        format: body.format,
        text: format!("{}{line}", body.text.trim_end()),
    })
}

/// Words whose signs mean nothing to Markdown.
fn plain_markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for sign in words.chars() {
        if matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '$' | '|') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MediaObject;
    use crate::check::check;

    fn lesson(license: &str) -> LearningResource {
        LearningResource {
            id: "HL-1".into(),
            name: "Lực <là> gì".into(),
            creator: vec![Agent::person("Nguyễn Lan")],
            license: vocabulary::find("license", license).map(|found| found.id.clone()),
            in_language: vec!["vi".into()],
            url: Some("https://truong.example".into()),
            date_published: Some("2026-01-01".into()),
            body: Some(Body {
                format: BodyFormat::Markdown,
                text: "Lực làm vật đổi chuyển động.".into(),
            }),
            encoding: vec![MediaObject {
                name: "a.pdf".into(),
                sha256: Some("ab".into()),
                ..MediaObject::default()
            }],
            ..LearningResource::default()
        }
    }

    fn adapted(license: &str) -> Result<LearningResource, Refusal> {
        adapt(
            &lesson(license),
            "https://khue.example/resources/HL-1",
            "Trần Minh",
        )
    }

    #[test]
    fn every_licence_is_followed() {
        for concept in vocabulary::scheme("license")
            .map(|scheme| &scheme.concepts)
            .into_iter()
            .flatten()
        {
            let made = adapted(&concept.notation);
            let may = permits(concept, "permitsAdaptation") == Some(true);
            assert_eq!(made.is_ok(), may, "{}", concept.notation);
            let Ok(made) = made else { continue };
            let own = made
                .license
                .as_deref()
                .and_then(vocabulary::concept)
                .unwrap();
            for fact in ["requiresShareAlike", "permitsCommercialUse"] {
                let kept = permits(concept, fact) != Some(fact == "requiresShareAlike")
                    || permits(own, fact) == permits(concept, fact);
                assert!(kept, "{}: {fact}", concept.notation);
            }
            let against = check(&made)
                .into_iter()
                .filter(|found| found.property == "isBasedOn")
                .collect::<Vec<_>>();
            assert!(against.is_empty(), "{}: {against:?}", concept.notation);
        }
        assert_eq!(adapted("CC BY-ND 4.0").err(), Some(Refusal::NoDerivatives));
        assert_eq!(
            adapted("all-rights-reserved").err(),
            Some(Refusal::Reserved)
        );
        assert_eq!(adapted("unknown").err(), Some(Refusal::NotKnown));
        assert_eq!(adapted("no such licence").err(), Some(Refusal::NotKnown));
    }

    #[test]
    fn the_source_is_recorded_and_what_is_its_own_stays_there() {
        let made = adapted("CC BY-SA 4.0").unwrap();
        assert_eq!(made.license, lesson("CC BY-SA 4.0").license);
        assert_eq!(
            (
                made.is_based_on[0].id.as_str(),
                made.creator[0].name.as_str()
            ),
            ("HL-1", "Trần Minh")
        );
        assert_eq!(made.other["isBasedOn"][0]["creator"][0], "Nguyễn Lan");
        assert!(made.id.is_empty() && made.url.is_none() && made.date_published.is_none());
        assert_eq!(made.encoding.len(), 1);
        let text = made.body.unwrap().text;
        assert!(text.ends_with("Phỏng theo “Lực \\<là> gì” của Nguyễn Lan, CC-BY-SA-4.0: https://khue.example/resources/HL-1\n"), "{text}");
        let public_domain = adapted("CC0").unwrap().license;
        assert_eq!(
            public_domain,
            vocabulary::find("license", "CC-BY-4.0").map(|found| found.id.clone())
        );
    }

    #[test]
    fn what_is_only_linked_cannot_be_copied() {
        let bare = LearningResource {
            body: None,
            encoding: Vec::new(),
            ..lesson("CC BY 4.0")
        };
        assert_eq!(adapt(&bare, "x", "y").err(), Some(Refusal::NothingHere));
    }
}
