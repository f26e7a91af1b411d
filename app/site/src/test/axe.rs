//! axe-core, the rules of accessibility that tests run in the browser. It comes from npm, pinned, and is kept
//! in a cache outside the repository.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha512};

use super::system;

const VERSION: &str = "4.14.1";
/// SHA-512 of the package as npm serves it.
const PACKAGE: &str = "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5";

/// The script's file, fetched where that is allowed.
pub(super) fn set_up(install: bool) -> Result<PathBuf> {
    let folder = cache()?.join("axe-core").join(VERSION);
    let script = folder.join("axe.min.js");
    if !script.is_file() {
        ensure!(install, "axe-core {VERSION} has not been fetched yet");
        fetch(&folder).with_context(|| format!("fetching axe-core {VERSION} from npm"))?;
    }
    println!("   {}", script.display());
    Ok(script)
}

/// `KHUE_CACHE`, else `khue` in the person's cache.
fn cache() -> Result<PathBuf> {
    let own = env::var_os("KHUE_CACHE").map(PathBuf::from);
    own.or_else(|| Some(env::home_dir()?.join(".cache/khue")))
        .context("no folder for a cache is known: set KHUE_CACHE")
}

/// Fetches and unpacks beside the place, then moves there, so that nobody finds half of it.
fn fetch(folder: &Path) -> Result<()> {
    ensure!(
        system::find("npm").is_some(),
        "npm is not on the PATH: install Node.js with npm"
    );
    let beside = folder.with_extension(format!("new{}", std::process::id()));
    fs::create_dir_all(&beside).with_context(|| format!("{} cannot be made", beside.display()))?;
    let fetched = pack(&beside).and_then(|()| unpack(&beside));
    let moved = fetched.and_then(|()| Ok(fs::rename(beside.join("package"), folder)?));
    // what is left behind in a cache does no harm
    let _ = fs::remove_dir_all(&beside);
    moved
}

fn archive(folder: &Path) -> PathBuf {
    folder.join(format!("axe-core-{VERSION}.tgz"))
}

fn pack(folder: &Path) -> Result<()> {
    run(Command::new("npm")
        .args(["pack", "--silent", &format!("axe-core@{VERSION}")])
        .current_dir(folder))?;
    let bytes = fs::read(archive(folder))?;
    let found: String = Sha512::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if found != PACKAGE {
        bail!(
            "the package is not the one that was pinned (SHA-512 {found}); nothing of it is used"
        );
    }
    Ok(())
}

fn unpack(folder: &Path) -> Result<()> {
    run(Command::new("tar")
        .arg("-xzf")
        .arg(archive(folder))
        .args(["package/axe.min.js", "package/LICENSE"])
        .current_dir(folder))
}

fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("{name} could not be started"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}
