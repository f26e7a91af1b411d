//! `khue exercises`: exercises of lessons checked, and those of other programs taken in.

use anyhow::{Context, Result, bail};
use khue_content::exercise::import::{Imported, from_gift, from_h5p, from_qti};
use khue_content::exercise::{find, write};
use khue_content::format::markdown::from_markdown;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest file of a package that is read, in bytes.
const LARGEST: u64 = 20 * 1024 * 1024;

/// Files of a package that are looked at.
const MOST_FILES: usize = 5000;

/// Check the exercises of lessons, or turn those of other programs into blocks for a lesson.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

const HELP: &str = "\
Exercises stand in the Markdown of a lesson; content/library/README.md says how they are written.
`convert` prints them as such blocks and tells on the error output what it did not understand.

  GIFT  .gift .txt         text of Moodle's question bank
  QTI 3 .xml .zip          one item, or a package of them
  H5P   .h5p               TrueFalse, MultiChoice, SingleChoiceSet, Blanks, DragText, QuestionSet

Examples:
  khue exercises check lessons/*.md
  khue exercises convert quiz.gift --language en >> lesson.md
  khue exercises convert bank.zip > exercises.md";

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Say what is wrong with the exercises of lessons, by file and line; nothing is changed.
    Check {
        /// Lessons in Markdown
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Print the exercises of a file as blocks for a lesson.
    Convert {
        /// GIFT, QTI 3 or H5P
        file: PathBuf,
        /// Language of its texts, where it does not say so
        #[arg(long, default_value = "vi")]
        language: String,
    },
}

/// Checks or converts.
pub fn run(args: Args) -> Result<()> {
    match args.what {
        What::Check { files } => check(&files),
        What::Convert { file, language } => convert(&file, &language),
    }
}

fn check(files: &[PathBuf]) -> Result<()> {
    let (mut good, mut faults) = (0, 0);
    for file in files {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let record = from_markdown(&file.display().to_string(), &text).record;
        let language = record
            .ok()
            .and_then(|record| record.main_language().map(str::to_owned));
        for found in find(&text, language.as_deref().unwrap_or("vi")) {
            match found.exercise {
                Ok(_) => good += 1,
                Err(all) => {
                    faults += all.len();
                    all.iter()
                        .for_each(|fault| println!("{}: {fault}", file.display()));
                }
            }
        }
    }
    if faults > 0 {
        bail!("{faults} faults; {good} exercises are good");
    }
    println!("{good} exercises, all good");
    Ok(())
}

fn convert(file: &Path, language: &str) -> Result<()> {
    let imported = read(file, language)?;
    for exercise in &imported.exercises {
        println!("{}", write(exercise));
    }
    for left in &imported.left_out {
        eprintln!("not understood: {left}");
    }
    eprintln!(
        "{} exercises, {} things not understood",
        imported.exercises.len(),
        imported.left_out.len()
    );
    if imported.exercises.is_empty() {
        bail!("no exercise in {} is understood", file.display());
    }
    Ok(())
}

fn read(file: &Path, language: &str) -> Result<Imported> {
    let ending = file
        .extension()
        .map(|end| end.to_string_lossy().to_lowercase());
    let text = || {
        let bytes =
            std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok::<_, anyhow::Error>(String::from_utf8_lossy(&bytes).into_owned())
    };
    match ending.as_deref() {
        Some("gift" | "txt") => Ok(from_gift(&text()?, language)),
        Some("xml" | "qti") => Ok(from_qti(&text()?, language)),
        Some("h5p") => {
            let mut package = open(file)?;
            let [about, content] =
                ["h5p.json", "content/content.json"].map(|name| member(&mut package, name));
            Ok(from_h5p(&about?, &content?, language))
        }
        Some("zip" | "imscc") => items(file, language),
        _ => bail!(
            "{} is none of .gift, .txt, .xml, .zip, .h5p; rename it if it is one of them",
            file.display()
        ),
    }
}

/// The QTI items of a package.
fn items(file: &Path, language: &str) -> Result<Imported> {
    let mut package = open(file)?;
    let names: Vec<String> = package
        .file_names()
        .take(MOST_FILES)
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    let mut all = Imported::default();
    for name in names
        .iter()
        .filter(|name| name.to_lowercase().ends_with(".xml"))
    {
        let text = member(&mut package, name)?;
        if !text.contains("qti-assessment-item") {
            continue;
        }
        let mut one = from_qti(&text, language);
        one.left_out
            .iter_mut()
            .for_each(|left| left.place = format!("{name}, {}", left.place));
        all.exercises.append(&mut one.exercises);
        all.left_out.append(&mut one.left_out);
    }
    Ok(all)
}

fn open(file: &Path) -> Result<zip::ZipArchive<File>> {
    let opened = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    zip::ZipArchive::new(opened).with_context(|| format!("{} is no zip package", file.display()))
}

/// A file of a package as text.
fn member(package: &mut zip::ZipArchive<File>, name: &str) -> Result<String> {
    let file = package
        .by_name(name)
        .with_context(|| format!("the package has no {name} that can be read"))?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{name} cannot be read"))?;
    if bytes.len() as u64 > LARGEST {
        bail!("{name} is larger than {} MB", LARGEST / 1024 / 1024);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
