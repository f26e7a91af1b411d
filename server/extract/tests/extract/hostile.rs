//! Files made to do harm, read in a child: each ends in an outcome, soon, and nothing outside is touched.

use crate::packed::{docx, packed, paragraph, zeros};
use khue_extract::{Document, Extractor, Limit, Limits, Notice, Outcome, Reason};
use std::io::{Cursor, Write};

const PROGRAM: &str = env!("CARGO_BIN_EXE_khue-extract-child");

fn read_within(bytes: &[u8], name: &str, limits: Limits) -> Document {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("space");
    let open = std::fs::File::open(file.path()).expect("a file");
    Extractor::new(PROGRAM, &[], limits)
        .read_file(open, name)
        .expect("a child")
}

fn read(bytes: &[u8], name: &str) -> Document {
    read_within(bytes, name, Limits::default())
}

#[test]
fn a_child_finds_what_is_found_without_one() {
    let bytes = docx(&paragraph("Đường tròn đi qua ba điểm"));
    let found = read(&bytes, "a.docx");
    assert_eq!(
        found,
        khue_extract::read_whole(&bytes, "a.docx", &Limits::default())
    );
    assert_eq!(found.text(), "Đường tròn đi qua ba điểm");
}

#[test]
fn bombs_end_at_a_limit() {
    let bomb = zeros(16);
    let found = read(&packed(&[("a.zip", &bomb)]), "a.zip");
    assert_eq!(found.outcome.word(), "partly", "{found:?}");
    assert_eq!(found.text(), "");
    let names: Vec<String> = (0..9).map(|number| format!("{number}.bin")).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), [0; 1 << 20].as_slice()))
        .collect();
    let limits = Limits {
        unpacked: 4 << 20,
        ..Limits::default()
    };
    assert_eq!(
        read_within(&packed(&files), "a.zip", limits).limit(),
        Some(Limit::Unpacked)
    );
    let xml = " ".repeat(16 << 20);
    let office = packed(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", xml.as_bytes()),
    ]);
    assert_eq!(read(&office, "a.docx").limit(), Some(Limit::Ratio));
}

#[test]
fn archives_within_archives_end_at_their_depth() {
    let mut bytes = packed(&[("a.txt", b"in the middle")]);
    for _ in 0..8 {
        bytes = packed(&[("a.zip", &bytes)]);
    }
    let found = read(&bytes, "a.zip");
    assert!(!found.text().contains("in the middle"));
    assert!(found.notices.iter().any(|notice| matches!(notice, Notice::FileNotRead { reason, .. } if reason.contains("nested"))), "{found:?}");
}

#[test]
fn archives_of_too_many_files_are_not_listed() {
    let names: Vec<String> = (0..500).map(|number| format!("{number}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), b"x".as_slice()))
        .collect();
    let found = read_within(
        &packed(&files),
        "a.zip",
        Limits {
            files: 400,
            ..Limits::default()
        },
    );
    assert_eq!(
        found.outcome,
        Outcome::LimitReached {
            limit: Limit::Files
        }
    );
}

#[test]
fn names_that_lead_out_are_refused() {
    for name in [
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b",
        "C:\\x.txt",
        "..\\x.txt",
    ] {
        let found = read(&packed(&[(name, b"x")]), "a.zip");
        let refused = Outcome::Refused {
            reason: Reason::UnsafeName {
                name: name.to_owned(),
            },
        };
        assert_eq!(found.outcome, refused, "{name}");
    }
}

#[test]
fn an_archive_is_unpacked_into_its_folder_and_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("inside");
    let bytes = packed(&[("a/b.txt", b"x"), ("../out.txt", b"y")]);
    let refused = khue_extract::unpack(&bytes, &inside, &Limits::default());
    assert!(refused.is_err_and(|error| error.to_string().contains("../out.txt")));
    assert!(!inside.exists() && !folder.path().join("out.txt").exists());
    let written = khue_extract::unpack(
        &packed(&[("a/b.txt", b"x"), ("c/", b"")]),
        &inside,
        &Limits::default(),
    );
    assert_eq!(written.ok(), Some(1));
    assert_eq!(
        std::fs::read(inside.join("a/b.txt")).ok().as_deref(),
        Some(b"x".as_slice())
    );
    let bomb = khue_extract::unpack(&zeros(16), &folder.path().join("bomb"), &Limits::default());
    assert!(bomb.is_err_and(|error| error.to_string().contains("tightly")));
}

#[test]
fn links_in_archives_are_not_followed() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer
        .add_symlink("passwords.txt", "/etc/passwd", options)
        .expect("a link");
    let found = read(&writer.finish().expect("an archive").into_inner(), "a.zip");
    assert_eq!(found.text(), "");
    assert!(
        matches!(&found.notices[0], Notice::FileNotRead { file, .. } if file == "passwords.txt")
    );
}

#[test]
fn entities_are_not_followed() {
    let lol: String = (1..10)
        .map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10)))
        .collect();
    let laughs = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"lol\">{lol}]><x>&l9; và chữ</x>"
    );
    let found = read(laughs.as_bytes(), "a.xml");
    assert_eq!(found.text(), "và chữ");
    assert!(found.notices.contains(&Notice::Entities));
    let outside =
        "<!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><svg><text>&f;</text></svg>";
    assert!(!read(outside.as_bytes(), "a.svg").text().contains("root:"));
}

#[test]
fn memory_text_and_size_have_limits() {
    let large = vec![b'a'; 48 << 20];
    let found = read_within(
        &large,
        "a.txt",
        Limits {
            memory: 160 << 20,
            ..Limits::default()
        },
    );
    assert_eq!(found.limit(), Some(Limit::Memory), "{:?}", found.outcome);
    let text = "chữ ".repeat(50_000);
    let found = read_within(
        text.as_bytes(),
        "a.txt",
        Limits {
            text: 1000,
            ..Limits::default()
        },
    );
    assert_eq!(
        found.outcome,
        Outcome::Partly {
            limit: Some(Limit::Text)
        }
    );
    assert!(found.text().len() <= 1000);
    let found = read_within(
        text.as_bytes(),
        "a.txt",
        Limits {
            input: 1000,
            ..Limits::default()
        },
    );
    assert_eq!(
        found.outcome,
        Outcome::LimitReached {
            limit: Limit::Input
        }
    );
}

fn silent(script: &str) {
    let started = std::time::Instant::now();
    let limits = Limits {
        wall_seconds: 1,
        ..Limits::default()
    };
    let open = std::fs::File::open("/dev/null").expect("nothing");
    let found = Extractor::new("/bin/sh", &["-c", script], limits)
        .read_file(open, "a.txt")
        .expect("a child");
    assert_eq!(found.outcome, Outcome::LimitReached { limit: Limit::Time });
    assert!(started.elapsed().as_secs() < 60, "it was waited for");
}

#[test]
fn a_child_that_never_answers_is_killed() {
    silent("sleep 600 & wait");
}

/// It was once waited for as long as it liked.
#[test]
fn a_child_that_closes_its_output_and_goes_on_is_killed() {
    silent("exec 1>&-; sleep 600 & wait");
}

#[test]
fn a_child_that_crashes_is_an_outcome() {
    let open = || std::fs::File::open("/dev/null").expect("nothing");
    let crashed = |script| {
        let found = Extractor::new("/bin/sh", &["-c", script], Limits::default())
            .read_file(open(), "a.txt")
            .expect("a child");
        assert!(
            matches!(
                found.outcome,
                Outcome::Unreadable {
                    reason: Reason::Crashed { .. }
                }
            ),
            "{:?}",
            found.outcome
        );
    };
    crashed("kill -SEGV $$");
    crashed("echo broken >&2; exit 3");
    crashed("exit 0");
    let missing =
        Extractor::new("/nowhere/khue", &[], Limits::default()).read_file(open(), "a.txt");
    assert!(missing.is_err_and(|error| error.to_string().contains("/nowhere/khue")));
}

#[test]
fn damaged_documents_are_an_outcome() {
    let whole = docx(&paragraph("Đường tròn"));
    for cut in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[cut] ^= 0x5a;
        khue_extract::read_whole(&damaged, "a.docx", &Limits::default());
        khue_extract::read_whole(&whole[..cut], "a.docx", &Limits::default());
    }
    let found = read(&whole[..whole.len() / 2], "a.docx");
    assert_eq!(found.outcome.word(), "unreadable");
}
