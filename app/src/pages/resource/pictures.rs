//! Pictures of a text for those who save data: a place with description and size, and the picture when it is asked for.

use khue_content::MediaObject;
use khue_content::render::{tag_attribute, tag_length, tag_name};
use leptos::prelude::*;

use crate::components::icon;
use crate::reader::{Reader, encode_segment, resource_path};
use crate::services::ResourceView;
use crate::wording;

/// The text as HTML, with places for its pictures where the reader saves data.
pub fn when_asked(reader: &Reader, resource: &ResourceView, html: String) -> String {
    if reader.shows_pictures() || !html.contains("<img ") {
        return html;
    }
    let all = format!(
        "{}?pictures=all",
        reader.link(&resource_path(&resource.record.id))
    );
    let notice = view! {
        <p class="pictures-waiting" lang=reader.code()>
            {reader.texts().text("data-pictures")} " " <a href=all>{reader.texts().text("data-pictures-all")}</a>
        </p>
    };
    format!(
        "{}{}",
        notice.to_html(),
        with_places(reader, &resource.record.encoding, &html)
    )
}

fn with_places(reader: &Reader, files: &[MediaObject], html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut links = 0usize;
    let mut at = 0;
    while at < html.len() {
        let rest = &html[at..];
        let length = match rest.starts_with('<') {
            true => tag_length(rest),
            false => rest.find('<').unwrap_or(rest.len()),
        };
        let piece = &rest[..length];
        at += length;
        match tag_name(piece) {
            ("a", closes) if piece.starts_with('<') => {
                links = if closes {
                    links.saturating_sub(1)
                } else {
                    links + 1
                };
                out.push_str(piece);
            }
            ("img", _) if piece.starts_with('<') => {
                out.push_str(&place(reader, files, piece, links > 0))
            }
            _ => out.push_str(piece),
        }
    }
    out
}

/// What stands in place of the picture of a tag. Within a link there cannot be another: there its description has to do.
fn place(reader: &Reader, files: &[MediaObject], tag: &str, in_link: bool) -> String {
    let own = |name| unescaped(tag_attribute(tag, name).unwrap_or_default());
    let (address, alternative) = (own("src"), own("alt"));
    if in_link {
        let words = reader
            .texts()
            .fill("data-picture", &[("description", alternative.into())]);
        return view! { <span>{words}</span> }.to_html();
    }
    let pixels = own("width").parse().ok().zip(own("height").parse().ok());
    let of = |file: &&MediaObject| {
        file.sha256
            .as_ref()
            .is_some_and(|hash| address.contains(&encode_segment(hash)))
    };
    let size = files.iter().find(of).and_then(|file| file.content_size);
    waiting_picture(reader, &address, &alternative, pixels, size).to_html()
}

/// The place of a picture: a link to it that says what it shows and how much it weighs. The browser half shows it in place.
pub fn waiting_picture(
    reader: &Reader,
    address: &str,
    alternative: &str,
    pixels: Option<(u32, u32)>,
    size: Option<u64>,
) -> AnyView {
    let t = reader.texts();
    let measures = pixels.map(|(width, height)| format!("{width} × {height}"));
    let weight = size.map(|size| wording::size(reader.language, size));
    let facts: Vec<String> = measures.into_iter().chain(weight).collect();
    let facts = (!facts.is_empty()).then(|| format!(" ({})", facts.join(", ")));
    let words = t.fill("data-picture", &[("description", alternative.into())]);
    view! {
        <a class="picture-waiting" href=address.to_owned() data-island="pictures" data-alt=alternative.to_owned()
            data-width=pixels.map(|(width, _)| width.to_string()) data-height=pixels.map(|(_, height)| height.to_string())>
            {icon(reader, "type-image")} " "
            <span>{words}</span>
            <span class="picture-waiting__way" lang=reader.code()>{t.text("data-picture-load")} {facts}</span>
        </a>
    }
    .into_any()
}

/// The value of an attribute as it is meant.
fn unescaped(value: &str) -> String {
    let value = value.replace("&quot;", "\"").replace("&lt;", "<");
    value.replace("&gt;", ">").replace("&amp;", "&")
}
