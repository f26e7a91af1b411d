//! `/resources/{id}/files/{sha256}`: one file of a resource, shown in place and as text.

mod media;
mod package;
mod text;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use super::error;
use crate::components::{breadcrumb, icon};
use crate::document::{Frames, Head, page};
use crate::reader::{Reader, encode_segment, resource_path};
use crate::services::{ResourceView, ServiceError};
use crate::viewing::{FileView, Package, Reading, Way};

pub use media::{audio, picture, video};
pub use package::barred;

/// The address of a file's page, without the language's prefix.
pub fn viewer_path(resource: &str, file: &FileView) -> String {
    let sha256 = file.file.sha256.as_deref().unwrap_or_default();
    format!(
        "{}/files/{}",
        resource_path(resource),
        encode_segment(sha256)
    )
}

/// What a page shows.
struct Shown {
    resource: ResourceView,
    file: FileView,
    reading: Option<Reading>,
}

/// The page of a file.
pub async fn show(reader: Reader, Path((id, sha256)): Path<(String, String)>) -> Response {
    match load(&reader, &id, &sha256).await {
        Ok(Some(shown)) => render(&reader, &shown),
        Ok(None) => error::not_found(&reader),
        Err(failed) => error::unserved(&reader, &failed),
    }
}

async fn load(reader: &Reader, id: &str, sha256: &str) -> Result<Option<Shown>, ServiceError> {
    let Some(viewing) = &reader.services.viewing else {
        return Ok(None);
    };
    let Some(resource) = reader.services.library.resource(id).await? else {
        return Ok(None);
    };
    let files = viewing.files(&resource.record).await?;
    let own = |file: &FileView| file.file.sha256.as_deref() == Some(sha256);
    let Some(file) = files.into_iter().find(own) else {
        return Ok(None);
    };
    let reading = match file.way {
        Way::Pdf | Way::Text | Way::Package(_) => Some(
            viewing
                .read(&resource.record, &file.file, page_number(&reader.query))
                .await?,
        ),
        _ => None,
    };
    Ok(Some(Shown {
        resource,
        file,
        reading,
    }))
}

/// The page that an address asks for.
fn page_number(query: &str) -> usize {
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    asked.and_then(|page| page.parse().ok()).unwrap_or(1)
}

fn render(reader: &Reader, shown: &Shown) -> Response {
    let record = &shown.resource.record;
    let lang = record
        .in_language
        .first()
        .and_then(|code| reader.foreign(code));
    let (name, file) = (record.name.clone(), shown.file.file.name.clone());
    let values = [
        ("file", file.as_str().into()),
        ("name", name.as_str().into()),
    ];
    let head = Head {
        hidden: true,
        frames: frames(&shown.file),
        ..Head::new(
            format!("{file} – {name}"),
            reader.texts().fill("viewing-description", &values),
        )
    };
    page(reader, StatusCode::OK, &head, || {
        let whole = (resource_path(&record.id), name, lang.clone());
        view! {
            <div class="container viewer-page">
                {breadcrumb(reader, vec![whole], (file.clone(), lang.clone()))}
                <h1><bdi lang=lang.clone()>{file}</bdi></h1>
                {main(reader, shown)}
                {shown.reading.as_ref().map(|reading| text::text(reader, shown.file.way.clone(), reading, lang))}
            </div>
        }
        .into_any()
    })
}

/// What the page may frame: nothing but what it shows.
fn frames(file: &FileView) -> Frames {
    match &file.way {
        Way::Pdf => Frames::Own,
        Way::Package(Package::Runs(parts)) => {
            let first = parts.first().map(|(_, address)| origin(address));
            first.map_or(Frames::None, Frames::Of)
        }
        _ => Frames::None,
    }
}

/// `https://goi.example.vn` of an address there.
fn origin(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("https", address));
    format!("{scheme}://{}", rest.split('/').next().unwrap_or_default())
}

fn main(reader: &Reader, shown: &Shown) -> AnyView {
    let file = &shown.file;
    match &file.way {
        Way::Pdf => pdf(reader, file, None),
        Way::Audio(spoken) => audio(reader, file, spoken),
        Way::Video(spoken) => video(reader, file, spoken),
        Way::Picture(pixels) => picture(reader, file, *pixels),
        Way::Text => view! { <p class="viewer__ways">{download(reader, file)}</p> }.into_any(),
        Way::Package(Package::Runs(parts)) => package::running(reader, file, parts),
        Way::Package(barred) => package::barred(reader, file, barred),
    }
}

/// A PDF in the browser's own viewer, with ways to it for those whose browser has none. `text` is the address of its
/// text, where that is not on the same page.
pub fn pdf(reader: &Reader, file: &FileView, text: Option<String>) -> AnyView {
    let t = reader.texts();
    let name = file.file.name.clone();
    let title = t.fill("viewing-pdf-frame", &[("name", name.as_str().into())]);
    let as_text = text.map(|address| {
        view! { <a class="button" href=address>{icon(reader, "type-text")} {t.text("viewing-as-text")}</a> }
    });
    let frame = view! { <iframe class="viewer__frame viewer__frame--pdf" src=file.address.clone() title=title></iframe> };
    let frame = frame.add_any_attr(custom_attribute("loading", "lazy"));
    view! {
        {frame}
        <p class="viewer__ways">
            <a class="button" href=file.address.clone() type="application/pdf">{icon(reader, "type-file")} {t.text("viewing-open-pdf")}</a>
            {as_text} {download(reader, file)}
        </p>
    }
    .into_any()
}

/// The link that keeps the file.
fn download(reader: &Reader, file: &FileView) -> AnyView {
    view! {
        <a class="button button--quiet" href=file.address.clone() download=file.file.name.clone()>
            {icon(reader, "download")} {reader.texts().text("viewing-download")}
        </a>
    }
    .into_any()
}
