//! `khue files`: uploaded files between the data folder and a bucket, and those that nothing refers to.

use crate::portal::DataFolder;
use crate::progress;
use anyhow::{Result, bail};
use khue_store::{Copied, Error, Files, Saved, Side};

/// Copy uploaded files between the data folder and S3-compatible storage, check them, or remove those that nothing refers to.
///
/// The bucket is the one of the settings `storage.…`; docs/storage.md tells how to move a portal that runs.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  khue files copy --to bucket --dry-run   what would be copied, and how much\n  khue files copy --to bucket             copies what the bucket lacks; again and again, nothing doubles\n  khue files verify --on bucket           reads every file there and computes its checksum\n  khue files copy --to disk               back into the data folder\n  khue files clean --dry-run              which files nothing refers to any more\n  khue files clean                        removes them, while the portal is stopped\n\nNothing is removed but by clean. Files are copied by their checksums: what is damaged is named and not copied."
)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Copy what one side has and the other lacks
    Copy {
        /// Where to
        #[arg(long, value_enum, value_name = "SIDE")]
        to: Where,
        /// Only say what would be copied
        #[arg(long)]
        dry_run: bool,
    },
    /// Remove files that no resource, none of its versions and no submission refers to: what was taken away again, or came with drafts that were deleted
    Clean {
        /// Only list them
        #[arg(long)]
        dry_run: bool,
    },
    /// Read every file of a side and compare its checksum with its name
    Verify {
        /// Which side
        #[arg(long, value_enum, value_name = "SIDE")]
        on: Where,
    },
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Where {
    /// The folder `files` of the data folder
    Disk,
    /// The bucket of the settings
    Bucket,
}

impl From<Where> for Side {
    fn from(side: Where) -> Self {
        match side {
            Where::Disk => Self::Disk,
            Where::Bucket => Self::Bucket,
        }
    }
}

/// Copies, checks or removes.
///
/// # Errors
/// The bucket does not answer, or a file is damaged; all others are done before that is said. Nothing is removed while a portal runs.
pub async fn run(args: &Args, folder: &DataFolder) -> Result<()> {
    if let What::Clean { dry_run } = args.what {
        return clean(folder, dry_run).await;
    }
    tokio::task::block_in_place(|| {
        let files = folder.open_files()?;
        match args.what {
            What::Copy { to, dry_run: true } => foresee(&files, to.into()),
            What::Copy { to, dry_run: false } => copy(&files, to.into()),
            What::Verify { on } => verify(&files, on.into()),
            What::Clean { .. } => Ok(()),
        }
    })
}

async fn clean(folder: &DataFolder, dry_run: bool) -> Result<()> {
    let store = folder.open_existing_store().await?;
    // First the files, then what is known of them: between both nobody may keep a new one.
    let files = match dry_run {
        true => folder.open_files()?,
        false => folder.open_files_alone()?,
    };
    let named = store.named_files().await?;
    tokio::task::block_in_place(|| {
        let found = files.list_others(&named)?;
        for file in &found {
            println!("{} {} bytes", file.sha256, file.size);
            if !dry_run {
                files.remove(&file.sha256)?;
            }
        }
        let what = if dry_run {
            "would be removed; nothing was"
        } else {
            "are removed"
        };
        println!(
            "{} files that nothing refers to, {} bytes, {what}",
            found.len(),
            bytes(&found)
        );
        Ok(())
    })
}

fn foresee(files: &Files, to: Side) -> Result<()> {
    let there = files.list(to)?;
    let mut wanting = files.list(to.other())?;
    let before = wanting.len();
    wanting.retain(|file| there.binary_search(file).is_err());
    println!(
        "{} of {before} files would be copied, {} bytes; nothing was",
        wanting.len(),
        bytes(&wanting)
    );
    Ok(())
}

fn copy(files: &Files, to: Side) -> Result<()> {
    let found = files.list(to.other())?;
    let mut now = 0;
    let damaged = each(&found, "copying", |file| {
        now += usize::from(files.copy(file, to)? == Copied::Now);
        Ok(())
    })?;
    let before = found.len() - now - damaged;
    println!("{now} files copied, {before} were there already, {damaged} damaged");
    whole(damaged)
}

fn verify(files: &Files, on: Side) -> Result<()> {
    let found = files.list(on)?;
    let damaged = each(&found, "checking", |file| files.verify(on, file))?;
    println!(
        "{} of {} files are whole",
        found.len() - damaged,
        found.len()
    );
    whole(damaged)
}

/// Does something with each file. Returns how many are damaged; each is named.
fn each(
    files: &[Saved],
    doing: &'static str,
    mut work: impl FnMut(&Saved) -> Result<(), Error>,
) -> Result<usize> {
    let bar = progress::size(bytes(files), doing);
    let mut damaged = 0;
    for file in files {
        match work(file) {
            Ok(()) => {}
            Err(error @ Error::Damaged { .. }) => {
                damaged += 1;
                bar.suspend(|| eprintln!("khue: {error}"));
            }
            Err(error) => return Err(error.into()),
        }
        bar.inc(file.size);
    }
    bar.finish_and_clear();
    Ok(damaged)
}

fn bytes(files: &[Saved]) -> u64 {
    files.iter().map(|file| file.size).sum()
}

fn whole(damaged: usize) -> Result<()> {
    if damaged > 0 {
        bail!("{damaged} files are damaged; they are named above: copy them again from a backup");
    }
    Ok(())
}
