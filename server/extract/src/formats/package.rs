//! H5P, SCORM, Common Cartridge, cmi5 and packed web pages.

use super::html;
use super::office::{part, refuse_unsafe, resolved};
use super::zip::read_files;
use crate::archive::Archive;
use crate::document::{Metadata, Section};
use crate::kind::Kind;
use crate::out::{Failure, Out};
use crate::xml::{Node, walk};
use serde_json::Value;

pub(super) fn read(bytes: &[u8], kind: Kind, out: &mut Out<'_>) -> Result<(), Failure> {
    let mut archive = Archive::open(bytes, out.limits)?;
    refuse_unsafe(&archive)?;
    out.budget.count(archive.len())?;
    match kind {
        Kind::H5p => h5p(&mut archive, out),
        Kind::Scorm | Kind::CommonCartridge => {
            manifest(&mut archive, "imsmanifest.xml", out)?;
            read_files(&mut archive, &is_of_a_package, out)
        }
        Kind::Cmi5 => {
            let file = if archive.has("cmi5.xml") {
                "cmi5.xml"
            } else {
                "tincan.xml"
            };
            manifest(&mut archive, file, out)?;
            read_files(&mut archive, &is_of_a_package, out)
        }
        _ => read_files(&mut archive, &is_of_a_package, out),
    }
}

/// What authors write; the rest of a package is its machinery.
fn is_of_a_package(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    let machinery = ["/libs/", "/lib/", "/vendor/", "/node_modules/", "/shared/"]
        .iter()
        .any(|folder| lower.contains(folder));
    let wanted = [
        "html", "htm", "xhtml", "pdf", "docx", "pptx", "xlsx", "odt", "odp", "txt", "md", "vtt",
        "srt",
    ];
    let question = ending == "xml"
        && !lower.contains("manifest")
        && !lower.starts_with("adlcp")
        && !lower.contains("metadata");
    !machinery && (wanted.contains(&ending) || question)
}

/// Titles and descriptions of a manifest.
fn manifest(archive: &mut Archive<'_>, file: &str, out: &mut Out<'_>) -> Result<(), Failure> {
    let Some(xml) = part(archive, file, out)? else {
        return Ok(());
    };
    let mut titles: Vec<String> = Vec::new();
    let mut description = None;
    let mut rights = Vec::new();
    let mut language = None;
    let mut path: Vec<String> = Vec::new();
    walk(&xml, &mut |node| {
        match node {
            Node::Start(tag) if path.len() < 200 => path.push(tag.name.to_owned()),
            Node::End(name) => while path.pop().is_some_and(|last| last != name) {},
            Node::Text(text) if !text.trim().is_empty() => {
                let within = |name: &str| path.iter().any(|own| own == name);
                let text = text.trim().to_owned();
                match () {
                    () if within("title") => titles.push(text),
                    () if within("rights") && within("description") => rights.push(text),
                    () if within("description") && description.is_none() => {
                        description = Some(text)
                    }
                    () if within("general") && within("language") => language = Some(text),
                    () => {}
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    rights.iter().for_each(|statement| out.rights(statement));
    out.metadata(Metadata {
        title: titles.first().cloned(),
        description,
        language,
        ..Metadata::default()
    });
    out.page(None, titles.join("\n"))
}

/// An H5P says what it is in `h5p.json`, and everything that is read in `content/content.json`.
fn h5p(archive: &mut Archive<'_>, out: &mut Out<'_>) -> Result<(), Failure> {
    let json =
        |text: Option<String>| text.and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let head = json(part(archive, "h5p.json", out)?).unwrap_or_default();
    let text = |key: &str| {
        head[key]
            .as_str()
            .map(str::to_owned)
            .filter(|text| !text.is_empty())
    };
    let authors = head["authors"].as_array().into_iter().flatten();
    out.metadata(Metadata {
        title: text("title"),
        authors: authors
            .filter_map(|author| author["name"].as_str().map(str::to_owned))
            .collect(),
        language: text("defaultLanguage")
            .or_else(|| text("language"))
            .filter(|code| code != "und"),
        ..Metadata::default()
    });
    if let Some(license) = text("license").filter(|code| code != "U") {
        let version = text("licenseVersion").unwrap_or_default();
        out.rights(format!("{license} {version}").trim());
    }
    let content = json(part(archive, "content/content.json", out)?).unwrap_or_default();
    let mut said = String::new();
    words(&content, "", 0, &mut said);
    out.section(Section {
        heading: text("title").unwrap_or_default(),
        level: 1,
        text: said,
        ..Section::default()
    })?;
    let subtitles = |name: &str| {
        resolved("", name).starts_with("content/")
            && (name.ends_with(".vtt") || name.ends_with(".srt"))
    };
    read_files(archive, &subtitles, out)
}

/// Keys under which an H5P keeps what is no text for readers.
const KEYS_OF_MACHINES: &[&str] = &[
    "library",
    "subContentId",
    "contentType",
    "mime",
    "path",
    "license",
    "licenseVersion",
    "licenseExtras",
    "copyright",
    "metadata",
    "behaviour",
    "l10n",
    "UI",
    "override",
    "params.l10n",
    "color",
    "backgroundColor",
    "overallFeedback",
    "confirmCheck",
    "confirmRetry",
];

/// All texts of the content, in their order, without markup.
fn words(value: &Value, key: &str, depth: usize, said: &mut String) {
    if depth > 64 || KEYS_OF_MACHINES.contains(&key) {
        return;
    }
    match value {
        Value::String(text) => {
            let plain = if text.contains('<') || text.contains('&') {
                html::plain(text)
            } else {
                text.clone()
            };
            let is_text = plain.contains(' ') || !plain.is_ascii() || is_text_key(key);
            if is_text && !plain.trim().is_empty() {
                said.push_str(plain.trim());
                said.push('\n');
            }
        }
        Value::Array(all) => all.iter().for_each(|one| words(one, key, depth + 1, said)),
        Value::Object(all) => all
            .iter()
            .for_each(|(key, one)| words(one, key, depth + 1, said)),
        _ => {}
    }
}

/// Keys under which even one plain word is text.
fn is_text_key(key: &str) -> bool {
    let lower = key.to_lowercase();
    [
        "text",
        "title",
        "question",
        "answer",
        "alt",
        "word",
        "tip",
        "label",
        "description",
        "solution",
    ]
    .iter()
    .any(|part| lower.contains(part))
}
