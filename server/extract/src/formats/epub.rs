//! EPUB books: their chapters in the order of reading.

use super::damaged;
use super::html;
use super::office::{self, dublin_core, part, resolved};
use crate::kind::Kind;
use crate::notice::{Notice, Reason};
use crate::out::{Failure, Out};
use crate::xml::{Node, walk};
use std::collections::HashMap;

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let mut archive = office::open(bytes, out)?;
    let container = part(&mut archive, "META-INF/container.xml", out)?;
    let stated = container.and_then(|xml| root_file(&xml));
    let found = || {
        archive
            .names()
            .find(|name| name.ends_with(".opf"))
            .map(str::to_owned)
    };
    let Some(opf) = stated.filter(|name| archive.has(name)).or_else(found) else {
        return Err(damaged(
            Kind::Epub,
            "it does not say where its contents are",
        ));
    };
    let Some(package) = part(&mut archive, &opf, out)? else {
        return Err(damaged(Kind::Epub, format!("{opf} is damaged")));
    };
    let head = package.split("<manifest").next().unwrap_or_default();
    let found = dublin_core(head);
    out.metadata(found.metadata);
    found
        .statements
        .iter()
        .for_each(|statement| out.rights(statement));
    let locked = part(&mut archive, "META-INF/encryption.xml", out)?.unwrap_or_default();
    let folder = opf.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut missing = 0;
    for name in chapters(&package)? {
        let name = resolved(folder, &unescaped(&name));
        if locked.contains(&name) {
            return Err(Failure::Unreadable(Reason::Encrypted));
        }
        match part(&mut archive, &name, out)? {
            Some(chapter) => html::page(&chapter).outline.give(out)?,
            None => missing += 1,
        }
    }
    if missing > 0 {
        out.notice(Notice::Damaged {
            part: format!("{missing} chapters are missing"),
        });
    }
    Ok(())
}

fn root_file(container: &str) -> Option<String> {
    let mut found = None;
    walk(container, &mut |node| {
        if let Node::Start(tag) = node
            && tag.name == "rootfile"
            && found.is_none()
        {
            found = tag.get("full-path");
        }
        Ok(())
    })
    .ok()?;
    found
}

/// Files of the chapters, in the order of the spine.
fn chapters(package: &str) -> Result<Vec<String>, Failure> {
    let mut files = HashMap::new();
    let mut spine = Vec::new();
    walk(package, &mut |node| {
        if let Node::Start(tag) = node {
            match tag.name {
                "item" => {
                    files.insert(
                        tag.get("id").unwrap_or_default(),
                        tag.get("href").unwrap_or_default(),
                    );
                }
                "itemref" => spine.extend(tag.get("idref")),
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(spine
        .iter()
        .filter_map(|id| files.get(id).cloned())
        .collect())
}

/// `a%20b` is `a b`; a place within a file is left out.
fn unescaped(address: &str) -> String {
    let bytes = address.split('#').next().unwrap_or_default().as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes
            .get(at + 1..at + 3)
            .and_then(|two| std::str::from_utf8(two).ok());
        let escaped = digits
            .and_then(|two| u8::from_str_radix(two, 16).ok())
            .filter(|_| bytes[at] == b'%');
        plain.push(escaped.unwrap_or(bytes[at]));
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}
