//! The facts of a record, as names and values.

use khue_content::search::SearchParams;
use khue_content::{Agent, Alignment, Link};
use leptos::prelude::*;

use super::is_web;
use super::reading::outcome_text;
use crate::components::{card, fact_list, label, level_path, subject_path};
use crate::reader::Reader;
use crate::services::ResourceView;
use crate::wording;

/// The card of facts; what is not stated is left out.
pub fn facts(reader: &Reader, resource: &ResourceView) -> AnyView {
    let t = reader.texts();
    let record = &resource.record;
    let mut rows = Rows {
        reader,
        rows: Vec::new(),
    };
    rows.links(
        "property-about",
        record
            .about
            .iter()
            .map(|uri| (subject_path(uri), label(reader, uri))),
    );
    rows.links(
        "property-educationalLevel",
        record
            .educational_level
            .iter()
            .map(|uri| (level_path(uri), label(reader, uri))),
    );
    rows.text(
        "property-learningResourceType",
        labels(reader, &record.learning_resource_type),
    );
    rows.text(
        "property-inLanguage",
        languages(reader, &record.in_language),
    );
    rows.text("property-audience", labels(reader, &record.audience));
    rows.text("property-creator", names(&record.creator));
    rows.text("property-contributor", names(&record.contributor));
    rows.text("property-publisher", names(&record.publisher));
    rows.text(
        "property-timeRequired",
        record
            .time_required
            .iter()
            .map(|time| wording::duration(reader.language, time))
            .collect(),
    );
    rows.text(
        "property-typicalAgeRange",
        record.typical_age_range.clone().into_iter().collect(),
    );
    rows.text(
        "property-interactivityType",
        record
            .interactivity_type
            .iter()
            .map(|uri| label(reader, uri))
            .collect(),
    );
    rows.text(
        "property-competencyRequired",
        record
            .competency_required
            .iter()
            .map(|text| outcome_text(reader, text))
            .collect(),
    );
    rows.text(
        "property-assesses",
        record
            .assesses
            .iter()
            .map(|text| outcome_text(reader, text))
            .collect(),
    );
    rows.list(
        "property-educationalAlignment",
        record.educational_alignment.iter().map(alignment).collect(),
    );
    rows.list(
        "property-isBasedOn",
        record
            .is_based_on
            .iter()
            .map(|link| work(reader, link))
            .collect(),
    );
    rows.text(
        "property-accessibilityFeature",
        features(reader, &record.accessibility_feature),
    );
    rows.text(
        "property-conditionsOfAccess",
        record
            .conditions_of_access
            .iter()
            .map(|uri| label(reader, uri))
            .collect(),
    );
    for (key, date) in [
        ("property-dateCreated", &record.date_created),
        ("property-datePublished", &record.date_published),
        ("property-dateModified", &record.date_modified),
    ] {
        rows.text(
            key,
            date.iter()
                .map(|day| wording::date(reader.language, day))
                .collect(),
        );
    }
    rows.links(
        "property-keywords",
        record
            .keywords
            .iter()
            .map(|word| (word_path(word), word.clone())),
    );
    card("card", t.text("facts"), fact_list(rows.rows))
}

struct Rows<'a> {
    reader: &'a Reader,
    rows: Vec<(&'static str, AnyView)>,
}

impl Rows<'_> {
    fn list(&mut self, key: &'static str, values: Vec<AnyView>) {
        let name = self.reader.texts().text(key);
        let value = match values.len() {
            0 => return,
            1 => values.collect_view().into_any(),
            _ => {
                let entries = values
                    .into_iter()
                    .map(|value| view! { <li>{value}</li> })
                    .collect_view();
                view! { <ul>{entries}</ul> }.into_any()
            }
        };
        self.rows.push((name, value));
    }

    fn text(&mut self, key: &'static str, values: Vec<String>) {
        self.list(key, values.into_iter().map(IntoAny::into_any).collect());
    }

    fn links(&mut self, key: &'static str, values: impl Iterator<Item = (String, String)>) {
        let reader = self.reader;
        let link = |(path, name): (String, String)| {
            view! { <a href=reader.link(&path)>{name}</a> }.into_any()
        };
        self.list(key, values.map(link).collect());
    }
}

fn labels(reader: &Reader, uris: &[String]) -> Vec<String> {
    uris.iter().map(|uri| label(reader, uri)).collect()
}

fn languages(reader: &Reader, codes: &[String]) -> Vec<String> {
    codes
        .iter()
        .map(|code| wording::language_name(reader.language, code))
        .collect()
}

fn names(agents: &[Agent]) -> Vec<String> {
    agents.iter().map(|agent| agent.name.clone()).collect()
}

fn features(reader: &Reader, words: &[String]) -> Vec<String> {
    let name = |word: &String| {
        reader
            .texts()
            .find(&format!("feature-{word}"))
            .map_or_else(|| word.clone(), str::to_owned)
    };
    words.iter().map(name).collect()
}

fn alignment(alignment: &Alignment) -> AnyView {
    let text = match alignment.educational_framework.as_str() {
        "" => alignment.target_name.clone(),
        framework => format!("{framework}: {}", alignment.target_name),
    };
    text.into_any()
}

/// Another work: a resource here, an address elsewhere, or only a name.
fn work(reader: &Reader, link: &Link) -> AnyView {
    let name = if link.name.is_empty() {
        link.id.clone()
    } else {
        link.name.clone()
    };
    match link.id.as_str() {
        "" => name.into_any(),
        id if is_web(id) => {
            view! { <a rel="external noopener" href=id.to_owned()>{name}</a> }.into_any()
        }
        id if id.contains(':') && id.contains("//") => name.into_any(),
        id => view! { <a href=reader.resource_link(id)>{name}</a> }.into_any(),
    }
}

fn word_path(word: &str) -> String {
    let params = SearchParams {
        q: word.to_owned(),
        ..SearchParams::default()
    };
    crate::reader::search_path(&params)
}
