//! Exercises out of other programs' files.

use khue_content::exercise::import::{Imported, from_gift, from_h5p, from_qti};
use khue_content::exercise::{Answers, Exercise, Gap, Task, Verdict, find, score, write};
use proptest::prelude::*;

#[path = "fixtures/shared_data.rs"]
mod shared_data;
use shared_data::shared_data;

/// Everything that was imported can be written as a block and read again.
fn written(imported: &Imported) {
    for exercise in &imported.exercises {
        let block = write(exercise);
        let found = find(&block, &exercise.language);
        assert_eq!(found.len(), 1, "{block}");
        assert!(
            found[0].exercise.is_ok(),
            "{:?}\n{block}",
            found[0].exercise
        );
    }
}

fn gift(text: &str) -> Vec<Exercise> {
    let imported = from_gift(text, "en");
    assert!(imported.left_out.is_empty(), "{:?}", imported.left_out);
    written(&imported);
    imported.exercises
}

fn verdict(exercise: &Exercise, typed: &str) -> Verdict {
    score(exercise, &Answers::new([("a", typed)])).verdict
}

const GIFT: &str = "// a comment
$CATEGORY: tests

::Capital:: What is the capital of Viet Nam? {~Huế #It was once. =Hà Nội #Yes. ~Đà Nẵng}

Two plus two? {=4 =four}

Which are primes? {~%50%2 ~%50%3 ~%-100%4}

The sky is blue.{T#Look up.#Right.}

When was it? {#1954:1}

Pi? {#3.141..3.142}

Match. {=cat -> mèo =dog -> chó =-> gà}

Water {=boils ~freezes} at 100 °C.

A brace \\{ and a sign \\= here? {=yes####Because.}
";

#[test]
fn gift_questions_of_every_kind() {
    let all = gift(GIFT);
    assert_eq!(all.len(), 9);
    assert!(matches!(&all[0].task, Task::Single(choices) if choices[0].feedback == "It was once."));
    assert_eq!(verdict(&all[0], "1"), Verdict::Right);
    assert_eq!(verdict(&all[1], "Four"), Verdict::Right);
    assert!(
        matches!(&all[2].task, Task::Multiple(choices) if choices.iter().filter(|c| c.right).count() == 2)
    );
    assert_eq!(verdict(&all[3], "0"), Verdict::Right);
    assert_eq!(
        (verdict(&all[4], "1953"), verdict(&all[4], "1952")),
        (Verdict::Right, Verdict::Wrong)
    );
    assert_eq!(
        (verdict(&all[5], "3.1415"), verdict(&all[5], "3.15")),
        (Verdict::Right, Verdict::Wrong)
    );
    assert!(
        matches!(&all[6].task, Task::Matching { pairs, others } if pairs.len() == 2 && others.len() == 1)
    );
    assert!(matches!(&all[7].task, Task::Gaps(gaps) if matches!(gaps[0], Gap::Choice(_))));
    assert_eq!(all[8].explanation, "Because.");
    assert!(all[8].question.contains("brace {") && all[8].question.contains("sign ="));
}

#[test]
fn what_gift_has_and_we_have_not_is_named_with_its_line() {
    let imported = from_gift("Write an essay. {}\n\nJust a text.\n\nOpen {=a\n", "en");
    assert!(imported.exercises.is_empty());
    let places: Vec<&str> = imported
        .left_out
        .iter()
        .map(|left| left.place.as_str())
        .collect();
    assert_eq!(places, ["line 1", "line 3", "line 5"]);
    assert!(imported.left_out[0].what.contains("essay"));
}

const ORDER: &str = r#"<qti-assessment-item identifier="i" title="Order" xml:lang="vi">
<qti-response-declaration identifier="R" cardinality="ordered" base-type="identifier"><qti-correct-response>
<qti-value>b</qti-value><qti-value>a</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body><qti-order-interaction response-identifier="R"><qti-prompt>Xếp.</qti-prompt>
<qti-simple-choice identifier="a">hai</qti-simple-choice><qti-simple-choice identifier="b">một</qti-simple-choice>
</qti-order-interaction></qti-item-body></qti-assessment-item>"#;

const MATCH: &str = r#"<qti-assessment-item identifier="i" title="Match">
<qti-response-declaration identifier="R" cardinality="multiple" base-type="directedPair"><qti-correct-response>
<qti-value>A X</qti-value><qti-value>B Y</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body><p>Pair them.</p><qti-match-interaction response-identifier="R"><qti-simple-match-set>
<qti-simple-associable-choice identifier="A">cat</qti-simple-associable-choice>
<qti-simple-associable-choice identifier="B">dog</qti-simple-associable-choice></qti-simple-match-set><qti-simple-match-set>
<qti-simple-associable-choice identifier="X">mèo</qti-simple-associable-choice>
<qti-simple-associable-choice identifier="Y">chó</qti-simple-associable-choice></qti-simple-match-set>
</qti-match-interaction></qti-item-body></qti-assessment-item>"#;

const GAPS: &str = r#"<qti-assessment-item identifier="i" title="Gaps">
<qti-response-declaration identifier="A" cardinality="single" base-type="identifier"><qti-correct-response>
<qti-value>x</qti-value></qti-correct-response></qti-response-declaration>
<qti-response-declaration identifier="B" cardinality="single" base-type="float"><qti-correct-response>
<qti-value>100</qti-value></qti-correct-response></qti-response-declaration>
<qti-item-body><p>Water <qti-inline-choice-interaction response-identifier="A">
<qti-inline-choice identifier="x">boils</qti-inline-choice><qti-inline-choice identifier="y">freezes</qti-inline-choice>
</qti-inline-choice-interaction> at <qti-text-entry-interaction response-identifier="B"/> °C.</p></qti-item-body></qti-assessment-item>"#;

#[test]
fn qti_interactions() {
    let order = from_qti(ORDER, "en");
    assert!(
        matches!(&order.exercises[0].task, Task::Ordering(items) if *items == ["một", "hai"]),
        "{order:?}"
    );
    assert_eq!(order.exercises[0].language, "vi");
    let pairs = from_qti(MATCH, "en");
    assert!(
        matches!(&pairs.exercises[0].task, Task::Matching { pairs, .. } if pairs[1].right == "chó"),
        "{pairs:?}"
    );
    let gaps = from_qti(GAPS, "en");
    assert!(
        matches!(&gaps.exercises[0].task, Task::Gaps(all) if all.len() == 2),
        "{gaps:?}"
    );
    for imported in [order, pairs, gaps] {
        assert!(imported.left_out.is_empty(), "{:?}", imported.left_out);
        written(&imported);
    }
    let other = ORDER.replace("order-interaction", "drawing-interaction");
    assert!(
        from_qti(&other, "en").left_out[0]
            .to_string()
            .contains("qti-drawing-interaction")
    );
    assert!(!from_qti("<html></html>", "en").left_out.is_empty());
}

#[test]
fn h5p_question_types() {
    let of = |library: &str, content: &str| {
        let imported = from_h5p(
            &format!(r#"{{"title":"T","mainLibrary":"{library}"}}"#),
            content,
            "en",
        );
        written(&imported);
        imported
    };
    let truth = of(
        "H5P.TrueFalse",
        r#"{"question":"<p>Is it?</p>","correct":"false"}"#,
    );
    assert_eq!(verdict(&truth.exercises[0], "1"), Verdict::Right);
    let choice = of(
        "H5P.MultiChoice",
        r#"{"question":"<p>\\(\\frac{1}{2}\\)?</p>","answers":[{"text":"<div>0.5</div>","correct":true},{"text":"2","correct":false,"tipsAndFeedback":{"chosenFeedback":"No."}}]}"#,
    );
    assert!(choice.exercises[0].question.contains("$\\frac{1}{2}$"));
    let blanks = of(
        "H5P.Blanks",
        r#"{"text":"<p>Fill in.</p>","questions":["<p>Water *boils/cooks:heat* at *100* degrees.</p>"]}"#,
    );
    assert!(matches!(&blanks.exercises[0].task, Task::Gaps(gaps) if gaps.len() == 2));
    assert_eq!(blanks.exercises[0].hints, ["heat"]);
    let drag = of(
        "H5P.DragText",
        r#"{"taskDescription":"Drag.","textField":"A *cat* and a *dog*."}"#,
    );
    assert!(matches!(&drag.exercises[0].task, Task::Gaps(gaps) if gaps.len() == 2));
    let set = of(
        "H5P.QuestionSet",
        r#"{"questions":[{"library":"H5P.TrueFalse 1.8","params":{"question":"A?","correct":"true"}},{"library":"H5P.Essay 1.5","params":{}}]}"#,
    );
    assert_eq!((set.exercises.len(), set.left_out.len()), (1, 1));
    assert_eq!(
        set.left_out[0].to_string(),
        "T, 2: the type H5P.Essay has no equal here; left out"
    );
    assert!(!from_h5p("{", "{}", "en").left_out.is_empty());
}

#[test]
fn real_items_are_imported_with_a_report() {
    let Some(folder) = shared_data("standards_fixtures/qti") else {
        return;
    };
    let (mut exercises, mut left_out) = (0, Vec::new());
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "xml"))
    {
        let imported = from_qti(&std::fs::read_to_string(file).expect("a text"), "en");
        written(&imported);
        exercises += imported.exercises.len();
        left_out.extend(imported.left_out);
    }
    assert_eq!(
        exercises, 6,
        "all but the one that declares no right answer"
    );
    assert_eq!(left_out.len(), 1, "{left_out:?}");
    assert!(left_out[0].what.contains("no right answer is declared"));
}

proptest! {
    #[test]
    fn no_file_breaks_the_readers(text in "(?s)([{}=~#:%]|->|::|\\\\|\n|T|1|a|<qti-[a-z-]{1,20}>|<p>|\\PC)*") {
        written(&from_gift(&text, "vi"));
        let _ = from_qti(&text, "vi");
        let _ = from_h5p(&text, &text, "vi");
    }
}
