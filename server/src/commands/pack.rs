//! `khue pack`: a part of the library in one file, for places without a network.

use crate::accept::{self, Stop};
use crate::commands::serve;
use crate::config::Settings;
use crate::pack::{self, Choice, PackHoldings, Packs};
use crate::portal::DataFolder;
use crate::progress;
use crate::router::router;
use crate::state::{Site, State};
use anyhow::{Context, Result};
use khue_content::pack::Manifest;
use khue_content::vocabulary;
use khue_pack::PackLibrary;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// School packs: a part of the library in one file, to be searched and read without a network.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

const HELP: &str = "\
A pack holds records, pictures and a search index. `khue pack serve` needs nothing but the pack: no
database, no network. Search, filters, suggestions, lessons with mathematics, exercises and paths are
those of the portal. Every part of a pack has a checksum; a damaged pack is refused, with the part named.

Examples:
  khue pack build everything.khuepack
  khue pack build toan-thcs.khuepack --subject Toán --level \"Trung học cơ sở\"
  khue pack build lop-8.khuepack --level \"lớp 8\"
  khue pack build khue-data/packs/lop-8.khuepack --level \"lớp 8\"    offered on /offline, for browsers
  khue pack inspect toan-thcs.khuepack
  khue pack serve toan-thcs.khuepack --listen 0.0.0.0:8080";

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Write a pack of everything, or of some subjects and levels. A running portal may go on.
    Build {
        /// File to write, such as toan-8.khuepack
        out: PathBuf,
        /// A subject, by any of its names; may be repeated
        #[arg(long = "subject", value_name = "NAME")]
        subjects: Vec<String>,
        /// A grade or stage, by any of its names; may be repeated
        #[arg(long = "level", value_name = "NAME")]
        levels: Vec<String>,
    },
    /// Say what is in a pack, and check every part of it.
    Inspect {
        /// The pack
        file: PathBuf,
    },
    /// Run a portal on a pack alone: whoever is in the same network opens it in a browser.
    Serve {
        /// The pack
        file: PathBuf,
        /// Address and port to answer on [default: 127.0.0.1:3000]
        #[arg(long, value_name = "ADDRESS:PORT")]
        listen: Option<String>,
        /// Folder of the built style and scripts
        #[arg(long, value_name = "FOLDER")]
        site: Option<PathBuf>,
    },
}

/// Builds, inspects or serves.
pub async fn run(args: Args, folder: DataFolder, settings: Settings) -> Result<()> {
    match args.what {
        What::Build {
            out,
            subjects,
            levels,
        } => build(&folder, &out, &Choice::read(&subjects, &levels)?).await,
        What::Inspect { file } => {
            let (manifest, _) = tokio::task::block_in_place(|| pack::read(&file))?;
            println!("{}", described(&manifest));
            println!("All {} parts are whole.", manifest.parts.len());
            Ok(())
        }
        What::Serve { file, listen, site } => {
            let listen = listen.unwrap_or_else(|| settings.listen.clone());
            answer(&file, &listen, site.as_deref(), settings).await
        }
    }
}

async fn build(folder: &DataFolder, out: &Path, choice: &Choice) -> Result<()> {
    let store = folder.open_existing_store().await?;
    let index = tempfile::tempdir().context("no folder for the pack's index: check TMPDIR")?;
    let source = pack::Source {
        bar: progress::bar(store.count().await?, "packing"),
        files: &folder.open_files()?,
        store: &store,
    };
    let built = pack::build(&source, choice, index.path(), out).await;
    store.close().await?;
    let built = built?;
    println!("{}", described(&built.manifest));
    if built.left_out > 0 {
        println!(
            "{} pictures were left out: above 2 MiB, or their files are not kept here",
            built.left_out
        );
    }
    println!("Written to {} ({} bytes)", out.display(), built.bytes);
    Ok(())
}

/// What is in a pack, in lines.
fn described(manifest: &Manifest) -> String {
    let names = |uris: &[String]| match uris {
        [] => "all".to_owned(),
        uris => {
            let names: Vec<&str> = uris
                .iter()
                .map(|uri| vocabulary::label(uri, "vi"))
                .collect();
            names.join(", ")
        }
    };
    format!(
        "pack       {}\nresources  {}\nsubjects   {}\nlevels     {}\nfiles      {}\nsize       {} bytes in {} parts",
        manifest.id,
        manifest.resources,
        names(&manifest.about),
        names(&manifest.educational_level),
        manifest.files.len(),
        manifest.packed_bytes(),
        manifest.parts.len(),
    )
}

/// Answers from the pack until a signal ends it.
async fn answer(file: &Path, listen: &str, site: Option<&Path>, settings: Settings) -> Result<()> {
    // First, so that a port that is taken is known before anything is opened.
    let listener = serve::bind(listen).await?;
    let stop = Stop::default();
    let signals = tokio::spawn(serve::on_signals(stop.clone()));
    let opened = Arc::new(tokio::task::block_in_place(|| pack::open(file))?);
    let holdings = Arc::new(PackHoldings::new(&opened)?);
    let library = Arc::new(PackLibrary::new(opened));
    let settings = serve::with_address(settings, &listener);
    let site = Site::find(site.or(settings.site.as_deref().map(Path::new)));
    serve::announce(&listener, &site, &settings);
    let (limits, exempt) = (settings.limits.clone(), settings.trusted_proxies.clone());
    let state = State::new(library, holdings, site, settings);
    let app = router(state.giving(Packs::One(file.to_owned())));
    accept::serve(listener, app, &limits, exempt, stop).await;
    signals.abort();
    Ok(())
}
