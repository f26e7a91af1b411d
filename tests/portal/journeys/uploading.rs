//! Files in pieces, in a browser whose line breaks; and the form, in one without scripts.

use super::offline::Learner;
use crate::browser::curation::become_person;
use crate::browser::{Scripts, Visitor, axe};
use crate::harness::{Person, TestPortal};
use serde_json::Value;
use std::path::{Path, PathBuf};

const FIELD: &str = "#attachment";
const BUTTON: &str = ".submission__files form[enctype] button[type=submit]";
const KEPT: &str = "#files .file-list a";
const MEGABYTE: u64 = 1 << 20;

/// Bytes that look random and are the same in every run.
fn film(folder: &Path, name: &str, megabytes: u64) -> (PathBuf, Vec<u8>) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut content = Vec::new();
    while (content.len() as u64) < megabytes * MEGABYTE {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        content.extend(state.to_le_bytes());
    }
    let path = folder.join(name);
    std::fs::write(&path, &content).unwrap();
    (path, content)
}

/// Somebody in front of a draft of theirs.
async fn author(visitor: &Visitor, name: &'static str) -> (Person, String) {
    let portal = visitor.portal.clone();
    let prepared = move || {
        let lan = Person::registered(&portal, name);
        let number = lan.draft("Bài giảng dài");
        (lan, number)
    };
    let (lan, number) = tokio::task::spawn_blocking(prepared).await.unwrap();
    visitor.go("/about").await;
    become_person(visitor, &lan).await;
    (lan, number)
}

/// Opens the draft, and waits until files can go in pieces.
async fn open(learner: &Learner, number: &str) {
    learner.go(&format!("/submissions/{number}")).await;
    let visitor = &learner.visitor;
    let awake = "return document.querySelector('.uploads')?.hidden === false";
    visitor
        .until("files can go in pieces", async || {
            visitor.script(awake).await == true
        })
        .await;
}

async fn choose(visitor: &Visitor, files: &str) {
    let field = visitor.element(FIELD).await;
    field.send_keys(files).await.unwrap();
    visitor.click(BUTTON).await;
}

async fn until_state(visitor: &Visitor, state: &str) {
    let row = format!(".uploads__file[data-state={state}]");
    visitor
        .until(state, async || visitor.count(&row).await == 1)
        .await;
}

async fn until_kept(visitor: &Visitor, count: usize) {
    visitor
        .until("the files are attached", async || {
            visitor.count(KEPT).await == count
        })
        .await;
}

fn unfinished(lan: &Person, number: &str) -> Vec<Value> {
    let list = lan.get(&format!("/submissions/{number}/uploads")).json();
    list.as_array().unwrap().clone()
}

/// What is kept under a name.
fn kept(lan: &Person, number: &str, name: &str) -> Vec<u8> {
    let page = lan.get(&format!("/submissions/{number}")).page();
    let links = page.attributes(".file-list a", "href");
    let link = links.iter().find(|link| link.ends_with(name)).unwrap();
    lan.get(link).body
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_goes_on_after_the_line_broke_and_the_page_was_loaded_anew() {
    let Some(learner) = Learner::come_to(TestPortal::of_people).await else {
        return;
    };
    let visitor = &learner.visitor;
    let (lan, number) = author(visitor, "uploading-lan").await;
    let folder = tempfile::tempdir().unwrap();
    let (path, content) = film(folder.path(), "bai-giang.mp4", 36);
    let path = path.display().to_string();

    open(&learner, &number).await;
    learner.line.cut_after(20 * MEGABYTE);
    choose(visitor, &path).await;
    until_state(visitor, "broken").await;
    let told = visitor.text(".uploads__facts").await;
    assert!(told.contains("đang thử lại"), "{told}");
    let rows = tokio::task::block_in_place(|| unfinished(&lan, &number));
    let arrived = rows[0]["offset"].as_u64().unwrap();
    assert!(arrived > 0 && arrived < content.len() as u64, "{arrived}");
    assert_eq!(visitor.count(KEPT).await, 0, "nothing is half attached");

    // The page is left and opened again: the file has to be chosen anew, and goes on.
    visitor.client.goto("about:blank").await.unwrap();
    learner.line.mend();
    open(&learner, &number).await;
    until_state(visitor, "again").await;
    let told = visitor.text(".uploads__facts").await;
    assert!(told.contains("chọn lại chính tệp này"), "{told}");
    if let Some(axe) = axe() {
        let found = visitor.barriers(&axe).await;
        assert!(found.is_empty(), "{found:#?}");
    }
    let before = learner.line.sent();
    choose(visitor, &path).await;
    until_kept(visitor, 1).await;
    let sent = learner.line.sent() - before;
    assert!(
        sent < content.len() as u64 - arrived + MEGABYTE,
        "{sent} bytes went over the line, {arrived} had arrived before"
    );
    let came = tokio::task::block_in_place(|| kept(&lan, &number, "bai-giang.mp4"));
    assert!(came == content, "{} bytes of {}", came.len(), content.len());

    it_goes_on_by_itself(&learner, &lan, &number, folder.path()).await;
    what_was_typed_stays(visitor, &lan, &number).await;
    it_is_given_up(&learner, &lan, &number, folder.path()).await;
    // A line that breaks is an error to the browser's console.
    learner.visitor.leave_whatever_was_said().await;
}

/// With the page left open nobody has to do anything.
async fn it_goes_on_by_itself(learner: &Learner, lan: &Person, number: &str, folder: &Path) {
    let (path, content) = film(folder, "phim.mp4", 12);
    learner.line.cut_after(9 * MEGABYTE);
    choose(&learner.visitor, &path.display().to_string()).await;
    until_state(&learner.visitor, "broken").await;
    learner.line.mend();
    until_kept(&learner.visitor, 2).await;
    let came = tokio::task::block_in_place(|| kept(lan, number, "phim.mp4"));
    assert!(came == content, "{} bytes of {}", came.len(), content.len());
}

/// A file that is dropped on the page is sent at once; what somebody was writing is not lost, and can be saved.
async fn what_was_typed_stays(visitor: &Visitor, lan: &Person, number: &str) {
    visitor.fill("#description", "Đang viết dở zuqavi.").await;
    let drop = "const carried = new DataTransfer(); \
        carried.items.add(new File(['Ghi chú cho giáo viên.'], 'ghi-chu.txt', { type: 'text/plain' })); \
        document.querySelector('main').dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));";
    visitor.script(drop).await;
    until_kept(visitor, 3).await;
    let told = visitor.text(".uploads [role=status]").await;
    assert!(told.is_empty() || told.contains("ghi-chu.txt"), "{told}");
    visitor
        .click(".submission__buttons button[value=save]")
        .await;
    let saved = || lan.get(&format!("/submissions/{number}")).text();
    visitor
        .until("what was typed is saved", async || {
            tokio::task::block_in_place(saved).contains("zuqavi")
        })
        .await;
}

async fn it_is_given_up(learner: &Learner, lan: &Person, number: &str, folder: &Path) {
    let visitor = &learner.visitor;
    let (path, _) = film(folder, "bo-di.mp4", 10);
    open(learner, number).await;
    learner.line.cut_after(5 * MEGABYTE);
    choose(visitor, &path.display().to_string()).await;
    until_state(visitor, "broken").await;
    // It tries again meanwhile, and its buttons change with that: so the page itself presses this one.
    let pause = "[...document.querySelectorAll('.uploads__buttons button')].find((one) => one.textContent === 'Tạm dừng').click()";
    visitor.script(pause).await;
    until_state(visitor, "paused").await;
    learner.line.mend();
    let begun = tokio::task::block_in_place(|| unfinished(lan, number));
    assert_eq!(begun.len(), 1);
    visitor.click(".uploads__buttons button:last-child").await;
    visitor
        .until("it is given up", async || {
            visitor.count(".uploads__file").await == 0
                && tokio::task::block_in_place(|| unfinished(lan, number)).is_empty()
        })
        .await;
    assert_eq!(visitor.count(KEPT).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_files_go_with_the_form_where_there_are_no_scripts() {
    let Some(visitor) = Visitor::come_to(Scripts::Off, TestPortal::of_people).await else {
        return;
    };
    let (lan, number) = author(&visitor, "uploading-plain").await;
    let folder = tempfile::tempdir().unwrap();
    let (film, content) = film(folder.path(), "phim.mp4", 20);
    let notes = folder.path().join("ghi-chu.txt");
    std::fs::write(&notes, "Ghi chú.").unwrap();
    visitor.go(&format!("/submissions/{number}")).await;
    let hint = visitor.text("#attachment-hint").await;
    assert!(hint.contains("Mỗi lần gửi tối đa"), "{hint}");
    choose(
        &visitor,
        &format!("{}\n{}", film.display(), notes.display()),
    )
    .await;
    until_kept(&visitor, 2).await;
    let came = tokio::task::block_in_place(|| kept(&lan, &number, "phim.mp4"));
    assert!(came == content, "{} bytes of {}", came.len(), content.len());
    visitor.leave().await;
}
