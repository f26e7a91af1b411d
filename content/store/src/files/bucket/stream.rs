//! A part of a file as it comes; where the line breaks, it goes on from there.

use super::error::BucketReason as Reason;
use super::request::{Sent, TRIES};
use super::{Bucket, SIGNED_FOR};
use rusty_s3::S3Action;
use std::io::{Error, ErrorKind, Read, Result};
use ureq::BodyReader;
use ureq::http::{Method, StatusCode};

/// Reads a part of a file of a bucket.
pub struct Stream {
    bucket: Bucket,
    key: String,
    at: u64,
    end: u64,
    body: Option<BodyReader<'static>>,
}

impl Stream {
    pub(super) fn new(bucket: Bucket, key: String, start: u64, end: u64) -> Self {
        Self {
            bucket,
            key,
            at: start,
            end,
            body: None,
        }
    }

    /// Asks for what is left.
    fn open(&self) -> Result<BodyReader<'static>> {
        let sent = Sent::new("fetch", &self.key, Method::GET).within(self.at, self.end);
        let answer = self.bucket.ask(&sent, || {
            let (bucket, credentials) = (&self.bucket.0.bucket, &self.bucket.0.credentials);
            bucket
                .get_object(Some(credentials), &self.key)
                .sign(SIGNED_FOR)
        });
        let answer = answer.map_err(Error::other)?;
        let is_part = answer.status() == StatusCode::PARTIAL_CONTENT;
        if self.at > 0 && !is_part {
            let whole = Reason::Unreadable("a part was asked for, the whole came".to_owned());
            return Err(Error::other(self.bucket.error(&sent, whole)));
        }
        Ok(answer.into_body().into_reader())
    }

    fn read_once(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let mut body = match self.body.take() {
            Some(body) => body,
            None => self.open()?,
        };
        match body.read(buffer)? {
            0 => Err(ErrorKind::UnexpectedEof.into()),
            read => {
                self.body = Some(body);
                Ok(read)
            }
        }
    }

    /// What is told when the line breaks again and again.
    fn broken(&self, error: &Error) -> Error {
        let sent = Sent::new("fetch", &self.key, Method::GET);
        let endpoint = self.bucket.0.settings.endpoint.clone();
        let said = error.to_string();
        Error::other(
            self.bucket
                .error(&sent, Reason::NoAnswer { endpoint, said }),
        )
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        if wanted == 0 {
            return Ok(0);
        }
        for tries in 1..=TRIES {
            match self.read_once(&mut buffer[..wanted]) {
                Ok(read) => {
                    self.at += read as u64;
                    return Ok(read);
                }
                Err(error)
                    if error
                        .get_ref()
                        .is_some_and(|e| e.is::<super::BucketError>()) =>
                {
                    return Err(error);
                }
                Err(error) if tries == TRIES => return Err(self.broken(&error)),
                Err(_) => self.bucket.pause(tries),
            }
        }
        Ok(0)
    }
}
