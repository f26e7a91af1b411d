//! Programs of this machine, and its packages.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Result, bail, ensure};

/// A program on the PATH.
pub(super) fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        .find(|program| program.is_file())
}

/// Installs packages of Debian or Ubuntu, as root or with a sudo that asks no password.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    let by_hand = format!(
        "install it yourself: apt-get install {}",
        packages.join(" ")
    );
    ensure!(
        find("apt-get").is_some(),
        "there is no apt-get here; install the packages {} of your system yourself",
        packages.join(", ")
    );
    let Some(prefix) = privilege() else {
        bail!("installing packages needs root or a sudo without password; {by_hand}");
    };
    println!("   installing {} with apt-get", packages.join(", "));
    apt(&prefix, &["update", "-qq"]);
    let mut wanted = vec!["install", "-y", "-qq", "--no-install-recommends"];
    wanted.extend(packages);
    ensure!(
        apt(&prefix, &wanted),
        "apt-get did not install {}; {by_hand}",
        packages.join(" ")
    );
    Ok(())
}

/// What stands before a command that needs root: nothing, or sudo.
fn privilege() -> Option<Vec<&'static str>> {
    if is_root() {
        return Some(Vec::new());
    }
    let sudo = vec!["sudo", "-n"];
    quiet(&sudo, "true", &[]).then_some(sudo)
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(Path::new("/proc/self")).is_ok_and(|me| me.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

fn apt(prefix: &[&str], args: &[&str]) -> bool {
    let mut words = vec!["DEBIAN_FRONTEND=noninteractive", "apt-get"];
    words.extend(args);
    quiet(prefix, "env", &words)
}

fn quiet(prefix: &[&str], program: &str, args: &[&str]) -> bool {
    let mut words = prefix.iter().copied().chain([program]);
    let Some(first) = words.next() else {
        return false;
    };
    let mut command = Command::new(first);
    command
        .args(words)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_by_name_only() {
        assert!(find("cargo").is_some());
        assert!(find("no-program-is-called-like-this").is_none());
    }
}
