//! `cargo full-test`: sets up what the tests need, then runs all of them.

mod axe;
mod browser;
mod postgres;
mod system;

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{Options, build, cargo, models, steps::Steps};

/// The browser half is tested in the browser: compiled beside the server it would unite leptos' features.
const ALL: [&str; 1] = ["--workspace"];

/// Sets up browser, database and rules of accessibility, builds the browser half, runs every test.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  cargo full-test\n  cargo full-test niuton           tests with this in their name\n  cargo full-test -p khue-index   one crate\n\nArguments go to the test runner: cargo nextest where it is installed, else cargo test.\nWith arguments the examples in the documentation are left out."
)]
pub struct TestArgs {
    /// Install nothing: what is missing is skipped and named
    #[arg(long)]
    no_install: bool,
    /// Build nothing that reads school packs in the browser: saves minutes the first time, and its journeys are skipped
    #[arg(long)]
    no_packs: bool,
    /// Filters and flags for the test runner
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    filters: Vec<OsString>,
}

/// Sets up, runs, sums up. The exit code is 0 only when every test that ran has passed.
pub fn test(args: &TestArgs) -> Result<ExitCode> {
    let mut steps = Steps::new("cargo full-test");
    let workspace = cargo::Workspace::find(&Options::default())?;
    println!(
        "{}; built things go to {}",
        cargo::compiler()?,
        workspace.target.display()
    );
    let variables = set_up(&mut steps, args)?;
    note_data(&mut steps, &workspace.root);
    let well = run_tests(&mut steps, &workspace, args, &variables);
    println!("{steps}");
    Ok(if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

type Variables = Vec<(&'static str, PathBuf)>;

/// Readies everything; the variables tell the tests where it is.
fn set_up(steps: &mut Steps, args: &TestArgs) -> Result<Variables> {
    let install = !args.no_install;
    let mut variables = Variables::new();
    match steps.run("browser", || browser::set_up(install)) {
        Ok(browser) => variables.extend([
            ("KHUE_CHROMIUM", browser.chromium),
            ("KHUE_CHROMEDRIVER", browser.chromedriver),
        ]),
        Err(error) => steps.missing(
            "browser",
            &format!("{error:#}; journeys in the browser are skipped"),
        ),
    }
    match steps.run("axe-core", || axe::set_up(install)) {
        Ok(file) => variables.push(("KHUE_AXE", file)),
        Err(error) => steps.missing(
            "axe-core",
            &format!("{error:#}; its checks of accessibility are skipped"),
        ),
    }
    if let Err(error) = steps.run("PostgreSQL", || postgres::set_up(install)) {
        steps.missing(
            "PostgreSQL",
            &format!("{error:#}; the store is tested on SQLite only"),
        );
    }
    let site = steps.run("browser half", || {
        let report = build(&Options {
            no_packs: args.no_packs,
            ..Options::default()
        })?;
        print!("{report}");
        report.keep_budget()?;
        ensure!(
            report.has_packs() || args.no_packs || !report.has_wasm(),
            "app/offline does not compile for the browser: mend what the compiler says above"
        );
        Ok(report)
    })?;
    if !site.has_wasm() {
        steps.missing(
            "browser half (wasm)",
            "the Rust target could not be added; what needs scripts is skipped",
        );
    }
    if args.no_packs {
        steps.missing(
            "school packs in the browser",
            "left out by --no-packs; their journeys are skipped",
        );
    }
    variables.push(("KHUE_SITE", site.out));
    Ok(variables)
}

/// Tests on real data name their folder when it is missing and pass; the runner hides what passing tests print.
fn note_data(steps: &mut Steps, root: &Path) {
    let folder = std::env::var_os("KHUE_SHARED_DATA").map_or_else(
        || root.parent().unwrap_or(root).join("shared/data"),
        PathBuf::from,
    );
    if !folder.is_dir() {
        let why = format!(
            "{} is not there; tests on real material are skipped; set KHUE_SHARED_DATA",
            folder.display()
        );
        steps.missing("real data", &why);
    }
}

fn run_tests(
    steps: &mut Steps,
    workspace: &cargo::Workspace,
    args: &TestArgs,
    variables: &Variables,
) -> bool {
    let mut variables = variables.clone();
    if !names_a_package(&args.filters) {
        match steps.run("programs", || build_programs(workspace)) {
            Ok(program) => {
                models::set_up(steps, &program, args.no_install);
                variables.push(("KHUE_BIN", program));
            }
            Err(_) => return false,
        }
    }
    let mut tests = test_runner(workspace, &args.filters);
    tests.envs(variables.iter().cloned());
    let passed = steps.run("tests", || {
        cargo::run(&mut tests).context("see the failures above")
    });
    if !args.filters.is_empty() {
        return passed.is_ok();
    }
    let mut examples = workspace.cargo();
    examples.args(["test", "--doc"]).args(ALL).envs(variables);
    let examples = steps.run("examples in the documentation", || {
        cargo::run(&mut examples)
    });
    passed.is_ok() && examples.is_ok()
}

/// Tests start the program `khue`; built in one call with them, nothing is compiled twice.
fn build_programs(workspace: &cargo::Workspace) -> Result<PathBuf> {
    let mut build = workspace.cargo();
    build.args(["build", "--bins", "--tests"]).args(ALL);
    cargo::run(&mut build).context("building the tests: mend what the compiler says above")?;
    let name = format!("khue{}", std::env::consts::EXE_SUFFIX);
    Ok(workspace.target.join("debug").join(name))
}

/// `cargo nextest`, or `cargo test` where it is not installed.
fn test_runner(workspace: &cargo::Workspace, filters: &[OsString]) -> Command {
    let mut tests = workspace.cargo();
    if system::find("cargo-nextest").is_some() {
        // What fails on a busy machine alone passes the second time; it is named as flaky in the summary.
        tests.args(["nextest", "run", "--retries", "1"]);
    } else {
        tests.args(["test", "--tests"]);
    }
    tests.arg("--no-fail-fast");
    if !names_a_package(filters) {
        tests.args(ALL);
    }
    tests.args(filters);
    tests
}

fn names_a_package(filters: &[OsString]) -> bool {
    let names = |filter: &OsStr| {
        filter == "-p"
            || filter
                .to_str()
                .is_some_and(|text| text.starts_with("--package"))
    };
    filters.iter().any(|filter| names(filter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_narrows_the_run_and_a_name_does_not() {
        let filters = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert!(names_a_package(&filters(&["-p", "khue-index"])));
        assert!(names_a_package(&filters(&["--package=khue-index"])));
        assert!(!names_a_package(&filters(&["pack"])));
    }
}
