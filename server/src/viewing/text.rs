//! The text of a file, page by page: read once in a child under limits, then kept beside the data.

use super::failed;
use crate::submissions::section;
use khue_app::services::ServiceError;
use khue_app::viewing::Reading;
use khue_content::render::render;
use khue_content::{Body, BodyFormat};
use khue_extract::{Document, Kind, Limits, by_name};
use khue_store::Files;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// How long reading may take: somebody waits for it.
const SECONDS: u64 = 20;
/// How long somebody waits for their turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// Files that are read at a time.
const AT_ONCE: usize = 2;
/// Most text that is kept of a file, in bytes.
const MOST: usize = 4 << 20;
/// Text of a page, in bytes; the piece that reaches it still belongs to it.
const PAGE: usize = 30_000;

/// A heading and what stands beneath it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    heading: String,
    level: u8,
    /// Markdown, with the heading.
    text: String,
}

/// Texts of files.
pub(super) struct Texts {
    folder: PathBuf,
    turns: Arc<Semaphore>,
}

impl Texts {
    pub fn new(folder: PathBuf) -> Self {
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        Self { folder, turns }
    }

    /// A page of a file's text.
    pub async fn page(
        &self,
        sha256: &str,
        files: &Files,
        name: &str,
        page: usize,
        language: &str,
    ) -> Result<Reading, ServiceError> {
        // The reader of a kind goes by the name: the same content under another name may read otherwise.
        let ending = by_name(name).and_then(Kind::ending).unwrap_or("file");
        let kept = self.folder.join(format!("{sha256}.{ending}.json"));
        let (name, language) = (name.to_owned(), language.to_owned());
        let (files, sha256) = (files.clone(), sha256.to_owned());
        let known = {
            let kept = kept.clone();
            tokio::task::spawn_blocking(move || load(&kept))
                .await
                .map_err(failed)?
        };
        let pieces = match known {
            Some(pieces) => pieces,
            None => {
                let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
                let busy = || ServiceError::Busy("other files are being read".to_owned());
                let turn = turn.map_err(|_| busy())?.map_err(failed)?;
                let read = tokio::task::spawn_blocking(move || {
                    let _turn = turn;
                    let read = || read_and_keep(&files.near(&sha256)?, &name, &kept);
                    load(&kept).map_or_else(read, Ok)
                });
                read.await.map_err(failed)?.map_err(failed)?
            }
        };
        tokio::task::spawn_blocking(move || reading(&pieces, page, &language))
            .await
            .map_err(failed)
    }
}

fn load(kept: &Path) -> Option<Vec<Piece>> {
    serde_json::from_slice(&std::fs::read(kept).ok()?).ok()
}

fn read_and_keep(path: &Path, name: &str, kept: &Path) -> anyhow::Result<Vec<Piece>> {
    let pieces = match by_name(name) {
        Some(Kind::Markdown) => {
            let mut bytes = Vec::new();
            File::open(path)?
                .take(MOST as u64)
                .read_to_end(&mut bytes)?;
            of_markdown(&String::from_utf8_lossy(&bytes))
        }
        _ => {
            let limits = Limits {
                cpu_seconds: SECONDS,
                wall_seconds: SECONDS,
                ..Limits::default()
            };
            let extractor = crate::extracting::extractor(limits)?;
            of_document(&extractor.read_file(File::open(path)?, name)?)
        }
    };
    // What cannot be kept is read again: a full disk is no reason to show nothing.
    if let Err(error) = keep(&pieces, kept) {
        tracing::warn!(%error, "the text of a file could not be kept");
    }
    Ok(pieces)
}

fn keep(pieces: &[Piece], kept: &Path) -> anyhow::Result<()> {
    let folder = kept.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&serde_json::to_vec(pieces)?)?;
    file.persist(kept)?;
    Ok(())
}

/// A document cut at its headings; a piece that is longer than a page is cut between its paragraphs.
fn of_document(document: &Document) -> Vec<Piece> {
    let ends = match document.kind {
        Kind::Pdf => "\n",
        _ => "  \n",
    };
    let mut pieces = Vec::new();
    let mut total = 0;
    for one in &document.sections {
        let mut heading = one.heading.replace('\n', " ").trim().to_owned();
        for words in cut(&one.text) {
            let mut text = String::new();
            section(&heading, one.level, words, ends, &mut text);
            total += text.len();
            pieces.push(Piece {
                heading: std::mem::take(&mut heading),
                level: one.level,
                text,
            });
        }
        if total > MOST {
            break;
        }
    }
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces
}

/// A text in parts of about a page, cut between paragraphs where there are any.
fn cut(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while rest.len() > 2 * PAGE {
        let near = rest.floor_char_boundary(PAGE);
        let at = rest[..near]
            .rfind("\n\n")
            .or_else(|| rest[..near].rfind('\n'))
            .filter(|at| *at > 0)
            .unwrap_or(near);
        parts.push(&rest[..at]);
        rest = &rest[at..];
    }
    parts.push(rest);
    parts
}

/// Markdown cut at its headings, those in fenced blocks left alone.
fn of_markdown(source: &str) -> Vec<Piece> {
    let mut pieces = vec![Piece::default()];
    let mut fenced = false;
    for line in source.trim_start_matches('\u{feff}').lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        }
        let signs = line.len() - line.trim_start_matches('#').len();
        if !fenced && (1..=6).contains(&signs) && line[signs..].starts_with(' ') {
            let heading = line[signs..].trim().trim_end_matches('#').trim().to_owned();
            let level = u8::try_from(signs).unwrap_or(6);
            pieces.push(Piece {
                heading,
                level,
                text: String::new(),
            });
        }
        if let Some(piece) = pieces.last_mut() {
            piece.text.push_str(line);
            piece.text.push('\n');
        }
    }
    pieces.retain(|piece| !piece.text.trim().is_empty());
    pieces
}

/// The page that is asked for, or the nearest that there is.
fn reading(pieces: &[Piece], page: usize, language: &str) -> Reading {
    let mut pages: Vec<String> = Vec::new();
    let mut contents = Vec::new();
    let top = pieces
        .iter()
        .filter(|piece| !piece.heading.is_empty())
        .map(|piece| piece.level)
        .min()
        .unwrap_or(0);
    for piece in pieces {
        match pages.last_mut() {
            Some(text) if text.len() < PAGE => text.push_str(&piece.text),
            _ => pages.push(piece.text.clone()),
        }
        if !piece.heading.is_empty() {
            contents.push((piece.heading.clone(), piece.level - top, pages.len()));
        }
    }
    let page = page.clamp(1, pages.len().max(1));
    let body = Body {
        format: BodyFormat::Markdown,
        text: pages.get(page - 1).cloned().unwrap_or_default(),
    };
    Reading {
        page,
        pages: pages.len(),
        contents,
        text: render(&body, &[], &|_| None, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use khue_extract::Section;

    fn book() -> Document {
        let chapter = |number: usize| Section {
            heading: format!("Chương {number}"),
            level: 1,
            text: "Lực làm vật đổi chuyển động.\n\n".repeat(300),
            ..Section::default()
        };
        Document {
            kind: Kind::Epub,
            sections: (1..=9).map(chapter).collect(),
            ..Document::default()
        }
    }

    #[test]
    fn a_book_is_read_page_by_page() {
        let pieces = of_document(&book());
        let first = reading(&pieces, 1, "vi");
        assert!(
            first.pages > 1 && first.contents.len() == 9,
            "{} pages",
            first.pages
        );
        let all: Vec<Reading> = (1..=first.pages)
            .map(|page| reading(&pieces, page, "vi"))
            .collect();
        let headings: usize = all.iter().map(|page| page.text.outline.len()).sum();
        assert_eq!(headings, 9, "every heading is on one page");
        for page in &all {
            let here: Vec<&str> = page
                .contents
                .iter()
                .filter(|entry| entry.2 == page.page)
                .map(|entry| entry.0.as_str())
                .collect();
            let shown: Vec<&str> = page
                .text
                .outline
                .iter()
                .map(|heading| heading.text.as_str())
                .collect();
            assert_eq!(here, shown);
        }
        assert_eq!(reading(&pieces, 999, "vi").page, first.pages);
        assert_eq!(reading(&[], 1, "vi").pages, 0);
    }

    #[test]
    fn a_text_without_headings_has_pages_too() {
        let document = Document {
            sections: vec![Section {
                text: "câu dài không dứt ".repeat(20_000),
                ..Section::default()
            }],
            ..Document::default()
        };
        let pieces = of_document(&document);
        assert!(pieces.len() > 5 && pieces.iter().all(|piece| piece.text.len() < 3 * PAGE));
    }

    #[test]
    fn markdown_stays_markdown_and_scripts_do_not() {
        let pieces = of_markdown(
            "# Bài 1\n\n**Đậm** <script>alert(1)</script>\n\n```\n# không phải đề mục\n```\n\n## Ví dụ\n\nx",
        );
        let page = reading(&pieces, 1, "vi");
        assert_eq!(page.contents.len(), 2);
        assert!(
            page.text.html.contains("<strong>Đậm</strong>") && !page.text.html.contains("<script"),
            "{}",
            page.text.html
        );
    }
}
