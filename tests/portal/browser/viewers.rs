//! Files shown in place, in a browser: no barriers, and packages that reach nothing of the portal.

use super::axe::axe;
use super::sample::viewers;
use super::{Scheme, Scripts, Visitor};
use crate::harness::{Setup, TestPortal, material};
use std::sync::Arc;

async fn visitor() -> Option<Visitor> {
    let folder = tempfile::tempdir().unwrap();
    let import = Some(material::folder(folder.path()));
    Visitor::come_to(Scripts::On, || {
        Arc::new(TestPortal::start(Setup {
            import,
            ..Setup::default()
        }))
    })
    .await
}

#[tokio::test]
async fn files_are_shown_without_barriers_and_packages_reach_nothing() {
    let Some(visitor) = visitor().await else {
        return;
    };
    packages_reach_nothing(&visitor).await;
    if let Some(axe) = axe() {
        for (width, scheme) in [
            (390, Scheme::Light),
            (390, Scheme::Dark),
            (1280, Scheme::Light),
            (1280, Scheme::Dark),
        ] {
            visitor.set_width(width);
            visitor.prefer(scheme);
            for (name, path) in viewers(&visitor.portal) {
                visitor.go(&path).await;
                let found = visitor.barriers(&axe).await;
                assert!(
                    found.is_empty(),
                    "{name} {width} px, {scheme:?}: {found:#?}"
                );
                if width == 390 {
                    assert!(
                        visitor.overflow().await <= 0,
                        "{name}: wider than the screen"
                    );
                }
            }
        }
    }
    visitor.leave_whatever_was_said().await;
}

async fn packages_reach_nothing(visitor: &Visitor) {
    let (_, path) = viewers(&visitor.portal)
        .into_iter()
        .find(|(name, _)| name == "goi-thu.zip")
        .unwrap();
    visitor.go(&path).await;
    let frame = visitor.element("iframe").await;
    frame.enter_frame().await.unwrap();
    visitor
        .until("the package has tried", async || {
            visitor.text("#told").await.contains("own=")
        })
        .await;
    visitor
        .until("the portal was tried", async || {
            visitor.text("#told").await.contains("portal=")
        })
        .await;
    let told = visitor.text("#told").await;
    visitor.client.enter_parent_frame().await.unwrap();
    for barred in [
        "parent=barred",
        "top=barred",
        "window=barred",
        "portal=barred",
        "cookie=none",
        "origin=null",
    ] {
        assert!(told.contains(barred), "{barred}: {told}");
    }
    // What it may do: read its own files, remember for as long as it is open, and talk to what it takes for a learning system.
    for allowed in ["own=1", "storage=1", "scorm=truetruepassed"] {
        assert!(told.contains(allowed), "{allowed}: {told}");
    }
    assert!(
        visitor.address().await.contains("/files/"),
        "the page stayed where it was"
    );
}
