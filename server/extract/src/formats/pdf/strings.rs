//! What a PDF says of itself.

use crate::document::Metadata;
use crate::formats::office::{self, Rights};
use crate::out::Out;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Stream, String as PdfString};

/// Bytes of the packet of metadata that are read.
const PACKET: usize = 512 * 1024;

pub(super) fn metadata(pdf: &Pdf, out: &mut Out<'_>) {
    if let Some(catalog) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) {
        let language = catalog
            .get::<PdfString<'_>>(b"Lang")
            .map(|text| decoded(text.as_bytes()));
        out.metadata(Metadata {
            language,
            ..Metadata::default()
        });
        packet(&catalog, out);
    }
    let stated = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| {
        bytes
            .as_deref()
            .map(decoded)
            .filter(|text| !text.trim().is_empty())
    };
    let created = stated.creation_date.as_ref();
    out.metadata(Metadata {
        title: text(&stated.title).filter(|title| !is_of_a_program(title)),
        authors: text(&stated.author).into_iter().collect(),
        description: text(&stated.subject),
        keywords: text(&stated.keywords)
            .map(|words| office::keywords(&words))
            .unwrap_or_default(),
        created: created.map(|day| format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)),
        ..Metadata::default()
    });
}

/// The packet of XMP.
fn packet(catalog: &Dict<'_>, out: &mut Out<'_>) {
    let Some(stream) = catalog.get::<Stream<'_>>(b"Metadata") else {
        return;
    };
    let Ok(bytes) = stream.decoded() else { return };
    let text = super::super::text::unicode(&bytes[..bytes.len().min(PACKET)]);
    let Rights {
        mut metadata,
        statements,
    } = office::xmp(&text);
    metadata.title = metadata.title.filter(|title| !is_of_a_program(title));
    out.metadata(metadata);
    for statement in statements {
        out.rights(&statement);
    }
}

/// Titles that programs make up from file names.
fn is_of_a_program(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    lower.starts_with("microsoft word - ")
        || lower.starts_with("microsoft powerpoint - ")
        || matches!(
            lower.as_str(),
            "untitled" | "powerpoint presentation" | "slide 1" | "document1"
        )
}

/// UTF-16 or UTF-8 with a mark, else PDFDocEncoding, which is Latin-1 where people write.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE
            .decode_without_bom_handling(rest)
            .0
            .into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE
            .decode_without_bom_handling(rest)
            .0
            .into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}
