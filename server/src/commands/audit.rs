//! `khue audit`: the log of decisions.

use crate::clock::iso;
use crate::portal::DataFolder;
use anyhow::{Result, bail};
use khue_store::{AuditRow, AuditVerdict};

/// Rows read at a time.
const PART: u64 = 1_000;

/// Read the log of decisions, or check that nothing in it was changed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  khue audit verify        computes every seal again; names the first row that is not as it was written\n  khue audit list          one line for each decision, with numbers of accounts, 0 for the operator, -1 for a reader of whom nothing is kept\n\nThe seal that `verify` prints stands for the whole log. Keep it elsewhere: a log that somebody made anew has another."
)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Check that no row was changed, removed or put in between
    Verify,
    /// Print every row
    List {
        /// Rows behind this number only
        #[arg(long, default_value_t = 0)]
        after: i64,
    },
}

/// Prints or checks.
pub async fn run(args: Args, folder: DataFolder) -> Result<()> {
    let store = folder.open_store().await?;
    match args.what {
        What::Verify => match store.verify_audit().await? {
            AuditVerdict::Whole { rows, seal } => println!("whole: {rows} rows, seal {seal}"),
            AuditVerdict::Broken { seq, reason } => {
                bail!(
                    "row {seq} of the audit log is the first that is broken: {reason}; compare with a backup"
                )
            }
        },
        What::List { mut after } => loop {
            let rows = store.audit(after, PART).await?;
            let Some(last) = rows.last() else { break };
            after = last.seq;
            rows.iter().for_each(|row| println!("{}", line(row)));
        },
    }
    store.close().await?;
    Ok(())
}

fn line(row: &AuditRow) -> String {
    let AuditRow {
        seq,
        at,
        actor,
        action,
        object,
        detail,
        ..
    } = row;
    format!(
        "{seq}\t{}\taccount {actor}\t{action}\t{object}\t{}",
        iso(*at),
        detail.replace(['\n', '\t'], " ")
    )
}
