//! `khue import` of what newcomers try first: wrong paths, other encodings, other programs' files.

use super::{khue, said};
use crate::harness::workbook::{Make, Value, bomb, ods, xlsx};
use std::fs;

/// What a dry run of a file with these bytes says.
fn dry_run(name: &str, bytes: &[u8], more: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let arguments = [&["import", name, "--dry-run"], more].concat();
    said(&khue(folder.path(), &arguments))
}

fn wide(text: &str) -> Vec<u8> {
    let letters = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xfe].into_iter().chain(letters).collect()
}

#[test]
fn a_sheet_is_read_whatever_a_spreadsheet_made_of_it() {
    let rows = "name;license;url\r\nLực và gia tốc;CC-BY-4.0;https://example.org/a\r\n";
    let with_mark = format!("\u{feff}{rows}");
    for bytes in [rows.as_bytes().to_vec(), with_mark.into_bytes(), wide(rows)] {
        let told = dry_run("lessons.csv", &bytes, &[]);
        assert!(told.contains("1 record read"), "{told}");
        assert!(!told.contains("replaced"), "{told}");
    }
    // "Bài" in Windows-1258: the letter and its mark apart.
    let old = b"name,url\nBa\xcci 1,https://example.org/a\n";
    let told = dry_run("lessons.csv", old, &["--encoding", "windows-1258"]);
    assert!(told.contains("1 record read"), "{told}");
}

#[test]
fn what_cannot_be_read_is_told_with_the_next_step() {
    let tcvn3 = b"name,about\nB\xb5i gi\xb6ng,to\xb8n\nB\xb5i t\xcbp,to\xb8n\n";
    for (name, bytes, told) in [
        ("lessons.csv", tcvn3.as_slice(), "line 2 has the byte 0xB5"),
        ("lessons.csv", b"", "it is empty"),
        ("lessons.csv", b"PK\x03\x04rest", "CSV UTF-8"),
        ("lessons.jsonl", b"\x7fELF\x01\x02\0\0", "no text"),
        ("lessons.jsonl.gz", b"not packed", "cannot be read"),
        (
            "lessons.csv",
            b"foo,bar\n1,2\n",
            "no column is called like a property",
        ),
    ] {
        let said = dry_run(name, bytes, &[]);
        assert!(said.contains(name) && said.contains(told), "{name}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
    let unknown = dry_run("lessons.csv", b"name\na\n", &["--encoding", "tcvn3"]);
    assert!(
        unknown.contains("--encoding tcvn3 is not known"),
        "{unknown}"
    );
}

/// A list as institutions keep it: a title above the header, empty rows, numbers, dates, an error, other sheets.
fn list(make: Make) -> Vec<u8> {
    use Value::{Date, Error, Nothing, Number, Text};
    let header = [
        "identifier",
        "Tên",
        "Giấy phép",
        "Ngày xuất bản",
        "Phiên bản",
        "Kệ",
    ]
    .map(Text);
    let rows = [
        vec![Text("DANH MỤC HỌC LIỆU NĂM 2024")],
        vec![],
        header.to_vec(),
        vec![
            Number(7.0),
            Text("Lực & chuyển động"),
            Text("CC-BY-4.0"),
            Date(45540.0),
            Number(2.5),
            Number(12.0),
        ],
        vec![],
        vec![Text("# dòng giải thích"), Text("không đọc")],
        vec![
            Text("b8"),
            Text("Nhiệt học"),
            Error("#REF!"),
            Nothing,
            Nothing,
            Nothing,
        ],
    ];
    let notes = [vec![Text("Danh sách do Sở gửi")]];
    let old = [
        vec![Text("identifier"), Text("Tên")],
        vec![Text("x"), Text("Bản cũ")],
    ];
    make(&[
        ("Ghi chú", true, &notes[..]),
        ("Cũ", false, &old[..]),
        ("Danh mục", true, &rows[..]),
    ])
}

#[test]
fn workbooks_are_read_as_people_see_them() {
    for (name, book) in [("danh-muc.xlsx", list(xlsx)), ("danh-muc.ods", list(ods))] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), book).unwrap();
        let told = said(&khue(folder.path(), &["import", name, "--source", "so"]));
        assert!(told.contains("new 2, changed 0"), "{name}: {told}");
        assert!(
            told.contains("license cell-error: license (Danh mục!C7 (Giấy phép): #REF!)"),
            "{name}: {told}"
        );
        assert!(
            told.contains("sheets-not-read: sheet (Danh mục)"),
            "{name}: {told}"
        );
        let report = told.split_once("with file and line: ").unwrap().1;
        let report =
            fs::read_to_string(folder.path().join(report.lines().next().unwrap())).unwrap();
        assert!(report.contains("sheet Danh mục\",7,b8,"), "{report}");
        let records = exported(folder.path());
        let named = |name: &str| {
            records
                .iter()
                .find(|record| record["name"] == name)
                .unwrap()
        };
        let first = named("Lực & chuyển động");
        assert_eq!(first["provenance"]["identifier"], "7", "{name}: {first}");
        assert_eq!(first["datePublished"], "2024-09-05", "{name}");
        assert_eq!(first["version"], "2.5", "{name}");
        assert_eq!(first["other"]["Kệ"], "12", "{name}: {first}");
        assert!(named("Nhiệt học")["license"].is_null(), "{name}");
        assert_eq!(records.len(), 2, "{name}: hidden sheets are not read");
        let again = said(&khue(folder.path(), &["import", name, "--source", "so"]));
        assert!(
            again.contains("new 0, changed 0, unchanged 2"),
            "{name}: {again}"
        );
    }
}

#[test]
fn workbooks_that_cannot_be_read_are_refused_with_the_next_step() {
    let whole = list(xlsx);
    let far = b"PK\x03\x04 no archive";
    for (name, bytes, told) in [
        ("cut.xlsx", &whole[..whole.len() / 2], "save it again"),
        ("none.ods", far.as_slice(), "save it again"),
        (
            "old.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(),
            "save it again",
        ),
        ("bomb.xlsx", bomb().as_slice(), "packed so tightly"),
        ("empty.xlsx", b"".as_slice(), "it is empty"),
    ] {
        let said = dry_run(name, bytes, &[]);
        assert!(said.contains(name) && said.contains(told), "{name}: {said}");
        assert!(
            !said.contains("panicked") && !said.contains("record read"),
            "{said}"
        );
    }
    let headless = xlsx(&[(
        "A",
        true,
        &[vec![Value::Text("màu"), Value::Text("nặng")]][..],
    )]);
    let said = dry_run("a.xlsx", &headless, &["--format", "xlsx"]);
    assert!(
        said.contains("no column is called like a property"),
        "{said}"
    );
    let document = dry_run("a.xlsx", &headless, &[]);
    assert!(
        document.contains("1 record read") && document.contains("refused: 0"),
        "{document}"
    );
}

#[test]
fn a_class_list_in_a_folder_is_a_document() {
    use Value::Text;
    let folder = tempfile::tempdir().unwrap();
    let pupils = [
        vec![Text("Tên"), Text("Lớp")],
        vec![Text("An"), Text("6A")],
        vec![Text("Bình"), Text("6A")],
    ];
    fs::write(
        folder.path().join("lop.xlsx"),
        xlsx(&[("6A", true, &pupils[..])]),
    )
    .unwrap();
    fs::write(folder.path().join("danh-muc.xlsx"), list(xlsx)).unwrap();
    let told = said(&khue(folder.path(), &["import", ".", "--source", "so"]));
    assert!(told.contains("new 3,"), "{told}");
    let records = exported(folder.path());
    assert!(
        records.iter().all(|record| record["name"] != "An"),
        "{records:?}"
    );
}

#[test]
fn a_wrong_path_names_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sheets")).unwrap();
    let told = said(&khue(folder.path(), &["import", "sheets/lesons.csv"]));
    assert!(
        told.contains("sheets/lesons.csv: check the path; sheets is there"),
        "{told}"
    );
    let told = said(&khue(folder.path(), &["import", "sheets"]));
    assert!(told.contains("nothing to import in sheets"), "{told}");
}

#[test]
fn a_mixed_folder_gives_what_it_has_and_names_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.csv"),
        "name,url\nA,https://example.org/a\n",
    )
    .unwrap();
    fs::write(folder.path().join("b.docx"), b"PK\x03\x04").unwrap();
    fs::write(
        folder.path().join("c.jsonl"),
        "{\"name\":\"C\"}\n{\"name\":\n",
    )
    .unwrap();
    fs::write(folder.path().join("d.csv"), b"").unwrap();
    let told = said(&khue(
        folder.path(),
        &["import", ".", "--dry-run", "--source", "mixed"],
    ));
    assert!(told.contains("4 records read"), "{told}");
    assert!(
        told.contains("refused: c.jsonl, line 2: this is not JSON"),
        "{told}"
    );
    assert!(
        told.contains("the file is kept and offered, but its text could not be read"),
        "{told}"
    );
    assert!(told.contains("d.csv: it is empty"), "{told}");
}

#[test]
fn the_template_is_a_sheet_that_can_be_imported() {
    let folder = tempfile::tempdir().unwrap();
    for language in ["vi", "en", "fr"] {
        let sheet = khue(folder.path(), &["import", "--template", language]);
        let told = dry_run("sheet.csv", &sheet.stdout, &[]);
        assert!(told.contains("1 record read"), "{language}: {told}");
        assert!(told.contains("without a finding: 1"), "{language}: {told}");
    }
    let none = said(&khue(folder.path(), &["import"]));
    assert!(none.contains("<PATH>"), "{none}");
}

/// Records of an export.
fn exported(folder: &std::path::Path) -> Vec<serde_json::Value> {
    let out = khue(folder, &["export"]);
    let text = String::from_utf8(out.stdout).unwrap();
    let records = text.lines().map(|line| serde_json::from_str(line).unwrap());
    records.collect()
}

#[test]
fn files_become_records_with_their_text_and_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("giao-an");
    fs::create_dir(&files).unwrap();
    fs::write(
        files.join("luc.html"),
        "<html><head><title>Lực ma sát</title></head><body><p>Lực ma sát cản trở chuyển động của vật trên bề mặt.</p>\
         <p>Giấy phép: CC BY-SA 4.0</p><script>alert(1)</script></body></html>",
    )
    .unwrap();
    // "Định luật bảo toàn năng lượng cho biết" in TCVN3.
    let old = b"\xa7\xdenh lu\xcbt b\xb6o to\xb5n n\xa8ng l\xad\xeeng cho bi\xd5t r\xbbng\n";
    fs::write(files.join("cu.txt"), old.repeat(3)).unwrap();
    fs::write(files.join("hong.pdf"), b"%PDF-1.7 and nothing more").unwrap();
    fs::write(files.join("game.exe"), b"MZ\x90\0\x03\0\0\0").unwrap();
    let told = said(&khue(folder.path(), &["import", "giao-an"]));
    assert!(told.contains("new 3"), "{told}");
    assert!(told.contains("game.exe"), "{told}");
    assert!(told.contains("converted to Unicode"), "{told}");
    assert!(told.contains("its text could not be read"), "{told}");
    let again = said(&khue(folder.path(), &["import", "giao-an"]));
    assert!(again.contains("new 0, changed 0, unchanged 3"), "{again}");
    let records = exported(folder.path());
    let named = |name: &str| {
        records
            .iter()
            .find(|record| record["name"] == name)
            .unwrap()
    };
    let lesson = named("Lực ma sát");
    assert_eq!(lesson["inLanguage"][0], "vi");
    assert_eq!(lesson["encoding"][0]["encodingFormat"], "text/html");
    assert_eq!(lesson["encoding"][0]["sha256"].as_str().unwrap().len(), 64);
    let text = lesson["body"]["text"].as_str().unwrap();
    assert!(
        text.contains("cản trở") && !text.contains("alert"),
        "{text}"
    );
    assert!(
        named("cu")["body"]["text"]
            .as_str()
            .unwrap()
            .contains("Định luật bảo toàn năng lượng")
    );
    assert!(named("hong")["body"].is_null());
}

#[test]
fn an_import_is_listed_and_taken_back_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let import = |rows: &str| {
        let sheet = format!("identifier,name,url\n{rows}");
        fs::write(folder.path().join("lessons.csv"), sheet).unwrap();
        said(&khue(folder.path(), &["import", "lessons.csv"]))
    };
    let run = |arguments: &[&str]| {
        let output = khue(folder.path(), &[&["import"], arguments].concat());
        (output.status.success(), said(&output))
    };
    let first = import("a,Lực,https://example.org/a\n");
    assert!(first.contains("This is import 1;"), "{first}");
    let second = import("a,Lực và gia tốc,https://example.org/a\nb,Nhiệt,https://example.org/b\n");
    assert!(second.contains("khue import --undo 2"), "{second}");
    let (_, foreseen) = run(&["--undo", "2", "--dry-run"]);
    assert!(foreseen.contains("1  would be removed"), "{foreseen}");
    assert!(foreseen.contains("Nhiệt (b)"), "{foreseen}");
    assert!(foreseen.contains("1  would be restored"), "{foreseen}");
    assert_eq!(
        exported(folder.path()).len(),
        2,
        "a dry run changes nothing"
    );
    let (_, done) = run(&["--undo", "2"]);
    assert!(done.contains("Search index: 2 changes taken"), "{done}");
    assert!(done.contains("Import 2 is undone"), "{done}");
    let records = exported(folder.path());
    assert_eq!((records.len(), &records[0]["name"]), (1, &"Lực".into()));
    let (fine, twice) = run(&["--undo", "2"]);
    assert!(!fine && twice.contains("taken back already"), "{twice}");
    let (fine, unknown) = run(&["--undo", "9"]);
    assert!(!fine && unknown.contains("khue import --list"), "{unknown}");
    let (_, listed) = run(&["--list"]);
    let lines: Vec<&str> = listed.lines().collect();
    assert!(
        lines[0].contains("1 removed, 1 restored, 0 left"),
        "{listed}"
    );
    assert!(
        lines[1].contains("lessons  by the operator  new 1,"),
        "{listed}"
    );
}
