//! A page, taken apart.

use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// A parsed page.
pub struct Document {
    html: Html,
}

impl Document {
    /// Reads HTML as browsers do.
    pub fn parse(html: &str) -> Self {
        Self {
            html: Html::parse_document(html),
        }
    }

    /// All elements that a CSS selector finds.
    pub fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(css).unwrap()).collect()
    }

    /// The only element that a CSS selector finds.
    pub fn one(&self, css: &str) -> ElementRef<'_> {
        let found = self.all(css);
        assert_eq!(
            found.len(),
            1,
            "elements for {css:?} in\n{:.2000}",
            self.html.html()
        );
        found[0]
    }

    /// The element's text, spaces evened out.
    pub fn text(&self, css: &str) -> String {
        even(&self.one(css).text().collect::<String>())
    }

    /// An attribute of the only element that a CSS selector finds.
    pub fn attribute(&self, css: &str, name: &str) -> String {
        self.one(css).attr(name).unwrap_or_default().to_owned()
    }

    /// Values of an attribute of all elements that a CSS selector finds.
    pub fn attributes(&self, css: &str, name: &str) -> BTreeSet<String> {
        self.all(css)
            .into_iter()
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// Every text that a reader sees in the body, spaces evened out.
    pub fn texts(&self) -> Vec<String> {
        let hidden = |element: &ElementRef| {
            matches!(element.value().name(), "script" | "style" | "template")
        };
        let mut texts = Vec::new();
        for element in self
            .all("body *")
            .into_iter()
            .filter(|element| !hidden(element))
        {
            let own = element
                .children()
                .filter_map(|child| child.value().as_text().map(|text| even(text)));
            texts.extend(own.filter(|text| !text.is_empty()));
        }
        texts
    }

    /// Whether an element has this id.
    pub fn has_id(&self, id: &str) -> bool {
        self.all("[id]")
            .into_iter()
            .any(|element| element.attr("id") == Some(id))
    }

    /// The root of the tree.
    pub fn root(&self) -> ElementRef<'_> {
        self.html.root_element()
    }
}

/// Text with every run of spaces as one.
pub fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
