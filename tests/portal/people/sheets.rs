//! Sheets of records at the desk: checked, taken in, taken back, by those who may.

use crate::harness::workbook::{Make, Value, ods, xlsx};
use crate::harness::{Answer, Document, Person, Setup, TestPortal};
use khue_content::account::{Action, Role, Scope, may};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long work in the background may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

fn bring_with(
    person: &Person,
    source: &str,
    name: &str,
    sheet: impl AsRef<[u8]>,
    site: &str,
) -> Answer {
    let headers = [
        ("content-type", "multipart/form-data; boundary=B"),
        ("cookie", person.cookie.as_str()),
        ("sec-fetch-site", site),
    ];
    let head = format!(
        "--B\r\ncontent-disposition: form-data; name=\"source\"\r\n\r\n{source}\r\n\
         --B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    );
    let body = [head.as_bytes(), sheet.as_ref(), b"\r\n--B--\r\n"].concat();
    person.portal.ask("POST", "/desk/imports", &headers, body)
}

/// Brings a sheet; gives the address of its page.
pub fn bring(person: &Person, source: &str, name: &str, sheet: impl AsRef<[u8]>) -> String {
    let brought = bring_with(person, source, name, sheet, "same-origin");
    assert_eq!(brought.status, 303, "{:.800}", brought.text());
    brought.header("location").to_owned()
}

/// The page of a sheet once it is as far as that.
pub fn until(person: &Person, path: &str, state: &str) -> Document {
    let started = Instant::now();
    loop {
        let page = person.get(path).page();
        let now = page.text(".page-head__lead .badge");
        if now == state {
            return page;
        }
        assert!(
            started.elapsed() < PATIENCE,
            "{path} is {now:?}, not {state:?}\n{}",
            person.portal.log()
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Brings a sheet and takes it in.
pub fn take_in(person: &Person, source: &str, name: &str, sheet: impl AsRef<[u8]>) -> String {
    let path = bring(person, source, name, sheet);
    until(person, &path, "chờ quyết định");
    assert_eq!(person.post(&path, &[("do", "take")]).status, 303);
    until(person, &path, "đã nhập");
    path
}

/// Whether a search finds a resource.
fn finds(portal: &TestPortal, words: &str, id: &str) -> bool {
    portal.ten(words).iter().any(|found| found == id)
}

fn until_found(portal: &TestPortal, words: &str, id: &str, there: bool) {
    let started = Instant::now();
    while finds(portal, words, id) != there {
        assert!(
            started.elapsed() < PATIENCE,
            "{words}: {id} is there: {}",
            !there
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

const SHEET: &str = "identifier,name,license,url\n\
    s1,Quỳ tím xuyên tường một,CC-BY-4.0,https://example.org/1\n\
    s2,Quỳ tím xuyên tường hai,giấy phép lạ,https://example.org/2\n\
    s3,=cmd|'calc',CC-BY-4.0,không phải địa chỉ\n";

#[test]
fn a_sheet_from_the_check_to_the_undo() {
    let portal = TestPortal::of_people();
    let hoa = Person::with_role(&portal, "sheets-hoa", "curator", Some("hn-31"));
    let path = bring(&hoa, "hn-31", "bảng.csv", SHEET);
    let page = until(&hoa, &path, "chờ quyết định");
    let report = page.text("#report table");
    for told in ["Quỳ tím xuyên tường hai", "mới", "Giấy phép"] {
        assert!(report.contains(told), "{told}: {report}");
    }
    assert_eq!(page.all("#report tbody tr").len(), 3);
    let only = hoa.get(&format!("{path}?rows=unchanged")).page();
    assert!(only.all("#report tbody tr").is_empty());
    let english = hoa.get(&format!("/en{path}")).page();
    assert!(
        english.text("#report table").contains("Licence"),
        "findings in the reader's language"
    );
    let download = hoa.get(&format!("{path}/report.csv"));
    assert_eq!(download.status, 200);
    assert!(download.header("content-type").starts_with("text/csv"));
    let text = download.text();
    assert!(
        text.starts_with('\u{feff}') && text.lines().count() >= 4,
        "{text}"
    );
    assert!(text.contains("'=cmd|"), "no formula: {text}");
    assert!(
        !finds(&portal, "quỳ tím xuyên tường", "s1"),
        "a check stores nothing"
    );
    assert_eq!(
        hoa.get(&format!("{path}/undo")).status,
        422,
        "nothing to take back yet"
    );

    assert_eq!(hoa.post(&path, &[("do", "take")]).status, 303);
    until(&hoa, &path, "đã nhập");
    until_found(&portal, "quỳ tím xuyên tường", "s2", true);
    let again = hoa.post(&path, &[("do", "take")]);
    assert_eq!(again.status, 422, "what is taken in is not taken in twice");

    // A second sheet corrects one; somebody undoes the first: the corrected one is left and named.
    let fixed = "identifier,name,license,url\ns1,Quỳ tím xuyên tường đã sửa,CC-BY-4.0,https://example.org/1\n";
    let second = take_in(&hoa, "hn-31", "sua.csv", fixed);
    let preview = hoa.get(&format!("{path}/undo"));
    assert_eq!(preview.status, 200, "{:.500}", preview.text());
    let preview = preview.page();
    let number = second.rsplit('/').next().unwrap();
    assert!(
        preview
            .text("main table")
            .contains(&format!("lần nhập {number} đã sửa")),
        "{}",
        preview.text("main")
    );
    assert!(
        finds(&portal, "quỳ tím xuyên tường", "s2"),
        "a preview changes nothing"
    );
    assert_eq!(hoa.post(&format!("{path}/undo"), &[]).status, 303);
    let page = until(&hoa, &path, "đã hoàn tác");
    assert!(
        page.text("main").contains("Để nguyên: 1"),
        "{}",
        page.text("main")
    );
    until_found(&portal, "quỳ tím xuyên tường hai", "s2", false);
    assert!(finds(&portal, "quỳ tím xuyên tường", "s1"));
    assert_eq!(portal.get("/resources/s2").status, 410);
    assert_eq!(
        hoa.post(&format!("{path}/undo"), &[]).status,
        422,
        "not twice"
    );

    let log = portal.command(&["audit", "list"]).unwrap();
    for told in ["import.sheet", "import.undo-begun", "import.undone"] {
        assert!(log.contains(told), "{told}: {log}");
    }
    let listed = portal.command(&["import", "--list"]).unwrap();
    assert!(listed.contains("sheets-hoa@truong.edu.vn"), "{listed}");
}

#[test]
fn workbooks_are_checked_and_taken_in_as_sheets_are() {
    use Value::{Error, Nothing, Text};
    let portal = TestPortal::of_people();
    let hoa = Person::with_role(&portal, "sheets-workbooks", "curator", Some("hn-37"));
    for (make, end) in [(xlsx as Make, "xlsx"), (ods as Make, "ods")] {
        let (id, name) = (format!("w-{end}"), format!("Khinh khí cầu {end}"));
        let second = format!("w2-{end}");
        let rows = [
            vec![Text("DANH MỤC CỦA SỞ")],
            vec![],
            vec![Text("identifier"), Text("Tên"), Text("Giấy phép")],
            vec![Text(&id), Text(&name), Text("CC-BY-4.0")],
            vec![Text(&second), Text("Đèn trời"), Error("#REF!"), Nothing],
        ];
        let notes = [vec![Text("Tên gọi tắt")]];
        let book = make(&[("Ghi chú", true, &notes[..]), ("Danh mục", true, &rows[..])]);
        let path = bring(&hoa, "hn-37", &format!("danh mục.{end}"), &book);
        let page = until(&hoa, &path, "chờ quyết định");
        let report = page.text("#report table");
        for told in [
            "Danh mục",
            "Danh mục!C5",
            "#REF!",
            "lỗi của bảng tính",
            name.as_str(),
        ] {
            assert!(report.contains(told), "{end}: {told}: {report}");
        }
        let lines = page.all("#report tbody th");
        let lines: Vec<String> = lines.iter().map(|line| line.text().collect()).collect();
        assert_eq!(lines, ["4", "5"], "rows as the spreadsheet counts them");
        assert_eq!(hoa.post(&path, &[("do", "take")]).status, 303);
        until(&hoa, &path, "đã nhập");
        until_found(&portal, &name, &id, true);
    }
    let locked = bring(
        &hoa,
        "hn-37",
        "khoá.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no more",
    );
    let page = until(&hoa, &locked, "không đọc được");
    assert!(
        page.text("main").contains("bị hỏng"),
        "{}",
        page.text("main")
    );
}

/// Such a page once said "being taken in" for ever.
#[test]
fn a_sheet_that_cannot_be_taken_in_says_why_and_goes_on_when_it_can() {
    let portal = TestPortal::of_people();
    let hoa = Person::with_role(&portal, "sheets-failed", "curator", Some("hn-38"));
    let path = bring(&hoa, "hn-38", "bảng.csv", "identifier,name\nf1,Diều sáo\n");
    until(&hoa, &path, "chờ quyết định");
    let number = path.rsplit('/').next().unwrap();
    let kept = portal.data().join("sheets").join(number).join("sheet.csv");
    let away = kept.with_extension("away");
    std::fs::rename(&kept, &away).unwrap();
    assert_eq!(hoa.post(&path, &[("do", "take")]).status, 303);
    let page = until(&hoa, &path, "nhập không xong");
    let told = page.text("main");
    for words in [
        "đã dừng lại",
        "Hãy lưu lại rồi gửi",
        "Thử nhập tiếp",
        "Hoàn tác",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let listed = portal.command(&["import", "--list"]).unwrap();
    assert!(listed.contains("taking it in has failed"), "{listed}");
    std::fs::rename(&away, &kept).unwrap();
    assert_eq!(hoa.post(&path, &[("do", "take")]).status, 303);
    until(&hoa, &path, "đã nhập");
    until_found(&portal, "diều sáo", "f1", true);
}

#[test]
fn what_is_no_sheet_is_refused_with_the_next_step() {
    let portal = TestPortal::of_people();
    let hoa = Person::with_role(&portal, "sheets-refused", "curator", Some("hn-32"));
    for (name, sheet, told) in [
        ("bảng.xlsx", "PK\u{3}\u{4}", "CSV UTF-8"),
        ("bảng.csv", "", "không có dòng nào"),
        ("bảng.csv", "name,url\n", "không có dòng nào"),
        (
            "bảng.jsonl",
            "{\"name\":\"A\"}\n{\"name\":\"B\"}\n",
            "không phải là bảng CSV",
        ),
    ] {
        let path = bring(&hoa, "hn-32", name, sheet);
        let page = until(&hoa, &path, "không đọc được");
        assert!(
            page.text("main").contains(told),
            "{name}: {}",
            page.text("main")
        );
        assert!(page.all("button[value=take]").is_empty());
        assert_eq!(hoa.post(&path, &[("do", "take")]).status, 422);
        assert_eq!(hoa.post(&path, &[("do", "forget")]).status, 303);
        assert_eq!(hoa.get(&path).status, 404, "forgotten");
    }
    let headless = bring(&hoa, "hn-32", "bảng.csv", "foo,bar\n1,2\n");
    let page = until(&hoa, &headless, "chờ quyết định");
    assert!(
        page.text("#report").contains("Không cột nào"),
        "{}",
        page.text("main")
    );
    assert!(
        page.all("button[value=take]").is_empty(),
        "there is nothing to take in"
    );
    let rows = (0..100_001).map(|n| format!("Bài {n}\n"));
    let long: String = std::iter::once("name\n".to_owned()).chain(rows).collect();
    let long = bring(&hoa, "hn-32", "bảng.csv", &long);
    let page = until(&hoa, &long, "không đọc được");
    assert!(
        page.text("main").contains("100.000 dòng") || page.text("main").contains("100000 dòng"),
        "{}",
        page.text("main")
    );

    let none = bring_with(&hoa, "hn-32", "", "", "same-origin");
    assert_eq!(none.status, 422, "no file was chosen");
    for source in ["hn-33", "", "submissions", "hn-32/../x"] {
        assert_eq!(
            bring_with(&hoa, source, "a.csv", SHEET, "same-origin").status,
            403,
            "{source:?}"
        );
    }
    let forged = bring_with(&hoa, "hn-32", "a.csv", SHEET, "cross-site");
    assert_eq!(forged.status, 403, "from another site");
}

#[test]
fn sheets_are_for_those_whom_the_table_names() {
    let portal = TestPortal::of_people();
    let hoa = Person::with_role(&portal, "sheets-owner", "curator", Some("hn-34"));
    let path = take_in(
        &hoa,
        "hn-34",
        "bảng.csv",
        "identifier,name\nm1,Bảng của ma trận\n",
    );
    for role in Role::ALL {
        for (place, within) in [("hn-34", true), ("hn-35", false)] {
            let name = format!("sheets-{}-{place}", role.name());
            let person = Person::with_role(&portal, &name, role.name(), Some(place));
            let own = Scope {
                own: false,
                within: true,
            };
            let takes = may(role, Action::ImportSheets, own);
            let sees = may(role, Action::ImportSheets, Scope { own: false, within });
            let seen = format!("{role:?} at {place}");
            let listed = person.get("/desk/imports");
            assert_eq!(listed.status == 200, takes, "{seen}");
            assert_eq!(listed.text().contains(&path), sees, "{seen}: {path}");
            for page in [path.clone(), format!("{path}/undo")] {
                assert_eq!(person.get(&page).status == 200, sees, "{seen}: {page}");
            }
            let report = format!("{path}/report.csv");
            assert_eq!(person.get(&report).status == 200, sees, "{seen}: {report}");
            let brought = bring_with(&person, "hn-34", "bảng.csv", "name\na\n", "same-origin");
            assert_eq!(brought.status == 303, sees, "{seen} brings one");
            if !sees {
                assert_eq!(
                    person.post(&format!("{path}/undo"), &[]).status,
                    404,
                    "{seen}"
                );
                assert_eq!(
                    person.post(&path, &[("do", "forget")]).status,
                    404,
                    "{seen}"
                );
            }
        }
    }
    let stranger = Person::stranger(&portal);
    for page in [
        "/desk/imports".to_owned(),
        path.clone(),
        format!("{path}/undo"),
    ] {
        assert!(
            stranger
                .get(&page)
                .header("location")
                .starts_with("/sign-in"),
            "{page}"
        );
    }
    assert_eq!(stranger.get(&format!("{path}/report.csv")).status, 404);
    let admin = Person::with_role(&portal, "sheets-admin", "administrator", Some("hn-34"));
    assert_eq!(admin.post(&format!("{path}/undo"), &[]).status, 303);
    until(&admin, &path, "đã hoàn tác");
}

#[test]
fn a_portal_that_is_killed_takes_the_sheet_in_and_back_to_the_same_end() {
    let mut portal = TestPortal::start(Setup::default());
    let rows: String = (0..12_000).map(|n| format!("k{n},Hàng {n}\n")).collect();
    let sheet = format!("identifier,name\n{rows}");
    let shared = Arc::new(portal);
    let hoa = Person::with_role(&shared, "sheets-killed", "curator", Some("hn-36"));
    let path = bring(&hoa, "hn-36", "bảng.csv", &sheet);
    until(&hoa, &path, "chờ quyết định");
    let (email, cookie) = (hoa.email.clone(), hoa.cookie.clone());
    let person = |portal: &Arc<TestPortal>| Person {
        portal: portal.clone(),
        email: email.clone(),
        cookie: cookie.clone(),
    };
    drop(hoa);
    portal = Arc::into_inner(shared).unwrap();
    for (address, field, state) in [
        (path.clone(), "take", "đã nhập"),
        (format!("{path}/undo"), "", "đã hoàn tác"),
    ] {
        let shared = Arc::new(portal);
        let hoa = person(&shared);
        assert_eq!(hoa.post(&address, &[("do", field)]).status, 303);
        std::thread::sleep(Duration::from_millis(700));
        drop(hoa);
        portal = Arc::into_inner(shared).unwrap();
        let killed = std::process::Command::new("kill")
            .args(["-9", &portal.process().to_string()])
            .status();
        assert!(killed.unwrap().success());
        portal.kill_is_over();
        portal.start_again();
        let shared = Arc::new(portal);
        until(&person(&shared), &path, state);
        portal = Arc::into_inner(shared).unwrap();
    }
    let listed = portal.command(&["import", "--list"]).unwrap();
    assert!(
        listed.contains("new 12000, changed 0, unchanged 0, refused 0"),
        "{listed}"
    );
    assert!(
        listed.contains("12000 removed, 0 restored, 0 left"),
        "{listed}"
    );
}
