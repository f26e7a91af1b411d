//! One setting over the other: default, file, environment, flag.

use super::error::ConfigError;
use super::file;
use super::settings::Settings;
use super::table::{Kind, SETTINGS, Setting, nearest};
use config::{Config, Map, Source, Value, ValueKind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

/// Variables with our prefix that set no setting.
const OTHER_VARIABLES: &[&str] = &[
    "KHUE_AXE",
    "KHUE_BIN",
    "KHUE_CACHE",
    "KHUE_CHROMEDRIVER",
    "KHUE_CHROMIUM",
    "KHUE_CONFIG",
    "KHUE_SHARED_DATA",
    "KHUE_CRASHES",
];

/// What the command line says.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The configuration file.
    pub config: Option<PathBuf>,
    /// Settings: key, value, flag as typed.
    pub values: Vec<(&'static str, String, &'static str)>,
}

impl Flags {
    /// Notes a flag if it was given.
    pub fn set(&mut self, key: &'static str, flag: &'static str, value: Option<String>) {
        self.values.extend(value.map(|value| (key, value, flag)));
    }
}

/// Where a setting's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built in.
    Default,
    /// The configuration file: which, and the line.
    File(PathBuf, usize),
    /// A variable of the environment.
    Environment(String),
    /// A flag of the command line.
    Flag(&'static str),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => write!(to, "default"),
            Self::File(file, line) => write!(to, "{}, line {line}", file.display()),
            Self::Environment(name) => write!(to, "environment {name}"),
            Self::Flag(name) => write!(to, "flag {name}"),
        }
    }
}

/// A setting as it is in force, for people.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Which one.
    pub setting: &'static Setting,
    /// Its value as TOML, without passwords.
    pub value: String,
    /// Where it comes from.
    pub origin: Origin,
}

#[derive(Clone, Debug, Default)]
struct Layer(Vec<(&'static str, Value, Origin)>);

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, config::ConfigError> {
        Ok(self
            .0
            .iter()
            .map(|(key, value, _)| ((*key).to_owned(), value.clone()))
            .collect())
    }
}

/// Puts the settings together. `variables` is the environment.
pub fn load(
    flags: &Flags,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Settings, ConfigError> {
    let variables: BTreeMap<String, String> = variables
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let layers = [
        defaults(),
        in_file(flags, &variables)?,
        in_environment(&variables),
        in_flags(flags),
    ];
    let settings = merged(&layers)?;
    Ok(Settings {
        unknown_variables: unknown(&variables),
        ..settings
    })
}

/// The defaults alone.
pub(super) fn defaults_alone() -> Result<Settings, ConfigError> {
    merged(&[defaults()])
}

fn merged(layers: &[Layer]) -> Result<Settings, ConfigError> {
    let mut builder = Config::builder();
    for layer in layers {
        builder = builder.add_source(layer.clone());
    }
    let settings: Settings = builder.build()?.try_deserialize()?;
    let settings = settings.checked()?;
    let shown = SETTINGS
        .iter()
        .filter_map(|setting| shown(setting, layers))
        .collect();
    Ok(Settings { shown, ..settings })
}

fn defaults() -> Layer {
    let value = |setting: &Setting| {
        parse(
            setting.kind,
            setting.default.trim_matches('"'),
            "the default",
        )
    };
    Layer(
        SETTINGS
            .iter()
            .map(|setting| (setting.key, value(setting), Origin::Default))
            .collect(),
    )
}

fn in_file(flags: &Flags, variables: &BTreeMap<String, String>) -> Result<Layer, ConfigError> {
    let named = flags
        .config
        .clone()
        .or_else(|| variables.get("KHUE_CONFIG").map(PathBuf::from));
    let own = Path::new(super::FILE);
    let file = match named {
        Some(file) => file,
        None if own.is_file() => own.to_owned(),
        None => return Ok(Layer::default()),
    };
    let entry = |entry: file::Entry| {
        (
            entry.key,
            entry.value,
            Origin::File(file.clone(), entry.line),
        )
    };
    Ok(Layer(file::read(&file)?.into_iter().map(entry).collect()))
}

fn in_environment(variables: &BTreeMap<String, String>) -> Layer {
    let entry = |setting: &Setting| {
        let name = setting.variable();
        let value = parse(
            setting.kind,
            variables.get(&name)?,
            &format!("the environment variable {name}"),
        );
        Some((setting.key, value, Origin::Environment(name)))
    };
    Layer(SETTINGS.iter().filter_map(entry).collect())
}

fn in_flags(flags: &Flags) -> Layer {
    let entry = |(key, value, flag): &(&'static str, String, &'static str)| {
        let kind = super::setting(key).map_or(Kind::Text, |setting| setting.kind);
        (
            *key,
            parse(kind, value, &format!("the flag {flag}")),
            Origin::Flag(flag),
        )
    };
    Layer(flags.values.iter().map(entry).collect())
}

fn parse(kind: Kind, text: &str, origin: &str) -> Value {
    let origin = origin.to_owned();
    let one = |text: &str| Value::new(Some(&origin), text.trim().trim_matches('"'));
    match kind {
        Kind::List => {
            let parts = text
                .trim_matches(['[', ']'])
                .split(',')
                .filter(|part| !part.trim().is_empty());
            Value::new(Some(&origin), ValueKind::Array(parts.map(one).collect()))
        }
        Kind::Tables => tables(text, &origin).unwrap_or_else(|| one(text)),
        _ => one(text),
    }
}

/// Tables as they stand in a TOML file behind the equals sign; `None` where the text is no TOML.
fn tables(text: &str, origin: &String) -> Option<Value> {
    let line = format!("value = {text}");
    let table = DeTable::parse(&line).ok()?;
    let value = table.get_ref().get("value")?;
    let kind = file::kind_of(value.get_ref(), origin);
    Some(Value::new(Some(origin), kind))
}

fn shown(setting: &'static Setting, layers: &[Layer]) -> Option<Shown> {
    let mut all = layers.iter().rev().flat_map(|layer| &layer.0);
    let (_, value, origin) = all.find(|(key, _, _)| *key == setting.key)?;
    let value = match setting.kind {
        Kind::List => written_list(value),
        Kind::Tables => written(value),
        Kind::Number | Kind::Seconds => value.to_string(),
        Kind::Text => quoted(&value.to_string()),
        Kind::Key if value.to_string().is_empty() => quoted(""),
        Kind::Key => quoted("***"),
        Kind::Secret => quoted(&without_password(&value.to_string())),
    };
    Some(Shown {
        setting,
        value,
        origin: origin.clone(),
    })
}

/// A value with all that is in it, as TOML.
fn written(value: &Value) -> String {
    match &value.kind {
        ValueKind::Array(parts) => {
            let parts: Vec<String> = parts.iter().map(written).collect();
            format!("[{}]", parts.join(", "))
        }
        ValueKind::Table(table) => {
            let sorted: BTreeMap<_, _> = table.iter().collect();
            let parts: Vec<String> = sorted
                .into_iter()
                .map(|(name, value)| format!("{name} = {}", written(value)))
                .collect();
            format!("{{ {} }}", parts.join(", "))
        }
        ValueKind::Boolean(_) | ValueKind::I64(_) | ValueKind::Float(_) => value.to_string(),
        _ => quoted(&value.to_string()),
    }
}

fn written_list(value: &Value) -> String {
    let parts = value.clone().into_array().unwrap_or_default();
    let parts: Vec<String> = parts.iter().map(|part| quoted(&part.to_string())).collect();
    format!("[{}]", parts.join(", "))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// `postgres://user:word@host/name` with stars for the word.
pub(super) fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let Some((who, host)) = rest.rsplit_once('@') else {
        return address.to_owned();
    };
    match who.split_once(':') {
        Some((user, _)) => format!("{scheme}://{user}:***@{host}"),
        None => address.to_owned(),
    }
}

/// Variables with our prefix that nobody reads: (name, the one that may be meant).
fn unknown(variables: &BTreeMap<String, String>) -> Vec<(String, Option<String>)> {
    let known: Vec<String> = SETTINGS.iter().map(Setting::variable).collect();
    let is_unknown = |name: &&String| {
        name.starts_with("KHUE_")
            && !known.contains(name)
            && !OTHER_VARIABLES.contains(&name.as_str())
    };
    let meant = |name: &String| nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
    variables
        .keys()
        .filter(is_unknown)
        .map(|name| (name.clone(), meant(name)))
        .collect()
}
