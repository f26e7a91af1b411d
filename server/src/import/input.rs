//! What there is to read under a path.

use anyhow::{Context, Result, bail};
use khue_content::format::Format;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes that are looked at to tell a format.
const PROBE: usize = 16 * 1024;
/// Names that say nothing of a source: the folder's name is taken instead.
const GENERIC: &[&str] = &[
    "activities",
    "articles",
    "catalog",
    "catalogue",
    "corpus",
    "data",
    "documents",
    "docs",
    "export",
    "index",
    "items",
    "pages",
    "questions",
    "records",
    "resources",
    "sections",
    "short-docs",
    "topics",
];

/// How an input is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file with one record or many.
    File(Format),
    /// A folder of OpenStax books.
    Book,
}

impl Kind {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::File(format) => format.name(),
            Self::Book => Format::Cnxml.name(),
        }
    }
}

/// A file or a book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where it is.
    pub path: PathBuf,
    /// Name within the path that is imported, for reports.
    pub name: String,
    /// How it is read.
    pub kind: Kind,
    /// Size in bytes, for progress.
    pub size: u64,
}

/// All inputs under `path`, in a fixed order. Files of no known format are named in the second list.
///
/// # Errors
/// The path does not exist, or nothing under it can be read.
pub fn inputs(path: &Path, format: Option<Format>) -> Result<(Vec<Input>, Vec<PathBuf>)> {
    let facts = fs::metadata(path)
        .with_context(|| format!("cannot read {}: check the path", path.display()))?;
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    if facts.is_file() {
        let format = format.or_else(|| guess(path));
        let Some(format) = format else {
            let names: Vec<_> = Format::names().collect();
            bail!(
                "{} is in no format that is known here; name one with --format ({})",
                path.display(),
                names.join(", ")
            );
        };
        found.push(input(path, path, Kind::File(format)));
    } else {
        walk(path, path, format, &mut found, &mut passed)?;
    }
    if found.is_empty() {
        bail!(
            "there is nothing to import in {}: expected {}",
            path.display(),
            "JSON Lines, JSON-LD, CSV or Markdown files, or a folder of OpenStax books"
        );
    }
    Ok((found, passed))
}

fn walk(
    root: &Path,
    folder: &Path,
    format: Option<Format>,
    found: &mut Vec<Input>,
    passed: &mut Vec<PathBuf>,
) -> Result<()> {
    if folder.join("modules").is_dir() && folder.join("collections").is_dir() {
        found.push(input(root, folder, Kind::Book));
        return Ok(());
    }
    let entries = fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path
            .file_name()
            .map(|n| n.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        if name.starts_with('.') || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, format, found, passed)?;
        } else if name.starts_with("readme") || name.starts_with("license") {
            continue;
        } else if let Some(known) =
            guess(&path).filter(|known| format.is_none_or(|wanted| wanted == *known))
        {
            found.push(input(root, &path, Kind::File(known)));
        } else {
            passed.push(path);
        }
    }
    Ok(())
}

fn input(root: &Path, path: &Path, kind: Kind) -> Input {
    let inner = path
        .strip_prefix(root)
        .ok()
        .filter(|inner| !inner.as_os_str().is_empty());
    let name = inner
        .or_else(|| path.file_name().map(Path::new))
        .unwrap_or(path)
        .display()
        .to_string();
    let size = fs::metadata(path).map(|facts| facts.len()).unwrap_or(0);
    Input {
        path: path.to_owned(),
        name,
        kind,
        size,
    }
}

/// The format of a file by its name and first bytes (unpacked where it is a gzip file).
fn guess(path: &Path) -> Option<Format> {
    let mut first = Vec::new();
    super::reader::open(path)
        .ok()?
        .take(PROBE as u64)
        .read_to_end(&mut first)
        .ok()?;
    Format::guess(path, &first)
}

/// Short name of the source of what is under `path`, where the operator gives none.
pub fn source_name(path: &Path) -> String {
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let stem = |path: &Path| {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let stem = if path.is_dir() {
            name.as_str()
        } else {
            name.split('.').next().unwrap_or(&name)
        };
        Some(
            stem.chars()
                .map(|c| if c.is_alphanumeric() { c } else { '-' })
                .collect::<String>(),
        )
    };
    let own = stem(&full).unwrap_or_default();
    let says_little = GENERIC.contains(&own.as_str()) || own.len() < 3;
    let outer = full
        .parent()
        .and_then(stem)
        .filter(|name| says_little && !name.is_empty());
    outer
        .or(Some(own))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "import".to_owned())
}

#[cfg(test)]
mod tests {
    use super::source_name;
    use std::path::Path;

    #[test]
    fn a_source_is_called_after_its_file_or_folder() {
        assert_eq!(
            source_name(Path::new("/x/openstax/documents.jsonl")),
            "openstax"
        );
        assert_eq!(source_name(Path::new("/x/help/vi.jsonl")), "help");
        assert_eq!(
            source_name(Path::new("/x/y/gdpt-bai-giang.csv")),
            "gdpt-bai-giang"
        );
        assert_eq!(
            source_name(Path::new("/x/scale/short_docs.jsonl.gz")),
            "scale"
        );
    }
}
