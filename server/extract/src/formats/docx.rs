//! Word documents.

use super::damaged;
use super::office::{self, main_part, part, relations};
use super::text::Outline;
use crate::kind::Kind;
use crate::notice::Notice;
use crate::out::{Failure, Out};
use crate::xml::{Node, Tag, walk};
use std::collections::{HashMap, HashSet};

pub(super) fn read(bytes: &[u8], out: &mut Out<'_>) -> Result<(), Failure> {
    let mut archive = office::open(bytes, out)?;
    office::properties(&mut archive, out)?;
    let main = main_part(&mut archive, "word/document.xml", out)?;
    let Some(document) = part(&mut archive, &main, out)? else {
        return Err(damaged(Kind::Docx, format!("{main} is missing or damaged")));
    };
    let related = relations(&mut archive, &main, out)?;
    let of_kind = |kind: &str| {
        related
            .iter()
            .filter(|own| own.kind == kind)
            .map(|own| own.target.clone())
            .collect::<Vec<_>>()
    };
    let mut styles = HashMap::new();
    for name in of_kind("styles") {
        if let Some(xml) = part(&mut archive, &name, out)? {
            styles = levels(&xml)?;
        }
    }
    body(&document, &styles, true, out)?;
    for kind in ["footnotes", "endnotes"] {
        for name in of_kind(kind) {
            if let Some(xml) = part(&mut archive, &name, out)? {
                body(&xml, &styles, false, out)?;
            }
        }
    }
    margins(
        &mut archive,
        [of_kind("header"), of_kind("footer")].concat(),
        out,
    )
}

/// Headers and footers, each text once.
fn margins(
    archive: &mut crate::archive::Archive<'_>,
    names: Vec<String>,
    out: &mut Out<'_>,
) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    for name in names {
        let Some(xml) = part(archive, &name, out)? else {
            continue;
        };
        let mut reading = Reading::new(&NO_STYLES, false);
        walk(&xml, &mut |node| reading.node(node))?;
        let sections = reading.outline.sections.into_iter();
        let new = sections.filter(|section| seen.insert(section.text.trim().to_owned()));
        for section in new.collect::<Vec<_>>() {
            out.section(section)?;
        }
    }
    Ok(())
}

type Styles = HashMap<String, u8>;
static NO_STYLES: std::sync::LazyLock<Styles> = std::sync::LazyLock::new(Styles::new);

fn body(xml: &str, styles: &Styles, paged: bool, out: &mut Out<'_>) -> Result<(), Failure> {
    let mut reading = Reading::new(styles, paged);
    let walked = walk(xml, &mut |node| reading.node(node))?;
    reading.outline.give(out)?;
    if let Some(detail) = walked.broken {
        out.notice(Notice::Damaged { part: detail });
    }
    if walked.entities {
        out.notice(Notice::Entities);
    }
    Ok(())
}

/// Depth of the headings that styles make, by the styles' names or their depth in the outline.
fn levels(xml: &str) -> Result<Styles, Failure> {
    let mut styles = Styles::new();
    let mut id = String::new();
    walk(xml, &mut |node| {
        if let Node::Start(tag) = node {
            let value = || tag.get("val").unwrap_or_default();
            match tag.name {
                "style" => id = tag.get("styleId").unwrap_or_default(),
                "name" => {
                    let name = value().to_lowercase();
                    let number = name
                        .strip_prefix("heading ")
                        .and_then(|number| number.parse().ok());
                    let level = number.or_else(|| (name == "title").then_some(1));
                    styles.extend(level.map(|level| (id.clone(), level)));
                }
                "outlineLvl" => {
                    let level = value().parse::<u8>().ok().filter(|level| *level < 9);
                    if let Some(level) = level {
                        styles.entry(id.clone()).or_insert(level + 1);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(styles)
}

/// A paragraph that is open; those of text boxes open within others.
#[derive(Default)]
struct Paragraph {
    text: String,
    level: Option<u8>,
}

struct Reading<'s> {
    styles: &'s Styles,
    outline: Outline,
    open: Vec<Paragraph>,
    /// Elements within which text is not read: deleted text, field codes, second versions of drawings.
    skipped: usize,
    in_text: bool,
    page: Option<u32>,
    cells: usize,
}

/// Elements whose text nobody reads.
const SKIPPED: &[&str] = &["del", "moveFrom", "delText", "instrText", "Fallback"];

impl<'s> Reading<'s> {
    fn new(styles: &'s Styles, paged: bool) -> Self {
        Self {
            styles,
            outline: Outline::default(),
            open: Vec::new(),
            skipped: 0,
            in_text: false,
            page: paged.then_some(1),
            cells: 0,
        }
    }

    fn node(&mut self, node: Node<'_>) -> Result<(), Failure> {
        match node {
            Node::Start(tag) if SKIPPED.contains(&tag.name) => self.skipped += 1,
            Node::End(name) if SKIPPED.contains(&name) => {
                self.skipped = self.skipped.saturating_sub(1)
            }
            _ if self.skipped > 0 => {}
            Node::Start(tag) => self.start(&tag),
            Node::End(name) => self.end(name),
            Node::Text(text) if self.in_text => self.push(text),
            Node::Text(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "p" => self.open.push(Paragraph::default()),
            "t" => self.in_text = true,
            "pStyle" => {
                let style = tag.get("val").unwrap_or_default();
                self.level(self.styles.get(&style).copied());
            }
            "outlineLvl" => {
                let level = tag.get("val").and_then(|level| level.parse::<u8>().ok());
                self.level(level.filter(|level| *level < 9).map(|level| level + 1));
            }
            "tab" if tag.get("val").is_none() => self.push("\t"),
            "br" if tag.get("type").as_deref() == Some("page") => self.next_page(),
            "br" | "cr" => self.push("\n"),
            "lastRenderedPageBreak" => self.next_page(),
            "noBreakHyphen" => self.push("-"),
            "tc" => self.cells += 1,
            "docPr" => {
                let said = tag
                    .get("descr")
                    .filter(|said| !said.trim().is_empty() && !said.contains(":\\"));
                if let Some(said) = said {
                    self.push(&format!(" {said} "));
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "p" => self.end_paragraph(),
            "num" => self.push("/"),
            "tc" => {
                self.cells = self.cells.saturating_sub(1);
                self.outline.text("\t", self.page);
            }
            "tr" | "tbl" => self.outline.text("\n", self.page),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else {
            return;
        };
        let text = paragraph.text.trim_end();
        match paragraph.level {
            Some(level) if !text.trim().is_empty() && text.len() < 300 => {
                self.outline.heading(level, text.to_owned(), self.page)
            }
            _ => {
                self.outline.text(text, self.page);
                self.outline
                    .text(if self.cells > 0 { " " } else { "\n\n" }, self.page);
            }
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn level(&mut self, level: Option<u8>) {
        if let (Some(open), Some(level)) = (self.open.last_mut(), level) {
            open.level = Some(level);
        }
    }

    fn next_page(&mut self) {
        self.page = self.page.map(|page| page + 1);
    }
}
