//! What is read of a text: topics, sentences that say something alone, tasks, figures.

use super::{drafted, failures};
use khue_content::guidance::{GuidanceDraft, Lesson, patterns};
use khue_content::{Body, BodyFormat, LearningResource};

fn record(name: &str, format: BodyFormat, text: &str) -> LearningResource {
    LearningResource {
        id: "doc-thu".into(),
        name: name.into(),
        body: Some(Body {
            format,
            text: text.into(),
        }),
        ..LearningResource::default()
    }
}

fn plain(name: &str, text: &str) -> LearningResource {
    record(name, BodyFormat::Plain, text)
}

fn whole(record: &LearningResource) -> GuidanceDraft {
    let made = drafted(record).unwrap_or_else(|refusal| panic!("{}: {refusal}", record.name));
    let failed = failures(&made, record);
    assert!(failed.is_empty(), "{}: {failed:?}", record.name);
    made
}

const TOWN: &str = "Thị trấn An Khê nằm bên một khúc sông hẹp ở miền núi phía bắc. \
Người dân vùng An Khê trồng lúa trên những thửa ruộng bậc thang dốc đứng. \
Ngôi chợ cũ của An Khê họp vào sáng chủ nhật hằng tuần và bán nhiều hàng thủ công. \
Cây cầu treo nối An Khê với bờ bên kia được dựng lại vào năm 1998. \
Mùa mưa làm con đường lên thị trấn nhiều lần bị đất đá vùi lấp.";

#[test]
fn a_question_to_choose_from_is_a_task_without_a_question_mark() {
    let exam = plain(
        "Trong mạch xoay chiều dân dụng ở nước ta, dòng điện đổi chiều bao nhiêu lần trong một giây thì",
        "Trong mạch xoay chiều dân dụng ở nước ta, dòng điện có tần số năm mươi héc đổi chiều trong mỗi giây số lần là\nA. 50 lần.\nB. 25 lần.\nC. 100 lần.\nD. 200 lần.",
    );
    let lesson = Lesson::read(&exam);
    assert!(
        lesson.exercises[0].text.ends_with("số lần là"),
        "{lesson:?}"
    );
}

#[test]
fn talk_between_a_and_b_is_no_question_to_choose_from() {
    let talk = plain(
        "At the station",
        "A: Good morning, when does the next train leave?\nB: It leaves at ten past nine from platform two.\nA: How much is a return ticket to the coast?\nB: It costs twelve pounds if you travel today.",
    );
    let lesson = Lesson::read(&talk);
    assert!(
        lesson
            .claims
            .iter()
            .any(|claim| claim.text.contains("platform two"))
    );
    whole(&talk);
}

#[test]
fn a_topic_is_written_as_the_text_writes_it() {
    let lower = plain("an khê", TOWN);
    assert_eq!(Lesson::read(&lower).concept.as_deref(), Some("An Khê"));
    let capitals = plain(
        "Mạng Nơ-ron Tích chập",
        "Một mạng nơ-ron tích chập trượt những bộ lọc nhỏ trên ảnh đầu vào. Mỗi bộ lọc của mạng nơ-ron tích chập học một nét riêng của ảnh.",
    );
    let concept = Lesson::read(&capitals).concept;
    assert_eq!(concept.as_deref(), Some("mạng nơ-ron tích chập"));
    let tagged = plain("<i>An Khê</i>", TOWN);
    assert_eq!(Lesson::read(&tagged).concept.as_deref(), Some("An Khê"));
}

#[test]
fn nobody_is_asked_for_examples_of_a_place() {
    let town = plain("An Khê", TOWN);
    assert!(Lesson::read(&town).is_named);
    let made = whole(&town);
    let used = made.sections.iter().flat_map(|section| &section.items);
    for item in used.filter(|item| item.pattern.is_some()) {
        let own =
            |pattern: &&khue_content::guidance::Pattern| Some(&pattern.id) == item.pattern.as_ref();
        let pattern = patterns().iter().find(own).expect("a pattern");
        assert!(!pattern.thing, "{}: {}", pattern.id, item.words());
    }
    let water = plain(
        "Vòng tuần hoàn của nước",
        "Nước biển bay hơi rồi ngưng tụ thành mây trên cao. Trong vòng tuần hoàn của nước, mưa đưa nước trở lại sông suối.",
    );
    assert!(!Lesson::read(&water).is_named);
}

#[test]
fn sentences_that_point_elsewhere_come_last() {
    let text = "Lực ma sát cản trở chuyển động của một vật trên mặt tiếp xúc. Lực ma sát sinh ra nhiệt ở chỗ hai bề mặt cọ vào nhau. \
Hình vẽ dưới đây cho thấy lực ma sát tác dụng lên chiếc hộp gỗ. May mắn thay, phép đo này cho kết quả gần với lực ma sát thật. \
Dầu bôi trơn làm giảm lực ma sát giữa các chi tiết của máy.";
    let lesson = Lesson::read(&plain("Lực ma sát", text));
    let place = |words: &str| {
        let found = lesson
            .claims
            .iter()
            .position(|claim| claim.text.contains(words));
        found.unwrap_or(usize::MAX)
    };
    for good in ["cản trở", "sinh ra nhiệt", "bôi trơn"] {
        for poor in ["dưới đây", "phép đo này"] {
            assert!(
                place(good) < place(poor),
                "{good} behind {poor}: {lesson:#?}"
            );
        }
    }
}

#[test]
fn the_head_of_a_table_is_quoted_nowhere() {
    let table = "| Chất liệu | Khả năng dẫn điện |\n|---|---|\n| Đồng đỏ | dẫn rất tốt |\n| Cao su mềm | không dẫn điện |\n| Nước muối | dẫn khá tốt |\n| Gỗ khô | hầu như không |\n| Nhôm lá | dẫn tốt |";
    for format in [BodyFormat::Plain, BodyFormat::Markdown] {
        let lesson = Lesson::read(&record("Chất dẫn điện", format, table));
        assert!(!lesson.claims.is_empty());
        let head = lesson
            .claims
            .iter()
            .find(|claim| claim.text.contains("Chất liệu"));
        assert_eq!(head, None, "{format:?}");
    }
}

#[test]
fn what_ai_spoils_in_a_sentence_with_a_figure_is_the_figure() {
    let sentences = TOWN.split_inclusive(". ").skip(2).collect::<String>();
    let made = whole(&plain("An Khê", &sentences));
    let check = made.sections[7]
        .items
        .iter()
        .find(|item| item.text.contains("1998"))
        .expect("the sentence with a year is verified");
    assert!(check.parts[0].text.starts_with("“1998”"), "{check:?}");
}

#[test]
fn words_that_say_nothing_are_no_terms_in_whatever_language() {
    let text = format!(
        "{TOWN} The bridge has been rebuilt after the flood of that year. The market hall has been painted twice. The road has been closed since May."
    );
    let lesson = Lesson::read(&plain("An Khê", &text));
    assert!(
        !lesson.terms.iter().any(|term| term == "has been"),
        "{:?}",
        lesson.terms
    );
}

/// A text with a sentence or two says the same things in each part of a draft; what has to be verified
/// comes first then.
#[test]
fn a_text_of_one_long_sentence_gets_something_to_verify() {
    let one = plain(
        "<i>Cahiers d’un meunier</i>",
        "Les cahiers du meunier racontent la vie d’un moulin au bord d’une rivière lente, entre les crues du printemps et les disettes, avec la patience d’un homme qui compte chaque sac, nomme chaque voisin et regrette un fils parti trop tôt pour la ville, dont il espère chaque soir une lettre. Ses mots gardent la trace d’un pays où l’eau décidait de tout, du pain comme des querelles, et où la meule tournait jusqu’à la nuit.",
    );
    assert!(!whole(&one).sections[7].items.is_empty());
}

#[test]
fn a_french_phrase_takes_the_article_of_its_first_word() {
    let text = "La politique de ce pays repose sur des familles puissantes. Le parlement vote les lois proposées par le gouvernement. \
La politique y change peu, car les mêmes hommes gouvernent depuis longtemps. Les élections ont lieu tous les cinq ans dans chaque région.";
    let made = whole(&plain("Politique en Ouzbékistan", text));
    let json = serde_json::to_string(&made).expect("JSON");
    assert!(json.contains("politique en Ouzbékistan"), "{json}");
    assert!(!json.contains("« Politique en Ouzbékistan »"));
}
