//! Whether what reads packs was compiled from the sources that lie there now, told without asking cargo, which would compile at once.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::{
    asset,
    cargo::{self, OFFLINE_PROFILE, TARGET, Workspace},
};

/// Whether the compiled wasm and its note are there, and nothing that went in has changed since.
pub(crate) fn is_current(workspace: &Workspace) -> bool {
    let noted = fs::read_to_string(note_file(workspace)).ok();
    let compiled = folder(workspace).join("khue_offline.wasm").is_file();
    compiled && noted.is_some() && noted == digest(workspace).ok()
}

/// Notes beside the compiled wasm from what it was made.
pub(crate) fn note(workspace: &Workspace) -> Result<()> {
    let file = note_file(workspace);
    fs::write(&file, digest(workspace)?).with_context(|| format!("writing {}", file.display()))
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join(TARGET).join(OFFLINE_PROFILE)
}

fn note_file(workspace: &Workspace) -> PathBuf {
    folder(workspace).join("khue_offline.from")
}

/// Digest of compiler, crates and every source file of ours that cargo lists for the wasm.
fn digest(workspace: &Workspace) -> Result<String> {
    let list = folder(workspace).join("khue_offline.d");
    let list = fs::read_to_string(&list).with_context(|| format!("reading {}", list.display()))?;
    let lock = workspace.root.join("Cargo.lock");
    let mut files: BTreeSet<PathBuf> = sources(&list).into_iter().collect();
    files.extend(workspace.manifests.iter().cloned());
    files.extend([lock, workspace.root.join("Cargo.toml")]);
    let mut all = Sha256::new();
    all.update(cargo::compiler()?);
    for file in files {
        all.update(line(&file)?);
    }
    Ok(all
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn line(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(format!("\n{} {}", file.display(), asset::digest(&bytes)))
}

/// The files in a list in the form of make: `what: file file`, with `\ ` for a blank in a name.
fn sources(list: &str) -> Vec<PathBuf> {
    const BLANK: char = '\0';
    let files = list.lines().filter_map(|line| line.split_once(": "));
    files
        .flat_map(|(_, files)| {
            let escaped = files.replace("\\ ", &BLANK.to_string());
            let names: Vec<String> = escaped.split_whitespace().map(str::to_owned).collect();
            names
        })
        .map(|name| PathBuf::from(name.replace(BLANK, " ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace whose wasm was just compiled from one file.
    fn compiled(root: &Path) -> Workspace {
        let workspace = Workspace {
            root: root.to_owned(),
            target: root.join("target folder"),
            manifests: vec![root.join("app/Cargo.toml")],
        };
        fs::create_dir_all(folder(&workspace)).unwrap();
        fs::create_dir(root.join("app")).unwrap();
        for name in ["Cargo.toml", "Cargo.lock", "app/Cargo.toml", "app/a b.rs"] {
            fs::write(root.join(name), name).unwrap();
        }
        let source = root.join("app/a b.rs").display().to_string();
        let list = format!("/t/khue_offline.wasm: {}\n", source.replace(' ', "\\ "));
        fs::write(folder(&workspace).join("khue_offline.d"), list).unwrap();
        fs::write(folder(&workspace).join("khue_offline.wasm"), "wasm").unwrap();
        workspace
    }

    #[test]
    fn what_was_compiled_is_current_until_something_that_went_in_changes() {
        for changed in ["Cargo.lock", "app/Cargo.toml", "app/a b.rs"] {
            let root = tempfile::tempdir().unwrap();
            let workspace = compiled(root.path());
            assert!(!is_current(&workspace), "before it is noted");
            note(&workspace).unwrap();
            assert!(is_current(&workspace));
            fs::write(root.path().join("app/other.rs"), "no part of it").unwrap();
            assert!(is_current(&workspace));
            fs::write(root.path().join(changed), "changed").unwrap();
            assert!(!is_current(&workspace), "{changed}");
            note(&workspace).unwrap();
            fs::remove_file(root.path().join(changed)).unwrap();
            assert!(!is_current(&workspace), "{changed} is gone");
        }
    }

    #[test]
    fn without_the_compiled_wasm_nothing_is_current() {
        let root = tempfile::tempdir().unwrap();
        let workspace = compiled(root.path());
        note(&workspace).unwrap();
        fs::remove_file(folder(&workspace).join("khue_offline.wasm")).unwrap();
        assert!(!is_current(&workspace));
    }
}
