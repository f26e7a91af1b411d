//! Our record → AMB, readable as schema.org too.

use super::vocabularies::{foreign, own, something_else};
use super::{CONTEXT, OWN_PREFIX, OWN_TERMS};
use crate::LearningResource;
use crate::check::values::is_uri;
use crate::language::is_two_letter_code;
use serde::Serialize;
use serde_json::{Map, Value, json};

mod details;
mod parts;
mod schema_org;

pub use schema_org::to_schema_org;

/// The record as a JSON-LD document that is valid by the AMB profile. What AMB
/// has no place for stands under schema.org's names or, where those differ in
/// form, under names of our own beginning with `khue:`; text and leftovers of
/// the source are not part of it.
///
/// `base_url` is the portal's address without a final slash.
pub fn to_json_ld(record: &LearningResource, base_url: &str) -> Value {
    let mut out = Writer::new(record, base_url);
    out.names();
    out.concepts();
    out.outcomes();
    out.rights();
    out.works();
    out.details();
    Value::Object(out.document)
}

struct Writer<'a> {
    record: &'a LearningResource,
    base_url: &'a str,
    /// Address of the record's page.
    page: String,
    /// Two-letter code of the language of its texts.
    language: &'a str,
    document: Map<String, Value>,
}

/// The address of a record's page.
fn page_of(base_url: &str, id: &str) -> String {
    let id: String = percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC)
        .map(|part| {
            part.replace("%2D", "-")
                .replace("%2E", ".")
                .replace("%5F", "_")
                .replace("%7E", "~")
        })
        .collect();
    format!(
        "{}/resources/{}",
        base_url.trim_end_matches('/'),
        id.replace("%3A", ":")
    )
}

impl<'a> Writer<'a> {
    fn new(record: &'a LearningResource, base_url: &'a str) -> Self {
        let base_url = if is_uri(base_url) {
            base_url
        } else {
            "https://example.org"
        };
        let language = record
            .main_language()
            .filter(|code| is_two_letter_code(code));
        Self {
            record,
            base_url,
            page: page_of(base_url, &record.id),
            language: language.unwrap_or("vi"),
            document: Map::new(),
        }
    }

    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.document.insert(key.to_owned(), value.into());
    }

    /// Puts a list unless it is empty.
    fn put_list(&mut self, key: &str, list: Vec<Value>) {
        if !list.is_empty() {
            self.put(key, list);
        }
    }

    /// Puts a value in our own form.
    fn put_own(&mut self, key: &str, value: &impl Serialize) {
        if let Ok(value) = serde_json::to_value(value) {
            self.put(&format!("{OWN_PREFIX}{key}"), value);
        }
    }

    fn names(&mut self) {
        let record = self.record;
        let context = json!([CONTEXT, "https://schema.org", {"@language": self.language}, {"khue": OWN_TERMS}]);
        self.put("@context", context);
        self.put("id", self.page.clone());
        self.put("type", json!(["LearningResource"]));
        self.put("khue:id", record.id.clone());
        self.put("name", record.name.clone());
        if !record.description.is_empty() {
            self.put("description", record.description.clone());
        }
        let agents = [
            ("creator", &record.creator),
            ("contributor", &record.contributor),
            ("publisher", &record.publisher),
        ];
        for (key, agents) in agents {
            self.put_list(key, agents.iter().map(parts::agent).collect());
        }
    }

    fn concepts(&mut self) {
        let record = self.record;
        self.mixed("about", &record.about);
        self.mixed("learningResourceType", &record.learning_resource_type);
        self.mixed("audience", &record.audience);
        let known = self.foreign_list("educationalLevel", &record.educational_level);
        self.put_list("educationalLevel", known);
        if !record.educational_level.is_empty() {
            self.put_own("educationalLevel", &record.educational_level);
        }
        self.single("interactivityType", record.interactivity_type.as_deref());
        self.single("conditionsOfAccess", record.conditions_of_access.as_deref());
    }

    fn foreign_list(&self, property: &str, uris: &[String]) -> Vec<Value> {
        let mut found: Vec<Value> = Vec::new();
        for uri in uris.iter().filter_map(|uri| foreign(property, uri)) {
            let item = json!({"type": "Concept", "id": uri});
            if !found.contains(&item) {
                found.push(item);
            }
        }
        found
    }

    /// Our concepts and, beside them, those that AMB readers know.
    fn mixed(&mut self, property: &str, uris: &[String]) {
        let mut known = self.foreign_list(property, uris);
        if known.is_empty()
            && let Some(uri) = something_else(property)
        {
            known.push(json!({"type": "Concept", "id": uri}));
        }
        let ours: Vec<Value> = uris
            .iter()
            .filter(|uri| is_uri(uri))
            .map(|uri| own(uri))
            .collect();
        if !ours.is_empty() {
            self.put_list(property, ours.into_iter().chain(known).collect());
        }
    }

    /// One concept: AMB takes only its own, so ours stands apart.
    fn single(&mut self, property: &str, uri: Option<&str>) {
        let Some(uri) = uri else { return };
        if let Some(known) = foreign(property, uri) {
            self.put(property, json!({"type": "Concept", "id": known}));
        }
        self.put_own(property, &uri);
    }

    /// Outcomes need an address: plain sentences get one within the page.
    fn outcomes(&mut self) {
        let record = self.record;
        let lists = [
            ("teaches", &record.teaches),
            ("assesses", &record.assesses),
            ("competencyRequired", &record.competency_required),
        ];
        for (key, texts) in lists {
            let item = |(at, text): (usize, &String)| match text.contains("://") && is_uri(text) {
                true => own(text),
                false => json!({
                    "id": format!("{}#{key}-{}", self.page, at + 1),
                    "prefLabel": {self.language: text},
                }),
            };
            let list = texts.iter().enumerate().map(item).collect();
            self.put_list(key, list);
        }
        for (key, texts) in lists {
            if !texts.is_empty() {
                self.put_own(key, texts);
            }
        }
    }
}
