//! Pictures of pages, for people who look at them.

use super::sample::pages;
use super::{Scheme, Scripts, Visitor};

const SHOWN: &[&str] = &[
    "home",
    "search",
    "search-empty",
    "resource-mathematics",
    "resource-table",
    "browse",
    "not-found",
];

#[tokio::test]
async fn pictures_of_pages_are_kept() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    for scheme in Scheme::ALL {
        visitor.prefer(scheme);
        for (name, path) in pages(&visitor.portal)
            .into_iter()
            .filter(|(name, _)| SHOWN.contains(name))
        {
            for (width, height) in [(390, 1600), (1280, 1600)] {
                visitor.set_width(width);
                visitor.go(&path).await;
                let file = visitor
                    .keep_picture(
                        &format!("{name}-{width}-{}", scheme.as_str()),
                        width,
                        height,
                    )
                    .await;
                assert!(
                    std::fs::metadata(&file).unwrap().len() > 5_000,
                    "{} is empty",
                    file.display()
                );
            }
        }
    }
    visitor.leave_whatever_was_said().await;
}
