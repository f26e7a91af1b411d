//! `khue guidance`: drafts guidance on using AI for one resource or many.

use crate::guidance::{Scores, Sourced, Writing, records, to_docx, today};
use crate::portal::DataFolder;
use anyhow::{Context, Result, bail};
use khue_content::LearningResource;
use khue_content::format::Format;
use khue_content::guidance::{GuidanceDraft, GuidanceRequest, draft, judge, plain_text, to_html};
use khue_inference::models::ModelFolder;
use std::path::{Path, PathBuf};

/// Draft guidance on using AI in a lesson: who, at which level, and what to verify.
///
/// The draft has 17 sections. Rules of age and licence are data; what depends on the lesson quotes
/// it word for word. It is a draft until a person has signed it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  khue guidance lesson.md                          read it in the terminal\n  khue guidance vat-li-10-dinh-luat-ii-newton      a resource of the portal, by its id\n  khue guidance lesson.md --out guidance.docx      Word, with the headings of a lesson plan\n  khue guidance lessons.jsonl --out drafts/ --as html\n  khue guidance lesson.md --lang en --out g.json\n\nFiles may be in any form that `khue import` reads."
)]
pub struct Args {
    /// File or folder with records, or the id of a resource of this portal
    pub what: String,
    /// Language of the draft [default: that of the resource]
    #[arg(long, value_parser = ["vi", "en", "fr"])]
    pub lang: Option<String>,
    /// File to write (its ending tells the form: .docx, .html, .json, .txt), or a folder for many drafts
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Form of the files in a folder, or of what is printed
    #[arg(long = "as", value_name = "FORM", value_parser = ["docx", "html", "json", "txt"])]
    pub form: Option<String>,
    /// Format of the records, where it cannot be told from the file
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(Format::names()))]
    pub format: Option<String>,
    /// Number that decides among equally good patterns; the same number, the same draft
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Language model that fills gaps of sentences with spans of the resource, as far as its score allows: a name of
    /// `khue models list`, a GGUF file, or `writer` for the one in use
    #[arg(long, value_name = "MODEL")]
    pub model: Option<String>,
    /// Day of the draft, for drafts that are compared [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,
}

/// Drafts and writes.
pub async fn run(args: Args, folder: DataFolder, models: &ModelFolder) -> Result<()> {
    let found = found(&args, folder).await?;
    let writing = match &args.model {
        Some(name) => Some(trusted(name, models)?),
        None => None,
    };
    let request = GuidanceRequest {
        language: args.lang.clone(),
        date: args.date.clone().unwrap_or_else(today),
        seed: args.seed,
        ..GuidanceRequest::default()
    };
    match found.as_slice() {
        [] => bail!("{} holds no records", args.what),
        [one] if !args.out.as_deref().is_some_and(Path::is_dir) => {
            tokio::task::block_in_place(|| single(&args, &request, one, writing.as_ref()))
        }
        many => tokio::task::block_in_place(|| several(&args, &request, many, writing.as_ref())),
    }
}

/// A language model for the gaps that its score allows; says so where there are none.
fn trusted(name: &str, models: &ModelFolder) -> Result<Writing> {
    let writing = Writing::named(name, models)?.trusted_by(&Scores::open(models)?);
    if !writing.is_trusted() {
        eprintln!(
            "{name} fills no gap: it has no score that allows it; `khue eval guidance --resources FILE --model {name}` measures it"
        );
    }
    Ok(writing)
}

async fn found(args: &Args, folder: DataFolder) -> Result<Vec<Sourced>> {
    let path = Path::new(&args.what);
    if path.exists() {
        let format = args.format.as_deref().and_then(Format::parse);
        let path = path.to_owned();
        return tokio::task::spawn_blocking(move || records(&path, format))
            .await
            .context("reading was stopped")?;
    }
    let store = folder.open_existing_store().await?;
    let stored = store.resource(&args.what).await?;
    store.close().await?;
    let Some(stored) = stored else {
        bail!(
            "there is no file {0} and no resource with the id {0} in this portal; check the path, or search the portal for the id",
            args.what
        );
    };
    Ok(vec![Sourced {
        place: args.what.clone(),
        record: Ok(stored.record),
    }])
}

fn single(
    args: &Args,
    request: &GuidanceRequest,
    one: &Sourced,
    writing: Option<&Writing>,
) -> Result<()> {
    let record = one
        .record
        .as_ref()
        .map_err(|reason| anyhow::anyhow!("{}: {reason}", one.place))?;
    let made =
        drafted(record, request, writing).with_context(|| format!("no draft for {}", one.place))?;
    let Some(out) = &args.out else {
        return print(&made, args.form.as_deref());
    };
    let ending = out
        .extension()
        .map(|end| end.to_string_lossy().to_lowercase());
    let form = args.form.clone().or(ending).unwrap_or_default();
    write(out, &made, &form)?;
    eprintln!("{}: {}", out.display(), told(&made, record));
    Ok(())
}

fn several(
    args: &Args,
    request: &GuidanceRequest,
    many: &[Sourced],
    writing: Option<&Writing>,
) -> Result<()> {
    let Some(out) = &args.out else {
        bail!(
            "{} holds {} records: give a folder for their drafts with --out",
            args.what,
            many.len()
        );
    };
    std::fs::create_dir_all(out)
        .with_context(|| format!("cannot make the folder {}", out.display()))?;
    let form = args.form.as_deref().unwrap_or("html");
    let (mut made_count, mut refused) = (0, 0);
    for (number, one) in (1..).zip(many) {
        let outcome = match &one.record {
            Ok(record) => drafted(record, request, writing).map(|made| (record, made)),
            Err(reason) => Err(anyhow::anyhow!("{reason}")),
        };
        match outcome {
            Ok((record, made)) => {
                let path = out.join(format!("{}.{form}", file_name(&record.id, number)));
                write(&path, &made, form)?;
                made_count += 1;
            }
            Err(reason) => {
                eprintln!("{}: {reason:#}", one.place);
                refused += 1;
            }
        }
    }
    eprintln!(
        "{made_count} drafts in {}, {refused} refused",
        out.display()
    );
    Ok(())
}

/// A name that is safe in every file system.
fn file_name(id: &str, number: usize) -> String {
    let safe: String = id
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
                c
            } else {
                '-'
            }
        })
        .take(80)
        .collect();
    if safe.is_empty() {
        format!("draft-{number}")
    } else {
        format!("{number:04}-{safe}")
    }
}

fn drafted(
    record: &LearningResource,
    request: &GuidanceRequest,
    writing: Option<&Writing>,
) -> Result<GuidanceDraft> {
    Ok(match writing {
        Some(writing) => writing.draft(record, request)?,
        None => draft(record, request, None)?,
    })
}

fn print(made: &GuidanceDraft, form: Option<&str>) -> Result<()> {
    match form {
        Some("docx") => bail!("a Word document goes to a file: add --out guidance.docx"),
        Some("html") => println!("{}", to_html(made)),
        Some("json") => println!("{}", serde_json::to_string_pretty(made)?),
        _ => println!("{}", plain_text(made)),
    }
    Ok(())
}

fn write(path: &Path, made: &GuidanceDraft, form: &str) -> Result<()> {
    let bytes = match form {
        "docx" => to_docx(made)?,
        "html" | "htm" => to_html(made).into_bytes(),
        "json" => serde_json::to_vec_pretty(made)?,
        "txt" => plain_text(made).into_bytes(),
        other => bail!(
            "{other:?} is no form of a draft: name the file .docx, .html, .json or .txt, or say --as"
        ),
    };
    std::fs::write(path, bytes).with_context(|| {
        format!(
            "cannot write {}: its folder must exist and be writable",
            path.display()
        )
    })
}

fn told(made: &GuidanceDraft, record: &LearningResource) -> String {
    let verdicts = judge(made, record);
    let passed = verdicts.iter().filter(|verdict| verdict.passed).count();
    format!(
        "{}; {passed} of {} tests passed",
        made.label,
        verdicts.len()
    )
}
