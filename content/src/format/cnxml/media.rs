//! Pictures and interactive pieces of a module.

use super::html::Writer;
use super::xml::Element;
use crate::MediaObject;

/// Writes a `<media>`: its pictures, or links to what is not shown here.
pub(super) fn write(writer: &mut Writer, media: &Element) {
    let alt = media.attribute("alt").unwrap_or_default();
    let mut shown = 0;
    for part in media.elements() {
        let Some(src) = part.attribute("src").filter(|_| !is_for_print(part)) else {
            continue;
        };
        shown += 1;
        match part.name.as_str() {
            "image" => image(writer, part, src, alt, media.attribute("id")),
            _ => link(writer, src, alt),
        }
    }
    if shown == 0 {
        writer.raw("<span class=\"missing-file\">");
        writer.text(alt);
        writer.raw("</span>");
    }
    writer.children(&Element {
        children: rest(media),
        ..Element::default()
    });
}

/// Text within a media element, which has no place of its own.
fn rest(media: &Element) -> Vec<super::xml::Node> {
    let text = media.text();
    let text = Some(text).filter(|text| !text.is_empty());
    text.map(super::xml::Node::Text).into_iter().collect()
}

fn is_for_print(part: &Element) -> bool {
    matches!(part.attribute("for"), Some("pdf" | "print"))
}

fn image(writer: &mut Writer, part: &Element, src: &str, alt: &str, id: Option<&str>) {
    let name = name(src);
    keep(writer, name, alt, part.attribute("mime-type"));
    writer.raw("<img");
    writer.attribute("src", Some(name));
    writer.attribute("alt", Some(alt));
    writer.attribute("id", id);
    writer.raw(">");
}

/// Frames with other people's programs become links.
fn link(writer: &mut Writer, src: &str, alt: &str) {
    let web = src.starts_with("http://") || src.starts_with("https://");
    let name = name(src);
    writer.raw(if web {
        "<a"
    } else {
        "<span class=\"missing-file\""
    });
    writer.attribute("href", web.then_some(src));
    writer.raw(">");
    let words = if alt.is_empty() { name } else { alt };
    writer.text(&words.replace('_', " "));
    writer.raw(if web { "</a>" } else { "</span>" });
}

fn keep(writer: &mut Writer, name: &str, alt: &str, mime: Option<&str>) {
    if writer.page.media.iter().any(|file| file.name == name) {
        return;
    }
    writer.page.media.push(MediaObject {
        name: name.to_owned(),
        encoding_format: mime.map(|mime| mime.replace("image/jpg", "image/jpeg")),
        description: alt.to_owned(),
        ..MediaObject::default()
    });
}

/// The name of a file as found below `media/`.
fn name(src: &str) -> &str {
    match src.split_once("media/") {
        Some((before, name)) if before.chars().all(|c| c == '.' || c == '/') => name,
        _ => src,
    }
}
