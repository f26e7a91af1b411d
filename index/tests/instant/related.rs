//! Neighbours of a resource, and resources for the same lesson.

use super::{Library, record};
use khue_content::search::Reason;
use khue_content::{Alignment, LearningResource};

const MATHS: &str = "https://w3id.org/khue/about/toan";

fn about(id: &str, name: &str, subject: &str) -> LearningResource {
    let mut record = record(id, name, "vi");
    record.about = vec![subject.to_owned()];
    record
}

#[test]
fn neighbours_say_what_they_share() {
    let library = Library::of([
        (
            about("a", "Rút gọn phân số", MATHS),
            "Rút gọn phân số về phân số tối giản.",
        ),
        (
            about("b", "So sánh phân số", MATHS),
            "So sánh hai phân số cùng mẫu số.",
        ),
        (
            about("c", "Quang hợp", "https://w3id.org/khue/about/sinh-hoc"),
            "Quang hợp ở lá cây.",
        ),
        (
            about("d", "Hô hấp", "https://w3id.org/khue/about/sinh-hoc"),
            "Hô hấp ở lá cây.",
        ),
    ]);
    let similar = library.index.similar("a", 3).expect("neighbours");
    assert_eq!(similar[0].id, "b");
    let reasons = &similar[0].reasons;
    assert!(
        reasons.contains(&Reason::Shared("phân số".into())),
        "{reasons:?}"
    );
    assert!(
        reasons.contains(&Reason::SameSubject(MATHS.into())),
        "{reasons:?}"
    );
    assert!(
        library
            .index
            .similar("nobody", 3)
            .expect("an answer")
            .is_empty()
    );
}

#[test]
fn the_same_lesson_is_known_however_it_is_written() {
    let aligned = |id: &str, framework: &str, target: &str| {
        let mut record = record(id, id, "vi");
        record.educational_alignment = vec![Alignment {
            educational_framework: framework.into(),
            target_name: target.into(),
            ..Alignment::default()
        }];
        record
    };
    let records = [
        aligned(
            "a",
            "Kết nối tri thức",
            "Vật lí 10, Bài 15. Định luật 2 Newton",
        ),
        aligned(
            "b",
            "KẾT NỐI TRI THỨC",
            "Vật lý 10 – Bài 15: Định luật 2 Newton",
        ),
        aligned("c", "Cánh diều", "Vật lí 10, Bài 15. Định luật 2 Newton"),
        aligned(
            "d",
            "Kết nối tri thức",
            "Vật lí 10, Bài 16. Định luật 3 Newton",
        ),
    ];
    let alignments = records[0].educational_alignment.clone();
    let library = Library::of(records.into_iter().map(|record| (record, "")));
    let same = library
        .index
        .same_lesson("a", &alignments, 5)
        .expect("an answer");
    assert_eq!(
        same.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(),
        ["b"]
    );
    assert!(
        library
            .index
            .same_lesson("a", &[], 5)
            .expect("an answer")
            .is_empty()
    );
}
