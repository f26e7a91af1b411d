//! What there is to read under a path.

use super::document;
use super::obstacle::Obstacle;
use super::workbook;
use anyhow::{Context, Result, bail};
use encoding_rs::Encoding;
use khue_content::format::Format;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes that are looked at to tell a format.
const PROBE: usize = 16 * 1024;
/// Larger files are what their names say, until they are read.
const MOST_PROBED: u64 = 64 << 20;
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
    /// A document, picture or package that becomes one record.
    Document,
}

impl Kind {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::File(format) => format.name(),
            Self::Book => Format::Cnxml.name(),
            Self::Document => "files",
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
    /// Encoding of its text; UTF-8, or UTF-16 with a mark, where it is `None`.
    pub encoding: Option<&'static Encoding>,
}

/// What the operator has said of the input.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stated {
    /// Format of all files.
    pub format: Option<Format>,
    /// Encoding of all files.
    pub encoding: Option<&'static Encoding>,
}

/// A file in a folder that is not read.
#[derive(Clone, Debug)]
pub struct Passed {
    /// Where it is.
    pub path: PathBuf,
    /// Why it is not read, and what to do.
    pub reason: Obstacle,
}

/// All inputs under `path`, in a fixed order. Files that are not read are named in the second list.
///
/// # Errors
/// The path does not exist or cannot be read, or nothing under it can.
pub fn inputs(path: &Path, stated: Stated) -> Result<(Vec<Input>, Vec<Passed>)> {
    let facts = fs::metadata(path).with_context(|| missing(path))?;
    let mut walk = Walk {
        root: path,
        stated,
        found: Vec::new(),
        passed: Vec::new(),
    };
    if facts.is_dir() {
        walk.folder(path)?;
    } else {
        match kind(path, stated, true) {
            Ok(kind) => walk.take(path, kind),
            Err(Obstacle::Format) => bail!(
                "{} is in no format that is known here; name one with --format ({})",
                path.display(),
                Format::names().collect::<Vec<_>>().join(", ")
            ),
            Err(obstacle) => bail!("{} cannot be imported: {obstacle}", path.display()),
        }
    }
    if walk.found.is_empty() {
        bail!(nothing(path, &walk.passed));
    }
    Ok((walk.found, walk.passed))
}

/// A sheet that lies at `path` and that people know as `name`, or what stands in the way of reading it as one.
pub fn sheet(path: &Path, name: &str) -> Result<Input, Obstacle> {
    let found = match format(path, Stated::default()) {
        _ if workbook::is_named(path) => Format::Workbook,
        Err(Obstacle::Foreign(_)) if workbook::is_workbook(probed(path)?) => Format::Workbook,
        found => found?,
    };
    if found == Format::Workbook {
        // Without a header it is refused with its place, as a text is.
        workbook::is_catalogue(path, true)?;
    }
    match found {
        Format::Csv | Format::Workbook => Ok(Input {
            name: name.to_owned(),
            ..input(path, path, Kind::File(found))
        }),
        _ => Err(Obstacle::Format),
    }
}

/// The files of a ZIP archive in a folder of their own, which goes when it is dropped; nothing for
/// other paths, and for documents that are ZIP archives inside.
///
/// # Errors
/// The archive cannot be read, or not be unpacked within limits.
pub fn unpacked_archive(path: &Path) -> Result<Option<tempfile::TempDir>> {
    let named = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("zip"));
    if !named || !path.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(path).with_context(|| missing(path))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if khue_extract::by_content(&bytes, &name) != khue_extract::Kind::Zip {
        return Ok(None);
    }
    let folder = tempfile::tempdir()
        .context("cannot make a folder to unpack in; check the space in the temporary folder")?;
    khue_extract::unpack(&bytes, folder.path(), &khue_extract::Limits::default())
        .with_context(|| format!("{} cannot be imported", path.display()))?;
    Ok(Some(folder))
}

/// Names what is missing: often only the last part of a path is mistyped.
fn missing(path: &Path) -> String {
    let there = path.ancestors().skip(1).find(|folder| folder.is_dir());
    let there = there.filter(|folder| !folder.as_os_str().is_empty());
    match there {
        Some(folder) => format!(
            "cannot read {}: check the path; {} is there",
            path.display(),
            folder.display()
        ),
        None => format!(
            "cannot read {}: check the path; the working folder is {}",
            path.display(),
            std::env::current_dir().unwrap_or_default().display()
        ),
    }
}

fn nothing(path: &Path, passed: &[Passed]) -> String {
    let mut text = format!(
        "there is nothing to import in {}: expected documents (PDF, Office, EPUB, HTML, pictures, packages), JSON Lines, JSON-LD, CSV, XLSX, ODS or Markdown files, or a folder of OpenStax books",
        path.display()
    );
    for Passed { path, reason } in passed.iter().take(10) {
        text.push_str(&format!("\n  not read: {}: {reason}", path.display()));
    }
    text
}

/// The walk through a folder.
struct Walk<'a> {
    root: &'a Path,
    stated: Stated,
    found: Vec<Input>,
    passed: Vec<Passed>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) -> Result<()> {
        if folder.join("modules").is_dir() && folder.join("collections").is_dir() {
            self.take(folder, Kind::Book);
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
                self.folder(&path)?;
            } else if !(name.starts_with("readme") || name.starts_with("license")) {
                self.file(path);
            }
        }
        Ok(())
    }

    fn file(&mut self, path: PathBuf) {
        let stated = Stated {
            format: None,
            ..self.stated
        };
        let wanted = |known: &Format| self.stated.format.is_none_or(|wanted| wanted == *known);
        match kind(&path, stated, false) {
            Ok(Kind::File(known)) if wanted(&known) => self.take(&path, Kind::File(known)),
            Ok(Kind::Document) if self.stated.format.is_none() => self.take(&path, Kind::Document),
            Ok(_) => self.pass(path, Obstacle::Format),
            Err(reason) if reason.is_of_workbook() && is_kept(&path, self.stated) => {
                self.take(&path, Kind::Document);
            }
            Err(reason) => self.pass(path, reason),
        }
    }

    fn pass(&mut self, path: PathBuf, reason: Obstacle) {
        self.passed.push(Passed { path, reason });
    }

    fn take(&mut self, path: &Path, kind: Kind) {
        let encoding = self.stated.encoding;
        self.found.push(Input {
            encoding,
            ..input(self.root, path, kind)
        });
    }
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
        encoding: None,
    }
}

/// How a file is read: as a catalogue where it is one, else as a document. `alone` where it is all that is imported.
fn kind(path: &Path, stated: Stated, alone: bool) -> Result<Kind, Obstacle> {
    let asked = stated.format == Some(Format::Workbook);
    if (asked || stated.format.is_none()) && workbook::is_named(path) {
        let catalogue = workbook::is_catalogue(path, alone)?;
        if asked || catalogue {
            return Ok(Kind::File(Format::Workbook));
        }
    }
    let obstacle = match format(path, stated) {
        Ok(format) => return Ok(Kind::File(format)),
        Err(obstacle @ (Obstacle::Unreadable(_) | Obstacle::Empty)) => return Err(obstacle),
        Err(obstacle) => obstacle,
    };
    // A sheet or a catalogue in an unknown encoding is no document.
    let catalogue = path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy().to_lowercase();
        [".csv", ".tsv", ".json", ".jsonl", ".jsonld", ".gz"]
            .iter()
            .any(|ending| name.ends_with(ending))
    });
    match !catalogue && is_kept(path, stated) {
        true => Ok(Kind::Document),
        false => Err(obstacle),
    }
}

/// Whether a file becomes a record of its own, as a document.
fn is_kept(path: &Path, stated: Stated) -> bool {
    stated.format.is_none() && probed(path).is_ok_and(document::is_taken)
}

/// What a file is by its content. Archives are told apart by the list at their end, so that a file is
/// looked at whole, up to a size.
fn probed(path: &Path) -> Result<khue_extract::Kind, Obstacle> {
    let unreadable = |error: std::io::Error| Obstacle::Unreadable(error.to_string());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let size = fs::metadata(path).map_err(unreadable)?.len();
    let named = khue_extract::by_name(&name);
    if size > MOST_PROBED {
        return Ok(named.unwrap_or_default());
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    Ok(khue_extract::by_content(&bytes, &name))
}

/// The format of a file by its name and first bytes (unpacked where it is a gzip file), or what
/// stands in the way.
fn format(path: &Path, stated: Stated) -> Result<Format, Obstacle> {
    let unreadable = |error: &dyn std::fmt::Display| Obstacle::Unreadable(error.to_string());
    let mut first = Vec::new();
    let file = fs::File::open(path).map_err(|error| unreadable(&error))?;
    super::reader::unpacked(path, file)
        .take(PROBE as u64)
        .read_to_end(&mut first)
        .map_err(|error| unreadable(&error))?;
    if let Some(obstacle) = Obstacle::find(&first, stated.encoding.is_some()) {
        return Err(obstacle);
    }
    if let Some(format) = stated.format {
        return Ok(format);
    }
    let mut text = Vec::new();
    super::reader::as_utf8(first.as_slice(), stated.encoding)
        .read_to_end(&mut text)
        .map_err(|error| unreadable(&error))?;
    Format::guess(path, &text).ok_or(Obstacle::Format)
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
