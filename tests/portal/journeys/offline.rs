//! Reading without a network: what was read is there, and nothing else is kept.

use crate::browser::{Scripts, Visitor};
use crate::harness::{Line, Setup, TestPortal, site};
use std::path::Path;
use std::sync::Arc;

const LESSON: &str = "/resources/vat-li-10-dinh-luat-ii-newton";
const PATH: &str = "/paths/tu-cap-so-den-chuyen-dong";

/// A reader whose way to the portal is a line that can be cut.
pub(super) struct Learner {
    pub visitor: Visitor,
    pub line: Line,
}

impl Learner {
    async fn come() -> Option<Self> {
        Self::come_to(TestPortal::shared).await
    }

    pub async fn come_to(portal: impl FnOnce() -> Arc<TestPortal>) -> Option<Self> {
        let visitor = Visitor::come_to(Scripts::On, portal).await?;
        let line = Line::to(&visitor.portal.origin);
        Some(Self { visitor, line })
    }

    /// Goes to an address; a page that cannot be had is what the browser shows then.
    pub async fn go(&self, path: &str) {
        let address = format!("{}{path}", self.line.origin);
        let _ = self.visitor.client.goto(&address).await;
        self.visitor.settle().await;
    }

    /// Paths of the pages that are kept.
    async fn kept(&self) -> Vec<String> {
        let kept = self
            .visitor
            .script(
                "return caches.open('khue-pages').then((pages) => pages.keys()).then((all) => \
                 all.map((one) => one.url.slice(location.origin.length)))",
            )
            .await;
        let kept = kept.as_array().unwrap().iter();
        kept.map(|path| path.as_str().unwrap().to_owned()).collect()
    }

    /// Opens a page and waits until it is kept.
    async fn read(&self, path: &str) {
        self.go(path).await;
        self.visitor
            .until("the page is kept", async || {
                self.kept().await.iter().any(|kept| kept == path)
            })
            .await;
    }

    pub async fn is_offline(&self) -> bool {
        self.visitor
            .script("return 'offline' in document.documentElement.dataset")
            .await
            == true
    }
}

#[tokio::test]
async fn what_was_read_opens_without_a_network_and_says_so() {
    let Some(learner) = Learner::come().await else {
        return;
    };
    let visitor = &learner.visitor;
    learner.read(LESSON).await;
    assert!(!learner.is_offline().await);
    assert!(
        !visitor
            .element(".offline-notice")
            .await
            .is_displayed()
            .await
            .unwrap()
    );
    learner.read(PATH).await;
    learner.line.cut();

    learner.go(LESSON).await;
    assert!(visitor.text("h1").await.contains("Newton"));
    assert!(visitor.count("math").await > 3, "formulas");
    assert!(
        visitor
            .text(".offline-notice")
            .await
            .contains("Không có mạng")
    );
    assert!(
        visitor
            .element(".offline-notice")
            .await
            .is_displayed()
            .await
            .unwrap()
    );
    let style = visitor
        .script("return getComputedStyle(document.body).fontFamily")
        .await;
    assert!(style.to_string().contains("Be Vietnam"), "{style}");

    // The same lesson as a step of a path, though it was read by itself.
    learner
        .go(&format!("{LESSON}?path=tu-cap-so-den-chuyen-dong"))
        .await;
    assert!(visitor.text("h1").await.contains("Newton"));

    learner.go("/en/resources/never-read").await;
    assert_eq!(visitor.text("h1").await, "Learn without a network");
    assert!(
        visitor
            .text(".kept-pages__asked")
            .await
            .contains("cannot be opened")
    );
    visitor
        .until("kept pages are listed", async || {
            visitor.count(".kept-pages a").await == 2
        })
        .await;
    assert!(visitor.text(".kept-pages").await.contains("Newton"));

    learner.line.mend();
    learner.go("/about").await;
    assert!(!learner.is_offline().await);
    learner.go("/offline").await;
    visitor.click("#kept-forget").await;
    visitor
        .until("they are forgotten", async || {
            learner.kept().await.is_empty()
        })
        .await;
    learner.visitor.leave_whatever_was_said().await;
}

#[tokio::test]
async fn only_public_pages_are_kept_and_signing_out_forgets_them() {
    let Some(learner) = Learner::come().await else {
        return;
    };
    let visitor = &learner.visitor;
    learner.read("/about").await;
    for path in [
        "/search?q=newton",
        "/sign-in",
        "/register",
        "/account",
        "/submissions",
        "/desk",
        "/guidance",
        &format!("{LESSON}/guidance"),
        &format!("{LESSON}/exercises/1"),
        "/nothing-here",
    ] {
        learner.go(path).await;
    }
    visitor
        .script("document.cookie = 'khue-session=abc; path=/'")
        .await;
    learner.go("/help").await;
    // The next page is kept, so the one before has been decided about.
    visitor
        .script("document.cookie = 'khue-session=; path=/; max-age=0'")
        .await;
    learner.read("/privacy").await;
    assert_eq!(learner.kept().await, ["/about", "/privacy"]);

    visitor
        .script("const form = document.createElement('form'); form.method = 'post'; form.action = '/sign-out'; \
                 document.body.append(form); form.submit()")
        .await;
    // The page that one is sent to is public again, and may be kept.
    visitor
        .until("what was read before is forgotten", async || {
            let kept = learner.kept().await;
            !kept
                .iter()
                .any(|path| path == "/about" || path == "/privacy")
        })
        .await;
    learner.visitor.leave_whatever_was_said().await;
}

#[tokio::test]
async fn a_new_build_takes_over_and_what_was_kept_stays_readable() {
    let Some(built) = site() else {
        return println!("skipped: the site is not built; build it with `cargo site`");
    };
    let folder = tempfile::tempdir().unwrap();
    copy(&built, folder.path());
    let named = folder.path().to_str().unwrap().to_owned();
    let portal = || {
        Arc::new(TestPortal::start(Setup {
            variables: vec![("KHUE_SITE", named.clone())],
            ..Setup::default()
        }))
    };
    let Some(visitor) = Visitor::come_to(Scripts::On, portal).await else {
        return;
    };
    let line = Line::to(&visitor.portal.origin);
    let learner = Learner { visitor, line };
    learner.read("/about").await;
    let script = std::fs::read_to_string(folder.path().join("sw.js")).unwrap();
    let build = script.split("const BUILD = \"").nth(1).unwrap();
    let build = build.split('"').next().unwrap().to_owned();
    for name in ["sw.js", "sw.js.br", "sw.js.gz"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    std::fs::write(
        folder.path().join("sw.js"),
        script.replace(&build, "another"),
    )
    .unwrap();

    learner.go("/help").await;
    learner
        .visitor
        .until("the new worker is there", async || {
            let shells = learner.visitor.script("return caches.keys()").await;
            let active = learner
                .visitor
                .script("return navigator.serviceWorker.getRegistration().then((one) => !one.installing && !one.waiting && !!one.active)")
                .await;
            shells.to_string().contains("khue-shell-another") && active == true
        })
        .await;
    learner.line.cut();
    learner.go("/about").await;
    assert!(learner.is_offline().await);
    assert!(learner.visitor.text("h1").await.contains("Giới thiệu"));
    learner.visitor.leave_whatever_was_said().await;
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
