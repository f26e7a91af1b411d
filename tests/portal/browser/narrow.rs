//! Every page fits into a narrow window.

use super::sample::pages;
use super::{Scripts, Visitor};

#[tokio::test]
async fn nothing_scrolls_sideways_at_320_pixels() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.set_width(320);
    let mut wide = Vec::new();
    for prefix in ["", "/en"] {
        for (name, path) in pages(&visitor.portal)
            .into_iter()
            .filter(|(_, path)| !path.starts_with("/fr"))
        {
            visitor.go(&format!("{prefix}{path}")).await;
            let overflow = visitor.overflow().await;
            if overflow > 0 {
                let culprits = visitor.script(WIDEST).await;
                wide.push(format!("{prefix} {name}: {overflow} px: {culprits}"));
            }
        }
    }
    assert!(wide.is_empty(), "{wide:#?}");
    visitor.leave_whatever_was_said().await;
}

/// The elements that stick out, without those inside something that scrolls by itself.
const WIDEST: &str = "
    const wide = document.documentElement.clientWidth + 1;
    const scrolls = e => e && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
    return [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > wide && !scrolls(e.parentElement))
        .slice(0, 5).map(e => e.tagName + '.' + (e.getAttribute('class') ?? '') + ' ' + Math.round(e.getBoundingClientRect().right))";
