//! What a query means: through the public functions, as people type.

use khue_content::search::{Force, SearchParams, SearchRequest, Understood, understand};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn meant(q: &str) -> SearchRequest {
    understand(SearchParams {
        q: q.to_owned(),
        ..SearchParams::default()
    })
}

/// What was understood, as `property=notation,notation` in the order of the query.
fn filters(q: &str) -> Vec<String> {
    let shown = |one: &Understood| {
        let last = |value: &String| value.rsplit('/').next().unwrap_or(value).to_owned();
        let values: Vec<String> = one.values.iter().map(last).collect();
        format!("{}={}", one.property, values.join(","))
    };
    meant(q).understood.iter().map(shown).collect()
}

/// The words that must be found.
fn required(q: &str) -> String {
    let request = meant(q);
    let clauses = request.clauses.iter().filter(|c| c.understood.is_none());
    let texts: Vec<&str> = clauses.map(|clause| clause.text.as_str()).collect();
    texts.join(" ")
}

const LEVEL: &str = "educationalLevel";

#[test]
fn grades_are_understood_however_they_are_written() {
    for q in [
        "lớp 8",
        "LỚP 8",
        "lop 8",
        "L8",
        "l8",
        "lớp8",
        "lop8",
        "khối 8",
        "khoi 8",
        "lớp tám",
        "grade 8",
        "Grade eight",
        "8th grade",
        "eighth grade",
        "Year 8",
        "8e année",
        "classe de 4e",
        "classe de quatrième",
    ] {
        assert_eq!(filters(q), [format!("{LEVEL}=grade-8")], "{q}");
        let decomposed: String = q.nfd().collect();
        assert_eq!(
            filters(&decomposed),
            [format!("{LEVEL}=grade-8")],
            "{q} in NFD"
        );
    }
    for (q, grades) in [
        ("lớp 6-9", "grade-6,grade-7,grade-8,grade-9"),
        ("lớp 10 đến 12", "grade-10,grade-11,grade-12"),
        ("lớp 6 và 7", "grade-6,grade-7"),
        ("ôn thi vào 10", "grade-9"),
        ("tuyển sinh vào lớp 10", "grade-9"),
        ("thi tốt nghiệp THPT", "grade-12"),
        ("luyện thi đại học", "grade-12"),
        ("THCS", "lower-secondary"),
        ("cấp 3", "upper-secondary"),
        ("mẫu giáo 5 tuổi", "preschool"),
        ("trẻ 3-4 tuổi", "preschool"),
        ("high school", "upper-secondary"),
        ("CM2", "grade-5"),
    ] {
        assert_eq!(filters(q), [format!("{LEVEL}={grades}")], "{q}");
    }
}

#[test]
fn a_subject_is_understood_beside_a_grade_and_its_place_in_the_curriculum_is_known() {
    for (q, subject, grade) in [
        ("toán 5", "toan", "grade-5"),
        ("toan lop 5", "toan", "grade-5"),
        ("Văn 9", "ngu-van", "grade-9"),
        ("sử 12", "lich-su", "grade-12"),
        ("lí 11", "vat-li", "grade-11"),
        ("lý lớp 11", "vat-li", "grade-11"),
        ("vật lí 8", "vat-li,khoa-hoc-tu-nhien", "grade-8"),
        ("lịch sử 6", "lich-su,lich-su-dia-li", "grade-6"),
        ("KHTN 8", "khoa-hoc-tu-nhien", "grade-8"),
        ("grade 8 maths", "toan", "grade-8"),
        ("year 9 physics", "vat-li,khoa-hoc-tu-nhien", "grade-9"),
        ("maths 4e", "toan", "grade-8"),
        ("5e année sciences", "khoa-hoc-tu-nhien,khoa-hoc", "grade-5"),
        ("GDKT&PL 10", "giao-duc-kinh-te-phap-luat", "grade-10"),
        ("LS&ĐL 5", "lich-su-dia-li", "grade-5"),
        ("HĐTN 8", "hoat-dong-trai-nghiem", "grade-8"),
        ("tiếng Anh 6", "tieng-anh", "grade-6"),
    ] {
        let mut found = filters(q);
        found.sort();
        assert_eq!(
            found,
            [format!("about={subject}"), format!("{LEVEL}={grade}")],
            "{q}"
        );
        assert_eq!(required(q), "", "{q}");
    }
}

#[test]
fn the_words_that_are_no_filter_must_still_be_found() {
    assert_eq!(required("lực ma sát lớp 8"), "lực ma sát");
    assert_eq!(required("tin học 10 kntt vòng lặp"), "vòng lặp");
    assert_eq!(
        filters("đề kiểm tra giữa kì 1 toán 8"),
        [
            "learningResourceType=assessment",
            "about=toan",
            "educationalLevel=grade-8"
        ]
    );
    assert_eq!(required("đề kiểm tra giữa kì 1 toán 8"), "giữa kì 1");
    assert_eq!(
        filters("tin học 10 kntt"),
        [
            "about=tin-hoc",
            "educationalLevel=grade-10",
            "textbook=kntt"
        ]
    );
    assert_eq!(filters("newton in English"), ["inLanguage=en"]);
    assert_eq!(
        filters("ảnh cc by-sa 4.0"),
        ["license=CC-BY-SA-4.0,CC-BY-SA-3.0"]
    );
}

#[test]
fn what_only_looks_like_a_filter_is_text() {
    for q in [
        "lịch sử hình thành Trái Đất",
        "toán 8 con thỏ".trim_start_matches("toán 8 "),
        "bài 5",
        "tốc độ 12 m/s",
        "kháng chiến 9 năm",
        "lịch sử 10 năm kháng chiến",
        "vào 10 giờ sáng",
        "bản đồ Việt Nam",
        "3e loi de Newton",
        "primary colours",
        "hoá trị",
        "lớp vỏ Trái Đất",
        "lớp 13",
        "python 3",
        "tin nhắn giả",
    ] {
        assert!(filters(q).is_empty(), "{q}: {:?}", filters(q));
        assert_eq!(required(q), q);
    }
}

#[test]
fn a_chosen_filter_is_not_contradicted_and_can_be_undone() {
    let chosen = SearchParams::parse("q=to%C3%A1n+8&educationalLevel=grade-7");
    let request = understand(chosen);
    assert!(request.understood.iter().all(|one| one.property != LEVEL));
    let clause = request.clauses.iter().find(|clause| clause.text == "8");
    assert_eq!(clause.and_then(|clause| clause.understood), None);

    let same = understand(SearchParams::parse(
        "q=to%C3%A1n+8&educationalLevel=grade-8",
    ));
    assert!(same.understood.iter().all(|one| one.property != LEVEL));
    assert!(
        same.clauses
            .iter()
            .all(|clause| clause.understood.is_some())
    );

    let undone = understand(SearchParams::parse("q=to%C3%A1n+8&plain=educationalLevel"));
    assert!(undone.understood.iter().all(|one| one.property != LEVEL));

    let exact = understand(SearchParams::parse("q=KHTN+8&verbatim=1"));
    assert!(exact.understood.is_empty());
    assert!(
        exact
            .clauses
            .iter()
            .all(|clause| clause.synonyms.is_empty())
    );
}

#[test]
fn phrases_exclusions_and_prefixes() {
    for (q, phrase) in [
        ("\"định luật\" ôm", "định luật"),
        ("“định luật” ôm", "định luật"),
        ("„định luật“ ôm", "định luật"),
        ("« loi d'Ohm » ôm", "loi d'Ohm"),
        ("「định luật」ôm", "định luật"),
        ("'định luật' ôm", "định luật"),
        ("‘Newton’s law’ ôm", "Newton’s law"),
    ] {
        let request = meant(q);
        assert_eq!(request.clauses[0].text, phrase, "{q}");
        assert!(request.clauses[0].phrase, "{q}");
        assert_eq!(request.clauses[1].text, "ôm", "{q}");
    }
    for q in [
        "l'école",
        "Newton's law",
        "\"không đóng",
        "\"\"",
        "5 - 3",
        "a: b",
        "http://x.vn",
    ] {
        let request = meant(q);
        assert!(request.clauses.iter().all(|clause| !clause.phrase), "{q}");
        assert!(request.excluded.is_empty(), "{q}");
    }
    let request = meant("phân số -bài −\"hỗn số\" -tác giả:Lan");
    let excluded: Vec<&str> = request.excluded.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(excluded, ["bài", "hỗn số", "Lan"]);
    for (q, property) in [
        ("tên:phân", "name"),
        ("TÊN:phân", "name"),
        ("titre:phân", "name"),
        ("tác giả:phân", "creator"),
        ("tac gia:phân", "creator"),
        ("auteur:phân", "creator"),
        ("từ khóa:phân", "keywords"),
        ("từ khoá:phân", "keywords"),
    ] {
        assert_eq!(meant(q).clauses[0].property, Some(property), "{q}");
        assert_eq!(meant(q).clauses[0].text, "phân", "{q}");
    }
    for (q, filter) in [
        ("lớp:8", "educationalLevel=grade-8"),
        ("level: grade 8", "educationalLevel=grade-8"),
        ("môn:vật lí", "about=vat-li"),
        ("matière:maths", "about=toan"),
        ("subject:\"natural science\"", "about=khoa-hoc-tu-nhien"),
        ("loại:giáo án", "learningResourceType=lesson-plan"),
        ("ngôn ngữ:tiếng Anh", "inLanguage=en"),
        ("giấy phép:cc by", "license=CC-BY-4.0,CC-BY-3.0"),
        ("bộ sách:KNTT", "textbook=kntt"),
    ] {
        assert_eq!(filters(q), [filter], "{q}");
        assert_eq!(meant(q).understood[0].force, Force::Only, "{q}");
    }
    assert_eq!(required("môn:vật lí đòn bẩy"), "đòn bẩy");
    assert_eq!(required("lớp:học vui"), "lớp:học vui");
}

#[test]
fn abbreviations_are_known_in_their_context_alone() {
    let synonyms = |q: &str, text: &str| {
        let request = meant(q);
        let clause = request.clauses.into_iter().find(|c| c.text == text);
        clause
            .unwrap_or_else(|| panic!("{q} has no clause {text}"))
            .synonyms
    };
    assert!(synonyms("SGK", "SGK").contains(&"sách giáo khoa".to_owned()));
    assert!(synonyms("sgk", "sgk").contains(&"sách giáo khoa".to_owned()));
    assert!(synonyms("bai tap hdtn", "hdtn").contains(&"hoạt động trải nghiệm".to_owned()));
    assert!(synonyms("định lí pytago", "pytago").contains(&"Pythagore".to_owned()));
    assert!(synonyms("muối của axit", "axit").contains(&"acid".to_owned()));
    assert!(synonyms("trường TH", "TH").contains(&"tiểu học".to_owned()));
    assert!(synonyms("bài TH số 3", "TH").contains(&"thực hành".to_owned()));
    assert!(synonyms("SGK CD", "CD").contains(&"cánh diều".to_owned()));
    let alone = meant("đĩa CD");
    assert!(
        alone
            .clauses
            .iter()
            .all(|clause| clause.synonyms.is_empty())
    );
    let ga = meant("nhà ga");
    assert!(ga.clauses.iter().all(|clause| clause.synonyms.is_empty()));
}

#[test]
fn the_language_of_a_query_is_told_or_left_open() {
    let language = |q: &str| meant(q).language;
    for q in [
        "định luật",
        "dinh luat bao toan",
        "tính chất",
        "phương trình",
        "bai tap phan so",
        "on thi vao 10",
    ] {
        assert_eq!(language(q), Some("vi"), "{q}");
    }
    for q in [
        "the greenhouse effect",
        "linear functions",
        "how plants grow",
        "newton's second law",
    ] {
        assert_eq!(language(q), Some("en"), "{q}");
    }
    for q in [
        "la deuxième loi de newton",
        "leçon de géographie",
        "fiche de travail",
        "les élèves",
    ] {
        assert_eq!(language(q), Some("fr"), "{q}");
    }
    for q in ["photosynthesis", "x", "H2O", "3/4", "", "python"] {
        let found = language(q);
        assert!(
            found.is_none() || q == "photosynthesis" && found == Some("en"),
            "{q}: {found:?}"
        );
    }
}

/// Every letter of the query is in a clause, an exclusion or an understood filter.
fn keeps_all(q: &str) {
    let request = meant(q);
    assert!(request.clauses.len() <= q.chars().count().max(1), "{q}");
    let clauses = request.clauses.iter().chain(&request.excluded);
    let held: usize = clauses
        .map(|c| c.text.chars().filter(|c| c.is_alphanumeric()).count())
        .sum();
    let typed = q.chars().filter(|c| c.is_alphanumeric()).count();
    let prefixed = q.contains([':', '：']);
    assert!(
        prefixed || held >= typed.min(1_000) || q.chars().count() > 1_000,
        "{q:?}: {held} of {typed}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_understood_and_none_of_it_is_lost(q in any::<String>()) {
        keeps_all(&q);
    }

    #[test]
    fn any_mixture_of_signs_and_words_is_understood(
        parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..60)
    ) {
        keeps_all(&parts.concat());
    }
}

/// What queries are made of, to be mixed.
const PARTS: &[&str] = &[
    " ",
    " ",
    " ",
    "-",
    "−",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "'",
    "’",
    ":",
    "tên:",
    "lớp:",
    "môn:",
    "tác giả:",
    "lớp ",
    "toán",
    "8",
    "12",
    "SGK",
    "KHTN",
    "GDKT&PL",
    "5 tuổi",
    "thi vào 10",
    "cc by",
    "4.0",
    "giáo án",
    "4e",
    "lý",
    "a\u{301}",
    "\u{301}",
    "đ",
    "𝄞",
    "\u{0}",
    "\n",
    "\t",
    "()",
    "*",
    "~",
    "^2",
    "AND",
    "OR",
    "\\",
    "/",
    "%",
    "漢字",
];

/// A loop in the manner of a fuzzer: queries are cut, doubled, and stitched together; the work for
/// a query is bounded by its length, so the longest ones come to an end as well.
#[test]
fn mutated_queries_come_to_an_end() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    let mut corpus: Vec<String> = PARTS.iter().map(|part| (*part).to_owned()).collect();
    for _ in 0..3_000 {
        let (a, b) = (random(corpus.len()), random(corpus.len()));
        let cut = |text: &str, at: usize| text.chars().take(at).collect::<String>();
        let length = random(corpus[a].chars().count() + 1);
        let mut next = cut(&corpus[a], length) + &corpus[b];
        if random(20) == 0 {
            next = next.repeat(1 + random(40));
        }
        keeps_all(&next);
        if next.chars().count() < 4_000 {
            let place = random(corpus.len().max(400));
            let full = corpus.len() >= 400;
            match corpus.get_mut(place) {
                Some(old) if full => *old = next,
                _ => corpus.push(next),
            }
        }
    }
    for long in [
        "\"", "-\"", "lớp ", "lớp:", "tên:\"", "(", "a ", "« ", "cc by ", "toán 8 ",
    ] {
        keeps_all(&long.repeat(50_000));
    }
}
