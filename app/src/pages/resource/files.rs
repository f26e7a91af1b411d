//! The files of a resource.

use khue_content::MediaObject;
use leptos::prelude::*;

use crate::components::card;
use crate::reader::{Reader, encode_segment, is_web};
use crate::services::ResourceView;
use crate::wording;

/// The files with size and type, each a link.
pub fn files(reader: &Reader, resource: &ResourceView) -> Option<AnyView> {
    let files = &resource.record.encoding;
    if files.is_empty() {
        return None;
    }
    let rows = files.iter().map(|file| row(reader, file)).collect_view();
    let list = view! { <ul class="file-list" id="files">{rows}</ul> };
    Some(card("card", reader.texts().text("files"), list.into_any()))
}

fn row(reader: &Reader, file: &MediaObject) -> AnyView {
    let kept = file.sha256.is_some();
    let name = match address(file) {
        Some(address) => view! {
            <a class="file-list__name" href=address download=kept.then(|| file.name.clone())>{file.name.clone()}</a>
        }
        .into_any(),
        None => view! { <span class="file-list__name">{file.name.clone()}</span> }.into_any(),
    };
    let description =
        (!file.description.is_empty()).then(|| view! { <p>{file.description.clone()}</p> });
    view! { <li>{name} " " <span class="file-list__size">{about(reader, file)}</span>{description}</li> }.into_any()
}

fn address(file: &MediaObject) -> Option<String> {
    match &file.sha256 {
        Some(sha256) => Some(format!(
            "/files/{}/{}",
            encode_segment(sha256),
            encode_segment(&file.name)
        )),
        None => file.content_url.clone().filter(|address| is_web(address)),
    }
}

/// Kind and size: "PDF, 1,2 MB".
fn about(reader: &Reader, file: &MediaObject) -> String {
    let ending = file
        .name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_uppercase());
    let kind = ending
        .filter(|ending| ending.len() <= 5)
        .or_else(|| file.encoding_format.clone());
    let size = file
        .content_size
        .map(|bytes| wording::size(reader.language, bytes));
    kind.into_iter().chain(size).collect::<Vec<_>>().join(", ")
}
