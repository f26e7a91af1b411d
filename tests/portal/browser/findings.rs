//! No page has barriers that axe-core knows.

use super::axe::axe;
use super::sample::pages;
use super::{Scheme, Scripts, Visitor};

async fn no_barriers(width: u32, scheme: Scheme) {
    let Some(axe) = axe() else { return };
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.set_width(width);
    visitor.prefer(scheme);
    let mut found = Vec::new();
    for (name, path) in pages(&visitor.portal) {
        visitor.go(&path).await;
        found.extend(
            visitor
                .barriers(&axe)
                .await
                .into_iter()
                .map(|line| format!("{name}: {line}")),
        );
    }
    assert!(found.is_empty(), "{width} px, {scheme:?}: {found:#?}");
    visitor.leave_whatever_was_said().await;
}

#[tokio::test]
async fn no_barriers_on_a_telephone() {
    no_barriers(390, Scheme::Light).await;
}

#[tokio::test]
async fn no_barriers_on_a_telephone_in_the_dark() {
    no_barriers(390, Scheme::Dark).await;
}

#[tokio::test]
async fn no_barriers_on_a_desk() {
    no_barriers(1280, Scheme::Light).await;
}

#[tokio::test]
async fn no_barriers_on_a_desk_in_the_dark() {
    no_barriers(1280, Scheme::Dark).await;
}

#[tokio::test]
async fn no_barriers_in_open_suggestions() {
    let Some(axe) = axe() else { return };
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.go("/").await;
    visitor.fill("#q", "phân").await;
    visitor
        .until("suggestions are there", async || {
            visitor.count("#suggestions [role=option]").await > 0
        })
        .await;
    let found = visitor.barriers(&axe).await;
    assert!(found.is_empty(), "{found:#?}");
    visitor.leave().await;
}

#[tokio::test]
async fn no_barriers_in_open_filters_on_a_telephone() {
    let Some(axe) = axe() else { return };
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.set_width(390);
    for scheme in [Scheme::Light, Scheme::Dark] {
        visitor.prefer(scheme);
        visitor.go("/search?educationalLevel=grade-8").await;
        visitor.click("#facets > summary").await;
        visitor
            .script(
                "document.querySelectorAll('#facets details').forEach(group => group.open = true)",
            )
            .await;
        let found = visitor.barriers(&axe).await;
        assert!(found.is_empty(), "{scheme:?}: {found:#?}");
    }
    visitor.leave().await;
}
