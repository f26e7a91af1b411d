//! What changed since the version before, for people to read: property by property, the text paragraph by paragraph.

use khue_content::format::form::{asked, shown};
use khue_content::{Kind, LearningResource, Property};
use leptos::prelude::*;
use similar::{ChangeTag, DiffOp, TextDiff};
use std::time::Duration;

use crate::components::label;
use crate::pages::submission::property_name;
use crate::reader::Reader;

/// How long comparing may take; then it is coarser.
const PATIENCE: Duration = Duration::from_millis(200);
/// Most paragraphs that are shown.
const MOST: usize = 200;

/// A piece of text, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    tag: ChangeTag,
    text: String,
}

/// What changed, or that nothing did; `None` where there is nothing to compare with.
pub fn changes(
    reader: &Reader,
    before: Option<&LearningResource>,
    now: &LearningResource,
) -> Option<AnyView> {
    let before = before?;
    let t = reader.texts();
    let rows: Vec<AnyView> = asked()
        .filter_map(|property| row(reader, property, before, now))
        .collect();
    let (old, new) = (body(before), body(now));
    let paragraphs = paragraphs(&old, &new);
    if rows.is_empty() && paragraphs.is_empty() {
        return Some(view! { <p class="field__hint">{t.text("desk-unchanged")}</p> }.into_any());
    }
    let shown = paragraphs
        .iter()
        .take(MOST)
        .map(|pieces| view! { <p class="changes__text">{marked(pieces)}</p> });
    Some(
        view! {
            <dl class="changes">{rows}</dl>
            <div class="changes__body">{shown.collect_view()}</div>
        }
        .into_any(),
    )
}

fn body(record: &LearningResource) -> String {
    record
        .body
        .as_ref()
        .map_or_else(String::new, |body| body.text.clone())
}

fn row(
    reader: &Reader,
    property: &Property,
    before: &LearningResource,
    now: &LearningResource,
) -> Option<AnyView> {
    let words = |record| {
        let values = shown(record, property);
        let named = values.iter().map(|value| match property.kind {
            Kind::Concept(_) => label(reader, value),
            _ => value.clone(),
        });
        named.collect::<Vec<_>>().join("; ")
    };
    let (old, new) = (words(before), words(now));
    (old != new).then(|| {
        view! { <div><dt>{property_name(reader, property.name)}</dt><dd>{marked(&words_of(&old, &new))}</dd></div> }.into_any()
    })
}

/// Two texts word by word.
pub fn words_of(old: &str, new: &str) -> Vec<Piece> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_words(old, new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut() {
            Some(last) if last.tag == change.tag() => last.text.push_str(change.value()),
            _ => pieces.push(Piece {
                tag: change.tag(),
                text: change.value().to_owned(),
            }),
        }
    }
    pieces
}

/// The paragraphs that differ.
pub fn paragraphs(old: &str, new: &str) -> Vec<Vec<Piece>> {
    // A last line that is none any more has not changed for that.
    let (old, new) = (format!("{old}\n"), format!("{new}\n"));
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(old.as_str(), new.as_str());
    let changed = diff
        .ops()
        .iter()
        .filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let text = |lines: &[&str], range: std::ops::Range<usize>| {
        lines.get(range).unwrap_or_default().concat()
    };
    changed
        .map(|op| {
            let (old, new) = (
                text(diff.old_slices(), op.old_range()),
                text(diff.new_slices(), op.new_range()),
            );
            words_of(old.trim_end(), new.trim_end())
        })
        .filter(|pieces| !pieces.is_empty())
        .collect()
}

fn marked(pieces: &[Piece]) -> AnyView {
    let piece = |piece: &Piece| {
        let text = piece.text.clone();
        match piece.tag {
            ChangeTag::Equal => text.into_any(),
            ChangeTag::Delete => view! { <del>{text}</del> }.into_any(),
            ChangeTag::Insert => view! { <ins>{text}</ins> }.into_any(),
        }
    };
    pieces.iter().map(piece).collect_view().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pieces: &[Piece]) -> String {
        let one = |piece: &Piece| match piece.tag {
            ChangeTag::Equal => piece.text.clone(),
            ChangeTag::Delete => format!("[-{}-]", piece.text),
            ChangeTag::Insert => format!("[+{}+]", piece.text),
        };
        pieces.iter().map(one).collect()
    }

    #[test]
    fn only_paragraphs_that_differ_are_shown_word_by_word() {
        let old = "Một.\n\nPhân số có tử số lớn hơn.\n\nBa.";
        let new = "Một.\n\nPhân số có mẫu số lớn hơn.\n\nBa.\n\nBốn.";
        let told: Vec<String> = paragraphs(old, new)
            .iter()
            .map(|pieces| told(pieces))
            .collect();
        assert_eq!(told[0], "Phân số có [-tử-][+mẫu+] số lớn hơn.");
        assert!(told.last().unwrap().contains("Bốn."), "{told:?}");
        assert!(paragraphs(old, old).is_empty());
    }
}
