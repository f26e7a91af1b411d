//! `cargo site`: builds the browser half and says how large it is.

use anyhow::Result;
use clap::Parser;

fn main() -> Result<()> {
    let report = khue_site::build(&khue_site::Options::parse())?;
    print!("{report}");
    Ok(())
}
