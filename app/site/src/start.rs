//! `cargo start`: from a fresh clone to a portal that answers.

use std::{
    env,
    ffi::OsString,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};
use clap::Args;

use crate::{Options, Packs, Report, build, cargo, models, packs, steps::Steps};

/// What the islands of the pages do, for people who have to go without.
const WITHOUT_WASM: &str = "pages are whole, but there are no suggestions while typing, no results that change in place, no copy buttons";

/// What the portal in the service worker does.
const WITHOUT_PACKS: &str = "no school packs to learn from without a network";

/// Builds what is out of date, then runs `khue serve` in this terminal.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo start\n  cargo start -- --listen 127.0.0.1:8080\n  cargo start -- --help     all flags of `khue serve`"
)]
pub struct StartArgs {
    /// Build nothing that searches and reads school packs in the browser; else it is built in the background, once the portal answers
    #[arg(long)]
    no_packs: bool,
    /// Fetch no model: what is there already is used
    #[arg(long)]
    offline: bool,
    /// Arguments for `khue serve`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    serve: Vec<OsString>,
}

/// Builds both halves and starts the server, whose exit code is ours.
pub fn start(args: &StartArgs) -> Result<ExitCode> {
    let mut steps = Steps::new("cargo start");
    let workspace = cargo::Workspace::find(&Options::default())?;
    let compiler = cargo::compiler()?;
    println!(
        "{compiler}; built things go to {}",
        workspace.target.display()
    );
    let site = build_site(&mut steps, args.no_packs);
    steps.run("server", || build_server(&workspace))?;
    models::set_up(&mut steps, &program(&workspace), args.offline);
    if site.as_ref().is_some_and(is_waiting) {
        build_packs(&mut steps, &workspace);
    }
    println!("{steps}");
    serve(&workspace, site.map(|site| site.out), args)
}

/// The folder of style and scripts; the portal starts without them too, and says so.
fn build_site(steps: &mut Steps, no_packs: bool) -> Option<Report> {
    let report = steps.run("browser half", || {
        let report = build(&Options {
            no_packs,
            packs_later: true,
            ..Options::default()
        })?;
        print!("{report}");
        Ok(report)
    });
    match report {
        Ok(report) => {
            if !report.has_wasm() {
                steps.missing(
                    "browser half (wasm)",
                    &format!("the Rust target could not be added: {WITHOUT_WASM}, {WITHOUT_PACKS}"),
                );
            } else if report.manifest.packs == Packs::Failed {
                steps.missing(
                    "school packs in the browser",
                    &format!("see the warning above: {WITHOUT_PACKS}; all else works"),
                );
            }
            Some(report)
        }
        Err(error) => {
            steps.missing("browser half (wasm)", &format!("{error:#}: {WITHOUT_WASM}"));
            build_style(steps)
        }
    }
}

/// The style alone, which needs no compiler.
fn build_style(steps: &mut Steps) -> Option<Report> {
    let alone = Options {
        style_only: true,
        ..Options::default()
    };
    let report = steps.run("style", || build(&alone));
    if let Err(error) = &report {
        steps.missing("style", &format!("{error:#}: pages look bare"));
    }
    report.ok()
}

/// Whether what reads packs is still to be built.
fn is_waiting(site: &Report) -> bool {
    site.manifest.packs == Packs::Coming
}

/// Starts to build what reads packs beside the portal, which does not wait for it.
fn build_packs(steps: &mut Steps, workspace: &cargo::Workspace) {
    match packs::start_beside(workspace) {
        Ok(log) => steps.later(
            "school packs in the browser",
            &format!(
                "what reads them is built in the background, which takes some minutes; the portal answers meanwhile, and /offline offers packs once it is done. The log: {}",
                log.display()
            ),
        ),
        Err(error) => steps.missing(
            "school packs in the browser",
            &format!("{error:#}: {WITHOUT_PACKS}; `cargo site` builds them"),
        ),
    }
}

fn build_server(workspace: &cargo::Workspace) -> Result<()> {
    let mut build = workspace.cargo();
    build.args(["build", "--release", "--package", "khue-server"]);
    cargo::run(&mut build).context("building the server: mend what the compiler says above")
}

fn program(workspace: &cargo::Workspace) -> PathBuf {
    let name = format!("khue{}", env::consts::EXE_SUFFIX);
    workspace.target.join("release").join(name)
}

fn serve(
    workspace: &cargo::Workspace,
    site: Option<PathBuf>,
    args: &StartArgs,
) -> Result<ExitCode> {
    let program = program(workspace);
    let mut server = Command::new(&program);
    server.arg("serve").args(&args.serve);
    if let (Some(folder), None) = (site, env::var_os("KHUE_SITE")) {
        server.env("KHUE_SITE", folder);
    }
    println!("Starting {} serve; Ctrl+C stops it.\n", program.display());
    become_it(&mut server).with_context(|| format!("{} could not be started", program.display()))
}

/// The server takes the place of this program: signals and the exit code are its own.
#[cfg(unix)]
fn become_it(server: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(server.exec().into())
}

/// The terminal sends Ctrl+C to both programs; this one waits for the server to end.
#[cfg(not(unix))]
fn become_it(server: &mut Command) -> Result<ExitCode> {
    let code = server.status()?.code().unwrap_or(1);
    Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: StartArgs,
    }

    fn passed_on(words: &[&str]) -> Vec<OsString> {
        Line::parse_from([&["start"], words].concat()).args.serve
    }

    #[test]
    fn arguments_go_to_the_server_with_and_without_two_dashes() {
        assert_eq!(
            passed_on(&["--", "--listen", "127.0.0.1:8080"]),
            ["--listen", "127.0.0.1:8080"]
        );
        assert_eq!(
            passed_on(&["--listen", "127.0.0.1:8080"]),
            ["--listen", "127.0.0.1:8080"]
        );
        assert_eq!(passed_on(&["--", "--help"]), ["--help"]);
        assert!(passed_on(&[]).is_empty());
        assert!(passed_on(&["--offline", "--no-packs"]).is_empty());
    }
}
