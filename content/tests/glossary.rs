//! Terms of a text, explained.

use khue_content::glossary::{explain, note_id, place_id};
use khue_content::{Body, BodyFormat, LearningResource};

/// A lesson in Vietnamese.
fn lesson(name: &str, text: &str) -> LearningResource {
    LearningResource {
        id: name.to_owned(),
        name: name.to_owned(),
        in_language: vec!["vi".to_owned()],
        body: Some(Body {
            format: BodyFormat::Markdown,
            text: text.to_owned(),
        }),
        ..LearningResource::default()
    }
}

/// A record that says nothing but its language.
fn in_language(code: &str) -> LearningResource {
    LearningResource {
        in_language: vec![code.to_owned()],
        ..LearningResource::default()
    }
}

/// The HTML without the links that were put in.
fn without_links(html: &str, count: usize) -> String {
    let mut html = html.to_owned();
    for number in 1..=count {
        let open = format!(
            "<a class=\"term\" role=\"doc-glossref\" id=\"{}\" href=\"#{}\">",
            place_id(number),
            note_id(number)
        );
        let at = html.find(&open).expect("the link");
        html.replace_range(at..at + open.len(), "");
        let end = html[at..].find("</a>").expect("its end") + at;
        html.replace_range(end..end + 4, "");
    }
    html
}

#[test]
fn a_term_is_marked_once_with_its_translations() {
    let html = "<p>Có số nguyên tố và hợp số.</p><p>Số nguyên tố nào nhỏ nhất?</p>";
    let (marked, terms) = explain(html, &lesson("", ""), &[]);
    let prime = terms
        .iter()
        .find(|term| term.word == "số nguyên tố")
        .expect("the term");
    assert!(prime.definition.is_none());
    let english = prime
        .translations
        .iter()
        .find(|(code, _)| *code == "en")
        .expect("English");
    assert!(
        english.1.iter().any(|way| way == "prime number"),
        "{english:?}"
    );
    assert_eq!(marked.matches("class=\"term\"").count(), terms.len());
    assert_eq!(without_links(&marked, terms.len()), html);
    assert!(
        marked.contains("<p>Số nguyên tố nào"),
        "only the first place: {marked}"
    );
}

#[test]
fn a_text_that_defines_a_term_is_quoted_and_not_marked_there() {
    let says = "Số nguyên tố là số tự nhiên lớn hơn 1 chỉ có hai ước.";
    let html = format!("<p>{says}</p><p>Hãy tìm mọi số nguyên tố nhỏ hơn 20.</p>");
    let (marked, terms) = explain(&html, &lesson("", ""), &[]);
    let prime = terms
        .iter()
        .find(|term| term.word == "số nguyên tố")
        .expect("the term");
    let definition = prime.definition.as_ref().expect("a definition");
    assert_eq!(
        (definition.text.as_str(), &definition.source),
        (says, &None)
    );
    assert!(marked.starts_with("<p>Số nguyên tố là "), "{marked}");
}

#[test]
fn a_list_of_definitions_defines() {
    let html =
        "<dl><dt>số nguyên tố</dt><dd>Số chỉ có hai ước.</dd></dl><p>Một số nguyên tố khác.</p>";
    let (_, terms) = explain(html, &lesson("", ""), &[]);
    let prime = terms
        .iter()
        .find(|term| term.word == "số nguyên tố")
        .expect("the term");
    assert_eq!(
        prime.definition.as_ref().expect("a definition").text,
        "Số chỉ có hai ước."
    );
}

#[test]
fn a_near_lesson_defines_and_is_named() {
    let near = lesson(
        "Ước và bội",
        "Câu hỏi: Số nguyên tố là gì và để làm gì trong toán học?\n\nSố lớn hơn 1 chỉ có hai ước được gọi là số nguyên tố.",
    );
    let (_, terms) = explain(
        "<p>Hai số nguyên tố liên tiếp.</p>",
        &lesson("", ""),
        &[near],
    );
    let prime = terms
        .iter()
        .find(|term| term.word == "số nguyên tố")
        .expect("the term");
    let definition = prime.definition.as_ref().expect("a definition");
    assert_eq!(
        definition.text,
        "Số lớn hơn 1 chỉ có hai ước được gọi là số nguyên tố."
    );
    assert_eq!(
        definition.source.as_ref().expect("a source").1,
        "Ước và bội"
    );
}

#[test]
fn english_and_french_are_read_with_their_plurals_and_articles() {
    let english = "<p>A prime number is a whole number with exactly two factors.</p><p>List all prime numbers below 20.</p>";
    let (_, terms) = explain(english, &in_language("en"), &[]);
    let prime = terms
        .iter()
        .find(|term| term.word == "prime numbers")
        .expect("the term");
    assert!(prime.definition.is_some());
    let french = "<p>Les nombres premiers sont infinis.</p>";
    let (_, terms) = explain(french, &in_language("fr"), &[]);
    assert!(
        terms.iter().any(|term| term.word == "nombres premiers"),
        "{terms:?}"
    );
}

#[test]
fn headings_links_code_and_formulas_are_left_alone() {
    for html in [
        "<h2 id=\"s-a\">Số nguyên tố</h2>",
        "<p><a href=\"/a>b\">số nguyên tố</a></p>",
        "<pre tabindex=\"0\"><code>số nguyên tố</code></pre>",
        "<math><mtext>số nguyên tố</mtext></math>",
        "<form><p>số nguyên tố</p></form>",
        "<table><tr><th>số nguyên tố</th></tr></table>",
        "<p title=\"a > số nguyên tố\">và</p>",
        "<p>số <em>nguyên</em> tố; số, nguyên tố &amp; số&nbsp;</p>",
    ] {
        let (marked, terms) = explain(html, &lesson("", ""), &[]);
        let marked_prime = terms
            .iter()
            .any(|term| term.word.to_lowercase() == "số nguyên tố");
        assert!(!marked_prime, "{marked}");
        assert_eq!(without_links(&marked, terms.len()), html);
    }
}

#[test]
fn few_are_marked_in_a_section() {
    let terms = "số nguyên tố, hợp số, số thập phân, phân số, số tự nhiên, tam giác cân, hình chữ nhật, hình vuông";
    let section = format!("<h2>Một</h2><p>{terms}.</p>");
    let (_, found) = explain(&section, &lesson("", ""), &[]);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(explain(&section, &in_language("km"), &[]).1.is_empty());
    assert!(explain("", &lesson("", ""), &[]).1.is_empty());
}

#[test]
fn everyday_words_are_left_alone_unless_the_lesson_is_about_them() {
    let html = "<p>Giáo viên giải thích kết quả: phân số bằng nhau và số nguyên tố.</p>";
    let words = |record: &LearningResource| -> Vec<String> {
        explain(html, record, &[])
            .1
            .into_iter()
            .map(|term| term.word)
            .collect()
    };
    let usual = words(&lesson("", ""));
    assert!(usual.contains(&"số nguyên tố".to_owned()), "{usual:?}");
    assert!(
        !usual
            .iter()
            .any(|word| word == "Giáo viên" || word == "kết quả"),
        "{usual:?}"
    );
    let about = words(&lesson("Kết quả của phép tính", ""));
    assert!(about.contains(&"kết quả".to_owned()), "{about:?}");
}

#[test]
fn syllables_alone_and_words_noted_as_everyday_are_never_marked() {
    let html = "<p>Đảo xa nhất. Học sinh dùng máy tính cầm tay theo Chương trình giáo dục; góc so le trong.</p>";
    let record = lesson("Đảo, máy tính cầm tay, chương trình giáo dục", "");
    let (_, terms) = explain(html, &record, &[]);
    let words: Vec<&str> = terms.iter().map(|term| term.word.as_str()).collect();
    assert_eq!(words, ["góc so le trong"]);
}

#[test]
fn examples_quotations_and_conditions_define_nothing() {
    for says in [
        "Exemple : Elle s'appelle Nombre premier.",
        "Bạn An nói: “Số nguyên tố là thứ phí thời gian của cả lớp mình.”",
        "Nếu số ấy chỉ có hai ước thì số nguyên tố là tên gọi của nó.",
        "Số nguyên tố là gì và dùng để làm gì trong toán học?",
    ] {
        let html = format!("<p>{says}</p><p>Hai số nguyên tố.</p>");
        let (_, terms) = explain(&html, &lesson("", ""), &[]);
        assert!(
            terms.iter().all(|term| term.definition.is_none()),
            "{terms:?}"
        );
    }
}
