//! The configuration file, with the line of every key.

use super::error::ConfigError;
use super::table::{SETTINGS, nearest, setting};
use config::{Value, ValueKind};
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// A setting as it stands in the file.
pub(super) struct Entry {
    pub key: &'static str,
    pub line: usize,
    pub value: Value,
}

/// Reads a configuration file; every key in it is a known setting.
pub(super) fn read(file: &Path) -> Result<Vec<Entry>, ConfigError> {
    let unreadable = |reason| ConfigError::Unreadable {
        file: file.to_owned(),
        reason,
    };
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    let table = DeTable::parse(&text).map_err(|error| ConfigError::Syntax {
        file: file.to_owned(),
        line: line_of(&text, error.span().map_or(0, |span| span.start)),
        reason: error.message().to_owned(),
    })?;
    let mut found = Vec::new();
    flatten("", table.get_ref(), &mut found);
    let entry = |(key, place, value)| entry(file, line_of(&text, place), key, value);
    found.into_iter().map(entry).collect()
}

type Leaf<'a> = (String, usize, &'a DeValue<'a>);

fn flatten<'a>(prefix: &str, table: &'a DeTable<'a>, found: &mut Vec<Leaf<'a>>) {
    for (name, value) in table.iter() {
        let key = match prefix {
            "" => name.get_ref().to_string(),
            prefix => format!("{prefix}.{}", name.get_ref()),
        };
        match value.get_ref() {
            DeValue::Table(inner) if !inner.is_empty() || is_group(&key) => {
                flatten(&key, inner, found)
            }
            value => found.push((key, name.span().start, value)),
        }
    }
}

fn is_group(key: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.place().0 == key)
}

fn entry(file: &Path, line: usize, key: String, value: &DeValue) -> Result<Entry, ConfigError> {
    let Some(known) = setting(&key) else {
        let hint = match nearest(&key, SETTINGS.iter().map(|setting| setting.key)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`khue config --template` lists all settings".to_owned(),
        };
        return Err(ConfigError::UnknownKey {
            file: file.to_owned(),
            line,
            key,
            hint,
        });
    };
    let origin = format!("{}, line {line}", file.display());
    Ok(Entry {
        key: known.key,
        line,
        value: Value::new(Some(&origin), kind_of(value, &origin)),
    })
}

pub(super) fn kind_of(value: &DeValue, origin: &String) -> ValueKind {
    match value {
        DeValue::String(text) => ValueKind::String(text.to_string()),
        DeValue::Boolean(flag) => ValueKind::Boolean(*flag),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| ValueKind::String(number.to_string()), ValueKind::I64),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or_else(|_| ValueKind::String(number.to_string()), ValueKind::Float),
        DeValue::Array(values) => {
            let inner = values
                .iter()
                .map(|value| Value::new(Some(origin), kind_of(value.get_ref(), origin)));
            ValueKind::Array(inner.collect())
        }
        DeValue::Datetime(moment) => ValueKind::String(moment.to_string()),
        DeValue::Table(table) => {
            let inner = table.iter().map(|(name, value)| {
                let value = Value::new(Some(origin), kind_of(value.get_ref(), origin));
                (name.get_ref().to_string(), value)
            });
            ValueKind::Table(inner.collect())
        }
    }
}

fn line_of(text: &str, place: usize) -> usize {
    text.bytes()
        .take(place)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}
