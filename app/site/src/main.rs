//! The commands of the repository: `cargo start`, `cargo full-test`, `cargo site`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

/// Builds, starts and tests Khuê.
#[derive(Debug, Parser)]
#[command(name = "cargo", bin_name = "cargo")]
enum Command {
    /// Builds the browser half and the server, then starts the portal
    Start(khue_site::StartArgs),
    /// Sets up all that the tests need and runs them
    #[command(name = "full-test", alias = "test")]
    Test(khue_site::TestArgs),
    /// Builds the browser half: wasm, style, fonts, icons
    Site(khue_site::Options),
    /// Builds what reads school packs beside a running portal; `cargo start` calls it
    #[command(hide = true)]
    Packs(khue_site::PacksArgs),
}

fn main() -> Result<ExitCode> {
    match Command::parse() {
        Command::Start(args) => khue_site::start(&args),
        Command::Test(args) => khue_site::test(&args),
        Command::Packs(args) => khue_site::packs(&args),
        Command::Site(options) => {
            let report = khue_site::build(&options)?;
            print!("{report}");
            if !options.dev {
                report.keep_budget()?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}
