//! Concepts and filter values as words and addresses.

use khue_content::license::permits;
use khue_content::vocabulary::{self, Concept};

use crate::reader::{Reader, encode_segment};
use crate::wording;

/// The last step of a concept's address: its notation.
pub fn notation(concept: &Concept) -> &str {
    match concept.notation.as_str() {
        "" => concept.id.rsplit('/').next().unwrap_or_default(),
        notation => notation,
    }
}

/// The concept of a vocabulary with this notation.
pub fn by_notation(vocabulary: &str, wanted: &str) -> Option<&'static Concept> {
    let scheme = vocabulary::scheme(vocabulary)?;
    scheme
        .concepts
        .iter()
        .find(|concept| notation(concept) == wanted)
}

/// The concepts of a vocabulary directly under this one, or at its top.
pub fn narrower(vocabulary: &str, wider: Option<&str>) -> Vec<&'static Concept> {
    let concepts = vocabulary::scheme(vocabulary).map_or(&[][..], |scheme| &scheme.concepts);
    let under = |concept: &&Concept| match wider {
        Some(uri) => concept.broader.iter().any(|broader| broader == uri),
        None => concept.broader.is_empty(),
    };
    concepts.iter().filter(under).collect()
}

/// The subjects of the school curriculum; all groups of subjects where the vocabulary has no such group.
pub fn school_subjects() -> Vec<&'static Concept> {
    let groups = narrower("about", None);
    let school = groups.iter().find(|group| notation(group) == "school");
    school.map_or(groups.clone(), |school| narrower("about", Some(&school.id)))
}

/// Where a concept stands in its vocabulary; unknown ones come last.
pub fn place(vocabulary: &str, uri: &str) -> usize {
    let concepts = vocabulary::scheme(vocabulary).map_or(&[][..], |scheme| &scheme.concepts);
    let known = concepts.iter().position(|concept| concept.id == uri);
    known.unwrap_or(usize::MAX)
}

/// The path of a subject's page.
pub fn subject_path(uri: &str) -> String {
    format!("/browse/{}", encode_segment(notation_of(uri)))
}

/// The path of a level's page.
pub fn level_path(uri: &str) -> String {
    format!("/browse/level/{}", encode_segment(notation_of(uri)))
}

fn notation_of(uri: &str) -> &str {
    vocabulary::concept(uri).map_or_else(|| uri.rsplit('/').next().unwrap_or(uri), notation)
}

/// The label of a concept in the reader's language.
pub fn label(reader: &Reader, uri: &str) -> String {
    let label = vocabulary::label(uri, reader.code());
    // An unknown concept is shown by the last step of its address.
    if label == uri {
        uri.rsplit('/').next().unwrap_or(uri).to_owned()
    } else {
        label.to_owned()
    }
}

/// "CC BY 4.0 (Attribution)" without what stands in brackets, which is for the card of the licence.
pub fn short_label(reader: &Reader, uri: &str) -> String {
    let name = label(reader, uri);
    name.split(" (").next().unwrap_or_default().to_owned()
}

/// How the badge of a licence looks: one that lets people adapt the work stands out.
pub fn license_class(uri: &str) -> &'static str {
    let adaptable =
        vocabulary::concept(uri).and_then(|license| permits(license, "permitsAdaptation"));
    match adaptable {
        Some(true) => "badge badge--open",
        _ => "badge",
    }
}

/// A value of a filter as people call it.
pub fn value_label(reader: &Reader, property: &str, value: &str) -> String {
    match property {
        "inLanguage" => wording::language_name(reader.language, value),
        "source" | "isPartOf" => value.to_owned(),
        "guidance" => {
            let key = format!("property-guidance-{value}");
            reader.texts().find(&key).unwrap_or(value).to_owned()
        }
        _ => label(reader, value),
    }
}

/// The name of a filter.
pub fn property_label(reader: &Reader, property: &str) -> &'static str {
    reader
        .texts()
        .find(&format!("property-{property}"))
        .unwrap_or_default()
}
