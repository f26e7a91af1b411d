//! Excel workbooks: a section for each sheet, a line for each row.

use super::damaged;
use super::office::{self, main_part, part, relations};
use crate::document::Section;
use crate::kind::Kind;
use crate::notice::Notice;
use crate::out::{Failure, Out};
use crate::xml::{Node, walk};

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let mut archive = office::open(bytes, out)?;
    office::properties(&mut archive, out)?;
    let main = main_part(&mut archive, "xl/workbook.xml", out)?;
    let Some(workbook) = part(&mut archive, &main, out)? else {
        return Err(damaged(Kind::Xlsx, format!("{main} is missing or damaged")));
    };
    let related = relations(&mut archive, &main, out)?;
    let strings = related
        .iter()
        .find(|own| own.kind == "sharedStrings")
        .map(|own| own.target.clone());
    let strings = match strings {
        Some(name) => part(&mut archive, &name, out)?
            .map(|xml| shared(&xml))
            .transpose()?,
        None => None,
    };
    let strings = strings.unwrap_or_default();
    let mut sheets = Vec::new();
    walk(&workbook, &mut |node| {
        if let Node::Start(tag) = node
            && tag.name == "sheet"
        {
            let id = tag.get_exact("r:id").unwrap_or_default();
            let file = related
                .iter()
                .find(|own| own.id == id)
                .map(|own| own.target.clone());
            sheets.extend(file.map(|file| (tag.get("name").unwrap_or_default(), file)));
        }
        Ok(())
    })?;
    out.pages(u32::try_from(sheets.len()).unwrap_or(u32::MAX));
    for (number, (name, file)) in (1..).zip(sheets) {
        let Some(xml) = part(&mut archive, &file, out)? else {
            continue;
        };
        let text = rows(&xml, &strings, out)?;
        if !text.trim().is_empty() {
            out.section(Section {
                heading: name,
                level: 1,
                page: Some(number),
                text,
                ..Section::default()
            })?;
        }
    }
    Ok(())
}

/// The texts that cells refer to by number, without their reading aids.
fn shared(xml: &str) -> Result<Vec<String>, Failure> {
    let mut strings = Vec::new();
    let (mut text, mut in_text, mut aside) = (String::new(), false, false);
    walk(xml, &mut |node| {
        match node {
            Node::Start(tag) if tag.name == "t" => in_text = !aside,
            Node::Start(tag) if tag.name == "rPh" => aside = true,
            Node::End("rPh") => aside = false,
            Node::End("t") => in_text = false,
            Node::End("si") => strings.push(std::mem::take(&mut text)),
            Node::Text(part) if in_text => text.push_str(part),
            _ => {}
        }
        Ok(())
    })?;
    Ok(strings)
}

fn rows(xml: &str, strings: &[String], out: &mut Out<'_>) -> Result<String, Failure> {
    let mut text = String::new();
    let (mut shared, mut in_value, mut value) = (false, false, String::new());
    let most = usize::try_from(out.limits.text).unwrap_or(usize::MAX);
    let walked = walk(xml, &mut |node| {
        match node {
            Node::Start(tag) => match tag.name {
                "c" => shared = tag.get("t").as_deref() == Some("s"),
                "v" | "t" => in_value = true,
                _ => {}
            },
            Node::End(name) => match name {
                "v" | "t" => in_value = false,
                "c" => {
                    let own = std::mem::take(&mut value);
                    let number = own.trim().parse::<usize>().ok().filter(|_| shared);
                    let cell = number
                        .and_then(|number| strings.get(number))
                        .unwrap_or(&own);
                    if !cell.trim().is_empty() && text.len() < most {
                        text.push_str(cell.trim());
                        text.push('\t');
                    }
                }
                "row" if text.ends_with('\t') => {
                    text.pop();
                    text.push('\n');
                }
                _ => {}
            },
            Node::Text(part) if in_value => value.push_str(part),
            Node::Text(_) => {}
        }
        Ok(())
    })?;
    if let Some(detail) = walked.broken {
        out.notice(Notice::Damaged { part: detail });
    }
    Ok(text)
}
