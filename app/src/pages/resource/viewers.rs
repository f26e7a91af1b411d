//! The files of a resource, shown in place.

use leptos::prelude::*;

use super::language_of;
use crate::components::icon;
use crate::pages::viewer::{self, viewer_path};
use crate::reader::Reader;
use crate::services::ResourceView;
use crate::viewing::{FileView, Package, Way};

/// Every file that can be shown, each as it is best shown; nothing where there is none.
pub fn viewers(reader: &Reader, resource: &ResourceView, files: &[FileView]) -> Option<AnyView> {
    if files.is_empty() {
        return None;
    }
    let lang = language_of(reader, resource);
    let entries = files
        .iter()
        .map(|file| entry(reader, resource, file, lang.clone()))
        .collect_view();
    let view = view! {
        <section class="viewers" aria-labelledby="viewers">
            <h2 class="section__title" id="viewers">{reader.texts().text("viewing-title")}</h2>
            {entries}
        </section>
    };
    Some(view.into_any())
}

fn entry(
    reader: &Reader,
    resource: &ResourceView,
    file: &FileView,
    lang: Option<String>,
) -> AnyView {
    let own_page = reader.link(&viewer_path(&resource.record.id, file));
    let t = reader.texts();
    let link = |key: &'static str, picture: &'static str| {
        view! { <p class="viewer__ways"><a class="button" href=own_page.clone()>{icon(reader, picture)} {t.text(key)}</a></p> }.into_any()
    };
    let shown = match &file.way {
        Way::Pdf => viewer::pdf(reader, file, Some(own_page)),
        Way::Audio(spoken) => viewer::audio(reader, file, spoken),
        Way::Video(spoken) => viewer::video(reader, file, spoken),
        Way::Picture(pixels) => viewer::picture(reader, file, *pixels),
        Way::Text => link("viewing-read", "book"),
        Way::Package(Package::Runs(_)) => link("viewing-package-start", "type-app"),
        Way::Package(barred) => viewer::barred(reader, file, barred),
    };
    view! {
        <div class="viewer">
            <h3 class="viewer__name"><bdi lang=lang>{file.file.name.clone()}</bdi></h3>
            {shown}
        </div>
    }
    .into_any()
}
