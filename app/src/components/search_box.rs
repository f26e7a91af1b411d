//! The search form with its texts.

use leptos::prelude::*;

use super::icon::icon_address;
use crate::islands::SearchBox;
use crate::reader::Reader;

/// Where the form stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// In the header.
    Small,
    /// Above results.
    Normal,
    /// On the home page.
    Large,
}

/// A search form with these words in it, and filters that are kept.
pub fn search_box(
    reader: &Reader,
    size: Size,
    value: &str,
    kept: Vec<(String, String)>,
) -> AnyView {
    let t = reader.texts();
    let class = match size {
        Size::Small => "search-box search-box--small",
        Size::Normal => "search-box",
        Size::Large => "search-box search-box--large",
    };
    let kinds = [
        ("query", "suggestion-query"),
        ("name", "suggestion-name"),
        ("about", "suggestion-about"),
        ("educationalLevel", "suggestion-level"),
    ];
    let kinds = kinds
        .map(|(kind, key)| (kind.to_owned(), t.text(key).to_owned()))
        .into();
    view! {
        <SearchBox prefix=reader.language.prefix().to_owned() language=reader.code().to_owned()
            value=value.to_owned() kept=kept class=class.to_owned() icon=icon_address(reader, "search")
            label=t.text("search-label").to_owned() placeholder=t.text("search-placeholder").to_owned()
            button=t.text("search-button").to_owned() hint=t.text("suggestions-hint").to_owned() kinds=kinds/>
    }
    .into_any()
}
