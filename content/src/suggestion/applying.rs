//! A suggested value in a record.

use crate::vocabulary::{Concept, concept, find};
use crate::{Alignment, Kind, LearningResource, PROPERTIES, language};

/// The value of a property that somebody names: a concept by its URI or any of its names, a language by its code, words
/// as they are. `None` where it is none of the property, or the property takes no suggestions.
///
/// ```
/// use khue_content::suggestion::value_of;
/// assert_eq!(value_of("educationalLevel", "Lớp 4"), value_of("educationalLevel", "grade-4"));
/// assert_eq!(value_of("educationalLevel", "lớp học vui"), None);
/// assert_eq!(value_of("keywords", " phân  số "), Some("phân số".to_owned()));
/// ```
pub fn value_of(property: &str, named: &str) -> Option<String> {
    let words = named.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return None;
    }
    let known = |scheme: &str| {
        let found = concept(&words).filter(|own| in_scheme(own, scheme));
        found
            .or_else(|| find(scheme, &words))
            .map(|own| own.id.clone())
    };
    match property {
        "keywords" => Some(words),
        "inLanguage" => language::code(&words),
        "teaches" => known("competencies").or(Some(words)),
        "educationalAlignment" => known("textbook"),
        _ => {
            let row = PROPERTIES.iter().find(|row| row.name == property)?;
            match row.kind {
                Kind::Concept(scheme) => known(scheme),
                _ => None,
            }
        }
    }
}

fn in_scheme(own: &Concept, scheme: &str) -> bool {
    let scheme = crate::vocabulary::scheme(scheme);
    scheme.is_some_and(|scheme| scheme.concepts.iter().any(|known| known.id == own.id))
}

/// Adds a value, as [`value_of`] reads it; `false` where the record has it already, or it is none of the property.
pub fn add_value(record: &mut LearningResource, property: &str, named: &str) -> bool {
    let Some(value) = value_of(property, named) else {
        return false;
    };
    if property == "educationalAlignment" {
        return align(record, &value);
    }
    let list = match property {
        "about" => &mut record.about,
        "educationalLevel" => &mut record.educational_level,
        "learningResourceType" => &mut record.learning_resource_type,
        "inLanguage" => &mut record.in_language,
        "keywords" => &mut record.keywords,
        "teaches" => &mut record.teaches,
        _ => return false,
    };
    let new = !list.contains(&value);
    if new {
        list.push(value);
    }
    new
}

/// Aligns a record with a lesson of a textbook.
fn align(record: &mut LearningResource, uri: &str) -> bool {
    let Some(lesson) = concept(uri) else {
        return false;
    };
    let known = |one: &Alignment| one.target_url.as_deref() == Some(uri);
    if record.educational_alignment.iter().any(known) {
        return false;
    }
    record.educational_alignment.push(Alignment {
        educational_framework: label(series(lesson)),
        target_url: Some(uri.to_owned()),
        target_name: label(lesson),
    });
    true
}

/// The widest concept above one: the series of a lesson.
fn series(lesson: &Concept) -> &Concept {
    let mut widest = lesson;
    for _ in 0..6 {
        match widest.broader.first().and_then(|uri| concept(uri)) {
            Some(wider) => widest = wider,
            None => break,
        }
    }
    widest
}

fn label(concept: &Concept) -> String {
    concept.label("vi").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_added_once_and_only_where_it_belongs() {
        let mut record = LearningResource::default();
        assert!(add_value(&mut record, "about", "toan"));
        let known = record.about[0].clone();
        assert!(!add_value(&mut record, "about", &known));
        assert!(!add_value(&mut record, "about", "https://evil.example/"));
        assert!(
            !add_value(&mut record, "license", "CC BY 4.0"),
            "nobody suggests a licence"
        );
        assert!(add_value(&mut record, "keywords", "phân số"));
        assert!(add_value(&mut record, "inLanguage", "vi"));
        assert_eq!(
            (record.about.len(), record.keywords.len(), record.license),
            (1, 1, None)
        );
    }

    #[test]
    fn a_lesson_of_a_textbook_is_named_with_its_series() {
        let textbook = crate::vocabulary::scheme("textbook").unwrap();
        let lesson = textbook
            .concepts
            .iter()
            .rfind(|own| !own.broader.is_empty())
            .unwrap();
        let mut record = LearningResource::default();
        assert!(add_value(&mut record, "educationalAlignment", &lesson.id));
        assert!(!add_value(&mut record, "educationalAlignment", &lesson.id));
        let one = &record.educational_alignment[0];
        assert!(!one.educational_framework.is_empty() && one.target_name == label(lesson));
    }
}
