//! A test collection: documents, queries and judgements in the usual retrieval layout.

use super::measure::Grades;
use anyhow::{Context, Result, bail};
use flate2::read::MultiGzDecoder;
use serde_json::Value;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// A document to search in.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Identifier that the judgements use.
    pub id: String,
    /// Title; may be empty.
    pub title: String,
    /// Text.
    pub text: String,
    /// BCP 47 code; may be empty.
    pub lang: String,
}

/// A query.
#[derive(Clone, Debug)]
pub struct Query {
    /// Identifier that the judgements use.
    pub id: String,
    /// Words as typed.
    pub text: String,
    /// BCP 47 code; may be empty.
    pub lang: String,
    /// How it is typed, in the words of whoever wrote the queries; may be empty.
    pub kind: String,
}

/// Reads documents one by one: `_id` or `id`, `title`, `text`, `lang`; nothing else is looked at.
pub fn documents(path: &Path) -> Result<impl Iterator<Item = Result<Document>> + use<>> {
    Ok(lines(path)?.map(|line| {
        let line = line?;
        Ok(Document {
            id: text(&line, &["_id", "id", "doc_id"]),
            title: text(&line, &["title", "name"]),
            text: text(&line, &["text", "contents", "body"]),
            lang: text(&line, &["lang", "language", "inLanguage"]),
        })
    }))
}

/// Reads all queries: `_id` or `id`, `text`; `lang` and `kind` where they are there.
pub fn queries(path: &Path) -> Result<Vec<Query>> {
    let read = |line: Result<Value>| {
        let line = line?;
        Ok(Query {
            id: text(&line, &["_id", "id", "query_id", "query-id"]),
            text: text(&line, &["text", "query"]),
            lang: text(&line, &["lang", "language"]),
            kind: text(&line, &["kind", "category"]),
        })
    };
    lines(path)?.map(read).collect()
}

/// Reads judgements: query, document, grade between tabs; a heading line is passed over, and
/// the four columns of TREC (query, 0, document, grade) are understood.
pub fn judgements(path: &Path) -> Result<HashMap<String, Grades>> {
    let mut all: HashMap<String, Grades> = HashMap::new();
    for (number, line) in BufReader::new(open(path)?).lines().enumerate() {
        let line = line.with_context(|| {
            format!("{}: line {} is not UTF-8 text", path.display(), number + 1)
        })?;
        let columns = columns(&line);
        let (query, document, grade) = match columns.as_slice() {
            [] | [""] => continue,
            [query, document, grade] | [query, _, document, grade] => (*query, *document, *grade),
            [query, document] => (*query, *document, "1"),
            _ => bail!(
                "{}: line {}: expected query, document and grade between tabs",
                path.display(),
                number + 1
            ),
        };
        match grade.parse::<f64>() {
            Ok(grade) => {
                all.entry(query.to_owned())
                    .or_default()
                    .insert(document.to_owned(), grade);
            }
            Err(_) if number == 0 => {}
            Err(_) => bail!(
                "{}: line {}: the grade `{grade}` is not a number",
                path.display(),
                number + 1
            ),
        }
    }
    if all.is_empty() {
        bail!(
            "{} holds no judgements: expected lines of query, document and grade between tabs",
            path.display()
        );
    }
    Ok(all)
}

/// The columns of a line: between tabs, where there are any, as identifiers may hold spaces.
fn columns(line: &str) -> Vec<&str> {
    match line.contains('\t') {
        true => line.split('\t').map(str::trim).collect(),
        false => line.split_whitespace().collect(),
    }
}

fn open(path: &Path) -> Result<Box<dyn Read>> {
    if path.is_dir() {
        bail!("{} is a folder; expected a file", path.display());
    }
    let file = File::open(path)
        .with_context(|| format!("cannot read {}: check the path", path.display()))?;
    let zipped = path.extension().is_some_and(|e| e == "gz");
    Ok(if zipped {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    })
}

pub(super) fn lines(path: &Path) -> Result<impl Iterator<Item = Result<Value>> + use<>> {
    let shown = path.display().to_string();
    let reader = BufReader::with_capacity(1 << 18, open(path)?);
    let parse = move |(number, line): (usize, std::io::Result<String>)| {
        let parsed = line
            .map_err(anyhow::Error::from)
            .and_then(|l| match l.trim() {
                "" => Ok(None),
                text => Ok(Some(serde_json::from_str(text)?)),
            });
        parsed
            .with_context(|| format!("{shown}: line {} is no JSON object", number + 1))
            .transpose()
    };
    Ok(reader.lines().enumerate().filter_map(parse))
}

pub(super) fn text(line: &Value, names: &[&str]) -> String {
    let found = names.iter().find_map(|name| line.get(*name));
    match found {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(list)) => list
            .first()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
