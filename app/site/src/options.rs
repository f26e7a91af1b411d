use std::path::PathBuf;

use clap::Parser;

/// What to build and where to.
#[derive(Debug, Clone, Default, Parser)]
#[command(
    name = "cargo site",
    about = "Builds the browser half of Khuê: wasm, style, fonts, icons"
)]
pub struct Options {
    /// Folder of the repository; found through cargo when not given.
    #[arg(long)]
    pub root: Option<PathBuf>,
    /// Folder to write to [default: <target folder>/site].
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Build the browser half quickly and large, for working on it.
    #[arg(long)]
    pub dev: bool,
    /// Fail when the browser half cannot be built, instead of going on with the style only.
    #[arg(long)]
    pub require_wasm: bool,
    /// Leave out what searches and reads school packs in the browser, the portal itself for the service worker; its first build
    /// takes minutes. `--dev` leaves it out too.
    #[arg(long)]
    pub no_packs: bool,
    /// Where what reads packs is not built yet, leave it for later and say in the manifest that it comes.
    #[arg(skip)]
    pub packs_later: bool,
    /// Leave the browser half out: for working on the style.
    #[arg(long, conflicts_with = "require_wasm")]
    pub style_only: bool,
}
