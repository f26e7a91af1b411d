//! OpenStax books: small ones written here, and two whole ones where they are at hand.

use khue_content::format::cnxml::{self, Collection, Module, ModuleContext, Shelf};
use khue_content::{Agent, BodyFormat, LearningResource, render};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

const MODULE: &str = r##"<document xmlns="http://cnx.rice.edu/cnxml" xmlns:m="http://www.w3.org/1998/Math/MathML">
<title>Vectors &amp; forces</title>
<metadata xmlns:md="http://cnx.rice.edu/mdml"><md:title>x</md:title><md:uuid>u-1</md:uuid>
<md:abstract>By the end: <list><item>Add vectors.</item><item>Draw forces.</item></list></md:abstract></metadata>
<content>
<para id="p1">A <term id="t1">vector</term> has <emphasis>size</emphasis> and <emphasis effect="italics">way</emphasis>:
<list id="l1" list-type="enumerated" number-style="lower-alpha"><item>one</item><item><label>(b)</label>two</item></list>
see <link target-id="f1"/>, <link document="m2"/> and <link url="https://example.org">this</link>.<footnote id="n">A note.</footnote></para>
<figure id="f1"><media id="md" alt="Two arrows"><image mime-type="image/jpg" src="../../media/two arrows.jpg"/></media><caption>Sum of vectors</caption></figure>
<section id="s1"><title>Sums</title>
<equation id="e1"><m:math><m:mfenced><m:mi>a</m:mi><m:mi fontstyle="normal">b</m:mi></m:mfenced><m:mo>=</m:mo><m:mfrac><m:mn>1</m:mn><m:mn>2</m:mn></m:mfrac></m:math></equation>
<table id="tb" summary="s"><title>Marks</title><tgroup cols="3"><colspec colnum="1" colname="c1"/><colspec colnum="2" colname="c2"/><colspec colnum="3" colname="c3"/>
<spanspec spanname="all" namest="c1" nameend="c3"/>
<thead><row><entry namest="c1" nameend="c2">AB</entry><entry>C</entry></row></thead>
<tbody><row><entry morerows="1">1</entry><entry>2</entry><entry>3</entry></row><row><entry>4</entry><entry>5</entry></row><row><entry spanname="all">6</entry></row></tbody></tgroup></table>
<note class="tip"><label>Tip</label><title>Look</title><para>Draw.</para></note>
<example id="x1"><exercise><problem><para>Why?</para></problem><solution><para>Because.</para></solution></exercise></example>
<code display="block" lang="python">print(1 &lt; 2)
print(3)</code>
<hologram><title>Odd</title>kept text</hologram>
<media alt="a_film"><iframe src="https://example.org/film"/></media>
<quote>To be.<newline/>Or not.</quote>
</section>
</content>
<glossary><definition id="d1"><term>vector</term><meaning>An arrow.</meaning></definition></glossary>
</document>"##;

const BOOK: &str = r#"<col:collection xmlns:col="http://cnx.rice.edu/collxml" xmlns:md="http://cnx.rice.edu/mdml">
<col:metadata><md:title>Physics</md:title><md:slug>physics</md:slug><md:language>en</md:language><md:uuid>b-1</md:uuid>
<md:license url="http://creativecommons.org/licenses/by/4.0/"/></col:metadata>
<col:content><col:module document="m1"/><col:subcollection><md:title>Part</md:title><col:content>
<col:subcollection><md:title>Chapter</md:title><col:content><col:module document="m2"/></col:content></col:subcollection>
</col:content></col:subcollection></col:content></col:collection>"#;

fn module(text: &str) -> Module {
    cnxml::parse_module(
        text,
        &ModuleContext {
            file: "modules/m1/index.cnxml",
            source: "openstax",
            document: "m1",
            language: "en",
            license: "http://creativecommons.org/licenses/by/4.0/",
            publisher: &[Agent::organization("OpenStax")],
            is_part_of: Vec::new(),
            address: &|id| format!("/resource/openstax-{id}"),
            title: &|id| (id == "m2").then(|| "Second <module>".to_owned()),
        },
    )
}

fn record(module: Module) -> LearningResource {
    module.incoming.record.expect("a record")
}

#[test]
fn a_module_becomes_a_record() {
    let read = module(MODULE);
    assert_eq!(read.media, ["two arrows.jpg"]);
    let codes: Vec<_> = read
        .incoming
        .findings
        .iter()
        .map(|f| (f.code.as_str(), f.detail.as_str()))
        .collect();
    assert_eq!(codes, [("unknown-element", "hologram")]);
    let mut record = record(read);
    let body = record.body.take().expect("a body");
    assert_eq!(body.format, BodyFormat::Html);
    insta::assert_snapshot!("module_body", body.text);
    insta::assert_json_snapshot!("module_record", record);
    let page = render::render(
        &body,
        &record.encoding,
        &|name| Some(format!("/files/1/{name}")),
        "en",
    );
    insta::assert_snapshot!("module_page", page.html);
    insta::assert_snapshot!("module_text", render::plain_text(&body));
}

#[test]
fn a_collection_becomes_a_record_with_parts() {
    let books = [
        cnxml::parse_collection(BOOK),
        cnxml::parse_collection(
            &BOOK
                .replace(">physics<", ">physics-2<")
                .replace("/by/", "/by-nc-sa/"),
        ),
    ];
    assert_eq!(books[0].modules[1].path, ["Part", "Chapter"]);
    let shelf = Shelf {
        source: "openstax",
        publisher: &[],
        address: &|id| format!("openstax-{id}"),
    };
    let text_of = |id: &str| (id == "m1").then(|| MODULE.to_owned());
    let mut all = cnxml::read(&shelf, &books, &text_of);
    assert_eq!(all.len(), 4);
    let last = record(all.pop().expect("four"));
    assert_eq!(
        (last.provenance.identifier.as_str(), last.has_part.len()),
        ("physics-2", 2)
    );
    assert_eq!(
        last.license.as_deref(),
        Some("https://w3id.org/khue/license/CC-BY-NC-SA-4.0")
    );
    let refusal = all[1]
        .incoming
        .record
        .as_ref()
        .expect_err("m2 is missing")
        .to_string();
    assert!(refusal.contains("modules/m2/index.cnxml"), "{refusal}");
    assert!(
        all[0]
            .incoming
            .findings
            .iter()
            .any(|f| f.code == "licenses-differ")
    );
    let first = all[0].incoming.record.as_ref().expect("m1");
    assert_eq!(first.is_part_of.len(), 2);
    assert_eq!(
        first.license.as_deref(),
        Some("https://w3id.org/khue/license/CC-BY-4.0")
    );
}

#[test]
fn broken_modules_keep_their_words_and_name_the_line() {
    let cases = [
        (
            "<document><title>T</title><content><para>one\ntwo <emphasis>three</para><para>four</content>",
            2,
            "one two three four",
        ),
        (
            "<document><title>T</title><content>\n<para>one & two < three</para></content></document>",
            2,
            "one two three",
        ),
        (
            "<document><title>T</title><content><para>one\n&unknown; two</para>",
            2,
            "one two",
        ),
        (
            "<document><title>T</title><content><para a=b c>one</para><para",
            1,
            "one",
        ),
        (
            "<document><title>T</title><content><para>one</note></para>two</content></document>",
            1,
            "one two",
        ),
        (
            "<document><title>T</title><content><para>one<!-- two</para>",
            1,
            "one",
        ),
    ];
    for (text, line, words) in cases {
        let read = module(text);
        let findings = &read.incoming.findings;
        assert!(
            findings
                .iter()
                .any(|f| f.code == "broken-markup" && f.detail.contains(&format!("line {line}"))),
            "{text} {findings:?}"
        );
        let record = record(read);
        assert_eq!(record.name, "T", "{text}");
        let plain = render::plain_text(&record.body.expect("a body"));
        for word in words.split(' ') {
            assert!(plain.contains(word), "{word} of {text} in {plain}");
        }
    }
    for nothing in [
        "",
        "no xml",
        "<",
        "<document>",
        "&",
        "<a".repeat(1000).as_str(),
        "<para>".repeat(100_000).as_str(),
        "<!--".repeat(100_000).as_str(),
        "a < b".repeat(100_000).as_str(),
    ] {
        assert!(module(nothing).incoming.record.is_ok());
    }
}

fn books() -> Option<PathBuf> {
    let shared = std::env::var_os("KHUE_SHARED_DATA").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = shared.unwrap_or_else(beside).join("openstax_books");
    if !folder.is_dir() {
        println!("skipped: no books in {}", folder.display());
        return None;
    }
    Some(folder)
}

fn read_book(folder: &Path) -> Vec<Module> {
    let text = |path: &Path| std::fs::read_to_string(path).ok();
    let listing = text(&folder.join("META-INF/books.xml")).expect("a listing");
    let entries = cnxml::parse_books(&listing);
    let path = |href: &str| folder.join("META-INF").join(href);
    let collections: Vec<Collection> = entries
        .iter()
        .map(|book| cnxml::parse_collection(&text(&path(&book.href)).expect("a collection")))
        .collect();
    assert!(collections.iter().all(|book| book.findings.is_empty()));
    let publisher = [Agent::organization("OpenStax")];
    let shelf = Shelf {
        source: "openstax",
        publisher: &publisher,
        address: &|id| format!("openstax-{id}"),
    };
    cnxml::read(&shelf, &collections, &|id| {
        text(&folder.join("modules").join(id).join("index.cnxml"))
    })
}

/// Words of the text between tags, entities resolved; read with a parser of its own.
fn words_of_xml(text: &str) -> HashSet<String> {
    let body = text
        .split_once("</metadata>")
        .map_or(text, |(_, body)| body);
    let mut rest = body;
    let mut without_comments = String::new();
    while let Some((before, comment)) = rest.split_once("<!--") {
        without_comments.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    without_comments.push_str(rest);
    words_between_tags(&without_comments)
}

fn words_between_tags(text: &str) -> HashSet<String> {
    let mut plain = String::new();
    for piece in text.split('<') {
        plain.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        plain.push(' ');
    }
    let plain = decoded(&plain);
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Text with its references resolved.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    for (number, piece) in text.split('&').enumerate() {
        let Some((name, rest)) = piece.split_once(';').filter(|_| number > 0) else {
            out.push_str(piece);
            continue;
        };
        let code = match name.strip_prefix('#') {
            Some(hex) if hex.starts_with('x') => u32::from_str_radix(&hex[1..], 16).ok(),
            Some(digits) => digits.parse().ok(),
            None => Some(u32::from(match name {
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "amp" => '&',
                _ => ' ',
            })),
        };
        out.extend(code.and_then(char::from_u32));
        out.push_str(rest);
    }
    out
}

#[test]
fn whole_books_lose_no_word() {
    let Some(folder) = books() else { return };
    for (name, modules, collections) in [
        ("introduction-python-programming", 116, 1),
        ("introductory-statistics", 179, 2),
    ] {
        let folder = folder.join(name);
        let all = read_book(&folder);
        let mut seen = HashSet::new();
        let (mut math, mut several, mut missing, mut present) = (0, 0, 0, 0);
        for read in &all {
            let record = read
                .incoming
                .record
                .as_ref()
                .unwrap_or_else(|refusal| panic!("{refusal}"));
            let id = &record.provenance.identifier;
            assert!(seen.insert(id.clone()), "{id} twice");
            assert!(record.license.is_some() && !record.name.is_empty(), "{id}");
            let Some(body) = &record.body else { continue };
            let found = |name: &str| folder.join("media").join(name).is_file();
            missing += read.media.iter().filter(|name| !found(name)).count();
            present += read.media.iter().filter(|name| found(name)).count();
            let page = render::render(
                body,
                &record.encoding,
                &|name| found(name).then(|| format!("/files/{name}")),
                "en",
            );
            let source =
                std::fs::read_to_string(folder.join("modules").join(id).join("index.cnxml"))
                    .expect("source");
            let shown = words_between_tags(&format!("<x>{}", page.html));
            let lost: Vec<_> = words_of_xml(&source)
                .into_iter()
                .filter(|word| !shown.contains(word))
                .collect();
            assert!(lost.is_empty(), "{id} lost {lost:?}");
            assert!(!render::plain_text(body).is_empty(), "{id}");
            math += usize::from(page.has_math);
            several += usize::from(record.is_part_of.len() > 1);
            let odd: Vec<_> = read
                .incoming
                .findings
                .iter()
                .filter(|f| f.code == "broken-markup")
                .collect();
            assert!(odd.is_empty(), "{id} {odd:?}");
        }
        let books = all
            .iter()
            .filter(|m| {
                m.incoming
                    .record
                    .as_ref()
                    .is_ok_and(|r| !r.has_part.is_empty())
            })
            .count();
        println!(
            "{name}: {} records, {math} with formulas, {several} in several books, {present} pictures, {missing} missing",
            all.len()
        );
        assert_eq!(books, collections, "{name}");
        assert!(
            all.len() - books >= modules - 2 && all.len() - books <= modules + 2,
            "{name}: {}",
            all.len()
        );
        assert!(name.ends_with("programming") || (missing > 500 && math > 50));
    }
}
