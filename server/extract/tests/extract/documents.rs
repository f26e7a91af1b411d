//! What is read from each kind of file, made here in a few lines.

use crate::packed::{docx, packed, paragraph};
use khue_extract::{Document, Kind, Limits, Notice, Outcome, read_whole};

fn read(bytes: &[u8], name: &str) -> Document {
    read_whole(bytes, name, &Limits::default())
}

#[test]
fn word_has_headings_tables_formulas_and_no_deleted_text() {
    let body = format!(
        "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>Bài 5. Lực</w:t></w:r></w:p>{}\
         <w:del><w:r><w:delText>xoá</w:delText></w:r></w:del>\
         <w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>\
         <w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>\
         <w:p><w:r><w:br w:type=\"page\"/></w:r></w:p><w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>Trọng lực</w:t></w:r></w:p>{}",
        paragraph("Lu\u{323}c hút"),
        paragraph("ô một"),
        paragraph("ô hai"),
        paragraph("Trái Đất")
    );
    let found = read(&docx(&body), "a.docx");
    assert_eq!(found.outcome, Outcome::Extracted);
    let headings: Vec<_> = found
        .sections
        .iter()
        .map(|s| (s.heading.as_str(), s.level, s.page))
        .collect();
    assert_eq!(
        headings,
        [("Bài 5. Lực", 1, Some(1)), ("Trọng lực", 2, Some(2))]
    );
    let text = found.text();
    assert!(
        text.contains("Lục hút") && text.contains("1/2") && !text.contains("xoá"),
        "{text}"
    );
    assert!(text.contains("ô một") && text.contains("ô hai"));
}

#[test]
fn slides_keep_their_order_titles_and_notes() {
    let slide = |title: &str, text: &str| {
        format!(
            "<p:sld><p:sp><p:nvPr><p:ph type=\"title\"/></p:nvPr><a:p><a:t>{title}</a:t></a:p></p:sp><p:sp><a:p><a:t>{text}</a:t></a:p></p:sp></p:sld>"
        )
    };
    let rels = |body: &str| format!("<Relationships>{body}</Relationships>");
    let found = read(&packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/presentation.xml", b"<p:presentation><p:sldIdLst><p:sldId id=\"1\" r:id=\"b\"/><p:sldId id=\"2\" r:id=\"a\"/></p:sldIdLst></p:presentation>"),
        ("ppt/_rels/presentation.xml.rels", rels("<Relationship Id=\"a\" Type=\"x/slide\" Target=\"slides/s1.xml\"/><Relationship Id=\"b\" Type=\"x/slide\" Target=\"slides/s2.xml\"/>").as_bytes()),
        ("ppt/slides/s1.xml", slide("Kết luận", "Hết").as_bytes()),
        ("ppt/slides/s2.xml", slide("Mở đầu", "Chào các em").as_bytes()),
        ("ppt/slides/_rels/s2.xml.rels", rels("<Relationship Id=\"n\" Type=\"x/notesSlide\" Target=\"../notes/n2.xml\"/>").as_bytes()),
        ("ppt/notes/n2.xml", "<p:notes><a:p><a:t>Nhớ hỏi bài cũ</a:t></a:p></p:notes>".as_bytes()),
    ]), "a.pptx");
    assert_eq!(found.kind, Kind::Pptx);
    assert_eq!(found.pages, Some(2));
    let headings: Vec<_> = found.sections.iter().map(|s| s.heading.as_str()).collect();
    assert_eq!(headings, ["Mở đầu", "Kết luận"]);
    assert!(found.sections[0].text.contains("Nhớ hỏi bài cũ"));
}

#[test]
fn sheets_are_rows_with_shared_texts() {
    let found = read(&packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Điểm\" r:id=\"a\"/></sheets></workbook>".as_bytes()),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/s.xml\"/><Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"shared.xml\"/></Relationships>"),
        ("xl/shared.xml", "<sst><si><t>Họ tên</t></si><si><r><t>Nguyễn </t></r><r><t>An</t></r></si></sst>".as_bytes()),
        ("xl/worksheets/s.xml", b"<worksheet><row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c><c><v>9.5</v></c></row></worksheet>"),
    ]), "a.xlsx");
    assert_eq!(found.sections[0].heading, "Điểm");
    assert_eq!(found.sections[0].text, "Họ tên\nNguyễn An\t9.5");
}

#[test]
fn opendocument_and_epub() {
    let odt = read(&packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", "<office:text><text:h text:outline-level=\"2\">Phân số</text:h><text:p>Một<text:s text:c=\"2\"/>nửa</text:p></office:text>".as_bytes()),
        ("meta.xml", "<m><dc:title>Toán 4</dc:title><dc:creator>Lan</dc:creator><meta:document-statistic meta:page-count=\"3\"/></m>".as_bytes()),
    ]), "a.odt");
    assert_eq!(
        (odt.kind, odt.pages, odt.metadata.title.as_deref()),
        (Kind::Odt, Some(3), Some("Toán 4"))
    );
    assert_eq!(
        (odt.sections[0].heading.as_str(), odt.sections[0].level),
        ("Phân số", 2)
    );
    let epub = read(&packed(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path=\"O/b.opf\"/></rootfiles></container>"),
        ("O/b.opf", "<package><metadata><dc:title>Truyện Kiều</dc:title><dc:language>vi</dc:language><dc:rights>CC BY-SA 4.0</dc:rights></metadata><manifest><item id=\"2\" href=\"hai.xhtml\"/><item id=\"1\" href=\"m%E1%BB%99t.xhtml\"/></manifest><spine><itemref idref=\"1\"/><itemref idref=\"2\"/></spine></package>".as_bytes()),
        ("O/hai.xhtml", "<html><body><h1>Hai</h1><p>Chữ tài chữ mệnh</p></body></html>".as_bytes()),
        ("O/một.xhtml", "<html><body><h1>Một</h1><p>Trăm năm trong cõi</p></body></html>".as_bytes()),
    ]), "a.epub");
    let headings: Vec<_> = epub.sections.iter().map(|s| s.heading.as_str()).collect();
    assert_eq!(headings, ["Một", "Hai"]);
    assert_eq!(epub.metadata.language.as_deref(), Some("vi"));
    assert_eq!(epub.licenses[0].statement, "CC BY-SA 4.0");
}

#[test]
fn pages_of_the_web_without_their_scripts() {
    let html = "<!doctype html><html lang=vi><head><title>Lực</title><meta name=author content='Lan'><script>var xau='<p>';</script><style>p{}</style></head>\
        <body><h2>Một &amp; hai</h2><p>Đoạn<br>sau <b>đậm</b></p><img alt='Hình quả táo'><a rel=license href='https://creativecommons.org/licenses/by-sa/4.0/deed.vi'>giấy phép</a></body>";
    let found = read(html.as_bytes(), "a.html");
    assert_eq!(found.metadata.title.as_deref(), Some("Lực"));
    assert_eq!(found.metadata.authors, ["Lan"]);
    assert_eq!(found.sections[0].heading, "Một & hai");
    let text = found.text();
    assert!(
        text.contains("Đoạn\nsau đậm") && text.contains("Hình quả táo") && !text.contains("xau"),
        "{text}"
    );
    assert_eq!(
        found.licenses[0].statement,
        "https://creativecommons.org/licenses/by-sa/4.0/"
    );
}

#[test]
fn subtitles_rtf_and_packages() {
    let vtt = read("WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Lan>Chào <i>các</i> em\n\n00:02.000 --> 00:03.000\nChào các em\nMời ngồi\n".as_bytes(), "a.vtt");
    assert_eq!(vtt.text(), "Chào các em\nMời ngồi");
    assert_eq!(
        read("eﬃcient ﬁeld".as_bytes(), "a.txt").text(),
        "efficient field"
    );
    let rtf = read(b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\info{\\title To\\'e1n}}L\\u7921?c \\'e0 b\\par D\\'f2ng{\\*\\x secret}}", "a.rtf");
    assert_eq!(rtf.text(), "Lực à b\nDòng");
    assert_eq!(rtf.metadata.title.as_deref(), Some("Toán"));
    let h5p = read(&packed(&[
        ("h5p.json", "{\"title\":\"Câu đố\",\"language\":\"vi\",\"license\":\"CC BY\",\"licenseVersion\":\"4.0\"}".as_bytes()),
        ("content/content.json", "{\"question\":\"<p>Nước sôi ở bao nhiêu độ?</p>\",\"answers\":[{\"text\":\"100\"}],\"library\":\"H5P.X 1.0\"}".as_bytes()),
    ]), "a.h5p");
    assert_eq!(h5p.metadata.title.as_deref(), Some("Câu đố"));
    assert!(
        h5p.text().contains("Nước sôi")
            && h5p.text().contains("100")
            && !h5p.text().contains("H5P.X")
    );
    assert_eq!(h5p.licenses[0].statement, "CC BY 4.0");
    let scorm = read(&packed(&[
        ("imsmanifest.xml", "<manifest xmlns:adlcp=\"adl\"><organizations><organization><title>Khoá học</title></organization></organizations></manifest>".as_bytes()),
        ("noi-dung/a.html", "<html><body>Nội dung bài</body></html>".as_bytes()),
        ("shared/lib.html", b"<html>machinery</html>"),
    ]), "a.zip");
    assert_eq!(scorm.kind, Kind::Scorm);
    assert!(scorm.text().contains("Khoá học") && scorm.text().contains("Nội dung bài"));
    assert_eq!(scorm.sections[1].file, "noi-dung/a.html");
}

#[test]
fn archives_of_documents_tell_what_they_could_not_read() {
    let inner = packed(&[("sâu/b.docx", &docx(&paragraph("Ở trong cùng")))]);
    let found = read(
        &packed(&[
            ("a.txt", "Tầng một".as_bytes()),
            ("b.zip", &inner),
            ("c.exe", b"MZ\x90\0\x03\0\0\0"),
            ("__MACOSX/._a", b"x"),
        ]),
        "tap.zip",
    );
    assert_eq!(found.outcome, Outcome::Partly { limit: None });
    let files: Vec<_> = found.sections.iter().map(|s| s.file.as_str()).collect();
    assert_eq!(files, ["a.txt", "b.zip/sâu/b.docx"]);
    assert!(
        matches!(&found.notices[..], [Notice::FileNotRead { file, .. }] if file == "c.exe"),
        "{:?}",
        found.notices
    );
}

#[test]
fn pictures_are_described_and_floods_are_not_opened() {
    let mut png =
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0\0\0\0\0".to_vec();
    png.extend(b"\0\0\0\x13tEXtDescription\0Qu\xe1 t\xe1o\0\0\0\0");
    let found = read(&png, "a.png");
    assert_eq!(found.metadata.pixels, Some((640, 480)), "{found:?}");
    let mut flood = png.clone();
    flood[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    assert_eq!(read(&flood, "a.png").outcome.word(), "limit");
    let svg = read("<svg><title>Lực</title><desc>Mũi tên</desc><text>F = ma</text><script>alert(1)</script></svg>".as_bytes(), "a.svg");
    assert_eq!(svg.metadata.description.as_deref(), Some("Mũi tên"));
    assert_eq!(svg.text(), "F = ma");
}

#[test]
fn licences_are_heard_in_three_languages() {
    for (text, statement) in [
        (
            "Bài này theo giấy phép Creative Commons Ghi công – Chia sẻ tương tự 4.0 Quốc tế.",
            "CC BY-SA 4.0",
        ),
        (
            "licence Creative Commons Attribution - Pas d’Utilisation Commerciale 3.0",
            "CC BY-NC 3.0",
        ),
        ("This work is under CC BY 4.0.", "CC BY 4.0"),
        (
            "see creativecommons.org/publicdomain/zero/1.0/ for it",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        (
            "© 2020 Nhà xuất bản. Mọi quyền: All rights reserved",
            "All rights reserved",
        ),
    ] {
        let found = read(text.as_bytes(), "a.txt");
        let heard: Vec<_> = found
            .licenses
            .iter()
            .map(|hint| hint.statement.as_str())
            .collect();
        assert!(heard.contains(&statement), "{text}: {heard:?}");
    }
    assert!(
        read("giấy phép lái xe của anh ấy".as_bytes(), "a.txt")
            .licenses
            .is_empty()
    );
}
