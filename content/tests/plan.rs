//! Plans of study.

use khue_content::format::markdown::from_markdown;
use khue_content::plan::{Date, Fault, Frame, Material, Plan, Purpose, Wish, exams, monday, plan};
use khue_content::vocabulary;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn frame(from: &str, exam_day: &str, minutes: u32, weekdays: [bool; 7]) -> Frame {
    Frame {
        from: day(from),
        exam_day: day(exam_day),
        minutes,
        weekdays,
    }
}

const EVERY_DAY: [bool; 7] = [true; 7];

fn material(id: &str, minutes: u32) -> Material {
    Material {
        id: id.to_owned(),
        name: id.to_owned(),
        about: "https://w3id.org/khue/about/toan".to_owned(),
        level: 10,
        minutes,
        exercises: 3,
        ..Material::default()
    }
}

/// Day and place of a session.
type Session = (Date, usize);

/// The first and last session in which each material is learned.
fn learned(plan: &Plan) -> BTreeMap<usize, (Session, Session)> {
    let mut found = BTreeMap::new();
    for (place, (date, session)) in plan.sessions().enumerate() {
        if matches!(session.purpose, Purpose::Learn { .. }) {
            let entry = found
                .entry(session.material)
                .or_insert(((date, place), (date, place)));
            entry.1 = (date, place);
        }
    }
    found
}

/// Everything that has to hold of any plan.
fn check(frame: &Frame, materials: &[Material], plan: &Plan) {
    for day in &plan.days {
        assert!(day.minutes() <= frame.minutes, "{day:?}");
        assert!(!day.sessions.is_empty());
        assert!(
            day.date >= frame.from && day.date < frame.exam_day,
            "{day:?}"
        );
        let weekday = day.date.weekday().to_monday_zero_offset();
        assert!(frame.weekdays[weekday as usize], "{day:?}");
        for session in &day.sessions {
            assert!(session.minutes > 0);
            let revising = plan.revision_from.is_some_and(|from| day.date >= from);
            assert_eq!(
                matches!(session.purpose, Purpose::Revise(_)),
                revising,
                "{day:?}"
            );
        }
    }
    assert!(plan.days.windows(2).all(|days| days[0].date < days[1].date));
    let mut minutes: BTreeMap<usize, (u32, u32, u32)> = BTreeMap::new();
    for (_, session) in plan.sessions() {
        match session.purpose {
            Purpose::Learn { part, of } => {
                let sum = minutes.entry(session.material).or_default();
                assert_eq!(part, sum.1 + 1, "parts are in order");
                *sum = (sum.0 + session.minutes, part, of);
            }
            // Nothing comes back before it is learned.
            _ => assert_eq!(
                minutes.get(&session.material).map(|sum| sum.0),
                Some(materials[session.material].minutes)
            ),
        }
    }
    for (place, material) in materials.iter().enumerate() {
        match minutes.get(&place) {
            Some((sum, part, of)) => {
                assert_eq!(*sum, material.minutes, "{}", material.id);
                assert_eq!(part, of, "{}", material.id);
                assert!(!plan.left_out.contains(&place));
            }
            None => assert!(plan.left_out.contains(&place), "{}: lost", material.id),
        }
    }
}

prop_compose! {
    fn materials()(
        lengths in prop::collection::vec((5u32..200, 6usize..10, 0u32..9, 0usize..3), 0..24)
    ) -> Vec<Material> {
        let one = |(place, (minutes, level, exercises, subject)): (usize, &(u32, usize, u32, usize))| Material {
            level: *level,
            exercises: *exercises,
            about: format!("subject-{subject}"),
            teaches: vec![format!("https://example.org/outcome/{place}")],
            // Some need the one before the last of the same or a lower level.
            competency_required: (place % 3 == 2).then(|| format!("https://example.org/outcome/{}", place - 2)).into_iter().collect(),
            ..material(&format!("m{place}"), *minutes)
        };
        lengths.iter().enumerate().map(one).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_plan_keeps_to_its_frame(
        materials in materials(),
        length in 1i64..120,
        minutes in 15u32..=180,
        weekdays in prop::array::uniform7(any::<bool>()),
    ) {
        let from = day("2027-01-04");
        let exam_day = from.saturating_add(khue_content::plan::Span::new().days(length));
        let frame = Frame { from, exam_day, minutes, weekdays };
        let plan = plan(&frame, &materials);
        check(&frame, &materials, &plan);
        prop_assert_eq!(plan.study_days, frame.study_days().len());
        let learned = learned(&plan);
        for (place, later) in materials.iter().enumerate() {
            for (other, earlier) in materials.iter().enumerate() {
                let needed = later.competency_required.iter().any(|wanted| earlier.teaches.contains(wanted))
                    && earlier.level <= later.level;
                if let (true, Some(first), Some(last)) = (needed, learned.get(&place), learned.get(&other)) {
                    prop_assert!(last.1.1 < first.0.1, "{} before {}", earlier.id, later.id);
                }
                // What is needed is never left out while what needs it is kept.
                prop_assert!(!(needed && learned.contains_key(&place) && !learned.contains_key(&other)));
            }
        }
    }

    #[test]
    fn any_address_is_read(query in "\\PC{0,120}") {
        let wish = Wish::parse(&query);
        let again = Wish::parse(&wish.to_query());
        prop_assert_eq!(again.about, wish.about);
        let _ = Wish::parse(&query).frame(day("2027-01-01"));
    }
}

#[test]
fn everything_returns_after_a_while_and_less_and_less_often() {
    let frame = frame("2027-01-04", "2027-05-01", 45, EVERY_DAY);
    let plan = plan(&frame, &[material("one", 40)]);
    let days: Vec<Date> = plan
        .sessions()
        .filter(|(_, session)| matches!(session.purpose, Purpose::Return(_)))
        .map(|(date, _)| date)
        .collect();
    assert_eq!(days.len(), 3, "{plan:?}");
    let gaps: Vec<i32> = std::iter::once(frame.from)
        .chain(days.iter().copied())
        .zip(&days)
        .map(|(from, to)| from.until(*to).unwrap().get_days())
        .collect();
    assert!(gaps.windows(2).all(|gaps| gaps[0] < gaps[1]), "{gaps:?}");
}

#[test]
fn the_last_days_are_for_revision_and_the_last_one_is_short() {
    let frame = frame("2027-01-04", "2027-02-15", 60, EVERY_DAY);
    let materials: Vec<Material> = (0..12).map(|n| material(&format!("m{n}"), 45)).collect();
    let plan = plan(&frame, &materials);
    check(&frame, &materials, &plan);
    assert_eq!(
        plan.revision_from,
        Some(day("2027-02-10")),
        "42 days, 5 of them for revision"
    );
    let last = plan.days.last().unwrap();
    assert_eq!(last.date, day("2027-02-14"));
    assert!(last.minutes() <= 30, "{last:?}");
}

#[test]
fn the_order_is_by_need_then_level_then_book() {
    let frame = frame("2027-01-04", "2027-04-01", 60, EVERY_DAY);
    let of = |id: &str, level, lesson, teaches: &str, required: &str| Material {
        level,
        place: (1, lesson, 0),
        teaches: vec![teaches.to_owned()],
        competency_required: vec![required.to_owned()],
        ..material(id, 30)
    };
    let materials = [
        of(
            "second",
            10,
            2,
            "Giải được hệ hai phương trình bậc nhất hai ẩn.",
            "",
        ),
        of("needs-third", 10, 1, "", "Vẽ đồ thị hàm số bậc nhất."),
        of("third", 10, 3, "Vẽ được đồ thị của hàm số bậc nhất.", ""),
        of("lower", 9, 9, "", ""),
    ];
    let plan = plan(&frame, &materials);
    let mut learned: Vec<_> = learned(&plan).into_iter().collect();
    learned.sort_by_key(|(_, (first, _))| *first);
    let order: Vec<&str> = learned
        .iter()
        .map(|(place, _)| materials[*place].id.as_str())
        .collect();
    assert_eq!(order, ["lower", "second", "third", "needs-third"]);
}

#[test]
fn where_time_is_short_lower_levels_go_first_but_not_what_is_needed() {
    let frame = frame("2027-01-04", "2027-01-09", 60, EVERY_DAY);
    let outcome = "https://example.org/outcome/1";
    let materials = [
        Material {
            level: 8,
            teaches: vec![outcome.to_owned()],
            ..material("base", 60)
        },
        Material {
            level: 8,
            ..material("other", 60)
        },
        Material {
            level: 9,
            ..material("more", 60)
        },
        Material {
            level: 10,
            competency_required: vec![outcome.to_owned()],
            ..material("goal", 90)
        },
    ];
    let plan = plan(&frame, &materials);
    check(&frame, &materials, &plan);
    assert_eq!(plan.left_out, [1], "{plan:?}");
}

#[test]
fn too_little_time_for_anything_is_an_empty_plan() {
    let frame = frame("2027-01-04", "2027-01-05", 15, EVERY_DAY);
    let materials = [material("long", 90)];
    let plan = plan(&frame, &materials);
    check(&frame, &materials, &plan);
    assert_eq!(
        (plan.days.len(), plan.left_out.len(), plan.free_days),
        (0, 1, 1)
    );
    assert_eq!(plan.revision_from, None);
}

#[test]
fn a_circle_of_needs_is_no_trap() {
    let frame = frame("2027-01-04", "2027-02-01", 60, EVERY_DAY);
    let of = |id: &str, teaches: &str, required: &str| Material {
        teaches: vec![format!("https://example.org/{teaches}")],
        competency_required: vec![format!("https://example.org/{required}")],
        ..material(id, 30)
    };
    let materials = [of("a", "1", "2"), of("b", "2", "1")];
    let plan = plan(&frame, &materials);
    check(&frame, &materials, &plan);
    assert!(plan.left_out.is_empty());
}

#[test]
fn subjects_take_turns() {
    let frame = frame("2027-01-04", "2027-06-01", 45, EVERY_DAY);
    let of = |n: usize| Material {
        about: format!("subject-{}", n % 2),
        ..material(&format!("m{n}"), 45)
    };
    let materials: Vec<Material> = (0..10).map(of).collect();
    let plan = plan(&frame, &materials);
    let mut learned: Vec<_> = learned(&plan).into_iter().collect();
    learned.sort_by_key(|(_, (first, _))| *first);
    let subjects: Vec<usize> = learned.iter().map(|(place, _)| place % 2).collect();
    assert!(
        subjects.windows(2).all(|two| two[0] != two[1]),
        "{subjects:?}"
    );
}

#[test]
fn weeks_begin_on_monday() {
    assert_eq!(monday(day("2027-01-10")), day("2027-01-04"));
    assert_eq!(monday(day("2027-01-04")), day("2027-01-04"));
    let frame = frame("2027-01-09", "2027-01-14", 60, EVERY_DAY);
    let plan = plan(&frame, &[material("a", 30), material("b", 100)]);
    let mondays: Vec<Date> = plan.weeks().into_iter().map(|(monday, _)| monday).collect();
    assert_eq!(mondays, [day("2027-01-04"), day("2027-01-11")]);
}

#[test]
fn what_is_wrong_with_a_wish_is_said() {
    let today = day("2027-01-01");
    let faults = |query: &str| Wish::parse(query).frame(today).expect_err(query);
    assert_eq!(
        faults("examDay="),
        [Fault::Subject, Fault::Level, Fault::ExamDay]
    );
    let base = "about=toan&educationalLevel=grade-9";
    assert_eq!(
        faults(&format!("{base}&examDay=soon")),
        [Fault::Day("soon".to_owned())]
    );
    assert_eq!(
        faults(&format!("{base}&examDay=2027-01-01&day=1")),
        [Fault::Past]
    );
    assert_eq!(
        faults(&format!("{base}&examDay=2029-01-01&day=1")),
        [Fault::Far]
    );
    assert_eq!(
        faults(&format!("{base}&examDay=2027-02-01")),
        [Fault::Weekdays]
    );
    let many = "about=toan&about=ngu-van&about=tieng-anh&about=vat-li&about=hoa-hoc&about=sinh-hoc&about=tin-hoc";
    assert_eq!(
        faults(&format!(
            "{many}&educationalLevel=grade-9&examDay=2027-02-01&day=1"
        )),
        [Fault::Subjects]
    );
    let past =
        Wish::parse(&format!("{base}&examDay=2027-02-01&from=2020-01-01&day=1")).frame(today);
    assert_eq!(
        past.map(|frame| frame.from),
        Ok(today),
        "nothing is planned for the past"
    );
}

#[test]
fn examinations_are_in_three_languages_and_name_known_concepts() {
    assert!(exams().len() >= 2);
    for exam in exams() {
        for language in ["vi", "en", "fr"] {
            assert!(
                exam.pref_label.contains_key(language) && exam.note.contains_key(language),
                "{}",
                exam.id
            );
        }
        for subject in exam.about.iter().chain(&exam.choices) {
            assert!(
                vocabulary::find("about", subject).is_some(),
                "{}: {subject}",
                exam.id
            );
        }
        for level in &exam.educational_level {
            assert!(
                vocabulary::find("educationalLevel", level).is_some(),
                "{}: {level}",
                exam.id
            );
        }
        assert!(
            exam.choose <= exam.choices.len() && !exam.source.is_empty(),
            "{}",
            exam.id
        );
    }
}

#[test]
fn the_lessons_that_come_with_the_portal_make_a_plan() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("library/vi");
    let subject = "https://w3id.org/khue/about/toan";
    let mut materials = Vec::new();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let mut record = from_markdown(&name, &text).record.expect("a lesson");
        record.id = name.trim_end_matches(".md").to_owned();
        if record.about.iter().any(|about| about == subject) {
            materials.push(Material::of(
                &record,
                subject,
                khue_content::path::shipped(),
            ));
        }
    }
    assert!(materials.len() >= 8, "{}", materials.len());
    assert!(
        materials
            .iter()
            .any(|material| material.exercises >= 3 && !material.paths.is_empty())
    );
    let frame = frame(
        "2027-01-04",
        "2027-06-05",
        45,
        [true, false, true, false, true, false, false],
    );
    let plan = plan(&frame, &materials);
    check(&frame, &materials, &plan);
    assert!(plan.left_out.is_empty());
    let mut learned: Vec<_> = learned(&plan).into_iter().collect();
    learned.sort_by_key(|(_, (first, _))| *first);
    let levels: Vec<usize> = learned
        .iter()
        .map(|(place, _)| materials[*place].level)
        .collect();
    assert!(levels.is_sorted(), "from grade to grade: {levels:?}");
}
