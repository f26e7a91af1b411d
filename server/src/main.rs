//! The command `khue`.

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use khue_server::commands::{
    audit, bench, config_show, eval, exercises, export, extract, files, grant, guidance, import,
    institutions, models, pack, reindex, roles, serve, synonyms, tag,
};
use khue_server::config::{self, Flags, Settings};
use khue_server::{DataFolder, extracting, logging};
use std::path::PathBuf;
use std::process::ExitCode;

/// Khuê: an open portal of learning resources for a whole school system.
///
/// Without a subcommand the portal runs and answers on http://localhost:3000.
#[derive(Parser)]
#[command(version, after_help = AFTER, after_long_help = AFTER)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    shared: Shared,
}

const AFTER: &str = "\
Examples:
  khue                                   run the portal with the lessons that come with it
  khue import catalogue.jsonl.gz         take material in; again and again, nothing doubles
  khue serve --listen 0.0.0.0:8080       answer the whole network
  khue export --out everything.jsonl     write all records to a file
  khue config --template > khue.toml     a commented configuration file to start from

Data:
  Everything lives in one folder, ./khue-data unless --data, KHUE_DATA or `data` in the
  configuration says otherwise: the database, the files and the search index. The index may be
  deleted; `khue reindex` builds it again.

Settings:
  Defaults, then ./khue.toml (or --config, KHUE_CONFIG), then the environment, then flags.
  Every setting has a variable: listen is KHUE_LISTEN, limits.connections is
  KHUE_LIMITS_CONNECTIONS. `khue config` shows what is in force and where it comes from.";

#[derive(Args)]
#[command(next_help_heading = "Everywhere")]
struct Shared {
    /// Configuration file [default: khue.toml in the working folder, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of database, files and index [default: khue-data]
    #[arg(long, global = true, value_name = "FOLDER")]
    data: Option<String>,
    /// Database elsewhere: sqlite://PATH or postgres://USER@HOST/NAME
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
    /// What the log holds: error, warn, info, debug, trace [default: info]
    #[arg(long, global = true, value_name = "LEVEL")]
    log_level: Option<String>,
    /// How the log looks: text or json [default: text]
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Args),
    Import(import::Args),
    Reindex(reindex::Args),
    Export(export::Args),
    Pack(pack::Args),
    Extract(extract::Args),
    Exercises(exercises::Args),
    Guidance(guidance::Args),
    Tag(tag::Args),
    Eval(eval::Args),
    Models(models::Args),
    Bench(bench::Args),
    Synonyms(synonyms::Args),
    Config(config_show::Args),
    Grant(grant::Args),
    Files(files::Args),
    Institutions(institutions::Args),
    Roles(roles::Args),
    Audit(audit::Args),
}

fn main() -> ExitCode {
    // A child that reads one file sets its limits before anything else of the program begins.
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == extracting::CHILD)
    {
        return khue_extract::child::main();
    }
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("khue: {}", told(&error));
            ExitCode::FAILURE
        }
    }
}

/// An error with its causes, without what an error has already said of its cause.
fn told(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text.push_str(&format!(": {cause}"));
        }
    }
    text
}

fn run(cli: Cli) -> Result<()> {
    let command = cli
        .command
        .unwrap_or_else(|| Command::Serve(serve::Args::default()));
    let variables = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let settings = config::load(&flags(cli.shared, &command), variables)?;
    logging::start(&settings.log)?;
    settings.model_folder().make_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start threads")?;
    runtime.block_on(dispatch(command, settings))
}

async fn dispatch(command: Command, settings: Settings) -> Result<()> {
    let folder = DataFolder::new(&settings.data, settings.database.clone())
        .with_storage(settings.storage.clone());
    match command {
        Command::Serve(args) => serve::run(args, folder, settings).await,
        Command::Import(args) => import::run(args, folder).await,
        Command::Reindex(args) => reindex::run(args, folder).await,
        Command::Export(args) => export::run(args, folder).await,
        Command::Pack(args) => pack::run(args, folder, settings).await,
        Command::Extract(args) => tokio::task::block_in_place(|| extract::run(&args)),
        Command::Exercises(args) => exercises::run(args),
        Command::Guidance(args) => guidance::run(args, folder, &settings.model_folder()).await,
        Command::Tag(args) => {
            tokio::task::block_in_place(|| tag::run(&args, &settings.model_folder()))
        }
        Command::Eval(args) => {
            tokio::task::block_in_place(|| eval::run(args, &settings.model_folder()))
        }
        Command::Models(args) => tokio::task::block_in_place(|| models::run(args, &settings)),
        Command::Bench(args) => bench::run(args).await,
        Command::Synonyms(args) => synonyms::run(args, &folder),
        Command::Config(args) => config_show::run(&args, &settings),
        Command::Grant(args) => grant::run(args, folder, &settings).await,
        Command::Files(args) => files::run(&args, &folder).await,
        Command::Institutions(args) => institutions::run(args, folder).await,
        Command::Roles(args) => {
            roles::run(&args);
            Ok(())
        }
        Command::Audit(args) => audit::run(args, folder).await,
    }
}

fn flags(shared: Shared, command: &Command) -> Flags {
    let mut flags = Flags {
        config: shared.config,
        ..Flags::default()
    };
    flags.set("data", "--data", shared.data);
    flags.set("database", "--database", shared.database);
    flags.set("log.level", "--log-level", shared.log_level);
    flags.set("log.format", "--log-format", shared.log_format);
    if let Command::Serve(args) = command {
        flags.set("listen", "--listen", args.listen.clone());
        flags.set("base_url", "--base-url", args.base_url.clone());
        flags.set("site", "--site", args.site.clone());
    }
    flags
}
