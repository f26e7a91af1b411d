//! `khue synonyms`: the table of abbreviations and synonyms.

use crate::portal::DataFolder;
use crate::synonyms::{from_file, in_force};
use anyhow::{Result, bail};
use khue_content::search::Synonyms;
use khue_content::search::synonyms::{Condition, Direction, Row};
use std::path::PathBuf;

/// Look at, check and try the table of abbreviations and synonyms that the search uses.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

const HELP: &str = "\
The portal knows the usual abbreviations (SGK, KHTN, GDCD) and spellings (axit, acid). A file
synonyms.csv in the data folder adds rows or changes them; the portal reads it when it starts.

  words,also,direction,when,note
  CLB,câu lạc bộ,two-way,,
  TV,thư viện,one-way,mượn|sách,only beside one of these words

A row for words that the portal knows replaces what it knows of them; with `also` empty it
takes them out of the table.

Examples:
  khue synonyms list > all.csv            everything in force, as a table to start from
  khue synonyms check my-synonyms.csv     what is wrong, by line and column
  cp my-synonyms.csv khue-data/synonyms.csv";

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print the table in force, as CSV.
    List,
    /// Read a table and say what is wrong with it; nothing is changed.
    Check {
        /// The table, a CSV file
        file: PathBuf,
    },
}

/// Lists or checks.
pub fn run(args: Args, folder: &DataFolder) -> Result<()> {
    match args.what {
        What::List => list(&in_force(folder)?),
        What::Check { file } => check(&file),
    }
}

fn check(file: &std::path::Path) -> Result<()> {
    let (rows, faults) = from_file(file)?;
    for fault in &faults {
        println!("{}: {fault}", file.display());
    }
    if !faults.is_empty() {
        bail!(
            "{} has {} faults; {} rows are good",
            file.display(),
            faults.len(),
            rows.len()
        );
    }
    println!("{}: {} rows, all good", file.display(), rows.len());
    Ok(())
}

fn list(table: &Synonyms) -> Result<()> {
    let mut sheet = csv::Writer::from_writer(std::io::stdout());
    sheet.write_record(["words", "also", "direction", "when", "note"])?;
    for row in table.rows() {
        sheet.write_record(cells(row))?;
    }
    Ok(sheet.flush()?)
}

fn cells(row: &Row) -> [String; 5] {
    let direction = match row.direction {
        Direction::OneWay => "one-way",
        Direction::TwoWay => "two-way",
    };
    let condition = |condition: &Condition| match condition {
        Condition::Grade => "@grade".to_owned(),
        Condition::Subject => "@subject".to_owned(),
        Condition::Capitals => "@capitals".to_owned(),
        Condition::Word(word) => word.clone(),
    };
    let when: Vec<String> = row.when.iter().map(condition).collect();
    [
        row.words.join("|"),
        row.also.join("|"),
        direction.to_owned(),
        when.join("|"),
        row.note.clone(),
    ]
}
