//! `khue eval extract`: how much of a known text is found in files, beside other programs.

use crate::commands::extract::files;
use crate::eval::Recall;
use crate::extracting::extractor;
use crate::progress;
use anyhow::{Context, Result, bail};
use khue_extract::Limits;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Reads files whose text is known and compares word by word.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each file is compared with the text of its name: a.pdf with a.txt or a.reference.txt, beside it or in the folder of --truth.\nRecall is the share of the reference's words that are found, as a multiset: order does not count.\n\nExample:\n  khue eval extract --files manuals --peers"
)]
pub struct ExtractArgs {
    /// Folder of files, or a file
    #[arg(long)]
    files: PathBuf,
    /// Folder of the texts [default: that of the files]
    #[arg(long)]
    truth: Option<PathBuf>,
    /// Read with pdftotext and LibreOffice too, where they are installed
    #[arg(long)]
    peers: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

struct Row {
    file: String,
    reader: &'static str,
    recall: Recall,
    millis: u128,
}

/// Runs the comparison.
pub fn run(args: &ExtractArgs) -> Result<()> {
    let extractor = extractor(Limits::default())?;
    let pairs: Vec<(PathBuf, PathBuf)> = files(std::slice::from_ref(&args.files))?
        .into_iter()
        .filter_map(|file| Some((truth(&file, args.truth.as_deref())?, file)))
        .map(|(truth, file)| (file, truth))
        .collect();
    if pairs.is_empty() {
        bail!(
            "no file in {} has a text of its name: expected a.txt or a.reference.txt for a.pdf",
            args.files.display()
        );
    }
    let bar = progress::bar(pairs.len() as u64, "comparing");
    let mut rows = Vec::new();
    for (file, truth) in &pairs {
        let reference = std::fs::read_to_string(truth)
            .with_context(|| format!("cannot read {}", truth.display()))?;
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut add = |reader, text: &str, started: Instant| {
            rows.push(Row {
                file: name.clone(),
                reader,
                recall: Recall::of(&reference, text),
                millis: started.elapsed().as_millis(),
            });
        };
        let started = Instant::now();
        let document = extractor.read(file)?;
        add("khue", &document.text(), started);
        for (reader, text, started) in args.peers.then(|| peers(file)).into_iter().flatten() {
            add(reader, &text, started);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    print(&rows, args.json);
    Ok(())
}

/// The text that is known of a file.
fn truth(file: &Path, folder: Option<&Path>) -> Option<PathBuf> {
    let folder = folder.or_else(|| file.parent())?;
    let stem = file.file_stem()?.to_string_lossy();
    let names = [format!("{stem}.reference.txt"), format!("{stem}.txt")];
    let mut found = names.iter().map(|name| folder.join(name));
    found.find(|truth| truth.is_file() && truth != file)
}

/// What other programs that are installed read.
fn peers(file: &Path) -> Vec<(&'static str, String, Instant)> {
    let ending = file
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let started = Instant::now();
    let read = match ending.as_str() {
        "pdf" => {
            output(Command::new("pdftotext").arg(file).arg("-")).map(|text| ("pdftotext", text))
        }
        "docx" | "pptx" | "odt" | "odp" | "doc" | "ppt" | "rtf" | "xlsx" | "ods" => {
            libre_office(file).map(|text| ("libreoffice", text))
        }
        _ => None,
    };
    read.map(|(reader, text)| (reader, text, started))
        .into_iter()
        .collect()
}

fn output(command: &mut Command) -> Option<String> {
    let done = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    done.status
        .success()
        .then(|| String::from_utf8_lossy(&done.stdout).into_owned())
}

/// LibreOffice writes presentations as PDF only; pdftotext reads that.
fn libre_office(file: &Path) -> Option<String> {
    let folder = tempfile::tempdir().ok()?;
    let profile = format!(
        "-env:UserInstallation=file://{}/profile",
        folder.path().display()
    );
    let ending = file.extension()?.to_string_lossy().to_lowercase();
    let slides = matches!(ending.as_str(), "pptx" | "ppt" | "odp" | "xlsx" | "ods");
    let to = if slides {
        "pdf"
    } else {
        "txt:Text (encoded):UTF8"
    };
    let mut command = Command::new("soffice");
    command
        .arg(profile)
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder.path())
        .arg(file);
    output(&mut command)?;
    let made = folder
        .path()
        .join(file.file_stem()?)
        .with_extension(if slides { "pdf" } else { "txt" });
    match slides {
        true => output(Command::new("pdftotext").arg(made).arg("-")),
        false => std::fs::read_to_string(made).ok(),
    }
}

fn print(rows: &[Row], as_json: bool) {
    if as_json {
        for row in rows {
            let value = json!({
                "file": row.file, "reader": row.reader, "recall": row.recall.recall(), "precision": row.recall.precision(),
                "words": row.recall.wanted, "missing": row.recall.missing, "millis": row.millis as u64,
            });
            println!("{value}");
        }
        return;
    }
    println!(
        "{:<44} {:<12} {:>7} {:>9} {:>9} {:>7}",
        "file", "reader", "recall", "precision", "words", "ms"
    );
    for row in rows {
        let Row {
            file,
            reader,
            recall,
            millis,
        } = row;
        println!(
            "{file:<44} {reader:<12} {:>7.4} {:>9.4} {:>9} {millis:>7}",
            recall.recall(),
            recall.precision(),
            recall.wanted
        );
        if recall.recall() < 0.97 {
            println!("    missing most: {}", recall.missing.join(" "));
        }
    }
    let mut readers: Vec<&str> = rows.iter().map(|row| row.reader).collect();
    readers.sort_unstable();
    readers.dedup();
    for reader in readers {
        let own = rows.iter().filter(|row| row.reader == reader);
        let (wanted, found, count) = own.fold((0, 0, 0), |(wanted, found, count), row| {
            (
                wanted + row.recall.wanted,
                found + row.recall.found,
                count + 1,
            )
        });
        println!(
            "{reader}: recall {:.4} over {count} files, {wanted} words",
            found as f64 / f64::max(wanted as f64, 1.0)
        );
    }
}
