//! What is around every page: skip link, header, footer.

use leptos::prelude::*;

use super::icon::{icon, icon_address};
use super::search_box::{Size, search_box};
use crate::Language;
use crate::reader::Reader;

/// The body of the document with a page in it.
pub fn frame(reader: &Reader, page: AnyView) -> AnyView {
    let t = reader.texts();
    view! {
        <a class="skip-link" href="#main">{t.text("skip-to-content")}</a>
        {offline_notice(reader)}
        {header(reader)}
        <main id="main" tabindex="-1">{language_offer(reader)}{page}</main>
        {footer(reader)}
    }
    .into_any()
}

/// Shown where the page carries the mark of a page without a network.
fn offline_notice(reader: &Reader) -> AnyView {
    let t = reader.texts();
    view! {
        <p class="offline-notice" role="status">
            {t.text("offline-notice")} " " <a href=reader.link("/offline")>{t.text("offline-title")}</a>
        </p>
    }
    .into_any()
}

fn header(reader: &Reader) -> AnyView {
    let t = reader.texts();
    let has_own_search = reader.path == "/" || reader.path == "/search";
    view! {
        <header class="site-header">
            <div class="site-header__inner">
                <a class="site-header__brand" href=reader.link("/")>
                    <svg class="logo" aria-hidden="true"><use href=icon_address(reader, "khue")/></svg>
                    {t.text("site-name")}
                </a>
                <nav class="site-header__nav" aria-label=t.text("nav-main")>
                    {nav_link(reader, "/search", "nav-search")}
                    {nav_link(reader, "/browse", "nav-browse")}
                    {nav_link(reader, "/collections", "nav-collections")}
                    {nav_link(reader, "/help", "nav-help")}
                    {reader.services.people.is_some().then(|| nav_link(reader, "/account", "nav-account"))}
                </nav>
                {(!has_own_search).then(|| search_box(reader, Size::Small, "", Vec::new()))}
                <div class="site-header__tools">{theme_switch(reader)}{data_switch(reader)}{language_switch(reader)}</div>
            </div>
        </header>
    }
    .into_any()
}

fn nav_link(reader: &Reader, path: &str, key: &'static str) -> AnyView {
    let current = (reader.path == path).then_some("page");
    view! { <a href=reader.link(path) aria-current=current>{reader.texts().text(key)}</a> }
        .into_any()
}

/// A form that the server answers; with scripts its buttons choose at once.
fn theme_switch(reader: &Reader) -> AnyView {
    let t = reader.texts();
    let current = reader.theme.unwrap_or("auto");
    let choice = |(value, icon, key): (&'static str, &str, &'static str)| {
        let pressed = (value == current).to_string();
        view! {
            <button type="submit" name="theme" value=value aria-pressed=pressed>
                <svg class="icon" aria-hidden="true"><use href=icon_address(reader, icon)/></svg>
                <span class="visually-hidden">{t.text(key)}</span>
            </button>
        }
    };
    let choices = [
        ("light", "sun", "theme-light"),
        ("dark", "moon", "theme-dark"),
        ("auto", "contrast", "theme-auto"),
    ];
    view! {
        <form method="post" action="/theme" data-island="theme_switch">
            <div class="theme-switch" role="group" aria-label=t.text("theme")>{choices.map(choice).into_iter().collect_view()}</div>
        </form>
    }
    .into_any()
}

/// Saves data, or no longer: no pictures until they are asked for, no fonts, fewer results on a page.
fn data_switch(reader: &Reader) -> AnyView {
    let words = reader.texts().text("data-saver");
    let other = if reader.saves_data { "all" } else { "less" };
    let pressed = reader.saves_data.to_string();
    view! {
        <form class="theme-switch data-switch" method="post" action="/preferences">
            <button type="submit" name="data" value=other aria-pressed=pressed title=words>
                <svg class="icon" aria-hidden="true"><use href=icon_address(reader, "saver")/></svg>
                <span class="visually-hidden">{words}</span>
            </button>
        </form>
    }
    .into_any()
}

/// The page that the reader is on, in another language.
fn same_page(reader: &Reader, language: Language) -> String {
    let path = language.link(&reader.path);
    if reader.query.is_empty() {
        path
    } else {
        format!("{path}?{}", reader.query)
    }
}

fn language_switch(reader: &Reader) -> AnyView {
    let entry = |language: Language| {
        let current = (language == reader.language).then_some("true");
        let short = language.code().to_uppercase();
        view! {
            <a href=same_page(reader, language) lang=language.code() hreflang=language.code() aria-current=current>
                <span aria-hidden="true">{short}</span>
                <span class="visually-hidden">{language.own_name()}</span>
            </a>
        }
    };
    view! {
        <nav class="language-switch" aria-label=reader.texts().text("nav-language")>
            {Language::ALL.map(entry).into_iter().collect_view()}
        </nav>
    }
    .into_any()
}

/// A quiet offer in the language that the browser asks for.
fn language_offer(reader: &Reader) -> Option<AnyView> {
    let language = reader.offer?;
    let t = crate::texts::texts(language);
    let view = view! {
        <div class="container">
            <p class="notice notice--info" lang=language.code()>
                {t.text("offer-language")} " "
                <a href=same_page(reader, language) hreflang=language.code()>{t.text("offer-language-link")}</a>
            </p>
        </div>
    };
    Some(view.into_any())
}

fn footer(reader: &Reader) -> AnyView {
    let t = reader.texts();
    let entry =
        |(path, key): (&str, &'static str)| view! { <li>{nav_link(reader, path, key)}</li> };
    let entries = [
        ("/about", "nav-about"),
        ("/help", "nav-help"),
        ("/browse", "nav-browse"),
        ("/paths", "nav-paths"),
        ("/guidance", "guidance-home"),
        ("/offline", "offline-title"),
        ("/accessibility", "nav-accessibility"),
        ("/privacy", "nav-privacy"),
    ];
    view! {
        <footer class="site-footer">
            <div class="site-footer__inner">
                <p class="site-footer__about">{icon(reader, "star")} " " {t.text("footer-about")}</p>
                <nav class="site-footer__nav" aria-label=t.text("nav-footer")>
                    <ul>{entries.map(entry).into_iter().collect_view()}</ul>
                </nav>
            </div>
        </footer>
    }
    .into_any()
}
