//! What a draft says of outcomes, risks and warnings, and how its text runs.

use super::quoting::{LINES, items, markdown, pattern};
use super::{draft, drafted, lesson, lessons, request};
use khue_content::guidance::{Item, Lesson, patterns, plain_text};
use khue_content::{Body, BodyFormat, LearningResource};

#[test]
fn an_outcome_is_announced_as_one() {
    for pattern in patterns() {
        for (language, fields) in &pattern.text {
            for text in fields.values() {
                let Some((before, _)) = text.split_once("{outcome}") else {
                    continue;
                };
                let named = match language.as_str() {
                    "vi" => before.trim_end().to_lowercase().ends_with("yêu cầu"),
                    "en" => before.ends_with("outcome ") || before.ends_with("objective "),
                    _ => before.ends_with("objectif "),
                };
                assert!(named, "{} ({language}): {text}", pattern.id);
            }
        }
    }
}

#[test]
fn words_of_a_pattern_that_may_go_are_closed_and_have_one_name() {
    for pattern in patterns() {
        for text in pattern.text.values().flat_map(|fields| fields.values()) {
            for inside in text.split("[?").skip(1) {
                let (words, _) = inside
                    .split_once(']')
                    .unwrap_or_else(|| panic!("{}: {text}", pattern.id));
                assert!(words.contains("{concept}"), "{}: {text}", pattern.id);
                assert!(!words.contains('['), "{}: {text}", pattern.id);
            }
        }
        let made = pattern.text.values().flat_map(|fields| fields.values());
        assert!(
            made.into_iter().all(|text| !text.contains("[? ]")),
            "{}",
            pattern.id
        );
    }
}

#[test]
fn the_text_form_has_no_colon_before_nothing() {
    for record in lessons().into_iter().take(12) {
        let text = plain_text(&drafted(&record).expect("a draft"));
        for line in text.lines() {
            assert!(
                !line.contains(":  [") && !line.ends_with(": "),
                "{}: {line}",
                record.id
            );
        }
        assert!(!text.contains("[?"), "{}", record.id);
    }
}

#[test]
fn a_sheet_of_sums_has_no_topic_from_what_is_counted() {
    let sheet = LearningResource {
        about: vec![super::uri("about", "toan")],
        body: Some(Body {
            format: BodyFormat::Plain,
            text: "Bài 1. Tính nhẩm:\n21 x 3\n32 x 3\n17 x 4\n\nBài 2. Một hộp có 24 cái bút chì màu. Hỏi 4 hộp như thế có bao nhiêu cái bút chì màu?\n\nBài 3. Mẹ mua 3 hộp, mỗi hộp 12 cái bút chì màu. Hỏi mẹ mua bao nhiêu cái bút chì màu?".into(),
        }),
        ..markdown("Phiếu bài tập Toán 3: Nhân số có hai chữ số với số có một chữ số", "")
    };
    let concept = Lesson::read(&sheet).concept;
    assert!(concept.is_none_or(|own| !own.contains("bút chì")));
}

#[test]
fn risks_speak_of_the_subject() {
    let risks = |path: &str| {
        let made = drafted(&lesson(path)).expect("a draft");
        made.sections[11]
            .items
            .iter()
            .map(|item| item.text.clone())
            .collect::<Vec<_>>()
    };
    let (physics, reading) = (
        risks("vi/vat-li-11-do-suat-dien-dong-pin.md"),
        risks("vi/ngu-van-11-doc-doan-trich-trao-duyen.md"),
    );
    let shared: Vec<&String> = physics
        .iter()
        .skip(1)
        .filter(|text| reading.contains(text))
        .collect();
    assert!(shared.len() <= 1, "{shared:?}");
}

#[test]
fn drafts_in_another_language_run_well_around_quotations() {
    let record = lesson("vi/dai-hoc-hoi-quy-tuyen-tinh-don.md");
    let made = draft(&record, &request(Some("en")), None).expect("a draft");
    for item in items(&made, 2).chain(items(&made, 5)) {
        let outcomes = item
            .quotes
            .iter()
            .filter(|quote| record.teaches.contains(&quote.text));
        for quote in outcomes {
            let words = item.words();
            let shown = format!("“{}", quote.text.trim_end_matches('.'));
            let before = words.split(&shown).next().unwrap_or_default();
            assert!(before.ends_with("outcome "), "{words}");
        }
    }
}

#[test]
fn nobody_is_asked_to_try_out_a_warning() {
    let tries = [
        "Tôi cho rằng câu",
        "giao nhóm đặt một câu hỏi",
        "lời sai kín đáo",
    ];
    for record in lessons() {
        let read = Lesson::read(&record);
        let made = drafted(&record).expect("a draft");
        for item in items(&made, 5).chain(items(&made, 6)) {
            let words = item.words();
            let warned = read.claims.iter().filter(|claim| claim.warns);
            for claim in warned.filter(|_| tries.iter().any(|own| words.contains(own))) {
                let text = claim.text.trim_end_matches('.');
                assert!(!words.contains(text), "{}: {words}", record.id);
            }
        }
    }
}

#[test]
fn a_lone_digit_is_no_figure_to_be_mistaken() {
    let text = format!(
        "{LINES} Trục tung là đường thẳng gồm mọi điểm có hoành độ bằng 0. Một góc bẹt chia mặt phẳng thành 2 nửa bằng nhau."
    );
    let made = drafted(&markdown("Đường thẳng", &text)).expect("a draft");
    for item in items(&made, 7) {
        let number = pattern(item).is_some_and(|own| own.kind == "number");
        let figures = item.text.chars().filter(char::is_ascii_digit).count();
        assert!(!number || figures > 1, "{item:?}");
    }
}

#[test]
fn what_only_announces_or_sends_elsewhere_is_not_quoted() {
    let text = "There are two main characteristics of a chain reaction. A chain reaction needs a steady supply of slow neutrons to go on. \
Control rods absorb neutrons and slow the reaction down in the core. A moderator such as water slows the neutrons between collisions. \
You can find out more about reactors on the pages of the agency. However, the smaller one needs richer fuel than its neighbour. The core of a reactor is cooled by water or by gas.";
    let mut record = markdown("Chain reaction", text);
    record.in_language = vec!["en".into()];
    let made = drafted(&record).expect("a draft");
    let quotes = made
        .sections
        .iter()
        .flat_map(|s| &s.items)
        .flat_map(|i| &i.quotes);
    for quote in quotes {
        for poor in ["There are two", "find out more", "the smaller one"] {
            assert!(!quote.text.contains(poor), "{}", quote.text);
        }
    }
}

#[test]
fn the_whole_name_is_what_may_be_confused() {
    let text = "Thành Cát Tư Hãn chia đế quốc cho các con trai và họ hàng gần trước khi mất. Người Mông Cổ suy tôn Thành Cát Tư Hãn làm người cai trị của mọi bộ lạc. \
Đế quốc Mông Cổ bắt nguồn từ những bộ lạc du mục ở Trung Á. Kinh đô của đế quốc được dựng giữa thảo nguyên mênh mông.";
    let mut record = markdown("Đế quốc Mông Cổ", text);
    record.about = vec![super::uri("about", "lich-su")];
    let made = drafted(&record).expect("a draft");
    for item in items(&made, 7) {
        assert!(!item.parts[0].text.starts_with("“Cát Tư"), "{item:?}");
    }
}

#[test]
fn the_outcomes_of_a_lesson_stand_in_its_context() {
    for record in lessons() {
        let made = drafted(&record).expect("a draft");
        let context: String = items(&made, 1).map(Item::words).collect();
        let stated = record.teaches.iter().filter(|own| !own.contains("://"));
        let missing = stated.filter(|own| !context.contains(own.trim())).count();
        assert!(
            missing * 2 <= record.teaches.len(),
            "{}: {context}",
            record.id
        );
    }
}

#[test]
fn a_warning_is_told_as_one() {
    let made = drafted(&lesson("vi/vat-li-11-do-suat-dien-dong-pin.md")).expect("a draft");
    let used: Vec<&str> = items(&made, 7)
        .filter_map(|item| item.pattern.as_deref())
        .collect();
    assert!(used.contains(&"c-form-warning"), "{used:?}");
}

#[test]
fn a_french_text_has_a_space_before_its_colons() {
    let made = drafted(&lesson("fr/physique-10-deuxieme-loi-de-newton.md")).expect("a draft");
    let text = plain_text(&made);
    assert!(text.contains("La ressource dit\u{a0}: «"), "{text}");
}
