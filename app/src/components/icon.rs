//! Pictures from the one sprite.

use khue_content::vocabulary;
use leptos::prelude::*;

use crate::reader::Reader;

/// The address of a picture in the sprite.
pub fn icon_address(reader: &Reader, name: &str) -> String {
    format!("{}#{name}", reader.services.files.now().sprite)
}

/// A picture beside words; it says nothing by itself.
pub fn icon(reader: &Reader, name: &str) -> AnyView {
    view! { <svg class="icon" aria-hidden="true"><use href=icon_address(reader, name)/></svg> }
        .into_any()
}

/// The picture of a kind of material, given as a concept URI.
pub fn type_icon(reader: &Reader, kind: Option<&String>) -> AnyView {
    let notation = kind
        .and_then(|uri| vocabulary::concept(uri))
        .map_or("", |concept| &concept.notation);
    icon(reader, icon_name(notation))
}

fn icon_name(kind: &str) -> &'static str {
    match kind {
        "lesson-plan" | "lesson" | "worksheet" | "reference" | "teaching-guide" | "article" => {
            "type-text"
        }
        "presentation" => "type-slides",
        "video" => "type-video",
        "audio" => "type-audio",
        "image" => "type-image",
        "simulation" | "game" | "software" => "type-app",
        "exercise" | "assessment" | "question-bank" => "type-quiz",
        "dataset" => "type-data",
        "course" | "textbook" => "type-course",
        _ => "type-file",
    }
}
