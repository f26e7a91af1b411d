//! Whether the sentences of a draft hold together: tasks with what they ask, rows with their heads,
//! advice that fits its sentence, small letters and marks where they belong.

use super::{draft, drafted, lesson, lessons, request, uri};
use khue_content::guidance::{GuidanceDraft, Item, Lesson, Pattern, patterns};
use khue_content::render::plain_text;
use khue_content::{Body, BodyFormat, LearningResource};

fn markdown(name: &str, text: &str) -> LearningResource {
    LearningResource {
        id: "cau-van".into(),
        name: name.into(),
        body: Some(Body {
            format: BodyFormat::Markdown,
            text: text.into(),
        }),
        ..LearningResource::default()
    }
}

fn tasks(record: &LearningResource) -> Vec<String> {
    let lesson = Lesson::read(record);
    lesson.exercises.into_iter().map(|task| task.text).collect()
}

fn texts(made: &GuidanceDraft) -> impl Iterator<Item = &str> {
    let items = made.sections.iter().flat_map(|section| &section.items);
    let own = items.filter(|item| item.pattern.is_some());
    own.flat_map(|item| {
        std::iter::once(item.text.as_str()).chain(item.parts.iter().map(|part| part.text.as_str()))
    })
}

fn pattern(item: &Item) -> Option<&'static Pattern> {
    let id = item.pattern.as_ref()?;
    patterns().iter().find(|pattern| pattern.id == *id)
}

const LINES: &str = "Một đường thẳng cắt trục tung tại một điểm duy nhất. Hai đường thẳng song song thì không có điểm chung. \
Đường thẳng đi qua hai điểm phân biệt là duy nhất. Hai đường thẳng cắt nhau có đúng một điểm chung.";

#[test]
fn a_decimal_comma_in_braces_has_no_space_behind_it() {
    let text = |markdown_text: &str| plain_text(&markdown("", markdown_text).body.expect("a body"));
    assert_eq!(text("Khi $x = 3{,}5$ thì dừng."), "Khi x = 3,5 thì dừng.");
    assert_eq!(text("Điểm $(3, 5)$."), "Điểm (3, 5).");
}

#[test]
fn a_task_that_announces_its_items_has_them() {
    let record = lesson("vi/toan-2-phep-cong-co-nho-trong-pham-vi-100.md");
    let found = tasks(&record);
    assert!(
        !found.iter().any(|task| task == "Đặt tính rồi tính"),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|task| task.starts_with("Đặt tính rồi tính: a) 27 + 36")),
        "{found:?}"
    );
    let sheet = LearningResource {
        body: Some(Body {
            format: BodyFormat::Plain,
            text: "Bài 1. Tính nhẩm:\n21 x 3\n32 x 3\n17 x 4\n\nBài 2. Một hộp có 24 cái bút chì. Hỏi 4 hộp như thế có bao nhiêu cái bút chì?\n\nBài 3. Tìm x, biết:\na) x : 3 = 25\nb) x : 5 = 18".into(),
        }),
        ..markdown("Phiếu bài tập", "")
    };
    let found = tasks(&sheet);
    assert!(
        found.contains(&"Tính nhẩm: 21 x 3 32 x 3 17 x 4".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"Tìm x, biết: a) x : 3 = 25 b) x : 5 = 18".to_owned()),
        "{found:?}"
    );
}

#[test]
fn answers_and_gaps_for_words_are_no_tasks() {
    let text = format!(
        "## Hình thành kiến thức\n\n{LINES}\n\nThử điểm thứ ba: x = 3 cho y = 3. Điểm (3; 3) có nằm trên đường thẳng không? Có.\n\n## Luyện tập\n\n\
```bài tập 1\nĐiểm $(4; 5)$ có nằm trên đường thẳng $y = 2x - 3$ không?\n\n- (x) Có, vì 2·4 − 3 = 5 đúng bằng tung độ\n- ( ) Không, vì 2·5 − 3 = 7 khác hoành độ của điểm\n```\n\n\
```bài tập 2\nĐường thẳng cắt trục tung tại điểm gọi là [[giao điểm]]. Không nên nhầm nó với [[gốc toạ độ]] của hệ trục.\n```\n"
    );
    let found = tasks(&markdown("Đường thẳng", &text));
    assert!(
        found.iter().any(|task| task.contains("(4; 5)")),
        "{found:?}"
    );
    for poor in ["vì 2", "Có.", "Không nên nhầm"] {
        assert!(
            !found.iter().any(|task| task.contains(poor)),
            "{poor}: {found:?}"
        );
    }
}

#[test]
fn a_row_of_a_table_is_quoted_with_its_head() {
    let table = "| Chất liệu | Khả năng dẫn điện |\n|---|---|\n| Đồng đỏ | dẫn rất tốt |\n| Cao su mềm | không dẫn điện |\n| Nước muối | dẫn khá tốt |\n| Gỗ khô | hầu như không |\n| Nhôm lá | dẫn tốt |";
    let made = drafted(&markdown("Chất dẫn điện", table)).expect("a draft");
    let rows: Vec<&Item> = made.sections[7]
        .items
        .iter()
        .filter(|item| item.text.contains(" | dẫn") || item.text.contains("| không dẫn"))
        .collect();
    assert!(!rows.is_empty());
    for item in rows {
        assert!(
            item.text
                .starts_with("Bảng “Chất liệu | Khả năng dẫn điện”, hàng “"),
            "{item:?}"
        );
        assert_eq!(item.quotes.len(), 2);
    }
    let headless = "Đây là bảng ghi của nhóm.\n\n<table><tr><td>Đồng đỏ</td><td>dẫn rất tốt</td></tr><tr><td>Gỗ khô</td><td>không dẫn</td></tr></table>";
    let lesson = Lesson::read(&markdown("Chất dẫn điện", headless));
    assert!(
        !lesson.claims.iter().any(|claim| claim.text.contains(" | ")),
        "{lesson:?}"
    );
}

#[test]
fn nothing_is_verified_twice_in_a_draft() {
    for record in lessons() {
        let made = drafted(&record).expect("a draft");
        let quotes: Vec<&str> = made.sections[7]
            .items
            .iter()
            .filter_map(|item| Some(item.quotes.last()?.text.as_str()))
            .collect();
        for (at, one) in quotes.iter().enumerate() {
            for other in &quotes[at + 1..] {
                assert!(
                    !one.contains(other) && !other.contains(one),
                    "{}: {one}",
                    record.id
                );
            }
        }
    }
}

#[test]
fn advice_fits_the_form_of_its_sentence() {
    for record in lessons() {
        let lesson = Lesson::read(&record);
        let made = drafted(&record).expect("a draft");
        for item in &made.sections[7].items {
            let Some(pattern) = pattern(item) else {
                continue;
            };
            let quoted = item.quotes.last().map_or("", |quote| quote.text.as_str());
            let claim = lesson.claims.iter().find(|claim| claim.text == quoted);
            if let Some(claim) = claim.filter(|_| !pattern.forms.is_empty()) {
                assert!(
                    pattern
                        .forms
                        .iter()
                        .any(|form| claim.forms.contains(&form.as_str())),
                    "{}: {} for {quoted}",
                    record.id,
                    pattern.id
                );
            }
            let task = lesson.exercises.iter().find(|task| task.text == quoted);
            if let Some(task) = task.filter(|_| !pattern.tasks.is_empty()) {
                assert!(
                    pattern.tasks.iter().any(|own| own == task.asks),
                    "{}: {}",
                    record.id,
                    pattern.id
                );
            }
        }
    }
}

#[test]
fn a_sentence_without_a_reason_gets_no_advice_about_reasons() {
    let forms = |text: &str| {
        let lesson = Lesson::read(&markdown("Đường thẳng", &format!("{LINES} {text}")));
        let claim = lesson.claims.into_iter().find(|claim| claim.text == text);
        claim.map(|claim| claim.forms).unwrap_or_default()
    };
    assert!(forms("Bóng đèn sáng vì có dòng điện chạy qua dây tóc.").contains(&"cause"));
    assert!(!forms("Mặt nước trong cốc trở nên phẳng lặng như gương.").contains(&"cause"));
    assert!(forms("Nước sôi ở nhiệt độ thấp hơn khi áp suất giảm đi.").contains(&"condition"));
    assert!(forms("Kim loại gồm đồng, nhôm, sắt và nhiều chất khác nữa.").contains(&"list"));
    assert!(forms("Kim loại thường dẫn điện tốt ở nhiệt độ phòng.").contains(&"degree"));
}

#[test]
fn what_stands_before_ai_errs_is_a_figure_a_name_or_what_is_defined() {
    for record in lessons() {
        let made = drafted(&record).expect("a draft");
        for item in &made.sections[7].items {
            let slip = item.parts[0].text.as_str();
            let Some(focus) = slip
                .strip_prefix('“')
                .and_then(|rest| Some(rest.split_once('”')?.0))
            else {
                continue;
            };
            let kind = pattern(item).map_or("", |pattern| pattern.kind.as_str());
            assert!(focus.chars().count() > 1, "{}: {slip}", record.id);
            assert!(
                matches!(kind, "number" | "definition" | "name" | "claim"),
                "{}: {kind} {slip}",
                record.id
            );
        }
    }
}

#[test]
fn a_sentence_behind_a_quotation_has_a_mark_before_it() {
    for record in lessons() {
        let made = drafted(&record).expect("a draft");
        for text in texts(&made) {
            let closing = if made.in_language == "fr" {
                '»'
            } else {
                '”'
            };
            for (at, _) in text.match_indices(closing) {
                let behind = text[at + closing.len_utf8()..].chars().collect::<Vec<_>>();
                let before = text[..at].trim_end().chars().next_back();
                let begins = matches!(behind.as_slice(), [' ', next, ..] if next.is_uppercase());
                let acronym = matches!(behind.as_slice(), [_, _, next, ..] if next.is_uppercase());
                let closed = before.is_some_and(|c| ".?!…:".contains(c));
                assert!(!begins || acronym || closed, "{}: {text}", record.id);
            }
        }
    }
}

#[test]
fn a_term_has_a_small_letter_within_a_sentence() {
    let made = drafted(&lesson("vi/khoa-hoc-5-mach-dien-don-gian.md")).expect("a draft");
    for text in texts(&made) {
        for before in ["về ", "từ ", "chữ "] {
            assert!(!text.contains(&format!("{before}Mạch điện")), "{text}");
        }
    }
    let ocean = "UNESCO warns that the ocean is warming. Plastic in the sea harms turtles, and UNESCO protects reefs in many countries. Reefs are home to a quarter of all fish in the sea.";
    let made = drafted(&markdown("UNESCO", ocean)).expect("a draft");
    assert!(texts(&made).any(|text| text.contains("UNESCO")));
    assert!(!texts(&made).any(|text| text.contains("unesco")));
}

#[test]
fn a_name_of_a_thing_runs_with_the_sentence_in_every_subject() {
    let made =
        drafted(&lesson("vi/toan-2-phep-cong-co-nho-trong-pham-vi-100.md")).expect("a draft");
    assert!(texts(&made).any(|text| text.contains("về phép cộng có nhớ")));
    assert!(!texts(&made).any(|text| text.contains("“phép cộng có nhớ”")));
}

#[test]
fn one_period_is_one() {
    let mut record = lesson("vi/vat-li-11-do-suat-dien-dong-pin.md");
    record.educational_level = vec![uri("educationalLevel", "grade-11")];
    for (minutes, language, expected) in [
        ("PT45M", "en", "45 minutes (one period)"),
        ("PT90M", "en", "90 minutes (2 periods)"),
        ("PT45M", "fr", "45 minutes (une séance)"),
        ("PT45M", "vi", "45 phút (một tiết)"),
    ] {
        record.time_required = Some(minutes.into());
        let made = draft(&record, &request(Some(language)), None).expect("a draft");
        let time = made.sections[1].items.last().map(|item| item.text.as_str());
        assert_eq!(time, Some(expected));
    }
}
