//! A language model chooses spans for gaps: what comes of any choice, good or bad.

use super::{drafted, failures, lesson, lessons, request};
use khue_content::LearningResource;
use khue_content::guidance::{
    Chosen, Gap, GapKind, GuidanceDraft, GuidanceRequest, Lesson, draft_worded, reading, rubric,
    trials,
};
use std::cell::RefCell;
use std::collections::BTreeSet;

fn asked() -> GuidanceRequest {
    GuidanceRequest {
        writer: Some(Chosen {
            name: "small".into(),
            revision: "7".into(),
        }),
        ..request(None)
    }
}

fn worded(
    record: &LearningResource,
    choose: &dyn Fn(&Gap) -> Option<usize>,
) -> Option<GuidanceDraft> {
    draft_worded(record, &asked(), None, choose).ok()
}

fn chosen_items(made: &GuidanceDraft) -> usize {
    let items = made.sections.iter().flat_map(|section| &section.items);
    items.filter(|item| item.worded).count()
}

fn origin(made: &GuidanceDraft) -> String {
    let items = made.sections[0].items.iter();
    items
        .map(|item| item.words())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn no_choice_makes_a_draft_worse() {
    let mut chosen = 0;
    // Every seventh: they are of many subjects, and each takes a while.
    for record in lessons().into_iter().step_by(7) {
        let plain = drafted(&record).expect("a draft");
        for choice in [1, 2, 99] {
            let made = worded(&record, &|_| Some(choice)).expect("a draft");
            assert_eq!(failures(&made, &record), [], "{} {choice}", record.id);
            assert!(rubric(&made).score >= rubric(&plain).score, "{}", record.id);
            chosen += chosen_items(&made);
        }
    }
    assert!(chosen > 20, "{chosen} items");
}

#[test]
fn a_draft_says_which_model_chose_where_or_that_none_did() {
    let record = lesson("vi/khoa-hoc-5-mach-dien-don-gian.md");
    let made = worded(&record, &|gap| Some(gap.spans.len() - 1)).expect("a draft");
    assert!(chosen_items(&made) > 0);
    assert_eq!(made.writer, asked().writer);
    let said = origin(&made);
    for item in made.sections.iter().flat_map(|section| &section.items) {
        let named = said.contains(&format!("({})", item.label));
        assert!(!item.worded || named, "{} {said}", item.label);
    }
    assert!(said.contains("small") && said.contains('7'), "{said}");
    let none = worded(&record, &|_| None).expect("a draft");
    assert_eq!((chosen_items(&none), &none.writer), (0, &None));
    assert!(origin(&none).contains("small"), "{}", origin(&none));
    assert_eq!(
        worded(&record, &|gap| Some(gap.spans.len() - 1)),
        Some(made)
    );
}

#[test]
fn gaps_offer_spans_of_the_lesson_and_nothing_else() {
    for record in lessons().into_iter().step_by(5) {
        let lesson = Lesson::read(&record);
        let fields = [
            &record.keywords[..],
            &record.teaches,
            std::slice::from_ref(&record.name),
        ]
        .concat();
        let own = format!("{} {}", lesson.written, fields.join(" ")).to_lowercase();
        let seen = RefCell::new(Vec::new());
        worded(&record, &|gap| {
            seen.borrow_mut().push(gap.clone());
            None
        });
        for gap in seen.into_inner() {
            assert!(gap.spans.len() > 1, "{gap:?}");
            for span in &gap.spans {
                let bare = span.trim_matches(['“', '”', '«', '»', '\u{a0}']);
                assert!(own.contains(&bare.to_lowercase()), "{}: {span}", record.id);
            }
        }
    }
}

#[test]
fn trials_have_one_answer_that_is_not_read_before() {
    let mut kinds = BTreeSet::new();
    for record in lessons() {
        let lesson = Lesson::read(&record);
        for trial in trials(&lesson, "vi") {
            let gap = &trial.gap;
            let different: BTreeSet<&String> = gap.spans.iter().collect();
            assert_eq!(different.len(), gap.spans.len(), "{gap:?}");
            assert!(trial.by_rule < gap.spans.len());
            let hidden = trial.sentences();
            let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
            let read = reading(&record, &lesson, &hidden);
            let right = &gap.spans[trial.right];
            match gap.kind {
                GapKind::Term => {
                    let whole = [&gap.before, right, &gap.after]
                        .map(String::as_str)
                        .concat();
                    assert!(lesson.written.contains(&whole) && !read.contains(&whole));
                }
                GapKind::Sentence => {
                    assert!(
                        lesson.written.contains(right.as_str()) && !read.contains(right.as_str())
                    );
                }
            }
            kinds.insert(gap.kind);
        }
    }
    assert_eq!(kinds.len(), 2);
}
