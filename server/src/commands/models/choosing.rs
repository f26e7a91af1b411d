//! Choosing a model for a role, and trying what is chosen.

use super::{UseArgs, role};
use anyhow::{Context, Error, Result, bail};
use khue_inference::Encoder;
use khue_inference::models::{Model, ModelFolder, Role, State, find};
use khue_inference::writer::{Surprise, Writer};
use std::path::Path;

/// Perplexity of a model that knows nothing of a language.
const CLUELESS: f64 = 1_000.0;

/// Notes which model a role uses from now on.
pub(super) fn choose(args: UseArgs, folder: &ModelFolder) -> Result<()> {
    if let Some(role) = args.off {
        folder.switch_off(role)?;
        println!("{}: off", role.name());
    } else if let Some(file) = args.file {
        choose_file(Role::Encoder, &file, folder)?;
    } else {
        match args.names.as_slice() {
            [name] => choose_named(find(name)?, folder)?,
            [named, name] => choose_for(role(named).map_err(Error::msg)?, name, folder)?,
            _ => bail!("name a model; `khue models list` shows all"),
        }
    }
    Ok(())
}

/// A model of the table by its name, or a file.
fn choose_for(role: Role, name: &str, folder: &ModelFolder) -> Result<()> {
    match find(name) {
        Ok(model) if model.role == role => choose_named(model, folder),
        Ok(model) => bail!(
            "{name} is no {}, its role is {}",
            role.name(),
            model.role.name()
        ),
        Err(_) if Path::new(name).is_file() => choose_file(role, Path::new(name), folder),
        Err(error) => Err(error).with_context(|| format!("there is no file {name} either")),
    }
}

fn choose_named(model: &Model, folder: &ModelFolder) -> Result<()> {
    let name = model.name;
    if folder.state(model) != State::Present {
        bail!("{name} has not been fetched: khue models pull {name}");
    }
    folder.choose(model)?;
    println!("{}: {name}", model.role.name());
    Ok(())
}

/// It is tried before it is chosen.
fn choose_file(role: Role, file: &Path, folder: &ModelFolder) -> Result<()> {
    match role {
        Role::Encoder => {
            Encoder::open_file(file, "own", "")?;
        }
        Role::Writer => {
            let surprises = Writer::open_file(file, "own", "")?.surprises()?;
            println!("{}", told(&surprises));
            if surprises.iter().all(|one| one.perplexity > CLUELESS) {
                bail!(
                    "{} knows none of the three languages, or is of a kind that is not computed rightly here; choose another file",
                    file.display()
                );
            }
        }
    }
    folder.choose_file(role, file)?;
    println!("{}: {}", role.name(), file.display());
    Ok(())
}

fn told(surprises: &[Surprise]) -> String {
    let told = |one: &Surprise| format!("{} {:.1}", one.language, one.perplexity);
    let told: Vec<String> = surprises.iter().map(told).collect();
    format!("perplexity of everyday paragraphs: {}", told.join(", "))
}

/// Whether the file is what was pinned and, of a writer, what is computed with it makes sense.
pub(super) fn check(model: &Model, folder: &ModelFolder) -> Result<()> {
    folder.verify(model)?;
    if let Some((language, most)) = model.surprise {
        let writer = Writer::open_file(&folder.file(model), model.name, model.revision)?;
        let surprises = writer.surprises()?;
        let found = surprises.iter().find(|one| one.language == language);
        if found.is_none_or(|one| one.perplexity > most) {
            bail!(
                "{}, at most {most} in {language}: this program computes it wrongly on this machine, please report it",
                told(&surprises)
            );
        }
    }
    Ok(())
}
