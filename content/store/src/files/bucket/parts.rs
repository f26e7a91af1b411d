//! Large files in parts: what was interrupted is taken back, so that no parts are left lying that somebody pays for.

use super::error::{BucketError, BucketReason as Reason};
use super::request::{Sent, between};
use super::{Bucket, SIGNED_FOR, Saved};
use crate::error::{Error, Result};
use rusty_s3::S3Action;
use rusty_s3::actions::CreateMultipartUpload;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use ureq::http::Method;
use ureq::http::header::ETAG;

/// Most parts that storages take.
const MOST: u64 = 10_000;

impl Bucket {
    /// Stores a large file.
    pub(super) fn put_parts(&self, file: File, path: &Path, saved: &Saved) -> Result<()> {
        let key = self.key(&saved.sha256);
        let upload = self.begin(&key)?;
        let put = self
            .send_parts(file, path, saved.size, &key, &upload)
            .and_then(|tags| Ok(self.complete(&key, &upload, &tags)?));
        if put.is_err() {
            self.abort(&key, &upload);
        }
        put
    }

    fn begin(&self, key: &str) -> Result<String, BucketError> {
        let sent = Sent::new("begin to store", key, Method::POST);
        let text = self.text(&sent, || {
            let bucket = &self.0.bucket;
            let action = bucket.create_multipart_upload(Some(&self.0.credentials), key);
            action.sign(SIGNED_FOR)
        })?;
        let answer = CreateMultipartUpload::parse_response(&text);
        let answer = answer.map_err(|e| self.error(&sent, Reason::Unreadable(e.to_string())))?;
        Ok(answer.upload_id().to_owned())
    }

    /// Sends all parts; returns what the storage calls them.
    fn send_parts(
        &self,
        mut file: File,
        path: &Path,
        size: u64,
        key: &str,
        upload: &str,
    ) -> Result<Vec<String>> {
        let part = self.0.settings.part.max(size.div_ceil(MOST));
        let mut tags = Vec::new();
        let mut content = Vec::new();
        for number in 1..=u16::try_from(size.div_ceil(part)).unwrap_or(u16::MAX) {
            content.clear();
            let read = (&mut file).take(part).read_to_end(&mut content);
            read.map_err(|error| Error::io("read", path, error))?;
            tags.push(self.send_part(key, upload, number, &content)?);
        }
        Ok(tags)
    }

    fn send_part(
        &self,
        key: &str,
        upload: &str,
        number: u16,
        content: &[u8],
    ) -> Result<String, BucketError> {
        let sent = Sent::new("store a part of", key, Method::PUT).with(content);
        let answer = self.ask(&sent, || {
            let bucket = &self.0.bucket;
            let action = bucket.upload_part(Some(&self.0.credentials), key, number, upload);
            action.sign(SIGNED_FOR)
        })?;
        let tag = answer.headers().get(ETAG).and_then(|tag| tag.to_str().ok());
        let none = || self.error(&sent, Reason::Unreadable("a part has no ETag".to_owned()));
        tag.map(str::to_owned).ok_or_else(none)
    }

    fn complete(&self, key: &str, upload: &str, tags: &[String]) -> Result<(), BucketError> {
        let action = || {
            let (bucket, tags) = (&self.0.bucket, tags.iter().map(String::as_str));
            bucket.complete_multipart_upload(Some(&self.0.credentials), key, upload, tags)
        };
        let body = action().body();
        let sent = Sent::new("put together", key, Method::POST).with(body.as_bytes());
        let text = self.text(&sent, || action().sign(SIGNED_FOR))?;
        // It may say at the end that it failed, after it has said at the beginning that all is well.
        match text.contains("<Error>") {
            false => Ok(()),
            true => Err(self.error(
                &sent,
                Reason::Refused {
                    status: 500,
                    code: between(&text, "Code").to_owned(),
                    message: String::new(),
                },
            )),
        }
    }

    fn abort(&self, key: &str, upload: &str) {
        let sent = Sent::new("take back", key, Method::DELETE);
        let aborted = self.ask(&sent, || {
            let bucket = &self.0.bucket;
            let action = bucket.abort_multipart_upload(Some(&self.0.credentials), key, upload);
            action.sign(SIGNED_FOR)
        });
        if let Err(error) = aborted {
            tracing::warn!(%error, "parts of a file are left in the bucket");
        }
    }
}
