//! Settings as the program uses them.

use super::error::ConfigError;
use super::layers::Shown;
use super::provider::ProviderSettings;
use super::storage::StorageSettings;
use super::uploads::UploadSettings;
use ipnet::IpNet;
use khue_content::community::Moderation;
use khue_inference::models::ModelFolder;
use serde::{Deserialize, Deserializer};
use std::path::PathBuf;
use std::time::Duration;

/// Everything that can be set. Made by [`super::load`].
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    /// Address and port to answer on.
    pub listen: String,
    /// Folder of database, index and files.
    pub data: PathBuf,
    /// Address of a database elsewhere.
    #[serde(deserialize_with = "filled")]
    pub database: Option<String>,
    /// Where readers reach the portal, without a final slash.
    #[serde(deserialize_with = "filled")]
    pub base_url: Option<String>,
    /// Folder of the built style and scripts.
    #[serde(deserialize_with = "filled")]
    pub site: Option<String>,
    /// Folder of the models.
    #[serde(deserialize_with = "filled")]
    pub models: Option<String>,
    /// Folder from which models are taken first.
    #[serde(deserialize_with = "filled")]
    pub models_from: Option<String>,
    /// Model hub that is asked last.
    #[serde(deserialize_with = "filled")]
    pub models_hub: Option<String>,
    /// Name of the portal.
    pub name: String,
    /// Where to ask.
    #[serde(deserialize_with = "filled")]
    pub contact: Option<String>,
    /// Networks whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// People.
    pub people: PeopleSettings,
    /// Mail.
    pub mail: MailSettings,
    /// Where uploaded files are kept.
    pub storage: StorageSettings,
    /// Files that come in pieces.
    pub uploads: UploadSettings,
    /// The search.
    pub search: Search,
    /// The log.
    pub log: Log,
    /// Search by meaning.
    pub meaning: MeaningSettings,
    /// School packs.
    pub packs: PackSettings,
    /// Packages that run apart.
    pub packages: PackageSettings,
    /// Limits for visitors.
    pub limits: Limits,
    /// All settings for people, with where they come from.
    #[serde(skip)]
    pub shown: Vec<Shown>,
    /// Variables with our prefix that set nothing, and what may be meant.
    #[serde(skip)]
    pub unknown_variables: Vec<(String, Option<String>)>,
}

/// People.
#[derive(Clone, Deserialize)]
pub struct PeopleSettings {
    /// What seals the secrets of second factors.
    #[serde(deserialize_with = "filled")]
    pub key: Option<String>,
    /// When comments on resources are looked at.
    #[serde(deserialize_with = "moderation")]
    pub comments: Moderation,
    /// Who people may sign in with.
    pub providers: Vec<ProviderSettings>,
}

impl std::fmt::Debug for PeopleSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let key = self.key.as_ref().map(|_| "…");
        f.debug_struct("PeopleSettings")
            .field("key", &key)
            .field("comments", &self.comments)
            .field("providers", &self.providers)
            .finish()
    }
}

/// Mail. Its `Debug` form shows no password.
#[derive(Clone, Deserialize)]
pub struct MailSettings {
    /// Server that takes mail.
    #[serde(deserialize_with = "filled")]
    pub server: Option<String>,
    /// Who mail is from.
    #[serde(deserialize_with = "filled")]
    pub from: Option<String>,
    /// Time zone of quiet hours.
    pub time_zone: String,
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let server = self.server.as_ref().map(|_| "…");
        f.debug_struct("MailSettings")
            .field("server", &server)
            .field("from", &self.from)
            .field("time_zone", &self.time_zone)
            .finish()
    }
}

/// The search.
#[derive(Clone, Debug, Deserialize)]
pub struct Search {
    /// People who must have made the same search on one day before it is suggested; 0 for never.
    pub past_queries_from: usize,
}

/// The log.
#[derive(Clone, Debug, Deserialize)]
pub struct Log {
    /// How lines look.
    #[serde(deserialize_with = "format")]
    pub format: LogFormat,
    /// What is written.
    pub level: String,
}

/// Search by meaning.
#[derive(Clone, Debug, Deserialize)]
pub struct MeaningSettings {
    /// Whether it is wanted.
    #[serde(deserialize_with = "switch")]
    pub search: bool,
    /// Most passages of a resource that get a vector.
    pub passages: usize,
}

/// School packs.
#[derive(Clone, Debug, Deserialize)]
pub struct PackSettings {
    /// Most resources of a pack that the portal makes by itself; 0 for none.
    pub resources: usize,
}

/// Packages that run apart from the portal.
#[derive(Clone, Debug, Deserialize)]
pub struct PackageSettings {
    /// Address and port, `auto` or `off`.
    pub listen: String,
    /// Where readers reach it, without a final slash.
    #[serde(deserialize_with = "filled")]
    pub origin: Option<String>,
    /// Folder of a player for H5P.
    #[serde(deserialize_with = "filled")]
    pub h5p: Option<String>,
}

/// How lines of the log look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// Limits for visitors.
#[derive(Clone, Debug, Deserialize)]
pub struct Limits {
    /// Most connections at a time.
    pub connections: usize,
    /// Most connections at a time from one address.
    pub connections_per_address: usize,
    /// How long a new connection may stay silent.
    #[serde(deserialize_with = "seconds")]
    pub first_byte: Duration,
    /// How long the head of a request may take to arrive.
    #[serde(deserialize_with = "seconds")]
    pub header: Duration,
    /// How long a connection may rest between requests.
    #[serde(deserialize_with = "seconds")]
    pub idle: Duration,
    /// How long an answer may take to begin.
    #[serde(deserialize_with = "seconds")]
    pub request: Duration,
    /// How long a reader may take nothing of an answer.
    #[serde(deserialize_with = "seconds")]
    pub stall: Duration,
    /// How long running answers are given at the end.
    #[serde(deserialize_with = "seconds")]
    pub stop: Duration,
    /// Largest body of a request.
    pub body_bytes: usize,
    /// Largest body of a request with the text or files of a submission.
    pub upload_bytes: usize,
    /// Requests per second and address; 0 for no limit.
    pub requests_per_second: u32,
    /// Requests that an address may make at once.
    pub burst: u32,
}

impl Settings {
    /// The defaults alone.
    ///
    /// # Errors
    /// None: a test reads every default.
    pub fn defaults() -> Result<Self, ConfigError> {
        super::layers::defaults_alone()
    }

    /// Where models are.
    pub fn model_folder(&self) -> ModelFolder {
        let own = self.models.as_ref().map(ModelFolder::new);
        own.unwrap_or_else(ModelFolder::default_place)
    }

    pub(super) fn checked(mut self) -> Result<Self, ConfigError> {
        if let Some(address) = &mut self.base_url {
            *address = address.trim_end_matches('/').to_owned();
            if !is_web_address(address) {
                return Err(wrong(
                    "base_url",
                    address,
                    "the address of a site, such as https://khue.example.vn",
                ));
            }
        }
        if !self.listen.contains(':') {
            return Err(wrong(
                "listen",
                &self.listen,
                "an address and a port, such as 127.0.0.1:3000",
            ));
        }
        self.packages.check(self.base_url.as_deref())?;
        if self.limits.connections == 0 || self.limits.connections_per_address == 0 {
            return Err(wrong(
                "limits.connections",
                "0",
                "at least 1, also for one address",
            ));
        }
        if self
            .people
            .key
            .as_deref()
            .is_some_and(|key| crate::auth::bytes(key).is_none())
        {
            return Err(wrong("people.key", "…", "64 hexadecimal digits, or empty"));
        }
        super::provider::check(&self.people.providers)?;
        self.mail.check()?;
        self.storage.check()?;
        self.uploads.check()?;
        if self.meaning.passages == 0 {
            return Err(wrong("meaning.passages", "0", "at least 1"));
        }
        Ok(self)
    }
}

impl PackageSettings {
    /// The walls that browsers have between origins are what keeps packages away from sessions: it must be another.
    fn check(&mut self, base_url: Option<&str>) -> Result<(), ConfigError> {
        if !["auto", "off"].contains(&self.listen.as_str()) && !self.listen.contains(':') {
            return Err(wrong(
                "packages.listen",
                &self.listen,
                "auto, off, or an address and a port, such as 127.0.0.1:3001",
            ));
        }
        let Some(origin) = &mut self.origin else {
            return Ok(());
        };
        *origin = origin.trim_end_matches('/').to_owned();
        let bare = origin
            .split_once("://")
            .is_some_and(|(_, host)| !host.contains('/'));
        if !is_web_address(origin) || !bare || origin.contains([';', ',', '\'', '*']) {
            return Err(wrong(
                "packages.origin",
                origin,
                "the address of a site without a path, such as https://packages.khue.example.vn",
            ));
        }
        if base_url.is_some_and(|portal| same_origin(portal, origin)) {
            return Err(wrong(
                "packages.origin",
                origin,
                "another host than that of base_url: packages must not run where people are signed in",
            ));
        }
        Ok(())
    }
}

/// Whether two addresses have the same scheme, host and port.
fn same_origin(one: &str, other: &str) -> bool {
    let origin = |address: &str| {
        let (scheme, rest) = address.split_once("://").unwrap_or_default();
        let host = rest.split('/').next().unwrap_or_default();
        format!("{scheme}://{host}").to_ascii_lowercase()
    };
    origin(one) == origin(other)
}

pub(super) fn wrong(key: &str, value: &str, expected: &str) -> ConfigError {
    ConfigError::Value {
        reason: format!("the setting `{key}` is \"{value}\", but must be {expected}"),
    }
}

impl MailSettings {
    fn check(&self) -> Result<(), ConfigError> {
        if crate::mail::zone(&self.time_zone).is_none() {
            let expected = "a time zone of this system, such as Asia/Ho_Chi_Minh";
            return Err(wrong("mail.time_zone", &self.time_zone, expected));
        }
        let Some(server) = &self.server else {
            return Ok(());
        };
        if crate::mail::Server::parse(server).is_none() {
            let expected = "smtp://USER:PASSWORD@HOST:587, smtps://USER:PASSWORD@HOST or smtp://127.0.0.1:25; other than letters and digits are written as %40 in USER and PASSWORD";
            return Err(wrong("mail.server", "…", expected));
        }
        let from = self.from.as_deref().unwrap_or_default();
        if from.parse::<lettre::message::Mailbox>().is_err() {
            let expected = "an address, such as Khuê <khue@example.vn>";
            return Err(wrong("mail.from", from, expected));
        }
        Ok(())
    }
}

pub(super) fn is_web_address(address: &str) -> bool {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && rest
                .chars()
                .all(|c| c.is_ascii_graphic() && !"\"<>?#\\".contains(c))
    })
}

fn format<'de, D: Deserializer<'de>>(from: D) -> Result<LogFormat, D::Error> {
    match String::deserialize(from)?.as_str() {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        other => Err(serde::de::Error::custom(format!(
            "\"{other}\" is neither text nor json"
        ))),
    }
}

fn switch<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    match String::deserialize(from)?.as_str() {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(serde::de::Error::custom(format!(
            "\"{other}\" is neither on nor off"
        ))),
    }
}

fn moderation<'de, D: Deserializer<'de>>(from: D) -> Result<Moderation, D::Error> {
    match String::deserialize(from)?.as_str() {
        "before" => Ok(Moderation::Before),
        "after" => Ok(Moderation::After),
        other => Err(serde::de::Error::custom(format!(
            "\"{other}\" is neither before nor after"
        ))),
    }
}

pub(super) fn filled<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.filter(|text| !text.trim().is_empty()))
}

fn seconds<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    let number = f64::deserialize(from)?;
    let fits = number > 0.0 && number <= 86_400.0;
    let wrong = || serde::de::Error::custom(format!("{number} is not between 0 and 86400 seconds"));
    fits.then(|| Duration::from_secs_f64(number))
        .ok_or_else(wrong)
}
