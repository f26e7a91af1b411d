//! Hostile texts: whatever goes in, only known elements, attributes and addresses come out,
//! and a browser that reads the result again sees the same.

#[path = "attacks/corpus.rs"]
mod corpus;
#[path = "attacks/judge.rs"]
mod judge;

use judge::judge;
use khue_content::{Body, BodyFormat, MediaObject, render};
use proptest::prelude::*;

const FORMATS: [BodyFormat; 3] = [BodyFormat::Markdown, BodyFormat::Html, BodyFormat::Plain];

fn rendered(text: &str, format: BodyFormat) -> String {
    let body = Body {
        format,
        text: text.to_owned(),
    };
    let files = [MediaObject {
        name: "pic.png".to_owned(),
        ..MediaObject::default()
    }];
    let resolve = |name: &str| (name == "pic.png").then(|| "/files/abc/pic.png".to_owned());
    // The index reads the same text: it must not panic either.
    let _ = (render::plain_text(&body), render::sections(&body));
    render::render(&body, &files, &resolve, "vi").html
}

#[test]
fn no_attack_gets_through() {
    assert!(
        corpus::ATTACKS.len() >= 120,
        "only {} attacks",
        corpus::ATTACKS.len()
    );
    for attack in corpus::ATTACKS {
        for format in FORMATS {
            let html = rendered(attack, format);
            let verdict = judge(&html);
            assert!(
                verdict.is_ok(),
                "{format:?} {attack:?}\nbecame {html:?}\n{verdict:?}"
            );
        }
    }
}

#[test]
fn attacks_side_by_side_do_not_help_each_other() {
    for pair in corpus::ATTACKS.windows(2) {
        for format in FORMATS {
            for text in [
                format!("{}\n\n{}", pair[0], pair[1]),
                format!("{}{}", pair[1], pair[0]),
            ] {
                let html = rendered(&text, format);
                let verdict = judge(&html);
                assert!(
                    verdict.is_ok(),
                    "{format:?} {text:?}\nbecame {html:?}\n{verdict:?}"
                );
            }
        }
    }
}

#[test]
fn broken_bytes_read_as_text_are_harmless() {
    for bytes in [
        &b"\xff<script>\xfealert(1)</script>"[..],
        b"<a href='java\xc0script:x'>y</a>",
        b"\xf0\x28\x8c<img/src=x onerror=a>",
    ] {
        let text = String::from_utf8_lossy(bytes);
        for format in FORMATS {
            let html = rendered(&text, format);
            assert_eq!(judge(&html), Ok(()), "{html:?}");
        }
    }
}

#[test]
fn the_judge_knows_a_villain() {
    for bad in [
        "<script>x</script>",
        "<p onclick=\"x\">y</p>",
        "<a href=\"javascript:x\">y</a>",
        "<a href=\" java\tscript:x\">y</a>",
        "<img src=\"https://example.com/a.png\" alt=\"\">",
        "<img src=\"//example.com/a.png\" alt=\"\">",
        "<svg></svg>",
        "<p id=\"login\">x</p>",
        "<p><div>x</div></p>",
        "<h1>x</h1>",
        "<math><mtext><p>x</p></mtext></math>",
        "<!-- x -->",
    ] {
        assert!(judge(bad).is_err(), "{bad}");
    }
}

/// Pieces that attacks are made of.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "<",
        ">",
        "\"",
        "'",
        "`",
        "/",
        "=",
        " ",
        "\n",
        "&",
        ";",
        "#",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
        "</",
        "/>",
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href=",
        "</a>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<caption>",
        "<math>",
        "</math>",
        "<mtext>",
        "<mi>",
        "<mglyph>",
        "<malignmark>",
        "<annotation-xml encoding=text/html>",
        "<svg>",
        "</svg>",
        "<foreignObject>",
        "<desc>",
        "<title>",
        "</title>",
        "<style>",
        "</style>",
        "<script>",
        "</script>",
        "<textarea>",
        "<noscript>",
        "<template>",
        "<select>",
        "<option>",
        "<form>",
        "<input>",
        "<img src=",
        "<pre>",
        "</pre>",
        "<li>",
        "<ul>",
        "<h1>",
        "<h2>",
        "<details>",
        "<summary>",
        "<iframe>",
        "<plaintext>",
        "<xmp>",
        "onerror=alert(1)",
        "javascript:",
        "data:text/html,",
        "style=x",
        "id=x",
        "name=y",
        "pic.png",
        "x",
        "ơ",
        "\0",
        "$",
        "$$",
        "\\frac{",
        "}{",
        "}",
        "\\href{javascript:x}{",
        "^",
        "_",
        "[^1]",
        "[^1]:",
        "](",
        "![",
        "[",
        ")",
        "```",
        "# ",
        "- ",
        "> ",
        "| a | b |\n|---|---|\n",
        "<ruby>",
        "<rt>",
        "<mfenced>",
        "<mo>",
        "<col>",
        "<dl>",
        "<dd>",
    ];
    proptest::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_are_harmless(pieces in prop::collection::vec(piece(), 0..40), format in prop::sample::select(FORMATS.to_vec())) {
        let text = pieces.concat();
        let html = rendered(&text, format);
        prop_assert_eq!(judge(&html), Ok(()), "{:?} became {:?}", text, html);
    }

    #[test]
    fn any_text_is_harmless(text in any::<String>(), format in prop::sample::select(FORMATS.to_vec())) {
        let html = rendered(&text, format);
        prop_assert_eq!(judge(&html), Ok(()), "{:?}", html);
    }
}
