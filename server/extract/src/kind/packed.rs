//! What a ZIP archive is, told by the files in it.

use super::Kind;
use crate::archive::Archive;

/// Bytes of a manifest that are looked at.
const MANIFEST: u64 = 256 * 1024;

/// Which document or package an archive is.
pub(crate) fn packed_kind(archive: &mut Archive<'_>) -> Kind {
    by_mimetype(archive)
        .or_else(|| office(archive))
        .or_else(|| package(archive))
        .unwrap_or(Kind::Zip)
}

/// OpenDocument and EPUB say it in their first file.
fn by_mimetype(archive: &mut Archive<'_>) -> Option<Kind> {
    let stated = archive.peek("mimetype", 200)?;
    let stated = String::from_utf8_lossy(&stated).trim().to_owned();
    let starts = |prefix: &str| stated.starts_with(prefix);
    let kind = match () {
        () if starts("application/epub+zip") => Kind::Epub,
        () if starts("application/vnd.oasis.opendocument.text") => Kind::Odt,
        () if starts("application/vnd.oasis.opendocument.spreadsheet") => Kind::Ods,
        () if starts("application/vnd.oasis.opendocument.presentation") => Kind::Odp,
        () => return None,
    };
    Some(kind)
}

fn office(archive: &Archive<'_>) -> Option<Kind> {
    if !archive.has("[Content_Types].xml") {
        return None;
    }
    let below = |folder: &str| archive.names().any(|name| name.starts_with(folder));
    match () {
        () if archive.has("xl/workbook.bin") => Some(Kind::Xlsb),
        () if below("word/") => Some(Kind::Docx),
        () if below("ppt/") => Some(Kind::Pptx),
        () if below("xl/") => Some(Kind::Xlsx),
        () => None,
    }
}

fn package(archive: &mut Archive<'_>) -> Option<Kind> {
    if archive.has("h5p.json") {
        return Some(Kind::H5p);
    }
    if archive.has("META-INF/container.xml") {
        return Some(Kind::Epub);
    }
    if let Some(manifest) = archive.peek("imsmanifest.xml", MANIFEST) {
        let manifest = String::from_utf8_lossy(&manifest).to_lowercase();
        let scorm = ["adlcp", "adl scorm", "adlnet"];
        return Some(match scorm.iter().any(|word| manifest.contains(word)) {
            true => Kind::Scorm,
            false => Kind::CommonCartridge,
        });
    }
    if archive.has("cmi5.xml") || archive.has("tincan.xml") {
        return Some(Kind::Cmi5);
    }
    let start = ["index.html", "index.htm"];
    let web = start.iter().any(|name| archive.has(name));
    web.then_some(Kind::WebPackage)
}
