//! A bucket of S3-compatible storage.
//!
//! `rusty-s3` signs addresses and reads answers; `ureq` carries them. Every address is signed anew for each try and holds for a
//! quarter of an hour; it is never part of an error or of the log.

mod error;
mod parts;
mod request;
mod stream;

pub use error::{BucketError, BucketReason};
pub use stream::Stream;

use super::Saved;
use super::disk::is_name;
use error::BucketReason as Reason;
use request::Sent;
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Credentials, S3Action, UrlStyle};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use ureq::Agent;
use ureq::http::Method;
use ureq::http::header::CONTENT_LENGTH;

/// How long a signed address holds.
const SIGNED_FOR: Duration = Duration::from_secs(15 * 60);

/// How a bucket is reached. Its `Debug` form shows no key.
#[derive(Clone, PartialEq, Eq)]
pub struct BucketSettings {
    /// Address of the storage, such as `https://s3.example.vn`.
    pub endpoint: String,
    /// Region that requests are signed for.
    pub region: String,
    /// Name of the bucket.
    pub name: String,
    /// What the keys of all files begin with; may be empty.
    pub prefix: String,
    /// Identifier of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
    /// Whether the bucket is named in the path of addresses rather than in the host name.
    pub in_path: bool,
    /// Pause before something is tried again; each further one is twice as long.
    pub pause: Duration,
    /// Bytes that are sent at a time; larger files go in parts of this size. Storages want at least 5 MiB.
    pub part: u64,
}

impl Default for BucketSettings {
    fn default() -> Self {
        Self {
            endpoint: String::new(),
            region: "us-east-1".to_owned(),
            name: String::new(),
            prefix: String::new(),
            access_key: String::new(),
            secret_key: String::new(),
            in_path: true,
            pause: Duration::from_millis(200),
            part: 16 << 20,
        }
    }
}

impl std::fmt::Debug for BucketSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BucketSettings")
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("name", &self.name)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

/// A bucket. Its functions block.
#[derive(Clone)]
pub struct Bucket(Arc<Inner>);

struct Inner {
    settings: BucketSettings,
    bucket: rusty_s3::Bucket,
    credentials: Credentials,
    agent: Agent,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Bucket").field(&self.0.settings).finish()
    }
}

impl Bucket {
    /// A bucket; nothing is asked of it yet.
    ///
    /// # Errors
    /// [`BucketReason::Settings`]: address and name do not make an address of a bucket.
    pub fn new(settings: BucketSettings) -> Result<Self, BucketError> {
        let wrong = |said: String| BucketError {
            doing: "reach",
            bucket: settings.name.clone(),
            key: String::new(),
            reason: Reason::Settings(said),
        };
        let endpoint = settings.endpoint.parse();
        let endpoint =
            endpoint.map_err(|_| wrong("`storage.endpoint` is no address".to_owned()))?;
        let style = match settings.in_path {
            true => UrlStyle::Path,
            false => UrlStyle::VirtualHost,
        };
        let (name, region) = (settings.name.clone(), settings.region.clone());
        let bucket = rusty_s3::Bucket::new(endpoint, style, name, region);
        let bucket = bucket.map_err(|error| wrong(error.to_string()))?;
        let credentials = Credentials::new(&settings.access_key, &settings.secret_key);
        Ok(Self(Arc::new(Inner {
            settings,
            bucket,
            credentials,
            agent: request::agent(),
        })))
    }

    fn key(&self, sha256: &str) -> String {
        let prefix = &self.0.settings.prefix;
        format!("{prefix}{}/{}/{sha256}", &sha256[..2], &sha256[2..4])
    }

    /// Size of a file in bytes; `None` where it is not there.
    ///
    /// # Errors
    /// The bucket does not answer, or refuses.
    pub(super) fn size(&self, sha256: &str) -> Result<Option<u64>, BucketError> {
        let key = self.key(sha256);
        let address = || {
            let action = self.0.bucket.head_object(Some(&self.0.credentials), &key);
            action.sign(SIGNED_FOR)
        };
        let sent = Sent::new("look for", &key, Method::HEAD);
        let answer = match self.ask(&sent, address) {
            Err(error) if error.is_missing() => return Ok(None),
            answer => answer?,
        };
        let length = answer.headers().get(CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        length
            .map(Some)
            .ok_or_else(|| self.error(&sent, Reason::Unreadable("it has no length".to_owned())))
    }

    /// Stores the file at `path`, unless it is there. Storages check each piece by a checksum of their own.
    ///
    /// # Errors
    /// The file cannot be read, the bucket does not answer, or refuses.
    pub(super) fn put(&self, path: &Path, saved: &Saved) -> crate::error::Result<()> {
        if self.size(&saved.sha256)? == Some(saved.size) {
            return Ok(());
        }
        let unread = |error| crate::Error::io("read", path, error);
        let mut file = File::open(path).map_err(unread)?;
        if saved.size > self.0.settings.part {
            return self.put_parts(file, path, saved);
        }
        let mut content = Vec::new();
        file.read_to_end(&mut content).map_err(unread)?;
        let key = self.key(&saved.sha256);
        let address = || {
            let action = self.0.bucket.put_object(Some(&self.0.credentials), &key);
            action.sign(SIGNED_FOR)
        };
        self.ask(
            &Sent::new("store", &key, Method::PUT).with(&content),
            address,
        )?;
        Ok(())
    }

    /// A part of a file, as it comes.
    pub(super) fn stream(&self, sha256: &str, start: u64, end: u64) -> Stream {
        Stream::new(self.clone(), self.key(sha256), start, end)
    }

    /// Removes a file; one that is not there is no mistake.
    ///
    /// # Errors
    /// The bucket does not answer, or refuses.
    pub(super) fn remove(&self, sha256: &str) -> Result<(), BucketError> {
        let key = self.key(sha256);
        let address = || {
            let action = self.0.bucket.delete_object(Some(&self.0.credentials), &key);
            action.sign(SIGNED_FOR)
        };
        match self.ask(&Sent::new("remove", &key, Method::DELETE), address) {
            Err(error) if !error.is_missing() => Err(error),
            _ => Ok(()),
        }
    }

    /// All files of the bucket below the prefix; what has other names is somebody else's.
    ///
    /// # Errors
    /// The bucket does not answer, or refuses.
    pub(super) fn list(&self) -> Result<Vec<Saved>, BucketError> {
        let prefix = &self.0.settings.prefix;
        let sent = Sent::new("list", prefix, Method::GET);
        let (mut found, mut next) = (Vec::new(), None::<String>);
        loop {
            let address = || {
                let mut action = self.0.bucket.list_objects_v2(Some(&self.0.credentials));
                action.with_prefix(prefix.as_str());
                if let Some(next) = &next {
                    action.with_continuation_token(next.clone());
                }
                action.sign(SIGNED_FOR)
            };
            let text = self.text(&sent, address)?;
            let page = ListObjectsV2::parse_response(&text);
            let page = page.map_err(|e| self.error(&sent, Reason::Unreadable(e.to_string())))?;
            found.extend(page.contents.into_iter().filter_map(|one| {
                let sha256 = one.key.rsplit('/').next().filter(|name| is_name(name))?;
                let own = one.key == self.key(sha256);
                let (sha256, size) = (sha256.to_owned(), one.size?);
                own.then_some(Saved { sha256, size })
            }));
            next = page.next_continuation_token;
            if next.is_none() {
                return Ok(found);
            }
        }
    }

    /// Whether what came is what was asked for.
    pub(super) fn same(&self, sha256: &str, found: &Saved) -> Result<(), BucketError> {
        let key = self.key(sha256);
        let changed = Reason::Changed(found.sha256.clone());
        match found.sha256 == sha256 {
            true => Ok(()),
            false => Err(self.error(&Sent::new("fetch", &key, Method::GET), changed)),
        }
    }
}
