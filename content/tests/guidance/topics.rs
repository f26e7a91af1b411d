//! What a lesson is said to be about, and how that runs within the sentences of a draft.

use super::{drafted, lesson, lessons, uri};
use khue_content::guidance::{GuidanceDraft, Lesson, patterns};
use khue_content::{Body, BodyFormat, LearningResource};

fn plain(name: &str, text: &str) -> LearningResource {
    LearningResource {
        id: "chu-de".into(),
        name: name.into(),
        body: Some(Body {
            format: BodyFormat::Plain,
            text: text.into(),
        }),
        ..LearningResource::default()
    }
}

fn concept(record: &LearningResource) -> String {
    Lesson::read(record).concept.unwrap_or_default()
}

fn texts(made: &GuidanceDraft) -> String {
    let items = made.sections.iter().flat_map(|section| &section.items);
    let words: Vec<String> = items.map(|item| item.words()).collect();
    words.join("\n")
}

const DVD: &str = "Un codec est un élément logiciel qui permet aux applications de lire les formats vidéo. \
Si le lecteur ne trouve pas les codecs nécessaires, il propose de les installer. Les disques possèdent un code de région qui définit dans quels pays on peut lire des DVD.";

#[test]
fn a_title_that_lists_things_is_about_the_first() {
    let record = lesson("vi/khoa-hoc-5-mach-dien-don-gian.md");
    assert_eq!(concept(&record).to_lowercase(), "mạch điện");
}

#[test]
fn the_name_of_the_subject_is_no_topic() {
    let exam = "Gió mùa Đông Bắc làm cho miền Bắc có mùa đông lạnh. Địa lí nước ta chịu ảnh hưởng của gió mùa Đông Bắc rất rõ. Đồng bằng sông Hồng có nhiều đê.";
    let mut record = plain("Đề thi thử môn Địa lí", exam);
    record.about = vec![uri("about", "dia-li")];
    assert_ne!(concept(&record).to_lowercase(), "địa lí");
    // A narrower concept of the same vocabulary names a lesson well.
    let record = lesson("vi/toan-12-toi-uu-bang-dao-ham.md");
    assert_eq!(concept(&record).to_lowercase(), "đạo hàm");
}

#[test]
fn a_stroke_between_figures_belongs_to_the_name() {
    let music = "Nhịp 3/4 có ba phách trong mỗi ô nhịp, mỗi phách bằng một nốt đen. Nhịp 3/4 tạo cảm giác uyển chuyển. Trọng âm của nhịp 3/4 rơi vào phách đầu của mỗi ô nhịp.";
    assert_eq!(
        concept(&plain("Âm nhạc 6: Nhịp 3/4", music)).to_lowercase(),
        "nhịp 3/4"
    );
}

#[test]
fn a_date_is_no_term() {
    let text = "Dans la nuit du 4 août, l’Assemblée abolit les privilèges. La Déclaration est adoptée le 26 août 1789 à Paris. Les droits seigneuriaux disparaissent en août 1789 dans tout le royaume.";
    let read = Lesson::read(&plain("La nuit du 4 août 1789", text));
    for term in &read.terms {
        assert!(
            !["4 août", "août 1789"].contains(&term.as_str()),
            "{:?}",
            read.terms
        );
    }
}

#[test]
fn an_infinitive_gets_no_french_article() {
    let made = drafted(&plain("Impossible de lire des DVD", DVD)).expect("a draft");
    let text = texts(&made);
    assert!(
        !text.contains("les lire des") && !text.contains("des lire des"),
        "{text}"
    );
}

#[test]
fn a_science_has_its_french_article_though_the_text_never_shows_it() {
    let text = "Économie et politique se mêlent dans tout le siècle. Avec la crise, les écoles de pensée changent de ton et de méthode. Les modèles deviennent plus libéraux à partir des années 1970 dans la plupart des universités.";
    let made = drafted(&plain("Économie", text)).expect("a draft");
    let text = texts(&made);
    assert!(
        text.contains("l’économie") && !text.contains("« Économie »"),
        "{text}"
    );
}

#[test]
fn a_short_name_names_the_same_thing() {
    let table = "Nhiệt độ của ba thành phố tăng dần từ bắc vào nam. Thành phố Huế có lượng mưa lớn nhất trong ba thành phố. Khí hậu của thành phố Cần Thơ nóng quanh năm.";
    let read = Lesson::read(&plain("Khí hậu của ba thành phố", table));
    assert!(
        read.handle
            .as_deref()
            .is_none_or(|own| own.to_lowercase().starts_with("khí hậu")),
        "{read:?}"
    );
}

#[test]
fn a_term_that_is_spoken_of_as_a_word_stands_in_quotation_marks() {
    for record in lessons() {
        let made = drafted(&record).expect("a draft");
        for item in made.sections.iter().flat_map(|section| &section.items) {
            let Some(pattern) = patterns()
                .iter()
                .find(|own| item.pattern.as_ref() == Some(&own.id))
            else {
                continue;
            };
            let says = pattern.text[made.in_language.as_str()]
                .values()
                .any(|text| text.contains("chữ {term}") || text.contains("the word {term}"));
            if !says || made.in_language == "fr" {
                continue;
            }
            let words = item.words();
            assert!(
                words.contains("chữ “") || words.contains("the word “"),
                "{}: {words}",
                record.id
            );
        }
    }
}

#[test]
fn a_term_says_more_than_the_topic() {
    let text = "We form the present perfect with have or has and the past participle. We use the present perfect for experiences when the time is not important. We do not use the present perfect with a finished time such as yesterday.";
    let mut record = plain("English 8: The present perfect", text);
    record.about = vec![uri("about", "tieng-anh")];
    record.educational_level = vec![uri("educationalLevel", "grade-8")];
    record.keywords = vec!["present perfect".into()];
    for seed in 0..6 {
        let mut request = super::request(None);
        request.seed = seed;
        let made = super::draft(&record, &request, None).expect("a draft");
        let text = texts(&made).to_lowercase();
        assert!(
            !text.contains("the word “the present perfect”")
                && !text.contains("the word the present"),
            "{text}"
        );
    }
}

#[test]
fn a_year_before_people_counts_nobody() {
    let text = "In 1978 people began to plant mangroves again along the muddy coast. The mangroves of the reserve now shelter many birds. Some 1,200 people live from fishing near the mangroves.";
    let read = Lesson::read(&plain("Mangroves", text));
    assert!(
        !read.quantities.contains(&"1978 people".to_owned()),
        "{:?}",
        read.quantities
    );
}

#[test]
fn small_children_write_no_summaries() {
    let text = "Trò chơi vận động cho trẻ 3–4 tuổi: trẻ nắm tay nhau thành vòng tròn, vừa hát vừa bước ra, bước vào theo lời bài hát. Trẻ tập phối hợp với bạn, nghe hiệu lệnh và phân biệt to – nhỏ.";
    let mut record = plain("Trò chơi: Bóng tròn to", text);
    record.educational_level = vec![uri("educationalLevel", "preschool")];
    let made = drafted(&record).expect("a draft");
    assert!(!texts(&made).contains("trong vở"), "{}", texts(&made));
}
