//! `khue export`: every published record as JSON Lines.

use crate::portal::DataFolder;
use anyhow::{Context, Result};
use khue_content::format::jsonl::to_line;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Records read from the store at a time.
const CHUNK: u64 = 2_000;

/// Write every published record as JSON Lines, in the order of ids.
///
/// The order never depends on how records came in, so equal libraries give equal files;
/// their SHA-256 is printed at the end.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  khue export --out library.jsonl\n  khue export --checksum")]
pub struct Args {
    /// File to write; standard output where none is given
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Print the number of records and their checksum only
    #[arg(long, conflicts_with = "out")]
    pub checksum: bool,
}

/// Writes the records.
pub async fn run(args: Args, folder: DataFolder) -> Result<()> {
    let store = folder.open_existing_store().await?;
    let mut out: Box<dyn Write> = match (&args.out, args.checksum) {
        (_, true) => Box::new(std::io::sink()),
        (Some(path), _) => {
            let file = File::create(path).with_context(|| {
                format!(
                    "cannot write {}: its folder must exist and be writable",
                    path.display()
                )
            })?;
            Box::new(BufWriter::new(file))
        }
        (None, _) => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    let mut hash = Sha256::new();
    let (mut after, mut count) = (String::new(), 0usize);
    loop {
        let records = store.export(&after, CHUNK).await?;
        let Some(last) = records.last() else { break };
        after.clone_from(&last.id);
        count += records.len();
        for record in &records {
            let line = to_line(record);
            hash.update(line.trim_end());
            hash.update(b"\n");
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    out.flush()?;
    let sum: String = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let told = format!("{count} records, SHA-256 {sum}");
    if args.checksum {
        println!("{told}")
    } else {
        eprintln!("{told}")
    }
    store.close().await?;
    Ok(())
}
