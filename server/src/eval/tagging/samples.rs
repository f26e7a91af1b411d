//! Labelled texts, as people have them: JSON Lines with a text and a label, or a folder of Markdown lessons.

use crate::eval::collection::{lines, text};
use crate::eval::shelf::records;
use anyhow::{Result, bail};
use khue_content::LearningResource;
use khue_content::language::detect;
use khue_content::render;
use serde_json::Value;
use std::path::Path;

/// Names under which data sets keep what is needed.
const TITLES: &[&str] = &["title", "name"];
const TEXTS: &[&str] = &[
    "text",
    "contents",
    "body",
    "description",
    "sentence",
    "question",
];
const LANGUAGES: &[&str] = &["lang", "language", "inLanguage"];
const GROUPS: &[&str] = &["group", "parallel_id", "article", "document"];

/// What is read of each line.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// Field of the label, or labels.
    pub label: String,
    /// Field of the text, where it is none of the usual ones.
    pub text: Option<String>,
    /// Field that tells which rows belong together.
    pub group: Option<String>,
    /// Only lines with these values.
    pub only: Vec<(String, String)>,
}

/// A labelled text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// Title, if it has one.
    pub title: String,
    /// Text.
    pub text: String,
    /// Bare code of its language, as stated or told by its words; may be empty.
    pub language: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// Rows of one group belong together.
    pub group: Option<String>,
}

impl Sample {
    /// Title and text as one; a title that the text begins with is not said twice.
    pub fn whole(&self) -> String {
        match self.title.is_empty() || self.text.starts_with(&self.title) {
            true => self.text.clone(),
            false => format!("{}\n{}", self.title, self.text),
        }
    }
}

/// Reads all lines that have a label and a text; of a folder all lessons, whose labels are in a property of theirs.
///
/// # Errors
/// A file that cannot be read, a line that is no JSON object, a lesson that is none, or nothing to learn from, with the
/// fields that there are.
pub fn samples(path: &Path, fields: &Fields) -> Result<Vec<Sample>> {
    let (mut found, mut seen, mut names) = (Vec::new(), 0usize, String::new());
    let rows: Box<dyn Iterator<Item = Result<Value>>> = match path.is_dir() {
        true => Box::new(lessons(path)?.into_iter().map(Ok)),
        false => Box::new(lines(path)?),
    };
    for line in rows {
        let line = line?;
        if !fields
            .only
            .iter()
            .all(|(name, value)| says(&line, name, value))
        {
            continue;
        }
        seen += 1;
        if names.is_empty() {
            names = named(&line);
        }
        let sample = sample(&line, fields);
        let empty = sample.text.is_empty() && sample.title.is_empty();
        if !sample.labels.is_empty() && !empty {
            found.push(sample);
        }
    }
    let shown = path.display();
    match (found.is_empty(), seen) {
        (false, _) => Ok(found),
        (true, 0) => bail!("{shown} has nothing that fits; check the path and the conditions"),
        (true, _) => bail!(
            "{shown}: none of {seen} lines has both a text and the label field `{}`; its fields are {names}; name the text with --text, the label with --label",
            fields.label
        ),
    }
}

/// The lessons of a folder, as lines would tell them.
fn lessons(folder: &Path) -> Result<Vec<Value>> {
    let told = |record: &LearningResource| {
        let text = record.body.as_ref().map(render::plain_text);
        let mut told = serde_json::to_value(record)?;
        told["text"] = text.unwrap_or_default().into();
        Ok(told)
    };
    records(folder)?.iter().map(told).collect()
}

fn sample(line: &Value, fields: &Fields) -> Sample {
    let own_text = fields.text.as_deref().map(|name| text(line, &[name]));
    let body = own_text.clone().unwrap_or_else(|| text(line, TEXTS));
    let title = match fields.text.as_deref() {
        Some(_) => String::new(),
        None => text(line, TITLES),
    };
    let stated = text(line, LANGUAGES);
    let bare = stated
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let language = match bare.is_empty() {
        true => detect(&body).unwrap_or_default().to_owned(),
        false => bare,
    };
    let group = match &fields.group {
        Some(name) => text(line, &[name]),
        None => Some(text(line, GROUPS))
            .filter(|group| !group.is_empty())
            .unwrap_or_else(|| title.clone()),
    };
    Sample {
        labels: labels(line.get(&fields.label)),
        group: Some(group).filter(|group| !group.is_empty()),
        title,
        text: body,
        language,
    }
}

/// One label or several; numbers and truth values are labels too.
fn labels(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    };
    let mut all: Vec<String> = match value {
        Some(Value::Array(list)) => list.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    };
    all.retain(|label| !label.is_empty());
    all.sort();
    all.dedup();
    all
}

fn says(line: &Value, name: &str, value: &str) -> bool {
    labels(line.get(name)).iter().any(|own| own == value)
}

fn named(line: &Value) -> String {
    let names = line
        .as_object()
        .map(|object| object.keys().cloned().collect::<Vec<_>>());
    names.unwrap_or_default().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, fields: &Fields) -> Result<Vec<Sample>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.jsonl");
        std::fs::write(&path, text).unwrap();
        samples(&path, fields)
    }

    fn fields(label: &str) -> Fields {
        Fields {
            label: label.into(),
            ..Fields::default()
        }
    }

    #[test]
    fn labels_may_be_words_numbers_or_lists() {
        let rows = read(
            "{\"text\":\"a b\",\"y\":\"x\"}\n\n{\"title\":\"t\",\"text\":\"c\",\"y\":[2,\"x\",2]}\n{\"text\":\"no label\"}\n",
            &fields("y"),
        )
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].labels, ["2", "x"]);
        assert_eq!(
            (rows[1].whole().as_str(), rows[1].group.as_deref()),
            ("t\nc", Some("t"))
        );
    }

    #[test]
    fn a_wrong_field_is_named_with_those_that_there_are() {
        let error = read("{\"sentence\":\"a\",\"topic\":\"x\"}", &fields("label")).unwrap_err();
        assert!(error.to_string().contains("sentence, topic"), "{error}");
        let error = read("{\"text\":\n", &fields("label")).unwrap_err();
        assert!(format!("{error:#}").contains("line 1"), "{error:#}");
    }

    #[test]
    fn a_folder_of_lessons_has_its_labels_in_their_heads() {
        let folder = tempfile::tempdir().unwrap();
        let lesson = "---\nname: Phân số\nabout: toan\ninLanguage: vi\n---\nTử số và mẫu số.\n";
        std::fs::write(folder.path().join("phan-so.md"), lesson).unwrap();
        let rows = samples(folder.path(), &fields("about")).unwrap();
        let row = &rows[0];
        assert_eq!(
            (row.title.as_str(), row.text.trim(), row.language.as_str()),
            ("Phân số", "Tử số và mẫu số.", "vi")
        );
        assert_eq!(row.labels.len(), 1, "{row:?}");
        let error = samples(folder.path(), &fields("topic")).unwrap_err();
        assert!(error.to_string().contains("`topic`"), "{error}");
    }

    #[test]
    fn conditions_choose_lines() {
        let text = "{\"text\":\"a\",\"y\":\"1\",\"split\":\"train\"}\n{\"text\":\"b\",\"y\":\"2\",\"split\":\"dev\"}";
        let only = vec![("split".to_owned(), "dev".to_owned())];
        let rows = read(
            text,
            &Fields {
                only,
                ..fields("y")
            },
        )
        .unwrap();
        assert_eq!(rows[0].text, "b");
    }
}
