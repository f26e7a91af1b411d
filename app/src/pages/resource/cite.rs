//! How to cite a resource.

use khue_content::LearningResource;
use leptos::prelude::*;

use crate::components::{card, copy_button};
use crate::reader::{Reader, resource_path};
use crate::services::ResourceView;
use crate::wording::year;

/// The card with a citation and its BibTeX.
pub fn cite(reader: &Reader, resource: &ResourceView) -> AnyView {
    let t = reader.texts();
    let record = &resource.record;
    let address = reader.absolute(&resource_path(&record.id));
    let copy = |source| {
        view! { <div class="cite-box__actions">{copy_button(reader, source, "copy")}</div> }
    };
    let content = view! {
        <div class="cite-box">
            <p class="cite-box__text" id="citation">{citation(reader, record, &address)}</p>
            {copy("citation")}
            <details>
                <summary>"BibTeX"</summary>
                <pre class="cite-box__text" id="bibtex" tabindex="0">{bibtex(record, &address)}</pre>
                {copy("bibtex")}
            </details>
        </div>
    };
    card("card", t.text("cite"), content.into_any())
}

/// Makers (year). Name. Publisher. Address.
fn citation(reader: &Reader, record: &LearningResource, address: &str) -> String {
    let year = year_of(record).unwrap_or(reader.texts().text("cite-no-date"));
    let publisher = record
        .publisher
        .first()
        .map(|agent| format!(" {}.", agent.name))
        .unwrap_or_default();
    let name = record.name.trim_end_matches('.');
    match makers(record, ", ").as_str() {
        "" => format!("{name} ({year}).{publisher} {address}"),
        makers => format!("{makers} ({year}). {name}.{publisher} {address}"),
    }
}

fn bibtex(record: &LearningResource, address: &str) -> String {
    let year = year_of(record).unwrap_or_default().to_owned();
    let publisher = record
        .publisher
        .first()
        .map(|agent| agent.name.clone())
        .unwrap_or_default();
    let rows = [
        ("author", makers(record, " and ")),
        ("title", record.name.clone()),
        ("year", year),
        ("publisher", publisher),
        ("url", address.to_owned()),
    ];
    let key: String = record
        .id
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let row = |(name, value): &(&str, String)| {
        format!("  {name} = {{{}}}", value.replace(['{', '}', '\\'], ""))
    };
    let written: Vec<String> = rows
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(row)
        .collect();
    format!("@misc{{{key},\n{}\n}}", written.join(",\n"))
}

fn makers(record: &LearningResource, between: &str) -> String {
    let names: Vec<&str> = record
        .creator
        .iter()
        .map(|agent| agent.name.as_str())
        .collect();
    names.join(between)
}

fn year_of(record: &LearningResource) -> Option<&str> {
    let dates = [
        &record.date_published,
        &record.date_created,
        &record.date_modified,
    ];
    dates.into_iter().find_map(|date| year(date.as_deref()?))
}
