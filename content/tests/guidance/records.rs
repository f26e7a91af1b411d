//! Records of few words: described links, catalogue lines, single questions of examinations.

use super::{drafted, failures, uri};
use khue_content::guidance::{GuidanceDraft, Item, Lesson};
use khue_content::{Body, BodyFormat, LearningResource};

fn described(name: &str, description: &str, keywords: &[&str]) -> LearningResource {
    LearningResource {
        id: "mo-ta".into(),
        name: name.into(),
        description: description.into(),
        keywords: keywords.iter().map(|word| (*word).to_owned()).collect(),
        ..LearningResource::default()
    }
}

fn question(text: &str) -> LearningResource {
    LearningResource {
        id: "cau-hoi".into(),
        name: "Câu hỏi ôn tập".into(),
        in_language: vec!["vi".into()],
        educational_level: vec![uri("educationalLevel", "grade-12")],
        body: Some(Body {
            format: BodyFormat::Plain,
            text: text.into(),
        }),
        ..LearningResource::default()
    }
}

fn whole(record: &LearningResource) -> GuidanceDraft {
    let made = drafted(record).expect("a draft");
    let failed = failures(&made, record);
    assert!(failed.is_empty(), "{}: {failed:?}", record.name);
    made
}

fn checks(made: &GuidanceDraft) -> Vec<&Item> {
    made.sections[7].items.iter().collect()
}

fn concept(record: &LearningResource) -> String {
    let concept = Lesson::read(record).concept;
    concept.unwrap_or_default().to_lowercase()
}

fn words(made: &GuidanceDraft) -> String {
    let items = made.sections.iter().flat_map(|section| &section.items);
    items.map(Item::words).collect::<Vec<_>>().join("\n")
}

const WORKSHEET: &str = "Phiếu học tập gồm các câu hỏi đọc hiểu về nhân vật Vũ Nương, chi tiết cái bóng và yếu tố kì ảo trong truyện.";

#[test]
fn no_lesson_is_about_the_kind_of_its_resource() {
    for (title, description, keywords, topic) in [
        (
            "Mô phỏng mạch điện một chiều",
            "Mô phỏng cho phép lắp mạch điện với pin, bóng đèn và điện trở.",
            ["mạch điện", "hiệu điện thế"],
            "mạch điện một chiều",
        ),
        (
            "Candide de Voltaire : parcours de lecture",
            "Parcours de lecture de Candide avec des questions sur l’ironie et le conte philosophique.",
            ["Candide", "conte philosophique"],
            "candide de voltaire",
        ),
        (
            "Phiếu học tập Chuyện người con gái Nam Xương",
            WORKSHEET,
            ["Vũ Nương", "yếu tố kì ảo"],
            "yếu tố kì ảo",
        ),
    ] {
        let record = described(title, description, &keywords);
        assert_eq!(concept(&record), topic);
        whole(&record);
    }
}

#[test]
fn what_a_description_says_of_its_resource_is_no_claim_of_the_matter() {
    let record = described(
        "Phiếu học tập Chuyện người con gái Nam Xương",
        WORKSHEET,
        &["Vũ Nương", "yếu tố kì ảo"],
    );
    let read = Lesson::read(&record);
    assert!(read.claims.is_empty(), "{:?}", read.claims);
    assert_eq!(read.blurbs, [WORKSHEET]);
    let made = whole(&record);
    for item in checks(&made) {
        assert_ne!(item.label, "Học liệu viết", "{}", item.words());
    }
    // The draft says what it lacks, and has key words looked up.
    let text = words(&made);
    assert!(text.contains("rất ít chữ"), "{text}");
    assert!(checks(&made).len() >= 3, "{text}");
}

#[test]
fn a_catalogue_line_with_keywords_gets_a_draft() {
    let mut record = described(
        "Fraction Wall",
        "Printable fraction wall for comparing fractions.",
        &["fractions", "equivalent fractions"],
    );
    record.teaches = vec!["Compare fractions with different denominators.".into()];
    record.in_language = vec!["en".into()];
    let made = whole(&record);
    assert!(words(&made).contains("equivalent fractions"));
}

#[test]
fn a_question_with_answers_to_choose_from_leans_on_nothing_else() {
    let record = question(
        "Trong công nghiệp, kim loại nào sau đây chỉ được điều chế bằng phương pháp điện phân nóng chảy?\nA. Sắt.\nB. Magie.\nC. Đồng.\nD. Bạc.",
    );
    let read = Lesson::read(&record);
    assert_eq!(read.exercises.len(), 1, "{read:?}");
    assert_eq!(read.exercises[0].choices, ["Sắt", "Magie", "Đồng", "Bạc"]);
    let made = whole(&record);
    let quoted = made.sections.iter().flat_map(|section| &section.items);
    let quoted: Vec<&str> = quoted
        .flat_map(|item| &item.quotes)
        .map(|quote| quote.text.as_str())
        .collect();
    for choice in ["Sắt", "Magie", "Đồng"] {
        assert!(quoted.contains(&choice), "{choice}: {quoted:?}");
    }
}

#[test]
fn of_a_long_question_what_it_asks_is_quoted() {
    let long = "Một thấu kính hội tụ có tiêu cự 15 cm. M là một điểm nằm trên trục chính của thấu kính, P là một chất điểm dao động điều hòa quanh vị trí cân bằng trùng với M. Gọi Q là ảnh của P qua thấu kính. Khi P dao động theo phương vuông góc với trục chính, biên độ 5 cm thì Q là ảnh ảo dao động với biên độ 10 cm. Vật được giữ yên trong suốt thời gian quan sát ảnh. Nếu P dao động dọc theo trục chính với tần số 5 Hz thì tốc độ trung bình của Q bằng bao nhiêu?";
    let record = question(&format!(
        "{long}\nA. 1,25 m/s.\nB. 1,0 m/s.\nC. 2,25 m/s.\nD. 1,5 m/s."
    ));
    let read = Lesson::read(&record);
    let task = read.exercises.first().expect("a task");
    assert!(task.text.starts_with("Nếu P dao động dọc"), "{task:?}");
    assert!(!task.alone);
    whole(&record);
}

#[test]
fn a_question_that_ends_with_a_colon_is_a_task() {
    let record = question(
        "Một sóng truyền trên mặt nước có bước sóng 20 cm. Khoảng cách giữa hai đỉnh sóng liền nhau bằng:\nA. 10 cm.\nB. 20 cm.\nC. 40 cm.\nD. 5 cm.",
    );
    assert_eq!(Lesson::read(&record).exercises.len(), 1);
    whole(&record);
}

#[test]
fn a_piece_of_a_sentence_does_not_end_where_something_must_follow() {
    let mut record = question(
        "Quelques survivants isolés échappent encore à ceux qui sont contaminés par le virus de la « fureur ». Jim quitte l’hôpital et parcourt les rues d’une ville totalement désertée.",
    );
    record.in_language = vec!["fr".into()];
    for claim in Lesson::read(&record).claims {
        assert!(!claim.text.ends_with(" de la"), "{}", claim.text);
    }
}

#[test]
fn a_french_name_runs_with_its_sentence() {
    let mut record = question(
        "Martin Brodeur est un joueur professionnel canadien de hockey sur glace. Martin Brodeur a été sélectionné en première ronde par les Devils du New Jersey. Il joue vingt et une saisons avec les Devils avant de jouer une dernière saison avec les Blues.",
    );
    record.name = "Martin Brodeur".into();
    record.in_language = vec!["fr".into()];
    let text = words(&whole(&record));
    assert!(
        text.contains(" Martin Brodeur") && !text.contains(" sur «\u{a0}Martin Brodeur\u{a0}»"),
        "{text}"
    );
}

#[test]
fn what_people_do_in_a_description_is_no_fact_to_verify() {
    let mut record = described(
        "Lab: Hooke’s law",
        "Students hang masses on a spring, measure the extension and plot a graph of force against extension.",
        &["Hooke’s law", "spring constant"],
    );
    record.in_language = vec!["en".into()];
    let read = Lesson::read(&record);
    assert!(read.claims.is_empty(), "{:?}", read.claims);
    assert!(
        !read.terms.contains(&"measure the extension".to_owned()),
        "{:?}",
        read.terms
    );
    whole(&record);
}

const POMFRESH: &str = "Poppy Pomfresh est infirmière à Poudlard depuis de longues années. Elle a aussi inventé une potion contre le rhume que tous les élèves redoutent. \
Elle participe à la résistance au régime de Rogue avec Minerva McGonagall. Elle prouve sa fidélité en participant activement à la bataille de Poudlard.";

#[test]
fn few_sentences_are_kept_for_what_has_to_be_verified() {
    let mut record = question(POMFRESH);
    record.name = "Personnages du monde des sorciers".into();
    record.in_language = vec!["fr".into()];
    record.educational_level = Vec::new();
    let made = whole(&record);
    let quoting = checks(&made)
        .into_iter()
        .filter(|item| item.label == "La ressource dit");
    assert!(quoting.count() >= 3, "{}", words(&made));
}

#[test]
fn of_a_short_text_the_names_are_terms_and_nobody_explains_them() {
    let mut record = question(POMFRESH);
    record.name = "Poppy Pomfresh".into();
    record.in_language = vec!["fr".into()];
    record.educational_level = Vec::new();
    let read = Lesson::read(&record);
    assert!(
        read.terms.contains(&"Minerva McGonagall".to_owned()),
        "{:?}",
        read.terms
    );
    let text = words(&whole(&record));
    assert!(!text.contains("xpliquer Minerva McGonagall"), "{text}");
}

#[test]
fn a_french_term_has_its_article_where_it_is_spoken_about() {
    let mut record = described(
        "Candide de Voltaire : parcours de lecture",
        "Parcours de lecture de Candide avec des questions sur l’ironie, le conte philosophique et la critique de l’optimisme.",
        &["Candide", "conte philosophique", "ironie"],
    );
    record.in_language = vec!["fr".into()];
    let text = words(&whole(&record));
    assert!(!text.contains(" sur «\u{a0}ironie\u{a0}»"), "{text}");
}

#[test]
fn figures_and_days_are_read_as_they_are_written() {
    let mut record = question(
        "Le record d’affluence du stade s’élève à 17 993 spectateurs réunis pour la réception du rival régional. La rencontre se termine par une victoire des visiteurs deux buts à un.",
    );
    record.name = "Le stade".into();
    record.in_language = vec!["fr".into()];
    let text = words(&whole(&record));
    assert!(!text.contains("«\u{a0}17\u{a0}»"), "{text}");
}

#[test]
fn in_a_lesson_that_explains_something_answers_to_choose_from_are_one_task_among_others() {
    let record = super::lesson("fr/francais-8-expression-orale-telephone-au-college.md");
    assert!(Lesson::read(&record).choices.is_empty());
}

#[test]
fn a_text_with_gaps_is_no_task_though_answers_stand_below_it() {
    let record = question(
        "For 1 hour the … shop is cheaper, for 3 hours the … one.\nA. first, second\nB. second, first\n\nWhich shop rents out bicycles for less than six dollars an hour?\nA. the first shop\nB. the second shop",
    );
    for task in Lesson::read(&record).exercises {
        assert!(!task.text.contains('…'), "{task:?}");
    }
}
