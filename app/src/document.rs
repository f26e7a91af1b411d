//! The document around a page: head, header, footer, scripts.

use axum::body::Body;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

use crate::Language;
use crate::components::frame;
use crate::reader::Reader;
use crate::services::{FirstStyle, SiteFiles};

/// What a page may show in frames; the server's policy for the page says so, and forbids all else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Frames {
    /// Nothing.
    #[default]
    None,
    /// Files of the portal itself.
    Own,
    /// What another origin sends.
    Of(String),
}

/// What stands in the head of a page.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Title, without the portal's name.
    pub title: String,
    /// One or two sentences for search engines and previews.
    pub description: String,
    /// The part of the canonical address after `?`.
    pub query: String,
    /// Whether search engines should leave the page out.
    pub hidden: bool,
    /// Address of the page before, without the language's prefix.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// JSON-LD.
    pub data: Option<String>,
    /// A picture for previews.
    pub image: Option<String>,
    /// Whether the page is about one work.
    pub article: bool,
    /// What it may show in frames.
    pub frames: Frames,
    /// Whether it is where people arrive, so that its style stands in it for those who come from outside.
    pub arrived_at: bool,
}

impl Head {
    /// A head with a title and a description.
    pub fn new(title: impl Into<String>, description: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: description.into(),
            ..Self::default()
        }
    }
}

/// SHA-256 in base 64 of the style that stands in a page; the server's policy for the page allows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleHash(pub String);

/// Renders a page, whole.
pub fn page(
    reader: &Reader,
    status: StatusCode,
    head: &Head,
    view: impl FnOnce() -> AnyView,
) -> Response {
    let files = reader.services.files.now();
    let first = files.first_style.as_deref();
    let first = first.filter(|_| head.arrived_at && reader.from_outside);
    let mut response = Response::new(Body::from(html(reader, head, &files, first, view)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(reader.code()));
    let vary = match (reader.path.as_str(), head.arrived_at) {
        ("/", _) => "cookie, save-data, accept-language",
        (_, true) => "cookie, save-data, sec-fetch-site",
        _ => "cookie, save-data",
    };
    headers.insert(VARY, HeaderValue::from_static(vary));
    if head.frames != Frames::None {
        response.extensions_mut().insert(head.frames.clone());
    }
    if let Some(first) = first {
        let hash = StyleHash(first.sha256.clone());
        response.extensions_mut().insert(hash);
    }
    response
}

fn html(
    reader: &Reader,
    head: &Head,
    files: &SiteFiles,
    first: Option<&FirstStyle>,
    view: impl FnOnce() -> AnyView,
) -> String {
    // Nothing outside the islands is hydrated, so nothing else needs marks.
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let body = owner.with(|| frame(reader, view()).to_html());
    let mut out = String::with_capacity(body.len() + 4096);
    open_document(&mut out, reader);
    write_head(&mut out, reader, head);
    let style = files.style.as_deref();
    match first {
        Some(first) => out.push_str(&format!("<style>{}</style>", first.text)),
        None => write_style(&mut out, style),
    }
    write_files(&mut out, reader, files);
    out.push_str("</head><body>");
    out.push_str(&body);
    // Here it keeps nothing above it from being shown.
    write_style(&mut out, style.filter(|_| first.is_some()));
    out.push_str("</body></html>");
    out
}

fn open_document(out: &mut String, reader: &Reader) {
    out.push_str("<!DOCTYPE html><html lang=\"");
    out.push_str(reader.code());
    out.push_str("\" dir=\"ltr\"");
    if let Some(theme) = reader.theme {
        out.push_str(&format!(" data-theme=\"{theme}\""));
    }
    if reader.saves_data {
        // The style takes the fonts of the machine then.
        out.push_str(" data-saving");
    }
    out.push_str("><head><meta charset=\"utf-8\">");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.push_str("<meta name=\"color-scheme\" content=\"light dark\">");
}

fn write_head(out: &mut String, reader: &Reader, head: &Head) {
    let site = reader.texts().text("site-name");
    let title = match head.title.as_str() {
        "" => site.to_owned(),
        title => format!("{title} – {site}"),
    };
    out.push_str(&format!("<title>{}</title>", escape(&title)));
    meta(out, "name", "description", &head.description);
    if head.hidden {
        meta(out, "name", "robots", "noindex, follow");
    }
    write_addresses(out, reader, head);
    write_preview(out, reader, head, &title);
    if let Some(data) = &head.data {
        // Inside a script only `<` could end it.
        let data = data.replace('<', "\\u003c");
        out.push_str(&format!(
            "<script type=\"application/ld+json\">{data}</script>"
        ));
    }
}

/// The page's own address, and the same page in the other languages.
fn write_addresses(out: &mut String, reader: &Reader, head: &Head) {
    let query = if head.query.is_empty() {
        String::new()
    } else {
        format!("?{}", head.query)
    };
    let path = format!("{}{query}", reader.path);
    let own = |language: Language| reader.absolute(&language.link(&path));
    link(out, "rel=\"canonical\"", &own(reader.language));
    for language in Language::ALL {
        link(
            out,
            &format!("rel=\"alternate\" hreflang=\"{}\"", language.code()),
            &own(language),
        );
    }
    link(
        out,
        "rel=\"alternate\" hreflang=\"x-default\"",
        &own(Language::Vi),
    );
    for (rel, target) in [("prev", &head.previous), ("next", &head.next)] {
        if let Some(target) = target {
            link(
                out,
                &format!("rel=\"{rel}\""),
                &reader.absolute(&reader.link(target)),
            );
        }
    }
}

fn write_preview(out: &mut String, reader: &Reader, head: &Head, title: &str) {
    let kind = if head.article { "article" } else { "website" };
    meta(out, "property", "og:type", kind);
    meta(out, "property", "og:title", title);
    meta(out, "property", "og:description", &head.description);
    meta(out, "property", "og:locale", reader.language.locale());
    meta(
        out,
        "property",
        "og:site_name",
        reader.texts().text("site-name"),
    );
    meta(
        out,
        "property",
        "og:url",
        &reader.absolute(&reader.link(&reader.path)),
    );
    if let Some(image) = &head.image {
        meta(out, "property", "og:image", image);
    }
}

fn write_style(out: &mut String, style: Option<&str>) {
    if let Some(style) = style {
        link(out, "rel=\"stylesheet\"", style);
    }
}

fn write_files(out: &mut String, reader: &Reader, files: &SiteFiles) {
    for font in files.fonts.iter().filter(|_| !reader.saves_data) {
        link(
            out,
            "rel=\"preload\" as=\"font\" type=\"font/woff2\" crossorigin",
            font,
        );
    }
    if let Some(icon) = &files.icon {
        link(out, "rel=\"icon\" type=\"image/svg+xml\"", icon);
    }
    if let Some(script) = &files.script {
        // The module wakes the islands by itself: no page has a script of its own text.
        out.push_str(&format!(
            "<script type=\"module\" src=\"{}\"></script>",
            escape(script)
        ));
    }
}

fn link(out: &mut String, attributes: &str, target: &str) {
    out.push_str(&format!("<link {attributes} href=\"{}\">", escape(target)));
}

fn meta(out: &mut String, kind: &str, name: &str, content: &str) {
    if !content.is_empty() {
        out.push_str(&format!(
            "<meta {kind}=\"{name}\" content=\"{}\">",
            escape(content)
        ));
    }
}

/// Text as it may stand between tags and in attributes.
fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
