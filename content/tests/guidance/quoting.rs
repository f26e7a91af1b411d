//! What a draft quotes and names: sentences that stand alone, tasks that are whole, the topic named once
//! and not in every line.

use super::{draft, drafted, failures, lesson, lessons, request};
use khue_content::guidance::{GuidanceDraft, Item, Lesson, Pattern, patterns, plain_text};
use khue_content::{Body, BodyFormat, LearningResource, render};

fn markdown(name: &str, text: &str) -> LearningResource {
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

fn claims(record: &LearningResource) -> Vec<String> {
    let lesson = Lesson::read(record);
    lesson.claims.into_iter().map(|claim| claim.text).collect()
}

fn tasks(text: &str) -> Vec<String> {
    let lesson = Lesson::read(&markdown("Đường thẳng", text));
    lesson.exercises.into_iter().map(|task| task.text).collect()
}

fn pattern(item: &Item) -> Option<&'static Pattern> {
    let id = item.pattern.as_ref()?;
    patterns().iter().find(|pattern| pattern.id == *id)
}

fn items(made: &GuidanceDraft, section: usize) -> impl Iterator<Item = &Item> {
    made.sections[section].items.iter()
}

const LINES: &str = "Một đường thẳng cắt trục tung tại một điểm duy nhất. Hai đường thẳng song song thì không có điểm chung. \
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
