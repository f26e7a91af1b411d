//! The facts of a record, as names and values.

use khue_content::search::SearchParams;
use khue_content::{Agent, Alignment, LearningResource, Link};
use leptos::prelude::*;

use super::language_of;
use super::reading::outcome_text;
use crate::components::{card, fact_list, label, level_path, subject_path};
use crate::reader::{Reader, is_web};
use crate::services::ResourceView;
use crate::wording;

/// The card of facts; what is not stated is left out.
pub fn facts(reader: &Reader, resource: &ResourceView) -> AnyView {
    let mut rows = Rows {
        reader,
        foreign: language_of(reader, resource),
        rows: Vec::new(),
    };
    rows.place(&resource.record);
    rows.makers(&resource.record);
    rows.learning(&resource.record);
    rows.relations(&resource.record);
    rows.days(&resource.record);
    card("card", reader.texts().text("facts"), fact_list(rows.rows))
}

struct Rows<'a> {
    reader: &'a Reader,
    foreign: Option<String>,
    rows: Vec<(&'static str, AnyView)>,
}

impl Rows<'_> {
    fn place(&mut self, record: &LearningResource) {
        self.linked("property-about", &record.about, subject_path);
        self.linked(
            "property-educationalLevel",
            &record.educational_level,
            level_path,
        );
        self.concepts(
            "property-learningResourceType",
            &record.learning_resource_type,
        );
        let languages = languages(self.reader, &record.in_language);
        self.text("property-inLanguage", languages);
        self.concepts("property-audience", &record.audience);
    }

    fn makers(&mut self, record: &LearningResource) {
        self.text("property-creator", names(&record.creator));
        self.text("property-contributor", names(&record.contributor));
        self.text("property-publisher", names(&record.publisher));
    }

    fn learning(&mut self, record: &LearningResource) {
        let language = self.reader.language;
        let time = record.time_required.iter();
        let time = time.map(|time| wording::duration(language, time)).collect();
        self.text("property-timeRequired", time);
        let ages = record.typical_age_range.iter().cloned().collect();
        self.text("property-typicalAgeRange", ages);
        self.concepts(
            "property-interactivityType",
            record.interactivity_type.as_slice(),
        );
        self.outcomes("property-competencyRequired", &record.competency_required);
        self.outcomes("property-assesses", &record.assesses);
        let features = features(self.reader, &record.accessibility_feature);
        self.text("property-accessibilityFeature", features);
        self.concepts(
            "property-conditionsOfAccess",
            record.conditions_of_access.as_slice(),
        );
    }

    fn relations(&mut self, record: &LearningResource) {
        let aligned = record.educational_alignment.iter().map(alignment).collect();
        self.text("property-educationalAlignment", aligned);
        let based = record.is_based_on.iter();
        let based = based.map(|link| work(self.reader, link)).collect();
        self.list("property-isBasedOn", based);
        let lang = self.foreign.clone();
        let word = |word: &String| {
            let path = self.reader.link(&word_path(word));
            view! { <a href=path lang=lang.clone()>{word.clone()}</a> }.into_any()
        };
        if record.keywords.is_empty() {
            return;
        }
        let entry = |keyword| view! { <li>{word(keyword)}</li> };
        let words = record.keywords.iter().map(entry).collect_view();
        let words = view! { <ul class="fact-list__words">{words}</ul> };
        let name = self.reader.texts().text("property-keywords");
        self.rows.push((name, words.into_any()));
    }

    fn days(&mut self, record: &LearningResource) {
        for (key, date) in [
            ("property-dateCreated", &record.date_created),
            ("property-datePublished", &record.date_published),
            ("property-dateModified", &record.date_modified),
        ] {
            let day = |day: &String| wording::date(self.reader.language, day);
            self.text(key, date.iter().map(day).collect());
        }
    }

    fn list(&mut self, key: &'static str, values: Vec<AnyView>) {
        let value = match values.len() {
            0 => return,
            1 => values.collect_view().into_any(),
            _ => {
                let entry = |value| view! { <li>{value}</li> };
                view! { <ul>{values.into_iter().map(entry).collect_view()}</ul> }.into_any()
            }
        };
        self.rows.push((self.reader.texts().text(key), value));
    }

    fn text(&mut self, key: &'static str, values: Vec<String>) {
        self.list(key, values.into_iter().map(IntoAny::into_any).collect());
    }

    fn concepts(&mut self, key: &'static str, uris: &[String]) {
        let labels = uris.iter().map(|uri| label(self.reader, uri)).collect();
        self.text(key, labels);
    }

    fn outcomes(&mut self, key: &'static str, outcomes: &[String]) {
        let texts = outcomes.iter().map(|text| outcome_text(self.reader, text));
        self.text(key, texts.collect());
    }

    fn linked(&mut self, key: &'static str, uris: &[String], path: fn(&str) -> String) {
        let link = |uri: &String| {
            let name = label(self.reader, uri);
            view! { <a href=self.reader.link(&path(uri))>{name}</a> }.into_any()
        };
        let links = uris.iter().map(link).collect();
        self.list(key, links);
    }
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

fn alignment(alignment: &Alignment) -> String {
    match alignment.educational_framework.as_str() {
        "" => alignment.target_name.clone(),
        framework => format!("{framework}: {}", alignment.target_name),
    }
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
