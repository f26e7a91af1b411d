//! Searching through the public API: what people type, and what they must find.

use khue_content::search::{SearchParams, Sort};
use khue_content::{Body, BodyFormat, LearningResource, Provenance};
use khue_index::{Index, IndexDocument, PastQueries, Writer};

/// Names with neighbours that are easily taken for them.
const NAMES: &[&str] = &[
    "Định luật Niu-tơn",
    "Định luật Ôm cho đoạn mạch",
    "Định luật bảo toàn khối lượng",
    "Quang hợp ở thực vật",
    "Hô hấp ở thực vật",
    "Hoà bình và chiến tranh",
    "Thuỷ triều và sóng biển",
    "Phương trình bậc hai một ẩn",
    "Phương trình bậc nhất hai ẩn",
    "Hệ phương trình bậc nhất hai ẩn",
    "Hằng đẳng thức đáng nhớ",
    "Phân số và hỗn số",
    "Phép chia phân số",
    "Tính chất của nước H₂O",
    "Lập trình C++ cơ bản",
    "Lập trình Python cơ bản",
    "Lịch sử địa lí địa phương",
    "Đổi đơn vị đo độ dài",
    "Đội thiếu niên tiền phong",
    "Lý thuyết trò chơi",
    "Photosynthesis in plants",
    "La photosynthèse des plantes",
];

struct Library {
    index: Index,
    _folder: tempfile::TempDir,
}

fn record(id: &str, name: &str, language: &str) -> LearningResource {
    LearningResource {
        id: id.to_owned(),
        name: name.to_owned(),
        in_language: vec![language.to_owned()],
        provenance: Provenance {
            source: "test".into(),
            identifier: id.to_owned(),
            ..Provenance::default()
        },
        ..LearningResource::default()
    }
}

fn library(records: &[(LearningResource, &str)]) -> Library {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = Writer::open(folder.path()).expect("a writer");
    for (number, (record, text)) in records.iter().enumerate() {
        let change = number as i64 + 1;
        writer
            .put(&IndexDocument {
                guidance: "",
                record,
                text,
                change,
            })
            .expect("put");
    }
    writer.commit(records.len() as i64).expect("commit");
    writer.close().expect("close");
    Library {
        index: Index::open(folder.path()).expect("open"),
        _folder: folder,
    }
}

fn named() -> Library {
    let records: Vec<_> = NAMES
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let language = if name.starts_with("Photo") {
                "en"
            } else if name.starts_with("La ") {
                "fr"
            } else {
                "vi"
            };
            (
                record(&format!("r{n}"), name, language),
                "Nội dung bài học dành cho học sinh và giáo viên.",
            )
        })
        .collect();
    library(&records)
}

fn find(library: &Library, q: &str) -> Vec<String> {
    let params = SearchParams {
        q: q.to_owned(),
        ..SearchParams::default()
    };
    library
        .index
        .find(params)
        .expect("an answer")
        .items
        .into_iter()
        .map(|hit| hit.name)
        .collect()
}

#[test]
fn every_way_of_typing_a_name_finds_it_first() {
    let library = named();
    let ways = [
        ("định luật niu-tơn", "Định luật Niu-tơn"),
        ("DINH LUAT NIU TON", "Định luật Niu-tơn"),
        ("định luật niutơn", "Định luật Niu-tơn"),
        ("dinh luat niuton", "Định luật Niu-tơn"),
        ("đi\u{323}nh luâ\u{323}t niu tơn", "Định luật Niu-tơn"),
        ("định luat niu ton", "Định luật Niu-tơn"),
        ("hòa bình", "Hoà bình và chiến tranh"),
        ("thủy triều", "Thuỷ triều và sóng biển"),
        ("lí thuyết trò chơi", "Lý thuyết trò chơi"),
        ("quang hop thuc vat", "Quang hợp ở thực vật"),
        (
            "phuong trinh bac nhat hai an",
            "Phương trình bậc nhất hai ẩn",
        ),
        ("h2o", "Tính chất của nước H₂O"),
        ("c++", "Lập trình C++ cơ bản"),
        ("đổi đơn vị", "Đổi đơn vị đo độ dài"),
        ("đội thiếu niên", "Đội thiếu niên tiền phong"),
        ("photosynthesis plant", "Photosynthesis in plants"),
        ("photosynthese plante", "La photosynthèse des plantes"),
    ];
    for (typed, wanted) in ways {
        assert_eq!(
            find(&library, typed).first().map(String::as_str),
            Some(wanted),
            "{typed}"
        );
    }
}

#[test]
fn marks_that_were_typed_come_before_other_marks() {
    let library = library(&[
        (record("a", "Đội bóng", "vi"), ""),
        (record("b", "Đổi tiền", "vi"), ""),
        (record("c", "Đôi bạn", "vi"), ""),
    ]);
    assert_eq!(find(&library, "đổi")[0], "Đổi tiền");
    assert_eq!(find(&library, "đôi")[0], "Đôi bạn");
    assert_eq!(find(&library, "doi").len(), 3);
}

#[test]
fn syllables_of_one_word_count_together() {
    let mut cell = record("cell", "Chu kì tế bào và nguyên phân", "vi");
    cell.keywords = vec!["nguyên phân".into()];
    let library = library(&[
        (
            cell,
            "Nguyên phân giữ nguyên số nhiễm sắc thể; mỗi lần phân bào, số ấy không đổi.",
        ),
        (
            record("map", "Tỉ lệ bản đồ", "vi"),
            "Tỉ lệ bản đồ là phân số có tử số bằng một.",
        ),
        (
            record("share", "Chia quà", "vi"),
            "Số phần quà mỗi nhóm nhận; phần còn lại, số dư.",
        ),
        (
            record("name", "Tính chất của phân số", "vi"),
            "Nhân cả tử và mẫu.",
        ),
    ]);
    let found = find(&library, "phân số");
    assert_eq!(found[..2], ["Tính chất của phân số", "Tỉ lệ bản đồ"]);
    // What is far behind the texts that hold the word is no result.
    assert!(!found.contains(&"Chia quà".to_owned()), "{found:?}");
    assert_eq!(find(&library, "phan so")[0], "Tính chất của phân số");
}

#[test]
fn phrases_minus_and_prefixes_narrow_and_nothing_is_an_error() {
    let library = named();
    assert!(
        find(&library, "\"bậc nhất hai ẩn\"")
            .iter()
            .all(|name| name.contains("bậc nhất hai ẩn"))
    );
    assert!(
        !find(&library, "phương trình -hệ")
            .iter()
            .any(|name| name.starts_with("Hệ"))
    );
    assert_eq!(
        find(&library, "tên:quang tên:hợp"),
        ["Quang hợp ở thực vật"]
    );
    for typed in [
        "\"", "-", "(((", "a AND", "tên:", "*", "[1 TO 2]", "\u{0}", "~^", "+-+", "\"-\"", "név:x",
    ] {
        find(&library, typed);
    }
}

#[test]
fn highlights_are_ranges_of_the_original_text() {
    let library = named();
    let params = SearchParams {
        q: "dinh luat om".into(),
        ..SearchParams::default()
    };
    let page = library.index.find(params).expect("an answer");
    let mark = &page.items[0].highlights[0];
    let marked: Vec<&str> = mark
        .ranges
        .iter()
        .map(|(from, to)| &mark.text[*from..*to])
        .collect();
    assert_eq!(
        (mark.property.as_str(), marked),
        ("name", vec!["Định luật Ôm"])
    );
}

/// A passage begins after the space before its first word, be it one of several bytes.
#[test]
fn a_passage_after_a_wide_space_is_cut_at_a_character() {
    for space in ["\u{a0}", "\u{3000}", "\u{2009}"] {
        let text = format!("{}{space}giữa chừng phân số tối giản", "a".repeat(60));
        let library = library(&[(record("a", "Bài", "vi"), text.as_str())]);
        let params = SearchParams {
            q: "phân số".into(),
            ..SearchParams::default()
        };
        let page = library.index.find(params).unwrap();
        let mark = &page.items[0].highlights[0];
        assert!(mark.text.starts_with("giữa chừng"), "{:?}", mark.text);
    }
}

#[test]
fn facets_count_with_the_other_filters_applied() {
    let level = |n: u32| format!("https://w3id.org/khue/educationalLevel/grade-{n}");
    let mut records = Vec::new();
    for n in 0..12u32 {
        let mut one = record(
            &format!("r{n}"),
            &format!("Bài {n}"),
            if n % 3 == 0 { "en" } else { "vi" },
        );
        one.educational_level = vec![level(6 + n % 2)];
        records.push((one, "chung"));
    }
    let library = library(&records);
    let mut params = SearchParams {
        q: "chung".into(),
        ..SearchParams::default()
    };
    params.add("inLanguage", "vi");
    let page = library.index.find(params).expect("an answer");
    let count = |facet: &str, value: &str| {
        let facet = page.facets.iter().find(|f| f.name == facet).expect("facet");
        facet
            .values
            .iter()
            .find(|v| v.value == value)
            .map_or(0, |v| v.count)
    };
    assert_eq!(page.total, 8);
    assert_eq!(
        (count("inLanguage", "vi"), count("inLanguage", "en")),
        (8, 4)
    );
    assert_eq!(
        (
            count("educationalLevel", &level(6)),
            count("educationalLevel", &level(7))
        ),
        (4, 4)
    );
    assert_eq!(
        count(
            "educationalLevel",
            "https://w3id.org/khue/educationalLevel/lower-secondary"
        ),
        8
    );
}

#[test]
fn names_sort_by_the_vietnamese_alphabet_and_pages_do_not_overlap() {
    let names = [
        "Bài 10",
        "Ăn uống",
        "Bài 2",
        "Đo lường",
        "Dân ca",
        "An toàn",
    ];
    let records: Vec<_> = names
        .iter()
        .map(|name| (record(name, name, "vi"), "chung"))
        .collect();
    let library = library(&records);
    let page = |number| {
        let params = SearchParams {
            q: "chung".into(),
            sort: Sort::Name,
            size: 2,
            page: number,
            ..SearchParams::default()
        };
        library
            .index
            .find(params)
            .expect("an answer")
            .items
            .into_iter()
            .map(|hit| hit.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        [page(1), page(2), page(3)].concat(),
        [
            "An toàn",
            "Ăn uống",
            "Bài 2",
            "Bài 10",
            "Dân ca",
            "Đo lường"
        ]
    );
}

#[test]
fn a_change_replaces_and_a_deletion_removes() {
    let library = library(&[
        (record("a", "Cũ", "vi"), ""),
        (record("b", "Khác", "vi"), ""),
    ]);
    let mut writer = Writer::open(library._folder.path()).expect("a writer");
    assert_eq!(writer.last_change().expect("a number"), 2);
    let changed = record("a", "Mới", "vi");
    writer
        .put(&IndexDocument {
            guidance: "",
            record: &changed,
            text: "",
            change: 3,
        })
        .expect("put");
    writer.delete("b", 4);
    writer.commit(4).expect("commit");
    writer.close().expect("close");
    assert!(library.index.reload_if_changed().expect("reload"));
    assert_eq!(find(&library, "mới"), ["Mới"]);
    assert!(find(&library, "cũ").is_empty() && find(&library, "khác").is_empty());
    assert_eq!(
        (
            library.index.len(),
            library.index.last_change().expect("a number")
        ),
        (1, 4)
    );
}

#[test]
fn suggestions_complete_the_last_word_with_and_without_marks() {
    let library = named();
    let names = |typed: &str| {
        let found = library
            .index
            .suggest(&PastQueries::default(), typed, "vi", 8)
            .expect("suggestions");
        found
            .into_iter()
            .filter(|s| s.kind == "name")
            .map(|s| s.text)
            .collect::<Vec<_>>()
    };
    assert!(names("định luật n").contains(&"Định luật Niu-tơn".to_owned()));
    assert!(names("quang h").contains(&"Quang hợp ở thực vật".to_owned()));
    assert!(names("").is_empty());
    let concepts = library
        .index
        .suggest(&PastQueries::default(), "vat l", "vi", 8)
        .expect("suggestions");
    assert!(
        concepts
            .iter()
            .any(|s| s.kind == "about" && s.text == "Vật lí"),
        "{concepts:?}"
    );
}

#[test]
fn resources_that_share_rare_words_are_similar() {
    let one = "Diệp lục hấp thụ ánh sáng trong lục lạp của lá cây để quang hợp.";
    let two = "Lục lạp chứa diệp lục; nhờ diệp lục cây quang hợp.";
    let records = [
        (record("a", "Quang hợp", "vi"), one),
        (record("b", "Lục lạp", "vi"), two),
        (record("c", "Phân số", "vi"), "Tử số và mẫu số của phân số."),
    ];
    let library = library(&records);
    let similar = library.index.similar("a", 2).expect("an answer");
    assert_eq!(similar.first().map(|hit| hit.id.as_str()), Some("b"));
    assert!(
        library
            .index
            .similar("nowhere", 2)
            .expect("an answer")
            .is_empty()
    );
}

#[test]
fn a_body_of_other_forms_is_found_by_stems() {
    let mut one = record("a", "Triangles", "en");
    one.body = Some(Body {
        format: BodyFormat::Plain,
        text: String::new(),
    });
    let library = library(&[
        (one, "Similar triangles have equal angles."),
        (record("b", "Circles", "en"), "A circle."),
    ]);
    assert_eq!(find(&library, "the angle of a triangle")[0], "Triangles");
}
