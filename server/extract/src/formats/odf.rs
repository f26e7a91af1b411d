//! OpenDocument texts, sheets and presentations.

use super::damaged;
use super::office::{self, part};
use super::text::Outline;
use crate::kind::Kind;
use crate::notice::{Notice, Reason};
use crate::out::{Failure, Out};
use crate::xml::{Node, Tag, walk};

/// Most spaces that one element stands for, and most times that a cell is repeated.
const MOST_SPACES: usize = 100;

pub(super) fn read(bytes: &[u8], kind: Kind, out: &mut Out<'_>) -> Result<(), Failure> {
    let mut archive = office::open(bytes, out)?;
    let manifest = part(&mut archive, "META-INF/manifest.xml", out)?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Failure::Unreadable(Reason::Encrypted));
    }
    if let Some(meta) = part(&mut archive, "meta.xml", out)? {
        let found = office::dublin_core(&meta);
        out.metadata(found.metadata);
        found
            .statements
            .iter()
            .for_each(|statement| out.rights(statement));
        pages(&meta, out)?;
    }
    let Some(content) = part(&mut archive, "content.xml", out)? else {
        return Err(damaged(kind, "content.xml is missing or damaged"));
    };
    let mut reading = Reading {
        kind,
        ..Reading::default()
    };
    let walked = walk(&content, &mut |node| reading.node(node))?;
    if kind != Kind::Odt {
        out.pages(reading.page);
    }
    reading.outline.give(out)?;
    if walked.entities {
        out.notice(Notice::Entities);
    }
    if let Some(detail) = walked.broken {
        out.notice(Notice::Damaged { part: detail });
    }
    Ok(())
}

fn pages(meta: &str, out: &mut Out<'_>) -> Result<(), Failure> {
    walk(meta, &mut |node| {
        if let Node::Start(tag) = node
            && tag.name == "document-statistic"
            && let Some(count) = tag.get("page-count").and_then(|count| count.parse().ok())
        {
            out.pages(count);
        }
        Ok(())
    })?;
    Ok(())
}

/// Elements whose text is not part of the document: what was deleted, and remarks.
const SKIPPED: &[&str] = &["tracked-changes", "annotation", "binary-data", "ruby-text"];

#[derive(Default)]
struct Reading {
    kind: Kind,
    outline: Outline,
    skipped: usize,
    heading: Option<(u8, String)>,
    /// Paragraphs that are open; text outside of them is layout.
    open: usize,
    cells: usize,
    page: u32,
    in_description: bool,
}

impl Reading {
    fn node(&mut self, node: Node<'_>) -> Result<(), Failure> {
        match node {
            Node::Start(tag) if SKIPPED.contains(&tag.name) => self.skipped += 1,
            Node::End(name) if SKIPPED.contains(&name) => {
                self.skipped = self.skipped.saturating_sub(1)
            }
            _ if self.skipped > 0 => {}
            Node::Start(tag) => self.start(&tag),
            Node::End(name) => self.end(name),
            Node::Text(text) if self.open > 0 || self.in_description => self.push(&spaces(text)),
            Node::Text(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "h" => {
                let level = tag
                    .get("outline-level")
                    .and_then(|level| level.parse().ok());
                self.heading = Some((level.unwrap_or(1), String::new()));
                self.open += 1;
            }
            "p" => self.open += 1,
            "s" => {
                let count = tag
                    .get("c")
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(1usize);
                self.push(&" ".repeat(count.min(MOST_SPACES)));
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "table-cell" => self.cells += 1,
            "desc" | "title" => self.in_description = true,
            "page" if self.kind == Kind::Odp => {
                self.page += 1;
                self.outline.heading(0, String::new(), self.here());
            }
            "table" if self.kind == Kind::Ods => {
                self.page += 1;
                self.outline
                    .heading(1, tag.get("name").unwrap_or_default(), self.here());
            }
            "frame" if tag.get("class").as_deref() == Some("title") => {
                self.heading = Some((1, String::new()))
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "h" => {
                self.open = self.open.saturating_sub(1);
                self.end_heading();
            }
            "frame" => self.end_heading(),
            "p" => {
                self.open = self.open.saturating_sub(1);
                match (&mut self.heading, self.cells) {
                    (Some((_, heading)), _) => heading.push(' '),
                    (None, 0) => self.push("\n\n"),
                    (None, _) => self.push(" "),
                }
            }
            "table-cell" => {
                self.cells = self.cells.saturating_sub(1);
                self.push("\t");
            }
            "table-row" => self.push("\n"),
            "desc" | "title" => {
                self.in_description = false;
                self.push(" ");
            }
            _ => {}
        }
    }

    fn end_heading(&mut self) {
        let Some((level, heading)) = self.heading.take() else {
            return;
        };
        if self.kind == Kind::Odp {
            // A slide has begun already; its title is the heading.
            if let Some(slide) = self
                .outline
                .sections
                .last_mut()
                .filter(|slide| slide.heading.is_empty())
            {
                slide.heading = heading;
                slide.level = level;
                return;
            }
        }
        if !heading.trim().is_empty() {
            self.outline.heading(level, heading, self.here());
        }
    }

    fn push(&mut self, text: &str) {
        match &mut self.heading {
            Some((_, heading)) => heading.push_str(text),
            None => self.outline.text(text, self.here()),
        }
    }

    fn here(&self) -> Option<u32> {
        Some(self.page).filter(|page| *page > 0)
    }
}

/// White space of the markup is one space.
fn spaces(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}
