//! Slips: what was meant is found at once and said.

use super::{Library, record};
use khue_content::search::{Reason, SearchParams};

const LESSONS: &[(&str, &str, &str)] = &[
    (
        "Định luật Niu-tơn",
        "vi",
        "Định luật hai Niu-tơn nói về lực và gia tốc của vật.",
    ),
    (
        "Định luật Ôm cho đoạn mạch",
        "vi",
        "Cường độ dòng điện, hiệu điện thế và điện trở theo định luật Ôm.",
    ),
    (
        "Quang hợp ở thực vật",
        "vi",
        "Quang hợp ở lá cây cần ánh sáng và diệp lục.",
    ),
    (
        "Hô hấp ở thực vật",
        "vi",
        "Hô hấp tế bào của thực vật vào ban đêm.",
    ),
    (
        "Phương trình bậc hai một ẩn",
        "vi",
        "Giải phương trình bậc hai bằng công thức nghiệm.",
    ),
    (
        "Bão lụt ở miền Trung",
        "vi",
        "Mưa lớn gây lụt ở miền Trung.",
    ),
    (
        "Photosynthesis in plants",
        "en",
        "Photosynthesis turns light into chemical energy.",
    ),
    (
        "Formatting cells in a spreadsheet",
        "en",
        "Choose the formatting of numbers and cells.",
    ),
    (
        "La photosynthèse des plantes",
        "fr",
        "La photosynthèse transforme la lumière en énergie.",
    ),
];

fn lessons() -> Library {
    let lesson = |(n, (name, language, text)): (usize, &(&str, &str, &'static str))| {
        (record(&format!("r{n}"), name, language), *text)
    };
    Library::of(LESSONS.iter().enumerate().map(lesson))
}

#[test]
fn what_was_meant_is_found_first_and_said() {
    let library = lessons();
    let cases = [
        ("qunag hợp", "quang hợp", "Quang hợp ở thực vật"),
        ("quang hopwj", "quang hợp", "Quang hợp ở thực vật"),
        (
            "quang ho75p thực vật",
            "quang hợp thực vật",
            "Quang hợp ở thực vật",
        ),
        (
            "ddinhj luaatj niu-tơn",
            "định luật niu-tơn",
            "Định luật Niu-tơn",
        ),
        (
            "dinhj luatj niu-tơn",
            "định luật niu-tơn",
            "Định luật Niu-tơn",
        ),
        (
            "dinh laut niu ton",
            "dinh luat niu ton",
            "Định luật Niu-tơn",
        ),
        (
            "phuơng trìnhh bậc hai",
            "phương trình bậc hai",
            "Phương trình bậc hai một ẩn",
        ),
        (
            "photosyntesis in plants",
            "photosynthesis in plants",
            "Photosynthesis in plants",
        ),
        (
            "photosynthese des plnates",
            "photosynthese des plantes",
            "La photosynthèse des plantes",
        ),
    ];
    for (typed, meant, name) in cases {
        let page = library.find(typed);
        let better = page
            .did_you_mean
            .unwrap_or_else(|| panic!("nothing is offered for {typed}"));
        assert_eq!(better.text, meant, "for {typed}");
        assert!(better.applied, "{typed}");
        assert_eq!(
            page.items.first().map(|hit| hit.name.as_str()),
            Some(name),
            "for {typed}"
        );
        let says = |reason: &Reason| matches!(reason, Reason::Correction(_));
        assert!(
            page.items[0].reasons.iter().any(says),
            "{typed}: {:?}",
            page.items[0].reasons
        );
    }
}

#[test]
fn joined_words_need_no_mending() {
    let page = lessons().find("dinhluat niu ton");
    assert_eq!(page.items[0].name, "Định luật Niu-tơn");
}

#[test]
fn a_known_word_is_doubted_only_where_it_finds_nothing() {
    let library = lessons();
    let page = library.find("dinh lut niu ton");
    let better = page.did_you_mean.expect("an offer");
    assert_eq!(better.text, "dinh luat niu ton");
    assert!(!better.applied, "lụt is a word of the library");
    assert_eq!(page.items[0].name, "Định luật Niu-tơn");
    assert_eq!(library.find("lụt miền trung").did_you_mean, None);
}

#[test]
fn a_name_held_as_typed_is_not_doubted_be_it_the_only_one() {
    let library = lessons();
    let page = library.find("Định luật Niu-tơn");
    assert_eq!(page.items[0].name, "Định luật Niu-tơn");
    assert_eq!(page.did_you_mean, None);
}

#[test]
fn what_the_library_knows_is_left_alone() {
    let library = lessons();
    for typed in [
        "quang hợp",
        "dinh luat",
        "plants",
        "photosynthese",
        "phương trình bậc 2",
        "2026",
        "x",
        "",
        "\"qunag hợp\"",
    ] {
        assert_eq!(library.find(typed).did_you_mean, None, "{typed}");
    }
}

#[test]
fn words_taken_as_they_are_are_not_mended() {
    let library = lessons();
    let params = SearchParams {
        q: "qunag hợp".into(),
        verbatim: true,
        ..SearchParams::default()
    };
    assert_eq!(
        library.index.find(params).expect("an answer").did_you_mean,
        None
    );
}

#[test]
fn what_is_unlike_everything_is_no_slip() {
    let library = lessons();
    for typed in [
        "xyzzyqwk",
        "zzzz bbbb",
        "1234567",
        "@@@",
        "a\u{301}\u{301}\u{301}",
    ] {
        assert_eq!(library.find(typed).did_you_mean, None, "{typed}");
    }
}

#[test]
fn nothing_is_offered_in_an_empty_library() {
    let library = Library::of([]);
    assert_eq!(library.find("qunag hợp").did_you_mean, None);
}
