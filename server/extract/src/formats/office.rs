//! What the parts of office documents and packets of XMP say of a document, and how parts refer to
//! each other.

use super::text::unicode;
use crate::archive::Archive;
use crate::document::Metadata;
use crate::notice::{Notice, Reason};
use crate::out::{Failure, Out};
use crate::xml::{Node, walk};

/// Metadata, and statements about rights among it.
#[derive(Default)]
pub(super) struct Rights {
    pub(super) metadata: Metadata,
    pub(super) statements: Vec<String>,
}

/// Opens an office document; macros are told.
pub(super) fn open<'a>(bytes: &'a [u8], out: &mut Out<'_>) -> Result<Archive<'a>, Failure> {
    let archive = Archive::open(bytes, out.limits)?;
    refuse_unsafe(&archive)?;
    out.budget.count(archive.len())?;
    if archive
        .names()
        .any(|name| name.ends_with("vbaProject.bin") || name.starts_with("Basic/"))
    {
        out.notice(Notice::Macros);
    }
    Ok(archive)
}

/// No document has files whose names lead out of it.
pub(super) fn refuse_unsafe(archive: &Archive<'_>) -> Result<(), Failure> {
    match archive.unsafe_name() {
        Some(name) => Err(Failure::Refused(Reason::UnsafeName {
            name: name.to_owned(),
        })),
        None => Ok(()),
    }
}

/// A part as text; nothing where it is missing, and a notice where it is damaged.
pub(super) fn part(
    archive: &mut Archive<'_>,
    name: &str,
    out: &mut Out<'_>,
) -> Result<Option<String>, Failure> {
    match archive.read(name, &mut out.budget) {
        Ok(bytes) => Ok(bytes.map(|bytes| unicode(&bytes))),
        Err(Failure::Unreadable(Reason::Damaged { detail, .. })) => {
            out.notice(Notice::Damaged {
                part: format!("{name}: {detail}"),
            });
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}

/// Reads `docProps/core.xml` and `docProps/app.xml`.
pub(super) fn properties(archive: &mut Archive<'_>, out: &mut Out<'_>) -> Result<(), Failure> {
    if let Some(core) = part(archive, "docProps/core.xml", out)? {
        let found = dublin_core(&core);
        out.metadata(found.metadata);
        found
            .statements
            .iter()
            .for_each(|statement| out.rights(statement));
    }
    if let Some(app) = part(archive, "docProps/app.xml", out)? {
        let value = |name| text_of(&app, name);
        let pages = value("Pages").or_else(|| value("Slides"));
        if let Some(pages) = pages
            .and_then(|number| number.parse().ok())
            .filter(|pages| *pages > 0)
        {
            out.pages(pages);
        }
        out.metadata(Metadata {
            publisher: value("Company"),
            ..Metadata::default()
        });
    }
    Ok(())
}

/// The text of the first element with this name.
pub(super) fn text_of(xml: &str, name: &str) -> Option<String> {
    let mut text = None;
    let mut within = false;
    let mut done = false;
    let walked = walk(xml, &mut |node| {
        match node {
            Node::Start(tag) if tag.name == name && !done => within = true,
            Node::End(end) if end == name => {
                done |= within;
                within = false;
            }
            Node::Text(part) if within => text.get_or_insert_with(String::new).push_str(part),
            _ => {}
        }
        Ok(())
    });
    walked.ok()?;
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// Elements of Dublin Core and its neighbours, wherever they stand.
pub(super) fn dublin_core(xml: &str) -> Rights {
    let mut found = Rights::default();
    let mut open = String::new();
    let mut text = String::new();
    // What is broken ends the metadata and nothing else.
    let _ = walk(xml, &mut |node| {
        match node {
            Node::Start(tag) => {
                let list = matches!(tag.name, "Alt" | "Seq" | "Bag" | "li");
                if !list {
                    tag.name.clone_into(&mut open);
                }
                text.clear();
            }
            Node::Text(part) => text.push_str(part),
            Node::End(_) => {
                let value = std::mem::take(&mut text);
                take(&mut found, &open, value.trim());
            }
        }
        Ok(())
    });
    found
}

fn take(found: &mut Rights, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    let metadata = &mut found.metadata;
    let fill = |own: &mut Option<String>| {
        own.get_or_insert_with(|| value.to_owned());
    };
    match name {
        "title" => fill(&mut metadata.title),
        "description" => fill(&mut metadata.description),
        "creator" | "initial-creator" => {
            let names = value.split(';').map(|name| name.trim().to_owned());
            for name in names.filter(|name| !name.is_empty()) {
                if !metadata.authors.contains(&name) {
                    metadata.authors.push(name);
                }
            }
        }
        "publisher" => fill(&mut metadata.publisher),
        "language" => fill(&mut metadata.language),
        "keywords" | "keyword" | "subject" => metadata.keywords.extend(keywords(value)),
        "created" | "creation-date" | "CreateDate" => fill(&mut metadata.created),
        "date" if metadata.created.is_none() => fill(&mut metadata.created),
        "rights" | "license" | "UsageTerms" | "WebStatement" => {
            found.statements.push(value.to_owned())
        }
        _ => {}
    }
}

/// A packet of XMP: Dublin Core in lists, some of it as attributes.
pub(super) fn xmp(packet: &str) -> Rights {
    let mut found = dublin_core(packet);
    let _ = walk(packet, &mut |node| {
        if let Node::Start(tag) = node {
            for (key, name) in [
                ("dc:title", "title"),
                ("dc:rights", "rights"),
                ("xmpRights:WebStatement", "WebStatement"),
                ("cc:license", "license"),
            ] {
                if let Some(value) = tag.get_exact(key) {
                    take(&mut found, name, value.trim());
                }
            }
            if tag.name == "license" {
                found.statements.extend(tag.get("resource"));
            }
        }
        Ok(())
    });
    found.metadata.created = None;
    found
}

/// Keywords of a list in one text.
pub(super) fn keywords(list: &str) -> Vec<String> {
    let words = list.split([',', ';']).map(|word| word.trim().to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// A relation from one part to another.
pub(super) struct Relation {
    pub(super) id: String,
    /// Last word of its type: `slide`, `notesSlide`, `worksheet`.
    pub(super) kind: String,
    /// Name of the part.
    pub(super) target: String,
}

/// What a part refers to within the document.
pub(super) fn relations(
    archive: &mut Archive<'_>,
    of: &str,
    out: &mut Out<'_>,
) -> Result<Vec<Relation>, Failure> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let file = match folder {
        "" => format!("_rels/{name}.rels"),
        folder => format!("{folder}/_rels/{name}.rels"),
    };
    let Some(xml) = part(archive, &file, out)? else {
        return Ok(Vec::new());
    };
    let mut relations = Vec::new();
    walk(&xml, &mut |node| {
        if let Node::Start(tag) = node
            && tag.name == "Relationship"
            && tag.get("TargetMode").as_deref() != Some("External")
        {
            let kind = tag.get("Type").unwrap_or_default();
            relations.push(Relation {
                id: tag.get("Id").unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: resolved(folder, &tag.get("Target").unwrap_or_default()),
            });
        }
        Ok(())
    })?;
    Ok(relations)
}

/// A name relative to a folder: `../media/a.png` in `ppt/slides` is `ppt/media/a.png`.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The main part of a document: what its root refers to, else where it usually is.
pub(super) fn main_part(
    archive: &mut Archive<'_>,
    usual: &str,
    out: &mut Out<'_>,
) -> Result<String, Failure> {
    let roots = relations(archive, "", out)?;
    let main = roots
        .into_iter()
        .find(|root| root.kind == "officeDocument" && archive.has(&root.target));
    Ok(main.map_or_else(|| usual.to_owned(), |main| main.target))
}
