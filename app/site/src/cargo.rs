//! What is asked of cargo, rustc and rustup.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::Options;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Profile of the portal for the service worker.
pub(crate) const OFFLINE_PROFILE: &str = "wasm-offline";

/// Where the sources are and where built things go.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    /// `Cargo.toml` of each crate.
    pub(crate) manifests: Vec<PathBuf>,
}

impl Workspace {
    pub(crate) fn find(options: &Options) -> Result<Self> {
        let mut ask = Command::new(program("CARGO", "cargo"));
        ask.args(["metadata", "--no-deps", "--format-version", "1"]);
        if let Some(root) = &options.root {
            ask.current_dir(root);
        }
        let answer = output(&mut ask)
            .context("asking cargo for the workspace: run this inside the repository")?;
        let answer: Value =
            serde_json::from_str(&answer).context("reading what cargo says of the workspace")?;
        let folder = |key: &str| {
            answer[key]
                .as_str()
                .map(PathBuf::from)
                .with_context(|| format!("cargo does not say {key}"))
        };
        let packages = answer["packages"].as_array().into_iter().flatten();
        let manifests = packages.filter_map(|package| package["manifest_path"].as_str());
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
            manifests: manifests.map(PathBuf::from).collect(),
        })
    }

    /// A call of cargo in the workspace, into the same target folder.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(program("CARGO", "cargo"));
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

/// The compiler's name and version.
pub(crate) fn compiler() -> Result<String> {
    let answer = output(Command::new(program("RUSTC", "rustc")).arg("--version"))
        .context("asking rustc for its version: is Rust on the PATH?")?;
    Ok(answer.trim().to_owned())
}

/// Runs to the end in front of the person.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("{name} could not be started"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}

/// A crate that is compiled for the browser.
#[derive(Clone, Copy)]
pub(crate) enum Half {
    /// What wakes elements of pages.
    Hydrate,
    /// The portal on a school pack, for the service worker.
    Offline,
}

impl Half {
    fn package(self) -> &'static str {
        match self {
            Self::Hydrate => "khue-hydrate",
            Self::Offline => "khue-offline",
        }
    }
}

/// Compiles a crate for the browser; `None` when this machine cannot or nobody wants it.
pub(crate) fn build_wasm(
    workspace: &Workspace,
    options: &Options,
    half: Half,
) -> Result<Option<Vec<u8>>> {
    if options.style_only {
        return Ok(None);
    }
    if let Err(reason) = ensure_target() {
        ensure!(!options.require_wasm, "{reason:#}");
        eprintln!(
            "warning: {reason:#}\nThe pages work without the browser half; going on with the style only."
        );
        return Ok(None);
    }
    let file = compile(workspace, options, half)?;
    let bytes = std::fs::read(&file)
        .with_context(|| format!("reading {}: run `cargo site` again", file.display()))?;
    Ok(Some(bytes))
}

fn ensure_target() -> Result<()> {
    if has_target()? {
        return Ok(());
    }
    let added = Command::new("rustup")
        .args(["target", "add", TARGET])
        .status();
    if !matches!(added, Ok(status) if status.success()) || !has_target()? {
        bail!(
            "the Rust target {TARGET} is missing and could not be added: run `rustup target add {TARGET}` where there is a network"
        );
    }
    Ok(())
}

fn has_target() -> Result<bool> {
    let sysroot = output(Command::new(program("RUSTC", "rustc")).args(["--print", "sysroot"]))
        .context("asking rustc for its folder: is Rust on the PATH?")?;
    Ok(Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .join("lib")
        .is_dir())
}

fn compile(workspace: &Workspace, options: &Options, half: Half) -> Result<PathBuf> {
    let package = half.package();
    let profile = match half {
        _ if options.dev => "dev",
        Half::Hydrate => "wasm-release",
        Half::Offline => OFFLINE_PROFILE,
    };
    let mut build = workspace.cargo();
    build
        .args([
            "rustc",
            "--lib",
            "--package",
            package,
            "--target",
            TARGET,
            "--profile",
            profile,
        ])
        .args([
            "--crate-type",
            "cdylib",
            "--message-format",
            "json-render-diagnostics",
        ]);
    build.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags());
    let messages = output(&mut build).with_context(|| {
        format!("compiling {package} for the browser: mend what the compiler says above")
    })?;
    wasm_artifact(&messages, &package.replace('-', "_")).with_context(|| {
        format!("cargo built {package} but names no .wasm file: does it still take `--crate-type cdylib`?")
    })
}

/// The same for every crate, so that what they share is compiled once.
fn flags() -> String {
    // Random numbers come from the browser.
    let random = "--cfg=getrandom_backend=\"wasm_js\"";
    match neutral_paths() {
        Some(paths) => format!("{paths} {random}"),
        None => random.to_owned(),
    }
}

/// Keeps the folders of whoever builds out of the wasm that everybody downloads: it is smaller, and the same on every machine.
fn neutral_paths() -> Option<String> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    let crates = home.join("registry/src");
    let crates = crates
        .to_str()
        .filter(|path| !path.contains(char::is_whitespace))?;
    Some(format!("--remap-path-prefix={crates}=crates"))
}

/// The `.wasm` file of a crate among cargo's messages.
fn wasm_artifact(messages: &str, name: &str) -> Option<PathBuf> {
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| {
            message["reason"] == "compiler-artifact" && message["target"]["name"] == name
        })
        .filter_map(|message| message["filenames"].as_array().cloned())
        .flatten()
        .filter_map(|name| name.as_str().map(PathBuf::from))
        .rfind(|path| {
            path.extension()
                .is_some_and(|extension| extension == "wasm")
        })
}

/// The program that called us, as cargo tells its children, else the one on the PATH.
fn program(variable: &str, name: &str) -> PathBuf {
    env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from)
}

/// Runs to the end; what it prints as errors goes straight to the person.
fn output(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{name} could not be started"))?;
    ensure!(done.status.success(), "{name} ended with {}", done.status);
    Ok(String::from_utf8(done.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wasm_file_is_found_among_messages() {
        let messages = r#"{"reason":"compiler-artifact","target":{"name":"leptos"},"filenames":["/t/libleptos.rlib"]}
not json
{"reason":"compiler-artifact","target":{"name":"khue_hydrate"},"filenames":["/t/khue_hydrate.js","/t/khue_hydrate.wasm"]}
{"reason":"build-finished","success":true}"#;
        assert_eq!(
            wasm_artifact(messages, "khue_hydrate"),
            Some(PathBuf::from("/t/khue_hydrate.wasm"))
        );
        assert_eq!(wasm_artifact("{}", "khue_hydrate"), None);
    }
}
