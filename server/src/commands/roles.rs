//! `khue roles`: the table of permissions.

use khue_content::account::table;

/// Print what each role may do.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "own: what the person made. others: what others made, where the role holds, never their own. all: both.\nA role holds within one institution or for all (`khue grant`). What has no institution is reached by roles for all only.\nThe role of a learner without an institution is everybody's who has an account: it reaches nothing of others."
)]
pub struct Args {}

/// Prints it.
pub fn run(_: &Args) {
    println!("{}", table());
}
