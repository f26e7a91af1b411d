//! What a reader does and sees on a page.

use super::Visitor;
use fantoccini::Locator;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::key::Key;

impl Visitor {
    /// The first element that a CSS selector finds.
    pub async fn element(&self, css: &str) -> Element {
        let found = self.client.find(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {css:?} at {}: {error}", self.address().await),
        }
    }

    /// How many elements a CSS selector finds.
    pub async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.unwrap().len()
    }

    /// Text of the first element that a CSS selector finds.
    pub async fn text(&self, css: &str) -> String {
        loop {
            match self.element(css).await.text().await {
                Ok(text) => return text,
                // The page has changed between finding and reading.
                Err(error) if error.is_stale_element_reference() => {}
                Err(error) => panic!("no text of {css:?} at {}: {error}", self.address().await),
            }
        }
    }

    /// Clicks on the first element that a CSS selector finds.
    pub async fn click(&self, css: &str) {
        let element = self.element(css).await;
        if element.click().await.is_err() {
            // The driver takes what is in a closed group for hidden even where the style shows it.
            self.point_and_click(css, element).await;
        }
    }

    async fn point_and_click(&self, css: &str, element: Element) {
        let (duration, (x, y)) = (None, (0.0, 0.0));
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveToElement {
                element,
                duration,
                x,
                y,
            })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        if let Err(error) = self.client.perform_actions(mouse).await {
            panic!("cannot click {css:?} at {}: {error}", self.address().await);
        }
    }

    /// Follows a link or sends a form, and waits until the address has changed.
    pub async fn follow(&self, css: &str) {
        let before = self.address().await;
        self.click(css).await;
        self.until("the address changes", async || {
            self.address().await != before
        })
        .await;
        self.settle().await;
    }

    /// Goes back, and waits until the address has changed.
    pub async fn back(&self) {
        let before = self.address().await;
        self.client.back().await.unwrap();
        self.until("the address before is back", async || {
            self.address().await != before
        })
        .await;
        self.settle().await;
    }

    /// Types into a field that is emptied first.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.element(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) {
        let focused = self.client.active_element().await.unwrap();
        focused
            .send_keys(&char::from(key).to_string())
            .await
            .unwrap();
    }

    /// Path and query of the page.
    pub async fn address(&self) -> String {
        let url = self.client.current_url().await.unwrap();
        let query = url
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        format!("{}{query}", url.path())
    }
}
