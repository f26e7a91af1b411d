//! Pictures: their size and what is said of them. Nothing is decoded.

use super::damaged;
use super::office::{self, Rights};
use super::text::decoded;
use crate::document::Metadata;
use crate::kind::Kind;
use crate::limits::Limit;
use crate::out::{Failure, Out};
use crate::xml::{Node, walk};
use exif::{In, Tag, Value};
use std::io::Cursor;

/// Bytes of a packet of metadata that are read.
const PACKET: usize = 256 * 1024;

pub(super) fn read(bytes: &[u8], kind: Kind, out: &mut Out<'_>) -> Result<(), Failure> {
    let size = imagesize::blob_size(bytes).map_err(|error| damaged(kind, error.to_string()))?;
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let pixels = (side(size.width), side(size.height));
    out.metadata(Metadata {
        pixels: Some(pixels),
        ..Metadata::default()
    });
    if u64::from(pixels.0) * u64::from(pixels.1) > out.limits.pixels {
        return Err(Failure::Limit(Limit::Pixels));
    }
    if let Some(packet) = packet(bytes) {
        let Rights {
            metadata,
            statements,
        } = office::xmp(&packet);
        out.metadata(metadata);
        statements
            .iter()
            .for_each(|statement| out.rights(statement));
    }
    camera(bytes, out);
    if kind == Kind::Png {
        png_texts(bytes, out);
    }
    Ok(())
}

/// The packet of XMP that pictures of all kinds carry as plain text.
fn packet(bytes: &[u8]) -> Option<String> {
    let find = |what: &[u8], from: usize| {
        let found = bytes
            .get(from..)?
            .windows(what.len())
            .position(|window| window == what);
        found.map(|at| at + from)
    };
    let start = find(b"<x:xmpmeta", 0).or_else(|| find(b"<rdf:RDF", 0))?;
    let end = find(b"</rdf:RDF>", start)?;
    (end - start < PACKET).then(|| String::from_utf8_lossy(&bytes[start..end]).into_owned())
}

/// What cameras and people write into Exif.
fn camera(bytes: &[u8], out: &mut Out<'_>) {
    let Ok(found) = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)) else {
        return;
    };
    let text = |tag| match &found.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(lines) => {
            let line = lines
                .first()
                .map(|line| String::from_utf8_lossy(line).trim().to_owned());
            line.filter(|line| !line.is_empty())
        }
        _ => None,
    };
    out.metadata(Metadata {
        description: text(Tag::ImageDescription),
        authors: text(Tag::Artist).into_iter().collect(),
        ..Metadata::default()
    });
    if let Some(rights) = text(Tag::Copyright) {
        out.rights(&rights);
    }
}

/// Texts with keywords in a PNG.
fn png_texts(bytes: &[u8], out: &mut Out<'_>) {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(data) = after.get(..length) else {
            return;
        };
        if matches!(&head[4..], b"tEXt" | b"iTXt") && length < PACKET {
            png_text(data, &head[4..] == b"iTXt", out);
        }
        rest = after.get(length + 4..).unwrap_or_default();
    }
}

fn png_text(data: &[u8], international: bool, out: &mut Out<'_>) {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let (Some(key), Some(value)) = (parts.next(), parts.next()) else {
        return;
    };
    let value = match international {
        // Flags of compression, then language and translated keyword, each ended by a zero.
        true if value.first() == Some(&0) => {
            let text = value
                .get(2..)
                .unwrap_or_default()
                .splitn(3, |byte| *byte == 0)
                .nth(2);
            String::from_utf8_lossy(text.unwrap_or_default()).into_owned()
        }
        true => return,
        false => encoding_rs::WINDOWS_1252.decode(value).0.into_owned(),
    };
    let mut metadata = Metadata::default();
    match key {
        b"Title" => metadata.title = Some(value),
        b"Author" => metadata.authors.push(value),
        b"Description" => metadata.description = Some(value),
        b"Copyright" => return out.rights(&value),
        _ => return,
    }
    out.metadata(metadata);
}

/// Drawings say what they are, and have words in them.
pub(super) fn svg(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let source = decoded(bytes, out);
    let mut metadata = Metadata::default();
    let mut text = String::new();
    let mut open: Vec<String> = Vec::new();
    let walked = walk(&source, &mut |node| {
        match node {
            Node::Start(tag) if open.len() < 200 => open.push(tag.name.to_owned()),
            Node::Start(_) => {}
            Node::End(name) => {
                while open.pop().is_some_and(|last| last != name) {}
                text.push_str(if matches!(name, "text" | "tspan") {
                    "\n"
                } else {
                    ""
                });
            }
            Node::Text(part) => {
                let within = |name: &str| open.iter().any(|own| own == name);
                match open.last().map(String::as_str) {
                    Some("title") if !within("metadata") => {
                        metadata.title.get_or_insert_default().push_str(part)
                    }
                    Some("desc") => metadata.description.get_or_insert_default().push_str(part),
                    _ if within("text") => text.push_str(part),
                    _ => {}
                }
            }
        }
        Ok(())
    })?;
    out.metadata(metadata);
    let Rights {
        metadata,
        statements,
    } = office::xmp(&source);
    out.metadata(Metadata {
        title: metadata.title,
        authors: metadata.authors,
        ..Metadata::default()
    });
    statements
        .iter()
        .for_each(|statement| out.rights(statement));
    out.page(None, text)?;
    match walked.broken {
        Some(detail) => Err(damaged(Kind::Svg, detail)),
        None => Ok(()),
    }
}
