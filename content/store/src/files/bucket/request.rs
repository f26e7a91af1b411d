//! One question to a bucket, asked again a few times where that may help.

use super::Bucket;
use super::error::{BucketError, BucketReason as Reason};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest, Md5};
use std::time::{Duration, SystemTime};
use ureq::http::{HeaderName, Method, Request, Response, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

/// How often something is tried in all.
pub(super) const TRIES: u32 = 5;
/// Longest pause between two tries.
const LONGEST: Duration = Duration::from_secs(5);
/// Most bytes of an answer that is read as text: a page of a list has a thousand keys.
const MOST: u64 = 8 << 20;
/// How long a storage may take to say something, or to take or give the next bytes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Carries requests: to the storage alone, never where an answer sends it.
pub(super) fn agent() -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_recv_response(Some(PATIENCE))
        .timeout_per_read(Some(PATIENCE))
        .timeout_per_write(Some(PATIENCE))
        .user_agent("khue")
        .tls_config(tls.build());
    config.build().into()
}

/// What is asked.
pub(super) struct Sent<'a> {
    doing: &'static str,
    key: &'a str,
    method: Method,
    content: &'a [u8],
    header: Option<(HeaderName, String)>,
}

impl<'a> Sent<'a> {
    pub fn new(doing: &'static str, key: &'a str, method: Method) -> Self {
        Self {
            doing,
            key,
            method,
            content: &[],
            header: None,
        }
    }

    /// With this content, and a checksum by which the storage refuses what was changed on its way.
    pub fn with(mut self, content: &'a [u8]) -> Self {
        self.content = content;
        let sum = BASE64_STANDARD.encode(Md5::digest(content));
        self.header = Some((HeaderName::from_static("content-md5"), sum));
        self
    }

    /// For these bytes alone, from the first up to and without the last.
    pub fn within(mut self, start: u64, end: u64) -> Self {
        self.header = Some((header::RANGE, format!("bytes={start}-{}", end.max(1) - 1)));
        self
    }
}

impl Bucket {
    /// Asks; the address is signed anew for each try.
    pub(super) fn ask(
        &self,
        sent: &Sent<'_>,
        address: impl Fn() -> url::Url,
    ) -> Result<Response<Body>, BucketError> {
        let mut tries = 0;
        loop {
            let reason = match self.ask_once(sent, address().as_str()) {
                Ok(answer) => return Ok(answer),
                Err(reason) => reason,
            };
            tries += 1;
            let error = self.error(sent, reason);
            if tries >= TRIES || !error.is_transient() {
                return Err(error);
            }
            tracing::debug!(%error, tries, "asking a bucket again");
            self.pause(tries);
        }
    }

    /// Asks for an answer in words.
    pub(super) fn text(
        &self,
        sent: &Sent<'_>,
        address: impl Fn() -> url::Url,
    ) -> Result<String, BucketError> {
        let mut answer = self.ask(sent, address)?.into_body();
        let text = answer.with_config().limit(MOST).read_to_string();
        text.map_err(|error| self.error(sent, self.no_answer(&error)))
    }

    fn ask_once(&self, sent: &Sent<'_>, address: &str) -> Result<Response<Body>, Reason> {
        let mut request = Request::builder().method(sent.method.clone()).uri(address);
        if let Some((name, value)) = &sent.header {
            request = request.header(name, value);
        }
        let answer = match sent.method {
            Method::PUT | Method::POST => {
                let request = request.body(sent.content).map_err(|_| unsendable())?;
                self.0.agent.run(request)
            }
            _ => {
                let request = request.body(()).map_err(|_| unsendable())?;
                self.0.agent.run(request)
            }
        };
        let answer = answer.map_err(|error| self.no_answer(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(answer),
            status => Err(refused(status, answer.into_body())),
        }
    }

    pub(super) fn error(&self, sent: &Sent<'_>, reason: Reason) -> BucketError {
        BucketError {
            doing: sent.doing,
            bucket: self.0.settings.name.clone(),
            key: sent.key.to_owned(),
            reason,
        }
    }

    /// What the network said, never an address.
    pub(super) fn no_answer(&self, error: &ureq::Error) -> Reason {
        let said = match error {
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => "no request could be made".to_owned(),
            error => error.to_string(),
        };
        let endpoint = self.0.settings.endpoint.clone();
        Reason::NoAnswer { endpoint, said }
    }

    /// Waits before the next try: longer each time, and not everybody at once.
    pub(super) fn pause(&self, tries: u32) {
        let pause = self
            .0
            .settings
            .pause
            .saturating_mul(1 << (tries - 1).min(10));
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let part = now.map_or(0, |now| now.subsec_nanos() % 1_000);
        std::thread::sleep(pause.min(LONGEST).mul_f64(0.75 + f64::from(part) / 2_000.0));
    }
}

fn unsendable() -> Reason {
    Reason::Settings("no request can be made".to_owned())
}

/// What a storage says against it: code and message, of a known length.
fn refused(status: StatusCode, mut body: Body) -> Reason {
    let text = body.with_config().limit(16 * 1024).lossy_utf8(true);
    let text = text.read_to_string().unwrap_or_default();
    let code = between(&text, "Code");
    // Of a bucket that is not there the storage says so; without words it is the file.
    if status == StatusCode::NOT_FOUND && code != "NoSuchBucket" && code != "NoSuchUpload" {
        return Reason::Missing;
    }
    let message = between(&text, "Message");
    Reason::Refused {
        status: status.as_u16(),
        code: code
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(60)
            .collect(),
        message: match message {
            "" => String::new(),
            message => format!(": {}", message.chars().take(200).collect::<String>()),
        },
    }
}

/// What an answer that says an error has between two marks.
pub(super) fn between<'a>(text: &'a str, mark: &str) -> &'a str {
    let open = format!("<{mark}>");
    let inside = text.split_once(open.as_str()).map(|(_, rest)| rest);
    let inside = inside.and_then(|rest| rest.split_once("</"));
    inside.map_or("", |(inside, _)| inside.trim())
}
