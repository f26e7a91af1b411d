//! Ways into an account besides its passphrase, in a browser: a link by mail, and a provider of OpenID Connect.

use crate::browser::{Scripts, Visitor, axe};
use crate::harness::{CLIENT, PASSPHRASE, Person, Play, PostOffice, Provider, Setup, TestPortal};
use std::sync::Arc;

const OTHER: &str = "trăng lên đầu núi rất xa";
const BUTTON: &str = ".entrance form button[type=submit]";

fn portal(variables: Vec<(&'static str, String)>) -> Arc<TestPortal> {
    Arc::new(TestPortal::start(Setup {
        variables,
        ..Setup::default()
    }))
}

fn with_mail(post: &PostOffice) -> Arc<TestPortal> {
    portal(vec![
        ("KHUE_MAIL_SERVER", post.address()),
        ("KHUE_MAIL_FROM", "Khuê <khue@example.vn>".to_owned()),
    ])
}

fn with_provider(provider: &Provider) -> Arc<TestPortal> {
    let list = format!(
        "[{{ key = \"truong\", name = {{ vi = \"Trường Chu\", en = \"Chu School\", fr = \"École Chu\" }}, issuer = \"{}\", client_id = \"{}\", secret_env = \"SECRET_OF_TRUONG\" }}]",
        provider.origin, CLIENT.0
    );
    portal(vec![
        ("KHUE_PEOPLE_PROVIDERS", list),
        ("SECRET_OF_TRUONG", CLIENT.1.to_owned()),
    ])
}

async fn has_no_barriers(visitor: &Visitor, scripts: Scripts) {
    if let (Scripts::On, Some(axe)) = (scripts, axe()) {
        let found = visitor.barriers(&axe).await;
        assert!(found.is_empty(), "{found:#?}");
    }
}

/// Signs in by the form, whatever comes of it.
async fn sign_in(visitor: &Visitor, email: &str, passphrase: &str) {
    visitor.fill("#email", email).await;
    visitor.fill("#passphrase", passphrase).await;
    visitor.click(BUTTON).await;
}

/// Sends a form whose answer stands at the same address, and waits for its words.
async fn send(visitor: &Visitor, words: &str) {
    visitor.click(BUTTON).await;
    visitor
        .until(words, async || visitor.text("main").await.contains(words))
        .await;
    visitor.settle().await;
}

async fn a_passphrase_is_forgotten(scripts: Scripts) {
    let post = PostOffice::open();
    let Some(visitor) = Visitor::come_to(scripts, || with_mail(&post)).await else {
        return;
    };
    let shared = visitor.portal.clone();
    let registered = move || Person::registered(&shared, "forgot-hoa").email;
    let email = tokio::task::spawn_blocking(registered).await.unwrap();
    let letter = |after: usize| tokio::task::block_in_place(|| post.wait(&email, after));
    letter(0);
    visitor.go("/sign-in").await;
    visitor.follow(".entrance a[href='/forgot']").await;
    has_no_barriers(&visitor, scripts).await;
    visitor.fill("#email", &email).await;
    send(&visitor, "đang được gửi").await;

    let way = letter(1).way(&visitor.portal.origin, "/reset");
    visitor.go(&way).await;
    has_no_barriers(&visitor, scripts).await;
    visitor.fill("#passphrase", OTHER).await;
    visitor.follow(BUTTON).await;
    assert_eq!(visitor.address().await, "/sign-in?reset=1");
    assert_eq!(visitor.count(".notice--success").await, 1);

    // The one before is no longer known, the new one is.
    sign_in(&visitor, &email, PASSPHRASE).await;
    visitor
        .until("it is refused", async || {
            visitor.count(".notice--danger").await == 1
        })
        .await;
    sign_in(&visitor, &email, OTHER).await;
    visitor
        .until("somebody is signed in", async || {
            visitor.address().await == "/account"
        })
        .await;
    assert_eq!(visitor.text("main h1").await, "forgot-hoa");

    // The link works once.
    visitor.go(&way).await;
    assert_eq!(visitor.count("input[name=passphrase]").await, 0);
    // The refusals' statuses are errors to the browser's console.
    visitor.leave_whatever_was_said().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_passphrase_with_scripts() {
    a_passphrase_is_forgotten(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_passphrase_without_scripts() {
    a_passphrase_is_forgotten(Scripts::Off).await;
}

async fn somebody_comes_by_a_provider(scripts: Scripts) {
    let provider = Provider::start();
    let Some(visitor) = Visitor::come_to(scripts, || with_provider(&provider)).await else {
        return;
    };
    provider.play(Play::of("hoa").at("hoa@truong.edu.vn"));
    // What one was on the way to is reached at the end.
    visitor.go("/submissions").await;
    assert!(visitor.address().await.starts_with("/sign-in?next="));
    has_no_barriers(&visitor, scripts).await;
    let link = "a[href*='/sign-in/with/truong']";
    assert!(visitor.text(link).await.contains("Trường Chu"));
    visitor.follow(link).await;
    visitor
        .until("the way led back", async || {
            visitor.address().await == "/submissions"
        })
        .await;
    visitor.go("/account").await;
    assert_eq!(visitor.text("main h1").await, "Người hoa");
    assert!(visitor.text("main").await.contains("hoa@truong.edu.vn"));

    // An address that has an account needs that account's passphrase once.
    visitor.client.delete_all_cookies().await.unwrap();
    let shared = visitor.portal.clone();
    let registered = move || Person::registered(&shared, "comes-lan").email;
    let email = tokio::task::spawn_blocking(registered).await.unwrap();
    provider.play(Play::of("lan").at(&email));
    visitor.go("/sign-in").await;
    visitor.follow(link).await;
    visitor
        .until("the passphrase is asked for", async || {
            visitor.address().await == "/sign-in/link"
        })
        .await;
    visitor.settle().await;
    has_no_barriers(&visitor, scripts).await;
    visitor.fill("input[name=passphrase]", PASSPHRASE).await;
    visitor.follow(BUTTON).await;
    assert_eq!(visitor.address().await, "/account");
    assert_eq!(visitor.text("main h1").await, "comes-lan");
    visitor.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_by_a_provider_with_scripts() {
    somebody_comes_by_a_provider(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_by_a_provider_without_scripts() {
    somebody_comes_by_a_provider(Scripts::Off).await;
}
