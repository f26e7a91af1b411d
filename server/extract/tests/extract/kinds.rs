//! What a file is: by content first, by name second; files that are two kinds at once.

use crate::packed::{docx, packed, paragraph};
use khue_extract::{Kind, Limits, Notice, Outcome, Reason, by_content, by_name, read_whole};

#[test]
fn content_decides_and_the_name_helps_with_text() {
    let document = docx(&paragraph("Lực"));
    assert_eq!(by_content(&document, "x.pdf"), Kind::Docx);
    assert_eq!(by_content(b"%PDF-1.4\n", "x.docx"), Kind::Pdf);
    assert_eq!(
        by_content(b"1\n00:00:01,000 --> 00:00:02,000\nXin ch\xc3\xa0o\n", "x"),
        Kind::Srt
    );
    assert_eq!(by_content(b"WEBVTT\n\n", "x.txt"), Kind::Vtt);
    assert_eq!(
        by_content(b"<!DOCTYPE html><html></html>", "x.txt"),
        Kind::Html
    );
    assert_eq!(by_content("# Bài".as_bytes(), "x.md"), Kind::Markdown);
    assert_eq!(by_content("# Bài".as_bytes(), "x.txt"), Kind::Plain);
    assert_eq!(by_content(b"MZ\x90\0\x03\0\0\0", "x.pdf"), Kind::Program);
    assert_eq!(
        by_content(b"\x01\x02\x03\x04\0\0\0", "x.dat"),
        Kind::Unknown
    );
    assert_eq!(by_content(&packed(&[("a.txt", b"a")]), "x.docx"), Kind::Zip);
    assert_eq!(
        by_content(&packed(&[("h5p.json", b"{}")]), "x.zip"),
        Kind::H5p
    );
    let scorm = b"<manifest xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\"/>";
    assert_eq!(
        by_content(&packed(&[("imsmanifest.xml", scorm)]), "x.zip"),
        Kind::Scorm
    );
    assert_eq!(
        by_content(&packed(&[("imsmanifest.xml", b"<manifest/>")]), "x.zip"),
        Kind::CommonCartridge
    );
    assert_eq!(by_name("a/b.PPTX"), Some(Kind::Pptx));
    assert_eq!(by_name("pptx"), None);
}

#[test]
fn a_wrong_name_is_told() {
    let read = read_whole(
        &docx(&paragraph("Lực và chuyển động")),
        "bai.pdf",
        &Limits::default(),
    );
    assert_eq!(read.kind, Kind::Docx);
    assert_eq!(
        read.notices,
        [Notice::Mismatch {
            named: Kind::Pdf,
            found: Kind::Docx
        }]
    );
    assert!(read.text().contains("chuyển động"));
}

fn refused_as_two(bytes: &[u8], name: &str) -> (Kind, Kind) {
    let read = read_whole(bytes, name, &Limits::default());
    match read.outcome {
        Outcome::Refused {
            reason: Reason::Polyglot { first, second },
        } => (first, second),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn files_that_are_two_kinds_at_once_are_refused() {
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let archive = packed(&[("a.class", b"payload")]);
    assert_eq!(
        refused_as_two(&[gif.as_slice(), &archive].concat(), "a.gif"),
        (Kind::Gif, Kind::Zip)
    );
    let script = [gif.as_slice(), b"<script>alert(1)</script>"].concat();
    assert_eq!(refused_as_two(&script, "a.gif"), (Kind::Gif, Kind::Html));
    assert_eq!(
        refused_as_two(b"GIF89a=1;alert(1)//", "a.gif"),
        (Kind::Gif, Kind::Program)
    );
    let pdf = [
        b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n".as_slice(),
        &archive,
    ]
    .concat();
    assert_eq!(refused_as_two(&pdf, "a.pdf"), (Kind::Pdf, Kind::Zip));
    let page = b"<html><script>alert(1)</script></html>%PDF-1.4\n";
    let read = read_whole(page, "a.pdf", &Limits::default());
    assert_eq!(read.kind, Kind::Pdf);
    assert!(
        matches!(read.outcome, Outcome::Refused { .. }),
        "{:?}",
        read.outcome
    );
}

#[test]
fn programs_and_the_test_of_scanners_are_refused() {
    let program = read_whole(b"\x7fELF\x02\x01\x01\0\0\0", "bai.docx", &Limits::default());
    assert_eq!(
        program.outcome,
        Outcome::Refused {
            reason: Reason::Program
        }
    );
    let test = [
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$".as_slice(),
        b"EICAR-STANDARD",
    ]
    .concat();
    let scanner = read_whole(&test, "a.txt", &Limits::default());
    assert_eq!(
        scanner.outcome,
        Outcome::Refused {
            reason: Reason::ScannerTest
        }
    );
}

#[test]
fn nothing_is_an_answer_too() {
    let empty = read_whole(b"", "a.pdf", &Limits::default());
    assert_eq!(
        empty.outcome,
        Outcome::Unreadable {
            reason: Reason::Empty
        }
    );
    let unknown = read_whole(b"\x01\x02\0\0\x03", "a.bin", &Limits::default());
    assert!(matches!(
        unknown.outcome,
        Outcome::Unreadable {
            reason: Reason::Kind { .. }
        }
    ));
}
