//! The search form with its texts.

use leptos::prelude::*;

use super::icon::icon_address;
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
    let prefix = reader.language.prefix();
    let hidden = |(name, value)| view! { <input type="hidden" name=name value=value/> };
    view! {
        <form class=class role="search" action=format!("{prefix}/search") autocomplete="off" data-island="search_box"
            data-prefix=prefix data-language=reader.code() data-hint=t.text("suggestions-hint")
            data-kind-query=t.text("suggestion-query") data-kind-name=t.text("suggestion-name")
            data-kind-about=t.text("suggestion-about") data-kind-educationallevel=t.text("suggestion-level")>
            <label class="visually-hidden" for="q">{t.text("search-label")}</label>
            <div class="search-box__field">
                <svg class="icon" aria-hidden="true"><use href=icon_address(reader, "search")/></svg>
                <input class="search-box__input" id="q" name="q" type="search" value=value.to_owned()
                    placeholder=t.text("search-placeholder") maxlength="300" enterkeyhint="search"/>
                <div class="suggestions" id="suggestions" role="listbox" aria-label=t.text("suggestions-hint") hidden=true></div>
            </div>
            {kept.into_iter().map(hidden).collect_view()}
            <button type="submit" class="search-box__submit button button--primary">{t.text("search-button")}</button>
            <span class="visually-hidden" role="status"></span>
        </form>
    }
    .into_any()
}
