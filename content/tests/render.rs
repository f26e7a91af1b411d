//! What readers see of a text.

use khue_content::render::{self, Heading, Rendered};
use khue_content::{Body, BodyFormat, MediaObject};
use std::time::{Duration, Instant};

fn body(format: BodyFormat, text: &str) -> Body {
    Body {
        format,
        text: text.to_owned(),
    }
}

fn resolve(name: &str) -> Option<String> {
    let known = ["hình 1.png", "bai.pdf", "a b.jpg"];
    known
        .contains(&name)
        .then(|| format!("/files/abc/{}", name.replace(' ', "%20")))
}

fn page(format: BodyFormat, text: &str) -> Rendered {
    let files = [
        MediaObject {
            name: "hình 1.png".into(),
            description: "Đồ thị".into(),
            ..MediaObject::default()
        },
        MediaObject {
            name: "phim.mp4".into(),
            content_url: Some("https://example.org/phim.mp4".into()),
            ..MediaObject::default()
        },
    ];
    render::render(&body(format, text), &files, &resolve, "vi")
}

fn markdown(text: &str) -> String {
    page(BodyFormat::Markdown, text).html
}

fn html(text: &str) -> String {
    page(BodyFormat::Html, text).html
}

const LESSON: &str = "# Đạo hàm\n\nTính $f'(x) = \\frac{2x}{3}$ và $x^2$.[^1]\n\n## Bài tập\n\n| x | y | z |\n|--|--:|--|\n| 1 | 2 | 3 |\n\n- [x] xong\n- [ ] chưa\n\n~~cũ~~ https://example.org\n\n```python\nprint(1 < 2)\n```\n\n![](hình%201.png)\n\n## Bài tập\n\n$$\\sum_{i=1}^{n} i$$\n\n[^1]: Xem sách.\n";

#[test]
fn a_lesson_in_markdown() {
    let page = page(BodyFormat::Markdown, LESSON);
    insta::assert_snapshot!("lesson_html", page.html);
    insta::assert_snapshot!(
        "lesson_text",
        render::plain_text(&body(BodyFormat::Markdown, LESSON))
    );
    assert!(page.has_math);
    let outline: Vec<_> = page
        .outline
        .iter()
        .map(|h| (h.level, h.id.as_str(), h.text.as_str()))
        .collect();
    assert_eq!(
        outline,
        [
            (2, "s-dao-ham", "Đạo hàm"),
            (3, "s-bai-tap", "Bài tập"),
            (3, "s-bai-tap-2", "Bài tập")
        ]
    );
}

#[test]
fn anchors_of_outline_and_sections_are_on_the_page() {
    let sections = render::sections(&body(BodyFormat::Markdown, LESSON));
    let page = page(BodyFormat::Markdown, LESSON);
    assert_eq!(sections.len(), 3);
    for (Heading { id, text, .. }, section) in page.outline.iter().zip(&sections) {
        assert_eq!((&section.anchor, &section.title), (id, text));
        assert!(page.html.contains(&format!("id=\"{id}\"")), "{id}");
    }
    assert!(
        sections[1].text.contains("print(1 < 2)"),
        "{:?}",
        sections[1]
    );
    let before = render::sections(&body(BodyFormat::Html, "<p>a</p><h3>b</h3><p>c"));
    assert_eq!(
        (before[0].anchor.as_str(), before[0].text.as_str()),
        ("", "a")
    );
}

#[test]
fn headings_begin_at_level_two() {
    assert_eq!(
        html("<h1>a</h1><h3>b</h3>"),
        "<h2 id=\"s-a\">a</h2><h3 id=\"s-b\">b</h3>"
    );
    assert_eq!(
        html("<h4>a</h4><h6>b</h6>"),
        "<h2 id=\"s-a\">a</h2><h3 id=\"s-b\">b</h3>"
    );
    assert_eq!(
        html("<h2 id=x>a</h2><a href=#x>y</a>"),
        "<h2 id=\"s-x\">a</h2><a href=\"#s-x\" rel=\"noopener\">y</a>"
    );
}

/// Levels of the headings of a page, in their order.
fn levels(html: &str) -> Vec<u32> {
    let after = html.split("<h").skip(1);
    after
        .filter_map(|rest| rest.chars().next()?.to_digit(10))
        .collect()
}

#[test]
fn no_level_is_left_out_whatever_an_author_chose() {
    let written = |levels: &[u8]| -> String {
        let heading = |level: &u8| format!("<h{level}>Đề mục</h{level}><p>a</p>");
        levels.iter().map(heading).collect()
    };
    let cases: [(&[u8], &[u32]); 5] = [
        (&[1, 4, 4, 2, 6], &[2, 3, 3, 3, 4]),
        (&[3, 2, 3], &[2, 2, 3]),
        (&[6, 1, 6, 3, 6], &[2, 2, 3, 3, 4]),
        (&[1, 2, 3, 4, 5, 6], &[2, 3, 4, 5, 6, 6]),
        (&[2, 4, 3, 5, 2], &[2, 3, 3, 4, 2]),
    ];
    for (own, shown) in cases {
        let page = page(BodyFormat::Html, &written(own));
        assert_eq!(levels(&page.html), shown, "{own:?}");
        let told: Vec<u32> = page.outline.iter().map(|one| one.level.into()).collect();
        assert_eq!(told, shown, "{own:?}");
        assert_eq!(page.html.matches("</h").count(), own.len());
    }
    // A heading in a table in a heading closes as what it opened.
    let nested = html("<h1>a<table><tr><td><h4>b</h4></td></tr></table>c</h1>");
    for level in levels(&nested) {
        let count = |mark: &str| nested.matches(&format!("{mark}{level}")).count();
        assert_eq!(count("<h"), count("</h"), "{nested}");
    }
}

#[test]
fn pictures_are_ours_or_links() {
    let own = html("<img src='./h%C3%ACnh%201.png'>");
    assert_eq!(
        own,
        "<img src=\"/files/abc/hình%201.png\" alt=\"Đồ thị\" loading=\"lazy\">"
    );
    let other = html("<img src=https://example.org/a.png alt='Một con mèo'>");
    assert_eq!(
        other,
        "<a class=\"missing-file\" href=\"https://example.org/a.png\" rel=\"noopener\">Một con mèo</a>"
    );
    assert_eq!(
        html("<img src=../media/no.png>"),
        "<span class=\"missing-file\">no.png</span>"
    );
    assert!(html("<img src=phim.mp4 alt=phim>").contains("href=\"https://example.org/phim.mp4\""));
    let in_link = html("<a href=/x><img src=https://example.org/a.png alt=b></a>");
    assert_eq!(
        in_link,
        "<a href=\"/x\" rel=\"noopener\"><span class=\"missing-file\">b</span></a>"
    );
    assert!(html("<img src='../x/a b.jpg' alt=''>").contains("src=\"/files/abc/a%20b.jpg\""));
}

#[test]
fn links_to_files_lead_to_them() {
    assert!(markdown("[tải về](bai.pdf)").contains("href=\"/files/abc/bai.pdf\""));
    assert!(html("<iframe src=https://example.org/f title=Phim></iframe>").contains(">Phim</a>"));
    assert!(markdown("[thư](mailto:a@example.org)").contains("mailto:a@example.org"));
}

#[test]
fn tables_scroll_and_say_what_their_cells_mean() {
    let table = html("<table><caption>Điểm</caption><thead><tr><th>a<tbody><tr><th>b<td>c</table>");
    insta::assert_snapshot!(table);
}

#[test]
fn what_was_left_out_is_put_in() {
    assert_eq!(
        html("<ul><li>a<li>b</ul><p>c<p>d"),
        "<ul><li>a</li><li>b</li></ul><p>c</p><p>d</p>"
    );
    assert_eq!(
        html("<p>a<table><td>b"),
        "<p>a</p>".to_owned() + &html("<table><td>b")
    );
    assert!(html("<dl><dt>a<dd>b<dt>c<dd>d</dl>").ends_with("<dt>c</dt><dd>d</dd></dl>"));
}

#[test]
fn mathematics_is_kept_or_shown_as_written() {
    let kept = html(
        "<math display=block><semantics><mfrac><mi>a</mi><mi>b</mi></mfrac><annotation encoding='application/x-tex'>a/b</annotation></semantics></math>",
    );
    assert!(
        kept.contains("<mfrac><mi>a</mi><mi>b</mi></mfrac>") && kept.contains("<annotation"),
        "{kept}"
    );
    let broken = page(
        BodyFormat::Markdown,
        "Xem $\\frac{1}{$ và $\\notacommand{x}$.",
    );
    assert!(
        broken
            .html
            .contains("<code class=\"tex\">\\frac{1}{</code>"),
        "{}",
        broken.html
    );
    assert!(broken.html.contains("\\notacommand{x}"), "{}", broken.html);
    assert_eq!(
        markdown("giá 5$ và 10$ thôi"),
        "<p>giá 5$ và 10$ thôi</p>\n"
    );
    let fenced =
        html("<math><mfenced open='[' separators=';'><mi>a</mi><mi>b</mi></mfenced></math>");
    assert!(
        fenced.contains(">[</mo><mi>a</mi>") && fenced.contains(">;</mo><mi>b</mi>"),
        "{fenced}"
    );
}

#[test]
fn formulas_read_as_text() {
    let cases = [
        ("$x^2 + y_1$", "x² + y₁"),
        ("$\\frac{a}{b}$", "a/b"),
        ("$\\frac{a+1}{2}$", "(a + 1)/2"),
        ("$(x+1)^2$", "(x + 1)²"),
        ("$\\sqrt{x+1} \\le 3$", "√(x + 1) ≤ 3"),
        ("$\\bar{x}$", "x\u{304}"),
        ("$e^{ix}$", "e^ix"),
        (
            "H<sub>2</sub>O, m<sup>2</sup>, 1<sup>st</sup>",
            "H₂O, m², 1st",
        ),
    ];
    for (source, text) in cases {
        assert_eq!(
            render::plain_text(&body(BodyFormat::Markdown, source)),
            text,
            "{source}"
        );
    }
}

/// The space of `1\ \text{N}` was once shown as `&nbsp;`.
#[test]
fn a_space_in_a_formula_is_a_space() {
    let source = body(BodyFormat::Markdown, "$1\\ \\text{N}$");
    let page = render::render(&source, &[], &|_| None, "vi").html;
    assert!(page.contains("<mtext>&nbsp;</mtext>"), "{page}");
    assert!(!page.contains("amp;nbsp"), "{page}");
    assert!(!render::plain_text(&source).contains("nbsp"));
}

#[test]
fn plain_text_has_blocks_on_lines() {
    let text = "<h2>Bài 1</h2><p>Một\n hai<br>ba</p><ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr></table><pre>x\n  y</pre><p>c<img alt='mèo' src=x>d</p>";
    assert_eq!(
        render::plain_text(&body(BodyFormat::Html, text)),
        "Bài 1\nMột hai\nba\na\nb\n1 2\nx\n  y\nc mèo d"
    );
    assert_eq!(
        render::plain_text(&body(BodyFormat::Plain, "a\n\n b")),
        "a\n\n b"
    );
    assert_eq!(
        page(BodyFormat::Plain, "a < b\n\nc\nd").html,
        "<p>a &lt; b</p>\n<p>c<br>d</p>\n"
    );
}

#[test]
fn excerpts_end_well() {
    let text = "Câu một ngắn. Câu hai dài hơn một chút, có dấu phẩy. Câu ba.";
    assert_eq!(render::excerpt(text, 200), text);
    assert_eq!(
        render::excerpt(text, 55),
        "Câu một ngắn. Câu hai dài hơn một chút, có dấu phẩy."
    );
    assert_eq!(
        render::excerpt(text, 40),
        "Câu một ngắn. Câu hai dài hơn một chút…"
    );
    assert_eq!(render::excerpt("a  b\n\nc", 10), "a b c");
    assert_eq!(render::excerpt("đđđđđđ", 4), "đđđ…");
    assert_eq!(render::excerpt("", 4), "");
    for most in 0..60 {
        assert!(
            render::excerpt(text, most).chars().count() <= most.max(1),
            "{most}"
        );
    }
}

/// Deep and repetitive texts must take time in proportion to their length.
#[test]
fn hostile_nesting_is_flat_and_fast() {
    const DEEP: usize = 100_000;
    const N: usize = 20_000;
    let numbered = |f: &dyn Fn(usize) -> String| (0..N / 4).map(f).collect::<String>();
    let cases = [
        (BodyFormat::Html, "<div>".repeat(DEEP) + "x"),
        (
            BodyFormat::Html,
            "<div>".repeat(DEEP) + "x" + &"</div>".repeat(DEEP),
        ),
        (BodyFormat::Html, "<b><p>".repeat(N)),
        (
            BodyFormat::Html,
            numbered(&|n| format!("<font id={n}><i id={n}>")) + &"<p>x".repeat(N / 4),
        ),
        (BodyFormat::Html, "<table><tr><td>".repeat(N / 3)),
        (
            BodyFormat::Html,
            "<math>".to_owned() + &"<mrow>".repeat(DEEP) + "x",
        ),
        (
            BodyFormat::Html,
            "<math>".to_owned() + &"<mfenced><mi>x</mi>".repeat(N / 4),
        ),
        (BodyFormat::Html, "<svg>".repeat(N)),
        (BodyFormat::Html, "<h2>a</h2>".repeat(N)),
        (BodyFormat::Html, "<a href=x>".repeat(N)),
        (BodyFormat::Html, "</p>".repeat(N)),
        (BodyFormat::Html, "&lt".repeat(N)),
        (BodyFormat::Markdown, ">".repeat(DEEP) + " x"),
        (BodyFormat::Markdown, "- ".repeat(DEEP) + "x"),
        (BodyFormat::Markdown, "[".repeat(DEEP)),
        (BodyFormat::Markdown, "[".repeat(DEEP) + &"](x)".repeat(N)),
        (BodyFormat::Markdown, "![".repeat(N)),
        (BodyFormat::Markdown, "*a ".repeat(N)),
        (BodyFormat::Markdown, "**a_".repeat(N)),
        (BodyFormat::Markdown, "`".repeat(DEEP)),
        (
            BodyFormat::Markdown,
            numbered(&|n| "`".repeat(n % 400) + " "),
        ),
        (BodyFormat::Markdown, "<!--".repeat(N)),
        (
            BodyFormat::Markdown,
            "$".to_owned() + &"{".repeat(DEEP) + "$",
        ),
        (
            BodyFormat::Markdown,
            "$".to_owned() + &"{".repeat(DEEP) + &"}".repeat(DEEP) + "$",
        ),
        (
            BodyFormat::Markdown,
            "$\\sqrt ".to_owned() + &"\\sqrt ".repeat(600) + "x$",
        ),
        (BodyFormat::Markdown, "$x$ ".repeat(N / 10)),
        (
            BodyFormat::Markdown,
            "$x^".to_owned() + &"x^".repeat(1000) + "x$",
        ),
        (
            BodyFormat::Markdown,
            "$\\left(".to_owned() + &"\\left(".repeat(600) + "x$",
        ),
        (BodyFormat::Markdown, "[^1]".repeat(N / 10) + "\n\n[^1]: x"),
        (
            BodyFormat::Markdown,
            numbered(&|n| format!("[^{n}]: x\n\n")),
        ),
        (BodyFormat::Markdown, "|".repeat(N) + "\n" + &"|-".repeat(N)),
        (
            BodyFormat::Markdown,
            "|a".repeat(1000) + "\n" + &"|-".repeat(1000) + &"\n|".repeat(N / 10),
        ),
        (BodyFormat::Plain, "\n\nx".repeat(N)),
    ];
    for (format, text) in cases {
        let start = Instant::now();
        let rendered = page(format, &text);
        let body = body(format, &text);
        let plain = render::plain_text(&body);
        let took = start.elapsed();
        let shown: String = text.chars().take(40).collect();
        println!("{took:?} {shown:?} {} {}", rendered.html.len(), plain.len());
        assert!(took < Duration::from_secs(60), "{took:?} for {shown:?}");
        let budget = 200 * text.len() + 100_000;
        assert!(
            rendered.html.len() < budget,
            "{} bytes for {shown:?}",
            rendered.html.len()
        );
    }
}
