//! A collection as a file: JSON-LD for programs, CSV for sheets, OpenDocument for people who print.

use crate::address::path_segment;
use khue_app::collections::{CollectionFile, CollectionView, Item};
use khue_app::services::ServiceError;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The file of this form; nothing where there is no such form.
pub(super) fn written(
    view: &CollectionView,
    form: &str,
    origin: &str,
) -> Result<Option<CollectionFile>, ServiceError> {
    let failed = |error: &dyn std::fmt::Display| ServiceError::Failed(error.to_string());
    let (media_type, content) = match form {
        "json" => (
            "application/ld+json",
            serde_json::to_vec_pretty(&json_ld(view, origin)).map_err(|e| failed(&e))?,
        ),
        "csv" => (
            "text/csv; charset=utf-8",
            csv(view, origin).map_err(|e| failed(&e))?,
        ),
        "odt" => (
            "application/vnd.oasis.opendocument.text",
            odt(view, origin).map_err(|e| failed(&e))?,
        ),
        _ => return Ok(None),
    };
    let ending = if form == "json" { "jsonld" } else { form };
    let name = format!("bo-suu-tap-{}.{ending}", view.summary.id);
    Ok(Some(CollectionFile {
        name,
        media_type,
        content,
    }))
}

fn address(origin: &str, item: &Item) -> String {
    format!("{origin}/resources/{}", path_segment(&item.resource))
}

/// `Collection` of schema.org, its parts in order, each with what is said of it.
fn json_ld(view: &CollectionView, origin: &str) -> Value {
    let one = &view.summary;
    let part = |(at, item): (usize, &Item)| {
        let mut part = json!({
            "@type": "ListItem",
            "position": at + 1,
            "item": { "@id": address(origin, item), "@type": "LearningResource", "name": item.name },
        });
        if !item.in_language.is_empty() {
            part["item"]["inLanguage"] = json!(item.in_language);
        }
        if !item.note.is_empty() {
            part["description"] = json!(item.note);
        }
        part
    };
    let mut out = json!({
        "@context": "https://schema.org",
        "@id": format!("{origin}/collections/{}", one.id),
        "@type": ["Collection", "ItemList"],
        "name": one.name,
        "dateModified": one.changed_at,
        "numberOfItems": view.items.len(),
        "itemListElement": view.items.iter().enumerate().map(part).collect::<Vec<_>>(),
    });
    if !one.description.is_empty() {
        out["description"] = json!(one.description);
    }
    if !one.maker.is_empty() {
        out["creator"] = json!({ "@type": "Person", "name": one.maker });
    }
    out
}

/// A line for each resource. A cell that a sheet would take for a formula begins with an apostrophe.
fn csv(view: &CollectionView, origin: &str) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    writer.write_record(["position", "name", "inLanguage", "url", "description"])?;
    let plain = |text: &str| match text.starts_with(['=', '+', '-', '@', '\t']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    for (at, item) in view.items.iter().enumerate() {
        let position = (at + 1).to_string();
        writer.write_record([
            position,
            plain(&item.name),
            item.in_language.clone(),
            address(origin, item),
            plain(&item.note),
        ])?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
const OPEN: &str = r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>"#;
const CLOSE: &str = "</office:text></office:body></office:document-content>";

/// A text document: the name as a heading, the resources as a list with links.
fn odt(view: &CollectionView, origin: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Programs tell the kind by the first file, which is not packed.
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut file = |name: &str, options: SimpleFileOptions, content: &str| {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
        Ok::<(), zip::result::ZipError>(())
    };
    file(
        "mimetype",
        stored,
        "application/vnd.oasis.opendocument.text",
    )?;
    file(
        "META-INF/manifest.xml",
        SimpleFileOptions::default(),
        MANIFEST,
    )?;
    file(
        "content.xml",
        SimpleFileOptions::default(),
        &content(view, origin),
    )?;
    Ok(zip.finish()?.into_inner())
}

fn content(view: &CollectionView, origin: &str) -> String {
    let one = &view.summary;
    let mut out = OPEN.to_owned();
    out.push_str(&format!(
        "<text:h text:outline-level=\"1\">{}</text:h>",
        escaped(&one.name)
    ));
    for line in one
        .description
        .lines()
        .chain([one.maker.as_str()])
        .filter(|line| !line.is_empty())
    {
        out.push_str(&format!("<text:p>{}</text:p>", escaped(line)));
    }
    out.push_str("<text:list>");
    for item in &view.items {
        let (link, name) = (escaped(&address(origin, item)), escaped(&item.name));
        out.push_str(&format!("<text:list-item><text:p><text:a xlink:type=\"simple\" xlink:href=\"{link}\">{name}</text:a></text:p>"));
        for line in item.note.lines().filter(|line| !line.is_empty()) {
            out.push_str(&format!("<text:p>{}</text:p>", escaped(line)));
        }
        out.push_str("</text:list-item>");
    }
    out.push_str("</text:list>");
    out.push_str(CLOSE);
    out
}

fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;")
        .chars()
        .filter(|c| !c.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use khue_app::collections::CollectionSummary;

    fn view() -> CollectionView {
        let item = |resource: &str, note: &str| Item {
            resource: resource.into(),
            name: "Phân số <b>".into(),
            note: note.into(),
            ..Item::default()
        };
        CollectionView {
            summary: CollectionSummary {
                id: 7,
                name: "Lớp 4 & 5".into(),
                maker: "Lan".into(),
                ..CollectionSummary::default()
            },
            items: vec![item("a b", "=1+1"), item("c", "Xem \"kỹ\"")],
            ..CollectionView::default()
        }
    }

    #[test]
    fn every_form_has_every_resource() {
        let of = |form: &str| {
            written(&view(), form, "https://khue.example")
                .unwrap()
                .unwrap()
        };
        let json: Value = serde_json::from_slice(&of("json").content).unwrap();
        assert_eq!(
            json["itemListElement"][0]["item"]["@id"],
            "https://khue.example/resources/a%20b"
        );
        assert_eq!(json["itemListElement"][1]["description"], "Xem \"kỹ\"");
        let csv = String::from_utf8(of("csv").content).unwrap();
        assert!(csv.contains("'=1+1") && csv.lines().count() == 3, "{csv}");
        let document = khue_extract::read_whole(
            &of("odt").content,
            "a.odt",
            &khue_extract::Limits::default(),
        );
        let text = document.text();
        assert!(
            text.contains("Lớp 4 & 5")
                && text.contains("Phân số <b>")
                && text.contains("Xem \"kỹ\""),
            "{text}"
        );
        assert!(written(&view(), "exe", "").unwrap().is_none());
    }
}
