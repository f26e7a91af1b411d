//! Where uploaded files are kept.

use super::error::ConfigError;
use super::settings::{filled, is_web_address, wrong};
use khue_store::BucketSettings;
use serde::Deserialize;

/// Where uploaded files are kept. Its `Debug` form shows no key.
#[derive(Clone, Default, Deserialize)]
pub struct StorageSettings {
    /// Name of the bucket; `None` for the data folder.
    #[serde(deserialize_with = "filled")]
    pub bucket: Option<String>,
    /// Address of the storage.
    #[serde(deserialize_with = "filled")]
    pub endpoint: Option<String>,
    /// Region of the bucket.
    pub region: String,
    /// What keys begin with.
    pub prefix: String,
    /// Identifier of the key.
    #[serde(deserialize_with = "filled")]
    pub access_key: Option<String>,
    /// The key.
    #[serde(deserialize_with = "filled")]
    pub secret_key: Option<String>,
    /// `path` or `host`.
    pub addresses: String,
    /// Most bytes of copies near by.
    pub near_bytes: u64,
}

impl std::fmt::Debug for StorageSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StorageSettings")
            .field("bucket", &self.bucket)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

impl StorageSettings {
    /// How the bucket is reached; `None` where files are kept in the data folder.
    pub fn bucket(&self) -> Option<BucketSettings> {
        Some(BucketSettings {
            endpoint: self.address(),
            region: self.region.clone(),
            name: self.bucket.clone()?,
            prefix: self.prefix.clone(),
            access_key: self.access_key.clone().unwrap_or_default(),
            secret_key: self.secret_key.clone().unwrap_or_default(),
            in_path: self.addresses == "path",
            ..BucketSettings::default()
        })
    }

    fn address(&self) -> String {
        let amazon = || format!("https://s3.{}.amazonaws.com", self.region);
        self.endpoint.clone().unwrap_or_else(amazon)
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if !["path", "host"].contains(&self.addresses.as_str()) {
            return Err(wrong("storage.addresses", &self.addresses, "path or host"));
        }
        let Some(bucket) = &self.bucket else {
            return Ok(());
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
        if !bucket.chars().all(plain) {
            let expected = "a name of lower-case letters, digits, dots and hyphens";
            return Err(wrong("storage.bucket", bucket, expected));
        }
        let address = self.address();
        if !is_web_address(&address) || address.contains('@') {
            // It is not told as it is: somebody may have put a password there.
            let expected =
                "the address of a storage without a password, such as https://s3.example.vn";
            return Err(wrong("storage.endpoint", "…", expected));
        }
        if self.access_key.is_none() || self.secret_key.is_none() {
            let expected = "set, together with storage.access_key, where storage.bucket is";
            return Err(wrong("storage.secret_key", "", expected));
        }
        Ok(())
    }
}
