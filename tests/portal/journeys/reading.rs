//! Reading a lesson: terms, reading aloud, and little data.

use crate::browser::{Scheme, Scripts, Visitor, axe};
use crate::harness::{Setup, TestPortal, material, shown_files};
use fantoccini::key::Key;
use serde_json::json;
use std::sync::Arc;

const LESSON: &str = "/resources/toan-7-tong-cac-goc-trong-mot-tam-giac";
/// A note that is open over the text, by a script or without one.
const OPEN: &str = ".term-pop:popover-open, .term-note:target";

journey!(terms, looking_a_term_up, looking_a_term_up_without_scripts);
journey!(saver, saving_data, saving_data_without_scripts);

async fn terms(visitor: &Visitor) {
    visitor.go(LESSON).await;
    let term = visitor.text("a.term").await;
    visitor.click("a.term").await;
    visitor
        .until("its note is open", async || visitor.count(OPEN).await == 1)
        .await;
    assert!(visitor.text(OPEN).await.starts_with(&term));
    visitor
        .click(&format!(":is({OPEN}) .term-note__close"))
        .await;
    visitor
        .until("the note is closed", async || {
            visitor.count(OPEN).await == 0
        })
        .await;
    visitor.click("button[name=terms]").await;
    visitor
        .until("no term is marked", async || {
            visitor.count("a.term").await == 0
        })
        .await;
    visitor.go(LESSON).await;
    assert_eq!(visitor.count("a.term").await, 0, "the choice is kept");
    visitor.click("button[name=terms]").await;
    visitor
        .until("terms are marked again", async || {
            visitor.count("a.term").await > 0
        })
        .await;
}

async fn saver(visitor: &Visitor) {
    visitor.go("/search?q=newton").await;
    visitor.click(".data-switch button").await;
    visitor
        .until("data are saved", async || {
            visitor.count("html[data-saving]").await == 1
        })
        .await;
    assert_eq!(visitor.address().await, "/search?q=newton");
    visitor.go(LESSON).await;
    assert_eq!(
        visitor.count("html[data-saving]").await,
        1,
        "the choice is kept"
    );
    assert_eq!(visitor.count("link[rel=preload]").await, 0);
    visitor.click(".data-switch [aria-pressed=true]").await;
    visitor
        .until("data are saved no longer", async || {
            visitor.count("html[data-saving]").await == 0
        })
        .await;
}

#[tokio::test]
async fn a_note_opens_by_keyboard_and_leaves_the_reader_where_they_are() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.set_width(320);
    visitor.go(LESSON).await;
    visitor
        .script("document.querySelector('a.term').focus()")
        .await;
    let place = visitor.script("return scrollY").await;
    visitor.press(Key::Enter).await;
    visitor
        .until("its note is open", async || visitor.count(OPEN).await == 1)
        .await;
    assert_eq!(visitor.script("return scrollY").await, place);
    assert!(visitor.overflow().await <= 0, "wider than the window");
    for scheme in Scheme::ALL {
        visitor.prefer(scheme);
        if let Some(axe) = axe() {
            let found = visitor.barriers(&axe).await;
            assert!(found.is_empty(), "{scheme:?}: {found:#?}");
        }
    }
    visitor.press(Key::Escape).await;
    visitor
        .until("the note is closed", async || {
            visitor.count(OPEN).await == 0
        })
        .await;
    let focused = "return document.activeElement.matches('a.term')";
    assert_eq!(visitor.script(focused).await, true, "the focus is back");
    assert_eq!(visitor.address().await, LESSON);
    visitor.leave().await;
}

/// A voice that says nothing and is always done after a moment; it remembers what it was given.
const VOICE: &str = "
    window.said = [];
    const voice = { lang: 'vi_VN', name: 'thử' };
    class Said extends EventTarget { constructor(text) { super(); this.text = text; } }
    const speech = Object.assign(new EventTarget(), {
        getVoices: () => [voice],
        speak: (one) => { said.push(one); if (!window.slow) setTimeout(() => one.dispatchEvent(new Event('end')), 5); },
        cancel: () => {},
    });
    Object.defineProperty(window, 'speechSynthesis', { value: speech });
    window.SpeechSynthesisUtterance = Said;";

#[tokio::test]
async fn a_lesson_is_read_aloud_sentence_by_sentence() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": VOICE}),
    );
    visitor.go(LESSON).await;
    visitor
        .until("it is offered", async || {
            visitor.count(".read-aloud:not([hidden])").await == 1
        })
        .await;
    visitor.script("window.slow = true").await;
    visitor
        .script("document.querySelector('.read-aloud__play').focus()")
        .await;
    visitor.press(Key::Enter).await;
    visitor
        .until("it begins", async || {
            visitor.script("return said.length").await == 1
        })
        .await;
    let first = visitor.script("return said[0].text").await;
    let marked = "return [...CSS.highlights.get('spoken')].map(String).join()";
    assert_eq!(visitor.script(marked).await, first, "what is read is shown");
    assert!(visitor.text(".read-aloud__play").await.contains("Tạm dừng"));
    visitor.press(Key::Enter).await;
    assert!(visitor.text(".read-aloud__play").await.contains("Đọc tiếp"));
    visitor.script("const rate = document.querySelector('#aloud-rate'); rate.value = '1.5'; rate.dispatchEvent(new Event('change'))").await;
    visitor.script("window.slow = false").await;
    visitor.press(Key::Enter).await;
    visitor
        .until("all of it was read", async || {
            visitor.text(".read-aloud__play").await.contains("Đọc to")
        })
        .await;
    let said = visitor
        .script("return said.map(one => [one.text, one.lang, one.rate])")
        .await;
    let said = said.as_array().cloned().unwrap_or_default();
    assert!(said.len() > 10, "{said:?}");
    assert_eq!(
        said[1],
        json!([first, "vi_VN", 1.5]),
        "the sentence begins again, faster"
    );
    let left = "return (CSS.highlights.get('spoken')?.size ?? 0)";
    assert_eq!(visitor.script(left).await, 0);
    visitor.leave().await;
}

#[tokio::test]
async fn without_a_voice_for_the_language_nothing_is_offered() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    let other = VOICE.replace("vi_VN", "de-DE");
    visitor.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": other}),
    );
    visitor.go(LESSON).await;
    assert_eq!(visitor.count(".read-aloud[hidden]").await, 1);
    visitor.leave().await;
}

#[tokio::test]
async fn a_picture_comes_when_it_is_asked_for() {
    for scripts in [Scripts::On, Scripts::Off] {
        let folder = tempfile::tempdir().unwrap();
        let import = Some(material::folder(folder.path()));
        let portal = || {
            Arc::new(TestPortal::start(Setup {
                import,
                ..Setup::default()
            }))
        };
        let Some(visitor) = Visitor::come_to(scripts, portal).await else {
            return;
        };
        let (_, path) = shown_files(&visitor.portal)
            .into_iter()
            .find(|(name, _)| name.ends_with(".png"))
            .unwrap();
        visitor.go(&path).await;
        assert_eq!(visitor.count("main img").await, 1);
        visitor.click(".data-switch button").await;
        visitor
            .until("the picture waits", async || {
                visitor.count(".picture-waiting").await == 1
            })
            .await;
        assert_eq!(visitor.count("main img").await, 0);
        visitor.settle().await;
        match scripts {
            Scripts::On => {
                visitor.click(".picture-waiting").await;
                visitor
                    .until("it is there", async || visitor.count("main img").await == 1)
                    .await;
            }
            Scripts::Off => visitor.follow(".picture-waiting").await,
        }
        visitor.leave_whatever_was_said().await;
    }
}
