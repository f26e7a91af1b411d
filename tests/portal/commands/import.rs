//! `khue import` of what newcomers try first: wrong paths, other encodings, other programs' files.

use super::{khue, said};
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
