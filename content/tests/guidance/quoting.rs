//! What a draft quotes and names: sentences that stand alone, tasks that are whole, the topic named once
//! and not in every line.

use super::{drafted, failures, lesson, lessons};
use khue_content::guidance::{GuidanceDraft, Item, Lesson, Pattern, patterns};
use khue_content::{Body, BodyFormat, LearningResource, render};

pub fn markdown(name: &str, text: &str) -> LearningResource {
    LearningResource {
        id: "trich-dan".into(),
        name: name.into(),
        body: Some(Body {
            format: BodyFormat::Markdown,
            text: text.into(),
        }),
        ..LearningResource::default()
    }
}

pub fn claims(record: &LearningResource) -> Vec<String> {
    let lesson = Lesson::read(record);
    lesson.claims.into_iter().map(|claim| claim.text).collect()
}

pub fn tasks(text: &str) -> Vec<String> {
    let lesson = Lesson::read(&markdown("Đường thẳng", text));
    lesson.exercises.into_iter().map(|task| task.text).collect()
}

pub fn pattern(item: &Item) -> Option<&'static Pattern> {
    let id = item.pattern.as_ref()?;
    patterns().iter().find(|pattern| pattern.id == *id)
}

pub fn items(made: &GuidanceDraft, section: usize) -> impl Iterator<Item = &Item> {
    made.sections[section].items.iter()
}

pub const LINES: &str = "Một đường thẳng cắt trục tung tại một điểm duy nhất. Hai đường thẳng song song thì không có điểm chung. \
Đường thẳng đi qua hai điểm phân biệt là duy nhất. Hai đường thẳng cắt nhau có đúng một điểm chung.";

#[test]
fn a_word_that_ties_a_sentence_to_another_is_not_quoted_with_it() {
    for (sentence, rest) in [
        (
            "Vì thế luôn chấm hai điểm trước khi kẻ một đường thẳng.",
            "luôn chấm hai điểm trước khi kẻ một đường thẳng.",
        ),
        (
            "Tuy nhiên, ba điểm tuỳ ý chưa chắc nằm trên một đường thẳng.",
            "ba điểm tuỳ ý chưa chắc nằm trên một đường thẳng.",
        ),
        (
            "Vậy hệ số góc của hai đường thẳng song song bằng nhau.",
            "hệ số góc của hai đường thẳng song song bằng nhau.",
        ),
    ] {
        let found = claims(&markdown("Đường thẳng", &format!("{LINES} {sentence}")));
        assert!(!found.contains(&sentence.to_owned()), "{found:?}");
        assert!(found.contains(&rest.to_owned()), "{found:?}");
    }
    let kept = "So với trục tung, một đường thẳng nằm ngang vuông góc với nó.";
    let found = claims(&markdown("Đường thẳng", &format!("{LINES} {kept}")));
    assert!(found.contains(&kept.to_owned()), "{found:?}");
}

#[test]
fn no_quotation_leans_on_the_sentence_before() {
    let ties = [
        "Vậy ",
        "Vì thế",
        "Vì vậy",
        "Do đó",
        "Như vậy",
        "Tuy nhiên",
        "Ngoài ra",
        "Nhưng ",
        "However",
        "Therefore",
        "Thus",
        "So the",
        "But ",
        "Donc",
        "Ainsi ",
        "Cependant",
        "Mais ",
    ];
    for record in lessons() {
        let made = drafted(&record).expect("a draft");
        let quotes = made
            .sections
            .iter()
            .flat_map(|s| &s.items)
            .flat_map(|i| &i.quotes);
        for quote in quotes {
            let tied = ties.iter().find(|tie| quote.text.starts_with(**tie));
            assert!(tied.is_none(), "{}: {}", record.id, quote.text);
        }
    }
}

#[test]
fn what_builds_knowledge_goes_before_what_opens_the_lesson() {
    let text = "## Mở đầu (5 phút)\n\nSố chỉ của hai vôn kế có thể chênh nhau vài phần mười vôn. Bóng đèn nối với viên pin cũ sáng rất mờ.\n\n\
## Hình thành kiến thức\n\nĐiện trở trong của pin nằm ngay trong viên pin. Điện trở trong càng lớn thì hiệu điện thế giữa hai cực càng nhỏ khi mạch kín. \
Viên pin cũ có điện trở trong lớn hơn viên pin mới.";
    let found = Lesson::read(&markdown("Điện trở trong của pin", text)).claims;
    let best: Vec<&str> = found
        .iter()
        .take(3)
        .map(|own| own.heading.as_str())
        .collect();
    assert_eq!(best, ["Hình thành kiến thức"; 3], "{found:?}");
    let reading = found.iter().find(|own| own.text.starts_with("Số chỉ"));
    assert!(
        reading.is_none_or(|own| !own.forms.contains(&"always")),
        "{found:?}"
    );
}

#[test]
fn a_formula_below_ends_the_sentence_that_leads_to_it() {
    let record = lesson("vi/vat-li-11-do-suat-dien-dong-pin.md");
    let found = claims(&record);
    let law = found
        .iter()
        .position(|own| own.contains("khi mạch kín là U = "));
    assert!(law.is_some_and(|place| place < 3), "{found:?}");
    let made = drafted(&record).expect("a draft");
    assert!(failures(&made, &record).is_empty());
}

#[test]
fn a_sentence_goes_on_behind_its_formula() {
    let text = format!(
        "## Building knowledge\n\nA function of the form\n\n$$y = ax + b$$\n\nis called a linear function. The graph of it is a straight line in the plane.\n\n{LINES}"
    );
    let found = claims(&markdown("Linear functions", &text));
    let whole = "A function of the form y = ax + b is called a linear function.";
    assert!(found.contains(&whole.to_owned()), "{found:?}");
    assert!(
        !found.iter().any(|own| own.ends_with("= ax + b")),
        "{found:?}"
    );
}

#[test]
fn a_rule_of_safety_counts_wherever_it_stands() {
    let found = claims(&lesson("vi/vat-li-11-do-suat-dien-dong-pin.md"));
    let rule = found
        .iter()
        .position(|own| own.starts_with("Không bao giờ mắc ampe kế"));
    assert!(rule.is_some_and(|place| place < 4), "{found:?}");
}

#[test]
fn topic_term_and_sentence_of_an_activity_speak_of_one_thing() {
    for record in lessons() {
        let read = Lesson::read(&record);
        let Some(concept) = read.concept.as_deref().map(str::to_lowercase) else {
            continue;
        };
        let made = drafted(&record).expect("a draft");
        for item in items(&made, 5) {
            let needs =
                |slot: &str| pattern(item).is_some_and(|own| own.needs.iter().any(|n| n == slot));
            if !(needs("concept") && needs("term") && needs("sentence")) {
                continue;
            }
            let words: Vec<&str> = concept.split_whitespace().collect();
            let sentence = item
                .quotes
                .iter()
                .find(|quote| quote.text.split_whitespace().count() > 6);
            let lower = sentence
                .map(|quote| quote.text.to_lowercase())
                .unwrap_or_default();
            let shared = words.iter().filter(|word| lower.contains(**word)).count();
            assert!(shared * 3 >= words.len() * 2, "{}: {lower}", record.id);
        }
    }
}

#[test]
fn a_machine_gets_no_task_that_needs_the_resource() {
    for record in lessons() {
        let read = Lesson::read(&record);
        let made = drafted(&record).expect("a draft");
        for quote in items(&made, 6).flat_map(|item| &item.quotes) {
            let task = read.exercises.iter().find(|task| task.text == quote.text);
            assert!(
                task.is_none_or(|task| task.alone),
                "{}: {}",
                record.id,
                quote.text
            );
        }
    }
    let needs = "## Luyện tập\n\n1. Dùng số liệu mẫu, hãy dự đoán tung độ khi x = 3.\n2. Tính tung độ của điểm có hoành độ 3 trên đường thẳng y = 2x + 1.";
    let found = Lesson::read(&markdown("Đường thẳng", &format!("{LINES}\n\n{needs}"))).exercises;
    let alone = |start: &str| {
        found
            .iter()
            .find(|task| task.text.starts_with(start))
            .map(|task| task.alone)
    };
    assert_eq!(alone("Dùng số liệu"), Some(false), "{found:?}");
    assert_eq!(alone("Tính tung độ"), Some(true), "{found:?}");
}

#[test]
fn a_task_is_quoted_whole_and_without_its_answer() {
    let long = format!(
        "Bài toán kể về một khu vườn. {}Hỏi khu vườn rộng bao nhiêu mét vuông?",
        "Người ta đo được một cạnh dài 12 m rồi ghi vào sổ. ".repeat(8)
    );
    let answered = "Mảnh vườn hình vuông cạnh 45 m có ao vuông cạnh 15 m ở một góc. Tính diện tích trồng cây bằng hai cách, cách nào nhanh hơn? (45² − 15² = 60·30 = 1800 m².) Giao bài 4, bài 5 về nhà.";
    let found = tasks(&format!(
        "{LINES}\n\n## Luyện tập\n\n1. {long}\n2. {answered}\n"
    ));
    assert!(
        found.iter().all(|task| !task.contains("khu vườn")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|task| task.starts_with("Mảnh vườn") && task.ends_with("nhanh hơn?")),
        "{found:?}"
    );
}

#[test]
fn only_the_bracket_is_no_base_of_a_power() {
    let text = |source: &str| render::plain_text(&markdown("", source).body.expect("a body"));
    assert_eq!(text("$(x+1)^2-x^2=15$"), "(x + 1)² − x² = 15");
    let found = tasks(&format!(
        "{LINES}\n\n## Luyện tập\n\n1. Tìm $x$ biết $(x+1)^2-x^2=15$ bằng hằng đẳng thức."
    ));
    assert!(
        found.iter().any(|task| task.contains("(x + 1)²")),
        "{found:?}"
    );
}

#[test]
fn a_sentence_ends_behind_a_single_small_letter() {
    let text = format!(
        "{LINES} Hai vế bằng nhau với mọi giá trị của x. Nói cách khác đó là một đẳng thức luôn đúng."
    );
    let found = claims(&markdown("Đường thẳng", &text));
    assert!(
        found.contains(&"Hai vế bằng nhau với mọi giá trị của x.".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_waits_for_its_end_or_was_glued_is_not_quoted() {
    let text = "Công nghiệp được chia thành các nhóm chính là\n\nDãy núi thuộc miền Đông Bắc là dãy Đông TriềuCHỌN D.\n\nThan được khai thác nhiều nhất ở tỉnh Quảng Ninh của nước ta.";
    let found = claims(&markdown("Công nghiệp", text));
    assert!(
        found
            .iter()
            .all(|own| !own.ends_with(" là") && !own.contains("CHỌN")),
        "{found:?}"
    );
}

#[test]
fn the_topic_is_not_named_in_every_line() {
    for record in lessons() {
        let Some(concept) = Lesson::read(&record).concept.map(|own| own.to_lowercase()) else {
            continue;
        };
        let made = drafted(&record).expect("a draft");
        for item in items(&made, 5).filter(|_| concept.chars().count() > 4) {
            let mut text = item.words().to_lowercase();
            for quote in &item.quotes {
                if quote.text.to_lowercase() != concept {
                    text = text.replace(&quote.text.trim_end_matches('.').to_lowercase(), " ");
                }
            }
            let times = text.matches(&concept).count();
            assert!(
                times <= 3,
                "{}: {times} times in {:?}",
                record.id,
                item.parts
            );
        }
    }
}

#[test]
fn a_prompt_says_itself_what_it_is_about() {
    for record in lessons() {
        let read = Lesson::read(&record);
        let made = drafted(&record).expect("a draft");
        for item in items(&made, 6).filter(|_| read.concept.is_some()) {
            let prompt = item
                .parts
                .iter()
                .find(|part| ["Câu lệnh", "Prompt", "Consigne"].contains(&part.label.as_str()));
            let text = prompt.map_or("", |part| part.text.as_str());
            for vague in [
                "bài này",
                "nội dung này",
                "this lesson",
                "this topic",
                "cette leçon",
                "ce thème",
            ] {
                assert!(!text.contains(vague), "{}: {text}", record.id);
            }
        }
    }
}
