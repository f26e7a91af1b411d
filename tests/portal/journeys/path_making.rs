//! Making a learning path on the screen, with and without scripts.

use crate::browser::{Scheme, Scripts, Visitor, axe};
use crate::harness::{Person, Setup, TestPortal};
use fantoccini::key::Key;
use serde_json::json;
use std::sync::Arc;

/// A visitor who is signed in as somebody who makes paths.
async fn curator(scripts: Scripts) -> Option<Visitor> {
    let portal = || Arc::new(TestPortal::start(Setup::default()));
    let visitor = Visitor::come_to(scripts, portal).await?;
    let hoa = Person::with_role(&visitor.portal, "paths-hoa", "curator", None);
    visitor.go("/").await;
    let (name, value) = hoa.cookie.split_once('=').unwrap();
    let cookie = json!({ "name": name, "value": value, "url": visitor.portal.origin });
    visitor.devtools("Network.setCookie", cookie);
    Some(visitor)
}

/// Looks words up and puts the first resource that is found into the path.
async fn add(visitor: &Visitor, words: &str, scripts: Scripts) {
    let before = visitor.count(".path-editor__name").await;
    visitor.fill("#find", words).await;
    if scripts == Scripts::Off {
        visitor.click("button[value=find]").await;
    }
    visitor
        .until("something is found", async || {
            visitor.count(".path-editor__found button").await > 0
        })
        .await;
    visitor.click(".path-editor__found button").await;
    visitor
        .until("it is in", async || {
            visitor.count(".path-editor__name").await == before + 1
        })
        .await;
    visitor.settle().await;
}

async fn make(scripts: Scripts) {
    let Some(visitor) = curator(scripts).await else {
        return;
    };
    visitor.go("/paths").await;
    visitor.follow("a[href='/paths/own']").await;
    visitor.fill("#name", "Tam giác trong một tuần").await;
    visitor.follow("button[value=create]").await;
    add(&visitor, "tổng các góc trong một tam giác", scripts).await;
    add(&visitor, "newton", scripts).await;
    let second = visitor.text("li:nth-of-type(2) > .path-editor__name").await;
    visitor.fill("#description", "Hai buổi học hình.").await;
    visitor.click("button[value='up:1']").await;
    visitor
        .until("the step has moved", async || {
            visitor
                .text(".path-editor__steps > li .path-editor__name")
                .await
                == second
        })
        .await;
    visitor.settle().await;
    visitor
        .fill("#teaches", "Tính được góc của tam giác.")
        .await;
    visitor
        .element("#educationalLevel")
        .await
        .select_by_value("lower-secondary")
        .await
        .unwrap();
    visitor.click("button[value=publish]").await;
    visitor
        .until("it is published", async || {
            visitor.address().await.ends_with("published=1")
        })
        .await;
    visitor.settle().await;
    visitor
        .follow("a[href='/paths/tam-giac-trong-mot-tuan']")
        .await;
    assert_eq!(visitor.count(".path__step").await, 2);
    assert_eq!(
        visitor.text(".path__step a").await,
        second.trim_start_matches("1. ")
    );
    visitor.leave_whatever_was_said().await;
}

#[tokio::test]
async fn making_a_path() {
    make(Scripts::On).await;
}

#[tokio::test]
async fn making_a_path_without_scripts() {
    make(Scripts::Off).await;
}

#[tokio::test]
async fn steps_move_by_keyboard_and_by_hand_and_the_editor_has_no_barriers() {
    let Some(visitor) = curator(Scripts::On).await else {
        return;
    };
    visitor.go("/paths/tu-cap-so-den-chuyen-dong/edit").await;
    let order =
        "return [...document.querySelectorAll('[data-at]')].map(step => step.dataset.at).join()";
    visitor
        .script("document.querySelector('button[value=\"down:0\"]').focus()")
        .await;
    visitor.press(Key::Enter).await;
    assert_eq!(visitor.script(order).await, "1,0,2,3,4");
    assert!(visitor.text("#path-form [role=status]").await.contains('2'));
    let focused = "return document.activeElement.value";
    assert_eq!(
        visitor.script(focused).await,
        "down:0",
        "the focus goes along"
    );
    let carry = "
        const [from, to] = ['[data-at=\"4\"]', '[data-at=\"1\"]'].map(at => document.querySelector(at));
        const send = (element, name) => element.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true }));
        send(from, 'dragstart'); send(to, 'dragover'); send(from, 'dragend');";
    visitor.script(carry).await;
    assert_eq!(visitor.script(order).await, "4,1,0,2,3");
    assert_eq!(
        visitor
            .script("return document.querySelector('[name=order]').value")
            .await,
        "4,1,0,2,3"
    );
    visitor
        .click("button[value=save]:not(.visually-hidden)")
        .await;
    visitor
        .until("it is saved", async || {
            visitor.address().await.ends_with("saved=1")
        })
        .await;
    let Some(axe) = axe() else { return };
    for (width, scheme) in [
        (320, Scheme::Light),
        (320, Scheme::Dark),
        (1280, Scheme::Light),
    ] {
        visitor.set_width(width);
        visitor.prefer(scheme);
        for path in [
            "/paths/own",
            "/paths/tu-cap-so-den-chuyen-dong/edit",
            "/paths/tu-cap-so-den-chuyen-dong/edit?preview=1",
        ] {
            visitor.go(path).await;
            let found = visitor.barriers(&axe).await;
            assert!(
                found.is_empty(),
                "{path} {width} px, {scheme:?}: {found:#?}"
            );
            assert!(
                visitor.overflow().await <= 0,
                "{path} {width} px: wider than the screen"
            );
        }
    }
    visitor.leave_whatever_was_said().await;
}
