//! Exercises as authors write them, and how answers are scored.

use khue_content::exercise::{
    Answers, Exercise, FaultKind, Gap, Note, Task, Verdict, find, read, readings, score,
    shown_order, write,
};
use proptest::prelude::*;

fn vi(block: &str) -> Exercise {
    read("1", block, "vi").expect("an exercise")
}

fn verdict(exercise: &Exercise, typed: &str) -> Verdict {
    score(exercise, &Answers::new([("a", typed)])).verdict
}

fn faults(block: &str) -> Vec<(usize, FaultKind)> {
    let faults = read("", block, "vi").expect_err("faults");
    faults
        .into_iter()
        .map(|fault| (fault.line, fault.kind))
        .collect()
}

const FORCE: &str = "Một vật 4 kg chịu hợp lực 10 N. Gia tốc của vật là

= 2,5 m/s²
  > Đúng: $a = F/m$.
~ 40 m/s²
  > Bạn đã nhân; hãy chia.
gợi ý: Viết $a = F/m$.
lời giải: $a = 10 : 4 = 2,5$ m/s².";

#[test]
fn a_number_is_taken_with_comma_or_point_and_with_or_without_its_unit() {
    let exercise = vi(FORCE);
    for right in [
        "2,5",
        "2.5",
        " 2,50 ",
        "2,5 m/s²",
        "2.5m/s^2",
        "2,5 m/s2",
        "2,5 m.s-2",
        "5/2",
        "25·10^-1",
        "2,5 m / s²",
        "0,0025 km/s²",
    ] {
        assert_eq!(verdict(&exercise, right), Verdict::Right, "{right}");
    }
    for wrong in ["25", "2,6", "-2,5", "không biết", "2,5,5"] {
        assert_eq!(verdict(&exercise, wrong), Verdict::Wrong, "{wrong}");
    }
    assert_eq!(
        verdict(&exercise, "2,5 m/s"),
        Verdict::Partly,
        "another unit"
    );
    assert_eq!(verdict(&exercise, "  "), Verdict::Unanswered);
}

#[test]
fn an_expected_mistake_has_its_own_words() {
    let outcome = score(&vi(FORCE), &Answers::new([("a", "40 m/s²")]));
    assert_eq!(outcome.verdict, Verdict::Wrong);
    assert_eq!(
        outcome.notes,
        [Note::Feedback("Bạn đã nhân; hãy chia.".to_owned())]
    );
}

#[test]
fn units_are_converted_where_they_measure_the_same() {
    let speed = vi("Vận tốc?\n\n= 15 m/s");
    let outcome = score(&speed, &Answers::new([("a", "54 km/h")]));
    assert_eq!(outcome.verdict, Verdict::Right);
    assert_eq!(
        outcome.notes,
        [Note::Converted {
            value: 15.0,
            meant: "m/s".to_owned()
        }]
    );
    assert_eq!(
        verdict(&vi("Khối lượng?\n= 0,4 kg"), "400 g"),
        Verdict::Right
    );
    assert_eq!(verdict(&vi("Lực?\n= 450 N"), "450 kg.m/s²"), Verdict::Right);
    let hens = vi("Có bao nhiêu con gà?\n= 12 con gà");
    assert_eq!(verdict(&hens, "12 con gà"), Verdict::Right);
    assert_eq!(verdict(&hens, "12 con vịt"), Verdict::Partly);
    let unit = vi("Vận tốc, kèm đơn vị?\n= 15 m/s\nđơn vị: bắt buộc");
    assert_eq!(
        score(&unit, &Answers::new([("a", "15")])).notes,
        [Note::UnitMissing]
    );
    assert_eq!(unit.shown_unit(), None);
    assert_eq!(speed.shown_unit(), Some("m/s"));
}

#[test]
fn a_tolerance_is_absolute_or_relative() {
    let absolute = vi("Số đo góc?\n= 40 ± 1 °");
    assert_eq!(verdict(&absolute, "41"), Verdict::Right);
    assert_eq!(verdict(&absolute, "38,9°"), Verdict::Wrong);
    let relative = vi("Đo được?\n= 200 g ± 5%");
    assert_eq!(verdict(&relative, "210"), Verdict::Right);
    assert_eq!(verdict(&relative, "211"), Verdict::Wrong);
}

#[test]
fn thousands_are_understood_in_both_habits() {
    let price = vi("Giá?\n= 25.000 đồng");
    for right in [
        "25000",
        "25.000",
        "25,000",
        "25 000",
        "25.000 đ",
        "25.000 VND",
    ] {
        assert_eq!(verdict(&price, right), Verdict::Right, "{right}");
    }
    let english = read("", "How many?\n= 1,500", "en").expect("an exercise");
    assert_eq!(verdict(&english, "1500"), Verdict::Right);
    assert_eq!(readings("1.234.567,5")[0].value, 1_234_567.5);
    assert_eq!(readings("3,2·10⁻³ m")[0].value, 0.0032);
    assert!(readings("--2").is_empty() && readings("").is_empty());
}

#[test]
fn words_are_the_same_in_every_form_of_unicode_and_habit_of_marks() {
    let exercise = vi(
        "Quá trình cây tạo chất hữu cơ?\n\n= quang hợp\n~ hô hấp\n  > Đó là quá trình ngược lại.",
    );
    for right in [
        "quang hợp",
        "Quang  Hợp.",
        "quang ho\u{31b}\u{323}p",
        " quang hợp ",
    ] {
        assert_eq!(verdict(&exercise, right), Verdict::Right, "{right}");
    }
    assert_eq!(
        score(&exercise, &Answers::new([("a", "quang hop")])).notes,
        [Note::MarksDiffer("quang hợp".to_owned())]
    );
    assert_eq!(verdict(&exercise, "quang hop"), Verdict::Partly);
    assert_eq!(verdict(&exercise, "hô hấp"), Verdict::Wrong);
    for (meant, typed) in [
        ("hoà bình", "hòa bình"),
        ("thuỷ", "thủy"),
        ("vật lí", "vật lý"),
        ("kĩ thuật", "kỹ thuật"),
        ("quý", "quí"),
        ("khoẻ", "khỏe"),
    ] {
        assert_eq!(
            verdict(&vi(&format!("Từ nào?\n= {meant}")), typed),
            Verdict::Right,
            "{typed}"
        );
        assert_eq!(
            verdict(&vi(&format!("Từ nào?\n= {typed}")), meant),
            Verdict::Right,
            "{meant}"
        );
    }
    assert_eq!(verdict(&vi("Từ nào?\n= ma"), "mạ"), Verdict::Partly);
    assert_eq!(verdict(&vi("Từ nào?\n= đường"), "duong"), Verdict::Partly);
}

#[test]
fn marks_and_capitals_matter_as_the_author_says() {
    let loose = vi("Thủ đô?\n= Hà Nội\ndấu: bỏ qua");
    assert_eq!(verdict(&loose, "ha noi"), Verdict::Right);
    let strict = vi("Viết tên thủ đô.\n= Hà Nội\nchữ hoa: phân biệt");
    assert_eq!(
        score(&strict, &Answers::new([("a", "hà nội")])).notes,
        [Note::CapitalsDiffer("Hà Nội".to_owned())]
    );
    let english = read("", "Whose?\n= my", "en").expect("an exercise");
    assert_eq!(
        verdict(&english, "mi"),
        Verdict::Wrong,
        "only Vietnamese spells i or y"
    );
}

const CHOICE: &str =
    "Nước sôi ở bao nhiêu độ?\n\n- ( ) 90 °C\n  > Chưa tới.\n- (x) 100 °C\n- ( ) 110 °C\n";

#[test]
fn one_choice() {
    let exercise = vi(CHOICE);
    assert_eq!(verdict(&exercise, "1"), Verdict::Right);
    assert_eq!(verdict(&exercise, "0"), Verdict::Wrong);
    for none in ["", "7", "x", "-1"] {
        assert_eq!(verdict(&exercise, none), Verdict::Unanswered, "{none}");
    }
}

#[test]
fn several_choices_count_for_and_against() {
    let exercise = vi("Số nào là số nguyên tố?\n- [x] 2\n- [x] 3\n- [ ] 4\n- [x] 5\n");
    let taken =
        |numbers: &[&str]| score(&exercise, &Answers::new(numbers.iter().map(|n| ("a", *n))));
    assert_eq!(taken(&["0", "1", "3"]).score, 1.0);
    let partly = taken(&["0", "1"]);
    assert_eq!(
        (partly.verdict, partly.notes),
        (Verdict::Partly, vec![Note::ChoicesMissing(1)])
    );
    assert_eq!(taken(&["0", "1", "2", "3"]).verdict, Verdict::Partly);
    assert_eq!(taken(&["2"]).verdict, Verdict::Wrong);
    assert_eq!(taken(&[]).verdict, Verdict::Unanswered);
}

#[test]
fn orders_pairs_and_gaps() {
    let order = vi("Sắp xếp.\n1. hơi nước lên cao\n2. mây hình thành\n3. mưa rơi\n");
    let places = |a, b, c| score(&order, &Answers::new([("p0", a), ("p1", b), ("p2", c)]));
    assert_eq!(places("1", "2", "3").verdict, Verdict::Right);
    assert_eq!(
        places("2", "5", "9").verdict,
        Verdict::Right,
        "only the order counts"
    );
    assert_eq!(places("3", "2", "1").score, 0.0);
    assert!((places("2", "1", "3").score - 2.0 / 3.0).abs() < 1e-9);
    assert_eq!(places("", "", "").verdict, Verdict::Unanswered);

    let pairs = vi("Nối.\n- rắn → lỏng → nóng chảy\n- lỏng → đông đặc\n- → bay hơi\n");
    let Task::Matching {
        pairs: both,
        others,
    } = &pairs.task
    else {
        panic!("pairs")
    };
    assert_eq!((both.len(), others.len()), (2, 1));
    assert_eq!(both[0].right, "lỏng → nóng chảy");
    let given = score(&pairs, &Answers::new([("m0", "0"), ("m1", "2")]));
    assert_eq!(
        (given.verdict, given.notes),
        (Verdict::Partly, vec![Note::PartsRight(1, 2)])
    );

    let gaps = vi(
        "Nước [[bay hơi | bốc hơi]] ở mọi nhiệt độ, sôi ở [[= 100 ± 1 °C]] và khi đun thì nhiệt độ [[(x) tăng | ( ) giảm]].",
    );
    let Task::Gaps(inside) = &gaps.task else {
        panic!("gaps")
    };
    assert!(matches!(inside[1], Gap::Number(_)) && matches!(inside[2], Gap::Choice(_)));
    let fill = |a, b, c| score(&gaps, &Answers::new([("g0", a), ("g1", b), ("g2", c)]));
    assert_eq!(fill("Bốc hơi", "99,5", "0").verdict, Verdict::Right);
    let marks = fill("bay hoi", "100", "0");
    assert_eq!(marks.verdict, Verdict::Partly);
    assert_eq!(
        marks.parts[0].notes,
        [Note::MarksDiffer("bay hơi".to_owned())]
    );
}

#[test]
fn faults_name_their_lines() {
    assert_eq!(faults("Câu hỏi?\n"), [(1, FaultKind::NoAnswer)]);
    assert_eq!(faults("- ( ) a\n- (x) b\n"), [(1, FaultKind::NoQuestion)]);
    assert_eq!(
        faults("Câu?\n- (x) a\n- (x) b\n"),
        [(2, FaultKind::OneRight(2))]
    );
    assert_eq!(
        faults("Câu?\n- (x) a\n- [x] b\n- ( ) c\n"),
        [(3, FaultKind::Mixed("`( )`", "`[ ]`"))]
    );
    assert_eq!(
        faults("Câu?\n\n- [ ] a\n- [ ] b\n"),
        [(3, FaultKind::NoneRight)]
    );
    assert_eq!(faults("Điền [[a vào.\n"), [(1, FaultKind::OpenGap)]);
    assert_eq!(faults("Câu?\nĐiền [[ ]].\n"), [(2, FaultKind::EmptyGap)]);
    assert_eq!(
        faults("Câu?\n= 2\n~ hai\n"),
        [(3, FaultKind::NotANumber("hai".to_owned()))]
    );
    assert_eq!(
        faults("Câu?\n= a\n\nMột dòng lạ\n"),
        [(4, FaultKind::Unexpected("Một dòng lạ".to_owned()))]
    );
    assert_eq!(faults("Nối\n- a → b\n- c →\n"), [(3, FaultKind::HalfPair)]);
    assert_eq!(
        faults("Câu?\n= a\ndấu: đôi khi\n"),
        [(3, FaultKind::Setting("đôi khi".to_owned()))]
    );
    assert_eq!(
        faults("Câu?\n- (x) a\n- ( ) a\n"),
        [(3, FaultKind::Twice("a".to_owned()))]
    );
}

#[test]
fn a_question_may_hold_lists_quotations_and_formulas() {
    let block = "Đọc:\n\n> Thân em như chẽn lúa\n\n1. một\n2. hai\n\n- gạch\n\n$$x_1 + x_2$$\n\nChọn:\n\n- (x) a\n- ( ) b\n";
    let exercise = vi(block);
    assert!(exercise.question.contains("> Thân em") && exercise.question.contains("2. hai"));
}

#[test]
fn blocks_are_found_with_the_lines_of_the_text() {
    let text = "# Bài\n\n```python\n- (x) mã\n```\n\n```bài tập 2a\nCâu?\n= 5\n```\n\n~~~~ exercise\nWhy?\n~~~~\n\n```Exercice 3\nQuoi ?\n= rien\n";
    let found = find(text, "vi");
    let lines: Vec<usize> = found.iter().map(|found| found.line).collect();
    assert_eq!(lines, [7, 12, 16]);
    assert_eq!(found[0].exercise.as_ref().expect("an exercise").label, "2a");
    let fault = &found[1].exercise.as_ref().expect_err("a fault")[0];
    assert_eq!((fault.line, &fault.kind), (13, &FaultKind::NoAnswer));
    let open = &found[2].exercise.as_ref().expect_err("a fault")[0];
    assert_eq!((open.line, &open.kind), (16, &FaultKind::NotClosed));
}

#[test]
fn what_is_written_is_read_again() {
    for block in [
        FORCE,
        CHOICE,
        "Số?\n- [x] 2\n  > Đúng.\n- [ ] 4\n",
        "Sắp xếp.\n1. a\n2. b\n",
        "Nối.\n- a → b\n  > Vì.\n- c → d\n- → e\n",
        "Điền [[a | b]], [[= 1,5 ± 0,1 m]], [[(x) có | ( ) không]].\n\ndấu: bỏ qua\n",
        "Từ?\n= \"8\"\n~ chín\nchữ hoa: phân biệt\ngợi ý: Đếm.\ngợi ý: Đếm lại.\n",
    ] {
        let exercise = vi(block);
        let written = write(&exercise);
        let found = find(&written, "vi");
        assert_eq!(found.len(), 1, "{written}");
        assert_eq!(found[0].exercise.as_ref(), Ok(&exercise), "{written}");
    }
}

proptest! {
    #[test]
    fn a_number_is_right_exactly_within_its_tolerance(value in -1000i32..1000, off in -100i32..100, tolerance in 1i32..50) {
        let block = format!("Số?\n= {value} ± {tolerance}");
        let near = off.abs() <= tolerance;
        let right = verdict(&vi(&block), &format!("{}", value + off)) == Verdict::Right;
        prop_assert_eq!(right, near);
    }

    #[test]
    fn decimals_read_alike_with_comma_and_point(whole in 0u32..10_000, part in 0u32..100) {
        let value = f64::from(whole) + f64::from(part) / 100.0;
        let comma = readings(&format!("{whole},{part:02} kg"));
        let point = readings(&format!("{whole}.{part:02} kg"));
        prop_assert_eq!(&comma, &point);
        prop_assert!((comma[0].value - value).abs() < 1e-9);
    }

    #[test]
    fn the_right_order_alone_scores_one(mut places in Just((1..=6usize).collect::<Vec<_>>()).prop_shuffle()) {
        let order = vi("Sắp xếp.\n1. a\n2. b\n3. c\n4. d\n5. e\n6. g\n");
        let fields = |places: &[usize]| Answers::new(places.iter().enumerate().map(|(at, p)| (format!("p{at}"), p.to_string())));
        let one = score(&order, &fields(&places)).score;
        prop_assert!((0.0..=1.0).contains(&one));
        prop_assert_eq!(one == 1.0, places.is_sorted());
        // The reverse order turns every right pair into a wrong one.
        places.iter_mut().for_each(|place| *place = 7 - *place);
        prop_assert!((score(&order, &fields(&places)).score - (1.0 - one)).abs() < 1e-9);
    }

    #[test]
    fn more_right_choices_never_score_less(taken in proptest::collection::vec(any::<bool>(), 4)) {
        let exercise = vi("Số?\n- [x] a\n- [x] b\n- [ ] c\n- [ ] d\n");
        let of = |taken: &[bool]| {
            let numbers = taken.iter().enumerate().filter(|(_, taken)| **taken).map(|(at, _)| ("a", at.to_string()));
            score(&exercise, &Answers::new(numbers)).score
        };
        let before = of(&taken);
        for right in 0..2 {
            let mut better = taken.clone();
            better[right] = true;
            prop_assert!(of(&better) >= before);
        }
        prop_assert_eq!(before == 1.0, taken == [true, true, false, false]);
    }

    #[test]
    fn a_word_is_itself_in_any_case_spacing_and_form(word in "[a-zđăâêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụ ]{1,20}") {
        use unicode_normalization::UnicodeNormalization;
        prop_assume!(!word.trim().is_empty());
        let exercise = vi(&format!("Từ?\n= \"{}\"", word.trim()));
        let decomposed: String = word.nfd().collect();
        for typed in [word.to_uppercase(), format!("  {word} . "), decomposed] {
            prop_assert_eq!(verdict(&exercise, &typed), Verdict::Right);
        }
    }

    #[test]
    fn nothing_panics(block in "(?s)([-=~>] |\\[\\[|\\]\\]|\\( \\)|\\(x\\)|\\[x\\]|→|1\\. |[0-9,. ±%]|\n|gợi ý: |[a-zđế])*", typed in "\\PC*", label in "\\PC{0,8}") {
        if let Ok(exercise) = read(&label, &block, "vi") {
            let fields = ["a", "g0", "m0", "p0", "p1"].map(|name| (name, typed.as_str()));
            let outcome = score(&exercise, &Answers::new(fields));
            prop_assert!((0.0..=1.0).contains(&outcome.score));
            prop_assert_eq!(outcome.score == 1.0, outcome.verdict == Verdict::Right);
        }
        let _ = readings(&typed);
        let _ = find(&block, "vi");
    }

    #[test]
    fn shown_orders_hold_everything_and_never_give_the_answer_away(seed in "\\PC{0,20}", count in 0usize..12) {
        let order = shown_order(&seed, count);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(&sorted, &(0..count).collect::<Vec<_>>());
        prop_assert!(count < 2 || order != sorted);
    }
}
